from typing import Any

import pytest

from questionnaires.conditions import Profile
from scoring.answers import Answer
from scoring.assessment import assess
from scoring.gaps import Gap
from tests.scoring.cast import (
    NOT_APPLICABLE,
    TODAY,
    UNKNOWN,
    asking,
    at,
    critical,
    edition,
    level_question,
    major,
    result_of,
    supporting,
)

FACTS = [{"fact": theme, "prompt": theme} for theme in ("online", "travel")]


def gaps_of(answers: dict[str, Answer], *indicators: dict[str, Any], **more: Any) -> tuple[Gap, ...]:
    return result_of(edition({"policy": list(indicators)}), answers, **more).gaps


@pytest.mark.parametrize(
    ("indicator", "answer", "tier", "days"),
    [
        (critical("A"), at(0), "urgent", 30),
        (critical("A"), UNKNOWN, "urgent", 30),
        (critical("A"), at(1), "high", 90),
        (major("A"), at(0), "medium", 180),
        (major("A"), UNKNOWN, "medium", 180),
        (supporting("A"), at(0), "low", 365),
    ],
)
def test_a_gap_has_the_tier_of_its_class_and_its_need(
    indicator: dict[str, Any], answer: Answer, tier: str, days: int
) -> None:
    assert [(gap.tier, gap.days) for gap in gaps_of({"A": answer}, indicator)] == [(tier, days)]


@pytest.mark.parametrize("answer", [at(2), at(3), NOT_APPLICABLE, Answer()])
def test_there_is_no_gap_at_the_target_nor_where_nothing_is_said(answer: Answer) -> None:
    assert gaps_of({"A": answer}, critical("A")) == ()


def test_what_is_unanswered_is_still_to_answer_in_the_editions_order() -> None:
    framework = edition({"policy": [major("A"), critical("B"), critical("C"), major("D")]})

    assert result_of(framework, {"C": UNKNOWN, "D": NOT_APPLICABLE}).still_to_answer == ("A", "B")


def test_an_organisation_can_choose_the_top_level_as_its_target() -> None:
    (gap,) = gaps_of({"A": at(2), "B": at(2)}, critical("A"), critical("B"), targets={"A": 3, "B": 2})

    assert (gap.code, gap.level, gap.target) == ("A", 2, 3)
    assert gap.size == pytest.approx(1 / 3)


def two_questions(first: Answer, second: Answer) -> tuple[Gap, ...]:
    questions = (level_question("q1", informs=["A"]), level_question("q2", informs=["A"]))
    framework = edition({"policy": [critical("A")]})
    return assess(framework, asking(*questions), {"q1": first, "q2": second}, on=TODAY).gaps


def test_one_dont_know_among_its_answers_makes_a_critical_gap_urgent() -> None:
    assert [gap.tier for gap in two_questions(at(3), UNKNOWN)] == ["urgent"]
    assert [gap.tier for gap in two_questions(at(3), at(0))] == ["high"]


def test_a_gap_starts_from_the_attainment_and_from_the_level_below_it() -> None:
    (gap,) = two_questions(at(3), at(0))

    assert gap.level == 1
    assert gap.size == pytest.approx(2 / 3 - 1 / 2)


@pytest.mark.parametrize(
    ("themes", "profile", "exposure", "exposed_by"),
    [
        ([], {"online": "high"}, 1, ()),
        (["online"], {"online": "high"}, 1.5, ("online",)),
        (["online"], {"online": "some"}, 1, ()),
        (["online"], {"online": "none"}, 1, ()),
        (["online"], {}, 1, ()),
        (["travel", "online"], {"online": "high", "travel": "none"}, 1.5, ("online",)),
        (["travel", "online"], {"online": "high", "travel": "high"}, 1.5, ("travel", "online")),
    ],
)
def test_a_theme_rated_high_raises_the_priority(
    themes: list[str], profile: Profile, exposure: float, exposed_by: tuple[str, ...]
) -> None:
    framework = edition(
        {"policy": [critical("A", themes=themes)]}, themes={"online": "Online", "travel": "Travel"}
    )
    questionnaire = asking(level_question("A"), profile=FACTS)

    (gap,) = assess(framework, questionnaire, {"A": at(1)}, on=TODAY, profile=profile).gaps

    assert (gap.exposure, gap.exposed_by) == (exposure, exposed_by)
    assert gap.priority == pytest.approx(1 / 3 * 3 * exposure)


def test_gaps_are_ordered_by_tier_then_priority_then_the_editions_order() -> None:
    indicators = [supporting("S"), major("M1"), major("M0"), critical("C1"), critical("C1b"), critical("C0")]
    answers = {"C0": at(0), "C1b": at(1), "C1": at(1), "M0": at(0), "M1": at(1), "S": at(0)}

    assert [gap.code for gap in gaps_of(answers, *indicators)] == ["C0", "C1", "C1b", "M0", "M1", "S"]


def test_priorities_that_differ_only_in_the_last_digits_are_a_tie() -> None:
    # 0.7 of the way down by one sum is 0.7000000000000001 by another.
    framework = edition({"policy": [major("A"), major("B")]})
    scale = [{"id": str(n), "label": str(n), "credit": n / 10} for n in range(4)]
    questions = [
        {"id": "a", "kind": "choice", "scale": "tenths", "informs": ["A"], "prompt": "?"},
        *(
            {"id": f"b{n}", "kind": "choice", "scale": "tenths", "informs": ["B"], "prompt": "?"}
            for n in range(3)
        ),
    ]
    questionnaire = asking(*questions, scales={"tenths": scale})
    answers = {"a": "2", "b0": "3", "b1": "2", "b2": "1"}

    gaps = assess(
        framework, questionnaire, {name: Answer(value=option) for name, option in answers.items()}, on=TODAY
    ).gaps

    assert gaps[0].priority != gaps[1].priority
    assert [gap.code for gap in gaps] == ["A", "B"]
