"""Every kind of question in a browser: with JavaScript and without, by keyboard, and looked over by axe."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from tests.app.kinds import SECTION, packs_in
from tests.browser.inspection import whats_wrong
from tests.browser.keyboard import Keyboard
from tests.browser.person import Person
from tests.browser.server import Server
from tests.browser.watch import Watch


@pytest.fixture(scope="module")
def server_of_kinds(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Server]:
    """A server whose operator has added the packs with every kind of question."""
    folder = tmp_path_factory.mktemp("kinds")
    with Server(folder, packs_in(folder / "packs")) as running:
        yield running


@pytest.fixture(scope="module")
def browser_context_args(browser_context_args: dict[str, Any], server_of_kinds: Server) -> dict[str, Any]:
    return browser_context_args | {"base_url": server_of_kinds.address}


@pytest.fixture
def watch(server_of_kinds: Server) -> Iterator[Watch]:
    watching = Watch(server_of_kinds.address)
    yield watching
    assert watching.settle() == []


def begins(context: BrowserContext, scripted: bool) -> Person:
    amina = Person(context.new_page(), scripted)
    amina.goes_to("/start?questionnaire=sample-kinds")
    amina.presses("Start")
    amina.keeps_receipt()
    amina.goes_home(SECTION)
    return amina


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def anybody(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> Person:
    return begins(new_context(java_script_enabled=request.param), request.param)


@pytest.fixture
def amina(new_context: Callable[..., BrowserContext]) -> Person:
    return begins(new_context(), scripted=True)


def figure(amina: Person, code: str) -> Locator:
    return amina.question(code).get_by_role("textbox", name=re.compile("^How many"))


def answers_one_of_each(amina: Person) -> None:
    amina.answers("K1", "In place", "A document shows it")
    amina.answers("K2", "Partly")
    boxes = amina.question("K3")
    boxes.get_by_role("checkbox", name=re.compile("^A date on which")).check()
    boxes.get_by_role("checkbox", name="A day on which it is looked at again").check()
    figure(amina, "K4").fill("62.5")
    day = amina.question("K5").get_by_role("group", name="When did it last happen?")
    day.get_by_label("Month").select_option("March")
    day.get_by_label("Year").fill("2025")
    figure(amina, "K6").fill("1200")
    amina.writes("K7", "Your answer", "The choir")


def test_one_of_each_is_answered_and_stands_there_on_the_next_visit(anybody: Person) -> None:
    answers_one_of_each(anybody)
    anybody.saves("K1", "K2", "K3", "K4", "K5", "K6", "K7")
    anybody.sees("7 of 7 answered")
    anybody.goes_home(SECTION)
    boxes = anybody.question("K3").get_by_role("checkbox")
    expect(boxes.nth(0)).to_be_checked()
    expect(boxes.nth(1)).not_to_be_checked()
    expect(boxes.nth(2)).to_be_checked()
    expect(figure(anybody, "K4")).to_have_value("62.5")
    expect(anybody.question("K5").get_by_label("Month")).to_have_value("3")
    expect(figure(anybody, "K6")).to_have_value("1200")
    expect(anybody.field("K7", "Your answer")).to_have_value("The choir")
    anybody.goes_home("/answers")
    for said in ("A day on which it is looked at again", "62.5 %", "1 March 2025", "1200", "The choir"):
        anybody.sees(said)


def test_what_cannot_be_taken_is_said_in_words_and_can_be_mended(anybody: Person, watch: Watch) -> None:
    watch.expect(422)
    figure(anybody, "K4").fill("all")
    figure(anybody, "K4").blur()
    if not anybody.scripted:
        anybody.presses("Save and stay here")
        anybody.question("K4").page.get_by_role("alert").get_by_role("link").click()
        expect(figure(anybody, "K4")).to_be_focused()
    expect(
        anybody.question("K4").get_by_text(re.compile("^Not saved yet: Write a percentage"))
    ).to_be_visible()
    expect(figure(anybody, "K4")).to_have_value("all")
    figure(anybody, "K4").fill("100")
    figure(anybody, "K4").blur()
    anybody.saves("K4")


def test_without_javascript_two_answers_to_one_question_are_refused(
    new_context: Callable[..., BrowserContext], watch: Watch
) -> None:
    watch.expect(422)
    amina = begins(new_context(java_script_enabled=False), scripted=False)
    figure(amina, "K4").fill("50")
    amina.question("K4").get_by_label("We don’t know").check()
    amina.presses("Save and stay here")
    amina.sees("K4: There is more than one answer here. Please keep one of them.")
    expect(figure(amina, "K4")).to_have_value("50")
    expect(amina.question("K4").get_by_label("We don’t know")).to_be_checked()
    amina.question("K4").get_by_label("We don’t know").uncheck()
    amina.saves("K4")


def test_with_javascript_another_answer_takes_the_first_one_back(amina: Person) -> None:
    card = amina.question("K3")
    first, none = card.get_by_role("checkbox").first, card.get_by_label("None of these")
    first.check()
    none.check()
    expect(first).not_to_be_checked()
    amina.saves("K3")
    expect(amina.page.locator("#spoken")).to_have_text(
        re.compile("^Your other answer .* was taken back. Saved")
    )
    first.check()
    expect(none).not_to_be_checked()
    figure(amina, "K4").fill("50")
    amina.question("K4").get_by_label("We don’t know").check()
    expect(figure(amina, "K4")).to_have_value("")
    amina.saves("K3", "K4")
    amina.page.reload()
    expect(first).to_be_checked()
    expect(amina.question("K4").get_by_label("We don’t know")).to_be_checked()


def test_a_date_is_saved_once_all_of_it_is_there(amina: Person) -> None:
    """While somebody goes from one part to the next, nothing is refused: the watch sees no 422."""
    keys, card = Keyboard(amina), amina.question("K5")
    card.get_by_label("Day").focus()
    keys.types("3")
    keys.press("Tab")
    keys.types("Mar")
    keys.press("Tab")
    expect(card.get_by_text("Not saved yet", exact=True)).to_be_visible()
    keys.types("2025")
    keys.press("Tab")
    amina.saves("K5")
    amina.goes_home("/answers")
    amina.sees("3 March 2025")


def test_enter_in_a_line_saves_the_question_and_stays(amina: Person) -> None:
    keys = Keyboard(amina)
    figure(amina, "K4").focus()
    keys.types("40")
    keys.press("Enter")
    amina.saves("K4")
    expect(figure(amina, "K4")).to_be_focused()
    amina.reads_title("One of each")


def test_boxes_are_ticked_by_keyboard(amina: Person) -> None:
    keys, boxes = Keyboard(amina), amina.question("K3").get_by_role("checkbox")
    keys.to(boxes.first)
    keys.press("Space")
    keys.to(boxes.nth(1))
    keys.press("Space")
    amina.saves("K3")
    keys.sees_the_focus()
    expect(boxes.first).to_be_checked()
    expect(boxes.nth(1)).to_be_checked()


def test_in_two_tabs_both_answers_are_shown_in_words(amina: Person, watch: Watch) -> None:
    watch.expect(409)
    other = amina.opens_a_tab()
    other.goes_home(SECTION)
    figure(other, "K4").fill("20")
    figure(other, "K4").blur()
    other.saves("K4")
    figure(amina, "K4").fill("70")
    figure(amina, "K4").blur()
    card = amina.question("K4")
    expect(card.locator(".version").filter(has_text="Saved in the other window")).to_contain_text("20 %")
    expect(card.locator(".version").filter(has_text="What you said here")).to_contain_text("70 %")
    amina.presses("Save mine instead", card)
    expect(figure(amina, "K4")).to_have_value("70")


def refused(amina: Person) -> None:
    """Every kind sent in with something that it cannot take, without the page saving by itself."""
    amina.page.evaluate(
        "for (const kind of ['change', 'focusout'])"
        " addEventListener(kind, event => event.stopImmediatePropagation(), true)"
    )
    answers_one_of_each(amina)
    figure(amina, "K4").fill("over a hundred")
    amina.question("K5").get_by_label("Year").fill("2999")
    figure(amina, "K6").fill("a dozen")
    amina.field("K7", "Your answer").fill("x" * 5001)
    amina.presses("Save and stay here")
    amina.sees("Everything else is saved. Please look at this again")


def workings(amina: Person) -> None:
    answers_one_of_each(amina)
    amina.saves("K1", "K2", "K3", "K4", "K5", "K6", "K7")
    amina.goes_home("/report/workings")


STATES: dict[str, Callable[[Person], None]] = {
    "not answered": lambda amina: None,
    "answered": answers_one_of_each,
    "refused": refused,
    "answers": lambda amina: amina.goes_home("/answers"),
    "workings": workings,
}


@pytest.mark.parametrize("name", STATES)
def test_nothing_is_wrong_with_a_page(amina: Person, watch: Watch, name: str) -> None:
    if name == "refused":
        watch.expect(422)
    STATES[name](amina)
    assert whats_wrong(amina) == {}
