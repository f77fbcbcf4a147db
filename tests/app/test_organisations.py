"""Organisations: several people open the same, each with a key of their own, until they are let out."""

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from fastapi import FastAPI
from httpx import Response
from sqlmodel import select

from app.database import reading
from app.tables import Assessment, Grant, Holder, Membership, Organisation
from tests.app.markup import Page, read, send, visit
from tests.app.test_accounts import code_on, sign_up
from tests.conftest import Browser, form_key, found


def has_account(open_browser: Callable[[], Browser], email: str) -> Browser:
    browser = open_browser()
    sign_up(browser, email)
    page = visit(browser, "/recovery-code")
    send(browser, page.form("/recovery-code"), {"last": code_on(page)[-4:]})
    return browser


@pytest.fixture
def carla(open_browser: Callable[[], Browser]) -> Browser:
    """The owner of an organisation, which is her home."""
    browser = has_account(open_browser, "carla@quay.example")
    made = send(browser, visit(browser, "/organisations/new").form("/new"), {"name": "Quay Club"})
    browser.home = made.headers["location"]
    return browser


@pytest.fixture
def dara(open_browser: Callable[[], Browser]) -> Browser:
    return has_account(open_browser, "dara@quay.example")


def invitation(owner: Browser, role: str = "contributor") -> str:
    """The path of a new invitation's link."""
    form = visit(owner, owner.home).form("/invitations")
    link = found(r'data-copy-text="([^"]+)"', send(owner, form, {"role": role}).text)
    return link.removeprefix("http://localhost")


def accepts(browser: Browser, path: str) -> Response:
    return send(browser, visit(browser, path).form(path))


def lets_in(owner: Browser, email: str) -> None:
    page = visit(owner, owner.home)
    assert email in page.words
    [form] = [form for form in page.forms if form.action.endswith("/let-in")]
    assert send(owner, form).headers["location"].endswith("?done=in")


def joins(
    member: Browser, owner: Browser, email: str = "dara@quay.example", role: str = "contributor"
) -> None:
    """Invited, accepted, let in."""
    accepts(member, invitation(owner, role))
    lets_in(owner, "dara@quay.example")
    member.home = owner.home


def starts(browser: Browser, title: str = "Round of 2026") -> str:
    """Start an assessment in the organisation that is somebody's home; its address."""
    form = visit(browser, f"/start?organisation={browser.home.rpartition('/')[2]}").form("/start")
    begun = send(browser, form, {"questionnaire": "ics-style-quick", "title": title})
    assert begun.status_code == 303
    return begun.headers["location"]


def member_id(browser: Browser, email: str) -> str:
    listed = found(rf"({re.escape(email)}[\s\S]*?/members/[0-9a-f]+/end)", visit(browser, browser.home).html)
    return found(r"/members/([0-9a-f]+)/end$", listed)


def answer(browser: Browser, home: str, choice: str) -> Response:
    fields = {"P1.1:choice": choice, "P1.1:revision": "0"}
    return browser.post(f"{home}/answers/P1.1", fields, htmx=True)


# Founded


def test_whoever_founds_an_organisation_sees_it_with_its_name(carla: Browser) -> None:
    page = visit(carla, carla.home)
    assert page.heading == "Quay Club"
    assert "carla@quay.example" in page.words
    assert "Quay Club" in visit(carla, "/assessments").words


@pytest.mark.parametrize(
    ("name", "told"), [(" ", "Write what your organisation is called."), ("x" * 201, "the most is 200")]
)
def test_an_organisation_needs_a_name_that_fits(dara: Browser, name: str, told: str) -> None:
    refused = send(dara, visit(dara, "/organisations/new").form("/new"), {"name": name})
    assert refused.status_code == 422
    assert told in read(refused).words
    assert read(refused).form("/new").fields["name"] == name


def test_with_a_receipt_alone_nobody_founds_one(amina: Browser) -> None:
    assert amina.get("/organisations/new").status_code == 404


def test_its_name_can_be_changed(carla: Browser) -> None:
    form = visit(carla, carla.home).form("/name")
    send(carla, form, {"name": "Quay Club and School"})
    assert visit(carla, carla.home).heading == "Quay Club and School"


