"""Every address of the application that names something of somebody: nothing there for anybody else.

The addresses are taken from the application itself. One with a part that is not filled in below fails the
test, so that no new one can be forgotten.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from httpx import Response
from sqlmodel import SQLModel

from app.database import reading, writing
from app.settings import Settings
from app.tables import BrowserSession
from app.vault import organisations
from app.vault.invitations import find_invitation, invite, use
from tests.app.carla import begins, makes_account
from tests.app.consulting import judge, release
from tests.app.guests import Guest, ask, guest_of, key_of, let_in, make_link
from tests.app.markup import read, send, visit
from tests.app.ratings.rating import ask_by_code, end, hand_in, opens
from tests.conftest import Browser, found

PART = re.compile(r"{(\w+)(?::\w+)?}")

WITHOUT_A_FORM: Mapping[str, Mapping[str, str]] = {
    "/assessments/{assessment_id}/answers/{question_id}": {"P1.1:choice": "3", "P1.1:revision": "1"},
    "/assessments/{assessment_id}/sharing/keys": {},
    "/assessments/{assessment_id}/care": {"keep": "question:P1.1 note The box in the hall is never opened"},
    "/assessments/{assessment_id}/rounds/back": {},
    "/assessments/{assessment_id}/who": {"section:policy": ""},
}
"""What is sent by the script alone, or by a form or button that is not always there."""

Dump = Mapping[str, list[tuple[object, ...]]]

PUBLIC = {
    "framework_id": "ics-style",
    "edition": "2010",
    "questionnaire_id": "ics-style-full",
    "version": "1",
    "framework": "common-features",
}
"""Parts that name a published pack, by what they are filled with."""

BY_ITSELF = {"token", "link_id"}
"""Parts that anybody may follow: a token is a secret of its own, to be used once.

And a link to a rater's sheet says the same to everybody who has no code, whether there is a sheet or not: see
tests/app/ratings.
"""

REVIEWS = "/assessments/{assessment_id}/review/"
"""What is there for whoever was let in to review, and for nobody else."""

OF_A_SHEET = "/assessments/{assessment_id}/hand-in"
"""What is there for a rater with a sheet, and for nobody else."""

OF_ANOTHER_KIND = {
    "/assessments/{assessment_id}/rating/questions/{question_id}": "ics-style-quick",
    "/assessments/{assessment_id}/plan/choose": "safeguarding-culture-leaders",
    "/assessments/{assessment_id}/continue": "ics-style-quick",
    "/assessments/{assessment_id}/rounds/next": "ics-style-eleven",
    "/assessments/{assessment_id}/rounds/upgrade": "ics-style-eleven",
}
"""Addresses that there are with some questionnaires only; of the others Amina answers the long one.

