"""One assessment of each pack, from the start page to what it ends in."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from tests.browser.person import Person


def answers_everything(amina: Person) -> None:
    """Answer every question of every section, each with an answer that depends on its place alone."""
    amina.page.get_by_role("heading", name="Questions").wait_for()
    sections = amina.page.locator(".task a[href*='/sections/']").all()
    for address in [link.get_attribute("href") for link in sections]:
        amina.goes_to(address or "")
        questions = amina.page.locator(".question").all()
        for place, question in enumerate(questions):
            tick(question, "choice", place)
            if question.locator("[id$='-evidence']").count():
                tick(question, "evidence", place)
        if amina.scripted:
            expect(amina.page.get_by_text("Saved", exact=True)).to_have_count(len(questions))
        else:
            amina.presses("Save and go on")
            expect(amina.page.locator("#errors-title")).to_have_count(0)
    amina.goes_home()
    amina.sees(re.compile(r"^(\d+) of \1 answered$"))


def tick(question: Locator, group: str, place: int) -> None:
    """Tick one of the answers that a question offers, but "we don't know" and the like."""
    offered = question.locator(f"[id$='-{group}'] :is(.cards, .segment-row) input")
    offered.nth(place % offered.count()).check()


@pytest.fixture
def unscripted(new_context: Callable[..., BrowserContext]) -> Person:
    """Somebody whose browser runs no JavaScript."""
    return Person(new_context(java_script_enabled=False).new_page(), scripted=False)


def test_a_quick_check_is_completed(amina: Person) -> None:
    amina.goes_to("/")
    amina.follows("Quick check")
    expect(amina.page.get_by_role("radio", name=re.compile("^Quick check"))).to_be_checked()
    amina.presses("Start")
    amina.keeps_receipt()
    answers_everything(amina)
    amina.follows("See your report")
    amina.reads_title("Gap report")
    amina.sees("Where do you stand?")


@pytest.mark.parametrize(
    ("title", "older"),
    [
        ("Full self-assessment", False),
        ("The older eleven standards", True),
        ("Common features of 2010", True),
    ],
)
def test_standards_are_completed_without_javascript(unscripted: Person, title: str, older: bool) -> None:
    unscripted.goes_to("/start")
    if older:
        unscripted.page.locator("summary", has_text="Older standards, to compare").click()
    unscripted.chooses(title)
    unscripted.presses("Start")
    unscripted.keeps_receipt()
    expect(unscripted.page.get_by_text("These are older standards")).to_have_count(int(older))
    answers_everything(unscripted)
    unscripted.follows("See your report")
    unscripted.reads_title("Gap report")
    unscripted.sees("Everything that counts is answered.")
    unscripted.follows("Make an action plan")
    unscripted.presses("Draft the plan")
    unscripted.sees(re.compile("actions are still open"))


def test_a_policy_review_is_completed_without_javascript_and_becomes_a_plan(unscripted: Person) -> None:
    unscripted.starts("Policy review")
    answers_everything(unscripted)
    unscripted.follows("See your report")
    unscripted.reads_title("What to add to your policy")
    unscripted.sees("What to add, the most important first")
    listed = unscripted.page.locator("article.gap").count()
    unscripted.follows("Make an action plan")
    unscripted.presses("Draft the plan")
    expect(unscripted.page.locator("article.action")).to_have_count(listed)


def test_a_talk_about_culture_is_completed_without_javascript_and_ends_in_three_actions(
    unscripted: Person,
) -> None:
    unscripted.starts("Safeguarding culture")
    answers_everything(unscripted)
    unscripted.follows("See your report")
    unscripted.reads_title("What to talk about")
    unscripted.follows("Choose three actions")
    for box in unscripted.page.get_by_role("checkbox").all()[:2]:
        box.check()
    unscripted.page.get_by_text("An action of your own, number 1").click()
    own = unscripted.page.locator("details", has_text="number 1")
    own.get_by_label("What is to be done").fill("Visit the evening club, and ask.")
    own.get_by_label("Owner").fill("the chair")
    own.get_by_label("Due date").fill("2031-03-31")
    unscripted.presses("Put these into the plan")
    three = unscripted.page.get_by_role("region", name="What you will do")
    expect(three.get_by_role("article")).to_have_count(3)
    expect(three).to_contain_text("Visit the evening club, and ask.")
    expect(three).to_contain_text("31 March 2031")
    unscripted.follows("Go to the action plan", within=three)
    expect(unscripted.page.locator("article.action")).to_have_count(3)


def test_owner_and_date_are_asked_for_only_what_is_ticked(amina: Person) -> None:
    amina.starts("Safeguarding culture")
    amina.follows("Begin: Accountability")
    amina.answers("AC1", "Rarely true")
    amina.saves("AC1")
    amina.goes_home("/plan/choose")
    owner = amina.page.get_by_role("group", name="Suggested").get_by_label("Owner")
    expect(owner).to_be_hidden()
    amina.page.get_by_role("checkbox").check()
    expect(owner).to_be_visible()
