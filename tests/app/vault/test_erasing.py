"""Taking something out of a row: every revision is sealed anew without it, and nothing else changes."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from app.database import Session
from app.tables import Assessment, SealedRow
from app.vault.rows import RowMoved, SealedRows
from tests.app.vault.cast import TODAY, Person

NOTE = "question:P1.1"
LATER = TODAY + timedelta(days=1)


def without(data: str) -> str:
    return data.replace("Kingfisher", "–")


def later(session: Session, person: Person, author: str) -> SealedRows:
    """The rows as somebody else opens them on the next day."""
    return SealedRows(session, person.assessment.id, 1, person.key, author, LATER)


def stored(session: Session) -> dict[int, SealedRow]:
    session.expire_all()
    return {row.revision: row for row in session.exec(select(SealedRow).order_by(col(SealedRow.revision)))}


@pytest.fixture
def written(session: Session, amina: Person) -> Person:
    """Amina, whose note has three revisions; the second says nothing that is to be taken out."""
    for made_on, said in enumerate(["Kingfisher came", "Somebody came", "Kingfisher left"]):
        amina.rows.write("notes", NOTE, said, made_on, form=f"form {made_on}")
    session.flush()
    return amina


def test_every_revision_loses_it_and_is_who_wrote_it_when_and_in_which_form(
    session: Session, written: Person, bruno: Person
) -> None:
    before = written.rows.history("notes", NOTE)
    later(session, written, bruno.holder.id).erase("notes", NOTE, without)
    after = written.rows.history("notes", NOTE)
    assert [one.data for one in after] == ["– came", "Somebody came", "– left"]
    assert [(one.revision, one.author, one.day, one.form) for one in after] == [
        (one.revision, one.author, one.day, one.form) for one in before
    ]


def test_only_what_is_changed_is_sealed_anew_and_with_another_nonce(
    session: Session, written: Person
) -> None:
    before = {revision: row.blob for revision, row in stored(session).items()}
    written.rows.erase("notes", NOTE, without)
    after = {revision: row.blob for revision, row in stored(session).items()}
    assert [revision for revision in after if after[revision] != before[revision]] == [1, 3]
    assert {after[revision][1:25] for revision in (1, 3)}.isdisjoint({blob[1:25] for blob in before.values()})


def test_of_what_came_before_a_revision_only_that_is_taken_out(written: Person) -> None:
    written.rows.erase("notes", NOTE, without, before=3)
    assert [one.data for one in written.rows.history("notes", NOTE)] == [
        "– came",
        "Somebody came",
        "Kingfisher left",
    ]


def test_what_was_read_before_is_read_anew(written: Person) -> None:
    assert written.rows.read("notes", NOTE).data == "Kingfisher left"
    written.rows.erase("notes", NOTE, without)
    assert written.rows.read("notes", NOTE).data == "– left"


def test_other_rows_stay(session: Session, written: Person, bruno: Person) -> None:
    written.rows.write("answers", NOTE, "Kingfisher", made_on=0)
    bruno.rows.write("notes", NOTE, "Kingfisher", made_on=0)
    written.rows.write("notes", "question:P1.2", "Kingfisher", made_on=0)
    written.rows.erase("notes", NOTE, without)
    assert written.rows.read("answers", NOTE).data == "Kingfisher"
    assert written.rows.read("notes", "question:P1.2").data == "Kingfisher"
    assert bruno.rows.read("notes", NOTE).data == "Kingfisher"


def test_a_row_that_was_never_written_stays_so(written: Person) -> None:
    written.rows.erase("notes", "question:P9.9", without)
    assert written.rows.history("notes", "question:P9.9") == []


def test_nothing_is_erased_with_the_key_of_an_earlier_epoch(session: Session, written: Person) -> None:
    before = {revision: row.blob for revision, row in stored(session).items()}
    session.get_one(Assessment, written.assessment.id).epoch = 2
    session.flush()
    with pytest.raises(RowMoved):
        written.rows.erase("notes", NOTE, without)
    assert {revision: row.blob for revision, row in stored(session).items()} == before
