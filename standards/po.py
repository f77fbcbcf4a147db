"""The gettext form of a pack's texts: the template to translate, and reading what translators give back."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser, write_po

from standards.faults import Fault, PackError, Place
from standards.loader import Key
from standards.places import PlacedText
from standards.source import reading_fault

LONGEST = 10_000
"""How many characters one translation may have."""
WIDTH = 110

_LINE = re.compile(r'(?:(msgctxt|msgid|msgstr) +)?"(?:[^"\\]|\\["\\nrt])*"')
_FOLLOWS: dict[str, tuple[str, ...]] = {
    "": ("msgctxt", "msgid"),
    "msgctxt": ("msgid",),
    "msgid": ("msgstr",),
    "msgstr": ("msgctxt", "msgid"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of a file: its place, the text it was translated from, the translation, its line in the file.

    `words` is empty while nobody has translated it.
    """

    place: str
    source: str
    words: str
    fuzzy: bool
    line: int


def template_of(texts: Iterable[PlacedText], key: Key, file: str, lines: Sequence[int]) -> bytes:
    """The template of a pack's texts. `file` and `lines` say where each stands, for whoever translates it."""
    name, edition = key
    catalog = Catalog(project=name, version=edition, msgid_bugs_address="", charset="utf-8")
    catalog.header_comment = (
        f"# The texts of {name} {edition}, to be translated: see docs/translating-packs.md."
    )
    for text, line in zip(texts, lines, strict=True):
        catalog.add(str(text.words), context=text.place, locations=[(file, line)])
    for message in catalog:
        # A per cent sign is one, and no place to fill in.
        message.flags.clear()
    written = BytesIO()
    write_po(written, catalog, width=WIDTH)
    return written.getvalue()


def read_entries(text: str, file: str) -> list[Entry]:
    """Every text of a gettext file but its header.

    Raises: PackError with every fault that could be found.
    """
    if unreadable := reading_fault(text, file):
        raise PackError([unreadable])
    lines = [_without_obsolete(line) for line in text.removeprefix("\ufeff").split("\n")]
    if faults := [*_line_faults(lines, file)]:
        raise PackError(faults)
    messages = _Messages()
    try:
        PoFileParser(messages, abort_invalid=True).parse(lines)
    except PoFileError as error:
        message = "this text is cut off; expected msgid and msgstr, without a comment between them"
        raise PackError([Fault(file, Place(error.lineno + 1, 1), (), message)]) from None
    entries = [_entry(message) for message in messages.found if message.id or message.context]
    if faults := [*_entry_faults(entries, file)]:
        raise PackError(faults)
    return entries


class _Messages(Catalog):
    """The messages as they stand in the file: a catalogue would join those that stand twice."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Message] = []

    def __setitem__(self, _id: Any, message: Message) -> None:
        self.found.append(message)


def _without_obsolete(line: str) -> str:
    return "" if line.lstrip().startswith("#~") else line


def _entry(message: Message) -> Entry:
    return Entry(
        message.context or "",
        str(message.id).strip(),
        str(message.string).strip(),
        message.fuzzy,
        message.lineno or 1,
    )


def _line_faults(lines: Iterable[str], file: str) -> Iterator[Fault]:
    before = ""
    for number, line in enumerate(lines, start=1):
        written = line.strip()
        if not written or written.startswith("#"):
            continue
        place = Place(number, len(line) - len(line.lstrip()) + 1)
        read = _LINE.fullmatch(written)
        if read is None:
            yield Fault(file, place, (), _why_unread(written))
        elif read[1] is None and not before:
            yield Fault(file, place, (), "this text belongs to nothing; expected msgctxt or msgid before it")
        elif read[1] and read[1] not in _FOLLOWS[before]:
            expected = " or ".join(_FOLLOWS[before])
            yield Fault(file, place, (), f"found {read[1]}, expected {expected}")
        before = (read and read[1]) or _keyword(written) or before


def _keyword(written: str) -> str:
    word = written.partition(" ")[0]
    return word if word in _FOLLOWS else ""


def _why_unread(written: str) -> str:
    if written.startswith(("msgid_plural", "msgstr[")):
        return "a text of a pack has one form; expected msgid and msgstr alone"
    return r"expected msgctxt, msgid or msgstr and a text in quotes; inside it, write \" for a quote"


def _entry_faults(entries: Iterable[Entry], file: str) -> Iterator[Fault]:
    first: dict[tuple[str, str], int] = {}
    for entry in entries:
        place, path = Place(entry.line, 1), (entry.place,)
        if not entry.place:
            yield Fault(
                file, place, (), "expected msgctxt above this line: the place of the text, as in the template"
            )
        elif not entry.source:
            yield Fault(file, place, path, "expected the text that is translated")
        elif (entry.place, entry.source) in first:
            line = first[entry.place, entry.source]
            yield Fault(file, place, path, f"this text stands in line {line} already; keep one")
        if len(entry.words) > LONGEST:
            yield Fault(
                file, place, path, f"expected at most {LONGEST:,} characters; there are {len(entry.words):,}"
            )
        first.setdefault((entry.place, entry.source), entry.line)
