import re
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from questionnaires.models import Questionnaire
from scoring.answers import Answer
from scoring.assessment import Result, assess
from scoring.outcome import Outcome
from scoring.plan import Step, draft
from scoring.projection import LEAVES, Projection, project, project_by_month
from scoring.refusals import BadAnswer
from standards.models import Framework
from tests.scoring.cast import (
    NOT_APPLICABLE,
    TODAY,
    UNKNOWN,
    action,
    asking,
    asking_levels,
    at,
    critical,
    edition,
    level_question,
    major,
    result_of,
    supporting,
)

DECISION = Path(__file__).parents[2] / "docs" / "decisions" / "0015-what-an-action-leaves-to-show.md"
START = date(2026, 12, 1)
RATINGS: list[dict[str, Any]] = [
    {"id": "proven", "min_score": 60, "classes": {"critical": 2}, "evidence": {"critical": 3}},
    {"id": "ready", "min_score": 60, "classes": {"critical": 2}, "evidence": {"critical": 2}},
    {"id": "developing", "min_score": 40},
    {"id": "early"},
]
FRAMEWORK = edition({"policy": [critical("C"), major("M"), supporting("S")]}, ratings=RATINGS)


def projected(
    answers: dict[str, Answer], chosen: Collection[Step], done: Collection[Step] = ()
) -> Projection:
    return project(FRAMEWORK, asking_levels(FRAMEWORK), result_of(FRAMEWORK, answers), chosen, done=done)


def score(outcome: Outcome) -> float:
    assert outcome.overall.score is not None
    return outcome.overall.score


def rating(outcome: Outcome) -> str | None:
    reached = outcome.verdict.reached
    return reached and reached.rating.id


@pytest.mark.parametrize(
    ("present", "chosen", "done", "level"),
    [
        (at(0), [], [], 0),
        (at(0), [1], [], 1),
        (at(0), [1, 2], [], 2),
        (at(0), [2], [], 0),
        (at(0), [2], [1], 2),
        (at(0), [3], [1], 0),
        (at(0), [1, 3], [], 1),
        (at(0), [1, 3], [2], 3),
        (at(0), [], [1], 0),
        (at(0), [1], [2], 1),
        (at(1), [2], [], 2),
        (at(1), [1], [], 1),
        (at(2), [1, 2], [], 2),
        (at(2), [3], [], 3),
        (at(3), [1, 2, 3], [], 3),
        (UNKNOWN, [1], [], 1),
        (Answer(), [1, 2], [], None),
        (NOT_APPLICABLE, [1, 2], [], None),
    ],
)
def test_a_step_counts_only_after_the_earlier_ones_and_lifts_only_what_is_answered(
    present: Answer, chosen: list[int], done: list[int], level: int | None
) -> None:
    projection = projected(
        {"C": present, "M": at(0)}, [Step("C", to) for to in chosen], [Step("C", to) for to in done]
    )

    assert projection.indicators["C"].level == level
    assert projection.indicators["C"].attainment == (None if level is None else level / 3)
    assert projection.indicators["M"].level == 0


def test_the_figures_are_those_of_the_raised_levels() -> None:
    # C at 0 with weight 3, M at 1 with weight 2, S nothing yet with weight 1.
    projection = projected({"C": at(0, evidence=1), "M": at(1, evidence=2)}, [Step("C", 1), Step("C", 2)])

    for outcome in (projection.evidence_as_now, projection.evidence_as_left):
        figures = outcome.overall
        # (3 · 2/3 + 2 · 1/3) / 5, over 6 with S, which adds 1 at best
        assert figures.score == pytest.approx(100 * (2 + 2 / 3) / 5)
        assert figures.coverage == pytest.approx(100 * 5 / 6)
        assert figures.low == pytest.approx(100 * (2 + 2 / 3) / 6)
        assert figures.high == pytest.approx(100 * (3 + 2 / 3) / 6)
    # Now C is stated only, which supports 1/3; the action leaves a document, which supports 2/3.
    assert projection.evidence_as_now.overall.evidenced == pytest.approx(100 * (1 + 2 / 3) / 5)
    assert projection.evidence_as_left.overall.evidenced == pytest.approx(100 * (2 + 2 / 3) / 5)
    assert [part.figures.score for part in projection.evidence_as_now.standards] == [
        projection.evidence_as_now.overall.score
    ]


