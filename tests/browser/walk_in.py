"""The walk's first part: from the first page to answers that are saved and checked."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.person import FULL, QUICK, Person

ORGANISATION = "Harbour Children’s Club"
PLACE_ON_PAGE = """element => {
  const box = element.getBoundingClientRect();
  return [box.x + scrollX, box.y + scrollY, box.width, box.height];
}"""


def reads_what_this_is(amina: Person) -> None:
    amina.goes_to("/")
    amina.reads_title("See where your organisation stands on keeping children safe")
    amina.sees("You need no account.")
    amina.sees("About 10 minutes")
    amina.sees("About 120 minutes")
    amina.sees("Whoever runs this service, or steals its database or a backup, cannot read them.")
    amina.sees("somebody who controls the running server could see what you open meanwhile")
    amina.sees("This is not the place to report a concern")
    amina.sees("If a child is in danger, call your local emergency number or a child helpline now.")
    amina.follows("Start")


def begins(amina: Person) -> None:
    amina.reads_title("How do you want to begin?")
    expect(amina.page.get_by_role("radio", name=re.compile("^" + QUICK))).to_be_checked()
    amina.chooses(FULL)
    amina.page.get_by_label("A name for this assessment").fill("x" * 201)
    amina.presses("Start")
    expect(amina.page.get_by_role("alert")).to_contain_text("This text has 201 characters; the most is 200.")
    amina.page.get_by_label("A name for this assessment").fill("")
    amina.page.get_by_label("Your organisation’s name (optional)").fill(ORGANISATION)
    amina.presses("Start")


def gets_a_receipt(amina: Person) -> None:
    page = amina.page
    amina.reads_title("Keep this receipt")
    amina.sees("If you lose it, your answers are lost")
    expect(page.get_by_role("img", name="Your receipt as a QR code")).to_be_visible()
    code = amina.reads_receipt()
    assert re.fullmatch(r"([0-9A-Z]{4} ){6}[0-9A-Z]{4}", code)
    if amina.scripted:
        amina.presses("Copy")
        amina.sees("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == code.replace(" ", "-")
        expect(page.get_by_role("button", name="Print")).to_be_visible()
    else:
        expect(page.get_by_role("button", name=re.compile("Copy|Print"))).to_have_count(0)
    amina.presses("Continue")
    expect(page.get_by_role("alert")).to_contain_text("Tick the box when you have written the receipt down")
    amina.keeps_receipt()
    assert amina.receipt == code
    amina.reads_title(FULL)
    amina.sees(ORGANISATION)
    amina.sees("0 of 53 answered")


def says_where_they_meet_children(amina: Person) -> None:
    amina.follows("Begin: where you meet children")
    amina.reads_title("Where you meet children")
    for question, answer in {
        "How often are your staff in touch with children": "Often",
        "Do other organisations work with children for you": "No",
        "How often are your people or partners in touch with children online": "Never",
        "Do you take, keep or publish pictures": "Often",
    }.items():
        amina.chooses(answer, amina.page.get_by_role("group", name=question))
    amina.presses("Save and go on")
    amina.reads_title(FULL)
    amina.sees("0 of 50 answered")
    expect(task(amina, "Where you meet children")).to_contain_text("4 of 14")
    expect(task(amina, "A policy of your own")).to_contain_text("Not started")


def answers_with_every_control(amina: Person) -> None:
    amina.follows("Begin: A policy of your own")
    amina.reads_title("A policy of your own")
    amina.sees("Please write no child’s name")
    opens_help_in_place(amina)
    before = places(amina)
    amina.answers("P1.1", "In place", "A document shows it")
    if amina.scripted:
        amina.saves("P1.1")
        amina.sees("1 of 6 answered")
        assert places(amina) == before
    amina.writes("P1.1", "Where is it to be found?", "Shared drive, folder Safeguarding")
    amina.writes("P1.1", "Note", "Dated 3 March.\nThe welcome pack has the old one.")
    amina.answers("P1.2", "We don’t know")
    amina.answers("P1.3", "Embedded", "People say so")
    amina.answers("P2.1", "Not in place", "Nothing to show yet")
    amina.saves("P1.1", "P1.2", "P1.3", "P2.1")
    amina.sees("4 of 6 answered")
    amina.page.reload()
    one = amina.question("P1.1")
    expect(one.get_by_role("radio", name=re.compile("^In place"))).to_be_checked()
    expect(one.get_by_role("radio", name="A document shows it")).to_be_checked()
    expect(amina.field("P1.1", "Where is it to be found?")).to_have_value("Shared drive, folder Safeguarding")
    expect(amina.field("P1.1", "Note")).to_have_value("Dated 3 March.\nThe welcome pack has the old one.")
    amina.presses("Save and go on")


def opens_help_in_place(amina: Person) -> None:
    card, address = amina.question("P1.1"), amina.page.url
    why = "When nothing is written down, each adult decides alone what is safe."
    expect(card.get_by_text(why)).to_be_hidden()
    card.get_by_text("Why this matters").click()
    expect(card.get_by_text(why)).to_be_visible()
    card.get_by_text("What would show it, and who to ask").click()
    expect(card.get_by_text("Ask: the focal point, the director.")).to_be_visible()
    assert amina.page.url == address


def places(amina: Person) -> list[object]:
    """Where things stand that must not move when "Saved" and the progress appear."""
    card, after = amina.question("P1.1"), amina.question("P1.2")
    progress = amina.page.get_by_text(re.compile(r"^\d of 6 answered$"))
    standing = [card, amina.field("P1.1", "Note"), after, progress.locator("..")]
    return [one.evaluate(PLACE_ON_PAGE) for one in standing]


def goes_on_to_what_may_not_apply(amina: Person) -> None:
    amina.reads_title("A policy that people know")
    card = amina.question("P4.3")
    amina.answers("P4.3", "Does not apply to us")
    amina.saves()
    expect(card.get_by_text("Say in a sentence why this does not apply to you.").first).to_be_visible()
    amina.writes("P4.3", "Why does it not apply?", "All our families read one language.")
    amina.saves("P4.3")
    amina.sees("1 of 6 answered")
    amina.follows("Back to the questions")
    expect(task(amina, "A policy of your own")).to_contain_text("4 of 6")
    expect(task(amina, "A policy that people know")).to_contain_text("1 of 6")
    expect(amina.page.get_by_role("link", name="Go on: A policy of your own")).to_be_visible()


def task(amina: Person, title: str) -> Locator:
    """The line of the task list that a link stands in."""
    link = amina.page.get_by_role("link", name=title, exact=True)
    return amina.page.get_by_role("listitem").filter(has=link)


def checks_the_answers(amina: Person) -> None:
    amina.follows("Check all your answers on one page")
    amina.reads_title("Check your answers")
    amina.sees("5 of 50 answered")
    amina.sees("How sure others can be: A document shows it")
    amina.sees("Shared drive, folder Safeguarding")
    amina.sees("All our families read one language.")
    amina.follows("Change Written child-safeguarding policy")
    expect(amina.question("P1.1")).to_be_in_viewport()
    amina.answers("P1.1", "Started")
    amina.saves("P1.1")
    amina.goes_home("/answers")
    amina.sees("Started")
