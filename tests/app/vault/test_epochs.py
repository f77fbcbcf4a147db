"""Epochs: whoever is let out cannot read what is written later, nor what was there before."""

from datetime import timedelta

import pytest
from sqlmodel import col, delete, select

from app.database import Session
from app.tables import Assessment, Commitment, Grant, SealedRow, Submission
from app.vault.data_keys import OutOfScope
from app.vault.epochs import turn_over
from app.vault.grants import empty_ended, give_grant, open_grant
from app.vault.rows import RowMoved, SealedRows
from app.vault.sealing import DoesNotOpen
from tests.app.vault.cast import TODAY, Person

QUESTION = "question:P1.1"
NEXT_YEAR = TODAY + timedelta(days=365)


@pytest.fixture
def written(session: Session, amina: Person, bruno: Person) -> Person:
    """Amina with rows under every label, one of them changed, and Bruno let in to review until next year."""
    amina.rows.write_parts(QUESTION, {"answers": {"value": 1}, "notes": {"note": "first"}}, 0, "form")
    amina.rows.write_parts(QUESTION, {"answers": {"value": 2}, "notes": {"note": "second"}}, 1, "form")
    amina.rows.write("name", "title", {"title": "Round"}, 0)
    amina.rows.write("plan", "plan", {"actions": []}, 0)
    amina.rows.note_taken("form", [("P1.1:choice", "2")])
    give_grant(session, amina.assessment, bruno.holder.id, "review", amina.key, NEXT_YEAR)
    return amina


def opened_by(session: Session, person: Person, of: Person) -> SealedRows:
    """The rows of somebody's round, as another request of a person opens them."""
    opened = open_grant(session, person.holder, of.assessment.id, TODAY)
    assert opened is not None
    return SealedRows(session, of.assessment.id, opened.epoch, opened.key, person.holder.id, TODAY)


def test_everything_is_there_after_it_with_its_revisions_days_and_authors(
    session: Session, written: Person
) -> None:
    places = [("answers", QUESTION), ("notes", QUESTION), ("name", "title"), ("plan", "plan")]
    before = {place: written.rows.history(*place) for place in places}  # type: ignore[arg-type]
    turn_over(session, written.assessment.id, 1, written.key)
    rows = opened_by(session, written, written)
    assert {place: rows.history(*place) for place in places} == before  # type: ignore[arg-type]
    assert [len(history) for history in before.values()] == [2, 2, 1, 1]


def test_writing_goes_on_in_the_new_epoch(session: Session, written: Person) -> None:
    turn_over(session, written.assessment.id, 1, written.key)
    rows = opened_by(session, written, written)
    assert rows.write("answers", QUESTION, {"value": 3}, made_on=2).revision == 3


def test_whoever_still_has_a_grant_is_let_in_as_before(
    session: Session, written: Person, bruno: Person
) -> None:
    turn_over(session, written.assessment.id, 1, written.key)
    assert opened_by(session, bruno, written).read("notes", QUESTION).data == {"note": "second"}
    opened = open_grant(session, bruno.holder, written.assessment.id, TODAY)
    assert opened is not None
    assert (opened.scope, opened.expires_on, opened.epoch) == ("review", NEXT_YEAR, 2)


def test_whoever_has_an_emptied_grant_gets_no_new_keys(
    session: Session, written: Person, bruno: Person
) -> None:
    assert empty_ended(session, NEXT_YEAR + timedelta(days=1)) == 1
    turn_over(session, written.assessment.id, 1, written.key)
    assert session.get(Grant, (written.assessment.id, bruno.holder.id)) is None
    assert opened_by(session, written, written).read("answers", QUESTION).revision == 2


