"""Error pages: what happened, what to do, and the form with all that was typed.

None of them opens the database.
"""

import logging
import sqlite3
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from fastapi import FastAPI, Request, Response
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.language import gettext as _
from app.language import mark
from app.pages import by_htmx, render
from app.routes.forms import Form, TooLarge, Unreadable, WrongContentType
from app.routes.visits import NotSignedIn
from app.services.faults import NotFound, NotTaken
from app.turns import Busy
from app.vault.rows import RowMoved
from app.vault.sealing import DoesNotOpen

log = logging.getLogger("plumbline")

RETRY_SECONDS = "2"
FIRST_PAGE = mark("Go to the first page")


@dataclass(frozen=True)
class ErrorPage:
    """What is said of one kind of fault. `again`: what was typed can be sent again from the page itself."""

    status: int
    heading: str
    happened: str
    todo: str
    again: bool = False
    href: str = "/"
    link: str = FIRST_PAGE

    def answer(self, request: Request, headers: dict[str, str] | None = None) -> Response:
        """The page for a request that met this fault."""
        return render(
            "error/page.html",
            self.status,
            headers,
            heading=_(self.heading),
            happened=_(self.happened),
            todo=_(self.todo),
            href=self.href,
            link=_(self.link),
            kept=_typed(request),
            again=self.again,
            path=request.url.path,
        )


NOTHING_HERE = ErrorPage(
    404,
    mark("There is nothing here"),
    mark("This page does not exist, or it is not open to you. It may have been deleted."),
    mark("Check the address, or go to your assessments."),
    href="/assessments",
    link=mark("Go to my assessments"),
)
NOT_DONE_HERE = ErrorPage(
    405,
    mark("That cannot be done here"),
    mark("This address does not take what was sent to it. Nothing was changed."),
    mark("Go back, and use the buttons of the page."),
)
TOO_LARGE = ErrorPage(
    413,
    mark("That is more than we can take at once"),
    mark("Nothing of it was saved. Your browser still has what you typed."),
    mark("Go back, shorten the long texts, and save again."),
)
NOT_A_FORM = ErrorPage(
    415,
    mark("That is not a form of ours"),
    mark("Something was sent in a way that we do not read. Nothing was changed."),
    mark("Go back, load the page again, and use its buttons."),
)
UNREADABLE = ErrorPage(
    422,
    mark("That could not be read"),
    mark("What was sent holds broken characters. Nothing was saved. Your browser still has it."),
    mark("Go back, take out unusual characters, and save again."),
)
BUSY = ErrorPage(
    503,
    mark("Many people are saving at this moment"),
    mark("Yours could not be saved yet."),
    mark("Wait a few seconds, then send it again."),
    again=True,
)
DOES_NOT_OPEN = ErrorPage(
    500,
    mark("A part of this assessment does not open"),
    mark("What is stored was changed from outside. We show none of it rather than something wrong."),
    mark("Tell whoever runs this service. They can put back a backup; they still cannot read it."),
)
BROKEN = ErrorPage(
    500,
    mark("Something went wrong on our side"),
    mark("It is not your fault. What was saved is safe."),
    mark("Send it again. If it happens once more, tell whoever runs this service what you were doing."),
    again=True,
)


def add_error_pages(app: FastAPI) -> None:
    """Give every fault its page."""
    answers: dict[type[Exception], Callable[[Request, Exception], Response]] = {
        NotFound: _answer_with(NOTHING_HERE),
        TooLarge: _answer_with(TOO_LARGE),
        WrongContentType: _answer_with(NOT_A_FORM),
        Unreadable: _answer_with(UNREADABLE),
        HTTPException: _as_http_says,
        NotSignedIn: _not_signed_in,
        NotTaken: _not_taken,
        Busy: _busy,
        RowMoved: _busy,
        OperationalError: _database_fault,
        DoesNotOpen: _does_not_open,
    }
    for fault, answer in answers.items():
        app.add_exception_handler(fault, answer)


class LastResort:
    """Answers what nobody foresaw with a page; its message may hold what was typed, and goes no further."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def note_start(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, note_start)
        except Exception as fault:
            page = _broken(Request(scope), fault)
            if not begun:
                await page(scope, receive, send)


def _answer_with(page: ErrorPage) -> Callable[[Request, Exception], Response]:
    return lambda request, _fault: page.answer(request)


def _as_http_says(request: Request, fault: Exception) -> Response:
    forbidden_method = isinstance(fault, HTTPException) and fault.status_code == NOT_DONE_HERE.status
    return (NOT_DONE_HERE if forbidden_method else NOTHING_HERE).answer(request)


def _not_signed_in(request: Request, _fault: Exception) -> Response:
    return render(
        "sign_in/_in_place.html" if by_htmx(request) else "sign_in/page.html",
        401,
        typed="",
        then=request.url.path,
        problems=[],
        kept=_typed(request),
        ended=True,
    )


def _not_taken(request: Request, fault: Exception) -> Response:
    said = cast(NotTaken, fault)
    if by_htmx(request):
        question, typed = request.path_params.get("question_id", ""), dict(_typed(request))
        revision = typed.get(f"{question}:revision", "0")
        return render(
            "sections/_not_taken.html", 409, question=question, revision=revision, said=said.happened
        )
    return render(
        "error/page.html",
        409,
        heading=said.heading,
        happened=said.happened,
        todo=said.todo,
        kept=_typed(request),
        href=f"/assessments/{request.path_params['assessment_id']}",
        link=_("Go to the assessment"),
    )


def _busy(request: Request, _fault: Exception) -> Response:
    return BUSY.answer(request, {"Retry-After": RETRY_SECONDS})


def _database_fault(request: Request, fault: Exception) -> Response:
    cause = getattr(fault, "orig", None)
    busy = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    if isinstance(cause, sqlite3.OperationalError) and cause.sqlite_errorcode in busy:
        return _busy(request, fault)
    return _broken(request, fault)


def _does_not_open(request: Request, fault: Exception) -> Response:
    _log(fault)
    return DOES_NOT_OPEN.answer(request)


def _broken(request: Request, fault: Exception) -> Response:
    _log(fault)
    return BROKEN.answer(request)


def _typed(request: Request) -> list[tuple[str, str]]:
    form = getattr(request.state, "form", None)
    return list(form) if isinstance(form, Form) else []


def _log(fault: BaseException) -> None:
    """Log where it happened and what kind it was; never its message, which may hold what was typed."""
    cause: BaseException | None = fault
    while cause is not None:
        places = "".join(traceback.format_list(traceback.extract_tb(cause.__traceback__)))
        log.error("%s\n%s", type(cause).__qualname__, places)
        cause = cause.__cause__ or cause.__context__
