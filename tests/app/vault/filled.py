"""Everything that can be entered is entered, and all that was sent is remembered."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from app.database import forget_deleted, writing
from app.main import create_app
from app.settings import Settings
from app.vault.invitations import invite
from app.vault.organisations import found as found_organisation
from app.vault.passwords import stretch
from app.vault.people import find_people, open_with_password
from app.vault.recovery import read_recovery_code
from tests.app.kinds import SECTION as KINDS
from tests.app.markup import send, visit
from tests.app.questionnaire import fill_in, set_profile
from tests.app.ratings.rating import ask_by_code, end, hand_in, question_path
from tests.conftest import OWN_PAGE, Browser, Clock, form_key, found

HOST, HERE = "http://localhost", ("127.0.0.1", 50000)
TOKEN = re.compile(r"zephyr\d+quoll")
DONT_KNOW, DOES_NOT_APPLY = "-unknown", "-not-applicable"


class Remembering(Browser):
    """A browser that remembers every field that it sent."""

    def __init__(self, client: TestClient, sent: list[tuple[str, str]]) -> None:
        super().__init__(client)
        self.sent = sent

    def post(self, path: str, fields: dict[str, str] | None = None, *, htmx: bool = False) -> Response:
        self.sent.extend((fields or {}).items())
        return super().post(path, fields, htmx=htmx)

    @property
    def cookie(self) -> str:
        return str(self.client.cookies["plumbline"])


@dataclass
class Running:
    """A running application, and everything that was ever sent to it."""

    app: FastAPI
    settings: Settings
    portal: TestClient
    sent: list[tuple[str, str]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def browser(self) -> Remembering:
        client = TestClient(self.app, HOST, client=HERE, headers=OWN_PAGE, raise_server_exceptions=False)
        client.portal = self.portal.portal
        return Remembering(client, self.sent)

    def token(self) -> str:
        """A word that nobody has entered before."""
        return f"zephyr{next(self.numbers)}quoll"

    def words(self, about: str) -> str:
        """A text that nobody has entered before, with all that encodings stumble over."""
        token = self.token()
        return f"{token} – the “{about}” of Zoë’s harbour club, 50 % & <more>\n\tsaid at Quay Lane; {token}"


@contextmanager
def running(folder: Path, packs: Path | None = None) -> Iterator[Running]:
    """An application whose data lies in a folder, for the length of the block. `packs`: some of one's own."""
    settings = Settings(data=folder, packs=packs)
    app = create_app(settings, Clock())
    with TestClient(app, HOST, client=HERE) as portal:
        yield Running(app, settings, portal)


@dataclass(frozen=True)
class Filled:
    """What was entered, and what opens it."""

    amina: Remembering
    quick: Remembering
    unkept: Remembering
    unkept_receipt: str
    again: Remembering
    kinds: Remembering
    carla: Remembering
    consultant: Remembering
    raters: list[Remembering]
    secrets: list[str | bytes]

    @property
    def receipts(self) -> list[str]:
        begun = [self.amina.receipt, self.quick.receipt, self.kinds.receipt, self.unkept_receipt]
        return begun + [rater.receipt for rater in self.raters]

    @property
    def cookies(self) -> list[str]:
        everybody = (self.amina, self.quick, self.kinds, self.unkept, self.again, self.carla, self.consultant)
        return [browser.cookie for browser in (*everybody, *self.raters)]


