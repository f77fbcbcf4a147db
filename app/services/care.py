"""Care with children's details: what looks like one in a text, keeping it, and taking it out for good."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.care.finding import Kind, find
from app.language import gettext as _
from app.services.texts import Text
from app.vault.data_keys import Label
from app.vault.rows import Place, SealedRows

IN_WORDS = frozenset({"note", "reason", "evidence_kept", "answer", "said", "text", "remark", "reply", "why"})
"""Under which names a copy holds words. The rest is left alone: a day may look like one of birth."""


@dataclass(frozen=True)
class Passage:
    """What looks like a detail of some kind, as it is written."""

    kind: Kind
    words: str = field(repr=False)


def look(rows: SealedRows, texts: Mapping[Text, str]) -> dict[Text, tuple[Passage, ...]]:
    """What there is to warn of in some texts that stand there now: what was found and not kept."""
    found = {text: seen for text, words in texts.items() if (seen := _passages(words))}
    kept = rows.read_many(_kept(text) for text in found)
    left = {text: _but(seen, kept[_kept(text)].data or ()) for text, seen in found.items()}
    return {text: seen for text, seen in left.items() if seen}


def keep(rows: SealedRows, text: Text, words: str) -> None:
    """Remember that a passage is to stay in a text, so that nobody is warned of it there again."""
    history = rows.history(text.label, text.name)
    ever = {one.words for revision in history for one in _passages(text.words(revision.data))}
    before = rows.read(*_kept(text)).data or []
    if words in ever:
        rows.write_newest(*_kept(text), sorted({*before, words}))


def take_out(rows: SealedRows, text: Text, words: str) -> bool:
    """Take a passage out of a text, with the text's earlier revisions; False where none of them has it.

    Its copies lose the passage too. To be followed by `forget_deleted` once it is committed.
    """
    history = rows.history(text.label, text.name)
    ever = [text.words(one.data) for one in history]
    gone = sorted(
        {part for said in ever for part in _with_parts(words, _passages(said))}, key=len, reverse=True
    )
    if not gone:
        return False
    left = _left(ever[-1], gone)
    newest = history[-1].revision if left == ever[-1] else _write(rows, text, left)
    rows.erase(text.label, text.name, lambda data: text.replaced(data, taken_out()), before=newest)
    for copy in text.copies:
        rows.erase(*copy, lambda data: _copy_without(data, gone))
    _forget_kept(rows, text, left)
    return True


def _write(rows: SealedRows, text: Text, words: str) -> int:
    """Write other words into a text; the revision that holds them.

    It names no form: a page from before that sends its own text again has to be told of a conflict.
    """
    stood = rows.read_many((label, text.name) for label in text.together)
    parts: dict[Label, Any] = {label: stood[label, text.name].data for label in text.together}
    parts[text.label] = text.replaced(parts[text.label], words)
    written = rows.write_parts(text.name, parts, stood[text.label, text.name].revision)
    return written[text.label].revision


def taken_out() -> str:
    """What stands where something was taken out."""
    return _("[taken out]")


def _passages(text: str) -> list[Passage]:
    """What looks like a child's details, or anybody's contact, in a text; each once."""
    found = (Passage(one.kind, text[one.start : one.end]) for one in find(text))
    return list(dict.fromkeys(found))


def _but(found: Iterable[Passage], kept: Iterable[str]) -> tuple[Passage, ...]:
    """What was not kept, without what is a part of another: a given name, where the whole name stands too."""
    left = [one for one in found if not any(_part_of(one.words, words) for words in kept)]
    return tuple(
        one
        for one in left
        if not any(
            other != one and other.kind == one.kind and _part_of(one.words, other.words) for other in left
        )
    )


def _with_parts(words: str, found: Iterable[Passage]) -> set[str]:
    """A passage with those that are a part of it; none where it was not found."""
    gone = {one.words for one in found if _part_of(one.words, words)}
    return gone if words in gone else set()


def _part_of(part: str, words: str) -> bool:
    return _alone(part).search(words) is not None


def _alone(words: str) -> re.Pattern[str]:
    """Finds some words where they stand for themselves, and not within longer ones."""
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")


def _left(text: str, gone: list[str]) -> str:
    """What is left of a text: passages go where they were found, and wherever else they stand."""
    for one in reversed(find(text)):
        if text[one.start : one.end] in gone:
            text = text[: one.start] + taken_out() + text[one.end :]
    return _without(text, gone)


def _without(text: str, gone: list[str]) -> str:
    for words in gone:
        text = _alone(words).sub(lambda _found: taken_out(), text)
    return text


def _copy_without(data: Any, gone: list[str], inside: str = "") -> Any:
    if isinstance(data, dict):
        return {name: _copy_without(part, gone, name) for name, part in data.items()}
    if isinstance(data, list):
        return [_copy_without(part, gone, inside) for part in data]
    return _without(data, gone) if isinstance(data, str) and inside in IN_WORDS else data


def _kept(text: Text) -> Place:
    return "notes", f"kept:{text.key}"


def _forget_kept(rows: SealedRows, text: Text, left: str) -> None:
    """What was kept and stands in the text no longer is not remembered, in no revision."""

    def still_there(kept: Iterable[str]) -> list[str]:
        return [words for words in kept if words in left]

    rows.erase(*_kept(text), still_there)
