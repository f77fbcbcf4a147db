"""`plumbline packs new-edition`: a copy of an edition to go on from, with the links to it drafted."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from app.commands.at_hand import called, good_packs
from app.settings import Settings
from questionnaires.shelves import Shelf
from standards.faults import PackError
from standards.loader import Key, read_pack
from standards.models import Framework, Name
from standards.new_editions import new_edition


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb."""
    verb = verbs.add_parser("new-edition", help="copy an edition to go on from, and draft the links to it")
    verb.add_argument("id", metavar="ID", help="the framework")
    verb.add_argument("earlier", metavar="FROM", help="the edition to copy")
    verb.add_argument("later", metavar="TO", help="what the new edition is called")
    verb.add_argument(
        "--folder",
        type=Path,
        help="the folder of packs to write to (default: PLUMBLINE_PACKS, or where FROM lies)",
    )
    verb.set_defaults(run=lambda given: copy((given.id, given.earlier), given.later, given.folder))


def copy(key: Key, later: str, folder: Path | None) -> int:
    """Write the new edition, and say what to do next; fail when it is there already."""
    shelf = good_packs(folder)
    if key not in shelf.editions.packs:
        return _refuse(f"There is no edition {' '.join(key)} without a fault: see plumbline packs check")
    if not _is_name(later):
        return _refuse(f"{later} cannot name an edition: expected letters, digits, dots, dashes, underscores")
    path, before = shelf.editions.paths[key], shelf.editions.packs[key]
    own = folder or Settings().packs
    file = (own / "standards" if own else path.parent.parent) / before.id / f"{later}.yaml"
    if file.exists() or (before.id, later) in shelf.editions.packs:
        return _refuse(f"{before.id} {later} is there already; expected the name of a new edition")
    try:
        text = new_edition(read_pack(path), called(path), later)
    except PackError as refusal:
        return _refuse(str(refusal))
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("x", encoding="utf-8", newline="") as new:
        new.write(text)
    print(*_what_next(file, before, later, shelf), sep="\n")
    return 0


def _is_name(word: str) -> bool:
    try:
        TypeAdapter(Name).validate_python(word)
    except ValidationError:
        return False
    return True


def _refuse(why: str) -> int:
    print(why, file=sys.stderr)
    return 1


def _what_next(file: Path, before: Framework, later: str, shelf: Shelf) -> Iterator[str]:
    asking = [
        f"{one.id} {one.version}"
        for one in shelf.questionnaires.packs.values()
        if (one.framework.id, one.framework.edition) == before.key
    ]
    yield f"{called(file)} is written. Each of its {len(before.indicators)} indicators is linked to itself."
    yield "Next:"
    yield "1. Write in it what is new. Under `earlier`, change `same` to `revised` where an indicator asks"
    yield "   something else than before, and take out the links of those that are gone."
    yield f"2. Copy each questionnaire that asks {before.edition} to a new version, and let that ask {later}."
    yield f"   These do: {', '.join(asking) or 'none yet'}."
    yield f"3. plumbline packs check {called(file)}"
