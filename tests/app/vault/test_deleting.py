"""Deleting: the grants go first, and nothing that was deleted lingers in the file or its log."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from app.database import writing
from app.services.assessments import remove
from tests.app.vault.filled import Remembering, Running, running

ITS_OWN = {
    "sealed_row": "blob",
    "access_grant": "sealed",
    "commitment": "value",
    "submission": "body",
}


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "data") as on:
        yield on


@pytest.fixture
def amina(on: Running) -> Remembering:
    return _with_an_answer(on)


@pytest.fixture
def bruno(on: Running) -> Remembering:
    return _with_an_answer(on)


def _with_an_answer(on: Running) -> Remembering:
    browser = on.browser()
    browser.start("ics-style-quick", organisation="Harbour Club")
    page = f"{browser.home}/sections/policy"
    assert (
        browser.post(page, {"form_key": "1", "P1.1:revision": "0", "P1.1:choice": "yes"}).status_code == 303
    )
    assert browser.answer("P1.1", "partly", note="We keep it in the office." * 50).status_code == 200
    return browser


def delete(browser: Remembering) -> None:
    assert browser.post(f"{browser.home}/delete", {"word": "DELETE"}).status_code == 303


def stored(on: Running, browser: Remembering) -> dict[str, list[bytes]]:
    """What is kept of somebody's assessment: every sealed value and hash, by table."""
    with closing(sqlite3.connect(on.settings.database)) as connection:
        return {
            table: [
                value
                for (value,) in connection.execute(
                    f"SELECT {column} FROM {table} WHERE assessment_id = ?", [browser.home.rpartition("/")[2]]
                )
            ]
            for table, column in ITS_OWN.items()
        }


def test_deleting_leaves_no_row(on: Running, amina: Remembering) -> None:
    assert all(stored(on, amina).values())
    delete(amina)
    assert not any(stored(on, amina).values())
    assert amina.get(amina.home).status_code == 404


def test_what_was_deleted_is_in_no_file_any_more(on: Running, amina: Remembering, bruno: Remembering) -> None:
    """Neither whole nor in part: a piece of 32 bytes would be enough to see that it was there."""
    gone, kept = stored(on, amina), stored(on, bruno)
    delete(amina)
    on_disk = _on_disk(on.settings.data)
    for table in ITS_OWN:
        assert [value for value in kept[table] if value[-32:] not in on_disk] == []
        assert [value for value in gone[table] if _any_piece(value, on_disk)] == []
    assert amina.home.rpartition("/")[2].encode() not in on_disk


def test_what_was_deleted_just_before_the_power_failed_is_gone_after_the_next_start(
    on: Running, amina: Remembering, tmp_path: Path
) -> None:
    gone = stored(on, amina)
    with writing(on.app.state.engine) as session:
        remove(session, amina.home.rpartition("/")[2])
        session.commit()
    left = Path(shutil.copytree(on.settings.data, tmp_path / "left"))
    assert any(_any_piece(value, _on_disk(left)) for value in gone["sealed_row"])

    with running(left):
        on_disk = _on_disk(left)

    assert [value for values in gone.values() for value in values if _any_piece(value, on_disk)] == []


def _on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def _any_piece(value: bytes, on_disk: bytes) -> bool:
    return any(value[start : start + 32] in on_disk for start in range(0, max(1, len(value) - 31), 32))


def test_the_grants_go_before_anything_else(on: Running, amina: Remembering) -> None:
    """Should the rest fail half-way, nothing opens any more."""
    deleted: list[str] = []

    def note(*call: object) -> None:
        statement = str(call[2])
        if statement.startswith("DELETE"):
            deleted.append(statement.split()[2])

    event.listen(on.app.state.engine, "before_cursor_execute", note)
    delete(amina)
    assert deleted == ["access_grant", "assessment"]


def test_deleting_one_assessment_leaves_everybody_elses(
    on: Running, amina: Remembering, bruno: Remembering
) -> None:
    before = stored(on, bruno)
    delete(amina)
    assert stored(on, bruno) == before
    assert "We keep it in the office." in bruno.get(f"{bruno.home}/answers").text


def test_nothing_is_deleted_before_the_word_is_typed(on: Running, amina: Remembering) -> None:
    before = stored(on, amina)
    assert amina.post(f"{amina.home}/delete", {"word": "no"}).status_code == 422
    assert stored(on, amina) == before
