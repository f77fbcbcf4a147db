"""Which packs are released: a text file beside them holds the hash of what each one says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from app.commands.at_hand import called
from app.vault.content import content_hash
from questionnaires.models import Questionnaire
from standards.canonical import canonical
from standards.faults import Fault, PackError, Place
from standards.loader import Gathered, Key
from standards.models import Framework

NAME = "released.txt"
HEADER = "# What is released and may not change any more. Written by: plumbline packs release ID EDITION\n"
CHANGED = (
    "is released, and what it says has changed since; take the change back, "
    "and make it in a new edition or version"
)
Pack = TypeVar("Pack", Framework, Questionnaire)
_LINE = re.compile(r"([0-9a-f]{64})  (\S+) (\S+)")


@dataclass(frozen=True)
class Released:
    """One line of the file: the hash of a released pack's content, and the number of the line."""

    hash: str
    number: int


def hash_of(pack: Framework | Questionnaire) -> str:
    """The hash of what a pack says, whatever its comments and layout."""
    return content_hash(canonical(pack))


def read_released(file: Path) -> Mapping[Key, Released]:
    """The released packs; none where there is no such file.

    Raises: PackError when a line cannot be read.
    """
    if not file.exists():
        return {}
    found: dict[Key, Released] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            why = f"expected a hash, two spaces, an id, a space and an edition; found {line[:40]}"
            raise PackError([Fault(called(file), Place(number, 1), (), why)])
        found[match[2], match[3]] = Released(match[1], number)
    return found


def record(file: Path, pack: Framework | Questionnaire) -> None:
    """Add a pack to the file."""
    name, edition = pack.key
    before = file.read_text(encoding="utf-8") if file.exists() else HEADER
    file.write_text(f"{before.rstrip()}\n{hash_of(pack)}  {name} {edition}\n", encoding="utf-8")


def release_faults(file: Path, gathered: Gathered[Pack], whole: bool) -> Iterator[Fault]:
    """A fault for each pack that this file says is released, and that has changed since.

    Where `gathered` is the `whole` folder, one for each that has gone, too.
    """
    try:
        released = read_released(file)
    except PackError as refusal:
        yield from refusal.faults
        return
    for key, line in released.items():
        name = " ".join(key)
        path = gathered.paths.get(key)
        if key in gathered.packs and path and path.parent.parent == file.parent:
            if hash_of(gathered.packs[key]) != line.hash:
                yield Fault(called(path), Place(1, 1), (), f"{name} {CHANGED}")
        elif whole and key not in gathered.faulty:
            yield Fault(called(file), Place(line.number, 1), (), f"{name} is released, and its file is gone")
