"""What a session says of itself, what a form of its carries, and the codes it shows: for its holder alone."""

import pytest
from sqlmodel import select

from app.database import Session
from app.tables import BrowserSession
from app.vault.abouts import About, Browser, opened_about, sealed_about
from app.vault.carried import carried, carry
from app.vault.own_sessions import end_session, own_sessions
from app.vault.sealing import DoesNotOpen
from app.vault.sessions import cookie_value, find_signed_in, forget_code, show_code, sign_in
from tests.app.vault.cast import NOW, Person

FIREFOX = Browser("Firefox", "Windows")


def test_each_session_of_a_holder_can_read_what_the_others_are(session: Session, amina: Person) -> None:
    sign_in(session, amina.holder, NOW, account=True, browser=FIREFOX)
    here = sign_in(session, amina.holder, NOW, account=True)
    seen = [(one.here, one.about) for one in own_sessions(session, here, NOW)]
    assert seen == [(True, About(NOW, Browser())), (False, About(NOW, FIREFOX))]


def test_nobody_else_can_read_it_and_it_belongs_to_its_row(amina: Person, bruno: Person) -> None:
    blob = sealed_about(amina.holder, b"one", About(NOW, FIREFOX))
    assert opened_about(amina.holder, b"one", blob) == About(NOW, FIREFOX)
    for holder, row in ((bruno.holder, b"one"), (amina.holder, b"two")):
        with pytest.raises(DoesNotOpen):
            opened_about(holder, row, blob)


def test_every_browser_takes_the_same_room(session: Session, amina: Person) -> None:
    for browser in (Browser(), FIREFOX, Browser("Samsung Internet", "Android")):
        sign_in(session, amina.holder, NOW.replace(microsecond=1), browser=browser)
    assert len({len(one or b"") for one in session.exec(select(BrowserSession.about))}) == 1


def test_ending_a_session_ends_no_other(session: Session, amina: Person, bruno: Person) -> None:
    one, other = sign_in(session, amina.holder, NOW), sign_in(session, amina.holder, NOW)
    end_session(session, bruno.holder.id, one.id)
    end_session(session, amina.holder.id, other.id)
    assert find_signed_in(session, cookie_value(one), NOW) is not None
    assert find_signed_in(session, cookie_value(other), NOW) is None


@pytest.mark.parametrize(("account", "second_factor"), [(False, False), (True, False), (True, True)])
def test_a_session_knows_whether_it_is_of_an_account_that_asks_for_a_code(
    session: Session, amina: Person, account: bool, second_factor: bool
) -> None:
    sign_in(session, amina.holder, NOW)
    signed_in = sign_in(session, amina.holder, NOW, account=account, second_factor=second_factor)
    assert find_signed_in(session, cookie_value(signed_in), NOW) == signed_in
    assert (signed_in.account, signed_in.second_factor) == (account, second_factor)
    assert len({len(one) for one in session.exec(select(BrowserSession.sealed))}) == 1


def test_a_running_session_shows_a_new_code_until_it_is_said_to_be_kept(
    session: Session, amina: Person
) -> None:
    signed_in = show_code(session, sign_in(session, amina.holder, NOW, account=True), "NEW-CODE")
    found = find_signed_in(session, cookie_value(signed_in), NOW)
    assert found is not None
    assert found.unkept_code == "NEW-CODE"
    assert forget_code(session, found).unkept_code is None


def test_what_a_form_carries_is_for_one_session_and_one_purpose(
    session: Session, amina: Person, bruno: Person
) -> None:
    one, other = sign_in(session, amina.holder, NOW), sign_in(session, amina.holder, NOW)
    held = carry(one, "second factor", "a secret")
    assert carried(one, "second factor", held) == "a secret"
    assert carried(one, "another", held) is None
    assert carried(other, "second factor", held) is None
    assert carried(one, "second factor", held[:-2] + ("00" if held[-2:] != "00" else "01")) is None
    assert b"a secret".hex() not in held
