"""Promises that hold for what changed between every two rounds, and over any number of them."""

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from scoring.changes import Changes, changes
from scoring.compare import Round
from scoring.critical_change import Fate
from scoring.rounding import reaches
from scoring.standing import PartChange
from scoring.trends import trends
from tests.scoring.test_properties import Case, cases, often
from tests.scoring.test_together_properties import ROUNDS, Rounds, again, in_one_edition, round_of

MIRRORED: dict[Fate, Fate] = {
    "closed": "opened",
    "opened": "closed",
    "still_open": "still_open",
    "not_answered": "not_answered_before",
    "no_longer_critical": "newly_critical",
}
"""What became of a critical gap, and what would have, had the two rounds come the other way round."""


def changed(rounds: Rounds) -> Changes:
    return changes(round_of(rounds.before), round_of(rounds.after))


@often
@given(ROUNDS)
def test_every_later_indicator_became_one_thing_and_the_counts_add_up(rounds: Rounds) -> None:
    standards = changed(rounds).standards
    later = rounds.after.result().indicators

    assert [one.code for standard in standards for one in standard.indicators] == [*later]
    assert sum(standard.asked for standard in standards) == sum(
        one.status != "not_asked" for one in later.values()
    )
    for standard in standards:
        assert sum(standard.counts.values()) == len(standard.indicators)
        assert _summed(standard.requirements) == Counter(standard.counts)
        assert standard.counts == _counted(standard)
        assert (standard.before is None) == (standard.after is None) == (standard.compared == 0)


def _summed(parts: tuple[PartChange, ...]) -> Counter[Any]:
    total: Counter[Any] = Counter()
    for part in parts:
        total.update(part.counts)
    return total


def _counted(part: PartChange) -> dict[Any, int]:
    return dict.fromkeys(part.counts, 0) | Counter(one.became for one in part.indicators)


@often
@given(ROUNDS)
def test_standards_like_for_like_come_to_the_whole_like_for_like(rounds: Rounds) -> None:
    changed_ = changed(rounds)
    split = changed_.comparison.split
    if split is None:
        return
    for side, whole in enumerate(split.like_for_like):
        sides = [(one.before, one.after)[side] for one in changed_.standards]
        known = [score for score in sides if score is not None]
        # A mean over standards, weighted or plain, lies between the lowest and the highest.
        assert reaches(whole, min(known))
        assert reaches(max(known), whole)


@often
@given(ROUNDS)
def test_every_critical_gap_of_either_round_is_told_exactly_once(rounds: Rounds) -> None:
    told = [one for several in changed(rounds).critical.values() for one in several]

    assert sorted(gap.code for one in told for gap in one.before) == _critical(rounds.before)
    assert sorted(gap.code for one in told for gap in one.after) == _critical(rounds.after)
    assert all(one.before or one.after for one in told)


def _critical(case: Case) -> list[str]:
    result = case.result()
    return sorted(gap.code for gap in result.gaps if result.indicators[gap.code].class_ == "critical")


@often
@given(ROUNDS)
def test_what_is_told_closed_has_no_gap_left_and_what_is_told_opened_had_none(rounds: Rounds) -> None:
    critical = changed(rounds).critical
    gaps = [{gap.code for gap in case.result().gaps} for case in rounds]

    for one in critical.get("closed", ()):
        assert one.before
        assert not gaps[1] & {*one.to}
    for one in critical.get("opened", ()):
        assert one.after
        assert not gaps[0] & {*one.from_}


@often
@given(ROUNDS)
def test_evidence_is_compared_where_it_is_known_in_both_rounds_and_never_shows_more_than_is_claimed(
    rounds: Rounds,
) -> None:
    changed_ = changed(rounds)
    evidence, comparison = changed_.evidence, changed_.comparison
    asks = rounds.before.questionnaire.asks_evidence and rounds.after.questionnaire.asks_evidence

    assert [one.group for one in evidence.groups] == ([*comparison.groups] if asks else [])
    assert (evidence.like_for_like is None) == (not evidence.groups)
    if evidence.like_for_like and comparison.split:
        for shown, claimed in zip(evidence.like_for_like, comparison.split.like_for_like, strict=True):
            assert reaches(claimed, shown)


@often
@given(cases())
def test_a_round_beside_itself_has_nothing_improved_closed_or_opened(case: Case) -> None:
    same = changes(round_of(case), round_of(case))
    became = {one.became for standard in same.standards for one in standard.indicators}

    assert became <= {"unchanged", "not_comparable", "not_asked"}
    assert all(standard.before == standard.after for standard in same.standards)
    assert {one.change for one in same.evidence.groups} <= {"same"}
    assert same.critical.keys() <= {"still_open"}


@often
@given(in_one_edition())
def test_within_one_edition_what_opens_one_way_closes_the_other(rounds: Rounds) -> None:
    there = changed(rounds).critical
    back = changed(Rounds(rounds.after, rounds.before)).critical

    for one, other in MIRRORED.items():
        assert [each.to for each in there.get(one, ())] == [each.to for each in back.get(other, ())]


@often
@given(ROUNDS, st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter_to_what_changed(rounds: Rounds, random: Any) -> None:
    shuffled = []
    for case in rounds:
        answers = [*case.answers.items()]
        random.shuffle(answers)
        shuffled.append(case._replace(answers=dict(answers)))

    assert changed(Rounds(*shuffled)) == changed(rounds)


# Trends


@st.composite
def lines(draw: st.DrawFn) -> list[Round]:
    """Rounds of up to two editions, in any order but that the last is one of the later edition."""
    rounds = draw(ROUNDS)
    earlier = [draw(st.sampled_from(rounds)) for _round in range(draw(st.integers(0, 4)))]
    return [round_of(again(draw, case)) for case in [*earlier, rounds.after]]


@often
@given(lines())
def test_each_round_has_a_point_in_each_trend_and_every_value_is_a_percent(line: list[Round]) -> None:
    moved = trends(line)

    assert moved.headline == tuple(one.result.overall.score for one in line)
    assert [one.standard for one in moved.standards] == [one.id for one in line[-1].framework.standards]
    for trend in moved.standards:
        assert len(trend.points) == len(line)
        for point, one in zip(trend.points, line, strict=True):
            assert (point.score is None) == (point.share is None)
            assert point.score is None or (reaches(point.score, 0) and reaches(100, point.score))
            assert point.share is None or (reaches(point.share, 0) and reaches(100, point.share))
            assert not point.translated or one.framework.edition != line[-1].framework.edition


@often
@given(lines())
def test_a_trend_does_not_depend_on_what_was_said_in_between(line: list[Round]) -> None:
    whole, ends = trends(line), trends([line[0], line[-1]])

    for trend, short in zip(whole.standards, ends.standards, strict=True):
        assert (trend.points[0], trend.points[-1]) == short.points
