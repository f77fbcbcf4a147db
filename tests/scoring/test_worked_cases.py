"""The worked cases of the scoring rules, each figure to 9 decimals."""

import json
from pathlib import Path
from typing import Any

import pytest

from questionnaires.models import Questionnaire
from scoring.answers import read_answers
from scoring.assessment import Result, assess
from scoring.scores import Figures
from standards.models import Framework
from tests.scoring.cast import TODAY, asking, edition_of, indicator, level_question

CASES = json.loads(Path(__file__).parents[1].joinpath("examples", "scoring-cases.json").read_text())[
    "scoring"
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_worked_case_comes_out_as_worked_by_hand(case: dict[str, Any]) -> None:
    framework = _framework(case["framework"])
    questionnaire = _questionnaire(framework, case)

    result = assess(
        framework,
        questionnaire,
        read_answers(questionnaire, {code: _raw(said) for code, said in case["answers"].items()}, on=TODAY),
        on=TODAY,
        profile=case.get("profile", {}),
        targets=case.get("targets", {}),
    )

    assert _as_expected(result) == case["expected"]


def test_there_are_thirty_worked_cases() -> None:
    assert len(CASES) == 30


def _framework(case: dict[str, Any]) -> Framework:
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
    return edition_of(standards, case["ratings"], overall=case["overall"])


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


def _figures(figures: Figures) -> dict[str, float | None]:
    names = ("score", "coverage", "low", "high", "evidenced")
    exact = {name: getattr(figures, name) for name in names}
    return {name: None if figure is None else round(figure, 9) for name, figure in exact.items()}
