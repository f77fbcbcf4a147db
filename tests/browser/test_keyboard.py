"""From the first page to an edited plan with nothing but keys."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.keyboard import Keyboard
from tests.browser.person import FULL, Person


def button(person: Person, name: str) -> Locator:
    return person.page.get_by_role("button", name=name, exact=True)


def link(person: Person, name: str | re.Pattern[str]) -> Locator:
    return person.page.get_by_role("main").get_by_role("link", name=name)


def test_somebody_without_a_mouse_gets_from_the_first_page_to_a_changed_plan(amina: Person) -> None:
    keys = Keyboard(amina)
    amina.goes_to("/")
    skips_to_the_page(amina, keys)
    begins(amina, keys)
    says_where_they_meet_children(amina, keys)
    answers_a_question(amina, keys)
    reads_the_report(amina, keys)
    drafts_and_changes_the_plan(amina, keys)


def skips_to_the_page(amina: Person, keys: Keyboard) -> None:
    keys.press("Tab")
    expect(amina.page.get_by_role("link", name="Skip to the page")).to_be_focused()
    amina.page.keyboard.press("Enter")
    keys.press("Tab")
    expect(link(amina, "Start")).to_be_focused()
    keys.leaves_by("Enter")


def begins(amina: Person, keys: Keyboard) -> None:
    quick = amina.page.get_by_role("radio", name=re.compile("^Quick check"))
    keys.to(quick)
    keys.press("ArrowDown")
    expect(amina.page.get_by_role("radio", name=re.compile("^" + FULL))).to_be_checked()
    keys.to(amina.page.get_by_label("Your organisation’s name"))
    keys.types("Harbour Children’s Club")
    keys.to(button(amina, "Start"))
    keys.leaves_by("Enter")
    keys.to(amina.page.get_by_label("I have written it down"))
    keys.press("Space")
    keys.to(button(amina, "Continue"))
    keys.leaves_by("Enter")
    amina.home = amina.page.url


def says_where_they_meet_children(amina: Person, keys: Keyboard) -> None:
    keys.to(link(amina, "Begin: where you meet children"))
    keys.leaves_by("Enter")
    staff = amina.page.get_by_role("group", name="How often are your staff in touch")
    keys.to(staff.get_by_role("radio", name="Never"))
    keys.press("Space")
    keys.press("ArrowDown")
    expect(staff.get_by_role("radio", name="Sometimes")).to_be_checked()
    keys.to(button(amina, "Save and go on"))
    keys.leaves_by("Enter")


def answers_a_question(amina: Person, keys: Keyboard) -> None:
    keys.to(link(amina, "Begin: A policy of your own"))
    keys.leaves_by("Enter")
    card = amina.question("P1.1")
    keys.to(card.locator("summary").first)
    keys.press("Enter")
    expect(card.get_by_text("When nothing is written down")).to_be_visible()
    keys.to(card.get_by_role("radio", name=re.compile("^Not in place")))
    keys.press("Space")
    amina.saves("P1.1")
    keys.sees_the_focus()
    keys.press("ArrowDown")
    expect(card.get_by_role("radio", name=re.compile("^Started"))).to_be_checked()
    keys.to(card.get_by_role("radio", name="Nothing to show yet"))
    keys.press("ArrowRight")
    keys.to(amina.field("P1.1", "Note"))
    keys.types("Ask the board.")
    keys.press("Tab")
    amina.saves("P1.1")
    keys.sees_the_focus()
    keys.to(button(amina, "Save and stay here"))
    keys.leaves_by("Enter")
    expect(card.get_by_role("radio", name=re.compile("^Started"))).to_be_checked()
    expect(card.get_by_role("radio", name="People say so")).to_be_checked()
    expect(amina.field("P1.1", "Note")).to_have_value("Ask the board.")


def reads_the_report(amina: Person, keys: Keyboard) -> None:
    keys.to(link(amina, "Back to the questions"))
    keys.leaves_by("Enter")
    keys.to(link(amina, "See the report so far"))
    keys.leaves_by("Enter")
    amina.reads_title("Gap report")
    keys.to(amina.page.get_by_role("region", name="The standards in figures"))
    keys.to(link(amina, "Make an action plan"))
    keys.leaves_by("Enter")


def drafts_and_changes_the_plan(amina: Person, keys: Keyboard) -> None:
    keys.to(button(amina, "Draft the plan"))
    keys.leaves_by("Enter")
    edit = link(amina, re.compile("^Edit")).first
    keys.to(edit)
    amina.page.keyboard.press("Enter")
    expect(amina.page.get_by_label("What is to be done")).to_be_focused()
    keys.to(amina.page.get_by_label("Owner"))
    keys.types(" and the deputy")
    keys.to(amina.page.get_by_label("Where it stands"))
    keys.press("ArrowDown")
    keys.to(button(amina, "Save"))
    amina.page.keyboard.press("Enter")
    changed = amina.page.get_by_role("article").first
    expect(changed).to_contain_text("and the deputy")
    expect(changed).to_contain_text("Doing")
    expect(changed).to_be_focused()
    keys.sees_the_focus()
    keys.to(edit)
    amina.page.keyboard.press("Enter")
    keys.to(link(amina, "Leave as it was"))
    amina.page.keyboard.press("Enter")
    expect(changed).to_be_focused()
