"""Lines in columns, for a terminal."""

from collections.abc import Sequence


def in_columns(lines: Sequence[Sequence[str]]) -> str:
    """Some lines of as many words each, one under the other."""
    widths = [max(len(line[number]) for line in lines) for number in range(len(lines[0]))]
    return "\n".join(
        "  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def printable(text: str) -> str:
    """A text that somebody else typed, without anything that a terminal would obey."""
    return "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text
    )
