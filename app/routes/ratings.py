"""A rating, for the organisation: whom to ask, the end, and what people said when they answered apart."""

from fastapi import APIRouter, Request, Response

from app.language import gettext as _
from app.pages import go_to, render
from app.reports.qr import qr_svg
from app.routes.access import AssessmentDep, ChargeDep
from app.routes.forms import Form, FormDep
from app.routes.handling import Route
from app.routes.mailing import address_of
from app.routes.visits import Visit, VisitDep
from app.services import joint, organisations, ratings, results, spreads
from app.services.faults import NotFound, Refused
from app.services.opened import OpenAssessment
from app.services.organisations import Belonging
from app.services.ratings import Rater
from app.tables import Holder

router = APIRouter(route_class=Route, prefix="/assessments/{assessment_id}/rating")

Problems = list[tuple[str, str]]

BY_CODE = "code"
"""What the form sends for somebody without an account."""


@router.get("")
def show_rating(request: Request, visit: VisitDep, assessment: AssessmentDep, done: str = "") -> Response:
    """Who was asked; and once the rating has ended, what they said."""
    if ratings.load(assessment).ended_on is not None:
        return _results_page(visit, assessment, done)
    if not assessment.in_charge:
        raise NotFound
    return _page(request, visit, assessment, done=done)


@router.post("")
def ask(request: Request, form: FormDep, visit: VisitDep, assessment: ChargeDep) -> Response:
    """Ask somebody to answer apart. Where they have no account, link and code are shown once."""
    session, today, tag = visit.session, visit.today, form.get("tag")
    try:
        if form.get("who", BY_CODE) == BY_CODE:
            sheet_id, receipt = ratings.ask_by_code(session, assessment, tag, today)
            return _code_page(request, assessment, tag, sheet_id, receipt.code)
        ratings.ask_member(session, assessment, tag, _member(visit, assessment, form.get("who")), today)
    except Refused as refused:
        return _page(request, visit, assessment, 422, form, refused.problems)
    return _done(assessment, "asked")


@router.get("/end")
def ask_to_end(visit: VisitDep, assessment: ChargeDep) -> Response:
    """Ask whether it is meant, and name who has not handed in."""
    if ratings.load(assessment).ended_on is not None:
        return go_to(f"/assessments/{assessment.id}/rating")
    return _end_page(visit, assessment)


@router.post("/end")
def end(visit: VisitDep, assessment: ChargeDep) -> Response:
    """End the rating: what was handed in counts from now on. A second time changes nothing."""
    if ratings.load(assessment).ended_on is None:
        try:
            ratings.end(visit.session, visit.library, assessment, visit.today)
        except Refused as refused:
            return _end_page(visit, assessment, 422, refused.problems)
    return go_to(f"/assessments/{assessment.id}/rating")


@router.get("/{sheet_id}/remove")
def ask_to_remove(sheet_id: str, visit: VisitDep, assessment: ChargeDep) -> Response:
    """Ask whether a rater is to be taken out, with all that they have said."""
    rating = ratings.load(assessment)
    for rater in ratings.raters(visit.session, rating):
        if rater.sheet_id == sheet_id and rating.ended_on is None:
            return render("ratings/remove.html", signed_in=True, assessment=assessment, rater=rater)
    raise NotFound


@router.post("/{sheet_id}/remove")
def remove(sheet_id: str, visit: VisitDep, assessment: ChargeDep) -> Response:
    """Take a rater out; their sheet is deleted."""
    ratings.remove(visit.session, assessment, sheet_id)
    return _done(assessment, "removed")


def _done(assessment: OpenAssessment, what: str) -> Response:
    return go_to(f"/assessments/{assessment.id}/rating?done={what}")


def _members(visit: Visit, assessment: OpenAssessment) -> list[Belonging]:
    """Who has an account, and belongs to the organisation that the assessment was opened with."""
    for organisation in visit.organisations:
        if organisation.id == assessment.access.organisation:
            belonging = organisations.belonging(visit.session, organisation, visit.signed_in.holder.id)
            return [one for one in belonging if one.kind == "person"]
    return []


def _member(visit: Visit, assessment: OpenAssessment, holder_id: str) -> Holder:
    """The one who was chosen.

    Raises:
        Refused: when they are none of those who can be.
    """
    if holder_id not in {one.holder_id for one in _members(visit, assessment)}:
        raise Refused([("who", _("Choose one of the answers that are listed here."))])
    return visit.session.get_one(Holder, holder_id)


def _page(
    request: Request,
    visit: Visit,
    assessment: OpenAssessment,
    status: int = 200,
    form: Form | None = None,
    problems: Problems | None = None,
    done: str = "",
) -> Response:
    raters = ratings.raters(visit.session, ratings.load(assessment))
    return render(
        "ratings/page.html",
        status,
        signed_in=True,
        assessment=assessment,
        raters=raters,
        handed_in=[one for one in raters if one.handed_in_on is not None],
        members=_members(visit, assessment),
        full=len(raters) >= ratings.MOST_RATERS,
        most=ratings.MOST_RATERS,
        address=address_of(request),
        by_code=BY_CODE,
        typed={"tag": form.get("tag") if form else "", "who": form.get("who") if form else BY_CODE},
        problems=problems or [],
        done=done,
    )


def _code_page(request: Request, assessment: OpenAssessment, tag: str, sheet_id: str, code: str) -> Response:
    return render(
        "ratings/code.html",
        signed_in=True,
        assessment=assessment,
        tag=tag.strip(),
        link=f"{address_of(request)}/ratings/{sheet_id}",
        code=code,
        qr=qr_svg(code, _("The code as a QR code")),
    )


def _end_page(
    visit: Visit, assessment: OpenAssessment, status: int = 200, problems: Problems | None = None
) -> Response:
    raters = ratings.raters(visit.session, ratings.load(assessment))
    return render(
        "ratings/end.html",
        status,
        signed_in=True,
        assessment=assessment,
        handed_in=[one for one in raters if one.handed_in_on is not None],
        missing=_missing(raters),
        problems=problems or [],
    )


def _missing(raters: list[Rater]) -> list[Rater]:
    return [one for one in raters if one.handed_in_on is None]


def _results_page(visit: Visit, assessment: OpenAssessment, done: str) -> Response:
    rating, heard = ratings.load(assessment), joint.load(assessment)
    if heard is None:
        raise NotFound
    sheets = ratings.open_sheets(visit.session, visit.library, assessment, visit.today)
    rated = [one for one in results.rated_questions(assessment).values() if one.heard]
    apart = [one for one in rated if one.to_discuss]
    near = [one for one in rated if not (one.to_discuss or one.agreed)]
    agreed = [one for one in rated if one.agreed]
    return render(
        "ratings/results.html",
        signed_in=True,
        assessment=assessment,
        rating=rating,
        counted=[rating.tags[id_] for id_ in heard.raters],
        left_out=[tag for id_, tag in rating.tags.items() if id_ not in heard.raters],
        apart=spreads.spreads(assessment, heard, rating.tags, apart, sheets),
        near=spreads.spreads(assessment, heard, rating.tags, near),
        agreed=spreads.spreads(assessment, heard, rating.tags, agreed),
        done=done,
    )
