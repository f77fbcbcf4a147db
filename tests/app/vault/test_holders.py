"""Holders: a receipt finds its key pair, and what is sealed to one opens for no other."""

from dataclasses import replace

import pytest

from app.database import Session
from app.tables import Holder
from app.vault.holders import (
    KeyHolder,
    find_receipt_holder,
    id_for_form,
    open_sealed,
    seal_to,
)
from app.vault.receipts import new_receipt
from app.vault.sealing import DoesNotOpen
from tests.app.vault.cast import Person


def test_a_receipt_finds_its_holder_and_no_other(session: Session, amina: Person, bruno: Person) -> None:
    assert find_receipt_holder(session, amina.receipt) == amina.holder
    assert find_receipt_holder(session, bruno.receipt) == bruno.holder


def test_an_unknown_receipt_finds_nobody(session: Session, amina: Person) -> None:
    assert find_receipt_holder(session, new_receipt()) is None


def test_a_receipt_whose_public_key_was_replaced_opens_nothing(
    session: Session, amina: Person, bruno: Person
) -> None:
    replaced = session.get_one(Holder, amina.holder.id)
    replaced.public_key = session.get_one(Holder, bruno.holder.id).public_key
    session.flush()
    with pytest.raises(DoesNotOpen):
        find_receipt_holder(session, amina.receipt)


def test_only_the_public_half_is_stored(session: Session, amina: Person) -> None:
    row = session.get_one(Holder, amina.holder.id)
    secrets = {amina.holder.private_key, amina.receipt.seed, amina.receipt.secret.to_bytes(17, "big")}
    assert secrets.isdisjoint({row.public_key, row.locator})


def test_what_is_sealed_to_somebody_opens_for_them(session: Session, amina: Person) -> None:
    public_key = session.get_one(Holder, amina.holder.id).public_key
    assert open_sealed(amina.holder, seal_to(public_key, b"a key")) == b"a key"


def test_what_is_sealed_to_somebody_opens_for_nobody_else(
    session: Session, amina: Person, bruno: Person
) -> None:
    public_key = session.get_one(Holder, amina.holder.id).public_key
    with pytest.raises(DoesNotOpen):
        open_sealed(bruno.holder, seal_to(public_key, b"a key"))


def test_what_is_sealed_to_somebody_does_not_open_when_any_one_byte_was_changed(
    session: Session, amina: Person
) -> None:
    sealed = seal_to(session.get_one(Holder, amina.holder.id).public_key, b"a key")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(DoesNotOpen):
            open_sealed(amina.holder, bytes(changed))


@pytest.mark.parametrize(
    "broken", [b"", b"short", b"\x00" * 48, b"\xff" * 80], ids=["none", "short", "zeros", "ones"]
)
def test_what_was_never_sealed_does_not_open(amina: Person, broken: bytes) -> None:
    with pytest.raises(DoesNotOpen):
        open_sealed(amina.holder, broken)


@pytest.mark.parametrize("private_key", [b"", b"short", b"\x07" * 33], ids=["none", "short", "long"])
def test_what_is_no_private_key_opens_nothing(session: Session, amina: Person, private_key: bytes) -> None:
    sealed = seal_to(session.get_one(Holder, amina.holder.id).public_key, b"a key")
    with pytest.raises(DoesNotOpen):
        open_sealed(KeyHolder(amina.holder.id, private_key), sealed)


def test_with_a_public_key_that_was_replaced_nothing_opens(
    session: Session, amina: Person, bruno: Person
) -> None:
    own, others = (session.get_one(Holder, one.holder.id).public_key for one in (amina, bruno))
    sealed = seal_to(own, b"a key")
    assert open_sealed(replace(amina.holder, public_key=own), sealed) == b"a key"
    for replaced in (others, b"short"):
        with pytest.raises(DoesNotOpen):
            open_sealed(replace(amina.holder, public_key=replaced), sealed)


def test_a_form_always_makes_the_same_row_and_no_other_form_or_person_does(
    amina: Person, bruno: Person
) -> None:
    assert id_for_form(amina.holder, "form 1") == id_for_form(amina.holder, "form 1")
    others = {id_for_form(amina.holder, "form 2"), id_for_form(bruno.holder, "form 1")}
    assert id_for_form(amina.holder, "form 1") not in others


def test_a_private_key_is_never_shown_by_repr(amina: Person) -> None:
    assert repr(amina.holder) == f"KeyHolder(id='{amina.holder.id}')"


def test_a_form_without_a_key_makes_a_new_row_each_time(amina: Person) -> None:
    assert id_for_form(amina.holder, "") != id_for_form(amina.holder, "")
