"""The parts of a pack's text: plain data that knows where it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from standards.faults import Fault, Path, Place
from standards.scalars import DECIMAL


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a pack: its path from the top, where it and its key stand, its data and its own parts.

    What is missing is a part too, with `present` false, and stands where it is missing: so a check can ask
    for anything.
    """

    file: str
    path: Path
    place: Place
    key_place: Place
    value: object = None
    parts: Mapping[str | int, "Part"] = field(default_factory=lambda: MappingProxyType({}))
    present: bool = True

    def at(self, *keys: str | int) -> "Part":
        """The part that these keys lead to."""
        part = self
        for key in keys:
            part = part.parts.get(key) or Part(
                part.file, (*part.path, key), part.place, part.place, present=False
            )
        return part

    def __iter__(self) -> Iterator["Part"]:
        """The entries of a list, or the values of a mapping, in the order of the text."""
        return iter(self.parts.values())

    def each(self, *keys: str) -> Iterator["Part"]:
        """The entries of the list under the first key; with more keys, those of the lists inside them."""
        if not keys:
            yield self
            return
        for entry in self.at(keys[0]):
            yield from entry.each(*keys[1:])

    @property
    def text(self) -> str | None:
        """The data if it is text."""
        return self.value if isinstance(self.value, str) else None

    @property
    def number(self) -> float | None:
        """The data if it is a number, or a decimal written as text."""
        if isinstance(self.value, str) and DECIMAL.fullmatch(self.value):
            return float(self.value)
        return self.value if isinstance(self.value, int) and not isinstance(self.value, bool) else None

    def fault(self, message: str) -> Fault:
        """A fault that points at this part."""
        return Fault(self.file, self.place, self.path, message)

    def fault_of_key(self, message: str) -> Fault:
        """A fault that points at this part's key."""
        return Fault(self.file, self.key_place, self.path, message)
