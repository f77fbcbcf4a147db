from typing import Any

import pytest

from scoring.answers import Answer
from scoring.assessment import Result, assess
from scoring.ratings import Standing
from tests.scoring.cast import (
    NOT_APPLICABLE,
    TODAY,
    UNKNOWN,
    asking,
    asking_levels,
    at,
    critical,
    edition,
    level_question,
    major,
    supporting,
)

STANDARDS = {"policy": [critical("C1"), major("M")], "people": [critical("C2"), supporting("S")]}
ICS_STYLE: list[dict[str, Any]] = [
    {
        "id": "embedded",
        "min_score": 85,
        "coverage": 100,
        "classes": {"critical": 2, "major": 2},
        "evidence": {"critical": 3, "major": 3},
    },
    {
        "id": "practice-ready",
        "min_score": 65,
        "coverage": 100,
        "classes": {"critical": 2, "major": 1},
        "evidence": {"critical": 3, "major": 2},
    },
    {
        "id": "framework-ready",
        "min_score": 60,
        "coverage": 100,
        "classes": {"critical": 2},
        "evidence": {"critical": 2},
    },
    {"id": "developing", "min_score": 40, "classes": {"critical": 1}},
    {"id": "early"},
]


def rated(answers: dict[str, Answer], ratings: list[dict[str, Any]] = ICS_STYLE, **more: Any) -> Result:
    framework = edition(STANDARDS, ratings=ratings)
    return assess(framework, asking_levels(framework, **more), answers, on=TODAY)


def name_of(result: Result) -> str | None:
    reached = result.verdict.reached
    return reached.rating.id if reached else None


def with_condition(**condition: Any) -> list[dict[str, Any]]:
    return [{"id": "ready", **condition}, {"id": "early"}]


def waiting(answers: dict[str, Answer], **condition: Any) -> tuple[Standing, ...]:
    """What the one condition still waits for; nothing when the rating is reached."""
    upcoming = rated(answers, with_condition(**condition)).verdict.next
    return upcoming.waiting if upcoming else ()


def everywhere(level: int, evidence: int) -> dict[str, Answer]:
    return dict.fromkeys(("C1", "M", "C2", "S"), at(level, evidence))


@pytest.mark.parametrize(
    ("answers", "rating"),
    [
        (everywhere(3, 3), "embedded"),
        (everywhere(3, 3) | {"M": at(3, 2)}, "practice-ready"),
        (everywhere(3, 3) | {"S": at(3, 0)}, "embedded"),
        (everywhere(2, 3), "practice-ready"),
        (everywhere(2, 2), "framework-ready"),
        (everywhere(2, 1), "developing"),
        (everywhere(3, 3) | {"C1": at(1, 3)}, "developing"),
        (everywhere(3, 3) | {"C1": at(0, 3)}, "early"),
        (everywhere(3, 3) | {"C1": UNKNOWN}, "early"),
        (everywhere(3, 3) | {"S": Answer()}, "developing"),
        (everywhere(3, 3) | {"C1": Answer()}, "early"),
        (everywhere(3, 3) | {"C1": NOT_APPLICABLE}, "embedded"),
        (everywhere(1, 4), "early"),
        ({"S": at(0)}, "early"),
        (dict.fromkeys(("C1", "M", "C2", "S"), NOT_APPLICABLE), None),
        ({}, None),
    ],
)
def test_the_rating_is_the_first_whose_every_condition_holds(
    answers: dict[str, Answer], rating: str | None
) -> None:
    assert name_of(rated(answers)) == rating


def test_no_rating_waits_for_anything_before_the_first_answer() -> None:
    assert rated({}).verdict.next is None


def test_beyond_the_best_rating_there_is_no_next() -> None:
    assert rated(everywhere(3, 3)).verdict.next is None