def fill_everything(on: Running) -> Filled:
    """A whole assessment, a quick check that goes on, a receipt nobody has kept yet, a second browser.

    And somebody with an account and an organisation; and a questionnaire with a question of every kind, for
    which the application needs the packs of `kinds`: three people were asked to answer it apart, one has not
    handed in, and on what the others said there is an agreed answer. That round is closed, and another begun.
    """
    amina = on.browser()
    amina.start(organisation=on.words("organisation"), title=on.words("title"))
    _profile(amina)
    _answers(on, amina)
    _targets(amina)
    _plan(on, amina)
    _name(on, amina)
    _care(on, amina)
    # What follows lies in the write-ahead log alone, and what came before in the file.
    forget_deleted(on.app.state.engine)
    _comments(on, amina)
    for page in ("", "/answers", "/report", "/report/workings", "/export", "/export.json", "/plan"):
        assert amina.get(amina.home + page).status_code == 200
    quick, kinds, unkept, again = _quick(on), _every_kind(on), on.browser(), on.browser()
    title = {"organisation": on.words("organisation"), "title": on.words("title")}
    unkept.post(
        "/start", title | {"questionnaire": "ics-style-full", "form_key": form_key(unkept.get("/start"))}
    )
    unkept_receipt = found(r'data-copy-text="([^"]+)"', unkept.get("/receipt").text)
    assert again.come_back(amina.receipt[:-1] + "U").status_code == 422
    assert again.come_back(amina.receipt.lower()).status_code == 303
    carla, secrets = _account(on)
    consultant, raters = _review(on, quick), _rating(on, kinds)
    _next_round(on, kinds)
    return Filled(amina, quick, unkept, unkept_receipt, again, kinds, carla, consultant, raters, secrets)


def _profile(browser: Browser) -> None:
    facts = ["staff", "programmes", "operations", "partners", "online", "residential", "travel", "images"]
    facts += ["humanitarian", "volunteers", "young_children", "disability", "data", "reporting_duty"]
    set_profile(browser, **{fact: ("some", "high")[number % 2] for number, fact in enumerate(facts)})


def _answers(on: Running, browser: Browser) -> None:
    numbers = count()

    def say(code: str) -> dict[str, str]:
        number = next(numbers)
        texts = {name: on.words(f"{name} of {code}") for name in ("evidence_kept", "note")}
        if code in {"P4.3", "R7.2"}:
            return texts | {"choice": DOES_NOT_APPLY, "reason": on.words(f"reason of {code}")}
        if number % 10 == 9:
            return texts | {"choice": DONT_KNOW}
        return texts | {"choice": str(number % 4), "evidence": str(number % 3)}

    fill_in(browser, say)
    for code, choice in (("P1.1", "3"), ("H1.1", "0"), ("P1.1", "1")):
        assert browser.answer(code, choice, note=on.words("a second thought")).status_code == 200
    assert browser.answer("P1.2", "2", made_on=0, note=on.words("an older window")).status_code == 409
    assert browser.answer("P1.2", "9", note=on.words("a wrong choice")).status_code == 422
    assert browser.answer("P1.2", "2", note=on.words("far too long") * 60).status_code == 422


def _targets(browser: Browser) -> None:
    form = visit(browser, f"{browser.home}/targets").form("/targets")
    assert send(browser, form, {"raise:P2.1": "yes", "raise:H3.1": "yes"}).status_code == 303


def _plan(on: Running, browser: Browser) -> None:
    plan = f"{browser.home}/plan"
    send(browser, visit(browser, f"{browser.home}/plan").form("/plan"))
    first, second, *_ = dict.fromkeys(re.findall(r"/plan/actions/([\w.-]+)", browser.get(plan).text))
    texts = {name: on.words(f"{name} of an action") for name in ("text", "owner", "note", "reason")}
    changed = texts | {"due": "2027-03-31", "effort_days": "2.75", "status": "doing"}
    form = visit(browser, f"{plan}/actions/{first}").form(f"/{first}")
    assert send(browser, form, changed).status_code == 303
    form = visit(browser, f"{plan}/actions/{second}").form(f"/{second}")
    dropped = {"status": "dropped", "reason": on.words("reason for dropping an action")}
    assert send(browser, form, dropped).status_code == 303
    own = {"text": on.words("an action of our own"), "owner": on.words("its owner"), "status": "to_do"}
    assert send(browser, visit(browser, f"{plan}/new").form("/new"), own).status_code == 303


def _comments(on: Running, browser: Browser) -> None:
    """Three comments, one of which is resolved, and two of which cannot be taken."""
    page = f"{browser.home}/questions/P1.1"
    for about in ("a comment", "a second comment", "a third comment"):
        assert send(browser, visit(browser, page).form(page), {"comment": on.words(about)}).status_code == 303
    resolving = [form for form in visit(browser, page).forms if "/comments/" in form.action]
    assert send(browser, resolving[1], button=("resolved", "yes")).status_code == 303
    for long in (" ", on.words("far too long a comment") * 60):
        assert send(browser, visit(browser, page).form(page), {"comment": long}).status_code == 422


