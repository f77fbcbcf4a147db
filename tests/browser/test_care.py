"""Somebody writes a name by mistake, is warned beside it, and takes it out or keeps it."""

import re

from playwright.sync_api import expect

from tests.browser.person import Person

POLICY = "/sections/policy"
NAME = "Kingfisher Quay"
NOTE = f"The girl {NAME} told us."
LEFT = "The girl [taken out] told us."
WARNED = "This looks like a child’s name:"


def write(amina: Person, text: str = NOTE) -> None:
    amina.goes_home(POLICY)
    amina.writes("P1.1", "Note", text)
    amina.saves("P1.1")


def test_the_warning_comes_as_one_writes_and_goes_as_one_mends(at_harbour: Person) -> None:
    write(at_harbour)
    card = at_harbour.question("P1.1")
    expect(card.get_by_text(WARNED)).to_be_visible()
    at_harbour.writes("P1.1", "Note", "A girl told us.")
    expect(card.get_by_text(WARNED)).to_have_count(0)


def test_taking_out_saves_what_is_being_written_elsewhere_and_comes_back_to_the_question(
    at_harbour: Person,
) -> None:
    write(at_harbour)
    at_harbour.field("P1.2", "Note").fill("Half a thought")
    at_harbour.presses(f"Take out ({NAME})", at_harbour.question("P1.1"))
    expect(at_harbour.page).to_have_url(re.compile(r"#question-P1\.1$"))
    expect(at_harbour.field("P1.1", "Note")).to_have_value(LEFT)
    expect(at_harbour.field("P1.2", "Note")).to_have_value("Half a thought")
    expect(at_harbour.page.get_by_text(WARNED)).to_have_count(0)


def test_what_is_kept_stays_and_is_warned_of_no_more(at_harbour: Person) -> None:
    write(at_harbour)
    at_harbour.presses(f"Keep, it is not a person ({NAME})", at_harbour.question("P1.1"))
    expect(at_harbour.field("P1.1", "Note")).to_have_value(NOTE)
    expect(at_harbour.page.get_by_text(WARNED)).to_have_count(0)
    at_harbour.writes("P1.1", "Note", f"{NOTE} And went.")
    at_harbour.saves("P1.1")
    expect(at_harbour.page.get_by_text(WARNED)).to_have_count(0)


def test_it_can_be_done_with_the_keyboard_alone(at_harbour: Person) -> None:
    write(at_harbour)
    at_harbour.field("P1.1", "Note").focus()
    at_harbour.page.keyboard.press("Tab")
    button = at_harbour.question("P1.1").get_by_role("button", name=f"Take out ({NAME})")
    expect(button).to_be_focused()
    at_harbour.page.keyboard.press("Enter")
    expect(at_harbour.field("P1.1", "Note")).to_have_value(LEFT)


def test_an_action_is_mended_in_place(at_harbour: Person) -> None:
    at_harbour.goes_home("/plan/new")
    at_harbour.page.get_by_label("What is to be done").fill(f"Walk home with the girl {NAME}")
    at_harbour.presses("Save")
    article = at_harbour.page.get_by_role("article").filter(has_text="Walk home")
    article.get_by_role("link", name="Edit").click()
    form = at_harbour.page.locator("form.action")
    form.get_by_label("Owner").fill("the coach")
    at_harbour.presses(f"Take out ({NAME})", form)
    expect(form.get_by_label("What is to be done")).to_have_value("Walk home with the girl [taken out]")
    expect(form.get_by_label("Owner")).to_have_value("the coach")


def test_without_javascript_too(without_javascript: Person) -> None:
    amina = without_javascript
    amina.goes_home(POLICY)
    amina.field("P1.1", "Note").fill(NOTE)
    amina.presses("Save and stay here")
    amina.presses(f"Take out ({NAME})", amina.question("P1.1"))
    expect(amina.field("P1.1", "Note")).to_have_value(LEFT)