def test_the_next_rating_is_the_one_just_above_and_says_all_it_waits_for() -> None:
    verdict = rated({"C1": at(2, 2), "C2": at(1, 2), "M": at(2, 0)}).verdict

    assert verdict.reached is not None
    assert verdict.reached.rating.id == "developing"
    assert verdict.next is not None
    assert verdict.next.rating.id == "framework-ready"
    assert verdict.next.waiting == (
        Standing("score", None, 60, 100 * (2 + 1 + 4 / 3) / 8, False, ("C2",)),
        Standing("coverage", None, 100, 100 * 8 / 9, False, ("S",)),
        Standing("class", "critical", 2, 1, False, ("C2",)),
    )
    assert [one.kind for one in verdict.next.conditions if one.holds] == ["evidence"]


@pytest.mark.parametrize(
    ("answers", "in_the_way"),
    [
        (everywhere(2, 0), ()),
        (everywhere(2, 0) | {"C1": at(1)}, ("C1",)),
        (everywhere(2, 0) | {"C2": Answer()}, ("C2",)),
        (everywhere(2, 0) | {"C1": UNKNOWN, "M": at(0)}, ("C1",)),
        (everywhere(2, 0) | {"C1": NOT_APPLICABLE}, ()),
    ],
)
def test_a_class_needs_its_level_everywhere(answers: dict[str, Answer], in_the_way: tuple[str, ...]) -> None:
    assert [one.in_the_way for one in waiting(answers, classes={"critical": 2})] == [in_the_way] * bool(
        in_the_way
    )


def test_a_level_reached_by_adding_up_other_fractions_is_reached() -> None:
    framework = edition({"policy": [critical("A")]}, ratings=with_condition(classes={"critical": 2}))
    thrice = asking(*(level_question(f"q{n}", informs=[{"indicator": "A", "weight": 0.1}]) for n in range(3)))

    result = assess(framework, thrice, {"q0": at(3), "q1": at(3), "q2": at(0)}, on=TODAY)

    assert name_of(result) == "ready"


@pytest.mark.parametrize(
    ("answers", "in_the_way"),
    [
        (everywhere(0, 2), ()),
        (everywhere(3, 2) | {"C1": at(3, 1)}, ("C1",)),
        (everywhere(3, 2) | {"C1": at(3)}, ("C1",)),
        (everywhere(3, 2) | {"C1": UNKNOWN, "C2": Answer()}, ("C1", "C2")),
        (everywhere(3, 2) | {"M": at(3, 0)}, ()),
    ],
)
def test_a_class_needs_its_evidence_everywhere(
    answers: dict[str, Answer], in_the_way: tuple[str, ...]
) -> None:
    assert [one.in_the_way for one in waiting(answers, evidence={"critical": 2})] == [in_the_way] * bool(
        in_the_way
    )


@pytest.mark.parametrize("condition", [{"classes": {"critical": 0}}, {"evidence": {"critical": 0}}])
def test_an_unanswered_indicator_fails_even_a_condition_of_nothing(condition: dict[str, Any]) -> None:
    assert waiting({"C1": at(0, 0)}, **condition)[0].in_the_way == ("C2",)
    assert waiting({"C1": at(0, 0), "C2": at(0, 0)}, **condition) == ()


@pytest.mark.parametrize("evidence", [{"critical": 0}, {"supporting": 0}])
def test_no_condition_on_evidence_holds_where_it_is_not_asked_for(evidence: dict[str, int]) -> None:
    framework = edition({"policy": [critical("A")]}, ratings=with_condition(evidence=evidence))

    result = assess(framework, asking_levels(framework, asks_evidence=False), {"A": at(3, 4)}, on=TODAY)

    assert name_of(result) == "early"


@pytest.mark.parametrize("condition", [{"classes": {"supporting": 3}}, {"evidence": {"supporting": 4}}])
def test_a_class_with_nothing_to_judge_passes_and_says_so(condition: dict[str, Any]) -> None:
    answers = everywhere(1, 1) | {"S": NOT_APPLICABLE}

    reached = rated(answers, with_condition(**condition)).verdict.reached

    assert reached is not None
    assert reached.rating.id == "ready"
    assert [(one.holds, one.nothing_to_judge, one.actual) for one in reached.conditions] == [
        (True, True, None)
    ]


