"""Promises that hold for every two rounds, any number of raters, and any number of sites."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from questionnaires.models import FrameworkReference
from scoring.answers import Answer
from scoring.assessment import assess
from scoring.compare import Comparison, Round, compare
from scoring.raters import JointResult, assess_jointly
from scoring.rounding import one_decimal, reaches, rounded
from scoring.sites import ParentResult, Site, assess_parent
from standards.models import EarlierEdition, Framework, Link
from tests.scoring.cast import TODAY, asking, at, critical, edition, level_question, supporting
from tests.scoring.test_properties import (
    ANSWERS,
    LEVELS,
    SLACK,
    SOMETHING_SAID,
    Case,
    all_figures,
    cases,
    often,
)

WEIGHTS = st.sampled_from([0.1, 0.5, 1, 2, 10])


def round_of(case: Case) -> Round:
    return Round(case.framework, case.result())


def again(draw: st.DrawFn, case: Case) -> Case:
    """The same questionnaire and profile, answered anew."""
    return case._replace(answers={question: draw(ANSWERS) for question in case.answers})


# Comparing


class Rounds(NamedTuple):
    before: Case
    after: Case

    def compared(self) -> Comparison:
        return compare(round_of(self.before), round_of(self.after))


@st.composite
def in_one_edition(draw: st.DrawFn) -> Rounds:
    before = draw(cases())
    return Rounds(before, again(draw, before))


@st.composite
def across_editions(draw: st.DrawFn) -> Rounds:
    before, after = draw(cases()), draw(cases())
    links = draw(_links([*before.framework.indicators], [*after.framework.indicators]))
    earlier = EarlierEdition(edition="0.9", links=tuple(links))
    return Rounds(
        before._replace(
            framework=before.framework.model_copy(update={"edition": "0.9"}),
            questionnaire=before.questionnaire.model_copy(
                update={"framework": FrameworkReference(id="sample", edition="0.9")}
            ),
        ),
        after._replace(framework=after.framework.model_copy(update={"earlier": (earlier,)})),
    )


@st.composite
def _links(draw: st.DrawFn, old: list[str], new: list[str]) -> list[Link]:
    """Links of one or two codes on either side, each code in at most one."""
    left, right = draw(st.permutations(old)), draw(st.permutations(new))
    links = []
    for _link in range(draw(st.integers(0, 4))):
        if not left or not right:
            break
        from_, left = _cut(draw, left)
        to, right = _cut(draw, right)
        links.append(Link.model_validate({"from": from_, "to": to, "relation": "revised"}))
    return links


def _cut(draw: st.DrawFn, codes: list[str]) -> tuple[list[str], list[str]]:
    place = draw(st.integers(1, min(2, len(codes))))
    return codes[:place], codes[place:]


ROUNDS = in_one_edition() | across_editions()


@often
@given(ROUNDS)
def test_the_three_parts_of_a_comparison_add_up_to_the_headline_change(rounds: Rounds) -> None:
    comparison = rounds.compared()
    split = comparison.split
    assume(split)
    assert split is not None
    before, after = rounds.before.result().overall.score, rounds.after.result().overall.score

    assert comparison.headline == (before, after)
    assert before is not None
    assert after is not None
    assert split.change == after - before
    assert split.practice + split.left + split.joined == pytest.approx(split.change, abs=SLACK)


@often
@given(ROUNDS)
def test_the_parts_add_up_as_they_are_shown_and_all_but_one_are_shown_as_they_are(rounds: Rounds) -> None:
    split = rounds.compared().split
    assume(split)
    assert split is not None
    shown = split.shown
    beside = [
        part == one_decimal(exact)
        for part, exact in zip(
            (shown.practice, shown.left, shown.joined),
            (split.practice, split.left, split.joined),
            strict=True,
        )
    ]

    assert shown.practice + shown.left + shown.joined == shown.change == one_decimal(split.change)
    assert sum(beside) >= 2


@often
@given(cases())
def test_comparing_a_round_with_itself_is_all_zero(case: Case) -> None:
    comparison = compare(round_of(case), round_of(case))

    assert {group.change for group in comparison.groups} <= {"unchanged"}
    if comparison.split is None:
        assert case.result().overall.score is None
        return
    assert (comparison.split.practice, comparison.split.left, comparison.split.joined) == (0, 0, 0)
    assert comparison.split.like_for_like == comparison.split.headline


@often
@given(in_one_edition())
def test_within_one_edition_what_practice_gained_it_loses_on_the_way_back(rounds: Rounds) -> None:
    there, back = rounds.compared(), Rounds(rounds.after, rounds.before).compared()

    assert (there.split is None) == (back.split is None)
    if there.split and back.split:
        assert there.split.practice == -back.split.practice


@often
@given(ROUNDS)
def test_every_indicator_is_accounted_for_once_on_each_side(rounds: Rounds) -> None:
    comparison = rounds.compared()
    groups = (*comparison.groups, *comparison.not_comparable)

    assert sorted([*comparison.retired, *(code for group in groups for code in group.from_)]) == sorted(
        rounds.before.framework.indicators
    )
    assert sorted([*comparison.new, *(code for group in groups for code in group.to)]) == sorted(
        rounds.after.framework.indicators
    )
    assert all(not (group.open_before or group.open_after) for group in comparison.groups)
    assert all(group.open_before or group.open_after for group in comparison.not_comparable)
    assert comparison.share is None or 0 <= rounded(comparison.share) <= 100
    assert bool(comparison.groups) == bool(comparison.split) == (comparison.why_not is None)


# Raters


class Raters(NamedTuple):
    case: Case
    answers: dict[str, Mapping[str, Answer]]
    agreed: Mapping[str, Answer]

    def together(self) -> JointResult:
        framework, questionnaire, _answers, profile, targets = self.case
        return assess_jointly(
            framework,
            questionnaire,
            self.answers,
            self.agreed,
            on=TODAY,
            profile=profile,
            targets=targets,
        )


@st.composite
def raters(draw: st.DrawFn) -> Raters:
    case = draw(cases())
    several = {f"R{number}": again(draw, case).answers for number in range(draw(st.integers(1, 4)))}
    agreed = draw(st.dictionaries(st.sampled_from([*case.answers]), ANSWERS))
    return Raters(case, {**several}, agreed)


@often
@given(raters(), st.randoms(use_true_random=False))
def test_the_order_of_the_raters_does_not_matter(several: Raters, random: Any) -> None:
    shuffled = [*several.answers.items()]
    random.shuffle(shuffled)

    assert several._replace(answers=dict(shuffled)).together().result == several.together().result


@often
@given(raters())
def test_the_median_lies_between_the_lowest_and_the_highest_and_is_what_somebody_said(
    several: Raters,
) -> None:
    for rated in several.together().questions.values():
        if rated.median is None or rated.lowest is None or rated.highest is None:
            assert not rated.credits
            continue
        assert rated.lowest <= rated.median <= rated.highest
        assert rated.median in rated.credits.values()
        assert rated.spread == rated.highest - rated.lowest


@often
@given(cases(), st.integers(1, 4))
def test_raters_who_all_say_the_same_come_to_the_result_of_one(case: Case, number: int) -> None:
    same = Raters(case, {f"R{place}": case.answers for place in range(number)}, {})

    assert same.together().result == case.result()
    assert same.together().to_discuss == ()


@often
@given(raters(), st.data())
def test_once_all_is_agreed_nothing_that_raters_said_counts(several: Raters, data: st.DataObject) -> None:
    agreed = {question: data.draw(SOMETHING_SAID) for question in several.case.answers}

    together = several._replace(agreed=agreed).together()

    assert together.result == several.case._replace(answers=agreed).result()
    assert (together.not_agreed, together.to_discuss) == ((), ())


# Sites


class Sites(NamedTuple):
    cases: list[Case]
    weights: list[float]

    def parent(self) -> ParentResult:
        named = {
            f"S{place}": Site(case.questionnaire, case.result(), case.profile, weight)
            for place, (case, weight) in enumerate(zip(self.cases, self.weights, strict=True))
        }
        return assess_parent(self.cases[0].framework, named, on=TODAY, targets=self.cases[0].targets)


@st.composite
def sites(draw: st.DrawFn) -> Sites:
    first = draw(cases())
    number = draw(st.integers(1, 4))
    return Sites(
        [first, *(again(draw, first) for _another in range(number - 1))],
        [draw(WEIGHTS) for _site in range(number)],
    )


@often
@given(sites())
def test_a_parents_worst_figure_is_never_above_its_mean(several: Sites) -> None:
    parent = several.parent()

    for code, across in parent.across.items():
        mean = parent.result.indicators[code].attainment
        assert (mean is None) == (across.lowest is None) == (across.worst == ())
        if mean is None or across.lowest is None:
            continue
        assert reaches(mean, across.lowest)
        assert all(across.sites[site].attainment == pytest.approx(across.lowest) for site in across.worst)


@often
@given(cases(), WEIGHTS)
def test_a_parent_of_one_site_is_as_that_site(case: Case, weight: float) -> None:
    alone, parent = case.result(), Sites([case], [weight]).parent().result

    for of_site, of_parent in zip(all_figures(alone), all_figures(parent), strict=True):
        assert of_parent[:5] == pytest.approx(of_site[:5])
    assert _rating(parent.verdict) == _rating(alone.verdict)
    assert [(gap.code, gap.tier) for gap in parent.gaps] == [(gap.code, gap.tier) for gap in alone.gaps]
    assert parent.still_to_answer == alone.still_to_answer
    assert parent.claimed_not_evidenced == alone.claimed_not_evidenced


def _rating(verdict: Any) -> list[str | None]:
    return [one and one.rating.id for one in (verdict.reached, verdict.next)]


@often
@given(sites())
def test_no_rating_that_asks_anything_of_critical_indicators_passes_over_a_critical_failing(
    several: Sites,
) -> None:
    parent = several.parent()
    reached = parent.result.verdict.reached

    if parent.critical_failings and reached:
        assert reached.rating.classes.get("critical", 0) == 0


# A weight has an effect

DIFFERENT = st.lists(LEVELS, min_size=2, max_size=2, unique=True)


@often
@given(DIFFERENT, WEIGHTS)
def test_the_weight_of_a_question_has_an_effect(levels: list[int], weight: float) -> None:
    def attained(more: float) -> float | None:
        first = level_question("q0", informs=[{"indicator": "A", "weight": weight * more}])
        asked = asking(first, level_question("q1", informs=["A"]))
        said = {"q0": at(levels[0]), "q1": at(levels[1])}
        return assess(TWO, asked, said, on=TODAY).indicators["A"].attainment

    _nearer(attained(1), attained(2), levels[0] / 3)


TWO = edition({"policy": [critical("A"), supporting("B")]})


@often
@given(DIFFERENT, WEIGHTS)
def test_the_weight_of_a_class_has_an_effect(levels: list[int], weight: float) -> None:
    asked = asking(level_question("A"), level_question("B"))
    said = {"A": at(levels[0]), "B": at(levels[1])}

    def score(more: float) -> float | None:
        framework: Framework = TWO.model_copy(
            update={"weights": TWO.weights.model_copy(update={"critical": weight * more})}
        )
        return assess(framework, asked, said, on=TODAY).overall.score

    _nearer(score(1), score(2), 100 * levels[0] / 3)


@often
@given(DIFFERENT, WEIGHTS)
def test_the_weight_of_a_site_has_an_effect(levels: list[int], weight: float) -> None:
    asked = asking(level_question("A"))
    results = [assess(TWO, asked, {"A": at(level)}, on=TODAY) for level in levels]

    def attained(more: float) -> float | None:
        both = {
            "S0": Site(asked, results[0], {}, weight * more),
            "S1": Site(asked, results[1], {}),
        }
        return assess_parent(TWO, both, on=TODAY).result.indicators["A"].attainment

    _nearer(attained(1), attained(2), levels[0] / 3)


def _nearer(before: float | None, after: float | None, goal: float) -> None:
    assert before is not None
    assert after is not None
    assert abs(rounded(after - goal)) < abs(rounded(before - goal))
