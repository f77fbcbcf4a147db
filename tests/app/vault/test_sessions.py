"""Sessions: a cookie opens its own row, for an hour after it was last used and twelve hours in all."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from sqlmodel import select

from app.database import Session
from app.tables import BrowserSession, Holder
from app.vault.receipts import new_receipt
from app.vault.sealing import DoesNotOpen, keyed_hash, unseal_data
from app.vault.sessions import (
    SignedIn,
    clear_expired,
    cookie_value,
    find_signed_in,
    forget_code,
    sign_in,
    sign_out,
    touch,
)
from tests.app.vault.cast import NOW, Person

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def test_a_cookie_finds_its_session(session: Session, amina: Person) -> None:
    signed_in = sign_in(session, amina.holder, NOW)
    found = find_signed_in(session, cookie_value(signed_in), NOW)
    assert found == signed_in
    assert found.holder.public_key == session.get_one(Holder, amina.holder.id).public_key


def test_a_cookie_is_32_bytes_that_nobody_has_had_before(session: Session, amina: Person) -> None:
    cookies = {cookie_value(sign_in(session, amina.holder, NOW)) for _ in range(20)}
    assert len(cookies) == 20
    assert {len(bytes.fromhex(cookie)) for cookie in cookies} == {32}


@pytest.mark.parametrize(
    ("idle", "alive"), [(0 * MINUTE, True), (60 * MINUTE - SECOND, True), (60 * MINUTE, False)]
)
def test_a_session_left_alone_ends_after_an_hour(
    session: Session, amina: Person, idle: timedelta, alive: bool
) -> None:
    cookie = cookie_value(sign_in(session, amina.holder, NOW))
    assert (find_signed_in(session, cookie, NOW + idle) is not None) is alive


def test_a_session_that_is_used_ends_an_hour_after_its_last_use(session: Session, amina: Person) -> None:
    signed_in = touch(session, sign_in(session, amina.holder, NOW), NOW + 59 * MINUTE)
    cookie = cookie_value(signed_in)
    assert find_signed_in(session, cookie, NOW + 118 * MINUTE) == signed_in
    assert find_signed_in(session, cookie, NOW + 119 * MINUTE) is None


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(session: Session, amina: Person) -> None:
    signed_in = sign_in(session, amina.holder, NOW)
    for half_hours in range(1, 24):
        signed_in = touch(session, signed_in, NOW + half_hours * 30 * MINUTE)
    cookie, end = cookie_value(signed_in), NOW + timedelta(hours=12)
    assert find_signed_in(session, cookie, end - SECOND) is not None
    assert find_signed_in(session, cookie, end) is None


MALFORMED = {
    "nothing": "",
    "no hexadecimal": "z" * 64,
    "one byte short": "00" * 31,
    "one byte long": "00" * 33,
    "half a byte": "0" * 63,
    "far too long": "00" * 100_000,
    "foreign digits": "٣" * 64,
    "another's": "00" * 32,
}


@pytest.mark.parametrize("cookie", MALFORMED.values(), ids=MALFORMED)
def test_a_cookie_that_is_unknown_or_malformed_finds_nothing(
    session: Session, amina: Person, cookie: str
) -> None:
    sign_in(session, amina.holder, NOW)
    assert find_signed_in(session, cookie, NOW) is None


def test_the_row_holds_neither_the_cookie_nor_any_key(session: Session, amina: Person) -> None:
    signed_in = sign_in(session, amina.holder, NOW, new_receipt().code)
    row = _row(session, signed_in)
    stored = b"|".join([row.id, row.sealed, row.holder_id.encode()])
    key = keyed_hash(signed_in.token, "session.key")
    for secret in (signed_in.token, key, amina.holder.private_key):
        assert secret not in stored
        assert secret.hex().encode() not in stored


def test_a_session_opens_with_the_key_that_follows_from_its_cookie_and_with_no_other(
    session: Session, amina: Person
) -> None:
    signed_in, elsewhere = sign_in(session, amina.holder, NOW), sign_in(session, amina.holder, NOW)
    row = _row(session, signed_in)
    place = ("session", row.id, row.holder_id, row.revision)
    opened = unseal_data(keyed_hash(signed_in.token, "session.key"), row.sealed, *place)
    assert opened["private_key"] == amina.holder.private_key.hex()
    for key in (signed_in.token, row.id, keyed_hash(elsewhere.token, "session.key"), bytes(32)):
        with pytest.raises(DoesNotOpen):
            unseal_data(key, row.sealed, *place)


def test_an_old_sealed_session_does_not_open_under_a_newer_revision(session: Session, amina: Person) -> None:
    signed_in = sign_in(session, amina.holder, NOW)
    old = _row(session, signed_in).sealed
    touch(session, signed_in, NOW + MINUTE)
    _row(session, signed_in).sealed = old
    session.flush()
    assert find_signed_in(session, cookie_value(signed_in), NOW + MINUTE) is None


def test_a_sealed_session_does_not_open_in_another_session_of_the_same_person(
    session: Session, amina: Person
) -> None:
    one, other = sign_in(session, amina.holder, NOW), sign_in(session, amina.holder, NOW)
    _row(session, one).sealed = _row(session, other).sealed
    session.flush()
    assert find_signed_in(session, cookie_value(one), NOW) is None
    assert find_signed_in(session, cookie_value(other), NOW) == other


def test_a_session_that_was_given_to_another_holder_does_not_open(
    session: Session, amina: Person, bruno: Person
) -> None:
    signed_in = sign_in(session, amina.holder, NOW)
    _row(session, signed_in).holder_id = bruno.holder.id
    session.flush()
    assert find_signed_in(session, cookie_value(signed_in), NOW) is None


def test_a_session_whose_revision_was_put_forward_does_not_open(session: Session, amina: Person) -> None:
    signed_in = sign_in(session, amina.holder, NOW)
    _row(session, signed_in).revision += 1
    session.flush()
    assert find_signed_in(session, cookie_value(signed_in), NOW) is None


def test_each_touch_is_a_revision_of_its_own(session: Session, amina: Person) -> None:
    signed_in = sign_in(session, amina.holder, NOW)
    for minutes in (1, 2, 3):
        signed_in = touch(session, signed_in, NOW + minutes * MINUTE)
    assert _row(session, signed_in).revision == signed_in.revision == 4
    assert find_signed_in(session, cookie_value(signed_in), NOW + 3 * MINUTE) == signed_in


def test_of_two_requests_that_touch_at_once_one_is_enough(session: Session, amina: Person) -> None:
    both_saw = sign_in(session, amina.holder, NOW)
    first = touch(session, both_saw, NOW + MINUTE)
    touch(session, both_saw, NOW + 2 * MINUTE)
    assert find_signed_in(session, cookie_value(both_saw), NOW + MINUTE) == first


def test_a_new_receipt_stays_in_the_session_until_it_is_said_to_be_kept(
    session: Session, amina: Person
) -> None:
    code = new_receipt().code
    signed_in = touch(session, sign_in(session, amina.holder, NOW, code), NOW + MINUTE)
    found = find_signed_in(session, cookie_value(signed_in), NOW + MINUTE)
    assert found is not None
    assert found.unkept_code == code

    kept = forget_code(session, found)

    assert find_signed_in(session, cookie_value(signed_in), NOW + MINUTE) == kept
    assert kept.unkept_code is None


def test_whether_a_session_holds_a_new_receipt_cannot_be_told_from_its_size(
    session: Session, amina: Person
) -> None:
    with_one = sign_in(session, amina.holder, NOW.replace(microsecond=1), new_receipt().code)
    without = sign_in(session, amina.holder, NOW)
    assert len(_row(session, with_one).sealed) == len(_row(session, without).sealed)


def test_whoever_signs_out_is_out_everywhere_that_cookie_is(session: Session, amina: Person) -> None:
    signed_in, elsewhere = sign_in(session, amina.holder, NOW), sign_in(session, amina.holder, NOW)
    sign_out(session, signed_in)
    assert find_signed_in(session, cookie_value(signed_in), NOW) is None
    assert find_signed_in(session, cookie_value(elsewhere), NOW) == elsewhere
    assert len(session.exec(select(BrowserSession)).all()) == 1


def test_sessions_that_are_over_are_swept_by_the_next_sign_in(session: Session, amina: Person) -> None:
    over = sign_in(session, amina.holder, NOW)
    sign_in(session, amina.holder, NOW + timedelta(days=1))
    assert session.get(BrowserSession, over.id) is None


@pytest.mark.parametrize("hours", [-12, 0, 14])
def test_no_session_that_is_alive_is_swept_wherever_the_clock_stands(
    session: Session, amina: Person, hours: int
) -> None:
    signed_in = sign_in(session, amina.holder, NOW.replace(hour=11))
    there: datetime = (NOW.replace(hour=11) + 30 * MINUTE).astimezone(timezone(timedelta(hours=hours)))
    clear_expired(session, there)
    assert find_signed_in(session, cookie_value(signed_in), there) == signed_in


def test_a_clear_day_and_no_time_stands_beside_a_sealed_session(session: Session, amina: Person) -> None:
    early, late = (sign_in(session, amina.holder, NOW.replace(hour=hour)) for hour in (13, 23))
    assert _row(session, early).expires_on == _row(session, late).expires_on


def test_no_secret_of_a_session_is_shown_by_repr(session: Session, amina: Person) -> None:
    code = new_receipt().code
    signed_in = sign_in(session, amina.holder, NOW, code)
    shown = repr(signed_in)
    for secret in (signed_in.token, signed_in.id, amina.holder.private_key):
        assert secret.hex() not in shown
        assert repr(secret) not in shown
    assert code not in shown
    assert repr(replace(signed_in, unkept_code=None)) == shown


def _row(session: Session, signed_in: SignedIn) -> BrowserSession:
    session.expire_all()
    return session.get_one(BrowserSession, signed_in.id)
