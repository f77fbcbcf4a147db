"""Amina, with a first answer; and what is sealed of it, read as whoever has the key reads it."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI

from app.database import reading
from app.services import assessments
from app.vault.data_keys import LABELS
from app.vault.rows import Revision, SealedRows
from tests.app.guests import key_of
from tests.conftest import Browser

Read = Callable[[Browser], SealedRows]
"""Opens the sealed rows of somebody's assessment, with their key."""

ROWS = ("question:P1.1", "question:P1.2", "closed", "carried", "plan", "kept:question:P1.1 note")


@pytest.fixture
def revisions(app: FastAPI) -> Callable[[Browser], dict[str, list[Revision]]]:
    """Every revision of every row that could hold words, opened with the key of whoever owns them."""

    def read(browser: Browser) -> dict[str, list[Revision]]:
        id_ = browser.home.rpartition("/")[2]
        with reading(app.state.engine) as session:
            opened = assessments.find(
                session, app.state.library, key_of(app, browser), id_, app.state.clock().date()
            )
            index = opened.rows.read("plan", "plan").data or {"actions": []}
            names = [*ROWS, *(f"action:{action}" for action in index["actions"])]
            return {f"{label} {name}": opened.rows.history(label, name) for name in names for label in LABELS}

    return read