@pytest.mark.parametrize(
    ("steps", "evidence", "left"),
    [
        (1, 0, 1),
        (2, 0, 2),
        (3, 0, 3),
        (1, None, 1),
        (2, 1, 2),
        (2, 3, 3),
        (3, 4, 4),
        (1, 2, 2),
    ],
)
def test_an_action_leaves_the_evidence_of_the_level_it_reaches_and_takes_none_away(
    steps: int, evidence: int | None, left: int
) -> None:
    projection = projected({"C": at(0, evidence)}, [Step("C", to) for to in range(1, steps + 1)])

    assert projection.indicators["C"].strength == left


def test_the_documented_evidence_is_what_an_action_leaves() -> None:
    documented = re.findall(
        r"^\| (\d), [a-z ]+\| (\d), [a-z ]+\|$", DECISION.read_text(encoding="utf-8"), re.M
    )

    assert {int(level): int(strength) for level, strength in documented} == LEAVES


def test_the_rating_is_told_twice() -> None:
    answers = {"C": at(0, 0), "M": at(2, 2), "S": at(2, 2)}

    one_step = projected(answers, [Step("C", 1)])
    two_steps = projected(answers, [Step("C", 1), Step("C", 2)])

    assert rating(one_step.evidence_as_now) == rating(one_step.evidence_as_left) == "developing"
    assert rating(two_steps.evidence_as_now) == "developing"
    assert rating(two_steps.evidence_as_left) == "ready"


def test_without_an_action_a_projection_is_the_result() -> None:
    answers = {"C": at(1, 0), "M": UNKNOWN, "S": NOT_APPLICABLE}
    result = result_of(FRAMEWORK, answers)

    projection = projected(answers, [])

    now = Outcome(result.overall, result.standards, result.verdict)
    assert projection.evidence_as_now == projection.evidence_as_left == now
    assert projection.indicators == result.indicators


def test_a_projection_knows_the_questionnaires_ceiling_and_whether_it_asks_for_evidence() -> None:
    quick = asking_levels(FRAMEWORK, asks_evidence=False, rating_ceiling="developing")
    result = assess(FRAMEWORK, quick, {"C": at(0), "M": at(3), "S": at(3)}, on=TODAY)

    projection = project(FRAMEWORK, quick, result, [Step("C", to) for to in (1, 2, 3)])

    for outcome in (projection.evidence_as_now, projection.evidence_as_left):
        assert (rating(outcome), outcome.verdict.next) == ("developing", None)
        assert outcome.overall.evidenced is None
    assert projection.indicators["C"].strength is None
    assert projection.lacks_only_evidence == ()


def test_an_indicator_between_two_levels_rises_to_the_level_reached() -> None:
    framework = edition({"policy": [critical("C")]})
    questionnaire = asking(level_question("one", informs=["C"]), level_question("two", informs=["C"]))
    half = assess(framework, questionnaire, {"one": at(1), "two": at(2)}, on=TODAY)

    projection = project(framework, questionnaire, half, [Step("C", 2)])

    assert half.indicators["C"].attainment == 0.5
    assert projection.indicators["C"].attainment == 2 / 3
    assert projection.indicators["C"].terms == ()


def test_a_step_that_the_edition_does_not_have_is_in_nobodys_way() -> None:
    document = edition({"policy": [critical("C", actions=[action(2)])]})

    projection = project(document, asking_levels(document), result_of(document, {"C": at(0)}), [Step("C", 2)])

    assert projection.indicators["C"].level == 2


def test_the_steps_of_an_edition_count_in_order_however_they_are_listed() -> None:
    listed = edition({"policy": [critical("C", actions=[action(to) for to in (3, 1, 2)])]})

    projection = project(
        listed, asking_levels(listed), result_of(listed, {"C": at(0)}), [Step("C", 1), Step("C", 3)]
    )

    assert projection.indicators["C"].level == 1


@pytest.mark.parametrize("step", [Step("X", 1), Step("C", 4), Step("C", 0)])
def test_a_step_of_another_edition_is_refused(step: Step) -> None:
    for chosen, done in (([step], []), ([], [step])):
        with pytest.raises(BadAnswer) as refused:
            projected({"C": at(0)}, chosen, done)

        assert str(refused.value) == f"{step.indicator}: expected a step of this edition"


def test_what_is_unanswered_is_named_as_what_no_action_changes() -> None:
    assert projected({"C": at(0), "M": NOT_APPLICABLE}, [Step("S", 1)]).unanswered == ("S",)


