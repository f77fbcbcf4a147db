"""Sealed rows: blindly named, revision upon revision, and bound to their place."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import col, delete, func, select, text

from app.database import Session
from app.tables import Assessment, SealedRow, Submission
from app.vault.data_keys import LABELS, Label, new_data_key
from app.vault.grants import open_grant
from app.vault.rows import REMEMBERED, Place, RowMoved, SealedRows
from app.vault.sealing import DoesNotOpen, unseal_data
from tests.app.vault.cast import TODAY, Person, begin_round, data_key_of

QUESTION, OTHER = "question:P1.1", "question:P1.2"
TOMORROW = TODAY + timedelta(days=1)


def test_what_was_written_is_read_again(amina: Person) -> None:
    written = amina.rows.write("answers", QUESTION, {"value": 2}, made_on=0)
    assert amina.rows.read("answers", QUESTION) == written
    assert (written.revision, written.data) == (1, {"value": 2})
    assert (written.author, written.day) == (amina.holder.id, TODAY)


def test_what_was_never_written_stands_at_revision_0(amina: Person) -> None:
    assert amina.rows.read("answers", QUESTION).revision == 0
    assert amina.rows.read("answers", QUESTION).data is None


def test_many_rows_are_read_at_once_each_under_its_own_name(amina: Person) -> None:
    amina.rows.write("answers", QUESTION, "one", made_on=0)
    amina.rows.write("answers", OTHER, "other", made_on=0)
    read = amina.rows.read_many(("answers", name) for name in (QUESTION, OTHER, "question:P9.9"))
    assert {place: revision.data for place, revision in read.items()} == {
        ("answers", QUESTION): "one",
        ("answers", OTHER): "other",
        ("answers", "question:P9.9"): None,
    }


def test_at_which_revisions_rows_stand_is_known_without_opening_them(session: Session, amina: Person) -> None:
    amina.rows.write("answers", QUESTION, "one", made_on=0)
    amina.rows.write("answers", QUESTION, "two", made_on=1)
    session.execute(text("UPDATE sealed_row SET blob = x'00'"))
    places: list[Place] = [("answers", QUESTION), ("answers", OTHER)]
    assert amina.rows.revisions(places) == {("answers", QUESTION): 2, ("answers", OTHER): 0}
    assert amina.rows.revisions([]) == {}


def test_the_same_question_has_another_name_in_every_assessment_and_under_every_label(
    session: Session, amina: Person, bruno: Person
) -> None:
    """Two rounds of the same person, too: nobody sees that they answer the same questions."""
    second, secret = begin_round(session, amina.holder)
    key = data_key_of(session, second.id, 1, secret)
    rounds = [amina.rows, bruno.rows, SealedRows(session, second.id, 1, key, amina.holder.id, TODAY)]
    labels: list[Label] = ["answers", "notes", "plan"]
    for rows in rounds:
        for label in labels:
            rows.write(label, QUESTION, "the same", made_on=0)
    names = session.exec(select(SealedRow.name)).all()
    assert len(set(names)) == len(names) == len(rounds) * len(labels)
    assert {len(name) for name in names} == {16}


def test_every_revision_of_a_row_has_its_name(session: Session, amina: Person) -> None:
    for made_on in range(3):
        amina.rows.write("answers", QUESTION, made_on, made_on)
    assert len(session.exec(select(SealedRow.name).distinct()).all()) == 1


def test_a_row_grows_revision_upon_revision_and_none_is_rewritten(session: Session, amina: Person) -> None:
    amina.rows.write("answers", QUESTION, "first", made_on=0)
    before = [row.blob for row in _stored(session)]
    amina.rows.write("answers", QUESTION, "second", made_on=1)
    assert amina.rows.read("answers", QUESTION).data == "second"
    assert [row.blob for row in _stored(session)][:1] == before
    assert [row.revision for row in _stored(session)] == [1, 2]


def test_the_history_of_a_row_is_told_from_the_beginning(amina: Person) -> None:
    for made_on, said in enumerate(["first", "second", "third"]):
        amina.rows.write("answers", QUESTION, said, made_on)
    amina.rows.write("answers", OTHER, "of another row", made_on=0)
    history = amina.rows.history("answers", QUESTION)
    assert [(one.revision, one.data) for one in history] == [(1, "first"), (2, "second"), (3, "third")]


def test_of_two_who_write_on_the_same_revision_the_second_is_told(amina: Person) -> None:
    amina.rows.write("answers", QUESTION, "first", made_on=0)
    with pytest.raises(RowMoved):
        amina.rows.write("answers", QUESTION, "also first", made_on=0)
    assert [one.data for one in amina.rows.history("answers", QUESTION)] == ["first"]


def test_nothing_is_written_with_the_key_of_an_earlier_epoch(session: Session, amina: Person) -> None:
    """Not even where the transaction is kept: a row under a key that was taken away would never open."""
    _assessment(session, amina).epoch = 2
    session.flush()
    with pytest.raises(RowMoved):
        amina.rows.write("answers", QUESTION, "late", made_on=0)
    assert _stored(session) == []


def test_nothing_is_written_to_an_assessment_that_is_gone(session: Session, amina: Person) -> None:
    session.execute(delete(Assessment).where(col(Assessment.id) == amina.assessment.id))
    with pytest.raises(RowMoved):
        amina.rows.write("answers", QUESTION, "late", made_on=0)
    assert _stored(session) == []


def test_the_day_of_the_last_change_is_noted(session: Session, amina: Person) -> None:
    anew(session, amina, TOMORROW).write("answers", QUESTION, "later", made_on=0)
    assert _assessment(session, amina).changed_on == TOMORROW


def test_writing_the_same_again_makes_no_revision(session: Session, amina: Person) -> None:
    for _ in range(2):
        amina.rows.write_newest("name", "title", {"title": "Round"})
    amina.rows.write_newest("name", "title", {"title": "Round of 2026"})
    assert [row.revision for row in _stored(session)] == [1, 2]


@pytest.mark.parametrize("label", ["answers", "name", "notes", "plan"])
def test_a_row_opens_with_the_subkey_of_its_label_at_its_place_and_with_no_other(
    session: Session, amina: Person, bruno: Person, label: Label
) -> None:
    amina.rows.write(label, QUESTION, "mine", made_on=0)
    [row] = _stored(session)
    place = (amina.assessment.id, 1, label, row.name, 1)
    assert unseal_data(amina.key.subkey(label), row.blob, *place)["data"] == "mine"
    others = [amina.key.subkey(other) for other in LABELS if other != label]
    for key in (amina.secret, bruno.key.subkey(label), bytes(32), *others):
        with pytest.raises(DoesNotOpen):
            unseal_data(key, row.blob, *place)


def test_an_old_blob_under_a_newer_revision_does_not_open(session: Session, amina: Person) -> None:
    amina.rows.write("answers", QUESTION, "first", made_on=0)
    amina.rows.write("answers", QUESTION, "second", made_on=1)
    old, new = _stored(session)
    new.blob = old.blob
    session.flush()
    with pytest.raises(DoesNotOpen):
        anew(session, amina).read("answers", QUESTION)


def test_a_row_whose_revision_was_put_forward_does_not_open(session: Session, amina: Person) -> None:
    amina.rows.write("answers", QUESTION, "first", made_on=0)
    _stored(session)[0].revision = 7
    session.flush()
    with pytest.raises(DoesNotOpen):
        anew(session, amina).read("answers", QUESTION)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("answers", QUESTION), ("answers", OTHER)),
        (("answers", QUESTION), ("notes", QUESTION)),
        (("answers", "profile"), ("answers", "targets")),
    ],
    ids=["two questions", "two labels", "two things"],
)
def test_rows_that_changed_places_do_not_open(
    session: Session, amina: Person, one: tuple[Label, str], other: tuple[Label, str]
) -> None:
    amina.rows.write(*one, "of one", made_on=0)
    amina.rows.write(*other, "of the other", made_on=0)
    first, second = _stored(session)
    first.blob, second.blob = second.blob, first.blob
    session.flush()
    for place in (one, other):
        with pytest.raises(DoesNotOpen):
            anew(session, amina).read(*place)


def test_rows_of_two_assessments_that_changed_places_do_not_open(
    session: Session, amina: Person, bruno: Person
) -> None:
    for person in (amina, bruno):
        person.rows.write("answers", QUESTION, "the same", made_on=0)
    first, second = _stored(session)
    first.blob, second.blob = second.blob, first.blob
    session.flush()
    for person in (amina, bruno):
        with pytest.raises(DoesNotOpen):
            anew(session, person).read("answers", QUESTION)


def test_a_row_that_does_not_open_spoils_no_other(session: Session, amina: Person) -> None:
    amina.rows.write("answers", QUESTION, "whole", made_on=0)
    amina.rows.write("answers", OTHER, "whole", made_on=0)
    broken = _stored(session)[0]
    broken.blob = broken.blob[:-1] + bytes([broken.blob[-1] ^ 1])
    session.flush()
    opened = []
    for name in (QUESTION, OTHER):
        try:
            opened.append(anew(session, amina).read("answers", name).data)
        except DoesNotOpen:
            opened.append(None)
    assert sorted(opened, key=str) == [None, "whole"]


def test_a_row_of_an_earlier_epoch_does_not_open_in_the_next(session: Session, amina: Person) -> None:
    amina.rows.write("answers", QUESTION, "first", made_on=0)
    same_key = SealedRows(session, amina.assessment.id, 2, amina.key, amina.holder.id, TODAY)
    with pytest.raises(DoesNotOpen):
        same_key.read("answers", QUESTION)
    next_key = data_key_of(
        session, amina.assessment.id, 2, new_data_key(session, amina.assessment.id, 2).whole
    )
    named_anew = SealedRows(session, amina.assessment.id, 2, next_key, amina.holder.id, TODAY)
    assert named_anew.read("answers", QUESTION).revision == 0


BODY = [("P1.1:choice", "2"), ("P1.1:note", "twice")]
OTHER_BODIES = [
    [("P1.1:choice", "3"), ("P1.1:note", "twice")],
    [("P1.1:note", "twice"), ("P1.1:choice", "2")],
    [("P1.1:choice", "2")],
    [("P1.1:choice", "2P1.1:note"), ("", "twice")],
    [],
]


def test_a_form_is_taken_in_once(amina: Person) -> None:
    assert not amina.rows.taken("form", BODY)
    amina.rows.note_taken("form", BODY)
    assert amina.rows.taken("form", BODY)


@pytest.mark.parametrize("body", OTHER_BODIES)
def test_the_same_form_with_another_body_is_another(amina: Person, body: list[tuple[str, str]]) -> None:
    amina.rows.note_taken("form", BODY)
    assert not amina.rows.taken("form", body)
    amina.rows.note_taken("form", body)
    assert amina.rows.taken("form", body)


def test_the_same_body_in_another_form_or_assessment_is_another(amina: Person, bruno: Person) -> None:
    amina.rows.note_taken("form", BODY)
    assert not amina.rows.taken("another form", BODY)
    assert not bruno.rows.taken("form", BODY)


def test_the_same_form_leaves_other_traces_in_another_assessment(
    session: Session, amina: Person, bruno: Person
) -> None:
    for person in (amina, bruno):
        person.rows.note_taken("form", BODY)
    session.flush()
    one, other = session.exec(select(Submission)).all()
    assert {one.form, one.body}.isdisjoint({other.form, other.body})


def test_a_form_of_more_than_a_month_ago_is_forgotten_by_the_next(session: Session, amina: Person) -> None:
    amina.rows.note_taken("old form", BODY)
    later = SealedRows(
        session,
        amina.assessment.id,
        1,
        amina.key,
        amina.holder.id,
        TODAY + REMEMBERED + timedelta(days=1),
    )
    later.note_taken("new form", BODY)
    assert not later.taken("old form", BODY)
    assert later.taken("new form", BODY)


@pytest.mark.parametrize("table", ["sealed_row", "submission", "access_grant", "holder", "assessment"])
def test_the_order_in_which_rows_were_written_is_not_kept(session: Session, table: str) -> None:
    """Questions are answered in the order of the questionnaire: a numbered row would name its question."""
    with pytest.raises(OperationalError, match="no such column: rowid"):
        session.execute(text(f"SELECT rowid FROM {table}"))


def test_rows_lie_in_the_order_of_their_blind_names(session: Session, amina: Person) -> None:
    for number in range(50):
        amina.rows.write("answers", f"question:{number}", "the same", made_on=0)
    names = session.execute(text("SELECT name FROM sealed_row NOT INDEXED")).scalars().all()
    assert names == sorted(names)


def test_a_row_says_nothing_when_shown_by_repr(amina: Person) -> None:
    written = amina.rows.write("answers", QUESTION, "something private", made_on=0)
    assert "private" not in repr(written)


def test_a_grant_opens_the_rows_that_were_written(session: Session, amina: Person) -> None:
    amina.rows.write("answers", QUESTION, "mine", made_on=0)
    opened = open_grant(session, amina.holder, amina.assessment.id, TODAY)
    assert opened is not None
    rows = SealedRows(session, amina.assessment.id, 1, opened.key, amina.holder.id, TODAY)
    assert rows.read("answers", QUESTION).data == "mine"


def _stored(session: Session) -> list[SealedRow]:
    session.expire_all()
    order = (col(SealedRow.assessment_id), col(SealedRow.name), col(SealedRow.revision))
    return list(session.exec(select(SealedRow).order_by(*order)))


def _assessment(session: Session, person: Person) -> Assessment:
    session.expire_all()
    return session.get_one(Assessment, person.assessment.id)


def anew(session: Session, person: Person, today: date = TODAY) -> SealedRows:
    """The rows as another request of this person opens them."""
    return SealedRows(session, person.assessment.id, 1, person.key, person.holder.id, today)


def test_padding_hides_a_note_but_not_how_often_it_was_changed(session: Session, amina: Person) -> None:
    amina.rows.write("notes", QUESTION, "", made_on=0)
    amina.rows.write("notes", QUESTION, "A few words on what we do.", made_on=1)
    sizes = session.exec(select(func.length(SealedRow.blob))).all()
    assert len(sizes) == 2
    assert len(set(sizes)) == 1
