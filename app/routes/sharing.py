"""Sharing: who can open an assessment, letting somebody in, and shutting them out again."""

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response

from app.pages import go_to, render
from app.routes.access import ChargeDep, SessionDep, TodayDep
from app.routes.forms import Form, FormDep
from app.routes.handling import Route
from app.routes.mailing import link_page
from app.routes.visits import Visit, VisitDep
from app.services import sharing
from app.services.asking import asking, turn_away
from app.services.faults import NotFound, Refused
from app.services.opened import OpenAssessment

router = APIRouter(route_class=Route, prefix="/assessments/{assessment_id}/sharing")

Problems = list[tuple[str, str]]


@router.get("")
def show_sharing(visit: VisitDep, assessment: ChargeDep, done: str = "") -> Response:
    """Who can open this now, who waits, and the form that lets somebody in."""
    return _page(visit, assessment, done=done)


@router.post("")
def make_link(
    request: Request, form: FormDep, visit: VisitDep, assessment: ChargeDep, today: TodayDep
) -> Response:
    """Make a link that lets somebody ask to be let in, and show it once."""
    try:
        token = sharing.invite(visit.session, assessment, form.get("scope"), form.get("until"), today)
    except Refused as refused:
        return _page(visit, assessment, 422, form, refused.problems)
    return link_page(request, visit, assessment, token)


@router.post("/keys")
def change_keys(session: SessionDep, assessment: ChargeDep, today: TodayDep) -> Response:
    """Change the keys after somebody's access has ended, if that has not happened on the way here."""
    sharing.change_keys(session, assessment, today)
    return _done(assessment, "keys")


@router.post("/invitations/{reference}/let-in")
def let_in(reference: str, visit: VisitDep, assessment: ChargeDep, today: TodayDep) -> Response:
    """Let in somebody who waits."""
    try:
        sharing.let_in(visit.session, assessment, reference, today)
    except Refused as refused:
        return _page(visit, assessment, 422, problems=refused.problems)
    return _done(assessment, "in")


@router.post("/invitations/{reference}/take-back")
def take_back(reference: str, session: SessionDep, assessment: ChargeDep, today: TodayDep) -> Response:
    """Take an invitation back, and turn away whoever waits with it."""
    turn_away(session, sharing.into(assessment), reference, today)
    return _done(assessment, "back")


@router.get("/{holder_id}/end")
def ask_to_end(holder_id: str, visit: VisitDep, assessment: ChargeDep) -> Response:
    """Ask whether it is meant, and say what it can and cannot do."""
    share = sharing.share_of(visit.session, assessment, holder_id, _names(visit), visit.today)
    if share.yours:
        raise NotFound
    return render("sharing/end.html", signed_in=True, assessment=assessment, share=share)


@router.post("/{holder_id}/end")
def end(holder_id: str, session: SessionDep, assessment: ChargeDep, today: TodayDep) -> Response:
    """Take somebody's access away, and change the keys."""
    sharing.take_away(session, assessment, holder_id, today)
    return _done(assessment, "ended")


def _done(assessment: OpenAssessment, what: str) -> Response:
    return go_to(f"/assessments/{assessment.id}/sharing?done={what}")


def _names(visit: Visit) -> Mapping[str, str]:
    return {one.key.id: one.name for one in visit.organisations}


def _page(
    visit: Visit,
    assessment: OpenAssessment,
    status: int = 200,
    form: Form | None = None,
    problems: Problems | None = None,
    done: str = "",
) -> Response:
    usual = {"scope": "read", "until": (visit.today + sharing.USUAL).isoformat()}
    unused, waiting = asking(visit.session, sharing.into(assessment), visit.today)
    return render(
        "sharing/page.html",
        status,
        signed_in=True,
        assessment=assessment,
        shares=sharing.shares(visit.session, assessment, _names(visit), visit.today),
        unused=unused,
        waiting=waiting,
        ended=sharing.ended(visit.session, assessment, visit.today),
        latest=visit.today + sharing.LONGEST,
        typed=usual if form is None else {name: form.get(name) for name in usual},
        problems=problems or [],
        done=done,
    )
