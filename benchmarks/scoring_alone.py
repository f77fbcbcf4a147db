"""Scoring by itself: no web, no database."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from app.services.packs import Library
from benchmarks.timing import Times, timed
from questionnaires.models import Questionnaire
from scoring.answers import Answer
from scoring.assessment import assess
from standards.models import Framework, Intensity

TODAY = date(2026, 11, 21)


def score(framework: Framework, questionnaire: Questionnaire) -> Times:
    """Work out the result of a full assessment, again and again."""
    profile: Mapping[str, Intensity] = {fact.fact: "some" for fact in questionnaire.profile}
    answers = {
        question: Answer(value=place % 4, evidence=place % 5)
        for place, question in enumerate(questionnaire.questions)
    }
    return timed([partial(assess, framework, questionnaire, answers, on=TODAY, profile=profile)], 2.0, 200)


def shipped() -> tuple[Framework, Questionnaire]:
    """The edition that comes with Plumbline, and its full questionnaire."""
    pinned = Library.installed().offer("ics-style-full")
    return pinned.framework, pinned.questionnaire


def enlarged(indicators: int) -> tuple[Framework, Questionnaire]:
    """The shipped edition with its indicators copied until there are so many, each asked by its level."""
    framework, questionnaire = shipped()
    written = framework.model_dump(by_alias=True)
    requirements = [one for standard in written["standards"] for one in standard["requirements"]]
    codes = list(framework.indicators)
    for requirement in requirements:
        requirement["indicators"] = [
            one | {"code": f"{one['code']}-{copy}"}
            for one in requirement["indicators"]
            for copy in range(_copies(codes.index(one["code"]), len(codes), indicators))
        ]
    large = Framework.model_validate(written)
    return large, _asking(large, questionnaire)


def _copies(place: int, originals: int, wanted: int) -> int:
    whole, rest = divmod(wanted, originals)
    return whole + (place < rest)


def _asking(framework: Framework, questionnaire: Questionnaire) -> Questionnaire:
    written: dict[str, Any] = questionnaire.model_dump(by_alias=True)
    questions = [
        {"id": code, "kind": "level", "informs": [code], "not_applicable": True}
        for code in framework.indicators
    ]
    written["sections"] = [{"id": "all", "title": "All", "questions": questions}]
    return Questionnaire.model_validate(written)
