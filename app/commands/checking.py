"""`plumbline packs check`: everything that is wrong with packs, and what wants another look."""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from app.commands.at_hand import NotAFolderOfPacks, called, files_of, shelves_of
from app.commands.released import NAME, release_faults
from questionnaires.advice import questionnaire_advice
from questionnaires.shelves import PackFiles, Shelf
from standards.advice import framework_advice
from standards.faults import Fault, PackError
from standards.loader import read_pack
from standards.parts import Part
from standards.source import Source
from standards.translations import translations_beside


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb."""
    verb = verbs.add_parser("check", help="say everything that is wrong with packs, and where")
    verb.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="a pack, or a folder with standards/ and questionnaires/ (default: all installed packs)",
    )
    verb.set_defaults(run=check)


def check(given: argparse.Namespace) -> int:
    """Print every fault and every warning; fail when there is a fault."""
    try:
        asked = files_of(given.files) if given.files else None
    except NotAFolderOfPacks as refusal:
        print(refusal, file=sys.stderr)
        return 2
    faults: list[Fault] = []
    warnings: list[Fault] = []
    looked_at = 0
    for files, shelf in shelves_of(asked):
        faults += [*shelf.faults, *_release_faults(files, shelf)]
        faults += _translation_faults(files)
        warnings += _advice(files)
        looked_at += len(files.editions) + len(files.questionnaires) + len(files.crosswalks)
    marked = [replace(fault, message=f"warning: {fault.message}") for fault in warnings]
    for fault in sorted([*faults, *marked], key=lambda fault: (fault.file, fault.place)):
        print(fault)
    found = f"{_counted(len(faults), 'fault')}, {_counted(len(warnings), 'warning')}"
    print(f"{_counted(looked_at, 'file')}: {found}.")
    return 1 if faults else 0


def _release_faults(files: PackFiles, shelf: Shelf) -> Iterator[Fault]:
    whole = not files.loose
    for folder in sorted({path.parent.parent for path in files.editions}):
        yield from release_faults(folder / NAME, shelf.editions, whole)
    for folder in sorted({path.parent.parent for path in files.questionnaires}):
        yield from release_faults(folder / NAME, shelf.questionnaires, whole)


def _translation_faults(files: PackFiles) -> Iterator[Fault]:
    for path in (*files.editions, *files.questionnaires, *files.crosswalks):
        for fault in translations_beside(path).faults:
            yield replace(fault, file=called(path.with_name(Path(fault.file).name)))


def _advice(files: PackFiles) -> Iterator[Fault]:
    for path in files.editions:
        yield from _advice_on(path, framework_advice)
    for path in files.questionnaires:
        yield from _advice_on(path, questionnaire_advice)


def _advice_on(path: Path, advice: Callable[[Part], Iterator[Fault]]) -> Iterator[Fault]:
    try:
        source = Source(read_pack(path), called(path))
    except (PackError, OSError):
        return  # That is a fault, and named already.
    yield from advice(source.top)


def _counted(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
