"""A migrated database for each test, and Amina and Bruno with a receipt and a round each."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.database import Session, open_database, writing
from tests.app.vault.cast import Person, arrive


@pytest.fixture
def engine(migrated: Path, tmp_path: Path) -> Iterator[Engine]:
    path = tmp_path / migrated.name
    shutil.copy(migrated, path)
    engine = open_database(path)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with writing(engine) as session:
        yield session


@pytest.fixture
def amina(session: Session) -> Person:
    return arrive(session)


@pytest.fixture
def bruno(session: Session) -> Person:
    return arrive(session)
