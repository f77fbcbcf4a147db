"""Organisations: founding one, who belongs to it, letting people in and out, and its end."""

from fastapi import APIRouter, Request, Response
from starlette.background import BackgroundTask

from app.database import forget_deleted
from app.language import gettext as _
from app.pages import go_to, render
from app.reports.qr import qr_svg
from app.routes.access import AccountDep, LibraryDep, OrganisationDep, RunDep, SessionDep, TodayDep
from app.routes.assessments import delete_word
from app.routes.forms import FormDep
from app.routes.handling import Route
from app.routes.mailing import link_page
from app.routes.visits import Visit, VisitDep
from app.services import organisations, results
from app.services.asking import asking, turn_away
from app.services.faults import NotFound, Refused
from app.vault import organisations as vault
from app.vault.organisations import OpenOrganisation

router = APIRouter(route_class=Route, prefix="/organisations")

Problems = list[tuple[str, str]]


@router.get("/new")
def ask_for_name(_signed_in: AccountDep) -> Response:
    """Where an organisation is founded."""
    return _new_page()


@router.post("/new")
def found(form: FormDep, session: SessionDep, signed_in: AccountDep, today: TodayDep) -> Response:
    """Found an organisation, owned by whoever asks."""
    try:
        name = organisations.read_name(form.get("name"))
    except Refused as refused:
        return _new_page(422, form.get("name"), refused.problems)
    return _to(vault.found(session, signed_in.holder, name, today))


@router.get("/{organisation_id}")
def show(visit: VisitDep, organisation: OrganisationDep, library: LibraryDep, done: str = "") -> Response:
    """An organisation: what it holds, who belongs to it, who waits."""
    return _page(visit, organisation, done=done)


@router.post("/{organisation_id}/name")
def rename(form: FormDep, visit: VisitDep, organisation: RunDep) -> Response:
    """Give it another name."""
    try:
        vault.rename(visit.session, organisation, organisations.read_name(form.get("name")))
    except Refused as refused:
        return _page(visit, organisation, 422, refused.problems, name=form.get("name"))
    return _to(organisation, "name")


@router.post("/{organisation_id}/invitations")
def invite(
    request: Request, form: FormDep, visit: VisitDep, organisation: RunDep, today: TodayDep
) -> Response:
    """Make a link that lets somebody ask to be let in, and show it once."""
    try:
        token = organisations.invite(visit.session, organisation, form.get("role"), today)
    except Refused as refused:
        return _page(visit, organisation, 422, refused.problems)
    return link_page(request, visit, organisation, token)


@router.post("/{organisation_id}/invitations/{reference}/let-in")
def let_in(reference: str, visit: VisitDep, organisation: RunDep, today: TodayDep) -> Response:
    """Let in somebody who waits."""
    try:
        organisations.let_in(visit.session, organisation, reference, today)
    except Refused as refused:
        return _page(visit, organisation, 422, refused.problems)
    return _to(organisation, "in")


@router.post("/{organisation_id}/invitations/{reference}/take-back")
def take_back(reference: str, session: SessionDep, organisation: RunDep, today: TodayDep) -> Response:
    """Take an invitation back, and turn away whoever waits with it."""
    turn_away(session, organisations.into(organisation), reference, today)
    return _to(organisation, "back")


@router.post("/{organisation_id}/members/{member_id}/role")
def change_role(member_id: str, form: FormDep, visit: VisitDep, organisation: RunDep) -> Response:
    """Give a member another role."""
    try:
        organisations.change_role(visit.session, organisation, member_id, form.get("role"))
    except Refused as refused:
        return _page(visit, organisation, 422, refused.problems)
    return _to(organisation, "role")


@router.get("/{organisation_id}/members/{member_id}/end")
def ask_to_end(member_id: str, visit: VisitDep, organisation: OrganisationDep) -> Response:
    """Ask whether somebody is to be taken out, or wants to leave, and say what that does."""
    return _end_page(visit, organisation, member_id)


