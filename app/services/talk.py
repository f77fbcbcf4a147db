"""Comments to a question: what those who answer say to each other about it, open until it is resolved.

Whoever has the whole of an assessment, or reviews it, reads them. Whoever may change its answers adds to
them: so nothing is added once a round is closed. What is open then can still be resolved, or opened again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.language import gettext as _
from app.services.answers import too_long
from app.services.faults import NotFound, Refused
from app.services.opened import OpenAssessment
from app.vault.holders import new_id
from app.vault.rows import Place

COMMENT_LIMIT = 5000
MOST_COMMENTS = 300
"""How many characters a comment may have, and how many of them a question."""


@dataclass(frozen=True)
class Resolved:
    """That a comment was resolved: by which holder, and on which day."""

    by: str
    day: date


@dataclass(frozen=True)
class Comment:
    """What somebody said about a question. `by` is a holder's id: `people` says who that is."""

    id: str
    by: str
    day: date
    text: str = field(repr=False)
    resolved: Resolved | None = None


def places(questions: Iterable[str]) -> list[Place]:
    """Where the comments to some questions are sealed."""
    return [("notes", row_of(question)) for question in questions]


def row_of(question: str) -> str:
    """The name of the row that the comments to a question are sealed in."""
    return f"comments:{question}"


def load(assessment: OpenAssessment, questions: Iterable[str]) -> dict[str, list[Comment]]:
    """The comments to some questions, by question, the oldest first."""
    wanted = list(questions)
    found = assessment.rows.read_many(places(wanted))
    return {question: _opened(found["notes", row_of(question)].data) for question in wanted}


def open_counts(assessment: OpenAssessment, questions: Iterable[str]) -> dict[str, int]:
    """How many comments to some questions are open, by question."""
    found = load(assessment, questions)
    return {question: sum(not one.resolved for one in comments) for question, comments in found.items()}


def add(assessment: OpenAssessment, question: str, typed: str) -> Comment:
    """Add a comment after all that others have added.

    Raises:
        Refused: when it is empty or too long, or there are too many.
    """
    text, comments = typed.strip(), _load(assessment, question)
    if not text:
        raise Refused([("comment", _("Write your comment."))])
    if len(text) > COMMENT_LIMIT:
        raise Refused([("comment", too_long(len(text), COMMENT_LIMIT))])
    if len(comments) >= MOST_COMMENTS:
        said = _("There are {count} comments to this question, and no room for more.")
        raise Refused([("comment", said.format(count=MOST_COMMENTS))])
    comment = Comment(new_id(), assessment.rows.author, assessment.rows.today, text)
    _keep(assessment, question, [*comments, comment])
    return comment


def resolve(assessment: OpenAssessment, question: str, comment_id: str, *, resolved: bool) -> None:
    """Mark a comment as resolved, or open it again. Where it is so already, it stays as it is.

    Raises:
        NotFound: when there is no such comment to this question.
    """
    comments = _load(assessment, question)
    if comment_id not in {one.id for one in comments}:
        raise NotFound
    mark = Resolved(assessment.rows.author, assessment.rows.today) if resolved else None
    changed = [
        Comment(one.id, one.by, one.day, one.text, mark)
        if one.id == comment_id and bool(one.resolved) != resolved
        else one
        for one in comments
    ]
    _keep(assessment, question, changed)


def _load(assessment: OpenAssessment, question: str) -> list[Comment]:
    return load(assessment, [question])[question]


def _keep(assessment: OpenAssessment, question: str, comments: list[Comment]) -> None:
    # On the newest: the turn to write keeps others out from reading to writing, so nobody's words are lost.
    assessment.rows.write_newest("notes", row_of(question), [_data(one) for one in comments])


def _data(comment: Comment) -> dict[str, Any]:
    done = comment.resolved
    return {
        "id": comment.id,
        "by": comment.by,
        "day": comment.day.isoformat(),
        "text": comment.text,
        "resolved": {"by": done.by, "day": done.day.isoformat()} if done else None,
    }


def _opened(data: Any) -> list[Comment]:
    return [
        Comment(one["id"], one["by"], date.fromisoformat(one["day"]), one["text"], _resolved(one["resolved"]))
        for one in data or ()
    ]


def _resolved(data: Any) -> Resolved | None:
    return Resolved(data["by"], date.fromisoformat(data["day"])) if data else None
