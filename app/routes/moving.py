"""Taking an organisation out as files, and bringing one in."""

from fastapi import APIRouter, Response

from app.pages import go_to, render
from app.routes.access import AccountDep, LibraryDep, RunDep, SessionDep, TodayDep
from app.routes.export import UploadDep
from app.routes.forms import FormDep
from app.routes.handling import Route
from app.services import moving
from app.services.faults import NotFound, Refused
from app.vault.codes import Mistyped
from app.vault.moving import new_moving_code, read_moving_code

router = APIRouter(route_class=Route, prefix="/organisations")


@router.get("/import")
def show_import(_signed_in: AccountDep) -> Response:
    """Where one chooses the file, and types its code."""
    return render("organisations/import.html", signed_in=True, problems=[])


@router.post("/import")
def take_in(
    upload: UploadDep, session: SessionDep, library: LibraryDep, signed_in: AccountDep, today: TodayDep
) -> Response:
    """Make an organisation of what a file holds."""
    code = upload.fields.get("code", "")
    try:
        with session.begin_nested():
            made = moving.take_in(session, library, signed_in.holder, upload.content, code, today)
    except Refused as refused:
        return render("organisations/import.html", 422, signed_in=True, problems=refused.problems)
    return go_to(f"/organisations/{made.id}")


@router.get("/{organisation_id}/export")
def show_export(organisation: RunDep) -> Response:
    """What the files hold, and the code that the sealed one opens with, shown once."""
    code = new_moving_code().code
    return render("organisations/export.html", signed_in=True, organisation=organisation, code=code)


@router.post("/{organisation_id}/export")
def download(
    form: FormDep, session: SessionDep, library: LibraryDep, organisation: RunDep, today: TodayDep
) -> Response:
    """Everything that an organisation holds, as one zip. Its name says nothing of whose it is."""
    try:
        code = read_moving_code(form.get("moving"))
    except Mistyped:
        raise NotFound from None
    return Response(
        moving.export(session, library, organisation, code, today),
        media_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="organisation-{today.isoformat()}.zip"'},
    )
