"""A spreadsheet as a draft, one indicator on each row. Formulas are never worked out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from questionnaires.importers.columns import COLUMNS
from questionnaires.importers.draft import (
    Draft,
    DraftAction,
    DraftIndicator,
    DraftRequirement,
    DraftStandard,
)
from questionnaires.importers.limits import CannotImport, refuse_more_nodes
from questionnaires.importers.losses import Loss, Losses
from questionnaires.importers.sheets import Sheet
from questionnaires.importers.texts import line, lines, number
from standards.models import CLASSES, IndicatorClass

UNKNOWN_COLUMN = Loss(
    "column is none of ours and was left out", "columns are none of ours and were left out", shown=20
)
TWICE = Loss(
    "column stands twice; the first was read", "columns stand twice; the first of each was read", shown=20
)
NOT_JUDGED = Loss(
    "row has neither a title nor a statement and was left out",
    "rows have neither a title nor a statement and were left out",
)
NO_CLASS = Loss(
    "class is none of critical, major and supporting; major stands there now",
    "classes are none of critical, major and supporting; major stands there now",
)
NO_DAYS = Loss("number of days could not be read", "numbers of days could not be read")

Row: TypeAlias = Mapping[str, str]

_KNOWN = {column.name for column in COLUMNS}
_NEEDED = ("statement", "title")


@dataclass(slots=True)
class _Chapter:
    """A standard while its rows are read: its requirements by their titles."""

    requirements: dict[str, list[DraftIndicator]] = field(default_factory=dict)


def read_spreadsheet(sheet: Sheet) -> Draft:
    """The draft of a sheet whose first row names the columns.

    Raises: CannotImport.
    """
    losses = sheet.losses
    rows = [row for row in _rows(sheet.rows, losses) if any(row.values())]
    refuse_more_nodes(len(rows))
    chapters: dict[str, _Chapter] = {}
    standard = requirement = ""
    for row in rows:
        if row.get("standard"):
            standard, requirement = row["standard"], ""
        requirement = row.get("requirement") or requirement
        if not row.get("title") and not row.get("statement"):
            losses.add(
                NOT_JUDGED, count=int(any(row.get(name) for name in _KNOWN - {"standard", "requirement"}))
            )
            continue
        chapter = chapters.setdefault(standard or "Standard", _Chapter())
        chapter.requirements.setdefault(requirement or standard or "Requirement", []).append(
            _indicator(row, losses)
        )
    return Draft(
        standards=_standards(chapters),
        losses=losses,
        sources=(f"Drafted from a spreadsheet, {line(sheet.name)}",),
    )


def _standards(chapters: Mapping[str, _Chapter]) -> tuple[DraftStandard, ...]:
    return tuple(
        DraftStandard(
            title,
            title,
            "",
            tuple(
                DraftRequirement(name, name, "", tuple(indicators))
                for name, indicators in chapter.requirements.items()
            ),
        )
        for title, chapter in chapters.items()
    )


def _rows(rows: Iterable[Sequence[str]], losses: Losses) -> Iterator[Row]:
    """Each row by its columns' names, once a row has been found that names them."""
    each = iter(rows)
    heads = next((row for row in each if any(cell.strip() for cell in row)), ())
    columns = _columns(heads, losses)
    if not any(name in columns.values() for name in _NEEDED):
        raise CannotImport(
            "the first row names no column that we know; expected at least “statement” or “title”, "
            "as in the template"
        )
    for row in each:
        yield {name: row[at].strip() for at, name in columns.items() if at < len(row)}


def _columns(heads: Sequence[str], losses: Losses) -> dict[int, str]:
    columns: dict[int, str] = {}
    for at, head in enumerate(heads):
        name = re.sub(r"[\s_-]+", " ", line(head)).strip().lower()
        if name in columns.values():
            losses.add(TWICE, name)
        elif name in _KNOWN:
            columns[at] = name
        elif name:
            losses.add(UNKNOWN_COLUMN, f"“{line(head)}”")
    return columns


def _indicator(row: Row, losses: Losses) -> DraftIndicator:
    first, second, third, fourth = (row.get(f"level {level}", "") for level in range(4))
    return DraftIndicator(
        code=line(row.get("code")),
        title=line(row.get("title")),
        statement=line(row.get("statement")),
        why=line(row.get("why")),
        class_=_class(line(row.get("class")).lower(), losses),
        themes=lines(row.get("themes")),
        not_applicable=line(row.get("not applicable")),
        levels=(line(first), line(second), line(third), line(fourth)),
        evidence=lines(row.get("evidence")),
        ask=lines(row.get("ask")),
        actions=(_action(row, 1, losses), _action(row, 2, losses), _action(row, 3, losses)),
        help=line(row.get("help")),
    )


def _class(word: str, losses: Losses) -> IndicatorClass:
    for class_ in CLASSES:
        if word == class_:
            return class_
    losses.add(NO_CLASS, f"“{word}”", count=int(bool(word)))
    return "major"


def _action(row: Row, step: int, losses: Losses) -> DraftAction:
    said = line(row.get(f"days {step}"))
    days = number(said)
    fits = days is not None and 0.01 < days <= 1000
    losses.add(NO_DAYS, f"“{said}”", count=int(bool(said) and not fits))
    return DraftAction(
        text=line(row.get(f"action {step}")),
        effort_days=days if fits else None,
        owner=line(row.get(f"owner {step}")),
        leaves=line(row.get(f"leaves {step}")),
    )