@pytest.mark.parametrize(
    ("present", "chosen", "named"),
    [
        # claimed at 2 on somebody's word
        (at(2, 1), [], True),
        # claimed at 3 on a document
        (at(3, 2), [], True),
        # supported, but the next rating asks for records of use
        (at(2, 2), [], True),
        (at(2, 3), [], False),
        # below its target: it lacks more than evidence
        (at(1, 0), [], False),
        (at(0, 0), [1], False),
        # raised to its target; a document is left, and the next rating asks for records of use
        (at(0, 0), [1, 2], True),
        (at(0, 0), [1, 2, 3], False),
        (Answer(), [], False),
    ],
)
def test_what_is_at_its_target_on_too_weak_evidence_is_named_as_lacking_only_that(
    present: Answer, chosen: list[int], named: bool
) -> None:
    projection = projected({"C": present, "M": at(3, 4), "S": at(3, 4)}, [Step("C", to) for to in chosen])

    assert projection.lacks_only_evidence == (("C",) if named else ())


@pytest.mark.parametrize(
    ("present", "named"),
    [(at(2, 1), True), (at(3, 2), True), (at(2, 2), False), (at(3, 3), False), (at(1, 0), False)],
)
def test_a_claim_beyond_its_evidence_is_named_though_no_rating_asks_for_it(
    present: Answer, named: bool
) -> None:
    projection = projected({"C": at(3, 4), "M": present, "S": at(3, 4)}, [])

    assert projection.lacks_only_evidence == (("M",) if named else ())


def test_what_the_next_rating_wants_at_a_higher_level_lacks_more_than_evidence() -> None:
    strict: list[dict[str, Any]] = [
        {"id": "top", "classes": {"critical": 3}, "evidence": {"critical": 3}},
        {"id": "early"},
    ]
    framework = edition({"policy": [critical("C"), critical("D"), major("M")]}, ratings=strict)
    result = result_of(framework, {"C": at(2, 2), "D": at(3, 2), "M": at(2, 2)})

    projection = project(framework, asking_levels(framework), result, [])

    assert projection.lacks_only_evidence == ("D",)


def by_month(
    framework: Framework, questionnaire: Questionnaire, result: Result, due: dict[Step, date]
) -> list[tuple[int, str, float, str | None, str | None]]:
    return [
        (
            month.number,
            month.ends.isoformat(),
            round(score(month.projection.evidence_as_now), 1),
            rating(month.projection.evidence_as_now),
            rating(month.projection.evidence_as_left),
        )
        for month in project_by_month(framework, questionnaire, result, due, start=START)
    ]


def test_a_plan_shows_where_things_would_stand_after_each_month_that_changes_them() -> None:
    # Weights 3, 2, 1 and levels 0, 1, 1: 100 · (0 + 2/3 + 1/3) / 6 = 16.7.
    questionnaire = asking_levels(FRAMEWORK)
    result = result_of(FRAMEWORK, {"C": at(0, 0), "M": at(1, 1), "S": at(1, 1)})
    plan = draft(FRAMEWORK, result.gaps, start=START)

    months = by_month(FRAMEWORK, questionnaire, result, {one.step: one.due for one in plan})

    assert [(one.step, one.due.isoformat()) for one in plan] == [
        (("C", 1), "2026-12-31"),
        (("C", 2), "2026-12-31"),
        (("M", 2), "2027-05-30"),
        (("S", 2), "2027-12-01"),
    ]
    assert months == [
        # C to 2: (2 + 2/3 + 1/3) / 6
        (1, "2026-12-31", 50.0, "developing", "developing"),
        # M to 2: (2 + 4/3 + 1/3) / 6
        (6, "2027-05-31", 61.1, "developing", "ready"),
        # S to 2: all at 2/3
        (13, "2027-12-31", 66.7, "developing", "ready"),
    ]


def test_a_later_step_that_is_due_first_counts_once_the_earlier_one_is_due_too() -> None:
    questionnaire = asking_levels(FRAMEWORK)
    result = result_of(FRAMEWORK, {"C": at(0)})
    due = {Step("C", 2): date(2026, 12, 5), Step("C", 1): date(2027, 2, 5)}

    assert [month[:3] for month in by_month(FRAMEWORK, questionnaire, result, due)] == [
        (1, "2026-12-31", 0.0),
        (3, "2027-02-28", 66.7),
    ]


def test_what_is_done_already_lets_the_later_step_count_in_its_month() -> None:
    result = result_of(FRAMEWORK, {"C": at(0)})

    (month,) = project_by_month(
        FRAMEWORK,
        asking_levels(FRAMEWORK),
        result,
        {Step("C", 2): date(2026, 11, 1)},
        start=START,
        done=[Step("C", 1)],
    )

    assert (month.number, month.projection.indicators["C"].level) == (1, 2)


def test_an_empty_plan_has_no_months() -> None:
    result = result_of(FRAMEWORK, {"C": at(0)})

    assert project_by_month(FRAMEWORK, asking_levels(FRAMEWORK), result, {}, start=START) == ()
