"""Accounts: a password opens one, a recovery code opens one, and nothing else does."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlmodel import select

from app.database import Session
from app.tables import Holder, Person
from app.vault import second_factor as factors
from app.vault.codes import Mistyped
from app.vault.passwords import Stretched, new_salt, stretch
from app.vault.people import (
    OpenAccount,
    add_person,
    change_password,
    find_people,
    new_recovery,
    open_with_password,
    open_with_recovery,
    renew,
    set_second_factor,
)
from app.vault.recovery import new_recovery_code, read_recovery_code
from app.vault.sealing import DoesNotOpen, random_key
from tests.app.vault.cast import NOW, TODAY

EMAIL = "amina@harbour.example"


def quick() -> Stretched:
    """What a password might have become; how is tested on its own, since it takes its time."""
    return Stretched(random_key(), random_key())


PASSWORD, OTHER = quick(), quick()


@pytest.fixture
def account(session: Session) -> OpenAccount:
    add_person(session, EMAIL, PASSWORD, new_salt(), TODAY)
    return opened(session, PASSWORD)


def opened(session: Session, password: Stretched) -> OpenAccount:
    found = open_with_password(find_people(session, EMAIL), password)
    assert found is not None
    return found


def test_a_password_is_stretched_into_two_halves_by_argon2id() -> None:
    """A vector of our own, so that no change of library or parameters locks everybody out unseen."""
    stretched = stretch("correct horse battery", bytes(range(16)))
    assert stretched.proof.hex() == "91b1d756d2e5d66cfc48e89292d2a4f2b64c5a8e84cffe10a1d4cdc7fc7dd5cc"
    assert stretched.key.hex() == "19a556e583cb5942822a42ffa8c9df9415cbe67e9efa49c70cde7488876bc97f"
    assert stretched != stretch("correct horse battery", bytes(16))


def test_however_a_keyboard_composes_accents_it_is_the_same_password() -> None:
    salt = bytes(16)
    assert stretch("mot de passe é", salt) == stretch("mot de passe e\u0301", salt)


def test_its_password_opens_an_account_and_another_does_not(session: Session, account: OpenAccount) -> None:
    assert opened(session, PASSWORD).holder == account.holder
    assert open_with_password([account.row], OTHER) is None
    assert open_with_password([account.row], replace(PASSWORD, proof=OTHER.proof)) is None


def test_a_private_key_fits_the_public_one_that_is_stored(session: Session, account: OpenAccount) -> None:
    from nacl.public import PrivateKey

    holder = session.get_one(Holder, account.holder.id)
    assert PrivateKey(account.holder.private_key).public_key.encode() == holder.public_key
    assert holder.kind == "person"


def test_an_address_is_found_however_it_is_typed(session: Session, account: OpenAccount) -> None:
    assert find_people(session, "  Amina@HARBOUR.example ") == [account.row]
    assert find_people(session, "bruno@harbour.example") == []


def test_two_accounts_of_one_address_are_opened_each_by_its_own_password(
    session: Session, account: OpenAccount
) -> None:
    holder, code = add_person(session, EMAIL, OTHER, account.row.salt, TODAY)
    assert opened(session, PASSWORD).holder == account.holder
    assert opened(session, OTHER).holder == holder
    recovered = open_with_recovery(find_people(session, EMAIL), code)
    assert recovered is not None
    assert recovered.holder == holder


def test_a_disabled_account_opens_to_nobody(session: Session) -> None:
    _, code = add_person(session, EMAIL, PASSWORD, new_salt(), TODAY)
    [person] = find_people(session, EMAIL)
    person.disabled = True
    assert open_with_password([person], PASSWORD) is None
    assert open_with_recovery([person], code) is None


def test_a_changed_password_opens_the_same_keys_and_the_old_one_nothing(
    session: Session, account: OpenAccount
) -> None:
    change_password(account, OTHER)
    assert open_with_password([account.row], PASSWORD) is None
    again = opened(session, OTHER)
    assert (again.holder, again.master) == (account.holder, account.master)


def test_a_recovery_code_opens_an_account_once(session: Session) -> None:
    _, code = add_person(session, EMAIL, PASSWORD, new_salt(), TODAY)
    person = session.exec(select(Person)).one()
    found = open_with_recovery([person], read_recovery_code(code.code.lower()))
    assert found is not None
    following = renew(found, OTHER)
    assert open_with_recovery([person], code) is None
    assert open_with_password([person], PASSWORD) is None
    again = open_with_recovery([person], following)
    assert again is not None
    assert again.holder == found.holder
    assert again.master != found.master
    assert opened(session, OTHER).holder == found.holder


def test_another_recovery_code_opens_nothing(account: OpenAccount) -> None:
    assert open_with_recovery([account.row], new_recovery_code()) is None
    first, second = new_recovery(account), new_recovery(account)
    assert open_with_recovery([account.row], first) is None
    assert open_with_recovery([account.row], second) is not None


def test_a_recovery_code_is_160_bits_in_nine_groups_with_a_check() -> None:
    code = new_recovery_code()
    assert len(code.code.split("-")) == 9
    assert code.secret < 2**160
    wrong = code.code[:-1] + ("0" if code.code[-1] != "0" else "1")
    with pytest.raises(Mistyped, match="check"):
        read_recovery_code(wrong)


@pytest.mark.parametrize("column", ["master_by_password", "private_key", "second_factor"])
def test_what_was_altered_does_not_open(account: OpenAccount, column: str) -> None:
    blob = getattr(account.row, column)
    setattr(account.row, column, blob[:-1] + bytes([blob[-1] ^ 1]))
    with pytest.raises(DoesNotOpen):
        open_with_password([account.row], PASSWORD)


def test_what_is_anothers_does_not_open(session: Session, account: OpenAccount) -> None:
    """Somebody who writes in the database, and knows their own password."""
    add_person(session, "bruno@harbour.example", OTHER, new_salt(), TODAY)
    [bruno] = find_people(session, "bruno@harbour.example")
    bruno.master_by_password = account.row.master_by_password
    with pytest.raises(DoesNotOpen):
        open_with_password([bruno], OTHER)
    account.row.verifier, account.row.master_by_password = bruno.verifier, bruno.master_by_password
    with pytest.raises(DoesNotOpen):
        open_with_password([account.row], OTHER)


def test_nothing_secret_is_shown_by_repr(account: OpenAccount) -> None:
    shown = repr(account) + repr(PASSWORD) + repr(new_recovery_code())
    assert account.master.hex() not in shown
    assert repr(account.master) not in shown
    assert repr(PASSWORD.key) not in shown
    assert EMAIL not in shown


# The second factor

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_at(moment: datetime) -> str:
    return pyotp.TOTP(SECRET).at(moment)


def test_an_account_begins_without_a_second_factor(account: OpenAccount) -> None:
    assert not account.second_factor.asked


def test_the_code_of_the_moment_is_taken_once(session: Session, account: OpenAccount) -> None:
    factor, _ = factors.begin(SECRET)
    set_second_factor(account, factor)
    kept = opened(session, PASSWORD).second_factor
    assert kept == factor
    after = factors.taken(kept, code_at(NOW), NOW)
    assert after is not None
    set_second_factor(account, after)
    assert factors.taken(opened(session, PASSWORD).second_factor, code_at(NOW), NOW) is None


@pytest.mark.parametrize(("seconds", "is_taken"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_clock_may_be_off_by_one_step(seconds: int, is_taken: bool) -> None:
    factor, _ = factors.begin(SECRET)
    told = code_at(NOW + timedelta(seconds=seconds))
    assert (factors.taken(factor, told, NOW) is not None) is is_taken


def test_after_a_later_code_an_earlier_one_is_refused() -> None:
    factor, _ = factors.begin(SECRET)
    after = factors.taken(factor, code_at(NOW + timedelta(seconds=30)), NOW)
    assert after is not None
    assert factors.taken(after, code_at(NOW), NOW) is None


def test_a_code_with_a_space_in_it_is_the_same() -> None:
    factor, _ = factors.begin(SECRET)
    code = code_at(NOW)
    assert factors.taken(factor, f" {code[:3]} {code[3:]}", NOW) is not None


def test_each_backup_code_is_taken_once() -> None:
    factor, codes = factors.begin(SECRET)
    assert len(set(codes)) == 10
    for code in codes:
        after = factors.taken(factor, code.lower().replace("-", " "), NOW)
        assert after is not None
        assert factors.taken(after, code, NOW) is None
        factor = after
    assert factor.backup == ()


@pytest.mark.parametrize("typed", ["", "000", "abcdefghijklmnop", "١٢٣٤٥٦", "0" * 32])
def test_what_is_no_code_is_refused(typed: str) -> None:
    factor, _ = factors.begin(SECRET)
    assert factors.taken(factor, typed, datetime(2026, 11, 21, 9, 0, tzinfo=UTC)) is None


def test_whether_there_is_a_second_factor_cannot_be_told_from_the_row(account: OpenAccount) -> None:
    without = len(account.row.second_factor)
    factor, codes = factors.begin(SECRET)
    set_second_factor(account, factor)
    assert len(account.row.second_factor) == without
    after = factors.taken(factor, codes[0], NOW)
    assert after is not None
    set_second_factor(account, after)
    assert len(account.row.second_factor) == without
