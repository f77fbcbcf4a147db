"""A cast of five: two colleagues, one who leaves, a consultant, and somebody who began with a receipt."""

import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser import account_ways
from tests.browser.person import QUICK, Person
from tests.browser.watch import Watch

NOTE = "The boathouse has its own rules."


@pytest.fixture(params=[True, False], ids=["with-javascript", "without"])
def arrives(
    request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]
) -> Callable[[], Person]:
    """Lets somebody come with a browser of their own."""

    def another() -> Person:
        context = new_context(java_script_enabled=request.param)
        return Person(context.new_page(), scripted=request.param)

    return another


def link_on(person: Person) -> str:
    """The path of the link that is shown."""
    return "/invitations/" + person.page.locator("#link").inner_text().rpartition("/")[2]


def accepts(person: Person, path: str) -> str:
    """Accept an invitation; the fingerprint that one is shown."""
    person.goes_to(path)
    person.presses("Accept, and wait to be let in")
    person.reads_title("Now they let you in")
    shown = person.page.get_by_role("region", name="Your key").inner_text()
    return shown.strip()


def lets_in(owner: Person, email: str, fingerprint: str) -> None:
    """Compare the key of whoever waits, and let them in."""
    card = owner.page.get_by_role("article").filter(has_text=email)
    expect(card).to_contain_text(fingerprint)
    card.get_by_role("button", name=re.compile("^Let in")).click()
    owner.sees("They are let in")


def joins(member: Person, owner: Person) -> str:
    """Sign up, accept an invitation as a contributor, and be let in; the address."""
    email = account_ways.has_account(member)
    owner.goes_home()
    owner.presses("Make the link")
    fingerprint = accepts(member, link_on(owner))
    owner.goes_home()
    lets_in(owner, email, fingerprint)
    return email


def begins_with_a_receipt(amina: Person) -> None:
    amina.starts(QUICK, organisation="Harbour Club", title="Round of 2026")
    amina.goes_home("/sections/policy")
    amina.answers("P1.1", "Partly")
    amina.writes("P1.1", "Note", NOTE)
    amina.saves("P1.1")


def is_handed_over(amina: Person, carla: Person) -> str:
    """Bring in what a receipt opens, after which it opens nothing; the address of the assessment."""
    carla.goes_home()
    carla.follows("Bring in what a receipt opens")
    carla.page.get_by_label("The receipt").fill(amina.receipt)
    carla.presses("Bring it in")
    carla.sees(re.compile("1 assessment was handed over."))
    amina.goes_home()
    amina.sees(re.compile("sign in again"))
    carla.follows("Go to the organisation")
    carla.follows("Round of 2026")
    return carla.page.url


def is_let_in(consultant: Person, carla: Person, assessment: str) -> str:
    """Let in to review, and find it in the portfolio; the address of the account."""
    email = account_ways.has_account(consultant)
    carla.goes_to(f"{assessment}/sharing")
    carla.chooses("Review")
    carla.presses("Make the link")
    fingerprint = accepts(consultant, link_on(carla))
    carla.goes_to(f"{assessment}/sharing")
    lets_in(carla, email, fingerprint)
    consultant.goes_to("/portfolio")
    consultant.sees("Harbour Club")
    return email


def reviews(consultant: Person, assessment: str) -> None:
    """Say another level, a remark and a finding on one point, and release it."""
    consultant.goes_to(f"{assessment}/review/sections/policy")
    point = consultant.question("P1.1")
    consultant.chooses("In place", point.get_by_role("group", name="The level that you found"))
    point.get_by_label("Your remark").fill("The rules of the boathouse are not in the policy.")
    point.get_by_label("Is it a finding?").select_option(label="Minor non-conformity")
    consultant.presses("Save and stay here")
    expect(point.get_by_text("Saved", exact=True)).to_be_visible()
    consultant.goes_to(f"{assessment}/review/release")
    consultant.presses("Release this review")
    consultant.sees("You wrote this review. The organisation can read all of it.")


def answers_the_finding(carla: Person, consultant: Person, assessment: str) -> None:
    carla.goes_to(assessment)
    carla.page.get_by_role("link", name=re.compile("review was released")).click()
    carla.sees("The rules of the boathouse are not in the policy.")
    carla.page.get_by_label("The organisation answers").fill("They are added in May.")
    carla.presses("Save your answers")
    consultant.goes_to(f"{assessment}/review")
    consultant.sees("They are added in May.")


def is_taken_out(eli: Person, carla: Person, email: str, assessment: str) -> None:
    carla.goes_home()
    carla.page.get_by_role("link", name=f"Take out {email}").click()
    carla.presses("Take out")
    carla.sees("They are taken out, and every key is changed")
    finds_nothing(eli, assessment)


def is_shut_out(consultant: Person, carla: Person, email: str, assessment: str) -> None:
    carla.goes_to(f"{assessment}/sharing")
    carla.page.get_by_role("link", name=f"Take access away {email}").click()
    carla.presses("Take access away")
    carla.sees("Access is taken away, and the keys are changed")
    finds_nothing(consultant, assessment)


def finds_nothing(person: Person, assessment: str) -> None:
    person.goes_to(f"{assessment}/answers")
    person.reads_title("There is nothing here")


def reads(person: Person, assessment: str) -> None:
    person.goes_to(f"{assessment}/answers")
    person.sees(NOTE)


def takes_everything_out(carla: Person, folder: Path) -> None:
    carla.goes_home("/export")
    with carla.page.expect_download() as download:
        carla.presses("Download the zip file")
    download.value.save_as(folder / "export.zip")
    with ZipFile(folder / "export.zip") as files:
        assert NOTE in files.read("01-ics-style-quick.txt").decode()
        assert "move.plumbline" in files.namelist()


def test_the_cast_of_five_from_signing_up_to_the_export(
    arrives: Callable[[], Person], watch: Watch, tmp_path: Path
) -> None:
    watch.expect(401, 404)
    carla, dara, eli, consultant, amina = (arrives() for _ in range(5))
    begins_with_a_receipt(amina)
    account_ways.has_organisation(carla)
    joins(dara, carla)
    email = joins(eli, carla)
    assessment = is_handed_over(amina, carla)
    for colleague in (carla, dara, eli):
        reads(colleague, assessment)
    consulting = is_let_in(consultant, carla, assessment)
    reads(consultant, assessment)
    reviews(consultant, assessment)
    answers_the_finding(carla, consultant, assessment)
    dara.goes_to(assessment)
    expect(dara.page.get_by_role("link", name=re.compile("let somebody in"))).to_have_count(0)
    is_taken_out(eli, carla, email, assessment)
    is_shut_out(consultant, carla, consulting, assessment)
    reads(dara, assessment)
    takes_everything_out(carla, tmp_path)
