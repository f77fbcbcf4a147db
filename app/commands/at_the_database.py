"""How the operator's commands come to the database: to look at it, or to change something in it."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from app.database import Session, forget_deleted, is_up_to_date, open_database, open_to_look, reading, writing
from app.settings import Settings


class NoDatabase(Exception):
    """There is nothing to work on; says what there is instead, and what to do."""


def add_data(parser: argparse.ArgumentParser) -> None:
    """Let the folder be named, as for `serve`."""
    parser.add_argument(
        "--data", type=Path, help="the folder that holds the database (default: PLUMBLINE_DATA)"
    )


def database_of(given: argparse.Namespace) -> Path:
    """The file of the folder that is named, or that the settings name.

    Raises: NoDatabase when it is not there: no command makes one.
    """
    settings = Settings() if given.data is None else Settings(data=given.data)
    if not settings.database.is_file():
        raise NoDatabase(
            f"There is no {settings.database.name} in {settings.data}; name the folder with --data"
        )
    return settings.database


@contextmanager
def looking(path: Path) -> Iterator[Session]:
    """A session that can change nothing.

    Raises: NoDatabase when it is another version's, or no database.
    """
    engine = open_to_look(path)
    try:
        _check_version(engine)
        with reading(engine) as session:
            yield session
    finally:
        engine.dispose()


@contextmanager
def changing(path: Path) -> Iterator[Session]:
    """A session whose changes are kept, unless something fails; what they delete does not linger in the log.

    Raises: NoDatabase as `looking`.
    """
    with looking(path):
        pass
    engine = open_database(path)
    try:
        with writing(engine) as session:
            yield session
            session.commit()
        forget_deleted(engine)
    finally:
        engine.dispose()


def refused(reason: object) -> int:
    """Say why nothing was done; the exit status."""
    print(reason, file=sys.stderr)
    return 2


def _check_version(engine: Engine) -> None:
    try:
        up_to_date = is_up_to_date(engine)
    except DatabaseError as fault:
        raise NoDatabase("The database cannot be read; it may be damaged, or in use for too long") from fault
    if not up_to_date:
        raise NoDatabase(
            "The database is another version's. An older one is brought up to date when the server starts."
        )
