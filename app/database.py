"""The database file: how it is opened, how a session begins and ends in it, how it is migrated."""

import logging
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import sqlmodel
from sqlalchemy import (
    URL,
    Connection,
    CursorResult,
    Engine,
    NullPool,
    PoolProxiedConnection,
    UpdateBase,
    event,
)
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import SessionTransaction
from sqlmodel import create_engine

MIGRATIONS = Path(__file__).parent / "migrations"

# busy_timeout comes first: switching to WAL may itself have to wait.
# page_size counts for a new file: of 4 KiB, a sealed note of a few lines takes a page and more.
# secure_delete: what was deleted, grants above all, is overwritten in the file.
PRAGMAS = (
    "PRAGMA busy_timeout = 5000",
    "PRAGMA page_size = 8192",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)


def open_database(path: Path) -> Engine:
    """Open the database file, making its folder when needed, for its owner alone.

    Statements and their parameters never reach a log or an error text.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        hide_parameters=True,
        pool_size=10,
        max_overflow=40,
        connect_args={"check_same_thread": False},
    )
    # At its most talkative it would log whole rows.
    logging.getLogger("sqlalchemy.engine.Engine").disabled = True
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def open_to_look(path: Path) -> Engine:
    """Open a database file that is there, so that nothing in it can be changed.

    It may be one that is damaged, or in use. It has to be closed again: `dispose`.
    """
    engine = create_engine(
        URL.create("sqlite", database=path.absolute().as_uri(), query={"mode": "ro", "uri": "true"}),
        hide_parameters=True,
        poolclass=NullPool,
    )
    logging.getLogger("sqlalchemy.engine.Engine").disabled = True
    event.listen(engine, "connect", _wait_for_others)
    event.listen(engine, "begin", _begin)
    return engine


def _wait_for_others(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    connection.execute(PRAGMAS[0])


def _set_pragmas(connection: Any, _record: object) -> None:
    # The driver must not begin transactions by itself: `_begin` decides which kind.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    if not _driver(connection.connection).in_transaction:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql(_beginning(writes))


def _beginning(writes: bool) -> str:
    return "BEGIN IMMEDIATE" if writes else "BEGIN"


def _driver(connection: PoolProxiedConnection) -> sqlite3.Connection:
    return cast(sqlite3.Connection, connection.driver_connection)


def _executed(driver: sqlite3.Connection, statement: str, given: Sequence[Any] = ()) -> sqlite3.Cursor:
    """Run a plain statement; its faults are SQLAlchemy's, as those of all others."""
    try:
        return driver.execute(statement, given)
    except sqlite3.OperationalError as fault:
        raise OperationalError(statement, None, fault, hide_parameters=True) from fault


class Session(sqlmodel.Session):
    """A session with a way past SQLAlchemy for what every page asks, in the same transaction.

    To put a statement together and its result into objects takes longer than to run it: a statement in plain
    text goes to the driver as it is. SQLAlchemy comes in with the first one that it has to put together.
    """

    def __init__(self, engine: Engine, *, writes: bool = False) -> None:
        """Take a connection and begin once something is asked. `writes`: with the write lock."""
        super().__init__()
        self._engine = engine
        self._beginning = _beginning(writes)
        self._pooled: PoolProxiedConnection | None = None
        self._driver: sqlite3.Connection | None = None
        self._mapped: Connection | None = None

    def ask(self, statement: str, given: Sequence[Any] = ()) -> list[Any]:
        """The rows that a plain statement finds, each a tuple. It sees what was written, or flushed."""
        return self._run(statement, given).fetchall()

    def change(self, statement: str, given: Sequence[Any]) -> int:
        """Run a plain statement that writes; how many rows it found."""
        return self._run(statement, given).rowcount

    def _run(self, statement: str, given: Sequence[Any]) -> sqlite3.Cursor:
        return _executed(self._begun(), statement, given)

    def _begun(self) -> sqlite3.Connection:
        if self._pooled is None or self._driver is None:
            self._pooled = self._engine.raw_connection()
            self._driver = _driver(self._pooled)
        if not self._driver.in_transaction:
            _executed(self._driver, self._beginning)
        return self._driver

    def get_bind(self, *_args: Any, **_kwargs: Any) -> Connection:
        """What SQLAlchemy joins: the transaction of the plain statements."""
        self._begun()
        if self._mapped is None:
            self._mapped = Connection(self._engine, self._pooled)
        if not self._mapped.in_transaction():
            self._mapped.begin()
        return self._mapped

    def begin_nested(self) -> SessionTransaction:
        """A savepoint, set at once: plain statements are undone with it as well."""
        nested = super().begin_nested()
        self.connection()
        return nested

    def commit(self) -> None:
        """Keep what was written."""
        if self.in_transaction():
            super().commit()
        if self._mapped is not None and (transaction := self._mapped.get_transaction()):
            transaction.commit()
        elif self._driver is not None and self._driver.in_transaction:
            _executed(self._driver, "COMMIT")

    def rollback(self) -> None:
        """Undo what was written since the last commit."""
        super().rollback()
        if self._mapped is not None and (transaction := self._mapped.get_transaction()):
            transaction.rollback()
        elif self._driver is not None:
            self._driver.rollback()

    def close(self) -> None:
        """Give the connection back. What was not committed is undone."""
        if self._mapped is not None or self.in_transaction():
            super().close()
        connection = self._mapped or self._pooled
        self._pooled = self._driver = self._mapped = None
        if connection is not None:
            connection.close()


def reading(engine: Engine) -> Session:
    """A session for requests that only look."""
    return Session(engine)


def writing(engine: Engine) -> Session:
    """A session that takes the write lock as it begins, so that what it reads cannot change under it."""
    return Session(engine, writes=True)


def changed_rows(session: Session, statement: UpdateBase) -> int:
    """Run a statement that changes or deletes rows; how many it found."""
    return cast(CursorResult[Any], session.execute(statement)).rowcount


def migrate(engine: Engine) -> None:
    """Bring the tables up to date. Does nothing when they are."""
    if is_up_to_date(engine):
        return
    # Half a second to read in, which most starts do without.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.execution_options(writes=True).connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_up_to_date(engine: Engine) -> bool:
    """Whether the tables are those of this program."""
    return _version(engine) == _newest_version()


def _version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not connection.dialect.has_table(connection, "alembic_version"):
            return None
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _newest_version() -> str:
    """The number that the newest migration's name begins with."""
    return max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def forget_deleted(engine: Engine) -> None:
    """Fold the write-ahead log into the file and empty it, so that deleted rows do not linger there."""
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