A rating is under way in the long one, and has ended in the quick one.
"""


@dataclass(frozen=True)
class Address:
    """One address and method of the application."""

    method: str
    path: str

    @property
    def parts(self) -> list[str]:
        return PART.findall(self.path)

    def filled(self, with_: Mapping[str, str]) -> str:
        return PART.sub(lambda part: with_[part[1]], self.path)

    def of(self, hers: "Hers", changed: Mapping[str, str] | None = None) -> str:
        """Where it is for Amina, but for what is changed."""
        kind = OF_ANOTHER_KIND.get(self.path)
        begun = {"assessment_id": hers.begun[kind]} if kind else {}
        begun |= {"assessment_id": hers.parts["sheet_id"]} if self.path == OF_A_SHEET else {}
        into = {"reference": hers.into_organisation} if "organisation_id" in self.parts else {}
        return self.filled({**hers.parts, **begun, **into, **(changed or {})})


def addresses(app: FastAPI) -> Iterator[Address]:
    for context in iter_route_contexts(app.routes):
        for method in context.methods or {"GET"}:
            yield Address(method, str(context.path))


def of_somebody(app: FastAPI) -> list[Address]:
    """The addresses that name anything but published packs."""
    known = PUBLIC.keys() | BY_ITSELF
    return [address for address in addresses(app) if set(address.parts) - known]


@dataclass(frozen=True)
class Hers:
    """What Amina has, by the parts of addresses; and what she has begun, by questionnaire.

    `forms` are those of her pages, by where they go; `into_organisation` is who waits at her organisation.
    `reviewer` is a guest who reviews her assessment, and alone opens the review; `rater` has a sheet of it.
    """

    parts: Mapping[str, str]
    begun: Mapping[str, str]
    into_organisation: str
    reviewer: Browser
    rater: Browser
    forms: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def finder(self, amina: Browser, address: Address) -> Browser:
        """Who finds something at an address."""
        if address.path == OF_A_SHEET:
            return self.rater
        return self.reviewer if f"{address.path}/".startswith(REVIEWS) else amina


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """With a mail server, without which two of the addresses say nothing to anybody. Nobody listens there."""
    return Settings(
        data=tmp_path / "data",
        address="https://plumbline.example",
        mail_from="plumbline@quay.example",
        mail_server="smtp://127.0.0.1:1",
    )


@pytest.fixture
def carla(open_browser: Callable[[], Browser]) -> Browser:
    """Somebody with an account, and an assessment of her own."""
    browser = makes_account(open_browser())
    browser.home = f"/assessments/{begins(browser, 'Quay Club')}"
    return browser


@pytest.fixture
def hers(app: FastAPI, amina: Browser, open_browser: Callable[[], Browser]) -> Hers:
    """One of everything is in Amina's assessment: answers, actions, a guest, and somebody who waits.

    And her receipt is the recovery sheet of an organisation, at which somebody waits too.
    """
    amina.answer("P1.1", "0", note="The box in the hall is never opened")
    send(amina, visit(amina, f"{amina.home}/plan").form("/plan"))
    asked = f"{amina.home}/questions/P1.1"
    commented = send(amina, visit(amina, asked).form(asked), {"comment": "Who has the key?"})
    guest = guest_of(app, makes_account(open_browser(), "dora@quay.example"))
    let_in(app, amina, guest, "review")
    done = guest_of(app, makes_account(open_browser(), "fay@quay.example"))
    let_in(app, amina, done, "review")
    found_there = {"P1.1:level": "2", "P1.1:finding": "minor", "P1.1:remark": "Look again"}
    judge(done.browser, amina, "policy", found_there)
    release(done.browser, amina)
    reviewer = guest
    judge(reviewer.browser, amina, "policy", {"P1.1:level": "1"})
    ask(app, guest_of(app, makes_account(open_browser(), "emil@quay.example")), make_link(amina))
    sharing = visit(amina, f"{amina.home}/sharing").html
    parts = PUBLIC | {
        "assessment_id": amina.home.removeprefix("/assessments/"),
        "section_id": "policy",
        "question_id": "P1.1",
        "comment_id": commented.headers["location"].rpartition("#comment-")[2],
        "action_id": found(r"/plan/actions/([\w.-]+)", amina.get(f"{amina.home}/plan").text),
        "reference": found(r"/sharing/invitations/([^/\"]+)/let-in", sharing),
        "holder_id": guest.id,
        **organisation_of(app, amina, guest),
    }
    waiting = visit(amina, f"/organisations/{parts['organisation_id']}").html
    into_organisation = found(r"/invitations/([^/\"]+)/let-in", waiting)
    begun = {kind: begins(amina, "Harbour Club", kind) for kind in OF_ANOTHER_KIND.values()}
    amina.post(f"/assessments/{begun['ics-style-eleven']}/rounds/close")
    rater = opens(open_browser(), *ask_by_code(amina, "Deputy head"))
    assert rater.answer("P1.1", "1").status_code == 200
    end_a_rating(amina, f"/assessments/{begun['ics-style-quick']}", open_browser())
    parts |= {
        "review_id": found(r"/reviews/([0-9a-f]+)", amina.get(amina.home).text),
        "sheet_id": rater.home.removeprefix("/assessments/"),
    }
    hers = Hers(parts, begun, into_organisation, reviewer.browser, rater)
    known = [address for address in of_somebody(app) if parts.keys() >= set(address.parts)]
    pages = [address.of(hers) for address in known if address.method == "GET"]
    hers.forms.update(_forms(amina, [*pages, *(f"/assessments/{one}" for one in hers.begun.values())]))
    for links_made in (f"{amina.home}/sharing", f"/organisations/{parts['organisation_id']}/invitations"):
        made = amina.post(links_made, dict(hers.forms[links_made]))
        hers.forms.update(_forms_on(made))
    reviewing = [page for page in pages if f"{page}/".startswith(f"{amina.home}/review/")]
    hers.forms.update(_forms(reviewer.browser, reviewing))
    hers.forms.update(_forms(rater, [f"{rater.home}/hand-in"]))
    hers.forms.update(
        {
            address.of(hers): WITHOUT_A_FORM[address.path]
            for address in known
            if address.path in WITHOUT_A_FORM
        }
    )
    return hers


def end_a_rating(amina: Browser, path: str, rater: Browser) -> None:
    """Somebody has answered one question of another assessment of hers apart, and she has ended that."""
    home, amina.home = amina.home, path
    opens(rater, *ask_by_code(amina, "Trainer"))
    assert rater.answer("P1.1", "partly").status_code == 200
    hand_in(rater)
    assert end(amina).status_code == 303
    amina.home = home


def organisation_of(app: FastAPI, amina: Browser, founder: Guest) -> dict[str, str]:
    """An organisation of somebody's, of which Amina's receipt is the recovery sheet."""
    today = app.state.clock().date()
    with writing(app.state.engine) as session:
        club = organisations.found(session, key_of(app, founder.browser), "Harbour Club", today)
        organisations.let_in(session, club, key_of(app, amina).id, "sheet")
        invitation = find_invitation(
            session, invite(session, "reader", today, organisation_id=club.id), today
        )
        assert invitation is not None
        use(session, invitation, founder.id)
        session.commit()
    return {"organisation_id": club.id, "member_id": founder.id}


def _forms(browser: Browser, pages: list[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """What a page's forms would send, with everything typed that they ask for."""
    for page in pages:
        yield from _forms_on(browser.get(page))


