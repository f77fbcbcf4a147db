"""Rounds: closing one, and the line of rounds that an organisation goes through with a framework.

A line and a place in it are sealed; nothing in the clear says which rounds belong together.
"""

from dataclasses import asdict
from datetime import date
from typing import Any

from sqlmodel import Session

from app.services import answers, assessments, results
from app.services.assessments import CLOSED, LINE, Line, OpenAssessment
from app.services.basis import as_data
from app.services.packs import Library
from app.services.said import parts_of
from app.vault.grants import granted_assessments
from app.vault.sealing import DoesNotOpen


def close(assessment: OpenAssessment, today: date) -> None:
    """Seal a dated copy of what a round says, after which its answers are not changed any more.

    Closing it twice leaves the first copy as it is.

    Raises:
        NotTaken: when it is set aside.
    """
    if assessment.closed_on is not None:
        return
    assessments.check_takes_answers(assessment)
    keep_line(assessment, assessment.line)
    scored = as_data(results.basis(assessment, results.open_sheet(assessment)))
    pinned = assessment.pinned
    copy = scored | {
        "day": today.isoformat(),
        "framework": pinned.framework_hash,
        "questionnaire": pinned.questionnaire_hash,
    }
    assessment.rows.write_parts(CLOSED[1], {"answers": copy, "notes": _texts(assessment)}, made_on=0)


def line(session: Session, library: Library, assessment: OpenAssessment, today: date) -> list[OpenAssessment]:
    """The rounds of an assessment's line that the same key opens, oldest first; none that is set aside."""
    found = beside(session, library, assessment, today)
    return sorted(
        (one for one in found if one.line.id == assessment.line.id and not one.line.aside),
        key=lambda one: (one.line.number, one.created_on, one.id),
    )


def beside(
    session: Session, library: Library, assessment: OpenAssessment, today: date
) -> list[OpenAssessment]:
    """Everything with the same framework that the same key opens whole, this one among it, newest first."""
    opened = []
    for granted in granted_assessments(session, assessment.access.key.id, today):
        if granted.id == assessment.id:
            opened.append(assessment)
            continue
        try:
            one = assessments.find_with(session, library, [assessment.access], granted.id, today)
        except DoesNotOpen:
            continue
        if one.whole and one.framework.id == assessment.framework.id:
            opened.append(one)
    return opened


def keep_line(assessment: OpenAssessment, place: Line) -> None:
    """Write down where a round stands."""
    assessment.rows.write_newest(*LINE, asdict(place))


def _texts(assessment: OpenAssessment) -> dict[str, Any]:
    """All that was said in words, by question: as it is sealed beside the answers."""
    asked = assessment.questionnaire.questions
    texts = {id_: parts_of(asked[id_], one.said)["notes"] for id_, one in answers.load(assessment).items()}
    return {question: said for question, said in texts.items() if any(said.values())}
