"""Organisations: whoever belongs to one opens what it holds, and whoever was taken out opens nothing more."""

from datetime import date

import pytest
from sqlmodel import select

from app.database import Session
from app.tables import Holder, Membership, Organisation, Role
from app.vault.grants import give_grant, granted_assessments, open_grant
from app.vault.holders import KeyHolder, add_receipt_holder, find_receipt_holder, fingerprint
from app.vault.organisations import (
    OpenOrganisation,
    found,
    let_in,
    members,
    open_organisations,
    remove,
    rename,
)
from app.vault.receipts import new_receipt
from app.vault.rows import SealedRows
from app.vault.sealing import DoesNotOpen
from tests.app.vault.cast import TODAY, Person

QUESTION = "question:P1.1"


@pytest.fixture
def club(session: Session, amina: Person) -> OpenOrganisation:
    """Amina's organisation, which holds her round too."""
    club = found(session, amina.holder, "Harbour Club", TODAY)
    give_grant(session, amina.assessment, club.key.id, "fill", amina.key)
    amina.rows.write("answers", QUESTION, {"value": 1}, made_on=0)
    return club


def of(session: Session, member: KeyHolder) -> OpenOrganisation:
    [organisation] = open_organisations(session, member)
    return organisation


def rows_of(session: Session, holder: KeyHolder, assessment_id: str, today: date = TODAY) -> SealedRows:
    opened = open_grant(session, holder, assessment_id, today)
    assert opened is not None
    return SealedRows(session, assessment_id, opened.epoch, opened.key, holder.id, today)


def test_whoever_founds_an_organisation_owns_it(
    session: Session, amina: Person, club: OpenOrganisation
) -> None:
    assert of(session, amina.holder) == club
    assert (club.role, club.name, club.in_charge, club.writes) == ("owner", "Harbour Club", True, True)


def test_nobody_else_opens_it(session: Session, bruno: Person, club: OpenOrganisation) -> None:
    assert open_organisations(session, bruno.holder) == []


@pytest.mark.parametrize(
    ("role", "in_charge", "writes"),
    [("owner", True, True), ("contributor", False, True), ("reader", False, False), ("sheet", True, True)],
)
def test_a_member_opens_what_the_organisation_holds(
    session: Session,
    amina: Person,
    bruno: Person,
    club: OpenOrganisation,
    role: Role,
    in_charge: bool,
    writes: bool,
) -> None:
    let_in(session, club, bruno.holder.id, role)
    theirs = of(session, bruno.holder)
    assert (theirs.name, theirs.role) == ("Harbour Club", role)
    assert (theirs.in_charge, theirs.writes) == (in_charge, writes)
    rows = rows_of(session, theirs.key, amina.assessment.id)
    assert rows.read("answers", QUESTION).data == {"value": 1}


def test_a_printed_recovery_sheet_opens_it_too(session: Session, club: OpenOrganisation) -> None:
    receipt = new_receipt()
    let_in(session, club, add_receipt_holder(session, receipt, TODAY).id, "sheet")
    holder = find_receipt_holder(session, receipt)
    assert holder is not None
    assert of(session, holder).in_charge


def test_a_member_in_another_role_is_still_one_member(
    session: Session, bruno: Person, club: OpenOrganisation
) -> None:
    let_in(session, club, bruno.holder.id, "reader")
    let_in(session, club, bruno.holder.id, "contributor")
    assert of(session, bruno.holder).role == "contributor"
    assert sorted(one.role for one in members(session, club.id)) == ["contributor", "owner"]


def test_a_new_name_is_read_by_every_member(session: Session, bruno: Person, club: OpenOrganisation) -> None:
    let_in(session, club, bruno.holder.id, "reader")
    rename(session, club, "Quay Club")
    assert of(session, bruno.holder).name == "Quay Club"


