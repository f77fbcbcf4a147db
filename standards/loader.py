"""Reads a framework's edition and checks it: a pack that loads can be relied on."""

import re
from collections.abc import Mapping
from pathlib import Path

from standards.checks import framework_faults
from standards.faults import Fault, PackError, Place
from standards.models import Framework
from standards.source import LARGEST, Source
from standards.validation import model_of

PACKS = Path(__file__).parent / "packs"


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


def installed_frameworks(folder: Path = PACKS) -> Mapping[tuple[str, str], Framework]:
    """Every edition in a folder, by its id and edition: `<id>/<edition>.yaml`.

    Raises: PackError when a pack has a fault or lies where another one belongs; OSError.
    """
    found: dict[tuple[str, str], Framework] = {}
    for path in pack_files(folder):
        framework = load_framework(path)
        refuse_misplaced(path, framework.id, framework.edition)
        found[framework.id, framework.edition] = framework
    return found


def pack_files(folder: Path) -> list[Path]:
    """Every pack in a folder, `<id>/<edition>.yaml`; of one id the newest last: 10 comes after 2."""
    return sorted(folder.glob("*/*.yaml"), key=lambda path: (path.parent.name, _counted(path.stem)))


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


def refuse_misplaced(path: Path, name: str, version: str) -> None:
    """A pack lies in a file and folder of its own name.

    Raises: PackError.
    """
    if (path.parent.name, path.stem) != (name, version):
        message = f"this is {name} {version}; expected it in {name}/{version}.yaml"
        raise PackError([Fault(pack_name(path), Place(1, 1), (), message)])
