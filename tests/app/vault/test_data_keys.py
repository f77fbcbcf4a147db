"""Data keys: one for each epoch of each assessment, and a wrong one is noticed before it is used."""

import pytest
from sqlmodel import col, select

from app.database import Session
from app.tables import Commitment
from app.vault.data_keys import LABELS, DataKey, Label, new_data_key
from app.vault.sealing import DoesNotOpen, keyed_hash, random_key
from tests.app.vault.cast import Person, data_key_of


def test_there_is_a_commitment_to_the_data_key_and_to_each_subkey(session: Session, amina: Person) -> None:
    assert set(_commitments(session, amina)) == {"data", *LABELS}


def test_a_commitment_gives_its_key_away_to_nobody(session: Session, amina: Person) -> None:
    keys = [amina.secret, *(amina.key.subkey(label) for label in LABELS)]
    assert set(keys).isdisjoint(row.value for row in _commitments(session, amina).values())


def test_every_subkey_is_another_key(amina: Person, bruno: Person) -> None:
    keys = [person.key.subkey(label) for person in (amina, bruno) for label in LABELS]
    assert len({amina.secret, bruno.secret, *keys}) == 2 * (1 + len(LABELS))


@pytest.mark.parametrize("label", LABELS)
def test_a_subkey_follows_from_the_data_key_and_its_label(amina: Person, label: Label) -> None:
    assert amina.key.subkey(label) == keyed_hash(amina.secret, f"key.{label}")


def test_a_new_epoch_has_another_data_key(session: Session, amina: Person) -> None:
    assert new_data_key(session, amina.assessment.id, 2).whole != amina.secret


def test_a_wrong_data_key_is_noticed_before_it_is_used(session: Session, amina: Person) -> None:
    with pytest.raises(DoesNotOpen):
        data_key_of(session, amina.assessment.id, 1, random_key())


def test_a_data_key_does_not_serve_another_assessment(session: Session, amina: Person, bruno: Person) -> None:
    with pytest.raises(DoesNotOpen):
        data_key_of(session, bruno.assessment.id, 1, amina.secret)


def test_a_data_key_does_not_serve_another_epoch(session: Session, amina: Person) -> None:
    new_data_key(session, amina.assessment.id, 2)
    with pytest.raises(DoesNotOpen):
        data_key_of(session, amina.assessment.id, 2, amina.secret)


@pytest.mark.parametrize("wrong", [b"", b"\x00" * 32, b"\x00" * 31])
def test_what_is_no_key_at_all_is_noticed(session: Session, amina: Person, wrong: bytes) -> None:
    with pytest.raises(DoesNotOpen):
        data_key_of(session, amina.assessment.id, 1, wrong)


@pytest.mark.parametrize("label", LABELS)
def test_a_subkey_whose_commitment_does_not_agree_is_noticed_before_it_is_used(
    session: Session, amina: Person, label: Label
) -> None:
    _commitments(session, amina)[label].value = random_key()
    session.flush()
    key = data_key_of(session, amina.assessment.id, 1, amina.secret)
    with pytest.raises(DoesNotOpen):
        key.subkey(label)


def test_subkeys_whose_commitments_changed_places_are_noticed(session: Session, amina: Person) -> None:
    rows = _commitments(session, amina)
    rows["answers"].value, rows["notes"].value = rows["notes"].value, rows["answers"].value
    session.flush()
    key = data_key_of(session, amina.assessment.id, 1, amina.secret)
    with pytest.raises(DoesNotOpen):
        key.subkey("answers")


def test_without_its_commitment_a_key_is_not_used(amina: Person) -> None:
    with pytest.raises(DoesNotOpen):
        DataKey({"data": amina.secret}, {})


def test_a_data_key_is_never_shown_by_repr(amina: Person) -> None:
    amina.key.subkey("answers")
    assert amina.secret.hex() not in repr(amina.key)
    assert repr(amina.secret) not in repr(amina.key)


def _commitments(session: Session, person: Person) -> dict[str, Commitment]:
    rows = session.exec(select(Commitment).where(col(Commitment.assessment_id) == person.assessment.id))
    return {row.label: row for row in rows}
