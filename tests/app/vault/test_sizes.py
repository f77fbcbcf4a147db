"""What rows tell by their number and size: not whether there is a note, nor which answer was chosen."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.app.vault.filled import DOES_NOT_APPLY, DONT_KNOW, Running, running

OWN_CHOICES = ["0", "3", DONT_KNOW]
WORDS = "We keep it. "


@pytest.fixture(scope="module")
def on(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("data")) as on:
        yield on


def sizes_after(on: Running, question: str, **fields: str) -> list[tuple[int, int]]:
    """Somebody begins and says one thing: the revision and the size of each row that there is then."""
    browser = on.browser()
    browser.start(organisation="Harbour Club")
    assert browser.answer(question, made_on=0, **fields).status_code == 200
    with closing(sqlite3.connect(on.settings.database)) as connection:
        return sorted(
            connection.execute(
                "SELECT revision, length(blob) FROM sealed_row WHERE assessment_id = ?",
                [browser.home.rpartition("/")[2]],
            )
        )


@pytest.mark.parametrize("choice", OWN_CHOICES)
def test_every_choice_leaves_the_same_rows(on: Running, choice: str) -> None:
    assert sizes_after(on, "P1.1", choice=choice) == sizes_after(on, "P1.1", choice="1")


def test_what_does_not_apply_leaves_the_rows_that_an_answer_leaves(on: Running) -> None:
    not_applicable = sizes_after(on, "P4.3", choice=DOES_NOT_APPLY, reason="We are too few.")
    assert not_applicable == sizes_after(on, "P4.3", choice="1")


@pytest.mark.parametrize("evidence", ["0", "4"])
def test_every_strength_of_evidence_leaves_the_same_rows(on: Running, evidence: str) -> None:
    assert sizes_after(on, "P1.1", choice="2", evidence=evidence) == sizes_after(on, "P1.1", choice="2")


def test_a_note_or_none_leaves_the_same_rows(on: Running) -> None:
    assert sizes_after(on, "P1.1", choice="2", note="Yes.") == sizes_after(on, "P1.1", choice="2")


def test_a_note_without_a_choice_leaves_the_rows_of_a_choice_without_a_note(on: Running) -> None:
    assert sizes_after(on, "P1.1", choice="", note="Yes.") == sizes_after(on, "P1.1", choice="2")


@pytest.mark.parametrize(("shorter", "longer"), [(1, 8), (25, 60), (100, 250)])
def test_of_two_notes_in_one_bucket_nobody_can_tell_which_is_longer(
    on: Running, shorter: int, longer: int
) -> None:
    one = sizes_after(on, "P1.1", choice="2", note=WORDS * shorter)
    assert one == sizes_after(on, "P1.1", choice="2", note=WORDS * longer)


def test_which_field_was_filled_cannot_be_told(on: Running) -> None:
    kept = sizes_after(on, "P1.1", choice="2", evidence_kept=WORDS)
    assert kept == sizes_after(on, "P1.1", choice="2", note=WORDS)


def test_a_name_or_none_leaves_the_same_rows(tmp_path: Path) -> None:
    with running(tmp_path) as on:
        for organisation, title in (("", ""), ("Harbour Club", "Round of 2026")):
            on.browser().start(organisation=organisation, title=title)
        with closing(sqlite3.connect(on.settings.database)) as connection:
            stored = connection.execute("SELECT assessment_id, length(blob) FROM sealed_row").fetchall()
    assert len({assessment for assessment, _ in stored}) == len(stored) == 2
    assert len({size for _, size in stored}) == 1
