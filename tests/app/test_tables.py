"""Tables and migrations: they agree, and every constraint and index has the name that the rule gives it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, col, delete, func, select, text

from app.database import MIGRATIONS, Session, migrate, open_database, writing
from app.tables import Assessment, Commitment, Content, Grant, SealedRow, Submission
from tests.app.vault.cast import arrive

TABLES = sorted(SQLModel.metadata.tables)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path / "plumbline.sqlite3")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection


def differences(connection: Connection) -> list[object]:
    """What the next migration would have to change."""
    compared = {"compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=compared), SQLModel.metadata))


def test_the_migrations_make_the_very_tables(connection: Connection) -> None:
    assert differences(connection) == []


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE assessment ADD COLUMN remark TEXT",
        "DROP INDEX ix_access_grant_holder_id",
        "CREATE TABLE leftover (id INTEGER PRIMARY KEY)",
        "DROP TABLE submission",
    ],
)
def test_a_difference_between_tables_and_migrations_would_be_noticed(
    connection: Connection, change: str
) -> None:
    connection.exec_driver_sql(change)
    assert differences(connection) != []


@pytest.mark.parametrize("table", TABLES)
def test_a_migrated_table_is_made_as_the_model_would_make_it(
    engine: Engine, tmp_path: Path, table: str
) -> None:
    """Down to what comparing columns does not show: how deletes cascade, and whether rows are numbered."""
    made = open_database(tmp_path / "made" / "plumbline.sqlite3")
    SQLModel.metadata.create_all(made)
    assert _parts(engine, table) == _parts(made, table)
    made.dispose()


def _parts(engine: Engine, table: str) -> set[str]:
    with engine.connect() as connection:
        sql = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = :table"), {"table": table})
        # A column that was added later stands on the line of the one before it.
        lines = re.split(r"\n|, (?=\w+ [A-Z])", str(sql.scalar_one()))
    # One that was made anew under another name, and renamed, has its name in quotation marks.
    return {re.sub(r"\s+", " ", line.strip(" ,\t")).replace('"', "") for line in lines}


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    before = _schema(engine)
    migrate(engine)
    assert _schema(engine) == before


def test_migrating_again_keeps_what_is_there(engine: Engine) -> None:
    with writing(engine) as session:
        somebody = arrive(session)
        assessment_id = somebody.assessment.id
        somebody.rows.write("answers", "question:P1.1", "kept", made_on=0)
        session.commit()
    migrate(engine)
    with writing(engine) as session:
        assert session.get(Assessment, assessment_id) is not None
        assert _count(session, SealedRow) == 1


def test_what_lay_apart_before_there_were_sheets_is_a_review(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "plumbline.sqlite3")
    _migrate_to(engine, "0004")
    with engine.connect() as connection:
        connection.exec_driver_sql("INSERT INTO content VALUES ('pack', 'framework', '{}')")
        for id_ in ("one", "another"):
            row = (id_, "pack", "pack", 1, "2026-11-21", "2026-11-21")
            connection.exec_driver_sql("INSERT INTO assessment VALUES (?, ?, ?, ?, ?, ?)", row)
        connection.exec_driver_sql("INSERT INTO review (id, assessment_id) VALUES ('one', 'another')")
        connection.commit()
    migrate(engine)
    with engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT id, assessment_id, kind, ended_on FROM review").one()
    assert tuple(row) == ("one", "another", "review", None)
    engine.dispose()


def _migrate_to(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.execution_options(writes=True).connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _schema(engine: Engine) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text("SELECT * FROM sqlite_master"))]


def test_migrations_are_numbered_and_named_by_what_they_do() -> None:
    names = sorted(path.stem for path in (MIGRATIONS / "versions").glob("*.py"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert all(re.fullmatch(r"\d{4}(_[a-z]+)+", name) for name in names)


def test_a_migrated_database_stands_at_the_number_of_the_newest_migration(connection: Connection) -> None:
    newest = max(path.stem[:4] for path in (MIGRATIONS / "versions").glob("*.py"))
    assert MigrationContext.configure(connection).get_current_revision() == newest


@pytest.mark.parametrize("table", TABLES)
def test_every_constraint_and_index_is_named_by_the_rule(engine: Engine, table: str) -> None:
    found = inspect(engine)
    assert found.get_pk_constraint(table)["name"] == f"pk_{table}"
    for key in found.get_foreign_keys(table):
        columns = "_".join(key["constrained_columns"])
        assert key["name"] == f"fk_{table}_{columns}_{key['referred_table']}"
    for unique in found.get_unique_constraints(table):
        assert unique["name"] == f"uq_{table}_{'_'.join(unique['column_names'])}"
    for index in found.get_indexes(table):
        assert index["name"] == f"ix_{table}_{'_'.join(str(name) for name in index['column_names'])}"


@pytest.mark.parametrize("table", TABLES)
def test_every_foreign_key_has_an_index_that_begins_with_it(engine: Engine, table: str) -> None:
    """Otherwise deleting an assessment reads every row of every other one."""
    found = inspect(engine)
    begins = {index["column_names"][0] for index in found.get_indexes(table)}
    begins.add(found.get_pk_constraint(table)["constrained_columns"][0])
    for key in found.get_foreign_keys(table):
        assert key["constrained_columns"][0] in begins


def test_deleting_an_assessment_takes_all_that_is_its_own_and_nothing_else(engine: Engine) -> None:
    own = (Commitment, Grant, SealedRow, Submission)
    with writing(engine) as session:
        amina, bruno = arrive(session), arrive(session)
        for person in (amina, bruno):
            person.rows.write("answers", "question:P1.1", "said", made_on=0)
            person.rows.note_taken("form", [("P1.1:choice", "2")])
        session.delete(session.get_one(Assessment, amina.assessment.id))
        session.flush()
        for table in own:
            left = session.exec(select(table.assessment_id).distinct()).all()
            assert left == [bruno.assessment.id]
        assert _count(session, Content) == 1


def test_a_pack_that_an_assessment_is_pinned_to_cannot_be_taken_away(engine: Engine) -> None:
    with writing(engine) as session:
        arrive(session)
        with pytest.raises(IntegrityError, match="FOREIGN KEY constraint failed"):
            session.execute(delete(Content).where(col(Content.hash) == "pack"))


def _count(session: Session, table: type[SQLModel]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()