def test_whoever_was_let_out_opens_nothing_not_even_with_a_copy_of_the_keys(
    session: Session, written: Person, bruno: Person
) -> None:
    kept = open_grant(session, bruno.holder, written.assessment.id, TODAY)
    assert kept is not None
    session.execute(delete(Grant).where(col(Grant.holder_id) == bruno.holder.id))
    turn_over(session, written.assessment.id, 1, written.key)
    opened_by(session, written, written).write("answers", QUESTION, {"value": 0}, made_on=2)
    assert open_grant(session, bruno.holder, written.assessment.id, TODAY) is None
    for epoch in (1, 2):
        old = SealedRows(session, written.assessment.id, epoch, kept.key, bruno.holder.id, TODAY)
        assert old.read("answers", QUESTION).revision == 0


def test_nothing_of_the_last_epoch_is_left_behind(session: Session, written: Person) -> None:
    names = set(session.exec(select(SealedRow.name)).all())
    blobs = set(session.exec(select(SealedRow.blob)).all())
    turn_over(session, written.assessment.id, 1, written.key)
    session.expire_all()
    assert {row.epoch for row in session.exec(select(SealedRow))} == {2}
    assert names.isdisjoint(session.exec(select(SealedRow.name)).all())
    assert blobs.isdisjoint(session.exec(select(SealedRow.blob)).all())
    of_round = select(Commitment).where(Commitment.assessment_id == written.assessment.id)
    assert {row.epoch for row in session.exec(of_round)} == {2}
    assert session.exec(select(Submission)).all() == []


def test_another_round_is_not_touched(session: Session, written: Person, bruno: Person) -> None:
    bruno.rows.write("answers", QUESTION, "of Bruno", made_on=0)
    turn_over(session, written.assessment.id, 1, written.key)
    session.expire_all()
    assert session.get_one(Assessment, bruno.assessment.id).epoch == 1
    assert opened_by(session, bruno, bruno).read("answers", QUESTION).data == "of Bruno"


def test_what_was_written_with_the_old_key_meanwhile_is_refused(session: Session, written: Person) -> None:
    turn_over(session, written.assessment.id, 1, written.key)
    with pytest.raises(RowMoved):
        written.rows.write("answers", QUESTION, {"value": 0}, made_on=2)


def test_of_two_that_turn_over_the_same_epoch_the_second_is_told(session: Session, written: Person) -> None:
    turn_over(session, written.assessment.id, 1, written.key)
    with pytest.raises(RowMoved):
        turn_over(session, written.assessment.id, 1, written.key)


def test_a_row_that_was_altered_stops_it(session: Session, written: Person) -> None:
    row = session.exec(select(SealedRow)).first()
    assert row is not None
    row.blob = row.blob[:-1] + bytes([row.blob[-1] ^ 1])
    session.flush()
    with pytest.raises(DoesNotOpen):
        turn_over(session, written.assessment.id, 1, written.key)


def test_whoever_was_let_in_to_a_part_cannot_turn_it_over(
    session: Session, written: Person, bruno: Person
) -> None:
    opened = open_grant(session, bruno.holder, written.assessment.id, TODAY)
    assert opened is not None
    with pytest.raises(OutOfScope):
        turn_over(session, written.assessment.id, 1, opened.key)
    assert session.get_one(Assessment, written.assessment.id).epoch == 1


@pytest.mark.parametrize(
    ("scope", "opens", "closed"),
    [("read", ["answers", "name"], ["notes", "plan", "files"]), ("review", ["answers", "notes"], ["plan"])],
)
def test_a_scope_lets_into_its_own_part_and_no_other(
    session: Session, written: Person, bruno: Person, scope: str, opens: list[str], closed: list[str]
) -> None:
    give_grant(session, written.assessment, bruno.holder.id, scope, written.key)  # type: ignore[arg-type]
    rows = opened_by(session, bruno, written)
    for label in opens:
        rows.read(label, "title" if label == "name" else QUESTION)  # type: ignore[arg-type]
    for label in closed:
        with pytest.raises(OutOfScope):
            rows.write(label, "anything", {}, 0)  # type: ignore[arg-type]