def test_while_one_person_alone_can_open_it_the_page_says_so(carla: Browser, dara: Browser) -> None:
    assert "Only one person can open this" in visit(carla, carla.home).words
    joins(dara, carla)
    assert "Only one person can open this" not in visit(carla, carla.home).words


# Invited


def test_an_invitation_tells_nothing_of_what_it_leads_into(carla: Browser, dara: Browser) -> None:
    path = invitation(carla)
    words = visit(dara, path).words
    assert "to join their organisation" in words
    assert "Quay" not in words.replace("dara@quay.example", "")
    accepts(dara, path)
    assert dara.get(carla.home).status_code == 404
    assert "Quay Club" not in visit(dara, "/assessments").words


def test_whoever_accepts_and_is_let_in_opens_what_the_organisation_holds(
    carla: Browser, dara: Browser
) -> None:
    home = starts(carla)
    joins(dara, carla)
    assert "Quay Club" in visit(dara, "/assessments").words
    assert answer(dara, home, "partly").status_code == 200
    assert "Partly" in visit(carla, f"{home}/answers").words


def test_both_see_the_same_fingerprint(carla: Browser, dara: Browser) -> None:
    path = invitation(carla)
    accepts(dara, path)
    key = found(r"([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})", visit(dara, "/invitations/used/yours").html)
    assert key in visit(carla, carla.home).words


def test_a_link_works_once(carla: Browser, dara: Browser, open_browser: Callable[[], Browser]) -> None:
    path = invitation(carla)
    accepts(dara, path)
    again = has_account(open_browser, "eli@quay.example")
    assert again.get(path).status_code == 404
    assert again.post(path).status_code == 404
    assert dara.get("/invitations/" + "00" * 32).status_code == 404


def test_somebody_without_an_account_is_led_to_one_and_uses_nothing_up(
    carla: Browser, amina: Browser, dara: Browser
) -> None:
    path = invitation(carla)
    assert visit(amina, path).form("/log-in").fields["then"] == path
    assert amina.post(path).status_code == 404
    assert accepts(dara, path).status_code == 303


def test_an_invitation_is_taken_back_and_whoever_waits_is_turned_away(carla: Browser, dara: Browser) -> None:
    unused, used = invitation(carla), invitation(carla, "reader")
    accepts(dara, used)
    while forms := [one for one in visit(carla, carla.home).forms if one.action.endswith("/take-back")]:
        assert send(carla, forms[0]).headers["location"].endswith("?done=back")
    assert dara.get(unused).status_code == 404
    assert "dara@quay.example" not in visit(carla, carla.home).words


# Roles


def test_a_reader_reads_and_changes_nothing(carla: Browser, dara: Browser) -> None:
    home = starts(carla)
    joins(dara, carla, role="reader")
    for page in ("", "/answers", "/sections/policy", "/profile", "/targets", "/plan", "/report"):
        shown = visit(dara, f"{home}{page}")
        assert "You read along here" in shown.words
        assert " child’s name" not in shown.words
        assert "name no child" not in shown.words
        assert not [one for one in shown.forms if one.action.startswith(home) and one.buttons], page
    assert answer(dara, home, "yes").status_code == 404
    for path in (f"{home}/plan", f"{home}/profile", f"{home}/name", f"{home}/delete", f"{home}/sharing"):
        assert dara.post(path).status_code == 404, path
    assert "No answer yet" in visit(carla, f"{home}/answers").words


@pytest.mark.parametrize("role", ["contributor", "reader"])
def test_who_is_not_in_charge_decides_nothing(carla: Browser, dara: Browser, role: str) -> None:
    home = starts(carla)
    joins(dara, carla, role=role)
    page = visit(dara, dara.home)
    assert [form for form in page.forms if "/organisations/" in form.action] == []
    whose = member_id(carla, "carla@quay.example")
    for path in ("invitations", "name", "sheet", "delete", "claim", f"members/{whose}/role", "export"):
        assert dara.post(f"{dara.home}/{path}", {"role": "owner", "name": "Mine"}).status_code == 404, path
    assert dara.post(f"{dara.home}/members/{whose}/end").status_code == 404
    assert dara.post(f"{home}/delete", {"word": "DELETE"}).status_code == 404
    assert dara.get(f"{home}/sharing").status_code == 404


