"""What is wrong with something stored: table, row, and a sentence that tells nothing of its content."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table
from sqlmodel import SQLModel

from app.database import Session


@dataclass(frozen=True)
class Flaw:
    """One thing that is not as it should be."""

    table: str
    row: str
    message: str

    def __str__(self) -> str:
        """One line."""
        return f"{' '.join(part for part in (self.table, self.row) if part)}: {self.message}"


def table_of(name: str) -> Table:
    """A table by its name."""
    return SQLModel.metadata.tables[name]


def key_of(table: Table) -> list[str]:
    """The columns that name a row."""
    return [column.name for column in table.primary_key]


def row_name(values: Iterable[Any]) -> str:
    """A row as it is named in a line: the values of its key, hashes in hexadecimal."""
    return "/".join(one.hex() if isinstance(one, bytes) else str(one) for one in values)


def rows_where(session: Session, table: str, condition: str, message: str) -> Iterator[Flaw]:
    """A flaw for each row of a table, called `this`, that meets a condition in SQL of our own."""
    key = key_of(table_of(table))
    columns = ", ".join(f"this.{name}" for name in key)
    statement = f"SELECT {columns} FROM {table} AS this WHERE {condition}"  # noqa: S608 - nothing typed in it
    for row in session.connection().exec_driver_sql(statement):
        yield Flaw(table, row_name(row), message)
