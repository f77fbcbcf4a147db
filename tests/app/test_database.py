"""The database file: how every connection is set, what is one transaction, and who sees what."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import text

from app.database import Session, forget_deleted, migrate, open_database, reading, writing

EVERY_CONNECTION = {
    "busy_timeout": 5000,
    "page_size": 8192,
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "secure_delete": 1,
}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A file with one table of numbers, each under its name."""
    engine = open_database(tmp_path / "numbers.sqlite3")
    with writing(engine) as session:
        session.execute(text("CREATE TABLE number (name TEXT PRIMARY KEY, value INTEGER NOT NULL)"))
        session.execute(text("INSERT INTO number VALUES ('one', 0)"))
        session.commit()
    yield engine
    engine.dispose()


def number(session: Session) -> int:
    return int(session.execute(text("SELECT value FROM number WHERE name = 'one'")).scalar_one())


def set_number(session: Session, value: int) -> None:
    session.execute(text("UPDATE number SET value = :value"), {"value": value})


@pytest.mark.parametrize(("pragma", "expected"), EVERY_CONNECTION.items())
def test_every_connection_is_set_alike(engine: Engine, pragma: str, expected: object) -> None:
    """Several at once, and once more after the log was folded in: those that come from the pool, too."""
    for _ in range(2):
        connections = [engine.connect() for _ in range(4)]
        set_to = [each.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() for each in connections]
        for each in connections:
            each.close()
        assert set_to == [expected] * 4
        forget_deleted(engine)


def test_no_connection_begins_a_transaction_by_itself(engine: Engine) -> None:
    forget_deleted(engine)
    connections = [engine.connect() for _ in range(3)]
    drivers = [cast(sqlite3.Connection, each.connection.driver_connection) for each in connections]
    assert [driver.isolation_level for driver in drivers] == [None] * 3
    for each in connections:
        each.close()


@pytest.mark.parametrize("folder", ["data", "with spaces", "Größe", "50%20", "why?not=so", "a#b", "a;b&c"])
def test_the_data_folder_may_have_any_name(tmp_path: Path, folder: str) -> None:
    path = tmp_path / folder / "plumbline.sqlite3"
    engine = open_database(path)
    migrate(engine)
    engine.dispose()
    assert [each.name for each in tmp_path.iterdir()] == [folder]
    assert path.is_file()


# Plain statements


def test_plain_statements_and_others_are_one_transaction(engine: Engine) -> None:
    with writing(engine) as session:
        assert session.change("UPDATE number SET value = value + ?", (1,)) == 1
        assert number(session) == 1
        set_number(session, 2)
        assert session.ask("SELECT value FROM number WHERE name = ?", ("one",)) == [(2,)]
        with reading(engine) as reader:
            assert number(reader) == 0
        session.commit()
    with reading(engine) as reader:
        assert reader.ask("SELECT value FROM number") == [(2,)]


@pytest.mark.parametrize("first", ["plain", "other"])
def test_what_is_not_committed_is_undone(engine: Engine, first: str) -> None:
    with writing(engine) as session:
        if first == "other":
            set_number(session, 1)
        session.change("UPDATE number SET value = ?", (2,))
        session.rollback()
        assert number(session) == 0
        session.change("UPDATE number SET value = ?", (3,))
    with writing(engine) as session:
        assert session.ask("SELECT value FROM number") == [(0,)]


@pytest.mark.parametrize("first", ["plain", "other"])
def test_after_a_commit_the_next_statement_begins_anew(engine: Engine, first: str) -> None:
    with writing(engine) as session:
        for value in (1, 2):
            if first == "other":
                set_number(session, 0)
            session.change("UPDATE number SET value = ?", (value,))
            session.commit()
        with writing(engine) as another:
            set_number(another, 5)
            another.commit()
        assert session.ask("SELECT value FROM number") == [(5,)]
        set_number(session, 6)
        session.commit()
    with reading(engine) as reader:
        assert number(reader) == 6


def test_a_session_that_asked_nothing_holds_nobody_up(engine: Engine) -> None:
    with writing(engine) as session, writing(engine) as another:
        session.commit()
        set_number(another, 1)
        another.commit()
    with reading(engine) as reader:
        assert number(reader) == 1


def test_a_savepoint_undoes_plain_statements_too(engine: Engine) -> None:
    with writing(engine) as session:
        session.change("UPDATE number SET value = ?", (1,))
        with session.begin_nested() as nested:
            session.change("UPDATE number SET value = ?", (2,))
            nested.rollback()
        session.commit()
    with reading(engine) as reader:
        assert number(reader) == 1


def test_a_fault_of_a_plain_statement_says_nothing_of_what_it_was_given(engine: Engine) -> None:
    with reading(engine) as session, pytest.raises(OperationalError) as fault:
        session.ask("SELECT value FROM nowhere WHERE name = ?", ("a secret",))
    assert "a secret" not in str(fault.value)


# Who sees what


def test_a_reader_sees_what_is_committed_and_nothing_else(engine: Engine) -> None:
    with writing(engine) as writer:
        set_number(writer, 1)
        with reading(engine) as reader:
            assert number(reader) == 0
        writer.commit()
    with reading(engine) as reader:
        assert number(reader) == 1


def test_what_a_reader_sees_does_not_change_while_it_looks(engine: Engine) -> None:
    with reading(engine) as reader:
        assert number(reader) == 0
        with writing(engine) as writer:
            set_number(writer, 1)
            writer.commit()
        assert number(reader) == 0


def test_what_is_not_committed_is_not_written(engine: Engine) -> None:
    with writing(engine) as writer:
        set_number(writer, 1)
    with reading(engine) as reader:
        assert number(reader) == 0


def test_a_writer_holds_the_lock_from_its_first_look(engine: Engine) -> None:
    """Not only from its first change: what it looked at would have changed by then."""
    with writing(engine) as writer:
        assert number(writer) == 0
        other = sqlite3.connect(str(engine.url.database), timeout=0)
        with closing(other), pytest.raises(sqlite3.OperationalError, match="database is locked"):
            other.execute("UPDATE number SET value = 1")


def test_eight_writers_at_once_lose_nothing(engine: Engine) -> None:
    together = threading.Barrier(8)
    faults: list[Exception] = []

    def count_up() -> None:
        together.wait()
        try:
            for _ in range(25):
                with writing(engine) as session:
                    set_number(session, number(session) + 1)
                    session.commit()
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=count_up) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    with reading(engine) as session:
        assert number(session) == 200


def test_a_faulty_statement_does_not_repeat_what_was_to_be_written(engine: Engine) -> None:
    with writing(engine) as session, pytest.raises(OperationalError) as fault:
        session.execute(text("INSERT INTO nowhere VALUES (:note)"), {"note": "something private"})
    assert "private" not in str(fault.value)
    assert "private" not in repr(fault.value)


def test_what_was_deleted_does_not_linger_in_the_file_or_its_log(engine: Engine) -> None:
    path = Path(str(engine.url.database))
    mark = "kestrel-lantern-quay"
    with writing(engine) as session:
        for row in range(200):
            session.execute(text("INSERT INTO number VALUES (:name, 1)"), {"name": f"{mark}-{row}"})
        session.commit()
    forget_deleted(engine)
    assert mark.encode() in _on_disk(path)

    with writing(engine) as session:
        session.execute(text("DELETE FROM number WHERE value = 1"))
        session.commit()
    forget_deleted(engine)

    assert mark.encode() not in _on_disk(path)


def _on_disk(path: Path) -> bytes:
    return b"".join(each.read_bytes() for each in path.parent.iterdir())
