"""Reads a framework's edition and checks it: a pack that loads can be relied on."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, Protocol, TypeAlias, TypeVar

from standards.checks import framework_faults
from standards.faults import Fault, PackError, Place
from standards.models import Framework
from standards.source import LARGEST, Source
from standards.validation import model_of

PACKS = Path(__file__).parent / "packs"

Key: TypeAlias = tuple[str, str]
"""A pack's id and its edition or version."""


class Keyed(Protocol):
    """A pack, as far as its name goes."""

    @property
    def key(self) -> Key:
        """Its id, and its edition or version."""


Pack = TypeVar("Pack", bound=Keyed)


@dataclass(frozen=True)
class Gathered(Generic[Pack]):
    """The good packs of some files, where each was found, and what is wrong with the others.

    `faulty` holds the names of those others, as far as their files' own names tell.
    """

    packs: Mapping[Key, Pack]
    paths: Mapping[Key, Path]
    faults: tuple[Fault, ...] = ()
    faulty: Collection[Key] = ()

    def or_refused(self) -> Mapping[Key, Pack]:
        """The packs, when nothing is wrong with any.

        Raises: PackError with every fault of every file.
        """
        if self.faults:
            raise PackError(self.faults)
        return self.packs


def read_framework(text: str, name: str) -> Framework:
    """The edition that a YAML text describes. `name` stands for the text in what is wrong with it.

    Raises: PackError with every fault.
    """
    return model_of(Framework, Source(text, name), framework_faults)


def load_framework(path: Path) -> Framework:
    """The edition in a file.

    Raises: PackError with every fault; OSError.
    """
    return read_framework(read_pack(path), pack_name(path))


def installed_frameworks(folder: Path = PACKS) -> Mapping[Key, Framework]:
    """Every edition in a folder, by its id and edition: `<id>/<edition>.yaml`.

    Raises: PackError when a pack has a fault or lies where another one belongs.
    """
    return gather(pack_files(folder), placed(load_framework)).or_refused()


def gather(
    paths: Collection[Path],
    load: Callable[[Path], Pack],
    taken: Collection[Key] = (),
    called: Callable[[Path], str] | None = None,
) -> Gathered[Pack]:
    """The packs in these files, the faulty ones left out. None has the name of another, or a `taken` one.

    `called` says how a file is called in what is wrong with it; if it is not given, by its short name.
    """
    packs: dict[Key, Pack] = {}
    found: dict[Key, Path] = {}
    faults: list[Fault] = []
    for path in paths:
        name = called(path) if called else pack_name(path)
        try:
            pack = load(path)
            if why := _why_taken(pack.key, taken, found):
                raise _refusal(name, why)
        except PackError as refusal:
            faults += [replace(fault, file=name) for fault in refusal.faults]
        except OSError as error:
            faults += _refusal(name, f"this file cannot be read: {error.strerror}").faults
        else:
            packs[pack.key], found[pack.key] = pack, path
    faulty = {(path.parent.name, path.stem) for path in paths} - packs.keys()
    return Gathered(packs, found, tuple(faults), faulty)


def placed(load: Callable[[Path], Pack]) -> Callable[[Path], Pack]:
    """Loads a pack, and refuses one that lies where another belongs."""

    def load_in_its_place(path: Path) -> Pack:
        pack = load(path)
        name, version = pack.key
        if (path.parent.name, path.stem) != (name, version):
            why = f"this is {name} {version}; expected it in {name}/{version}.yaml"
            raise _refusal(pack_name(path), why)
        return pack

    return load_in_its_place


def _why_taken(key: Key, taken: Collection[Key], found: Mapping[Key, Path]) -> str | None:
    name, version = key
    if key in taken:
        return f"{name} {version} comes with Plumbline; expected another id, or another edition or version"
    if key in found:
        return f"this is {name} {version}, and so is {pack_name(found[key])}; keep one"
    return None


def _refusal(name: str, why: str) -> PackError:
    return PackError([Fault(name, Place(1, 1), (), why)])


def pack_files(folder: Path) -> list[Path]:
    """Every pack in a folder, `<id>/<edition>.yaml`; of one id the newest last: 10 comes after 2."""
    return sorted(folder.glob("*/*.yaml"), key=lambda path: newest_last((path.parent.name, path.stem)))


def newest_last(key: Key) -> tuple[str, list[tuple[int, str]]]:
    """By what packs are sorted: by id, and of one id the newest last."""
    name, version = key
    return name, _counted(version)


def _counted(name: str) -> list[tuple[int, str]]:
    parts = re.split(r"([0-9]+)", name)
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts]


def read_pack(path: Path) -> str:
    """The text of a pack's file.

    Raises: PackError when it is not UTF-8 text; OSError.
    """
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        return content.decode(errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(errors="replace")
        place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise PackError(
            [Fault(pack_name(path), place, (), "this is not UTF-8 text; save the file as UTF-8")]
        ) from None


def pack_name(path: Path) -> str:
    """How a pack's file is called in what is wrong with it: `ics-style/2026.1.yaml`."""
    return f"{path.parent.name}/{path.name}"
