"""Grants: they let in exactly whom their row names, to exactly what it names, for exactly as long."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import select

from app.database import Session
from app.tables import Assessment, Commitment, Grant, Holder
from app.vault.data_keys import new_data_key
from app.vault.grants import (
    clear_ended,
    empty_ended,
    ended_grants,
    give_grant,
    granted_assessments,
    open_grant,
    take_grant,
)
from app.vault.holders import KeyHolder, seal_to
from app.vault.sealing import DoesNotOpen
from tests.app.vault.cast import TODAY, Person, begin_round

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def test_a_grant_opens_for_its_holder(session: Session, amina: Person) -> None:
    opened = open_grant(session, amina.holder, amina.assessment.id, TODAY)
    assert opened is not None
    assert opened.key.subkey("answers") == amina.key.subkey("answers")


def test_nobody_opens_what_they_were_not_let_into(session: Session, amina: Person, bruno: Person) -> None:
    assert open_grant(session, bruno.holder, amina.assessment.id, TODAY) is None


def test_with_somebody_elses_key_a_grant_does_not_open(
    session: Session, amina: Person, bruno: Person
) -> None:
    pretender = KeyHolder(amina.holder.id, bruno.holder.private_key)
    with pytest.raises(DoesNotOpen):
        open_grant(session, pretender, amina.assessment.id, TODAY)


def _other_scope(grant: Grant) -> None:
    grant.scope = "read"


def _other_epoch(grant: Grant) -> None:
    grant.epoch = 2


def _an_end(grant: Grant) -> None:
    grant.expires_on = TOMORROW


def _an_end_today(grant: Grant) -> None:
    grant.expires_on = TODAY


def _one_byte(grant: Grant) -> None:
    grant.sealed = grant.sealed[:-1] + bytes([grant.sealed[-1] ^ 1])


def _nothing_left(grant: Grant) -> None:
    grant.sealed = b""


@pytest.mark.parametrize(
    "change", [_other_scope, _other_epoch, _an_end, _an_end_today, _one_byte, _nothing_left]
)
def test_a_grant_whose_row_was_changed_does_not_open(
    session: Session, amina: Person, change: Callable[[Grant], None]
) -> None:
    change(_grant(session, amina))
    session.flush()
    with pytest.raises(DoesNotOpen):
        open_grant(session, amina.holder, amina.assessment.id, TODAY)


def test_a_grant_whose_holder_was_changed_opens_for_neither(
    session: Session, amina: Person, bruno: Person
) -> None:
    grant = _grant(session, amina)
    grant.holder_id = bruno.holder.id
    session.flush()
    assert open_grant(session, amina.holder, amina.assessment.id, TODAY) is None
    for private_key in (bruno.holder.private_key, amina.holder.private_key):
        with pytest.raises(DoesNotOpen):
            open_grant(session, KeyHolder(bruno.holder.id, private_key), amina.assessment.id, TODAY)


def test_a_grant_that_was_copied_to_another_round_of_the_same_person_does_not_open(
    session: Session, amina: Person
) -> None:
    second, _ = begin_round(session, amina.holder)
    session.get_one(Grant, (second.id, amina.holder.id)).sealed = _grant(session, amina).sealed
    session.flush()
    with pytest.raises(DoesNotOpen):
        open_grant(session, amina.holder, second.id, TODAY)


def test_a_grant_of_an_earlier_epoch_does_not_open_the_next(session: Session, amina: Person) -> None:
    new_data_key(session, amina.assessment.id, 2)
    amina.assessment.epoch = 2
    session.flush()
    with pytest.raises(DoesNotOpen):
        open_grant(session, amina.holder, amina.assessment.id, TODAY)


def test_a_grant_of_an_earlier_epoch_does_not_open_the_next_with_the_same_commitments(
    session: Session, amina: Person
) -> None:
    for row in session.exec(select(Commitment)).all():
        session.add(Commitment(assessment_id=row.assessment_id, epoch=2, label=row.label, value=row.value))
    amina.assessment.epoch = 2
    session.flush()
    with pytest.raises(DoesNotOpen):
        open_grant(session, amina.holder, amina.assessment.id, TODAY)


def test_a_grant_of_an_earlier_epoch_does_not_open_with_its_row_put_forward(
    session: Session, amina: Person
) -> None:
    amina.assessment.epoch = _grant(session, amina).epoch = 2
    session.flush()
    with pytest.raises(DoesNotOpen):
        open_grant(session, amina.holder, amina.assessment.id, TODAY)


def test_a_grant_that_holds_another_data_key_does_not_open(
    session: Session, amina: Person, bruno: Person
) -> None:
    session.delete(_grant(session, amina))
    session.flush()
    give_grant(session, amina.assessment, amina.holder.id, "fill", bruno.key)
    with pytest.raises(DoesNotOpen):
        open_grant(session, amina.holder, amina.assessment.id, TODAY)


@pytest.mark.parametrize(
    ("expires_on", "opens"), [(None, True), (TOMORROW, True), (TODAY, True), (YESTERDAY, False)]
)
def test_a_grant_opens_to_the_end_of_its_last_day(
    session: Session, amina: Person, expires_on: date | None, opens: bool
) -> None:
    _seal_until(session, amina, expires_on)
    assert (open_grant(session, amina.holder, amina.assessment.id, TODAY) is not None) is opens


def test_the_end_of_a_grant_cannot_be_put_off(session: Session, amina: Person) -> None:
    _seal_until(session, amina, YESTERDAY)
    _grant(session, amina).expires_on = TOMORROW
    session.flush()
    with pytest.raises(DoesNotOpen):
        open_grant(session, amina.holder, amina.assessment.id, TODAY)


def test_without_its_grant_a_round_is_not_among_what_somebody_holds(session: Session, amina: Person) -> None:
    assert granted_assessments(session, amina.holder.id, TODAY) == [amina.assessment]
    session.delete(_grant(session, amina))
    session.flush()
    assert granted_assessments(session, amina.holder.id, TODAY) == []


def test_a_grant_that_is_over_hides_no_other(session: Session, amina: Person) -> None:
    second, _ = begin_round(session, amina.holder)
    _seal_until(session, amina, YESTERDAY)
    assert granted_assessments(session, amina.holder.id, TODAY) == [second]


def test_what_somebody_holds_is_listed_newest_first(session: Session, amina: Person) -> None:
    later, _ = begin_round(session, amina.holder)
    later.created_on = TOMORROW
    session.flush()
    assert granted_assessments(session, amina.holder.id, TODAY) == [later, amina.assessment]


def _grant(session: Session, person: Person) -> Grant:
    return session.get_one(Grant, (person.assessment.id, person.holder.id))


def _seal_until(session: Session, person: Person, expires_on: date | None) -> None:
    """Give a person their grant anew, with an end. The terms are written out here as they are sealed."""
    assessment, grant = session.get_one(Assessment, person.assessment.id), _grant(session, person)
    terms = {
        "assessment": assessment.id,
        "epoch": 1,
        "holder": person.holder.id,
        "scope": "fill",
        "expires": expires_on.isoformat() if expires_on else None,
        "keys": {"data": person.secret.hex()},
    }
    public_key = session.get_one(Holder, person.holder.id).public_key
    grant.expires_on, grant.sealed = expires_on, seal_to(public_key, json.dumps(terms).encode())
    session.flush()


# Ended


@pytest.fixture
def visited(session: Session, amina: Person, bruno: Person) -> Person:
    """Bruno, who was let into Amina's round until today."""
    give_grant(session, amina.assessment, bruno.holder.id, "fill", amina.key, TODAY)
    return bruno


