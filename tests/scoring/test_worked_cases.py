"""The worked cases of the scoring rules, each figure to 9 decimals."""

import json
from pathlib import Path
from typing import Any

import pytest

from questionnaires.models import Questionnaire
from scoring.answers import read_answers
from scoring.assessment import Result, assess
from scoring.compare import Comparison, Round, compare
from scoring.scores import Figures
from standards.models import Framework
from tests.scoring.cast import TODAY, asking, asking_levels, edition_of, indicator, level_question

CASES = json.loads(Path(__file__).parents[1].joinpath("examples", "scoring-cases.json").read_text())
EARLIER = "0.9"


@pytest.mark.parametrize("case", CASES["scoring"], ids=lambda case: case["name"])
def test_a_worked_case_comes_out_as_worked_by_hand(case: dict[str, Any]) -> None:
    framework, questionnaire = scored_packs(case)

    result = assess(
        framework,
        questionnaire,
        read_answers(questionnaire, {code: _raw(said) for code, said in case["answers"].items()}, on=TODAY),
        on=TODAY,
        profile=case.get("profile", {}),
        targets=case.get("targets", {}),
    )

    assert _as_expected(result) == case["expected"]


@pytest.mark.parametrize("case", CASES["comparing"], ids=lambda case: case["name"])
def test_a_worked_comparison_comes_out_as_worked_by_hand(case: dict[str, Any]) -> None:
    earlier, later = earlier_and_later(case)

    comparison = compare(_round(earlier, case["answers_before"]), _round(later, case["answers"]))

    assert _comparison_as_expected(comparison) == case["expected"]


def test_there_are_thirty_worked_cases_and_fifteen_comparisons() -> None:
    assert (len(CASES["scoring"]), len(CASES["comparing"])) == (30, 15)


def scored_packs(case: dict[str, Any]) -> tuple[Framework, Questionnaire]:
    """The edition of a case, and the questionnaire that asks it."""
    framework = _framework(case["framework"])
    return framework, _questionnaire(framework, case)


def earlier_and_later(case: dict[str, Any]) -> tuple[Framework, Framework]:
    """The two editions of a comparison; one and the same where there are no links."""
    links = case.get("links")
    earlier = _framework(case["framework_before"], **({} if links is None else {"edition": EARLIER}))
    later = _framework(case["framework"], earlier=[{"edition": EARLIER, "links": links}] if links else [])
    return earlier, later


def _round(framework: Framework, answers: dict[str, Any]) -> Round:
    questionnaire = asking_levels(framework)
    said = {code: _raw(one) for code, one in answers.items()}
    return Round(
        framework,
        assess(framework, questionnaire, read_answers(questionnaire, said, on=TODAY), on=TODAY),
    )


def _framework(case: dict[str, Any], **more: Any) -> Framework:
    standards = [
        {
            "id": standard["id"],
            "requirements": [
                {
                    "id": one["id"],
                    "indicators": [indicator(i.pop("code"), i.pop("class"), **i) for i in _copies(one)],
                }
                for one in standard["requirements"]
            ],
        }
        for standard in case["standards"]
    ]
    return edition_of(standards, case["ratings"], overall=case["overall"], **more)


def _copies(requirement: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(one) for one in requirement["indicators"]]


def _questionnaire(framework: Framework, case: dict[str, Any]) -> Questionnaire:
    return asking(
        *(level_question(code) for code in case.get("asked", framework.indicators)),
        profile=[{"fact": theme, "prompt": theme} for theme in case.get("profile", {})],
        rating_ceiling=case.get("rating_ceiling"),
    )


def _raw(said: dict[str, Any]) -> dict[str, Any]:
    return {"value" if key == "level" else key: value for key, value in said.items()}


def _as_expected(result: Result) -> dict[str, Any]:
    reached = result.verdict.reached
    return {
        "overall": _figures(result.overall),
        "standards": {standard.id: _figures(standard.figures) for standard in result.standards},
        "rating": reached and reached.rating.id,
        "gaps": [
            {
                "code": gap.code,
                "gap": round(gap.size, 9),
                "priority": round(gap.priority, 9),
                "tier": gap.tier,
            }
            for gap in result.gaps
        ],
        "still_to_answer": list(result.still_to_answer),
        "claimed_not_evidenced": list(result.claimed_not_evidenced),
    }


def _comparison_as_expected(comparison: Comparison) -> dict[str, Any]:
    headline = [_exact(score) for score in comparison.headline]
    split = comparison.split
    if split is None:
        return {"headline": headline, "like_for_like": None}
    return {
        "headline": headline,
        "like_for_like": [_exact(score) for score in split.like_for_like],
        "practice": _exact(split.practice),
        "left": _exact(split.left),
        "joined": _exact(split.joined),
        "comparable_share": _exact(comparison.share),
        "groups": [
            {
                "from": list(group.from_),
                "to": list(group.to),
                "before": _exact(group.before),
                "after": _exact(group.after),
                "change": group.change,
            }
            for group in comparison.groups
        ],
    }


def _figures(figures: Figures) -> dict[str, float | None]:
    names = ("score", "coverage", "low", "high", "evidenced")
    return {name: _exact(getattr(figures, name)) for name in names}


def _exact(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 9)
