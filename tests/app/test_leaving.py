"""Deleting an account: what goes at once, what stays with others, and when it has to wait."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import pytest
from fastapi import FastAPI
from httpx import Response
from sqlmodel import SQLModel, func, select, update

from app.database import Session, reading, writing
from app.settings import Settings
from app.tables import (
    Assessment,
    BrowserSession,
    Grant,
    Holder,
    Membership,
    Organisation,
    Person,
    Role,
    Scope,
    SealedRow,
)
from app.vault.grants import give_grant, open_grant
from app.vault.holders import KeyHolder
from app.vault.organisations import found, let_in, open_organisations
from tests.app.carla import (
    OTHER_PASSWORD,
    PASSWORD,
    begins,
    holder_of,
    log_in,
    makes_account,
    recover,
)
from tests.app.markup import read, send, visit
from tests.conftest import Browser, Clock

PATH = "/account/delete"
DORA = "dora@quay.example"
ITS_OWN = {
    "person": "private_key",
    "access_grant": "sealed",
    "sealed_row": "blob",
    "browser_session": "sealed",
}


@pytest.fixture
def carla(open_browser: Callable[[], Browser]) -> Browser:
    return makes_account(open_browser())


@pytest.fixture
def dora(open_browser: Callable[[], Browser]) -> Browser:
    return makes_account(open_browser(), DORA)


def delete(browser: Browser, word: str = "DELETE", password: str = PASSWORD) -> Response:
    return send(browser, visit(browser, PATH).form(PATH), {"word": word, "password": password})


def count(app: FastAPI, table: type[SQLModel]) -> int:
    with reading(app.state.engine) as session:
        return session.exec(select(func.count()).select_from(table)).one()


def share(
    app: FastAPI, clock: Clock, giver: Browser, assessment_id: str, taker: KeyHolder, scope: Scope = "fill"
) -> None:
    """Let somebody else into an assessment."""
    holder = holder_of(app, giver)
    with writing(app.state.engine) as session:
        opened = open_grant(session, holder, assessment_id, clock.now.date())
        assert opened is not None
        give_grant(session, session.get_one(Assessment, assessment_id), taker.id, scope, opened.key)
        session.commit()


def found_club(app: FastAPI, clock: Clock, founder: Browser, *others: tuple[Browser, Role]) -> None:
    """Make an organisation with more members."""
    holders = [(holder_of(app, browser), role) for browser, role in others]
    owner = holder_of(app, founder)
    with writing(app.state.engine) as session:
        club = found(session, owner, "Quay Club", clock.now.date())
        for holder, role in holders:
            let_in(session, club, holder.id, role)
        session.commit()


def give_to_club(app: FastAPI, clock: Clock, member: Browser, assessment_id: str) -> None:
    holder = holder_of(app, member)
    with reading(app.state.engine) as session:
        [club] = open_organisations(session, holder)
    share(app, clock, member, assessment_id, club.key)


# What goes


def test_a_deleted_account_is_gone_at_once(carla: Browser, stranger: Browser, app: FastAPI) -> None:
    log_in(stranger)
    begins(carla, "Quay Club")
    assert read(delete(carla)).heading == "Your account is deleted"
    assert "plumbline" not in carla.client.cookies
    assert stranger.get("/assessments").status_code == 401
    assert log_in(stranger).status_code == 401
    assert recover(stranger, carla.receipt).status_code == 401
    for table in (Holder, Person, BrowserSession, Grant, Assessment, SealedRow):
        assert count(app, table) == 0


def test_what_the_account_alone_holds_is_named_before(
    carla: Browser, dora: Browser, app: FastAPI, clock: Clock
) -> None:
    assert "that you alone hold" not in visit(carla, PATH).words
    ours, looked_at = begins(carla, "Quay Club"), begins(carla, "Quay School")
    share(app, clock, carla, looked_at, holder_of(app, dora), "read")
    assert "2 assessments that you alone hold" in visit(carla, PATH).words
    share(app, clock, carla, ours, holder_of(app, dora))
    assert "1 assessment that you alone hold" in visit(carla, PATH).words


def test_nothing_of_it_is_left_in_the_file_or_its_log(
    carla: Browser, app: FastAPI, settings: Settings
) -> None:
    begins(carla, "Quay Club")
    with closing(sqlite3.connect(settings.database)) as connection:
        was = [
            value
            for table, column in ITS_OWN.items()
            for (value,) in connection.execute(f"SELECT {column} FROM {table}")
        ]
    assert len(was) >= 4
    delete(carla)
    files = [path.read_bytes() for path in settings.database.parent.iterdir()]
    assert not any(value in file for value in was for file in files)


@pytest.mark.parametrize(
    ("word", "password", "told"),
    [
        ("", PASSWORD, "Type the word DELETE to delete this account."),
        ("DELET", PASSWORD, "Type the word DELETE to delete this account."),
        ("DELETE", OTHER_PASSWORD, "This is not the password of this account. Nothing was changed."),
        ("DELETE", "", "This is not the password of this account. Nothing was changed."),
    ],
)
def test_it_takes_the_word_and_the_password(carla: Browser, word: str, password: str, told: str) -> None:
    refused = delete(carla, word, password)
    assert refused.status_code == 422
    assert told in read(refused).words
    assert read(refused).form(PATH).fields["word"] == word
    assert visit(carla, "/account").heading == "Your account"


def test_wrong_passwords_make_one_wait_here_too(carla: Browser) -> None:
    seen = [delete(carla, password=OTHER_PASSWORD).status_code for _ in range(10)]
    assert seen == [422] * 9 + [429]
    assert delete(carla).status_code == 429


def test_what_was_asked_for_before_the_session_ended_deletes_nobody_elses_account(
    carla: Browser, dora: Browser, clock: Clock
) -> None:
    """On a shared computer, somebody else may be the next to log in on the page that asks for it."""
    form = visit(carla, PATH).form(PATH)
    clock.pass_by(timedelta(hours=2))
    ended = send(carla, form, {"word": "DELETE", "password": PASSWORD})
    assert ended.status_code == 401
    kept = form.fields | {"word": "DELETE"}
    typed = kept | {"email": DORA, "password": PASSWORD, "then": PATH}
    assert carla.post("/log-in", typed).status_code == 307
    sent_on = carla.post(PATH, typed)
    assert sent_on.status_code == 422
    assert "This was asked for another account." in read(sent_on).words
    assert DORA in read(sent_on).words
    assert log_in(dora, email=DORA).status_code == 303


# What stays


def test_what_others_hold_stays_with_them_under_a_new_key(
    carla: Browser, dora: Browser, app: FastAPI, clock: Clock
) -> None:
    """A copy of the old key, in a backup for instance, opens nothing that is written from then on."""
    ours = begins(carla, "Quay Club")
    share(app, clock, carla, ours, holder_of(app, dora))
    delete(carla)
    assert "Quay Club" in visit(dora, "/assessments").words
    with reading(app.state.engine) as session:
        assert session.get_one(Assessment, ours).epoch == 2
        assert len(session.exec(select(Grant)).all()) == 1


def test_a_consultant_leaves_and_nothing_of_the_organisation_changes(
    carla: Browser, dora: Browser, app: FastAPI, clock: Clock
) -> None:
    ours = begins(dora, "Quay School")
    share(app, clock, dora, ours, holder_of(app, carla), "review")
    assert read(delete(carla)).heading == "Your account is deleted"
    with reading(app.state.engine) as session:
        assert len(session.exec(select(Grant)).all()) == 1
    assert "Quay School" in visit(dora, "/assessments").words


def test_a_member_who_leaves_takes_no_key_along(
    carla: Browser, dora: Browser, app: FastAPI, clock: Clock
) -> None:
    found_club(app, clock, dora, (carla, "contributor"))
    ours = begins(dora, "Quay Club")
    give_to_club(app, clock, dora, ours)
    with reading(app.state.engine) as session:
        before = session.exec(select(Organisation.holder_id)).one()
    delete(carla)
    with reading(app.state.engine) as session:
        assert session.exec(select(Organisation.holder_id)).one() != before
        assert session.get_one(Assessment, ours).epoch == 2
        assert len(session.exec(select(Membership)).all()) == 1
    with reading(app.state.engine) as session:
        [club] = open_organisations(session, holder_of(app, dora))
        assert open_grant(session, club.key, ours, clock.now.date()) is not None


def test_what_was_altered_from_outside_does_not_keep_an_account_from_going(
    carla: Browser, dora: Browser, app: FastAPI, clock: Clock
) -> None:
    found_club(app, clock, dora, (carla, "contributor"))
    ours = begins(dora, "Quay Club")
    give_to_club(app, clock, dora, ours)
    with Session(app.state.engine) as session:
        session.execute(update(SealedRow).values(blob=b"\x01" + bytes(295)))
        session.commit()
    assert read(delete(carla)).heading == "Your account is deleted"
    assert count(app, Membership) == 1
    with reading(app.state.engine) as session:
        assert session.get_one(Assessment, ours).epoch == 1


# When it has to wait


def refused(browser: Browser) -> bool:
    """Whether the page says that somebody else has to be an owner first, and takes nothing."""
    page = visit(browser, PATH)
    if "Somebody else has to be an owner first" not in page.words:
        return False
    assert "Quay Club" in page.words
    whose = {"whose": "", "word": "DELETE", "password": PASSWORD}
    assert not [form for form in page.forms if form.action == PATH]
    assert browser.post(PATH, whose).status_code == 422
    return True


def test_the_last_owner_of_an_organisation_with_other_members_cannot_go(
    carla: Browser, dora: Browser, app: FastAPI, clock: Clock
) -> None:
    found_club(app, clock, carla, (dora, "contributor"))
    assert refused(carla)
    assert not refused(dora)


def test_the_last_owner_of_an_organisation_that_holds_assessments_cannot_go(
    carla: Browser, app: FastAPI, clock: Clock
) -> None:
    found_club(app, clock, carla)
    give_to_club(app, clock, carla, begins(carla, "Quay Club"))
    assert refused(carla)


def test_even_a_form_that_names_the_account_is_refused_then(
    carla: Browser, dora: Browser, app: FastAPI, clock: Clock
) -> None:
    form = visit(carla, PATH).form(PATH)
    found_club(app, clock, carla, (dora, "reader"))
    late = send(carla, form, {"word": "DELETE", "password": PASSWORD})
    assert late.status_code == 422
    assert "Somebody else has to be an owner first" in read(late).words
    assert count(app, Person) == 2


def test_one_of_two_owners_can_go(carla: Browser, dora: Browser, app: FastAPI, clock: Clock) -> None:
    found_club(app, clock, carla, (dora, "owner"))
    give_to_club(app, clock, carla, begins(carla, "Quay Club"))
    assert not refused(carla)
    assert read(delete(carla)).heading == "Your account is deleted"
    assert refused(dora)


def test_an_owner_can_go_where_a_recovery_sheet_is_left(
    carla: Browser, amina: Browser, app: FastAPI, clock: Clock
) -> None:
    """Whoever has it printed can do what an owner can."""
    found_club(app, clock, carla, (amina, "sheet"))
    assert not refused(carla)
    assert read(delete(carla)).heading == "Your account is deleted"
    with reading(app.state.engine) as session:
        [club] = open_organisations(session, holder_of(app, amina))
    assert club.name == "Quay Club"


def test_an_empty_organisation_goes_with_its_last_owner(carla: Browser, app: FastAPI, clock: Clock) -> None:
    found_club(app, clock, carla)
    assert read(delete(carla)).heading == "Your account is deleted"
    for table in (Organisation, Membership, Holder):
        assert count(app, table) == 0
