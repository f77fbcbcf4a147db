"""A draft as files: an edition, and the questionnaires that ask it, to be edited."""

import re
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath

from questionnaires.importers.asking import VERSION, questionnaires_of
from questionnaires.importers.draft import Draft, listed, named
from questionnaires.importers.edition import edition_of
from questionnaires.importers.limits import CannotImport
from questionnaires.importers.texts import line
from questionnaires.importers.yaml_text import yaml_text
from standards.placeholders import UNESTIMATED_DAYS, UNWRITTEN
from standards.source import LARGEST

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,54}")


def files_of(
    draft: Draft, pack: str, edition: str, only: Collection[str] = ()
) -> Mapping[PurePosixPath, str]:
    """The text of each file by its path in a folder of packs; `only` names the standards to keep.

    Raises: CannotImport when there is no indicator, a name is not valid, or a file would be too long.
    """
    for name in (pack, edition):
        if not _NAME.fullmatch(name):
            raise CannotImport(
                f"{name} cannot be a name; expected up to 55 letters, digits, dots, dashes and underscores"
            )
    draft = named(draft).only(only)
    path = PurePosixPath("standards", pack, f"{edition}.yaml")
    files = {path: _not_too_long(path, yaml_text(edition_of(draft, pack, edition)), draft)}
    for name, data in questionnaires_of(draft, pack, edition):
        asking = PurePosixPath("questionnaires", name, f"{VERSION}.yaml")
        files[asking] = _not_too_long(asking, yaml_text(data), draft)
    # The head comes last: only now is it known what was left out.
    files[path] = _not_too_long(path, _head(draft) + files[path], draft)
    return files


def unwritten_count(files: Mapping[PurePosixPath, str]) -> int:
    """How many texts of the files are still to be written."""
    return sum(text.count(f'"{UNWRITTEN}') for text in files.values())


def _head(draft: Draft) -> str:
    remarks = [
        f"A draft to be edited. What begins with {UNWRITTEN} is yours to write.",
        f"An effort of {UNESTIMATED_DAYS} days stands for one that nobody has estimated yet.",
        "Classes, weights and ratings say what counts: decide them, whatever stands here.",
        *(f"Left out or changed: {line(sentence)}" for sentence in draft.losses.sentences),
    ]
    return "".join(f"# {remark}\n" for remark in remarks)


def _not_too_long(path: PurePosixPath, text: str, draft: Draft) -> str:
    size = len(text.encode())
    if size <= LARGEST:
        return text
    ids = listed([standard.id for standard in draft.standards])
    too_long = f"{path} would be {size:,} bytes long; expected at most {LARGEST:,}"
    raise CannotImport(f"{too_long}. Take only some of the standards: {ids}")
