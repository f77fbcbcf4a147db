"""What an operator does about accounts, about what is over, and to see how much room it all takes."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlmodel import select

from app.database import reading, writing
from app.settings import Settings
from app.tables import Grant, Holder, Invitation, Person
from app.vault.holders import fingerprint
from app.vault.invitations import invite
from app.vault.organisations import found
from tests.app.carla import EMAIL, OTHER_PASSWORD, PASSWORD, holder_of, log_in, makes_account
from tests.app.commands.conftest import Said, Type
from tests.app.test_confidentiality import CLEAR
from tests.conftest import Browser

Operate = Callable[..., Said]
LONG_AGO, LONG_FROM_NOW = date(2000, 1, 1), date(2999, 1, 1)


@pytest.fixture
def carla(open_browser: Callable[[], Browser]) -> Browser:
    return makes_account(open_browser())


@pytest.fixture
def namesake(open_browser: Callable[[], Browser]) -> Browser:
    """Somebody else who has named Carla's address."""
    return makes_account(open_browser(), password=OTHER_PASSWORD)


@pytest.fixture
def operate(plumbline: Type, settings: Settings) -> Operate:
    """Type a command about the data of this test."""
    return lambda *words: plumbline(*words, "--data", str(settings.data))


def key_of(app: FastAPI, browser: Browser) -> str:
    with reading(app.state.engine) as session:
        return fingerprint(session.get_one(Holder, holder_of(app, browser).id).public_key)


# Accounts


def test_every_account_is_listed_with_its_day_its_organisations_and_its_key(
    app: FastAPI, carla: Browser, namesake: Browser, operate: Operate
) -> None:
    holder = holder_of(app, carla)
    with writing(app.state.engine) as session:
        for name in ("Quay Club", "Quay Choir"):
            found(session, holder, name, date(2026, 11, 21))
        session.commit()
    status, said = operate("people", "list")
    assert status == 0
    assert said[0].split() == ["address", "since", "organisations", "key"]
    assert sorted(line.split() for line in said[1:]) == sorted(
        [[EMAIL, "2026-11-21", "2", key_of(app, carla)], [EMAIL, "2026-11-21", "0", key_of(app, namesake)]]
    )


def test_nobody_is_listed_where_nobody_has_an_account(amina: Browser, operate: Operate) -> None:
    assert operate("people", "list") == (0, ["Nobody has an account."])


def test_an_address_cannot_command_the_terminal(
    app: FastAPI, open_browser: Callable[[], Browser], operate: Operate
) -> None:
    makes_account(open_browser(), "\x1b[2Jx@quay.example")
    assert "\x1b" not in "".join(operate("people", "list")[1])


def test_a_disabled_account_is_out_at_once_and_may_be_let_in_again(carla: Browser, operate: Operate) -> None:
    status, [said] = operate("people", "disable", f" {EMAIL.upper()}")
    assert status == 0
    assert said.endswith("is let in no more. 1 session was ended.")
    assert carla.get("/assessments").status_code == 401
    assert log_in(carla).status_code == 401
    assert operate("people", "list")[1][1].endswith("disabled")
    assert operate("people", "enable", EMAIL)[1][0].endswith("is let in again.")
    assert log_in(carla).status_code == 303


def test_of_two_with_one_address_the_one_whose_key_is_named_is_disabled(
    app: FastAPI, carla: Browser, namesake: Browser, operate: Operate
) -> None:
    status, said = operate("people", "disable", EMAIL)
    assert status == 1
    assert said[0] == "2 accounts have that address; name one by --fingerprint:"
    assert {line.split()[3] for line in said[2:]} == {key_of(app, carla), key_of(app, namesake)}
    assert (carla.get("/assessments").status_code, namesake.get("/assessments").status_code) == (200, 200)
    typed = key_of(app, namesake).lower().replace("-", " ")
    assert operate("people", "disable", EMAIL, "--fingerprint", typed)[0] == 0
    assert (carla.get("/assessments").status_code, namesake.get("/assessments").status_code) == (200, 401)
    assert log_in(namesake, OTHER_PASSWORD).status_code == 401
    assert log_in(namesake, PASSWORD).status_code == 303, "Carla's password still opens Carla's account"


@pytest.mark.parametrize("more", [(), ("--fingerprint", "0000-0000-0000-0000")])
def test_an_account_that_is_not_there_is_not_disabled(
    carla: Browser, operate: Operate, more: tuple[str, ...]
) -> None:
    email = EMAIL if more else "nobody@quay.example"
    refusal = "There is no such account: see plumbline people list"
    assert operate("people", "disable", email, *more) == (1, [refusal])
    assert carla.get("/assessments").status_code == 200


