"""A consultant's review, as the reviewer writes it: each section, the overview, the release."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Request, Response

from app.language import gettext as _
from app.language import long_date
from app.pages import go_to, render
from app.routes.access import ReviewedDep, SessionDep, SignedInDep, TodayDep
from app.routes.care import asked_of
from app.routes.forms import Form, FormDep
from app.routes.given import InHandler
from app.routes.handling import Route
from app.routes.judging import JudgedCard, judged_cards, settle
from app.routes.released import released_page
from app.services import care, comparison, reviews, texts
from app.services.comparison import Comparison
from app.services.faults import NotFound, Refused
from app.services.opened import OpenAssessment
from app.services.reviews import OpenReview
from questionnaires.models import Question, Section

router = APIRouter(route_class=Route, prefix="/assessments/{assessment_id}")


def find_own(
    session: SessionDep, assessment: ReviewedDep, signed_in: SignedInDep, today: TodayDep
) -> OpenReview | None:
    """The reviewer's own review, None while there is none."""
    return reviews.find_own(session, assessment, signed_in.holder, today)


OwnReviewDep = Annotated[OpenReview | None, InHandler(find_own)]


@router.get("/review")
def show_review(
    session: SessionDep, assessment: ReviewedDep, review: OwnReviewDep, today: TodayDep
) -> Response:
    """How far a review has come, and how it differs from what the organisation says."""
    if review is not None and review.released_on is not None:
        return released_page(session, assessment, review)
    return _overview_page(assessment, review, today)


@router.get("/review/sections/{section_id}")
def show_section(section_id: str, assessment: ReviewedDep, review: OwnReviewDep) -> Response:
    """The indicators of a section: what the organisation says, and beside it what the reviewer says."""
    if review is not None and review.released_on is not None:
        return go_to(f"/assessments/{assessment.id}/review")
    section, asked, _later = _section(assessment, section_id)
    return _section_page(assessment, review, section, judged_cards(assessment, review, asked))


@router.post("/review/sections/{section_id}")
def save_section(
    request: Request,
    section_id: str,
    form: FormDep,
    session: SessionDep,
    assessment: ReviewedDep,
    signed_in: SignedInDep,
    today: TodayDep,
) -> Response:
    """Save what the reviewer says of a section. What can be saved is; the rest comes back."""
    section, asked, later = _section(assessment, section_id)
    button = asked_of(form, texts.find_remark)
    review = reviews.begin(session, assessment, signed_in.holder, today)
    if not review.writes:
        return _closed_page(assessment, review, form)
    if not review.rows.taken(form.get("form_key"), form):
        cards = [
            settle(review, form, card) if form.get(f"{card.code}:revision") else card
            for card in judged_cards(assessment, review, asked)
        ]
        states = {card.state for card in cards}
        if states & {"refused", "conflict"}:
            return _section_page(assessment, review, section, cards, 422 if "refused" in states else 409)
        review.rows.note_taken(form.get("form_key"), form)
    if button is not None:
        place = f"{section.id}#point-{button.row.partition(':')[2]}"
        then = go_to(f"/assessments/{assessment.id}/review/sections/{place}")
        return button.carry_out(review.rows, request, then)
    if form.get("onward") == "stay":
        return go_to(f"/assessments/{assessment.id}/review/sections/{section.id}")
    return go_to(f"/assessments/{assessment.id}/review" + (f"/sections/{later.id}" if later else ""))


@router.get("/review/release")
def ask_to_release(assessment: ReviewedDep, review: OwnReviewDep, today: TodayDep) -> Response:
    """Ask whether it is meant."""
    if review is None or not review.writes:
        return go_to(f"/assessments/{assessment.id}/review")
    compared = comparison.compare_now(assessment, review, today)
    return render(
        "reviews/release.html",
        signed_in=True,
        assessment=assessment,
        compared=compared,
        sections=_progress(assessment, compared),
    )


@router.post("/review/release")
def release(session: SessionDep, assessment: ReviewedDep, review: OwnReviewDep, today: TodayDep) -> Response:
    """Let the organisation read the review, which is not changed any more."""
    try:
        comparison.release(session, assessment, review, today)
    except Refused as refused:
        return _overview_page(assessment, review, today, 422, problems=refused.problems)
    return go_to(f"/assessments/{assessment.id}/review")


def _section(
    assessment: OpenAssessment, section_id: str
) -> tuple[Section, dict[str, list[Question]], Section | None]:
    """A section with what there is to judge in it, and the section after it."""
    sections = comparison.questions(assessment, comparison.basis_now(assessment))
    for place, (section, asked) in enumerate(sections):
        if section.id == section_id:
            return section, asked, sections[place + 1][0] if place + 1 < len(sections) else None
    raise NotFound


def _progress(assessment: OpenAssessment, compared: Comparison) -> list[tuple[Section, int, int]]:
    """How many indicators of each section have a level, and of how many."""
    levels = {code for code, one in compared.judgements.items() if one.level is not None}
    sections = comparison.questions(assessment, comparison.basis_now(assessment))
    return [(section, len(levels & asked.keys()), len(asked)) for section, asked in sections]


def _overview_page(
    assessment: OpenAssessment,
    review: OpenReview | None,
    today: date,
    status: int = 200,
    problems: list[tuple[str, str]] | None = None,
) -> Response:
    compared = comparison.compare_now(assessment, review, today)
    return render(
        "reviews/overview.html",
        status,
        signed_in=True,
        assessment=assessment,
        compared=compared,
        sections=_progress(assessment, compared),
        problems=problems or [],
    )


def _section_page(
    assessment: OpenAssessment,
    review: OpenReview | None,
    section: Section,
    cards: list[JudgedCard],
    status: int = 200,
) -> Response:
    remarks = {texts.of_remark(card.code): card.entry.judgement.remark for card in cards}
    found = care.look(review.rows, remarks) if review else {}
    sections = [one for one, _asked in comparison.questions(assessment, comparison.basis_now(assessment))]
    place = sections.index(section)
    return render(
        "reviews/section.html",
        status,
        signed_in=True,
        assessment=assessment,
        section=section,
        cards=cards,
        care={card.code: found.get(texts.of_remark(card.code), ()) for card in cards},
        earlier=sections[place - 1] if place else None,
        later=sections[place + 1] if place + 1 < len(sections) else None,
    )


def _closed_page(assessment: OpenAssessment, review: OpenReview, form: Form) -> Response:
    day = long_date(review.released_on) if review.released_on else ""
    return render(
        "error/page.html",
        409,
        signed_in=True,
        heading=_("This review is released"),
        happened=_("It was released on {day}, and is not changed any more. Nothing was saved.").format(
            day=day
        ),
        todo=_("If something has to be put right, tell the organisation."),
        kept=list(form),
        href=f"/assessments/{assessment.id}/review",
        link=_("Go to the review"),
    )
