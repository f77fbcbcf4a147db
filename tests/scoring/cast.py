"""Small editions and questionnaires, written so that a rule can be checked by hand."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from questionnaires.models import Questionnaire
from scoring.answers import Answer
from scoring.assessment import Result, assess
from standards.models import Framework

TODAY = date(2026, 11, 21)
EARLY = {"id": "early"}


def critical(code: str, **more: Any) -> dict[str, Any]:
    return indicator(code, "critical", **more)


def major(code: str, **more: Any) -> dict[str, Any]:
    return indicator(code, "major", **more)


def supporting(code: str, **more: Any) -> dict[str, Any]:
    return indicator(code, "supporting", **more)


def indicator(code: str, class_: str, **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "title": code,
        "statement": f"{code} is so.",
        "why": "It matters.",
        "class": class_,
        "not_applicable": "There is nothing of the kind.",
        "levels": ["Not in place.", "Started.", "In place.", "Embedded."],
        "evidence": ["A paper"],
        "ask": ["focal_point"],
        "actions": [action(to) for to in (1, 2, 3)],
        **more,
    }


def action(to: int) -> dict[str, Any]:
    return {
        "to": to,
        "text": f"Climb to {to}.",
        "effort_days": to,
        "owner": "focal_point",
        "leaves": f"Paper {to}",
    }


def edition(
    standards: Mapping[str, list[dict[str, Any]]], *, ratings: list[dict[str, Any]] | None = None, **more: Any
) -> Framework:
    """An edition with one requirement in each standard."""
    return edition_of(
        [
            {"id": id_, "requirements": [{"id": f"{id_}.1", "indicators": indicators}]}
            for id_, indicators in standards.items()
        ],
        ratings or [EARLY],
        **more,
    )


def edition_of(standards: list[dict[str, Any]], ratings: list[dict[str, Any]], **more: Any) -> Framework:
    described = [
        {
            "title": standard["id"],
            "summary": "What it asks.",
            **standard,
            "requirements": [{"title": one["id"], **one} for one in standard["requirements"]],
        }
        for standard in standards
    ]
    return Framework.model_validate(
        {
            "id": "sample",
            "edition": "1.0",
            "title": "Sample",
            "publisher": "The Plumbline project",
            "description": "To test with.",
            "licence": "CC-BY-4.0",
            "language": "en",
            "sources": ["Our own wording."],
            "levels": ["Not in place", "Started", "In place", "Embedded"],
            "roles": {"focal_point": "Focal point"},
            "ratings": [{"label": one["id"], "meaning": "So far.", **one} for one in ratings],
            "standards": described,
            **more,
        }
    )


def level_question(code: str, **more: Any) -> dict[str, Any]:
    return {"id": code, "kind": "level", "informs": [code], "not_applicable": True, **more}


def asking(*questions: dict[str, Any], **more: Any) -> Questionnaire:
    return Questionnaire.model_validate(
        {
            "id": "sample-full",
            "version": "1",
            "framework": {"id": "sample", "edition": "1.0"},
            "title": "Sample",
            "purpose": "Where do we stand?",
            "minutes": 5,
            "asks_evidence": True,
            "sections": [{"id": "all", "title": "All", "questions": list(questions)}],
            **more,
        }
    )


def asking_levels(framework: Framework, **more: Any) -> Questionnaire:
    """A questionnaire with one level question for each indicator, named like it."""
    asked = {"id": framework.id, "edition": framework.edition}
    return asking(*(level_question(code) for code in framework.indicators), framework=asked, **more)


def at(level: int, evidence: int | None = None) -> Answer:
    return Answer(value=level, evidence=evidence)


UNKNOWN = Answer(unknown=True)
NOT_APPLICABLE = Answer(not_applicable=True)


def result_of(framework: Framework, answers: Mapping[str, Answer], **more: Any) -> Result:
    """The result where each indicator is asked by level."""
    return assess_on_today(framework, asking_levels(framework), answers, **more)


def assess_on_today(
    framework: Framework, questionnaire: Questionnaire, answers: Mapping[str, Answer], **more: Any
) -> Result:
    return assess(framework, questionnaire, answers, on=TODAY, **more)
