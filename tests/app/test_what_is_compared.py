"""Which rounds are compared, what is refused, and pages of every length."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI

from scoring.trends import trends
from tests.app.carla import makes_account
from tests.app.guests import guest_of, let_in
from tests.app.lines import (
    ELEVEN,
    ONLINE,
    YEAR,
    Brought,
    Say,
    bring_in_line,
    cell,
    changes_of,
    full,
    scored,
    shown,
)
from tests.app.markup import Page, read, send, visit
from tests.app.questionnaire import bring_in
from tests.app.test_rounds import close, start_next, upgrade
from tests.conftest import Browser, Clock

# Which two


def test_the_two_newest_are_compared_from_whichever_round_one_looks(
    amina: Browser, app: FastAPI, clock: Clock
) -> None:
    ids = bring_in_line(amina, app, clock, [full(0), full(1), full(2)])
    for one in ids:
        page = visit(amina, f"/assessments/{one}/changes")
        assert "Then Round 2, closed on 21 November 2027" in page.words
        assert "Now Round 3, still open" in page.words


@pytest.mark.parametrize(
    ("query", "then", "now", "turned"),
    [
        ("?from={0}&to={2}", "Round 1", "Round 3", False),
        ("?from={2}&to={0}", "Round 1", "Round 3", True),
        ("?from={0}", "Round 1", "Round 3", False),
        ("?from={2}", "Round 2", "Round 3", True),
        ("?to={0}", "Round 1", "Round 3", True),
        ("?to={2}", "Round 2", "Round 3", False),
    ],
)
def test_any_two_can_be_chosen_and_the_earlier_always_comes_first(
    amina: Browser, app: FastAPI, clock: Clock, query: str, then: str, now: str, turned: bool
) -> None:
    ids = bring_in_line(amina, app, clock, [full(0), full(1), full(2)])
    page = changes_of(amina, query.format(*ids))

    assert f"Then {then}, closed" in page.words
    assert f"Now {now}, still open" in page.words
    assert ("You chose them the other way round" in page.words) is turned
    form = page.form("/changes")
    assert form.method == "get"
    assert (form.fields["from"], form.fields["to"]) == (ids[int(then[-1]) - 1], ids[int(now[-1]) - 1])


def test_another_assessment_of_the_same_standards_can_be_compared_by_its_name(
    amina: Browser, app: FastAPI, clock: Clock
) -> None:
    first = amina.home.removeprefix("/assessments/")
    bring_in(amina, app, full(1).say)
    offered = changes_of(amina)

    assert "There is one round so far" in offered.words
    assert "Harbour Children’s Club – Round of 2026: Round 1, still open" in offered.words
    page = changes_of(amina, f"?from={first}&to={amina.home.removeprefix('/assessments/')}")
    assert "Nothing is answered that counts" not in page.words
    assert "In one of the two rounds nothing is answered that counts." in page.words
    assert "parts-table" not in page.tables
    assert "trends-table" not in page.tables
    assert clock.now.year == 2026


def test_of_two_open_ones_the_one_begun_later_is_the_later(
    amina: Browser, app: FastAPI, clock: Clock
) -> None:
    first = amina.home
    (second,) = bring_in_line(amina, app, clock, [full(0)])
    (third,) = _a_day_later(amina, app, clock, full(1))
    page = visit(amina, f"{first}/changes?from={third}&to={second}")

    assert "You chose them the other way round" in page.words


def _a_day_later(browser: Browser, app: FastAPI, clock: Clock, brought: Brought) -> list[str]:
    clock.pass_by(timedelta(days=1))
    browser.come_back()
    return bring_in_line(browser, app, clock, [brought])


def test_what_is_set_aside_is_not_offered(amina: Browser, app: FastAPI, clock: Clock) -> None:
    bring_in(amina, app, ELEVEN.say, "ics-style-eleven")
    before = upgrade(amina)
    page = changes_of(amina)

    assert before != amina.home
    assert before.removeprefix("/assessments/") not in page.html
    assert amina.get(f"{amina.home}/changes?from={before.removeprefix('/assessments/')}").status_code == 404


def test_a_line_that_was_really_walked_is_compared(amina: Browser, app: FastAPI, clock: Clock) -> None:
    bring_in(amina, app, full(0).say, profile=ONLINE)
    close(amina)
    clock.pass_by(YEAR)
    amina.come_back()
    start_next(amina)
    page = changes_of(amina)

    assert "Now Round 2, still open" in page.words
    assert "In one of the two rounds nothing is answered that counts." in page.words, "nothing is confirmed"
    amina.answer("P1.1", "3", evidence="4")
    page = changes_of(amina)
    assert "Like for like, you are at 100 of 100" in page.words


# One round, none, thirty


def test_with_one_round_the_page_says_when_there_will_be_something_to_compare(amina: Browser) -> None:
    page = changes_of(amina)

    assert "There is one round so far" in page.words
    assert f"{amina.home}/rounds" in page.links
    assert page.forms == [form for form in page.forms if not form.action.endswith("/changes")]


def test_thirty_rounds_stand_on_one_page(amina: Browser, app: FastAPI, clock: Clock) -> None:
    ids = bring_in_line(amina, app, clock, [full(number) for number in range(30)])
    moved = trends(scored(amina, app, *ids))
    page = changes_of(amina)

    assert len(page.tables["trends-table"]) == 31
    assert page.tables["trends-table"][1][1] == shown(moved.headline[0])
    assert page.tables["trends-table"][30][2:] == [cell(trend.points[-1]) for trend in moved.standards]
    assert len(page.form("/changes").offered["from"] or []) == 31  # those, and the one she began with


def test_names_of_two_hundred_characters_are_on_the_page_whole(
    amina: Browser, app: FastAPI, clock: Clock
) -> None:
    title, organisation = "W" * 200, "<b>" + "x" * 197
    send(
        amina,
        visit(amina, f"{amina.home}/name").form("/name"),
        {"title": title, "organisation": organisation},
    )
    first = amina.home.removeprefix("/assessments/")
    bring_in_line(amina, app, clock, [full(0), full(1)])
    page = changes_of(amina, f"?from={first}&to={amina.home.removeprefix('/assessments/')}")

    assert f"{organisation} – {title}: Round 1, still open" in page.words
    assert "<b>x" not in page.html


# What is refused


def test_a_round_is_not_compared_with_itself(amina: Browser, app: FastAPI, clock: Clock) -> None:
    ids = bring_in_line(amina, app, clock, [full(0), full(1)])
    refused = amina.get(f"{amina.home}/changes?from={ids[0]}&to={ids[0]}")

    assert refused.status_code == 422
    assert "You chose the same round twice." in read(refused).words
    assert read(refused).form("/changes").offered["from"] is not None


def test_rounds_of_different_frameworks_are_refused_and_the_crosswalk_is_offered(
    amina: Browser, app: FastAPI, clock: Clock
) -> None:
    bring_in(amina, app, lambda code: {"value": "yes"}, "policy-review-full")
    other = amina.home
    bring_in_line(amina, app, clock, [full(0), full(1)])
    refused = amina.get(f"{amina.home}/changes?to={other.removeprefix('/assessments/')}")
    page = read(refused)

    assert refused.status_code == 422
    assert "They ask different things" in page.words
    assert f"{amina.home}/report/through/policy-review/2026.1" in page.links
    assert f"{other}/report/through/ics-style/2026.1" in page.links
    for link in page.links:
        if "/through/" in link:
            assert amina.get(link).status_code == 200


def test_where_no_crosswalk_leads_the_refusal_offers_none(amina: Browser, app: FastAPI, clock: Clock) -> None:
    bring_in(amina, app, lambda code: {"value": 2}, "safeguarding-culture-leaders")
    other = amina.home.removeprefix("/assessments/")
    bring_in_line(amina, app, clock, [full(0), full(1)])
    refused = amina.get(f"{amina.home}/changes?from={other}")

    assert refused.status_code == 422
    assert not [link for link in read(refused).links if "/through/" in link]


@pytest.mark.parametrize("id_", ["0" * 32, "nothing", "é", "' OR 1=1 --"])
def test_an_id_that_is_not_there_is_not_found(amina: Browser, app: FastAPI, clock: Clock, id_: str) -> None:
    (first, _second) = bring_in_line(amina, app, clock, [full(0), full(1)])

    for query in (f"?from={id_}", f"?to={id_}", f"?from={first}&to={id_}", f"?from={id_}&to={id_}"):
        assert amina.get(f"{amina.home}/changes{query}").status_code == 404


def test_what_is_somebody_elses_is_not_found(
    amina: Browser, bruno: Browser, app: FastAPI, clock: Clock
) -> None:
    ids = bring_in_line(amina, app, clock, [full(0), full(1)])
    his = bruno.home.removeprefix("/assessments/")
    bruno.come_back()

    assert amina.get(f"{amina.home}/changes?from={his}").status_code == 404
    assert bruno.get(f"{bruno.home}/changes?from={his}&to={ids[0]}").status_code == 404
    assert bruno.get(f"{amina.home}/changes").status_code == 404


@pytest.mark.parametrize(("scope", "status"), [("read", 404), ("review", 404), ("fill", 200)])
def test_of_guests_only_those_who_have_the_whole_see_it(
    amina: Browser,
    app: FastAPI,
    clock: Clock,
    open_browser: Callable[[], Browser],
    scope: str,
    status: int,
) -> None:
    ids = bring_in_line(amina, app, clock, [full(0), full(1)])
    guest = guest_of(app, makes_account(open_browser()))
    let_in(app, amina, guest, scope)

    assert guest.browser.get(f"{amina.home}/changes").status_code == status
    # The round before was not shared.
    assert guest.browser.get(f"{amina.home}/changes?from={ids[0]}").status_code == 404


def test_what_one_was_let_in_to_look_at_is_not_compared_with_what_is_ones_own(
    amina: Browser, app: FastAPI, clock: Clock, open_browser: Callable[[], Browser]
) -> None:
    bring_in(amina, app, lambda code: {"value": "yes"}, "policy-review-full")
    guest = guest_of(app, makes_account(open_browser()))
    let_in(app, amina, guest, "review")
    hers = amina.home.removeprefix("/assessments/")
    bring_in_line(guest.browser, app, clock, [full(0)])

    assert guest.browser.get(f"{guest.browser.home}/changes?from={hers}").status_code == 404


# Other kinds of framework


def always(value: object) -> Say:
    return lambda code: {"value": value}


@pytest.mark.parametrize(
    ("questionnaire", "values", "then", "now", "word"),
    [
        ("policy-review-full", ("no", "yes"), "Not there yet", "There", "Improved"),
        ("safeguarding-culture-leaders", (0, 3), "Rarely true", "Proven", "More true"),
    ],
)
def test_where_there_is_no_score_only_the_points_are_compared(
    amina: Browser,
    app: FastAPI,
    clock: Clock,
    questionnaire: str,
    values: tuple[object, object],
    then: str,
    now: str,
    word: str,
) -> None:
    bring_in_line(amina, app, clock, [Brought(questionnaire, always(value)) for value in values])
    page = changes_of(amina)

    assert "of 100" not in page.words
    assert "Where do you stand now?" not in page.words
    assert {"parts-table", "trends-table"}.isdisjoint(page.tables)
    assert page.tables["standards-table"][0][1] == word
    for point in re.findall(r'<li id="point-[^"]+">(.*?)</li>', page.html, re.DOTALL):
        assert re.search(rf"{word} .*Then {then}.*Now {now}", Page(point).words)


def test_without_links_the_page_says_why_there_are_no_parts(
    amina: Browser, app: FastAPI, clock: Clock
) -> None:
    """An organisation that goes back to the older edition: nothing leads there from the newer one."""
    bring_in_line(amina, app, clock, [full(0), ELEVEN])
    page = changes_of(amina)

    assert "Nothing links these two editions" in page.words
    assert "parts-table" not in page.tables
    assert "–" in page.tables["trends-table"][1]
