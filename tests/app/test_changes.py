"""What has changed: every figure on the page as scoring works it out."""

import re
from decimal import Decimal

import pytest
from fastapi import FastAPI

from scoring.changes import Changes, changes
from scoring.compare import Round
from scoring.rounding import whole_percent
from scoring.standing import PartChange
from scoring.trends import trends
from standards.loader import installed_frameworks
from tests.app.lines import (
    ELEVEN,
    Brought,
    bring_in_line,
    cell,
    changes_of,
    full,
    rows,
    scored,
    shown,
)
from tests.app.markup import Page
from tests.conftest import Browser, Clock

PAIRS = {
    "across editions": [ELEVEN, full(0, "P1.1", "R5.2")],
    "in one edition": [full(0, "H1.1", evidence=2), full(1, "P1.1")],
    "from a quick check": [
        Brought("ics-style-quick", lambda code: {"value": "partly"} if code != "A1.1" else {"unknown": True}),
        full(2),
    ],
}


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
