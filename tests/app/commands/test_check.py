"""The check without keys: a database that is whole passes, and each way to spoil one is named, by its row."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary
from sqlmodel import SQLModel

from app.services.shapes import BOXED, FIXED, SEALED
from app.settings import Settings
from tests.app.commands.conftest import Said, Type
from tests.app.kinds import packs_in
from tests.app.vault.filled import TOKEN, fill_everything, running


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which everything was entered, as a stopped server leaves it."""
    folder = tmp_path_factory.mktemp("whole")
    with running(folder, packs_in(tmp_path_factory.mktemp("packs"))) as on:
        fill_everything(on)
    return folder


@pytest.fixture
def data(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "data"))


@pytest.fixture
def check(plumbline: Type, data: Path) -> Callable[[], Said]:
    return lambda: plumbline("check", "--data", str(data))


@contextmanager
def hand_in(data: Path) -> Iterator[sqlite3.Connection]:
    """Somebody who writes in the database, past the application."""
    with closing(sqlite3.connect(Settings(data=data).database)) as database:
        database.executescript("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
        yield database
        database.commit()


def test_a_database_that_is_whole_passes_and_is_not_changed(data: Path, check: Callable[[], Said]) -> None:
    before = Settings(data=data).database.read_bytes()
    status, said = check()
    assert said[0].endswith("tables: nothing is amiss.")
    assert (status, len(said)) == (0, 1)
    assert Settings(data=data).database.read_bytes() == before


def test_it_passes_while_the_server_runs(plumbline: Type, tmp_path: Path) -> None:
    with running(tmp_path / "data", packs_in(tmp_path / "packs")) as on:
        fill_everything(on)
        assert plumbline("check", "--data", str(tmp_path / "data"))[0] == 0


def test_every_column_of_bytes_has_a_shape_that_is_checked() -> None:
    bytes_ = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    assert bytes_ == {*SEALED, *BOXED, *FIXED}


ONE = "assessment_id = (SELECT min(assessment_id) FROM sealed_row WHERE revision = 2)"
"""An assessment in which something was changed."""

NAME = f"{ONE} AND name = (SELECT min(name) FROM sealed_row WHERE {ONE} AND revision = 2)"
ROW = f"{NAME} AND revision = 2"
"""The second revision of a row that has one."""

SPOILT = {
    "another suite": (
        f"UPDATE sealed_row SET blob = CAST(x'02' || substr(blob, 2) AS BLOB) WHERE {ROW}",
        "sealed_row",
        "blob does not begin with suite 1",
    ),
    "a shorter text": (
        f"UPDATE sealed_row SET blob = substr(blob, 1, 100) WHERE {ROW}",
        "sealed_row",
        "blob has 100 bytes, a size that no padding makes",
    ),
    "no text at all": (
        f"UPDATE sealed_row SET blob = x'' WHERE {ROW}",
        "sealed_row",
        "blob does not begin with suite 1",
    ),
    "a text that is not sealed": (
        f"UPDATE sealed_row SET blob = 'a child' WHERE {ROW}",
        "sealed_row",
        "blob is no bytes",
    ),
    "a hole": (
        f"DELETE FROM sealed_row WHERE {NAME} AND revision = 1",
        "sealed_row",
        "revisions, and the last of them is",
    ),
    "a later revision": (
        f"UPDATE sealed_row SET revision = 9 WHERE {ROW}",
        "sealed_row",
        "revisions, and the last of them is 9",
    ),
    "a row of another epoch": (
        f"UPDATE sealed_row SET epoch = 7 WHERE {ROW}",
        "sealed_row",
        "is of another epoch than its assessment",
    ),
    "a grant of another epoch": (
        f"UPDATE access_grant SET epoch = 7 WHERE {ONE}",
        "access_grant",
        "is of another epoch than its assessment",
    ),
    "a commitment of another epoch": (
        f"UPDATE commitment SET epoch = 7 WHERE {ONE} AND label = 'plan'",
        "commitment",
        "is of another epoch than its assessment",
    ),
    "no commitment": (
        f"DELETE FROM commitment WHERE {ONE} AND label = 'notes'",
        "assessment",
        "has no commitment for the key notes",
    ),
    "a sheet that says it is something else": (
        "UPDATE review SET kind = 'assessment' WHERE id = (SELECT min(id) FROM review WHERE kind = 'sheet')",
        "review",
        "its kind is none",
    ),
    "no grant": (f"DELETE FROM access_grant WHERE {ONE}", "assessment", "is an orphan"),
    "a grant for the report alone": (
        f"UPDATE access_grant SET scope = 'read' WHERE {ONE}",
        "assessment",
        "is an orphan",
    ),
    "a grant without keys": (
        f"UPDATE access_grant SET sealed = x'' WHERE {ONE}",
        "access_grant",
        "sealed is empty, and the grant has no last day",
    ),
    "a grant that is too small": (
        f"UPDATE access_grant SET sealed = substr(sealed, 1, 48) WHERE {ONE}",
        "access_grant",
        "sealed has 48 bytes, too few",
    ),
    "an unknown scope": (
        f"UPDATE access_grant SET scope = 'all' WHERE {ONE}",
        "access_grant",
        "its scope is none",
    ),
    "rows of no assessment": (
        "DELETE FROM assessment WHERE id = (SELECT min(id) FROM assessment)",
        "sealed_row",
        "its assessment (assessment_id) does not exist",
    ),
    "an altered pack": (
        "UPDATE content SET body = body || ' ' WHERE hash = (SELECT min(hash) FROM content)",
        "content",
        "is not the text that it is named after",
    ),
    "a short key": (
        "UPDATE holder SET public_key = substr(public_key, 2) WHERE kind = 'person'",
        "holder",
        "public_key has 31 bytes, expected 32",
    ),
    "an unknown kind of holder": (
        "UPDATE holder SET kind = 'admin' WHERE kind = 'receipt'",
        "holder",
        "its kind is none",
    ),
    "a holder without an account": ("DELETE FROM person", "holder", "is of no person"),
    "a holder without an organisation": ("DELETE FROM organisation", "holder", "is of no organisation"),
    "an account of a receipt": (
        "UPDATE holder SET kind = 'receipt' WHERE kind = 'person'",
        "person",
        "its holder (id) is of another kind",
    ),
    "a member who does not exist": (
        "UPDATE membership SET member_id = 'nobody'",
        "membership",
        "its holder (member_id) does not exist",
    ),
    "nobody in charge": (
        "UPDATE membership SET role = 'reader'",
        "organisation",
        "has nobody in charge",
    ),
    "an unknown role": ("UPDATE membership SET role = 'king'", "membership", "its role is none"),
    "an organisation without a holder": (
        "DELETE FROM holder WHERE kind = 'organisation'",
        "organisation",
        "its holder (holder_id) does not exist",
    ),
    "a session of nobody": (
        "UPDATE browser_session SET holder_id = 'nobody'",
        "browser_session",
        "its holder (holder_id) does not exist",
    ),
    "a session of another size": (
        "UPDATE browser_session SET about = CAST(about || x'00' AS BLOB)",
        "browser_session",
        "about has 298 bytes, a size that no padding makes",
    ),
}


@pytest.mark.parametrize(("statement", "table", "message"), SPOILT.values(), ids=SPOILT)
def test_what_is_amiss_is_named_by_table_and_row(
    data: Path, check: Callable[[], Said], statement: str, table: str, message: str
) -> None:
    with hand_in(data) as database:
        assert database.execute(statement).rowcount > 0
    status, said = check()
    assert status == 1
    named = [line for line in said if line.startswith(f"{table} ") and message in line]
    assert named, said
    assert row_exists(data, table, named[0].split(": ", maxsplit=1)[0].removeprefix(f"{table} "))


def row_exists(data: Path, table: str, named: str) -> bool:
    """Whether what a line says before its colon is the key of a row, or the first parts of one."""
    key = [column.name for column in SQLModel.metadata.tables[table].primary_key][: named.count("/") + 1]
    with hand_in(data) as database:
        rows = database.execute(f"SELECT {', '.join(key)} FROM {table}").fetchall()
    return named in {
        "/".join(one.hex() if isinstance(one, bytes) else str(one) for one in row) for row in rows
    }


def test_a_nonce_that_occurs_twice_is_named_in_both_rows_and_across_tables(
    data: Path, check: Callable[[], Said]
) -> None:
    with hand_in(data) as database:
        (nonce,) = database.execute("SELECT substr(private_key, 2, 24) FROM person").fetchone()
        copied = "CAST(x'01' || ? || substr(blob, 26) AS BLOB)"
        database.execute(f"UPDATE sealed_row SET blob = {copied} WHERE {ROW}", (nonce,))
    status, said = check()
    assert status == 1
    assert [line.split()[0] for line in said] == ["person", "sealed_row"]
    assert all(line.endswith("has a nonce that occurs twice") for line in said)


def test_a_grant_whose_last_day_has_passed_may_be_empty(data: Path, check: Callable[[], Said]) -> None:
    with hand_in(data) as database:
        database.execute(
            "INSERT INTO access_grant (assessment_id, holder_id, epoch, scope, expires_on, sealed) "
            "SELECT access_grant.assessment_id, holder.id, access_grant.epoch, 'review', '2026-11-01', x'' "
            f"FROM access_grant, holder WHERE {ONE} AND holder.kind = 'person' "
            "AND access_grant.holder_id <> holder.id"
        )
    assert check()[0] == 0


def test_no_line_tells_what_anything_says(data: Path, check: Callable[[], Said]) -> None:
    with hand_in(data) as database:
        database.execute("UPDATE sealed_row SET blob = 'zephyr1quoll at Quay Lane'")
        database.execute("UPDATE person SET private_key = x'00'")
        database.execute("UPDATE content SET body = 'zephyr2quoll'")
        (email,) = database.execute("SELECT email FROM person").fetchone()
    said = "\n".join(check()[1])
    assert said
    assert not TOKEN.search(said)
    assert email not in said


def test_a_damaged_file_is_said_to_be_damaged(data: Path, check: Callable[[], Said]) -> None:
    file = Settings(data=data).database
    with hand_in(data) as database:
        (page,) = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'sealed_row'").fetchone()
        (size,) = database.execute("PRAGMA page_size").fetchone()
    content = bytearray(file.read_bytes())
    content[(page - 1) * size : page * size] = bytes(size)
    file.write_bytes(content)
    status, said = check()
    assert status == 1
    assert all(line.startswith("file: ") for line in said)
