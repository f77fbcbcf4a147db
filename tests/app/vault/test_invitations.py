"""Invitations: a link works once, for so long, and tells nothing of what it leads into."""

from datetime import timedelta

import pytest

from app.database import Session
from app.tables import Invitation, Person
from app.vault.invitations import (
    LASTS,
    clear_over,
    find_invitation,
    invitations,
    invite,
    use,
    withdraw,
)
from app.vault.organisations import OpenOrganisation, found
from app.vault.passwords import Stretched, new_salt
from app.vault.people import add_person, find_people
from app.vault.sealing import random_key
from tests.app.vault.cast import TODAY
from tests.app.vault.cast import Person as Cast


@pytest.fixture
def club(session: Session, amina: Cast) -> OpenOrganisation:
    return found(session, amina.holder, "Harbour Club", TODAY)


@pytest.fixture
def carla(session: Session) -> Person:
    add_person(session, "carla@quay.example", Stretched(random_key(), random_key()), new_salt(), TODAY)
    return find_people(session, "carla@quay.example")[0]


def test_a_link_finds_its_invitation_until_its_last_day(session: Session, club: OpenOrganisation) -> None:
    token = invite(session, "contributor", TODAY, organisation_id=club.id)
    for day in (TODAY, TODAY + LASTS):
        one = find_invitation(session, token, day)
        assert one is not None
        assert (one.organisation_id, one.scope) == (club.id, "contributor")
    assert find_invitation(session, token, TODAY + LASTS + timedelta(days=1)) is None


@pytest.mark.parametrize("token", ["", "00" * 32, "zz" * 32, "00", "ab" * 33])
def test_an_unknown_link_finds_nothing(session: Session, club: OpenOrganisation, token: str) -> None:
    invite(session, "contributor", TODAY, organisation_id=club.id)
    assert find_invitation(session, token, TODAY) is None


def test_a_link_is_used_once(session: Session, club: OpenOrganisation, carla: Person) -> None:
    token = invite(session, "contributor", TODAY, organisation_id=club.id)
    one = find_invitation(session, token, TODAY)
    assert one is not None
    assert use(session, one, carla.id)
    assert not use(session, one, carla.id)
    assert find_invitation(session, token, TODAY) is None


def test_the_token_is_not_stored(session: Session, club: OpenOrganisation) -> None:
    token = invite(session, "reader", TODAY, organisation_id=club.id)
    [row] = invitations(session, TODAY, organisation_id=club.id)[0]
    assert row.id != bytes.fromhex(token)
    assert token not in repr(row)


def test_who_waits_is_listed_apart_from_what_nobody_has_used(
    session: Session, club: OpenOrganisation, carla: Person
) -> None:
    invite(session, "reader", TODAY, organisation_id=club.id)
    used = find_invitation(session, invite(session, "contributor", TODAY, organisation_id=club.id), TODAY)
    assert used is not None
    use(session, used, carla.id)
    unused, waiting = invitations(session, TODAY, organisation_id=club.id)
    assert [one.scope for one in unused] == ["reader"]
    assert [(one.person.email, one.invitation.scope) for one in waiting] == [
        ("carla@quay.example", "contributor")
    ]
    assert invitations(session, TODAY + LASTS + timedelta(days=1), organisation_id=club.id) == ([], [])


def test_an_invitation_into_an_assessment_is_none_into_an_organisation(
    session: Session, club: OpenOrganisation, amina: Cast
) -> None:
    until = TODAY + timedelta(days=90)
    invite(session, "review", TODAY, assessment_id=amina.assessment.id, until=until)
    assert invitations(session, TODAY, organisation_id=club.id) == ([], [])
    [one] = invitations(session, TODAY, assessment_id=amina.assessment.id)[0]
    assert (one.scope, one.until, one.organisation_id) == ("review", until, None)


def test_what_was_withdrawn_or_is_over_is_gone(session: Session, club: OpenOrganisation) -> None:
    kept = invite(session, "reader", TODAY + timedelta(days=1), organisation_id=club.id)
    over = invite(session, "reader", TODAY, organisation_id=club.id)
    taken_back = find_invitation(session, invite(session, "reader", TODAY, organisation_id=club.id), TODAY)
    assert taken_back is not None
    withdraw(session, taken_back.id)
    session.expire_all()
    assert session.get(Invitation, taken_back.id) is None
    assert clear_over(session, TODAY + LASTS + timedelta(days=1)) == 1
    session.expire_all()
    assert find_invitation(session, over, TODAY) is None
    assert find_invitation(session, kept, TODAY) is not None
