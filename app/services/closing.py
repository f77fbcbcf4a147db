"""Closing a round: a dated copy of what it says is sealed, and its answers are not changed any more."""

from datetime import date
from typing import Any

from app.services import answers, ratings, results
from app.services.basis import as_data
from app.services.opened import CLOSED, OpenAssessment, check_takes_answers
from app.services.rounds import keep_line
from app.services.said import parts_of


def close(assessment: OpenAssessment, today: date) -> None:
    """Seal a dated copy of what a round says, with the hashes of its edition and its questionnaire.

    Closing it twice leaves the first copy as it is. The plan is not in it: it goes on.

    Raises:
        NotTaken: when it is set aside.
        Refused: while people are answering apart.
    """
    if assessment.closed_on is not None:
        return
    check_takes_answers(assessment)
    ratings.check_none_goes_on(assessment)
    keep_line(assessment, assessment.line)
    pinned, sheet = assessment.pinned, results.open_sheet(assessment)
    copy = as_data(results.basis(assessment, sheet)) | {
        "raters": sheet.raters,
        "not_agreed": sheet.not_agreed,
        "to_discuss": sheet.to_discuss,
        "day": today.isoformat(),
        "framework": pinned.framework_hash,
        "questionnaire": pinned.questionnaire_hash,
    }
    assessment.rows.write_parts(CLOSED[1], {"answers": copy, "notes": _texts(assessment)}, made_on=0)


def _texts(assessment: OpenAssessment) -> dict[str, Any]:
    """All that was said in words, by question: as it is sealed beside the answers."""
    asked = assessment.questionnaire.questions
    texts = {id_: parts_of(asked[id_], one.said)["notes"] for id_, one in answers.load(assessment).items()}
    return {question: said for question, said in texts.items() if any(said.values())}