def test_a_grant_has_ended_on_the_day_after_its_last(
    session: Session, amina: Person, visited: Person
) -> None:
    assert ended_grants(session, amina.assessment.id, TODAY) == []
    assert empty_ended(session, TODAY) == 0
    assert ended_grants(session, amina.assessment.id, TOMORROW) == [visited.holder.id]
    assert ended_grants(session, visited.assessment.id, TOMORROW) == []


def test_what_was_emptied_opens_no_more_whatever_its_row_says(
    session: Session, amina: Person, visited: Person
) -> None:
    assert empty_ended(session, TOMORROW, visited.assessment.id) == 0
    assert empty_ended(session, TOMORROW, amina.assessment.id) == 1
    assert empty_ended(session, TOMORROW) == 0, "there is nothing left in it"
    session.expire_all()
    session.get_one(Grant, (amina.assessment.id, visited.holder.id)).expires_on = None
    session.flush()
    with pytest.raises(DoesNotOpen):
        open_grant(session, visited.holder, amina.assessment.id, TOMORROW)


def test_clearing_what_has_ended_leaves_what_has_not(
    session: Session, amina: Person, visited: Person
) -> None:
    clear_ended(session, amina.assessment.id, TODAY)
    assert open_grant(session, visited.holder, amina.assessment.id, TODAY) is not None
    clear_ended(session, amina.assessment.id, TOMORROW)
    assert ended_grants(session, amina.assessment.id, TOMORROW) == []
    assert open_grant(session, amina.holder, amina.assessment.id, TOMORROW) is not None


def test_a_grant_is_taken_once_and_from_nobody_else(session: Session, amina: Person, visited: Person) -> None:
    assert take_grant(session, amina.assessment.id, visited.holder.id)
    assert not take_grant(session, amina.assessment.id, visited.holder.id)
    assert open_grant(session, amina.holder, amina.assessment.id, TODAY) is not None
    assert open_grant(session, visited.holder, visited.assessment.id, TODAY) is not None
