"""Whether what is stored is whole, as far as that can be told without any key."""

from collections.abc import Iterator
from itertools import chain
from typing import get_args

from sqlalchemy.exc import DatabaseError
from sqlmodel import col, select

from app.database import Session
from app.services.flaws import Flaw, row_name, rows_where, table_of
from app.services.shapes import shape_flaws
from app.tables import ApartKind, Content, HolderKind
from app.vault.content import content_hash
from app.vault.data_keys import LABELS, WHOLE
from app.vault.grants import SCOPES
from app.vault.organisations import IN_CHARGE, ROLES


def flaws(session: Session) -> Iterator[Flaw]:
    """Everything that is amiss, one after the other; nothing of it tells what anything says."""
    checks = (
        _file_flaws,
        _missing_parents,
        _altered_content,
        shape_flaws,
        _holes,
        _other_epochs,
        _without_keys,
        _people_flaws,
    )
    try:
        yield from chain.from_iterable(check(session) for check in checks)
    except DatabaseError:
        yield Flaw("file", "", "is damaged; what comes after this cannot be read")


def _file_flaws(session: Session) -> Iterator[Flaw]:
    for (said,) in session.connection().exec_driver_sql("PRAGMA integrity_check"):
        if said != "ok":
            yield Flaw("file", "", " ".join(said.split()))


def _missing_parents(session: Session) -> Iterator[Flaw]:
    """SQLite says which tables hold a row that belongs to nothing; which rows those are is asked after."""
    connection = session.connection()
    broken = {
        (table, number)
        for table, _row, _parent, number in connection.exec_driver_sql("PRAGMA foreign_key_check")
    }
    for table, wanted in sorted(broken):
        for number, _part, parent, column, key, *_rest in connection.exec_driver_sql(
            f"PRAGMA foreign_key_list({table})"
        ).all():
            if number == wanted:
                absent = (
                    f"this.{column} IS NOT NULL AND NOT EXISTS "  # noqa: S608 - names of our own tables
                    f"(SELECT 1 FROM {parent} WHERE {parent}.{key} = this.{column})"
                )
                yield from rows_where(session, table, absent, f"its {parent} ({column}) does not exist")


def _altered_content(session: Session) -> Iterator[Flaw]:
    for hash_ in session.exec(select(Content.hash)).all():
        body = session.execute(select(col(Content.body)).where(col(Content.hash) == hash_)).scalar_one()
        if not isinstance(body, str) or content_hash(body) != hash_:
            yield Flaw("content", hash_, "is not the text that it is named after")


def _holes(session: Session) -> Iterator[Flaw]:
    """A row's revisions are 1, 2, 3 and so on; nothing is ever taken from among them."""
    statement = (
        "SELECT assessment_id, name, max(revision), count(*) FROM sealed_row "
        "GROUP BY assessment_id, name HAVING min(revision) <> 1 OR max(revision) <> count(*)"
    )
    for *name, last, count in session.connection().exec_driver_sql(statement):
        message = f"has {count} revisions, and the last of them is {last}"
        yield Flaw("sealed_row", row_name(name), message)


def _other_epochs(session: Session) -> Iterator[Flaw]:
    for table in ("sealed_row", "access_grant", "commitment"):
        moved = "this.epoch <> (SELECT epoch FROM assessment WHERE assessment.id = this.assessment_id)"
        yield from rows_where(session, table, moved, "is of another epoch than its assessment")


def _without_keys(session: Session) -> Iterator[Flaw]:
    for label in (WHOLE, *LABELS):
        absent = (
            "NOT EXISTS (SELECT 1 FROM commitment WHERE assessment_id = this.id "  # noqa: S608 - our own label
            f"AND epoch = this.epoch AND label = '{label}')"
        )
        yield from rows_where(session, "assessment", absent, f"has no commitment for the key {label}")
    no_grant = (
        "NOT EXISTS (SELECT 1 FROM access_grant WHERE assessment_id = this.id AND length(sealed) > 0 "
        "AND scope = 'fill')"
    )
    yield from rows_where(session, "assessment", no_grant, "is an orphan: no grant opens the whole of it")
    yield from _unknown(session, "access_grant", "scope", SCOPES)


def _people_flaws(session: Session) -> Iterator[Flaw]:
    """Holders are of a kind, and what belongs to one belongs to one of the right kind."""
    yield from _unknown(session, "holder", "kind", get_args(HolderKind))
    yield from _unknown(session, "review", "kind", get_args(ApartKind))
    yield from _unknown(session, "membership", "role", ROLES)
    for table, column, kinds in (
        ("person", "id", ("person",)),
        ("organisation", "holder_id", ("organisation",)),
        ("membership", "member_id", ("person", "receipt")),
    ):
        other = (
            f"EXISTS (SELECT 1 FROM holder WHERE holder.id = this.{column} "  # noqa: S608 - names of our own
            f"AND holder.kind NOT IN {_listed(kinds)})"
        )
        yield from rows_where(session, table, other, f"its holder ({column}) is of another kind")
    for kind, table, column in (("person", "person", "id"), ("organisation", "organisation", "holder_id")):
        nobody = (
            f"this.kind = '{kind}' AND NOT EXISTS "  # noqa: S608 - names of our own
            f"(SELECT 1 FROM {table} WHERE {table}.{column} = this.id)"
        )
        yield from rows_where(session, "holder", nobody, f"is of no {kind}")
    nobody_in_charge = (
        "NOT EXISTS (SELECT 1 FROM membership WHERE organisation_id = this.id "  # noqa: S608 - names of our own
        f"AND role IN {_listed(sorted(IN_CHARGE))})"
    )
    yield from rows_where(session, "organisation", nobody_in_charge, "has nobody in charge")


def _unknown(session: Session, table: str, column: str, known: tuple[str, ...]) -> Iterator[Flaw]:
    assert column in table_of(table).columns
    return rows_where(session, table, f"this.{column} NOT IN {_listed(known)}", f"its {column} is none")


def _listed(words: tuple[str, ...] | list[str]) -> str:
    return "(" + ", ".join(f"'{word}'" for word in words) + ")"