def _name(on: Running, browser: Browser) -> None:
    form = visit(browser, f"{browser.home}/name").form("/name")
    names = {"organisation": on.words("organisation by another name"), "title": on.words("another title")}
    assert send(browser, form, names).status_code == 303


def _care(on: Running, browser: Browser) -> None:
    """Two addresses in a note: one is kept, one is taken out."""
    kept, gone = (f"{on.token()}@quay.example" for _ in range(2))
    assert browser.answer("P1.2", "2", note=f"Ask {kept} or {gone}").status_code == 200
    for button, passage in (("keep", kept), ("take_out", gone)):
        form = visit(browser, browser.section_of("P1.2")).form("/sections/policy")
        pressed = (button, f"question:P1.2 note {passage}")
        assert send(browser, form, button=pressed).status_code == 303
    note = visit(browser, browser.section_of("P1.2")).form("/sections/policy").fields["P1.2:note"]
    assert note == f"Ask {kept} or [taken out]"


def _quick(on: Running) -> Remembering:
    browser, choices = on.browser(), ("yes", "partly", "no", DONT_KNOW)
    browser.start("ics-style-quick", organisation=on.words("organisation"), title=on.words("title"))
    numbers = count()

    def say(code: str) -> dict[str, str]:
        return {"choice": choices[next(numbers) % 4], "note": on.words(f"note of {code}")}

    fill_in(browser, say, "ics-style-quick")
    going_on = visit(browser, browser.home).form("/continue")
    browser.home = send(browser, going_on).headers["location"]
    assert visit(browser, f"{browser.home}/sections/policy").words.count("zephyr") > 0
    return browser


def _review(on: Running, owner: Remembering) -> Remembering:
    """A consultant who was let in by a link, has written a review and released it, and got a reply."""
    browser, name = on.browser(), "dora@river.example"
    browser.post("/sign-up", {"email": name, "password": on.words("password")})
    form = visit(owner, f"{owner.home}/sharing").form("/sharing")
    made = send(owner, form, {"scope": "review", "until": "2026-11-22"})
    link = found(r'data-copy-text="([^"]+)"', made.text)
    path = link.removeprefix(HOST)
    assert send(browser, visit(browser, path).form(path)).status_code == 303
    assert send(owner, visit(owner, f"{owner.home}/sharing").form("/let-in")).status_code == 303
    said = {"level": "2", "strength": "3", "finding": "minor"}
    fields = {f"{code}:{name}": value for code in ("P1.1", "P1.2") for name, value in said.items()}
    remarks = {f"{code}:remark": on.words(f"remark on {code}") for code in ("P1.1", "P1.2")}
    section = visit(browser, f"{owner.home}/review/sections/policy").form("/sections/policy")
    assert send(browser, section, fields | remarks).status_code == 303
    asked = visit(browser, f"{owner.home}/review/release").form("/release")
    assert send(browser, asked).status_code == 303
    released = found(r'href="(/assessments/[^"]+/reviews/[^"]+)"', owner.get(owner.home).text)
    reply = next(form for form in visit(owner, released).forms if "/reviews/" in form.action)
    typed = {name: on.words("reply") for name, value in reply.offered.items() if value is None}
    assert send(owner, reply, typed).status_code == 303
    return browser


