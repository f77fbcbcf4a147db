"""Strange things happen while somebody answers, and nothing that they wrote is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.behind import let_in_to_assessment, log_in
from tests.browser.person import Person
from tests.browser.state import TODAY
from tests.browser.watch import Watch

POLICY, NEXT = "/sections/policy", "/sections/policy-in-use"
NOTE = "Note"


def test_back_after_saving_shows_what_was_saved_and_goes_on_from_there(at_harbour: Person) -> None:
    at_harbour.goes_home(POLICY)
    at_harbour.answers("P1.1", "Started")
    at_harbour.saves("P1.1")
    at_harbour.presses("Save and go on")
    at_harbour.reads_title("A policy that people know")
    at_harbour.page.go_back()
    card = at_harbour.question("P1.1")
    expect(card.get_by_role("radio", name=re.compile("^Started"))).to_be_checked()
    at_harbour.answers("P1.1", "Embedded")
    at_harbour.saves("P1.1")
    at_harbour.page.reload()
    expect(card.get_by_role("radio", name=re.compile("^Embedded"))).to_be_checked()


def test_starting_twice_at_once_starts_once(amina: Person) -> None:
    amina.goes_to("/start")
    amina.chooses("Quick check")
    other = amina.sends_twice("Start")
    amina.reads_title("Keep this receipt")
    assert other.reads_receipt() == amina.reads_receipt()
    amina.keeps_receipt()
    amina.goes_to("/assessments")
    expect(amina.page.get_by_role("listitem")).to_have_count(1)


def test_saving_twice_at_once_adds_one_action(at_harbour: Person) -> None:
    at_harbour.goes_home("/plan/new")
    at_harbour.page.get_by_label("What is to be done").fill("Mend the gate.")
    at_harbour.sends_twice("Save")
    expect(at_harbour.page.get_by_role("heading", name="Mend the gate.")).to_have_count(1)
    at_harbour.page.reload()
    expect(at_harbour.page.get_by_role("heading", name="Mend the gate.")).to_have_count(1)


def test_two_tabs_on_one_question_see_both_answers_and_choose(at_harbour: Person, watch: Watch) -> None:
    watch.expect(409)
    other = at_harbour.opens_a_tab()
    for tab in (at_harbour, other):
        tab.goes_home(POLICY)
    other.writes("P1.2", NOTE, "From the other tab")
    other.saves("P1.2")
    mine = at_harbour.writes("P1.2", NOTE, "From my tab")
    card = at_harbour.question("P1.2")
    expect(card.get_by_text("This answer was changed in another window")).to_be_visible()
    expect(card.get_by_text("From the other tab")).to_be_visible()
    expect(mine).to_have_value("From my tab")
    at_harbour.presses("Save mine instead", card)
    expect(mine).to_have_value("From my tab")
    other.page.reload()
    expect(other.field("P1.2", NOTE)).to_have_value("From my tab")


def test_in_a_conflict_what_was_saved_meanwhile_can_be_taken(at_harbour: Person, watch: Watch) -> None:
    watch.expect(409)
    other = at_harbour.opens_a_tab()
    for tab in (at_harbour, other):
        tab.goes_home(POLICY)
    other.writes("P1.2", NOTE, "From the other tab")
    other.saves("P1.2")
    mine = at_harbour.writes("P1.2", NOTE, "From my tab")
    at_harbour.follows("Use what was saved", at_harbour.question("P1.2"))
    expect(mine).to_have_value("From the other tab")


def test_two_people_on_one_page_see_each_others_saved_answers(
    at_harbour: Person, new_context: Callable[..., BrowserContext], watch: Watch
) -> None:
    watch.expect(409)
    guest = let_in_to_assessment(at_harbour.page.context, at_harbour.home, "fill", TODAY)
    dara = Person(new_context().new_page())
    log_in(dara.page.context, guest)
    dara.home = at_harbour.home
    for somebody in (at_harbour, dara):
        somebody.goes_home(POLICY)
    dara.writes("P1.2", NOTE, "From Dara")
    dara.answers("P1.2", "Not in place")
    dara.saves("P1.2")
    mine = at_harbour.writes("P1.3", NOTE, "Typed here")
    at_harbour.saves("P1.3")
    told = at_harbour.question("P1.2").get_by_role("status")
    expect(told).to_have_text(
        f"Changed meanwhile by {guest.email}: Not in place. Load the page again to see it."
    )
    expect(at_harbour.field("P1.2", NOTE)).to_have_value("")
    dara.answers("P1.1", "Started")
    expect(dara.question("P1.3").get_by_text("Changed meanwhile by whoever has the receipt")).to_be_visible()
    expect(dara.question("P1.2").get_by_text("Changed meanwhile")).to_have_count(0)
    # What was told is told as long as the page stays; and it still keeps both from being overwritten.
    at_harbour.writes("P1.2", NOTE, "From Amina")
    card = at_harbour.question("P1.2")
    expect(card.get_by_text(f"This answer was changed meanwhile by {guest.email}")).to_be_visible()
    expect(card.get_by_text("From Dara")).to_be_visible()
    expect(told).to_be_empty()
    expect(mine).to_have_value("Typed here")
    dara.page.reload()
    expect(dara.field("P1.3", NOTE)).to_have_value("Typed here")


def test_without_javascript_two_tabs_see_both_answers_and_choose(
    without_javascript: Person, watch: Watch
) -> None:
    watch.expect(409)
    amina = without_javascript
    other = amina.opens_a_tab()
    for tab in (amina, other):
        tab.goes_home(POLICY)
    other.writes("P1.2", NOTE, "From the other tab")
    other.saves("P1.2")
    amina.writes("P1.2", NOTE, "From my tab")
    amina.writes("P1.3", NOTE, "Not in anybody’s way")
    amina.presses("Save and go on")
    expect(amina.page.get_by_role("alert").first).to_contain_text("Everything else is saved.")
    expect(amina.question("P1.2").get_by_text("From the other tab")).to_be_visible()
    expect(amina.field("P1.2", NOTE)).to_have_value("From my tab")
    expect(amina.question("P1.3").get_by_text("Saved", exact=True)).to_be_visible()
    amina.presses("Save mine instead")
    expect(amina.field("P1.2", NOTE)).to_have_value("From my tab")
    amina.page.reload()
    expect(amina.field("P1.2", NOTE)).to_have_value("From my tab")


def test_what_is_written_offline_is_saved_once_the_connection_is_back(
    at_harbour: Person, watch: Watch
) -> None:
    watch.expect_no_connection()
    at_harbour.goes_home(POLICY)
    card = at_harbour.question("P1.2")
    at_harbour.page.context.set_offline(True)
    at_harbour.sees("You are offline. Keep this page open")
    at_harbour.writes("P1.2", NOTE, "Written on the ferry")
    expect(card.get_by_text("Not saved yet. We will try again.")).to_be_visible()
    at_harbour.page.context.set_offline(False)
    at_harbour.saves("P1.2")
    expect(at_harbour.page.get_by_text("You are offline.")).to_be_hidden()
    at_harbour.page.reload()
    expect(at_harbour.field("P1.2", NOTE)).to_have_value("Written on the ferry")


def test_a_session_that_ends_while_somebody_types_is_taken_up_in_place(
    at_harbour: Person, watch: Watch
) -> None:
    watch.expect(401, 422)
    at_harbour.goes_home(POLICY)
    at_harbour.page.context.clear_cookies()
    note = at_harbour.writes("P1.2", NOTE, "Typed before and after lunch")
    at_harbour.sees("Please sign in again")
    at_harbour.types_receipt(at_harbour.receipt[:-2] + "00")
    at_harbour.sees("Something in this receipt is mistyped.")
    at_harbour.types_receipt(at_harbour.receipt)
    at_harbour.sees("You are signed in again")
    at_harbour.saves("P1.2")
    at_harbour.page.reload()
    expect(note).to_have_value("Typed before and after lunch")


def test_without_javascript_what_was_typed_goes_on_after_signing_in(
    without_javascript: Person, watch: Watch
) -> None:
    watch.expect(401)
    amina = without_javascript
    amina.goes_home(POLICY)
    note = amina.writes("P1.2", NOTE, "Typed before and after lunch")
    amina.page.context.clear_cookies()
    amina.presses("Save and stay here")
    amina.reads_title("Please sign in again")
    amina.page.get_by_text("See what you wrote").click()
    amina.sees("Typed before and after lunch")
    amina.types_receipt(amina.receipt)
    amina.reads_title("A policy of your own")
    expect(note).to_have_value("Typed before and after lunch")
    expect(amina.question("P1.2").get_by_text("Saved", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    "text", ["x" * 5000, "e\u0301" * 2500, "🚢" * 5000], ids=["letters", "accents", "ships"]
)
def test_a_note_of_5000_characters_is_saved(at_harbour: Person, text: str) -> None:
    at_harbour.goes_home(POLICY)
    note = at_harbour.writes("P1.2", NOTE, text)
    at_harbour.sees("5,000 of 5,000 characters")
    at_harbour.saves("P1.2")
    at_harbour.page.reload()
    expect(note).to_have_value(text)


def test_a_note_of_5001_characters_stays_on_the_page_until_it_is_shortened(
    at_harbour: Person, watch: Watch
) -> None:
    watch.expect(422)
    at_harbour.goes_home(POLICY)
    note = at_harbour.writes("P1.2", NOTE, "x" * 5001)
    at_harbour.sees("5,001 of 5,000 characters: please shorten it by 1")
    card = at_harbour.question("P1.2")
    expect(
        card.get_by_text("This text has 5,001 characters; the most is 5,000. Please shorten it.")
    ).to_be_visible()
    at_harbour.presses("Save and stay here")
    expect(at_harbour.page.get_by_role("link", name=re.compile("^P1.2: This text has 5,001"))).to_be_visible()
    expect(note).to_have_value("x" * 5001)
    at_harbour.writes("P1.2", NOTE, "x" * 5000)
    at_harbour.saves("P1.2")


def test_the_receipt_page_shows_the_same_receipt_when_it_is_loaded_again(amina: Person) -> None:
    amina.goes_to("/start")
    amina.chooses("Quick check")
    amina.presses("Start")
    amina.reads_title("Keep this receipt")
    receipt = amina.reads_receipt()
    amina.page.reload()
    assert amina.reads_receipt() == receipt
    amina.keeps_receipt()
    amina.goes_to("/receipt")
    amina.reads_title("My assessments")
    expect(amina.page.get_by_text(receipt.split()[0])).to_have_count(0)


def test_what_to_mend_is_listed_in_the_order_of_the_page(amina: Person, watch: Watch) -> None:
    watch.expect(422)
    amina.goes_to("/start")
    for name, length in (("A name for this assessment", 202), ("Your organisation’s name", 201)):
        amina.page.get_by_label(name).fill("x" * length)
    amina.presses("Start")
    links = amina.page.get_by_role("alert").get_by_role("link")
    expect(links).to_have_text([re.compile(f"^This text has {length} characters") for length in (201, 202)])


LONG = {
    "200 characters": "Harbour " * 25,
    "one word": "Kinderschutzbeauftragtenvertretungsregelung" * 4,
    "Arabic": "نادي الميناء للأطفال واليافعين – جولة الخريف",
}


@pytest.mark.parametrize("name", LONG.values(), ids=LONG.keys())
def test_a_long_name_fits_everywhere(amina: Person, name: str) -> None:
    amina.page.set_viewport_size({"width": 320, "height": 700})
    amina.starts(organisation=name[:200], title=name[:200])
    for path in ("", "/sections/policy", "/answers", "/report", "/plan", "/delete"):
        amina.goes_home(path)
        amina.sees(name[:20])
        assert amina.page.evaluate("document.documentElement.scrollWidth") == 320, path
    amina.goes_to("/assessments")
    assert amina.page.evaluate("document.documentElement.scrollWidth") == 320
