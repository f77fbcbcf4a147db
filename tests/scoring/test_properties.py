"""Promises that hold for every edition, questionnaire and set of answers."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from questionnaires.models import Questionnaire
from scoring.answers import Answer
from scoring.assessment import Result, assess
from scoring.attainment import Judged
from scoring.gaps import ACT_WITHIN
from scoring.rounding import rounded
from scoring.scores import Figures
from standards.models import CLASSES, INTENSITIES, Framework
from tests.scoring.cast import NOT_APPLICABLE, TODAY, UNKNOWN, asking, edition, indicator

THEMES = ("online", "travel")
SLACK = 1e-9

often = settings(deadline=None, max_examples=60)


class Case(NamedTuple):
    """Everything that a result follows from."""

    framework: Framework
    questionnaire: Questionnaire
    answers: dict[str, Answer]
    profile: dict[str, Any]
    targets: dict[str, int]

    def result(self) -> Result:
        framework, questionnaire, answers, profile, targets = self
        return assess(framework, questionnaire, answers, on=TODAY, profile=profile, targets=targets)


LEVELS = st.integers(0, 3)
STRENGTHS = st.none() | st.integers(0, 4)
SOMETHING_SAID = st.builds(Answer, value=LEVELS, evidence=STRENGTHS) | st.just(UNKNOWN)
ANSWERS = SOMETHING_SAID | st.just(NOT_APPLICABLE) | st.just(Answer())


@st.composite
def cases(draw: st.DrawFn, answers: st.SearchStrategy[Answer] = ANSWERS) -> Case:
    standards = draw(_standards())
    codes = [one["code"] for indicators in standards.values() for one in indicators]
    framework = edition(
        standards,
        ratings=draw(_ratings([*standards])),
        overall=draw(st.sampled_from(["by_weight", "equal_standards"])),
    )
    questionnaire = asking(
        *draw(_questions(codes)),
        combine=draw(st.sampled_from(["mean", "weakest"])),
        asks_evidence=draw(st.booleans()),
        profile=[{"fact": theme, "prompt": theme} for theme in THEMES],
    )
    return Case(
        framework,
        questionnaire,
        {question: draw(answers) for question in questionnaire.questions},
        draw(st.dictionaries(st.sampled_from(THEMES), st.sampled_from(INTENSITIES))),
        draw(st.dictionaries(st.sampled_from(codes), st.sampled_from([2, 3]))),
    )


@st.composite
def _standards(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    classes = st.lists(st.sampled_from(CLASSES), min_size=1, max_size=4)
    return {
        f"S{number}": [
            indicator(
                f"S{number}.{place}", class_, themes=draw(st.lists(st.sampled_from(THEMES), unique=True))
            )
            for place, class_ in enumerate(draw(classes))
        ]
        for number in range(draw(st.integers(1, 3)))
    }


@st.composite
def _ratings(draw: st.DrawFn, standards: list[str]) -> list[dict[str, Any]]:
    percents, by_class = st.integers(0, 100), st.sampled_from(CLASSES)
    condition = st.fixed_dictionaries(
        {},
        optional={
            "min_score": percents,
            "coverage": percents,
            "classes": st.dictionaries(by_class, LEVELS),
            "evidence": st.dictionaries(by_class, st.integers(0, 4)),
            "standards": st.dictionaries(st.sampled_from(standards), percents),
        },
    )
    conditions = draw(st.lists(condition, max_size=4))
    return [*({"id": f"R{place}", **one} for place, one in enumerate(conditions)), {"id": "last"}]


@st.composite
def _questions(draw: st.DrawFn, codes: list[str]) -> list[dict[str, Any]]:
    """One or two questions for each indicator, of differing weight."""
    weights = st.sampled_from([0.1, 0.5, 1, 3])
    return [
        {
            "id": f"q{number}-{code}",
            "kind": "level",
            "not_applicable": True,
            "informs": [{"indicator": code, "weight": draw(weights)}],
        }
        for code in codes
        for number in range(draw(st.integers(1, 2)))
    ]


def all_figures(result: Result) -> Iterator[Figures]:
    yield result.overall
    for standard in result.standards:
        yield standard.figures
        for requirement in standard.requirements:
            yield requirement.figures


def place_of_rating(case: Case, result: Result) -> int:
    """0 for the best rating; beyond the last for none."""
    ratings = case.framework.ratings
    reached = result.verdict.reached
    return ratings.index(reached.rating) if reached else len(ratings)


@often
@given(cases())
def test_raising_one_answer_never_lowers_a_score_or_the_rating(case: Case) -> None:
    before = case.result()
    for question, answer in case.answers.items():
        for raised in _one_step_up(answer):
            after = case._replace(answers=case.answers | {question: raised}).result()
            for lower, higher in zip(all_figures(before), all_figures(after), strict=True):
                assert _no_more(lower.score, higher.score)
                assert _no_more(lower.evidenced, higher.evidenced)
                assert _no_more(lower.low, higher.low)
                assert _no_more(lower.high, higher.high)
                assert lower.coverage == higher.coverage
            assert place_of_rating(case, after) <= place_of_rating(case, before)


def _one_step_up(answer: Answer) -> Iterator[Answer]:
    if answer.unknown:
        yield Answer(value=0)
    if isinstance(answer.value, int):
        if answer.value < 3:
            yield replace(answer, value=answer.value + 1)
        if answer.evidence is None or answer.evidence < 4:
            yield replace(answer, evidence=(answer.evidence or 0) + 1)


def _no_more(lower: float | None, higher: float | None) -> bool:
    if lower is None or higher is None:
        return lower is higher
    return lower <= higher + SLACK


@often
@given(cases())
def test_a_score_lies_within_its_range_and_the_range_closes_at_full_coverage(case: Case) -> None:
    for figures in all_figures(case.result()):
        if figures.score is None or figures.low is None or figures.high is None:
            continue
        assert -SLACK <= figures.low <= figures.score + SLACK
        assert figures.score <= figures.high + SLACK <= 100 + 2 * SLACK
        if figures.coverage == 100:
            assert figures.low == figures.score == figures.high


@often
@given(cases())
def test_what_is_evidenced_is_never_more_than_what_is_claimed(case: Case) -> None:
    for figures in all_figures(case.result()):
        if figures.score is None or not case.questionnaire.asks_evidence:
            assert figures.evidenced is None
            assert figures.assurance_gap is None
            continue
        assert figures.evidenced is not None
        assert figures.evidenced <= figures.score + SLACK
        assert figures.assurance_gap is not None
        assert figures.assurance_gap >= 0


@often
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(case: Case, random: Any) -> None:
    shuffled = [*case.answers.items()]
    random.shuffle(shuffled)

    assert case._replace(answers=dict(shuffled)).result() == case.result()


@often
@given(cases(answers=SOMETHING_SAID | st.just(Answer())), st.data())
def test_an_indicator_that_does_not_apply_changes_nothing_of_the_others(
    case: Case, data: st.DataObject
) -> None:
    gone = data.draw(st.sampled_from([*case.framework.indicators]))
    silenced = {
        question: NOT_APPLICABLE if question.endswith(f"-{gone}") else answer
        for question, answer in case.answers.items()
    }

    not_applicable = case._replace(answers=silenced).result()
    never_there = _without(case, gone).result()

    assert not_applicable.indicators[gone].status == "not_applicable"
    assert _others(not_applicable, gone) == _others(never_there, gone)
    assert not_applicable.overall == never_there.overall
    assert not_applicable.gaps == never_there.gaps
    assert not_applicable.still_to_answer == never_there.still_to_answer
    assert not_applicable.claimed_not_evidenced == never_there.claimed_not_evidenced
    assert not_applicable.verdict == never_there.verdict


def _others(result: Result, gone: str) -> dict[str, Judged]:
    return {code: one for code, one in result.indicators.items() if code != gone}


def _without(case: Case, gone: str) -> Case:
    """The same, had nobody ever asked this indicator."""
    questions = [
        question.model_dump(by_alias=True)
        for question in case.questionnaire.questions.values()
        if question.informs[0].indicator != gone
    ]
    assume(questions)
    section = case.questionnaire.sections[0].model_dump() | {"questions": questions}
    asked = case.questionnaire.model_dump(by_alias=True) | {"sections": [section]}
    answers = {question["id"]: case.answers[question["id"]] for question in questions}
    return case._replace(questionnaire=Questionnaire.model_validate(asked), answers=answers)


@often
@given(cases(answers=SOMETHING_SAID))
def test_the_order_of_the_gaps_is_total(case: Case) -> None:
    gaps = case.result().gaps
    places = {code: place for place, code in enumerate(case.framework.indicators)}
    tiers = [*ACT_WITHIN]

    keys = [(tiers.index(gap.tier), -rounded(gap.priority), places[gap.code]) for gap in gaps]

    assert keys == sorted(set(keys))


@often
@given(cases())
def test_a_result_follows_from_its_input_alone(case: Case) -> None:
    again = case._replace(answers={question: replace(answer) for question, answer in case.answers.items()})

    assert again.result() == case.result()


@often
@given(cases())
def test_the_next_rating_waits_for_something(case: Case) -> None:
    verdict = case.result().verdict

    if verdict.reached is None:
        assert verdict.next is None
    else:
        assert verdict.reached.waiting == ()
        assert verdict.next is None or verdict.next.waiting
