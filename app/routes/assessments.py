"""Assessments: starting one, the list of them, the task list of one, its name, its end."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Request, Response
from starlette.background import BackgroundTask

from app.database import Session, forget_deleted
from app.language import gettext as _
from app.pages import go_to, render
from app.routes.access import (
    AssessmentDep,
    ChargeDep,
    LibraryDep,
    NowDep,
    QuestionsDep,
    SessionDep,
    SignedInDep,
    TodayDep,
    VisitorDep,
)
from app.routes.cookies import give_cookie
from app.routes.forms import Form, FormDep
from app.routes.given import InHandler
from app.routes.handling import Route
from app.routes.sheets import held_sheets, home_of
from app.routes.starting import RecentStarts
from app.routes.visits import Visit, VisitDep
from app.services import (
    assessments,
    assigned,
    carrying,
    offers,
    plans,
    ratings,
    results,
    reviews,
    sharing,
    talk,
)
from app.services.answers import too_long
from app.services.faults import NotFound
from app.services.opened import TITLE_LIMIT, OpenAssessment, Title
from app.vault.holders import add_receipt_holder
from app.vault.receipts import new_receipt
from app.vault.sessions import SignedIn, cookie_value, find_signed_in, sign_in

router = APIRouter(route_class=Route)


def get_recent_starts(request: Request) -> RecentStarts:
    """What was begun just now."""
    recent: RecentStarts = request.app.state.recent_starts
    return recent


RecentStartsDep = Annotated[RecentStarts, InHandler(get_recent_starts)]


@router.get("/start")
def choose(visit: VisitDep, library: LibraryDep, questionnaire: str = "", organisation: str = "") -> Response:
    """Choose a questionnaire: the one that the link asks for, or the shortest, is chosen already."""
    chosen = questionnaire if questionnaire in library.offered else offers.suggested(library)
    return _start_page(visit, Form([("questionnaire", chosen), ("holder", organisation)]))


@router.post("/start")
def start(
    request: Request,
    form: FormDep,
    visit: VisitDep,
    session: SessionDep,
    library: LibraryDep,
    visitor: VisitorDep,
    now: NowDep,
    recent: RecentStartsDep,
) -> Response:
    """Begin an assessment, for oneself or an organisation; without a session, with a new receipt."""
    problems = list(title_problems(form))
    if form.get("questionnaire") not in library.offered:
        problems.insert(0, ("questionnaire", _("Choose how you want to begin.")))
    if form.get("holder") and form.get("holder") not in _organisations_to_write_in(visit):
        problems.append(("holder", _("Choose who it is for.")))
    if problems:
        return _start_page(visit, form, 422, problems)
    signed_in = session_to_start(session, visitor, recent, form.get("form_key"), now)
    questionnaire, holder = form.get("questionnaire"), form.get("holder")
    # Going back and choosing another questionnaire begins another assessment.
    form_key = form.get("form_key") and f"{form.get('form_key')} {questionnaire} {holder}".rstrip()
    pinned = library.offer(questionnaire)
    key = visit.key_of(holder) if holder else signed_in.holder
    begun = assessments.begin(session, library, key, pinned, now.date(), form_key)
    assessments.rename(begun, read_title(form))
    return answer_start(request, visitor, signed_in, begun)


def session_to_start(
    session: Session, visitor: SignedIn | None, recent: RecentStarts, form_key: str, now: datetime
) -> SignedIn:
    """The session to begin in: the visitor's, that of the same form a moment ago, or a new one."""
    signed_in = visitor or find_signed_in(session, recent.find(form_key), now)
    if signed_in is None:
        receipt = new_receipt()
        signed_in = sign_in(session, add_receipt_holder(session, receipt, now.date()), now, receipt.code)
        recent.note(form_key, cookie_value(signed_in))
    return signed_in


def answer_start(
    request: Request, visitor: SignedIn | None, signed_in: SignedIn, begun: OpenAssessment
) -> Response:
    """Go on to what has begun, by way of the receipt if that is new."""
    response = go_to("/receipt" if signed_in.unkept_code else f"/assessments/{begun.id}")
    if signed_in is not visitor:
        give_cookie(request, response, signed_in)
    return response


@router.get("/assessments")
def list_all(visit: VisitDep, signed_in: SignedInDep, deleted: str = "") -> Response:
    """Everything that this receipt or account opens, and what its organisations hold."""
    shelves = [
        (access, *results.overviews(visit.session, visit.library, access, visit.today))
        for access in visit.keys
    ]
    asked, altered = held_sheets(visit)
    return render(
        "assessments/list.html",
        signed_in=True,
        rows=shelves[0][1],
        sheets=asked,
        changed=altered + sum(changed for _access, _rows, changed in shelves),
        organisations=[
            (organisation, rows)
            for organisation, (_access, rows, _changed) in zip(visit.organisations, shelves[1:], strict=True)
        ],
        unkept=bool(signed_in.unkept_code),
        deleted=bool(deleted),
        account=signed_in.account,
    )