def _rating(on: Running, owner: Remembering) -> list[Remembering]:
    """Two raters who have handed in, and one who has not; the rating is ended, and one answer agreed."""
    raters = [on.browser() for _ in range(3)]
    for number, rater in enumerate(raters):
        link, rater.receipt = ask_by_code(owner, on.words("tag")[:50])
        rater.home = rater.post(link, {"receipt": rater.receipt.lower()}).headers["location"]
        said = {"K1:choice": str(number), "K2:choice": DONT_KNOW, "K7:value": on.words("answer to K7")}
        said |= {"K1:note": on.words("note of K1"), "K4:value": f"{number}7.25"}
        form = visit(rater, rater.home + KINDS).form(KINDS)
        assert send(rater, form, said).status_code == 303
    for rater in raters[:2]:
        hand_in(rater)
    assert end(owner).status_code == 303
    for question in ("K1", "K7"):
        choice = {"choice": "2"} if question == "K1" else {"value": on.words("agreed answer to K7")}
        fields = {name: on.words(f"{name} of {question}") for name in ("why", "note")} | choice
        path = question_path(owner, question)
        typed = {f"{question}:{name}": value for name, value in fields.items()}
        assert send(owner, visit(owner, path).form(path), typed).status_code == 303
    for page in ("/rating", "/report", "/answers"):
        assert visit(owner, owner.home + page).words.count("zephyr") > 0
    return raters


def _next_round(on: Running, browser: Browser) -> None:
    """Close a round, and start the next one, in which what was said waits to be confirmed."""
    closing = visit(browser, f"{browser.home}/rounds/close").form("/close")
    assert send(browser, closing).status_code == 303
    starting = visit(browser, f"{browser.home}/rounds/next").form("/next")
    begun = send(browser, starting, {"title": on.words("title of the next round")}).headers["location"]
    assert visit(browser, begun + KINDS).words.count("zephyr") > 0


def _account(on: Running) -> tuple[Remembering, list[str | bytes]]:
    """Somebody with an account, whose organisation holds an assessment; and every key of the two."""
    browser, password, name = on.browser(), on.words("password"), on.words("organisation of several")
    email = "carla@quay.example"
    assert browser.post("/sign-up", {"email": email, "password": password}).status_code == 303
    code = found(r'data-copy-text="([^"]+)"', browser.get("/recovery-code").text)
    assert browser.post("/recovery-code", {"last": code[-4:]}).status_code == 303
    title = {"organisation": on.words("organisation"), "title": on.words("title")}
    begun = browser.post("/start", title | {"questionnaire": "ics-style-quick", "form_key": "carla"})
    browser.home = begun.headers["location"]
    _assigns_to_herself(on, browser, email)
    today = on.app.state.clock().date()
    with writing(on.app.state.engine) as session:
        [person] = find_people(session, email)
        stretched = stretch(password, person.salt)
        account = open_with_password([person], stretched)
        assert account is not None
        club = found_organisation(session, account.holder, name, today)
        token = invite(session, "reader", today, organisation_id=club.id)
        session.commit()
        on.sent.append(("name", name))
        keys = [account.master, account.holder.private_key, club.key.private_key]
        return browser, [code, read_recovery_code(code).key, stretched.proof, stretched.key, token, *keys]


def _assigns_to_herself(on: Running, browser: Browser, email: str) -> None:
    """Say that she takes care of two sections: by the form's fields, which show nobody to choose yet."""
    with writing(on.app.state.engine) as session:
        [person] = find_people(session, email)
        whose = person.id
    sections = {"section:policy": whose, "section:people": whose}
    assert browser.post(f"{browser.home}/who", sections | {"revision": "0"}).status_code == 303


def _every_kind(on: Running) -> Remembering:
    browser = on.browser()
    browser.start("sample-kinds", organisation=on.words("organisation"), title=on.words("title"))
    said = {
        "K1": {"choice": "2"},
        "K2": {"choice": "partly"},
        "K3": {"box:signature": "yes", "box:review": "yes"},
        "K4": {"value": "37.25"},
        "K5": {"day": "17", "month": "3", "year": "2019"},
        "K6": {"value": "48213.75"},
        "K7": {"value": on.words("answer to K7")},
    }
    fields = {f"{code}:{name}": value for code, one in said.items() for name, value in one.items()}
    notes = {f"{code}:note": on.words(f"note of {code}") for code in said}
    form = visit(browser, browser.home + KINDS).form(KINDS)
    assert send(browser, form, fields | notes).status_code == 303
    assert browser.answer("K7", "", made_on=0, value=on.words("an older window")).status_code == 409
    assert browser.answer("K6", "", value="48213.751").status_code == 422
    for page in ("", "/answers", "/report", "/report/workings", "/export.json"):
        assert browser.get(browser.home + page).status_code == 200
    return browser
