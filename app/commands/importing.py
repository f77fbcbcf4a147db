"""`plumbline packs import` and `import-template`: a draft pack from what others keep."""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from questionnaires.importers.ciso_assistant import read_ciso_assistant
from questionnaires.importers.draft import Draft
from questionnaires.importers.files import files_of, unwritten_count
from questionnaires.importers.limits import CannotImport, read_file
from questionnaires.importers.oscal import read_oscal
from questionnaires.importers.sheets import read_sheet
from questionnaires.importers.spreadsheet import read_spreadsheet
from questionnaires.importers.template import template
from standards.placeholders import UNWRITTEN

KINDS: Mapping[str, Callable[[bytes, str], Draft]] = {
    "spreadsheet": lambda content, name: read_spreadsheet(read_sheet(content, name)),
    "ciso-assistant": lambda content, _name: read_ciso_assistant(content),
    "oscal": lambda content, _name: read_oscal(content),
}


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both verbs."""
    taking = verbs.add_parser("import", help="draft a pack from a spreadsheet or another program's file")
    taking.add_argument("kind", choices=[*KINDS], help="what the file is")
    taking.add_argument("file", type=Path, help="the file")
    taking.add_argument("--id", required=True, help="the name that the framework gets")
    taking.add_argument("--edition", required=True, help="the edition that the draft becomes")
    taking.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="STANDARD",
        help="take this standard only; can be repeated",
    )
    taking.add_argument("--to", type=Path, default=Path(), help="the folder of packs (default: this one)")
    taking.set_defaults(run=_import)
    giving = verbs.add_parser("import-template", help="write an empty spreadsheet to be filled in")
    giving.add_argument("file", type=Path, help="where to write it: a name that ends in .xlsx or .csv")
    giving.set_defaults(run=_write_template)


def _import(given: argparse.Namespace) -> int:
    try:
        draft = KINDS[given.kind](read_file(given.file), given.file.name)
        files = files_of(draft, given.id, given.edition, given.only)
        written = _write(files, given.to)
    except CannotImport as refusal:
        return _refused(f"{given.file.name}: {refusal}")
    except OSError as error:
        return _refused(str(error))
    print(*written, "", *draft.losses.sentences, sep="\n")
    print(f"{unwritten_count(files):,} texts are yours to write: they begin with {UNWRITTEN}.")
    return 0


def _write(files: Mapping[PurePosixPath, str], folder: Path) -> list[Path]:
    """Write the files, unless one of them is there already.

    Raises: FileExistsError; OSError.
    """
    paths = [folder / path for path in files]
    for path in paths:
        if path.exists():
            raise FileExistsError(
                f"{path} is there already; choose another --id or --edition, or move it away"
            )
    for path, text in zip(paths, files.values(), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    return paths


def _write_template(given: argparse.Namespace) -> int:
    kind = given.file.suffix.lower().removeprefix(".")
    if kind not in {"xlsx", "csv"}:
        return _refused(f"{given.file.name} does not end in .xlsx or .csv; give it such a name")
    try:
        with given.file.open("xb") as file:
            file.write(template(kind))
    except FileExistsError:
        return _refused(f"{given.file} is there already; choose another name")
    except OSError as error:
        return _refused(str(error))
    print(given.file)
    return 0


def _refused(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1