def _forms_on(response: Response) -> Iterator[tuple[str, Mapping[str, str]]]:
    for form in read(response).forms:
        typed = {name: "Delete" for name, value in form.fields.items() if not value}
        yield form.action, form.fields | typed


def dump(app: FastAPI) -> Dump:
    """Everything that is stored, but for sessions: being here is noted in them."""
    tables = [
        table for table in SQLModel.metadata.sorted_tables if table.name != BrowserSession.__tablename__
    ]
    with reading(app.state.engine) as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(table.select())), key=repr)
            for table in tables
        }


def ask_for(browser: Browser, address: Address, path: str, hers: Hers) -> list[int]:
    """What an address says: with an empty form, with that of Amina's page, and to htmx."""
    if address.method == "GET":
        return [browser.get(path).status_code]
    form = dict(hers.forms.get(address.of(hers), {}))
    return [
        browser.post(path, fields, htmx=htmx).status_code for fields in ({}, form) for htmx in (False, True)
    ]


def statuses(
    asked: Iterable[Address], browser: Browser, hers: Hers, changed: Mapping[str, str] | None = None
) -> dict[str, set[int]]:
    """What addresses say to somebody."""
    return {
        f"{address.method} {address.path}": set(ask_for(browser, address, address.of(hers, changed), hers))
        for address in asked
    }


def test_every_part_of_every_address_can_be_filled_in(app: FastAPI, hers: Hers) -> None:
    """One that fails is new: say in `hers` what Amina has under it, or in PUBLIC which pack it names."""
    every = {part for address in addresses(app) for part in address.parts}
    assert every - hers.parts.keys() - BY_ITSELF == set()


def test_every_address_reads_or_changes(app: FastAPI) -> None:
    """Other methods would need a way to be asked for here."""
    assert {address.method for address in of_somebody(app)} == {"GET", "POST"}


def test_amina_finds_something_at_every_address(app: FastAPI, amina: Browser, hers: Hers) -> None:
    """Otherwise it would show nothing that others do not."""
    pages = [address for address in of_somebody(app) if address.method == "GET"]
    seen = {address.path: hers.finder(amina, address).get(address.of(hers)).status_code for address in pages}
    assert {path: status for path, status in seen.items() if status != 200} == {}
    sent = [address for address in of_somebody(app) if address.method == "POST"]
    assert [address.path for address in sent if address.of(hers) not in hers.forms] == []


@pytest.mark.parametrize("who", ["bruno", "carla"])
def test_there_is_nothing_for_anybody_else_and_nothing_changes(
    app: FastAPI, hers: Hers, who: str, request: pytest.FixtureRequest
) -> None:
    """Bruno has a receipt, Carla an account."""
    other: Browser = request.getfixturevalue(who)
    before = dump(app)
    seen = statuses(of_somebody(app), other, hers)
    assert {path: status for path, status in seen.items() if status != {404}} == {}
    assert dump(app) == before
    assert other.get(other.home).status_code == 200, "they are still signed in"


def test_nobody_is_let_in_without_a_session_and_nothing_changes(
    app: FastAPI, hers: Hers, stranger: Browser
) -> None:
    before = dump(app)
    seen = statuses(of_somebody(app), stranger, hers)
    assert {path: status for path, status in seen.items() if not status <= {401, 404}} == {}
    assert dump(app) == before


@pytest.mark.parametrize("id_", ["0" * 32, "nothing", "%00", "é", "' OR 1=1 --"])
def test_unknown_ids_are_not_found_by_anybody(app: FastAPI, amina: Browser, hers: Hers, id_: str) -> None:
    """Amina, too, finds nothing: each part that names something of hers is unknown in turn."""
    before = dump(app)
    for part in sorted(hers.parts.keys() - PUBLIC.keys()):
        asked = [address for address in of_somebody(app) if part in address.parts]
        seen = statuses(asked, amina, hers, {part: id_})
        assert {path: status for path, status in seen.items() if status != {404}} == {}, part
    assert dump(app) == before


@pytest.mark.parametrize("who", ["bruno", "carla"])
def test_what_is_hers_is_not_found_under_what_is_theirs(
    app: FastAPI, hers: Hers, who: str, request: pytest.FixtureRequest
) -> None:
    """Their own assessment, and Amina's guest or invitation in it."""
    other: Browser = request.getfixturevalue(who)
    asked = [address for address in of_somebody(app) if {"holder_id", "reference"} & set(address.parts)]
    before = dump(app)
    seen = statuses(asked, other, hers, {"assessment_id": other.home.removeprefix("/assessments/")})
    assert {path: status for path, status in seen.items() if status != {404}} == {}
    assert dump(app) == before
