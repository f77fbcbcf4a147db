"""Where the texts of a pack stand: places named by ids and codes, so that they outlast a new order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from standards.faults import Path
from standards.models import PackModel
from standards.words import Words

Pack = TypeVar("Pack", bound=PackModel)

ONLY_ONE = frozenset({"standard", "requirement", "indicator", "rating", "section", "question", "fact"})
"""The parts whose name stands once in a pack: the name alone says where they are."""
NAMED_BY = ("code", "fact", "id", "to")
"""What the parts of a pack are named by."""
NUMBERED = frozenset({"levels"})
"""The lists of texts whose order says what each is; in the others, the text itself says which it is."""


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text, its place in words (`indicator P1.1 statement`), and the path of keys that leads there."""

    place: str
    words: Words
    path: Path


Change = Callable[[PlacedText], Words]


def texts_of(pack: PackModel) -> list[PlacedText]:
    """Every text of a pack, in the order of its fields."""
    found: list[PlacedText] = []

    def note(text: PlacedText) -> Words:
        found.append(text)
        return text.words

    rewritten(pack, note)
    return found


def rewritten(pack: Pack, change: Change) -> Pack:
    """The same pack with each of its texts changed, and nothing else."""
    return _part(pack, _kind(pack), (), change)


def _part(part: Pack, place: str, path: Path, change: Change) -> Pack:
    fields = {}
    for name, field in type(part).model_fields.items():
        key = field.alias or name
        fields[name] = _value(getattr(part, name), f"{place} {key}", (*path, key), change)
    return cast(Pack, type(part).model_construct(part.model_fields_set, **fields))


def _value(value: Any, place: str, path: Path, change: Change) -> Any:
    match value:
        case Words():
            return change(PlacedText(place, value, path))
        case PackModel():
            return _part(value, _place_of(value, place), path, change)
        case tuple():
            numbered = path[-1] in NUMBERED
            return tuple(
                _value(item, f"{place} {number}" if numbered else place, (*path, number), change)
                for number, item in enumerate(value)
            )
        case Mapping():
            return {key: _value(item, f"{place} {key}", (*path, key), change) for key, item in value.items()}
        case _:
            return value


def _place_of(part: PackModel, place: str) -> str:
    fields = type(part).model_fields
    name = next((str(getattr(part, key)) for key in NAMED_BY if key in fields), "")
    if _kind(part) in ONLY_ONE:
        return f"{_kind(part)} {name}"
    return f"{place} {name}".rstrip()


def _kind(part: PackModel) -> str:
    """What sort of part it is: a ProfileFact is a fact, a LevelQuestion a question."""
    name = type(part).__name__
    return name[max(place for place, letter in enumerate(name) if letter.isupper()) :].lower()