def test_only_the_asked_indicators_of_a_class_count() -> None:
    framework = edition(STANDARDS, ratings=with_condition(classes={"critical": 2, "major": 2}))

    result = assess(framework, asking(level_question("C1")), {"C1": at(2)}, on=TODAY)

    assert name_of(result) == "ready"


@pytest.mark.parametrize(
    ("answers", "actual", "in_the_way"),
    [
        ({"C1": at(3), "C2": at(0)}, 100, None),
        ({"C1": at(2), "M": at(2)}, 66.66666666666667, None),
        ({"C1": at(2), "M": at(1)}, 100 * (2 + 2 / 3) / 5, ("M",)),
        ({"C1": at(1), "M": at(3)}, 60, None),
        ({"C2": at(3)}, None, ("C1", "M")),
        ({"C2": at(3), "C1": NOT_APPLICABLE}, None, ("M",)),
        ({"C2": at(3), "C1": NOT_APPLICABLE, "M": NOT_APPLICABLE}, None, ()),
    ],
)
def test_a_named_standard_needs_its_score(
    answers: dict[str, Answer], actual: float | None, in_the_way: tuple[str, ...] | None
) -> None:
    expected = () if in_the_way is None else (Standing("standard", "policy", 60, actual, False, in_the_way),)

    assert waiting(answers, standards={"policy": 60}) == expected


def test_a_score_and_a_coverage_are_reached_at_their_very_threshold() -> None:
    answers = {"C1": at(2), "C2": at(2)}

    assert waiting(answers, min_score=200 / 3) == ()
    assert waiting(answers, min_score=66.6666666667) == ()
    assert waiting(answers, coverage=100 * 6 / 9) == ()
    assert [one.kind for one in waiting(answers, min_score=66.67, coverage=66.67)] == ["score", "coverage"]


def test_an_indicator_at_the_wanted_score_is_not_in_its_way() -> None:
    (condition,) = waiting({"C1": at(2), "M": at(1)}, min_score=200 / 3)

    assert condition.in_the_way == ("M",)


def test_no_rating_above_the_ceiling_is_given_or_shown_as_the_next() -> None:
    verdict = rated(everywhere(3, 4), rating_ceiling="developing").verdict

    assert verdict.reached is not None
    assert (verdict.reached.rating.id, verdict.next) == ("developing", None)
    below = rated(everywhere(0, 4), rating_ceiling="developing").verdict
    assert below.next is not None
    assert below.next.rating.id == "developing"


def test_an_edition_without_ratings_gives_none() -> None:
    framework = edition(STANDARDS).model_copy(update={"ratings": ()})

    verdict = assess(framework, asking_levels(framework), {"C1": at(3)}, on=TODAY).verdict

    assert (verdict.reached, verdict.next) == (None, None)


def test_where_no_rating_holds_the_last_one_is_shown_as_next() -> None:
    verdict = rated({"C1": at(0)}, with_condition(min_score=50)[:1]).verdict

    assert verdict.reached is None
    assert verdict.next is not None
    assert [(one.kind, one.in_the_way) for one in verdict.next.waiting] == [("score", ("C1",))]


@pytest.mark.parametrize(("needed", "in_the_way"), [(66, ("M",)), (67, ("C1", "M"))])
def test_what_pulls_a_score_below_its_mark_is_in_the_way_and_nothing_else(
    needed: float, in_the_way: tuple[str, ...]
) -> None:
    # C1 is at 66.67 percent, M at 0; S is at 100.
    following = rated({"C1": at(2), "M": at(0), "S": at(3)}, with_condition(min_score=needed)).verdict.next

    assert following is not None
    assert following.waiting[0].in_the_way == in_the_way
