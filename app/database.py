"""The database file: how it is opened, how a write takes its turn, how it is migrated."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import URL, Connection, CursorResult, Engine, NullPool, UpdateBase, event
from sqlmodel import Session, create_engine

MIGRATIONS = Path(__file__).parent / "migrations"

# busy_timeout comes first: switching to WAL may itself have to wait.
# secure_delete: what was deleted, grants above all, is overwritten in the file.
PRAGMAS = (
    "PRAGMA busy_timeout = 5000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)


class Busy(Exception):
    """Too many people are doing this at once; nothing was written."""


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
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def reading(engine: Engine) -> Session:
    """A session for requests that only look."""
    return Session(engine)


def writing(engine: Engine) -> Session:
    """A session that takes the write lock as it begins, so that what it reads cannot change under it."""
    return Session(engine.execution_options(writes=True))


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


class Turn:
    """So many at a time, waited for without holding a thread, and not without end."""

    def __init__(self, waiting: int, patience: float, places: int = 1) -> None:
        """Let at most `waiting` requests stand in line, each for at most `patience` seconds."""
        self._places = asyncio.Semaphore(places)
        self._waiting = 0
        self._most = waiting
        self._patience = patience

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Hold a place for the length of the block.

        Raises:
            Busy: when the line is full or did not move in time.
        """
        if self._waiting >= self._most:
            raise Busy
        self._waiting += 1
        try:
            await asyncio.wait_for(self._places.acquire(), self._patience)
        except TimeoutError as late:
            raise Busy from late
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._places.release()
