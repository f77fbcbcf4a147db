"""A result and a comparison as files have them, key by key, worked out by hand. See docs/results.md."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from pydantic import BaseModel

from scoring.answers import Answer
from scoring.assessment import Result, assess
from scoring.compare import Round, compare
from scoring.plain import plain_comparison, plain_result
from tests.scoring.cast import (
    NOT_APPLICABLE,
    TODAY,
    UNKNOWN,
    asking_levels,
    at,
    critical,
    edition,
    edition_of,
    indicator,
    major,
    result_of,
    supporting,
)

READY = {"id": "ready", "min_score": 70, "classes": {"critical": 2}, "coverage": 100}
FRAMEWORK = edition_of(
    [
        {
            "id": "policy",
            "requirements": [
                {"id": "policy.1", "indicators": [indicator("A", "critical")]},
                {"id": "policy.2", "indicators": [indicator("B", "major")]},
            ],
        },
        {"id": "people", "requirements": [{"id": "people.1", "indicators": [indicator("C", "supporting")]}]},
    ],
    [READY, {"id": "early"}],
)
PARTLY = {"A": at(1, 3), "B": at(3, 1)}


def as_json(plain: BaseModel) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(plain.model_dump_json(by_alias=True))
    return written


def plainly(result: Result) -> dict[str, Any]:
    return as_json(plain_result(result))


def figures(*five: float | None) -> dict[str, float | None]:
    return dict(zip(("score", "coverage", "low", "high", "evidenced"), five, strict=True))


def test_the_figures_of_a_result_stand_under_their_names_to_nine_decimals() -> None:
    plain = plainly(result_of(FRAMEWORK, PARTLY))

    # A has 1 of its 3, B its 2 of 2, C of weight 1 is open; B is supported up to a third of its 2 alone.
    assert plain["on"] == "2026-11-21"
    assert plain["overall"] == figures(60, 83.333333333, 50, 66.666666667, 33.333333333)
    assert plain["assurance_gap"] == 26.666666667
    assert plain["standards"] == {
        "policy": figures(60, 100, 60, 60, 33.333333333),
        "people": figures(None, 0, 0, 100, None),
    }
    assert plain["requirements"] == {
        "policy.1": figures(33.333333333, 100, 33.333333333, 33.333333333, 33.333333333),
        "policy.2": figures(100, 100, 100, 100, 33.333333333),
        "people.1": figures(None, 0, 0, 100, None),
    }
    assert plain["without_score"] == ["people"]


def test_each_indicator_stands_with_the_terms_it_was_made_of() -> None:
    plain = plainly(result_of(FRAMEWORK, PARTLY | {"C": UNKNOWN}))

    assert list(plain["indicators"]) == ["A", "B", "C"]
    assert plain["indicators"]["A"] == {
        "status": "answered",
        "class": "critical",
        "weight": 3,
        "attainment": 0.333333333,
        "level": 1,
        "strength": 3,
        "evidenced": 0.333333333,
        "terms": [
            {"question": "A", "weight": 1, "status": "answered", "credit": 0.333333333, "strength": 3},
        ],
    }
    assert plain["indicators"]["C"]["terms"] == [
        {"question": "C", "weight": 1, "status": "unknown", "credit": 0, "strength": 0},
    ]


@pytest.mark.parametrize(
    ("answers", "status"), [({}, "unanswered"), ({"A": NOT_APPLICABLE}, "not_applicable")]
)
def test_an_indicator_that_is_not_answered_has_no_figures(answers: dict[str, Answer], status: str) -> None:
    assert plainly(result_of(FRAMEWORK, answers))["indicators"]["A"] == {
        "status": status,
        "class": "critical",
        "weight": 3,
        "attainment": None,
        "level": None,
        "strength": None,
        "evidenced": None,
        "terms": [{"question": "A", "weight": 1, "status": status, "credit": None, "strength": None}],
    }


def test_what_the_next_rating_is_waiting_for_stands_with_what_is_in_its_way() -> None:
    plain = plainly(result_of(FRAMEWORK, PARTLY))

    assert plain["rating"] == "early"
    assert plain["next_rating"] == {
        "id": "ready",
        "waiting": [
            {"kind": "score", "subject": None, "needed": 70, "actual": 60, "in_the_way": ["A"]},
            {
                "kind": "coverage",
                "subject": None,
                "needed": 100,
                "actual": 83.333333333,
                "in_the_way": ["C"],
            },
            {"kind": "class", "subject": "critical", "needed": 2, "actual": 1, "in_the_way": ["A"]},
        ],
    }


@pytest.mark.parametrize(
    ("answers", "rating", "following"),
    [
        # Nothing is answered: no rating, and none to wait for.
        ({}, None, None),
        ({"A": at(0)}, "early", "ready"),
        # At the top there is no next one.
        (dict.fromkeys("ABC", at(3)), "ready", None),
    ],
)
def test_a_rating_that_is_not_there_is_null(
    answers: dict[str, Answer], rating: str | None, following: str | None
) -> None:
    plain = plainly(result_of(FRAMEWORK, answers))

    assert plain["rating"] == rating
    assert (plain["next_rating"] and plain["next_rating"]["id"]) == following


def test_gaps_stand_in_their_order_beside_what_is_open_and_what_is_only_claimed() -> None:
    plain = plainly(result_of(FRAMEWORK, {"A": at(1, 3), "B": at(0, 0)}))

    assert plain["gaps"] == [
        {"code": "A", "gap": 0.333333333, "priority": 1, "tier": "high"},
        {"code": "B", "gap": 0.666666667, "priority": 1.333333333, "tier": "medium"},
    ]
    assert plain["still_to_answer"] == ["C"]
    assert plain["claimed_not_evidenced"] == []
    assert plainly(result_of(FRAMEWORK, PARTLY))["claimed_not_evidenced"] == ["B"]


def test_without_asking_for_evidence_a_result_has_no_figures_of_it() -> None:
    asked = asking_levels(FRAMEWORK, asks_evidence=False)
    plain = plainly(assess(FRAMEWORK, asked, {"A": at(1)}, on=TODAY))

    assert (plain["overall"]["evidenced"], plain["assurance_gap"]) == (None, None)
    assert plain["indicators"]["A"]["terms"][0]["strength"] is None


def test_what_was_written_as_plain_data_stays_as_it_is() -> None:
    plain = plain_result(result_of(FRAMEWORK, PARTLY))

    with pytest.raises(ValueError, match="frozen"):
        plain.rating = "ready"  # type: ignore[misc]


LATER = edition(
    {"policy": [critical("A"), major("B")], "people": [supporting("C")]},
    earlier=[
        {
            "edition": "0.9",
            "links": [
                {"from": ["X", "Y"], "to": ["A"], "relation": "merged"},
                {"from": ["Z"], "to": ["B"], "relation": "revised"},
            ],
        }
    ],
)
EARLIER = edition({"old": [critical("X"), critical("Y"), major("Z"), supporting("W")]}, edition="0.9")


def two_rounds(before: Mapping[str, Answer], after: Mapping[str, Answer]) -> Sequence[Round]:
    return Round(EARLIER, result_of(EARLIER, before)), Round(LATER, result_of(LATER, after))


def test_a_comparison_stands_under_its_names_to_nine_decimals() -> None:
    before, after = two_rounds(
        {"X": at(1), "Y": at(2), "W": at(3)}, {"A": at(2), "B": at(1), "C": NOT_APPLICABLE}
    )
    written = as_json(plain_comparison(compare(before, after)))

    # Before: (3 × ⅓ + 3 × ⅔ + 1 × 1) ÷ 7. After: (3 × ⅔ + 2 × ⅓) ÷ 5. A alone compares: from ½ to ⅔.
    assert written == {
        "headline": [57.142857143, 53.333333333],
        "like_for_like": [50, 66.666666667],
        "practice": 16.666666667,
        "left": -7.142857143,
        "joined": -13.333333333,
        "comparable_share": 60,
        "groups": [
            {"from": ["X", "Y"], "to": ["A"], "before": 0.5, "after": 0.666666667, "change": "improved"}
        ],
        "not_comparable": [
            {"from": ["Z"], "to": ["B"], "before": None, "after": 0.333333333, "change": None}
        ],
        "retired": ["W"],
        "new": ["C"],
        "why_not": None,
    }


def test_where_nothing_compares_the_parts_are_null_and_a_word_says_why() -> None:
    before, after = two_rounds({"X": at(1)}, {"A": at(2)})
    written = as_json(plain_comparison(compare(before, after)))

    assert written["headline"] == [33.333333333, 66.666666667]
    assert [written[key] for key in ("like_for_like", "practice", "left", "joined")] == [None] * 4
    assert (written["comparable_share"], written["why_not"]) == (0, "nothing_in_common")


def test_a_result_carries_the_comparison_that_was_made_and_null_without_one() -> None:
    before, after = two_rounds({"X": at(1), "Y": at(2)}, {"A": at(2)})
    comparison = compare(before, after)

    assert plain_result(after.result, comparison).comparison == plain_comparison(comparison)
    assert plainly(after.result)["comparison"] is None