@router.post("/{organisation_id}/members/{member_id}/end")
def end(member_id: str, visit: VisitDep, organisation: OrganisationDep, today: TodayDep) -> Response:
    """Take a member out, or leave; every key is turned over."""
    you = member_id == visit.signed_in.holder.id
    if not (organisation.in_charge or you):
        raise NotFound
    try:
        organisations.remove(visit.session, organisation, member_id, today)
    except Refused as refused:
        return _end_page(visit, organisation, member_id, 422, refused.problems)
    return go_to("/assessments") if you else _to(organisation, "out")


@router.post("/{organisation_id}/sheet")
def print_sheet(session: SessionDep, organisation: RunDep, today: TodayDep) -> Response:
    """Make a recovery sheet, and show it once."""
    code = organisations.print_sheet(session, organisation, today).code
    qr = qr_svg(code, _("The recovery sheet as a QR code"))
    return render("organisations/sheet.html", signed_in=True, organisation=organisation, code=code, qr=qr)


@router.get("/{organisation_id}/delete")
def ask_to_delete(organisation: RunDep) -> Response:
    """Ask whether it is meant."""
    return _delete_page(organisation)


@router.post("/{organisation_id}/delete")
def delete(
    request: Request, form: FormDep, session: SessionDep, organisation: RunDep, today: TodayDep
) -> Response:
    """Delete an organisation for good, once the word has been typed."""
    if form.get("word").strip().casefold() != delete_word().casefold():
        problem = _("Type the word {word} to delete this organisation.").format(word=delete_word())
        return _delete_page(organisation, 422, form.get("word"), [("word", problem)])
    organisations.delete_whole(session, organisation, today)
    response = go_to("/assessments?deleted=yes")
    response.background = BackgroundTask(forget_deleted, request.app.state.engine)
    return response


def _new_page(status: int = 200, name: str = "", problems: Problems | None = None) -> Response:
    return render("organisations/new.html", status, signed_in=True, name=name, problems=problems or [])


def _to(organisation: OpenOrganisation, done: str = "") -> Response:
    return go_to(f"/organisations/{organisation.id}" + (f"?done={done}" if done else ""))


def _page(
    visit: Visit,
    organisation: OpenOrganisation,
    status: int = 200,
    problems: Problems | None = None,
    name: str | None = None,
    done: str = "",
) -> Response:
    session, today = visit.session, visit.today
    unused, waiting = asking(session, organisations.into(organisation), today)
    members = organisations.belonging(session, organisation, visit.signed_in.holder.id)
    rows, changed = results.overviews(session, visit.library, visit.access_to(organisation), today)
    return render(
        "organisations/page.html",
        status,
        signed_in=True,
        organisation=organisation,
        members=members,
        rows=rows,
        changed=changed,
        unused=unused if organisation.in_charge else [],
        waiting=waiting if organisation.in_charge else [],
        invited=organisations.INVITED,
        name=organisation.name if name is None else name,
        problems=problems or [],
        done=done,
    )


def _end_page(
    visit: Visit,
    organisation: OpenOrganisation,
    member_id: str,
    status: int = 200,
    problems: Problems | None = None,
) -> Response:
    for member in organisations.belonging(visit.session, organisation, visit.signed_in.holder.id):
        if member.holder_id == member_id and (organisation.in_charge or member.you):
            return render(
                "organisations/end.html",
                status,
                signed_in=True,
                organisation=organisation,
                member=member,
                problems=problems or [],
            )
    raise NotFound


def _delete_page(
    organisation: OpenOrganisation, status: int = 200, typed: str = "", problems: Problems | None = None
) -> Response:
    return render(
        "organisations/delete.html",
        status,
        signed_in=True,
        organisation=organisation,
        word=delete_word(),
        typed=typed,
        problems=problems or [],
    )
