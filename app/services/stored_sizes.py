"""What the tables take: their rows, and the bytes of what lies in them. Only what needs no key."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import LargeBinary, Table, func, select
from sqlalchemy import cast as as_type
from sqlmodel import SQLModel, col

from app.database import Session
from app.tables import Assessment, SealedRow

STEPS = (1, 100, 500, 1000, 5000)
"""Assessments are counted in groups, by their rows: which one has how many is nobody's business here."""


@dataclass(frozen=True)
class TableSize:
    """A table, its rows, and the bytes of all its values together."""

    table: str
    rows: int
    bytes: int


def table_sizes(session: Session) -> list[TableSize]:
    """The size of every table, the largest first."""
    found = [_size(session, table) for table in SQLModel.metadata.sorted_tables]
    return sorted(found, key=lambda one: (-one.bytes, one.table))


def assessments_by_rows(session: Session) -> Mapping[str, int]:
    """How many assessments have so many sealed rows, by words for each group that is not empty."""
    rows = (
        select(func.count(col(SealedRow.name)))
        .select_from(Assessment)
        .outerjoin(SealedRow, col(SealedRow.assessment_id) == col(Assessment.id))
        .group_by(col(Assessment.id))
    )
    counts = [int(count) for count in session.execute(rows).scalars()]
    edges = [0, *STEPS]
    groups = {_in_words(low, high): (low, high) for low, high in zip(edges, [*STEPS, None], strict=True)}
    found = {
        words: sum(low <= count and (high is None or count < high) for count in counts)
        for words, (low, high) in groups.items()
    }
    return {words: number for words, number in found.items() if number}


def _in_words(low: int, high: int | None) -> str:
    if high is None:
        return f"{low} and more"
    return str(low) if high == low + 1 else f"{low} to {high - 1}"


def _size(session: Session, table: Table) -> TableSize:
    of_each = [func.coalesce(func.length(as_type(column, LargeBinary)), 0) for column in table.columns]
    asked = select(func.count(), func.coalesce(func.sum(sum(of_each[1:], of_each[0])), 0)).select_from(table)
    rows, size = session.execute(asked).one()
    return TableSize(table.name, rows, size)
