"""What is wrong with a pack, and where: every fault of a file at once, in words for whoever wrote it."""

from collections.abc import Iterable
from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a text. Lines and columns count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, what was expected instead, and the path that leads there from the top."""

    file: str
    place: Place
    path: Path
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.place.line}:{self.place.column}"
        path = ".".join(map(str, self.path))
        return ": ".join(part for part in (where, path, self.message) if part)


class PackError(ValueError):
    """A pack that cannot be used. Its text has one line for each fault, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        first_of_each: dict[tuple[str, Place, Path], Fault] = {}
        for fault in faults:
            first_of_each.setdefault((fault.file, fault.place, fault.path), fault)
        self.faults = tuple(sorted(first_of_each.values(), key=lambda fault: (fault.file, fault.place)))
        super().__init__("\n".join(map(str, self.faults)))