# What is over


def test_what_is_over_goes_and_what_lasts_stays(
    app: FastAPI, amina: Browser, carla: Browser, operate: Operate
) -> None:
    with writing(app.state.engine) as session:
        grant = session.exec(select(Grant)).one()
        person = session.exec(select(Person)).one()
        for day in (LONG_AGO, LONG_FROM_NOW):
            invite(session, "read", day, assessment_id=grant.assessment_id)
        session.add(
            Grant(
                assessment_id=grant.assessment_id,
                holder_id=person.id,
                epoch=1,
                scope="read",
                expires_on=LONG_AGO,
                sealed=b"keys",
            )
        )
        session.connection().exec_driver_sql("UPDATE browser_session SET expires_on = '2999-01-01'")
        session.connection().exec_driver_sql(
            "UPDATE browser_session SET expires_on = '2000-01-01' WHERE holder_id = ?", (person.id,)
        )
        session.commit()

    assert operate("clean") == (
        0,
        [
            "Removed: sessions that are over: 1; invitations that are over: 1; "
            "keys of grants past their last day: 1."
        ],
    )

    assert amina.get(amina.home).status_code == 200
    assert carla.get("/assessments").status_code == 401
    with reading(app.state.engine) as session:
        assert [len(one.sealed) > 0 for one in session.exec(select(Grant).order_by(Grant.scope))] == [
            True,
            False,
        ]
        assert session.exec(select(Invitation)).one().expires_on > LONG_FROM_NOW
    assert "1" not in operate("clean")[1][0], "the row stays, to say that the keys are to be changed"


# Room


def test_the_room_that_everything_takes_is_shown_and_nothing_but_what_is_readable(
    app: FastAPI, amina: Browser, bruno: Browser, carla: Browser, settings: Settings, operate: Operate
) -> None:
    amina.answer("P1.1", "1")
    status, said = operate("storage")
    assert status == 0
    lines = [line.split() for line in said]
    assert [settings.database.name, str(settings.database.stat().st_size)] in lines
    with reading(app.state.engine) as session:
        rows, size = (
            session.connection().exec_driver_sql("SELECT count(*), sum(length(public_key)) FROM holder").one()
        )
    (holders,) = (line for line in lines if line[:1] == ["holder"])
    assert int(holders[1]) == rows == 3
    assert int(holders[2]) > size
    assert ["1", "to", "99", "2"] in lines
    assert EMAIL not in "".join(said)
    tables = {column.split(".")[0] for column in CLEAR} - {"alembic_version"}
    assert tables <= {line[0] for line in lines if line}


# Nothing to work on


@pytest.mark.parametrize(
    "words", [("people", "list"), ("people", "disable", EMAIL), ("storage",), ("check",), ("clean",)]
)
def test_where_there_is_no_database_none_is_made(
    plumbline: Type, tmp_path: Path, words: tuple[str, ...]
) -> None:
    status, said = plumbline(*words, "--data", str(tmp_path / "data"))
    assert status == 2
    assert said[0].startswith("There is no plumbline.sqlite3 in ")
    assert not (tmp_path / "data").exists()


def test_the_folder_of_the_settings_is_the_one_that_is_meant(
    amina: Browser, settings: Settings, plumbline: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLUMBLINE_DATA", str(settings.data))
    assert plumbline("people", "list") == (0, ["Nobody has an account."])


@pytest.mark.parametrize("command", ["check", "clean"])
def test_the_database_of_another_version_is_left_alone(
    amina: Browser, settings: Settings, operate: Operate, command: str
) -> None:
    with closing(sqlite3.connect(settings.database)) as database:
        database.execute("UPDATE alembic_version SET version_num = '0001'")
        database.commit()
    status, said = operate(command)
    assert status == 2
    assert said[0].startswith("The database is another version's.")


def test_a_file_that_is_no_database_is_said_to_be_unreadable(plumbline: Type, settings: Settings) -> None:
    settings.data.mkdir()
    settings.database.write_bytes(b"somebody's letter" * 1000)
    for command in ("check", "clean", "storage"):
        status, said = plumbline(command, "--data", str(settings.data))
        assert (status, said[0].startswith("The database cannot be read")) == (2, True)
    assert settings.database.read_bytes() == b"somebody's letter" * 1000
