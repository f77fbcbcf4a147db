"""`plumbline packs release`: from now on, what a pack says does not change."""

import argparse
import sys
from pathlib import Path

from app.commands.at_hand import called, good_packs
from app.commands.released import NAME, hash_of, read_released, record
from questionnaires.models import Questionnaire
from standards.faults import PackError
from standards.loader import Key
from standards.models import Framework


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb."""
    verb = verbs.add_parser("release", help="record that a pack is released, and may not change any more")
    verb.add_argument("id", metavar="ID", help="the pack: a framework or a questionnaire")
    verb.add_argument("edition", metavar="EDITION", help="its edition, or its version")
    verb.add_argument(
        "--folder", type=Path, help="the folder of packs that it lies in (default: PLUMBLINE_PACKS)"
    )
    verb.set_defaults(run=lambda given: release((given.id, given.edition), given.folder))


def release(key: Key, folder: Path | None) -> int:
    """Record every pack of that name; fail when there is none, or when it was released with other words."""
    shelf = good_packs(folder)
    found: list[tuple[Path, Framework | Questionnaire]] = [
        (gathered.paths[key], gathered.packs[key])
        for gathered in (shelf.editions, shelf.questionnaires)
        if key in gathered.packs
    ]
    if not found:
        print(f"There is no pack {' '.join(key)} without a fault: see plumbline packs check", file=sys.stderr)
        return 1
    return max([_release(path, pack) for path, pack in found])


def _release(path: Path, pack: Framework | Questionnaire) -> int:
    file = path.parent.parent / NAME
    try:
        before = read_released(file).get(pack.key)
    except PackError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    if before is not None and before.hash != hash_of(pack):
        print(f"{called(path)} was released with other words: see plumbline packs check", file=sys.stderr)
        return 1
    if before is None:
        record(file, pack)
    print(f"{called(path)} is released, as {called(file)} says. From now on, only its comments may change.")
    return 0
