"""Taking an assessment out as a file, and taking such a file in."""

from collections.abc import AsyncGenerator, Mapping
from typing import Annotated

from fastapi import APIRouter, Request, Response
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from app.pages import render
from app.routes.access import AssessmentDep, LibraryDep, NowDep, SessionDep, TodayDep, VisitorDep
from app.routes.assessments import RecentStartsDep, answer_start, session_to_start
from app.routes.forms import MOST_BYTES, Unreadable, WrongContentType, read_body
from app.routes.given import Ahead
from app.routes.handling import Route
from app.services import assessments, exported, results, transfer
from app.services.faults import Refused

router = APIRouter(route_class=Route)


class Upload:
    """A file that was sent in, and the fields of the form that it came with."""

    def __init__(self, content: bytes, fields: Mapping[str, str]) -> None:
        self.content = content
        self.fields = fields

    @property
    def form_key(self) -> str:
        """The key of the form."""
        return self.fields["form_key"]

    @property
    def identity(self) -> str:
        """The same when one file is sent twice, and another for another file; empty without a key."""
        return f"{self.form_key}:{self.content.hex()}" if self.form_key else ""


async def read_upload(request: Request) -> Upload:
    """The file that was posted.

    Raises:
        WrongContentType: when it is no form with a file.
        TooLarge: when it is larger than any export.
        Unreadable: when the form is broken, or holds no file.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise WrongContentType
    body = await read_body(request)

    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    parser = MultiPartParser(request.headers, stream(), max_files=1, max_fields=5)
    # Otherwise a file of more than a megabyte is laid into a temporary file, where it is not sealed.
    parser.spool_max_size = MOST_BYTES
    try:
        form = await parser.parse()
    except MultiPartException as fault:
        raise Unreadable from fault
    file, key = form.get("file"), form.get("form_key")
    try:
        if not isinstance(file, UploadFile) or not isinstance(key, str):
            raise Unreadable
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        return Upload(await file.read(), fields)
    finally:
        await form.close()


UploadDep = Annotated[Upload, Ahead(read_upload)]


@router.get("/assessments/{assessment_id}/export")
def show_export(assessment: AssessmentDep) -> Response:
    """What the file holds, and how to keep it safe."""
    return render("export/page.html", signed_in=True, assessment=assessment)


@router.get("/assessments/{assessment_id}/export.json")
def download(assessment: AssessmentDep, today: TodayDep) -> Response:
    """Everything in an assessment, as a file. Its name says nothing of whose it is."""
    text = transfer.export(assessment, results.open_sheet(assessment), today)
    return Response(
        text,
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="assessment-{today.isoformat()}.json"'},
    )


@router.get("/import")
def show_import(visitor: VisitorDep) -> Response:
    """Where one chooses a file."""
    return render("import/page.html", signed_in=visitor is not None, problems=[])


@router.post("/import")
def take_in(
    request: Request,
    upload: UploadDep,
    session: SessionDep,
    library: LibraryDep,
    visitor: VisitorDep,
    now: NowDep,
    recent: RecentStartsDep,
) -> Response:
    """Begin a new assessment with what a file holds; without a session, with a new receipt."""
    try:
        file = exported.read_file(upload.content)
        pinned = transfer.offer_for(library, file)
        with session.begin_nested():
            signed_in = session_to_start(session, visitor, recent, upload.form_key, now)
            begun = assessments.begin(session, library, signed_in.holder, pinned, now.date(), upload.identity)
            transfer.take_in(begun, file, now.date())
    except Refused as refused:
        return render("import/page.html", 422, signed_in=visitor is not None, problems=refused.problems)
    return answer_start(request, visitor, signed_in, begun)
