"""A review that was released: both sides read it, and the organisation answers the findings."""

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Request, Response

from app.database import Session
from app.pages import go_to, render
from app.routes.access import AssessmentDep, SessionDep, TodayDep
from app.routes.care import asked_in, place_of
from app.routes.forms import Form, FormDep
from app.routes.given import InHandler
from app.routes.handling import Route
from app.services import care, comparison, judgements, reviews, texts
from app.services.faults import Refused
from app.services.judgements import Reply
from app.services.opened import OpenAssessment
from app.services.reviews import OpenReview

router = APIRouter(route_class=Route, prefix="/assessments/{assessment_id}/reviews")


def find_released(
    review_id: str, session: SessionDep, assessment: AssessmentDep, today: TodayDep
) -> OpenReview:
    """The review that the address names, for whoever it was released to."""
    return reviews.find_released(session, assessment, review_id, today)


ReleasedDep = Annotated[OpenReview, InHandler(find_released)]


@dataclass(frozen=True)
class Sent:
    """Answers to findings that were sent in, and what is in the way of some of them."""

    form: Form
    problems: list[tuple[str, str]] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)

    @property
    def status(self) -> int:
        """200 where nothing is in the way."""
        return 422 if self.problems else 409 if self.conflicts else 200


NOTHING_SENT = Sent(Form([]))


@router.get("/{review_id}")
def show_released(
    session: SessionDep, assessment: AssessmentDep, review: ReleasedDep, saved: str = ""
) -> Response:
    """A review that was released, and a field to answer each finding."""
    return released_page(session, assessment, review, saved=bool(saved))


@router.post("/{review_id}")
def save_replies(
    request: Request, form: FormDep, session: SessionDep, assessment: AssessmentDep, review: ReleasedDep
) -> Response:
    """Save what the organisation answers to the findings. What can be saved is; the rest comes back."""
    asked = asked_in(form, assessment)
    if not assessment.rows.taken(form.get("form_key"), form):
        sent = _settle(assessment, review, form)
        if sent.status != 200:
            return released_page(session, assessment, review, sent)
        assessment.rows.note_taken(form.get("form_key"), form)
    if asked is not None:
        return asked.carry_out(assessment.rows, request, go_to(place_of(assessment, asked.row)))
    return go_to(f"/assessments/{assessment.id}/reviews/{review.id}?saved=yes")


def released_page(
    session: Session,
    assessment: OpenAssessment,
    review: OpenReview,
    sent: Sent = NOTHING_SENT,
    *,
    saved: bool = False,
) -> Response:
    """A released review, as either side reads it; after a refusal, with what was typed."""
    compared = comparison.compare_released(assessment, review)
    asked = comparison.questions(assessment, comparison.basis_of(assessment, review))
    replies = judgements.replies(assessment, review, compared.found)
    written = {texts.of_reply(review.id, code): reply.text for code, reply in replies.items()}
    found = care.look(assessment.rows, written) if assessment.writes and sent.status == 200 else {}
    return render(
        "reviews/released.html",
        sent.status,
        signed_in=True,
        assessment=assessment,
        review=review,
        compared=compared,
        sections=[(section, list(codes)) for section, codes in asked],
        reviewer=reviews.reviewer(session, review),
        replies=replies,
        care={code: found.get(texts.of_reply(review.id, code), ()) for code in replies},
        shown={code: sent.form.get(f"{code}:reply", reply.text) for code, reply in replies.items()},
        made_on={code: _made_on(sent, code, reply) for code, reply in replies.items()},
        problems=sent.problems,
        conflicts=sent.conflicts,
        saved=saved,
    )


def _made_on(sent: Sent, code: str, reply: Reply) -> int:
    """The revision that a field stands on. In a conflict that is what is saved: the next is a choice."""
    typed = sent.form.get(f"{code}:revision")
    return sent.form.number(f"{code}:revision") if typed and code not in sent.conflicts else reply.revision


def _settle(assessment: OpenAssessment, review: OpenReview, form: Form) -> Sent:
    """Save each answer that was sent in; what is in the way, and what somebody else changed meanwhile."""
    sent = Sent(form)
    found = comparison.compare_released(assessment, review).found
    for code in [code for code in found if form.get(f"{code}:revision")]:
        text, made_on, key = form.get(f"{code}:reply"), form.number(f"{code}:revision"), form.get("form_key")
        try:
            _reply, conflict = judgements.reply(assessment, review, code, text, made_on, key)
        except Refused as refused:
            sent.problems.extend((f"{code}-reply", said) for _field, said in refused.problems)
        else:
            sent.conflicts.extend([code] if conflict else [])
    return sent
