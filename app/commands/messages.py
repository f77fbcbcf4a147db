"""`plumbline packs messages`: the texts of packs to be translated, and how much of them is."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from app.commands.at_hand import NotAFolderOfPacks, called, files_of, shelves_of
from questionnaires.models import Questionnaire
from questionnaires.shelves import Shelf
from standards.crosswalks import Crosswalk
from standards.faults import Fault, Place
from standards.loader import pack_name, read_pack
from standards.models import Framework
from standards.places import texts_of
from standards.po import Entry, template_of
from standards.source import Source
from standards.translations import Share, file_of, share_of, translations_beside

Texts = Framework | Questionnaire | Crosswalk
"""What has texts to be translated."""


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb."""
    verb = verbs.add_parser(
        "messages", help="write the texts of packs to be translated, and say how much is translated"
    )
    verb.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="a pack, or a folder with standards/ and questionnaires/ (default: all installed packs)",
    )
    verb.add_argument(
        "--to", type=Path, metavar="FOLDER", help="where to write ID/EDITION.pot (default: beside each pack)"
    )
    verb.add_argument("--check", action="store_true", help="write nothing, only say how much is translated")
    verb.set_defaults(run=messages)


def messages(given: argparse.Namespace) -> int:
    """Write a template for each pack, and report on its translations; fail when something is faulty."""
    try:
        asked = files_of(given.files) if given.files else None
        faults = [fault for _files, shelf in shelves_of(asked) for fault in _of_shelf(shelf, given)]
    except NotAFolderOfPacks as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except OSError as error:
        print(
            f"{error.filename} cannot be written: {error.strerror}; name a folder with --to", file=sys.stderr
        )
        return 2
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def _of_shelf(shelf: Shelf, given: argparse.Namespace) -> Iterator[Fault]:
    yield from shelf.faults
    for gathered in (shelf.editions, shelf.questionnaires, shelf.crosswalks):
        for key, path in gathered.paths.items():
            if key in gathered.packs:
                yield from _of_pack(gathered.packs[key], path, given)


def _of_pack(pack: Texts, path: Path, given: argparse.Namespace) -> tuple[Fault, ...]:
    """Write the template of one pack, if it is to be written, and say how much is translated."""
    where = path if given.check else _write_template(pack, path, given.to)
    print(f"{called(where)}: {len(texts_of(pack))} texts")
    beside = translations_beside(path)
    for translation in beside.good:
        share = share_of(pack, translation)
        print(f"  {share}")
        for fault in _unused(share, pack_name(file_of(path, share.language))):
            print(f"  {fault}")
    return beside.faults


def _write_template(pack: Texts, path: Path, to: Path | None) -> Path:
    texts, top = texts_of(pack), Source(read_pack(path), pack_name(path)).top
    lines = [top.at(*text.path).place.line for text in texts]
    name, edition = pack.key
    template = to / name / f"{edition}.pot" if to else path.with_name(f"{path.stem}.pot")
    template.parent.mkdir(parents=True, exist_ok=True)
    template.write_bytes(template_of(texts, pack.key, pack_name(path), lines))
    return template


def _unused(share: Share, file: str) -> Iterator[Fault]:
    """What a translation holds that no page shows, and why."""
    for entry in share.fuzzy:
        yield _at(entry, file, "marked as fuzzy; look at it, and take the mark away")
    for entry in share.stale:
        yield _at(entry, file, "the pack has no such text in this place, or no longer; translate it anew")


def _at(entry: Entry, file: str, message: str) -> Fault:
    return Fault(file, Place(entry.line, 1), (entry.place,), message)