def test_a_role_is_changed(carla: Browser, dara: Browser) -> None:
    joins(dara, carla, role="reader")
    path = f"{carla.home}/members/{member_id(carla, 'dara@quay.example')}/role"
    assert carla.post(path, {"role": "owner"}).status_code == 303
    assert dara.get(f"{dara.home}/claim").status_code == 200
    assert carla.post(path, {"role": "king"}).status_code == 422


def test_the_last_who_decides_neither_leaves_nor_steps_down(carla: Browser, dara: Browser) -> None:
    joins(dara, carla)
    own = member_id(carla, "carla@quay.example")
    for path, fields in ((f"members/{own}/end", {}), (f"members/{own}/role", {"role": "reader"})):
        refused = carla.post(f"{carla.home}/{path}", fields)
        assert refused.status_code == 422
        assert "Nobody would be left who decides." in read(refused).words
    assert visit(carla, carla.home).form("/invitations").offered["role"]


# Let out


def test_whoever_is_taken_out_finds_nothing_at_their_next_click(carla: Browser, dara: Browser) -> None:
    home = starts(carla)
    joins(dara, carla)
    answer(dara, home, "partly")
    end = f"{carla.home}/members/{member_id(carla, 'dara@quay.example')}/end"
    assert "everything is sealed anew" in visit(carla, end).words
    assert send(carla, visit(carla, end).form(end)).headers["location"].endswith("?done=out")
    for path in (dara.home, home, f"{home}/answers", f"{home}/report", f"{home}/export.json"):
        assert dara.get(path).status_code == 404, path
    assert answer(dara, home, "yes").status_code == 404
    assert "Partly" in visit(carla, f"{home}/answers").words, "what they wrote stays"


def test_of_two_owners_who_take_each_other_out_the_first_stays(carla: Browser, dara: Browser) -> None:
    joins(dara, carla, role="owner")
    ends = {
        one: f"{carla.home}/members/{member_id(carla, f'{one}@quay.example')}/end"
        for one in ("carla", "dara")
    }
    assert carla.post(ends["dara"]).status_code == 303
    assert dara.post(ends["carla"]).status_code == 404
    assert visit(carla, carla.home).heading == "Quay Club"


def test_somebody_leaves_by_themselves(carla: Browser, dara: Browser) -> None:
    joins(dara, carla)
    end = f"{dara.home}/members/{member_id(dara, 'dara@quay.example')}/end"
    assert send(dara, visit(dara, end).form(end)).headers["location"] == "/assessments"
    assert dara.get(dara.home).status_code == 404


# The recovery sheet


def test_a_recovery_sheet_opens_everything_and_lets_people_in(
    carla: Browser, dara: Browser, stranger: Browser
) -> None:
    home = starts(carla)
    sheet = code_on(read(carla.post(f"{carla.home}/sheet")))
    assert stranger.come_back(sheet).status_code == 303
    assert visit(stranger, home).words
    stranger.home = carla.home
    joins(dara, stranger)
    assert visit(dara, home).words


def test_a_sheet_that_was_made_void_opens_nothing(carla: Browser, stranger: Browser) -> None:
    sheet = code_on(read(carla.post(f"{carla.home}/sheet")))
    void = found(r'href="([^"]+/end)">Make it void', visit(carla, carla.home).html)
    send(carla, visit(carla, void).form("/end"))
    assert stranger.come_back(sheet).status_code == 401, "it is forgotten"
    assert stranger.get(carla.home).status_code == 401


# Claimed


def test_what_a_receipt_opened_belongs_to_the_organisation_and_the_receipt_is_dead(
    carla: Browser, amina: Browser, app: FastAPI
) -> None:
    amina.answer("P1.1", "2", note="Kept by Amina")
    done = send(carla, visit(carla, f"{carla.home}/claim").form("/claim"), {"receipt": amina.receipt.lower()})
    assert "1 assessment was handed over." in read(done).words
    assert "Kept by Amina" in visit(carla, f"{amina.home}/answers").words
    assert amina.get(amina.home).status_code == 401, "the receipt is forgotten, and its sessions with it"
    assert amina.come_back().status_code == 401
    with reading(app.state.engine) as session:
        assert session.get_one(Assessment, amina.home.rpartition("/")[2]).epoch == 2


