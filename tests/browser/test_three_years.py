"""One organisation through three years: an older edition, a newer one, and two people who answer apart."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from app.services.packs import Library
from tests.browser.behind import bring_in, sends
from tests.browser.conftest import PATIENCE
from tests.browser.harbour import harbour, older_eleven
from tests.browser.person import Person
from tests.browser.rounds_behind import answers_all
from tests.browser.server import ServerOfYears
from tests.browser.state import TODAY
from tests.browser.watch import Watch

YEAR = 365
PARTS = re.compile(r"[−-]?\d+\.\d")


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[ServerOfYears]:
    """A server of their own, whose clock these tests put forward."""
    with ServerOfYears(tmp_path_factory.mktemp("years")) as running:
        yield running


@pytest.fixture
def watch(years: ServerOfYears) -> Iterator[Watch]:
    """The watch over that server's pages."""
    watching = Watch(years.address)
    yield watching
    assert watching.settle() == []


@pytest.fixture(params=[True, False], ids=["with-javascript", "without"])
def arrives(
    request: pytest.FixtureRequest,
    browser: Browser,
    browser_context_args: dict[str, Any],
    years: ServerOfYears,
    watch: Watch,
) -> Iterator[Callable[[], Person]]:
    """Lets somebody come with a browser of their own."""
    with ExitStack() as opened:

        def another() -> Person:
            options = browser_context_args | {"base_url": years.address}
            context = browser.new_context(**options, java_script_enabled=request.param)
            opened.callback(context.close)
            context.set_default_timeout(PATIENCE)
            watch.over(context)
            return Person(context.new_page(), scripted=request.param)

        yield another


def comes_back(amina: Person) -> None:
    amina.page.context.clear_cookies()
    amina.goes_to("/return")
    amina.types_receipt(amina.receipt)


def closes_the_round(amina: Person) -> None:
    amina.goes_home("/rounds")
    amina.follows("Close this round")
    amina.presses("Close this round")
    amina.sees("The round is closed")


def starts_this_years_round(amina: Person, title: str) -> None:
    amina.goes_home("/rounds")
    amina.follows("Start this year’s round")
    amina.page.get_by_label("A name for this round").fill(title)


def first_year(amina: Person) -> None:
    """The older eleven standards, all of them answered, and closed."""
    said = {**older_eleven(), "plan": None, "targets": None, "title": "The first year"}
    amina.holds(bring_in(amina.page.context, harbour(TODAY, **said)))
    amina.goes_home("/report")
    amina.reads_title("Gap report")
    closes_the_round(amina)
    amina.goes_home("/changes")
    amina.sees("There is one round so far")


def second_year(amina: Person) -> None:
    """The newer edition: what it changes is looked at first; what still is true is confirmed."""
    starts_this_years_round(amina, "The second year")
    amina.chooses("See what 2026.1 changes")
    amina.presses("Go on")
    amina.reads_title("What 2026.1 changes")
    amina.page.get_by_label("Our answer to E8.1 may be confirmed here as it is").check()
    amina.presses("Go on in 2026.1")
    amina.sees("Nothing was deleted.")
    amina.follows("Round 2: The second year")
    amina.home = amina.page.url
    amina.sees("3 answers of")
    amina.follows("Learning, and a good climate")
    amina.question("H4.1").get_by_role("button", name="Still true").click()
    expect(amina.question("H4.1").get_by_role("radio", checked=True).first).to_be_checked()
    amina.goes_home("/sections/policy")
    expect(amina.question("P1.1")).to_contain_text("Please say what is true today.")
    asked = Library.installed().offer("ics-style-full").questionnaire
    levels = {code: (len(code) + ord(code[-1])) % 3 for code in asked.questions if code != "H4.1"}
    answers_all(amina.page.context, amina.home, asked, levels)
    closes_the_round(amina)


def third_year(amina: Person) -> None:
    """The same edition again: one section confirmed as a whole."""
    starts_this_years_round(amina, "The third year")
    amina.presses("Start the round")
    amina.home = amina.page.url
    amina.sees("0 of 53 answered")
    amina.goes_home("/sections/policy")
    amina.presses("All 6 are still true")
    amina.sees("6 of 6 answered")


def asks(amina: Person, tag: str) -> tuple[str, str]:
    """Ask somebody to answer apart; the path of the link, and the code."""
    amina.goes_home("/rating")
    amina.page.get_by_label("Name tag").fill(tag)
    amina.presses("Ask them")
    amina.reads_title("A link, and a code")
    link = amina.page.locator("#link").inner_text()
    code = amina.page.get_by_role("region", name="The code").get_by_role("paragraph").first.inner_text()
    return "/ratings/" + link.rpartition("/")[2], " ".join(code.split())


def answers_apart(rater: Person, link: str, code: str, tag: str, level: str) -> None:
    rater.goes_to(link)
    rater.reads_title("You are asked to answer apart")
    rater.page.get_by_label("Your code").fill(code)
    rater.presses("Open my sheet")
    rater.sees(re.compile("This sheet is for"))
    rater.sees(tag)
    rater.home = rater.page.url
    rater.goes_home("/sections/risks")
    rater.answers("R1.1", level, "People say so")
    rater.saves("R1.1")
    rater.goes_home("")
    rater.follows("Hand in")
    rater.presses("Hand in")
    rater.sees(re.compile("You handed this in on"))


def they_agree(amina: Person) -> None:
    """End the rating, see how far apart they are, and agree with a sentence why."""
    amina.goes_home("/rating")
    amina.follows("End the rating")
    amina.presses("End the rating")
    amina.reads_title("Answered apart")
    amina.sees("Talk about these: 1")
    amina.page.get_by_role("link", name=re.compile("^Record what you agree on")).click()
    amina.chooses("Started", amina.page.get_by_role("group", name="Where are you today?"))
    amina.presses("Record it")
    expect(amina.page.get_by_role("alert")).to_be_visible()
    amina.page.get_by_label("Why do you agree on this?").fill("There is a paper, and half of us know it.")
    amina.presses("Record it")
    amina.sees("Agreed: 1")


def sees_what_has_changed(amina: Person) -> None:
    """The three parts add up on the page, and the score is the one that the report shows."""
    amina.goes_home("/report")
    score = amina.page.locator(".score-number b").inner_text()
    amina.goes_home("/rounds")
    amina.follows("See what has changed")
    amina.reads_title("What has changed")
    expect(amina.page.locator(".score-number b")).to_have_text(score)
    cells = [
        Decimal(PARTS.search(text)[0].replace("−", "-"))  # type: ignore[index]
        for text in amina.page.locator("#parts-table td").all_inner_texts()
    ]
    assert sum(cells[:3]) == cells[3]
    expect(amina.page.locator("#trends-table tbody tr")).to_have_count(3)


def test_an_organisation_goes_through_three_years(
    years: ServerOfYears, arrives: Callable[[], Person], watch: Watch
) -> None:
    watch.expect(422)
    years.passes_by(0)
    amina = arrives()
    first_year(amina)
    years.passes_by(YEAR)
    comes_back(amina)
    second_year(amina)
    years.passes_by(2 * YEAR)
    comes_back(amina)
    third_year(amina)
    asked = {tag: asks(amina, tag) for tag in ("Deputy head", "Night nurse")}
    for (tag, (link, code)), level in zip(asked.items(), ("Not in place", "In place"), strict=True):
        answers_apart(arrives(), link, code, tag, level)
    they_agree(amina)
    sends(amina.page.context, f"{amina.home}/sections/leads", confirm="all", form_key="the rest")
    sees_what_has_changed(amina)
