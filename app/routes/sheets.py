"""A rater's sheet: the link that leads to it, its home, and handing it in."""

from dataclasses import dataclass, field

from fastapi import APIRouter, Request, Response

from app.language import gettext as _
from app.pages import go_to, render
from app.routes.access import NowDep, SheetDep
from app.routes.cookies import give_cookie
from app.routes.forms import FormDep
from app.routes.handling import Route
from app.routes.limiting import GuessLimitDep
from app.routes.visits import Visit, VisitDep
from app.services import results, sheets
from app.services.faults import NotFound, Refused
from app.services.opened import OpenAssessment, Title
from app.services.results import Progress
from app.vault.codes import Mistyped
from app.vault.holders import KeyHolder, find_receipt_holder
from app.vault.receipts import read_receipt
from app.vault.sessions import sign_in, sign_out

router = APIRouter(route_class=Route)


@router.get("/ratings/{link_id}")
def follow_link(link_id: str, visit: VisitDep) -> Response:
    """On to the sheet for whoever is signed in with its key; anybody else is asked for the code."""
    if visit.visitor is not None and _opens(visit, visit.visitor.holder, link_id):
        return go_to(f"/assessments/{link_id}")
    return _link_page(visit, link_id)


@router.post("/ratings/{link_id}")
def type_code(
    link_id: str, request: Request, form: FormDep, visit: VisitDep, now: NowDep, guesses: GuessLimitDep
) -> Response:
    """Sign in with the code. Whoever else was signed in here is signed out."""
    typed = form.get("receipt")
    if guesses.reached(request, visit.today):
        problem = _("Too many codes were tried from here. Wait a minute, then try again.")
        return _link_page(visit, link_id, 429, typed, problem)
    try:
        rater = find_receipt_holder(visit.session, read_receipt(typed))
    except Mistyped as mistyped:
        return _link_page(visit, link_id, 422, typed, mistyped_code(mistyped))
    if rater is None or not _opens(visit, rater, link_id):
        guesses.count(request, visit.today)
        return _link_page(visit, link_id, 401, typed, _("This code and this link do not fit together."))
    if visit.visitor is not None:
        sign_out(visit.session, visit.visitor)
    response = go_to(f"/assessments/{link_id}")
    give_cookie(request, response, sign_in(visit.session, rater, now))
    return response


@router.get("/assessments/{assessment_id}/hand-in")
def ask_to_hand_in(sheet: SheetDep) -> Response:
    """Ask whether it is meant, and say what is still open."""
    if not sheet.takes_answers:
        return go_to(f"/assessments/{sheet.id}")
    return _hand_in_page(sheet)


@router.post("/assessments/{assessment_id}/hand-in")
def hand_in(visit: VisitDep, sheet: SheetDep) -> Response:
    """Hand a sheet in: the organisation can open it from now on."""
    try:
        sheets.hand_in(visit.session, sheet, visit.today)
    except Refused as refused:
        return _hand_in_page(sheet, 422, refused.problems)
    return go_to(f"/assessments/{sheet.id}")


@dataclass(frozen=True)
class HeldSheet:
    """A sheet in the list of what somebody was asked to answer apart."""

    sheet: OpenAssessment
    title: Title
    tag: str = field(repr=False)
    progress: Progress


def held_sheets(visit: Visit, of: str | None = None) -> tuple[list[HeldSheet], int]:
    """What whoever asks was asked to answer apart; and how many of it do not open any more.

    `of`: only for this assessment.
    """
    opened, changed = sheets.held(visit.session, visit.library, visit.signed_in.holder, visit.today, of)
    return [
        HeldSheet(one, one.title, sheets.tag_of(one), results.open_sheet(one).progress()) for one in opened
    ], changed


def home_of(sheet: OpenAssessment) -> Response:
    """The home of a sheet: whom it is for, its sections, and the way to hand it in."""
    counts = results.open_sheet(sheet)
    sections = [(section, counts.progress(section)) for section in sheet.questionnaire.sections]
    asked = [(section, progress) for section, progress in sections if progress.asked]
    return render(
        "ratings/tasks.html",
        signed_in=True,
        assessment=sheet,
        tag=sheets.tag_of(sheet),
        progress=counts.progress(),
        sections=asked,
        following=next((section for section, progress in asked if not progress.done), None),
    )


def mistyped_code(mistyped: Mistyped) -> str:
    """What to say of a code that was mistyped."""
    return {
        "length": _(
            "A code has 28 letters and digits, in seven groups of four. Some are missing or too many."
        ),
        "character": _(
            "A code has only letters and digits, and never the letter U. Please check what you typed."
        ),
        "check": _("Something in this code is mistyped. Please compare it with your copy, group by group."),
    }[str(mistyped)]


def _opens(visit: Visit, rater: KeyHolder, sheet_id: str) -> bool:
    try:
        sheets.find(visit.session, visit.library, rater, sheet_id, visit.today)
    except NotFound:
        return False
    return True


def _link_page(visit: Visit, link_id: str, status: int = 200, typed: str = "", problem: str = "") -> Response:
    """The same whether there is such a sheet or not."""
    return render(
        "ratings/link.html",
        status,
        {"Retry-After": "60"} if status == 429 else None,
        signed_in=visit.visitor is not None,
        path=f"/ratings/{link_id}",
        typed=typed,
        problems=[("receipt", problem)] if problem else [],
    )


def _hand_in_page(
    sheet: OpenAssessment, status: int = 200, problems: list[tuple[str, str]] | None = None
) -> Response:
    return render(
        "ratings/hand_in.html",
        status,
        signed_in=True,
        assessment=sheet,
        progress=results.open_sheet(sheet).progress(),
        problems=problems or [],
    )