@pytest.mark.parametrize("change", ["role", "sealed", "organisation"])
def test_a_membership_that_was_altered_does_not_open(
    session: Session, amina: Person, bruno: Person, club: OpenOrganisation, change: str
) -> None:
    let_in(session, club, bruno.holder.id, "reader")
    row = session.get_one(Membership, (club.id, bruno.holder.id))
    if change == "role":
        row.role = "owner"
    elif change == "sealed":
        row.sealed = row.sealed[:-1] + bytes([row.sealed[-1] ^ 1])
    else:
        other = found(session, amina.holder, "Other", TODAY)
        session.add(
            Membership(organisation_id=other.id, member_id=bruno.holder.id, role="reader", sealed=row.sealed)
        )
        session.delete(row)
    session.flush()
    with pytest.raises(DoesNotOpen):
        open_organisations(session, bruno.holder)


def test_a_name_that_is_anothers_does_not_open(
    session: Session, amina: Person, bruno: Person, club: OpenOrganisation
) -> None:
    other = found(session, bruno.holder, "Other", TODAY)
    row = session.get_one(Organisation, club.id)
    row.name = session.get_one(Organisation, other.id).name
    session.flush()
    with pytest.raises(DoesNotOpen):
        open_organisations(session, amina.holder)


# Taken out


def test_whoever_was_taken_out_opens_nothing_not_even_with_a_copy_of_the_keys(
    session: Session, amina: Person, bruno: Person, club: OpenOrganisation
) -> None:
    let_in(session, club, bruno.holder.id, "contributor")
    kept = of(session, bruno.holder)
    kept_key = open_grant(session, kept.key, amina.assessment.id, TODAY)
    assert kept_key is not None
    remove(session, club, [bruno.holder.id], TODAY)

    assert open_organisations(session, bruno.holder) == []
    assert open_grant(session, kept.key, amina.assessment.id, TODAY) is None
    rows_of(session, of(session, amina.holder).key, amina.assessment.id).write(
        "answers", QUESTION, {"value": 3}, made_on=1
    )
    for epoch in (1, 2):
        old = SealedRows(session, amina.assessment.id, epoch, kept_key.key, kept.key.id, TODAY)
        assert old.read("answers", QUESTION).revision == 0


def test_those_who_stay_open_everything_as_before(
    session: Session, amina: Person, bruno: Person, club: OpenOrganisation
) -> None:
    receipt = new_receipt()
    carla = add_receipt_holder(session, receipt, TODAY)
    let_in(session, club, bruno.holder.id, "reader")
    let_in(session, club, carla.id, "contributor")
    remove(session, club, [carla.id], TODAY)
    for person, role in ((amina, "owner"), (bruno, "reader")):
        theirs = of(session, person.holder)
        assert (theirs.id, theirs.role, theirs.name) == (club.id, role, "Harbour Club")
        rows = rows_of(session, theirs.key, amina.assessment.id)
        assert rows.read("answers", QUESTION).data == {"value": 1}
    assert rows_of(session, amina.holder, amina.assessment.id).read("answers", QUESTION).revision == 1


def test_nothing_of_the_old_key_is_left_behind(
    session: Session, amina: Person, bruno: Person, club: OpenOrganisation
) -> None:
    let_in(session, club, bruno.holder.id, "reader")
    before = session.get_one(Holder, club.key.id).public_key
    sealed = {row.sealed for row in session.exec(select(Membership))}
    remove(session, club, [bruno.holder.id], TODAY)
    assert before not in {holder.public_key for holder in session.exec(select(Holder))}
    assert sealed.isdisjoint(row.sealed for row in session.exec(select(Membership)))
    assert granted_assessments(session, club.key.id, TODAY) == []
    assert of(session, amina.holder).key.private_key != club.key.private_key


def test_a_round_that_the_organisation_does_not_hold_is_not_touched(
    session: Session, bruno: Person, club: OpenOrganisation
) -> None:
    let_in(session, club, bruno.holder.id, "reader")
    remove(session, club, [bruno.holder.id], TODAY)
    assert bruno.rows.read("answers", QUESTION).revision == 0
    session.refresh(bruno.assessment)
    assert bruno.assessment.epoch == 1


def test_a_fingerprint_is_short_the_same_for_one_key_and_another_for_another(
    session: Session, amina: Person, bruno: Person
) -> None:
    keys = [session.get_one(Holder, person.holder.id).public_key for person in (amina, bruno)]
    prints = [fingerprint(key) for key in keys]
    assert prints == [fingerprint(key) for key in keys]
    assert len({*prints}) == 2
    assert all(len(one) == 19 for one in prints)
