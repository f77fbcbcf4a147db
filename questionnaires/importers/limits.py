"""How much of a file that nobody has checked is read: every importer's work is bounded by these."""

from pathlib import Path

LARGEST_FILE = 16_000_000
"""How long a file may be, in bytes."""
LARGEST_UNPACKED = 32_000_000
"""How long all that a spreadsheet packs may be together, in bytes."""
MOST_PACKED = 2_000
"""How many files a spreadsheet may pack."""
MOST_WORK = 48_000_000
"""How much a YAML file may hold once its aliases are followed: its characters, and more for each value."""
EACH_VALUE = 64
"""How many characters a value of a YAML file counts for, beside its own."""
MOST_VALUES = 2_000_000
"""How many values a JSON file may hold."""
DEEPEST = 60
"""How deep values may be nested in a file, in levels."""
MOST_NODES = 20_000
"""How many rows, requirement nodes or controls a file may have."""
DEEPEST_TREE = 30
"""How deep the headings above an indicator may go."""
MOST_COLUMNS = 200
"""How many columns of a spreadsheet are looked at."""
LONGEST_TEXT = 4_000
"""How many characters of one text are carried over."""


class CannotImport(ValueError):
    """A file that no draft can be made from. Its text says what was found, and what to do."""


def read_file(path: Path) -> bytes:
    """What is in a file.

    Raises: CannotImport when it is too long; OSError.
    """
    with path.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise CannotImport(f"the file is too long; expected at most {LARGEST_FILE:,} bytes")
    return content


def refuse_more_nodes(count: int) -> None:
    """A file has no more nodes than a person can go through.

    Raises: CannotImport.
    """
    if count > MOST_NODES:
        raise CannotImport(f"there are too many entries; expected at most {MOST_NODES:,}. Split the file")