@pytest.mark.parametrize(
    ("receipt", "told"),
    [
        ("half a receipt", "letters and digits"),
        ("938N-KRKA-YDXW-0J6H-B7H6-NWVV-R1PR", "We know no receipt like this."),
    ],
)
def test_a_receipt_that_is_none_claims_nothing(carla: Browser, receipt: str, told: str) -> None:
    refused = send(carla, visit(carla, f"{carla.home}/claim").form("/claim"), {"receipt": receipt})
    assert refused.status_code == 422
    assert told in read(refused).words


# Taken out as files, and brought in


def test_an_organisation_is_downloaded_and_brought_in_elsewhere(carla: Browser, dara: Browser) -> None:
    home = starts(carla, "Round of 2026")
    answer(carla, home, "partly")
    page = visit(carla, f"{carla.home}/export")
    code = code_on(page)
    got = send(carla, page.form("/export"))
    assert got.headers["content-type"] == "application/zip"
    with ZipFile(BytesIO(got.content)) as files:
        sealed = files.read("move.plumbline")
    form = visit(dara, "/organisations/import").form("/import")
    fields = {"form_key": form.fields["form_key"], "code": code.lower()}
    moved = dara.client.post(form.action, data=fields, files={"file": ("x", sealed)}, follow_redirects=False)
    assert moved.status_code == 303
    page = visit(dara, moved.headers["location"])
    assert page.heading == "Quay Club"
    assert "Round of 2026" in page.words
    wrong = dara.client.post(
        form.action, data=fields | {"code": "none"}, files={"file": ("x", sealed)}, follow_redirects=False
    )
    assert wrong.status_code == 422
    assert "File and code do not fit together." in read(wrong).words


# Its end


def test_an_organisation_is_deleted_with_all_that_it_alone_holds(
    carla: Browser, amina: Browser, app: FastAPI
) -> None:
    starts(carla)
    page = visit(carla, f"{carla.home}/delete")
    assert send(carla, page.form("/delete"), {"word": "no"}).status_code == 422
    assert send(carla, page.form("/delete"), {"word": "delete"}).status_code == 303
    assert carla.get(carla.home).status_code == 404
    with reading(app.state.engine) as session:
        for table in (Organisation, Membership):
            assert session.exec(select(table)).all() == []
        held = {grant.holder_id for grant in session.exec(select(Grant))}
        kinds = {holder.kind for holder in session.exec(select(Holder))}
        assert len(session.exec(select(Assessment)).all()) == len(held) == 1, "Amina's own is untouched"
        assert kinds == {"receipt", "person"}
    assert amina.get(amina.home).status_code == 200


# Somebody else's


def test_another_organisation_is_not_there(carla: Browser, dara: Browser, amina: Browser) -> None:
    home = starts(carla)
    whose = member_id(carla, "carla@quay.example")
    paths = ["", "/claim", "/export", "/delete", f"/members/{whose}/end"]
    for browser in (dara, amina):
        assert [browser.get(carla.home + path).status_code for path in paths] == [404] * len(paths)
        assert browser.get(home).status_code == 404
    posts = ["/name", "/invitations", "/sheet", "/claim", "/export", "/delete", f"/members/{whose}/role"]
    posts += [
        f"/members/{whose}/end",
        f"/invitations/{'00' * 32}/let-in",
        f"/invitations/{'00' * 32}/take-back",
    ]
    assert [dara.post(carla.home + path).status_code for path in posts] == [404] * len(posts)


def test_nothing_is_begun_for_an_organisation_that_one_does_not_belong_to(
    carla: Browser, dara: Browser
) -> None:
    key = form_key(dara.get("/start"))
    whose = carla.home.rpartition("/")[2]
    fields = {"questionnaire": "ics-style-quick", "form_key": key, "holder": whose}
    refused = dara.post("/start", fields)
    assert refused.status_code == 422
    assert "Choose who it is for." in read(refused).words
    assert Page(dara.get("/assessments").text).words.count("ICS") == 0