@router.get("/assessments/{assessment_id}")
def task_list(visit: VisitDep, session: SessionDep, assessment: QuestionsDep, today: TodayDep) -> Response:
    """The home of an assessment: what is done, what is open, what comes next."""
    if assessment.sheet_of is not None:
        return home_of(assessment)
    sheet, rating = results.open_sheet(assessment), ratings.load(assessment)
    sections = [(section, sheet.progress(section)) for section in assessment.questionnaire.sections]
    carried = carrying.load(assessment)
    asked = [(section, progress) for section, progress in sections if progress.asked]
    return render(
        "assessments/tasks.html",
        signed_in=True,
        assessment=assessment,
        sheet=sheet,
        progress=sheet.progress(),
        sections=asked,
        following=next((section for section, progress in asked if not progress.done), None),
        profile_left=len(assessment.questionnaire.profile) - len(sheet.profile.facts),
        assigned=assigned.named(assessment),
        open_comments=sum(talk.open_counts(assessment, sheet.visible).values()),
        plan=plans.load(assessment),
        carried=carried,
        waiting=len(carried.waiting(sheet.visible, sheet.answers)),
        ended=sharing.ended(session, assessment, today) if assessment.in_charge else 0,
        reviews=reviews.released(session, assessment),
        rating=rating,
        handed_in=[one for one in ratings.raters(session, rating) if one.handed_in_on is not None],
        sheets=held_sheets(visit, assessment.id)[0],
        today=today,
    )


@router.get("/assessments/{assessment_id}/name")
def show_name(assessment: AssessmentDep) -> Response:
    """The name of the organisation and of the assessment, to be changed."""
    title = assessment.title
    return _name_page(assessment, {"organisation": title.organisation, "title": title.title})


@router.post("/assessments/{assessment_id}/name")
def change_name(form: FormDep, assessment: AssessmentDep) -> Response:
    """Change the name."""
    problems = list(title_problems(form))
    if problems:
        typed = {"organisation": form.get("organisation"), "title": form.get("title")}
        return _name_page(assessment, typed, 422, problems)
    assessments.rename(assessment, read_title(form))
    return go_to(f"/assessments/{assessment.id}")


@router.post("/assessments/{assessment_id}/continue")
def go_on(
    form: FormDep,
    session: SessionDep,
    library: LibraryDep,
    assessment: AssessmentDep,
    today: TodayDep,
) -> Response:
    """Continue a quick check as the full self-assessment, for whoever it belongs to."""
    if assessment.guest:
        raise NotFound
    sheet = results.open_sheet(assessment)
    key = assessment.access.key
    full = carrying.go_on(session, library, key, assessment, sheet, today, form.get("form_key"))
    return go_to(f"/assessments/{full.id}")


@router.get("/assessments/{assessment_id}/delete")
def ask_to_delete(assessment: ChargeDep) -> Response:
    """Ask whether it is meant."""
    return _delete_page(assessment)


@router.post("/assessments/{assessment_id}/delete")
def delete(request: Request, form: FormDep, session: SessionDep, assessment: ChargeDep) -> Response:
    """Delete an assessment for good, once the word has been typed."""
    if form.get("word").strip().casefold() != delete_word().casefold():
        problem = _("Type the word {word} to delete this assessment.").format(word=delete_word())
        return _delete_page(assessment, 422, form.get("word"), [("word", problem)])
    assessments.remove(session, assessment.id)
    response = go_to("/assessments?deleted=yes")
    response.background = BackgroundTask(forget_deleted, request.app.state.engine)
    return response


def delete_word() -> str:
    """The word that one types to delete."""
    return _("DELETE")


def read_title(form: Form) -> Title:
    """The names that were typed."""
    return Title(form.get("organisation").strip(), form.get("title").strip())


def title_problems(form: Form) -> list[tuple[str, str]]:
    """A sentence for each name that is too long."""
    return [
        (name, too_long(len(form.get(name).strip()), TITLE_LIMIT))
        for name in ("organisation", "title")
        if len(form.get(name).strip()) > TITLE_LIMIT
    ]


def _organisations_to_write_in(visit: Visit) -> dict[str, str]:
    """The organisations that somebody may begin something for: their names by their ids."""
    if visit.visitor is None:
        return {}
    return {one.id: one.name for one in visit.organisations if one.writes}


def _start_page(
    visit: Visit, typed: Form, status: int = 200, problems: list[tuple[str, str]] | None = None
) -> Response:
    return render(
        "start/page.html",
        status,
        signed_in=visit.visitor is not None,
        organisations=_organisations_to_write_in(visit),
        groups=offers.grouped(visit.library),
        typed=typed,
        problems=problems or [],
    )


def _name_page(
    assessment: AssessmentDep,
    typed: dict[str, str],
    status: int = 200,
    problems: list[tuple[str, str]] | None = None,
) -> Response:
    return render(
        "assessments/name.html",
        status,
        signed_in=True,
        assessment=assessment,
        typed=typed,
        problems=problems or [],
    )


def _delete_page(
    assessment: AssessmentDep,
    status: int = 200,
    typed: str = "",
    problems: list[tuple[str, str]] | None = None,
) -> Response:
    return render(
        "assessments/delete.html",
        status,
        signed_in=True,
        assessment=assessment,
        word=delete_word(),
        typed=typed,
        problems=problems or [],
    )
