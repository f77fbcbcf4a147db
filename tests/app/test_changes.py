"""What has changed: every figure as scoring works it out, what is refused, and pages of every length."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from fastapi import FastAPI

from scoring.changes import Changes, changes
from scoring.compare import Round
from scoring.rounding import whole_percent
from scoring.standing import PartChange
from scoring.trends import TrendPoint, trends
from standards.loader import installed_frameworks
from tests.app.carla import makes_account
from tests.app.guests import guest_of, let_in
from tests.app.lines import YEAR, Brought, Say, bring_in_line, scored
from tests.app.markup import Page, read, send, visit
from tests.app.questionnaire import bring_in
from tests.app.test_rounds import close, start_next, upgrade
from tests.conftest import Browser, Clock

ELEVEN = Brought(
    "ics-style-eleven",
    lambda code: {"value": int(code.partition(".")[0].removeprefix("E")) % 4, "evidence": 1},
)
ONLINE = {"online": "high"}


def level_of(code: str, more: int = 0) -> int:
    """Some level for each code, that is another for another number."""
    return (sum(map(ord, code)) + more) % 4


def full(more: int, *left_out: str, evidence: int = 3) -> Brought:
    """A round of the full questionnaire, with some left out."""
    return Brought(
        "ics-style-full",
        lambda code: {} if code in left_out else {"value": level_of(code, more), "evidence": evidence},
        ONLINE,
    )


PAIRS = {
    "across editions": [ELEVEN, full(0, "P1.1", "R5.2")],
    "in one edition": [full(0, "H1.1", evidence=2), full(1, "P1.1")],
    "from a quick check": [
        Brought("ics-style-quick", lambda code: {"value": "partly"} if code != "A1.1" else {"unknown": True}),
        full(2),
    ],
}


def changes_of(browser: Browser, query: str = "") -> Page:
    return visit(browser, f"{browser.home}/changes{query}")


def rows(page: Page, table: str) -> dict[str, list[str]]:
    """The rows of a table by what names them, without its head."""
    return {row[0]: row[1:] for row in page.tables[table][1:]}


def shown(score: float | None) -> str:
    return "–" if score is None else str(whole_percent(score))


def number(text: str) -> Decimal:
    return Decimal(text.replace("−", "-"))


def counted(part: PartChange) -> list[str]:
    """How many improved, declined, and so on, as the page lists them."""
    return [f"{WORDS[one]}: {count}" for one, count in part.counts.items() if count]


WORDS = {
    "improved": "Improved",
    "declined": "Declined",
    "unchanged": "Unchanged",
    "not_comparable": "Not comparable",
    "new": "New in this edition",
    "not_asked": "Not asked",
}
HEADINGS = {
    "closed": "Closed",
    "opened": "Opened",
    "new_in_edition": "New in this edition",
    "newly_critical": "Critical now",
    "still_open": "Still open",
    "no_longer_critical": "Less than critical now",
    "not_answered": "Not answered now",
    "not_answered_before": "Not answered before",
    "retired": "Not asked by this edition any more",
}


@pytest.fixture(params=PAIRS)
def pair(
    request: pytest.FixtureRequest, amina: Browser, app: FastAPI, clock: Clock
) -> tuple[Page, Round, Round, Changes]:
    """The page of two rounds, and what scoring makes of them."""
    ids = bring_in_line(amina, app, clock, PAIRS[request.param])
    before, after = scored(amina, app, *ids)
    return changes_of(amina), before, after, changes(before, after)


Pair = tuple[Page, Round, Round, Changes]


def test_the_scores_and_ratings_of_both_rounds_are_shown(pair: Pair) -> None:
    page, before, after, _changed = pair
    then, now = before.result, after.result
    assert then.overall.score is not None
    assert now.overall.score is not None
    assert then.verdict.reached is not None
    assert now.verdict.reached is not None

    assert f"{whole_percent(now.overall.score)} of 100, was {whole_percent(then.overall.score)}" in page.words
    assert f"Then it was: {then.verdict.reached.rating.label}." in page.words
    assert f"Where do you stand now? {now.verdict.reached.rating.label} " in page.words


def test_the_three_parts_are_as_scoring_says_and_add_up_on_the_page(pair: Pair) -> None:
    page, _before, _after, changed = pair
    split, share = changed.comparison.split, changed.comparison.share
    assert split is not None
    assert share is not None
    points = [number(row[1]) for row in page.tables["parts-table"][1:]]

    assert points == [split.shown.practice, split.shown.left, split.shown.joined, split.shown.change]
    assert sum(points[:3]) == points[3]
    was, now = map(whole_percent, split.like_for_like)
    assert f"Like for like, you are at {now} of 100, and were at {was}." in page.words
    assert f"What is compared weighs {whole_percent(share)} percent of all that counts now." in page.words


def test_each_standard_is_shown_like_for_like_with_what_became_of_its_points(pair: Pair) -> None:
    page, _before, after, changed = pair
    head, table = page.tables["standards-table"][0], rows(page, "standards-table")

    for standard, part in zip(after.framework.standards, changed.standards, strict=True):
        row = dict(zip(head[1:], table[standard.title], strict=True))
        assert (row.pop("Then"), row.pop("Now")) == (shown(part.before), shown(part.after))
        assert int(row.pop("In all")) == sum(map(int, row.values())) == len(part.indicators)
        for one, count in part.counts.items():
            assert row.get(WORDS[one], "0") == str(count)


def test_the_web_has_own_scores_in_one_edition_and_like_for_like_across_two(pair: Pair) -> None:
    page, before, after, changed = pair
    if before.framework.edition == after.framework.edition:
        both = zip(before.result.standards, after.result.standards, strict=True)
        scores = [(then.figures.score, now.figures.score) for then, now in both]
        assert "Each standard’s own score in both rounds." in page.words
    else:
        scores = [(part.before, part.after) for part in changed.standards]
        assert "Both are like for like" in page.words

    for standard, (was, now) in zip(after.framework.standards, scores, strict=True):
        said = "none yet" if was is None else shown(was)
        assert f"{standard.title} {shown(now)} of 100, was {said} " in page.words


def test_each_requirement_has_its_figures_and_counts_and_each_point_what_became_of_it(pair: Pair) -> None:
    page, _before, after, changed = pair
    for standard, of_standard in zip(after.framework.standards, changed.standards, strict=True):
        for requirement, part in zip(standard.requirements, of_standard.requirements, strict=True):
            card = Page(between(page, f'id="part-{requirement.id}"', "</article>")).words
            if part.before is None or part.after is None:
                assert "nothing to compare" in card
            else:
                assert f"{shown(part.after)} of 100, was {shown(part.before)} " in card
            assert " ".join(counted(part)) in card
            for one in part.indicators:
                point = Page(between(page, f'id="point-{one.code}"', "</dl>")).words
                assert f"{one.code} {after.framework.indicators[one.code].title} {WORDS[one.became]}" in point


def between(page: Page, start: str, end: str) -> str:
    """The markup from one place to the next."""
    assert page.html.count(start) == 1, start
    return "<" + page.html.partition(start)[2].partition(">")[2].partition(end)[0]


def test_the_critical_gaps_are_told_by_what_became_of_them_the_closed_ones_first(pair: Pair) -> None:
    page, _before, _after, changed = pair
    headings = re.findall(r'<h3 id="critical-(\w+)">([^<]+)</h3>', page.html)

    assert dict(headings) == {
        fate: f"{HEADINGS[fate]}: {len(found)}" for fate, found in changed.critical.items()
    }
    assert [fate for fate, _title in headings] == [fate for fate in HEADINGS if fate in changed.critical]
    for fate, found in changed.critical.items():
        told = Page(between(page, f'id="critical-{fate}"', "</div>")).words
        for one in found:
            assert all(code in told for code in one.to or one.from_)


def test_the_evidence_is_told_apart_from_the_answers(pair: Pair) -> None:
    page, before, after, changed = pair
    evidence = changed.evidence
    if not evidence.groups:
        assert "One of the two questionnaires does not ask what you can show" in page.words
        assert "evidence-table" not in page.tables
        return
    assert evidence.like_for_like is not None
    (was, now), (was_whole, now_whole) = evidence.like_for_like, evidence.headline
    assert f"With evidence, like for like: {shown(now)} of 100, was {shown(was)}." in page.words
    assert f"The whole, with evidence: {shown(now_whole)} of 100, was {shown(was_whole)}." in page.words
    numbers = [len(evidence.of(change)) for change in ("stronger", "weaker", "same")]
    assert "The evidence is stronger in {}, weaker in {}, and the same in {}.".format(*numbers) in page.words
    assert len(page.tables["evidence-table"]) - 1 == numbers[0] + numbers[1]
    assert before.result.on < after.result.on


def test_what_the_later_edition_does_not_ask_any_more_is_listed(pair: Pair) -> None:
    page, before, _after, changed = pair
    if not changed.comparison.retired:
        assert "No longer asked" not in page.words
        return
    listed = Page(page.html.partition('aria-labelledby="retired"')[2].partition("</section>")[0]).words
    for code in changed.comparison.retired:
        assert f"{code} {before.framework.indicators[code].title}" in listed


def test_the_trends_of_a_line_are_as_scoring_says(amina: Browser, app: FastAPI, clock: Clock) -> None:
    ids = bring_in_line(amina, app, clock, [ELEVEN, full(0), full(1, "P1.1"), full(2)])
    moved = trends(scored(amina, app, *ids))
    table = changes_of(amina).tables["trends-table"]

    titles = [one.title for one in installed_frameworks()["ics-style", "2026.1"].standards]
    assert table[0] == ["Round", "The whole", *titles]
    assert [row[0] for row in table[1:]] == [
        "Round 1, closed on 21 November 2026",
        "Round 2, closed on 21 November 2027",
        "Round 3, closed on 20 November 2028",
        "Round 4, still open",
    ]
    for place, row in enumerate(table[1:]):
        assert row[1] == shown(moved.headline[place])
        assert row[2:] == [cell(trend.points[place]) for trend in moved.standards]
    assert all("*" in text for text in table[1][2:])


def cell(point: TrendPoint) -> str:
    """A point as the table writes it: its score, a star where it is read by links, the share in brackets."""
    star = "*" if point.translated else ""
    part = f" ({shown(point.share)} %)" if point.share is not None and point.share < 99.5 else ""
    return f"{shown(point.score)}{star}{part}"


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
