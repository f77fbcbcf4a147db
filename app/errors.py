"""Error pages: what happened, what to do, and the form with all that was typed.

None of them opens the database.
"""

import logging
import sqlite3
import traceback
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from app.database import Busy
from app.language import gettext as _
from app.pages import by_htmx, render
from app.routes.access import NotSignedIn
from app.routes.forms import Form, TooLarge, Unreadable, WrongContentType
from app.services.faults import NotFound
from app.vault.rows import RowMoved
from app.vault.sealing import DoesNotOpen

log = logging.getLogger("plumbline")

RETRY_SECONDS = "2"


def add_error_pages(app: FastAPI) -> None:
    """Give every fault its page."""
    for fault, answer in {
        NotFound: _not_found,
        RequestValidationError: _not_found,
        HTTPException: _as_http_says,
        NotSignedIn: _not_signed_in,
        Busy: _busy,
        OperationalError: _database_fault,
        RowMoved: _busy,
        TooLarge: _too_large,
        WrongContentType: _wrong_content_type,
        Unreadable: _unreadable,
        DoesNotOpen: _does_not_open,
        Exception: _broken,
    }.items():
        app.add_exception_handler(fault, answer)


def _not_found(request: Request, _fault: Exception) -> Response:
    return _page(
        request,
        404,
        _("There is nothing here"),
        _("This page does not exist, or it is not open to you. It may have been deleted."),
        _("Check the address, or go to your assessments."),
        href="/assessments",
        link=_("Go to my assessments"),
    )


def _as_http_says(request: Request, fault: Exception) -> Response:
    if isinstance(fault, HTTPException) and fault.status_code == 405:
        return _page(
            request,
            405,
            _("That cannot be done here"),
            _("This address does not take what was sent to it. Nothing was changed."),
            _("Go back, and use the buttons of the page."),
        )
    return _not_found(request, fault)


def _not_signed_in(request: Request, _fault: Exception) -> Response:
    kept = _typed(request)
    return render(
        "sign_in/_in_place.html" if by_htmx(request) else "sign_in/page.html",
        401,
        typed="",
        then=request.url.path,
        problems=[],
        kept=kept,
        ended=True,
    )


def _busy(request: Request, _fault: Exception) -> Response:
    return _page(
        request,
        503,
        _("Many people are saving at this moment"),
        _("Yours could not be saved yet. What you typed is kept in this page."),
        _("Wait a few seconds, then send it again."),
        headers={"Retry-After": RETRY_SECONDS},
        again=True,
    )


def _database_fault(request: Request, fault: Exception) -> Response:
    cause = getattr(fault, "orig", None)
    if isinstance(cause, sqlite3.OperationalError) and cause.sqlite_errorcode in (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
    ):
        return _busy(request, fault)
    return _broken(request, fault)


def _too_large(request: Request, _fault: Exception) -> Response:
    return _page(
        request,
        413,
        _("That is more than we can take at once"),
        _("Nothing of it was saved. Your browser still has what you typed."),
        _("Go back, shorten the long texts, and save again."),
    )


def _wrong_content_type(request: Request, _fault: Exception) -> Response:
    return _page(
        request,
        415,
        _("That is not a form of ours"),
        _("Something was sent in a way that we do not read. Nothing was changed."),
        _("Go back, load the page again, and use its buttons."),
    )


def _unreadable(request: Request, _fault: Exception) -> Response:
    return _page(
        request,
        422,
        _("That could not be read"),
        _("What was sent holds broken characters. Nothing was saved. Your browser still has it."),
        _("Go back, take out unusual characters, and save again."),
    )


def _does_not_open(request: Request, fault: Exception) -> Response:
    _log(fault)
    return _page(
        request,
        500,
        _("A part of this assessment does not open"),
        _("What is stored was changed from outside. We show none of it rather than something wrong."),
        _("Tell whoever runs this service. They can put back a backup; they still cannot read it."),
    )


def _broken(request: Request, fault: Exception) -> Response:
    _log(fault)
    return _page(
        request,
        500,
        _("Something went wrong on our side"),
        _("It is not your fault. What was saved is safe, and what you just typed is kept in this page."),
        _("Send it again. If it happens once more, tell whoever runs this service what you were doing."),
        again=True,
    )


def _page(  # noqa: PLR0913 - each is one part of the page
    request: Request,
    status: int,
    heading: str,
    happened: str,
    todo: str,
    *,
    headers: dict[str, str] | None = None,
    again: bool = False,
    href: str = "/",
    link: str | None = None,
) -> Response:
    context: dict[str, Any] = {
        "heading": heading,
        "happened": happened,
        "todo": todo,
        "href": href,
        "link": link or _("Go to the first page"),
        "kept": _typed(request) if again else [],
        "path": request.url.path,
        "method": request.method,
    }
    return render("error/page.html", status, headers, **context)


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
