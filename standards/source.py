"""A pack's YAML, read in one pass into parts that know where they stand.

Stricter than YAML: no key twice, no anchors, aliases or tags, and no unquoted word that other programs would
read as something else than we do.
"""

from collections.abc import Mapping
from typing import Protocol

import yaml

from standards.faults import Fault, PackError, Path, Place
from standards.parts import Part
from standards.scalars import Ambiguous, read_unquoted

LARGEST = 2_000_000
"""How long a pack may be, in bytes."""
DEEPEST = 40
"""How deep a pack may be nested, in levels."""

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Mark(Protocol):
    line: int
    column: int


def reading_fault(text: str, file: str) -> Fault | None:
    """Why a text is not read at all, if there is a reason: too much of it, or what nobody can see."""
    if len(text.encode(errors="replace")) > LARGEST:
        return Fault(file, Place(1, 1), (), f"the file is too long; expected at most {LARGEST:,} bytes")
    odd = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if odd is None:
        return None
    before = text[: odd.start()]
    place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
    return Fault(file, place, (), f"take out the character U+{ord(odd.group()):04X}; it cannot be printed")


class Source:
    """The text of one pack: `top` is the whole of it, `faults` is what was wrong with its YAML.

    Raises: PackError when it cannot be read to its end.
    """

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        if unreadable := reading_fault(text, file):
            raise PackError([unreadable])
        self._events = yaml.parse(text, Loader=_LOADER)
        try:
            self.top = self._document()
        except yaml.MarkedYAMLError as error:
            message = f"{error.problem}; look at the quotes, brackets and indentation, here and just above"
            raise self._end(_place(error.problem_mark or error.context_mark), (), message) from None

    def _note(self, place: Place, path: Path, message: str) -> None:
        self.faults.append(Fault(self.file, place, path, message))

    def _end(self, place: Place, path: Path, message: str) -> PackError:
        return PackError([*self.faults, Fault(self.file, place, path, message)])

    def _document(self) -> Part:
        next(self._events)  # the stream begins
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise self._end(Place(1, 1), (), "there is nothing in this file")
        event = next(self._events)
        top = self._part(event, (), _place(event.start_mark))
        next(self._events)  # the document ends
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._end(_place(after.start_mark), (), "a second document begins here; expected only one")
        return top

    def _part(self, event: yaml.Event, path: Path, key_place: Place) -> Part:
        place = _place(event.start_mark)
        if len(path) > DEEPEST:
            raise self._end(place, path, f"nested too deep; expected at most {DEEPEST} levels")
        self._refuse_extras(event, place, path)
        if isinstance(event, yaml.MappingStartEvent):
            parts = self._entries(path)
            data = {key: part.value for key, part in parts.items()}
            return Part(self.file, path, place, key_place, data, parts)
        if isinstance(event, yaml.SequenceStartEvent):
            parts = self._items(path)
            return Part(self.file, path, place, key_place, [part.value for part in parts.values()], parts)
        value = self._scalar(event, path) if isinstance(event, yaml.ScalarEvent) else None
        return Part(self.file, path, place, key_place, value)

    def _refuse_extras(self, event: yaml.Event, place: Place, path: Path) -> None:
        tag = getattr(event, "tag", None)
        if getattr(event, "anchor", None):
            self._note(place, path, "write the text out here; packs do without & and *")
        if tag:
            tag = tag.replace("tag:yaml.org,2002:", "!!")
            self._note(place, path, f"take out {tag}; packs do without tags")

    def _items(self, path: Path) -> Mapping[str | int, Part]:
        items: dict[str | int, Part] = {}
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items[len(items)] = self._part(event, (*path, len(items)), _place(event.start_mark))
        return items

    def _entries(self, path: Path) -> Mapping[str | int, Part]:
        entries: dict[str | int, Part] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, path)
            part = self._part(next(self._events), (*path, key), _place(event.start_mark))
            if key in entries:
                first = entries[key].key_place.line
                self._note(
                    part.key_place, part.path, f"this key stands twice, first in line {first}; keep one"
                )
            entries.setdefault(key, part)
        return entries

    def _key(self, event: yaml.Event, path: Path) -> str:
        place = _place(event.start_mark)
        if not isinstance(event, yaml.ScalarEvent):
            raise self._end(place, path, "expected a word before the colon, not a list or a group")
        key = str(event.value)
        value = self._scalar(event, (*path, key))
        if isinstance(value, int):
            self._note(place, (*path, key), f'write it in quotes: "{key}"; a key is text')
        return key

    def _scalar(self, event: yaml.ScalarEvent, path: Path) -> str | int | bool | None:
        word = str(event.value)
        if event.style:
            return word
        try:
            return read_unquoted(word)
        except Ambiguous as reason:
            self._note(_place(event.start_mark), path, str(reason))
            return None


def _place(mark: _Mark | None) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
