"""Other ways of looking: on paper, with forced colours, without motion."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import layout
from tests.browser.person import Person
from tests.browser.states import STATES

A4_BETWEEN_ITS_MARGINS = 673
"""178 mm, in CSS pixels."""

CUT = """() => [...document.querySelectorAll("article, .score, .question, .card, tr, svg")]
  .filter((card) => card.checkVisibility())
  .filter((card) => card.scrollWidth > card.clientWidth + 1 && getComputedStyle(card).overflow !== "visible"
    || (card.matches("article, .score, tr") && getComputedStyle(card).breakInside !== "avoid"))
  .map((card) => `${card.tagName} ${card.className.baseVal ?? card.className} ${card.id}`)"""


def seen(page: Page, controls: str) -> Locator:
    return page.locator(controls).filter(visible=True)


@pytest.mark.parametrize(
    "name",
    [
        "report",
        "report-culture-chosen",
        "report-document",
        "through",
        "plan",
        "answers",
        "receipt",
        "edition",
        "form",
    ],
)
def test_on_paper_there_are_no_buttons_and_no_cut_cards(amina: Person, name: str) -> None:
    STATES[name].reach(amina)
    page = amina.page
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4_BETWEEN_ITS_MARGINS, "height": 900})
    expect(seen(page, "button, .button, input, textarea, nav, .back")).to_have_count(0)
    assert page.evaluate(CUT) == []
    assert layout.wider_than_the_window(page) == []


def test_the_printed_report_holds_what_is_folded_on_the_screen(at_harbour: Person) -> None:
    at_harbour.goes_home("/report")
    table = at_harbour.page.get_by_text("The requirements in figures, each out of 100")
    expect(table).to_be_hidden()
    at_harbour.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(table).to_be_visible()
    at_harbour.page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(table).to_be_hidden()


def test_in_print_dark_becomes_light(at_harbour: Person) -> None:
    at_harbour.page.emulate_media(media="print", color_scheme="dark")
    at_harbour.goes_home("/report")
    colours = "body => [getComputedStyle(body).backgroundColor, getComputedStyle(body).color]"
    paper, ink = at_harbour.page.locator("body").evaluate(colours)
    assert paper == "rgb(255, 255, 255)"
    assert max(int(part) for part in re.findall(r"\d+", ink)) < 64


def test_with_forced_colours_the_chosen_answer_still_stands_out(at_harbour: Person) -> None:
    at_harbour.page.emulate_media(forced_colors="active")
    at_harbour.goes_home("/sections/policy")
    card = at_harbour.question("P1.1").get_by_role("group", name="Where are you today?")
    border = "label => getComputedStyle(label).border"
    chosen = card.locator("label", has_text="In place").last.evaluate(border)
    other = card.locator("label", has_text="Started").first.evaluate(border)
    assert chosen != other
    expect(at_harbour.question("P1.1").get_by_text("Saved", exact=True)).to_be_visible()


def test_who_wants_no_motion_gets_none(at_harbour: Person) -> None:
    at_harbour.page.emulate_media(reduced_motion="reduce")
    at_harbour.goes_home("/sections/policy")
    moving = """() => [...document.querySelectorAll("*")].filter((each) =>
      getComputedStyle(each).transitionDuration.split(",").some((time) => parseFloat(time) > 0)
      || getComputedStyle(each).animationName !== "none"
      || getComputedStyle(each).scrollBehavior === "smooth").length"""
    assert at_harbour.page.evaluate(moving) == 0
