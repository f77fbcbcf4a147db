"""Accounts: making one, logging in, and coming back without the password."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from app.database import Session
from app.language import gettext as _
from app.pages import by_htmx, go_to, render
from app.routes.access import NowDep, SessionDep, SignedInDep, TodayDep, VisitorDep
from app.routes.browsers import browser_of
from app.routes.cookies import give_cookie
from app.routes.forms import Form, FormDep
from app.routes.handling import Route
from app.routes.limiting import GuessLimitDep
from app.routes.receipts import go_on
from app.routes.stretching import PasswordDep
from app.services.accounts import email_problems, password_problems
from app.vault.codes import Mistyped
from app.vault.holders import KeyHolder
from app.vault.people import (
    OpenAccount,
    add_person,
    find_people,
    open_with_password,
    open_with_recovery,
    renew,
    set_second_factor,
    tidy_email,
)
from app.vault.recovery import read_recovery_code
from app.vault.second_factor import taken
from app.vault.sessions import SignedIn, forget_code, sign_in, sign_out, sign_out_everywhere

router = APIRouter(route_class=Route)

Problems = Iterable[tuple[str, str]]
LAST_GROUP = 4


@router.get("/sign-up")
def ask_to_sign_up(visitor: VisitorDep) -> Response:
    """Where an account is made."""
    return go_to("/assessments") if visitor and visitor.account else _sign_up_page("")


@router.post("/sign-up")
def sign_up(
    request: Request,
    form: FormDep,
    password: PasswordDep,
    session: SessionDep,
    now: NowDep,
    today: TodayDep,
    guesses: GuessLimitDep,
) -> Response:
    """Make an account. Nobody learns whether the address has one already: a second one is a second one."""
    email, problems = form.get("email"), [*_new_account_problems(form)]
    if problems:
        return _sign_up_page(email, 422, problems)
    if guesses.reached(request, today):
        return _sign_up_page(email, 429, [("email", _too_many())])
    guesses.count(request, today)
    known = open_with_password(find_people(session, email), password.stretched)
    if known is not None:
        # Somebody who knows the password learns nothing new, and a double click makes no second account.
        return go_to("/log-in")
    holder, recovery = add_person(session, email, password.stretched, password.salt, today)
    response = go_to("/recovery-code")
    give_cookie(request, response, begin_session(request, session, holder, now, recovery.code))
    return response


@router.get("/recovery-code")
def show_recovery_code(signed_in: SignedInDep) -> Response:
    """The new recovery code, until the person shows that it is written down."""
    if signed_in.unkept_code is None or not signed_in.account:
        return go_to("/assessments")
    return _recovery_page(signed_in.unkept_code)


@router.post("/recovery-code")
def confirm_recovery_code(form: FormDep, session: SessionDep, signed_in: SignedInDep) -> Response:
    """Go on, once the last group of it is typed."""
    code = signed_in.unkept_code
    if code is None or not signed_in.account:
        return go_to("/assessments")
    typed = "".join(character for character in form.get("last").upper() if character.isalnum())
    if typed != code[-LAST_GROUP:]:
        problem = _("These are not its last four characters. Look at what you wrote down.")
        return _recovery_page(code, 422, [("last", problem)])
    forget_code(session, signed_in)
    return go_to("/assessments")


@router.get("/log-in")
def ask_to_log_in(request: Request, visitor: VisitorDep) -> Response:
    """Where somebody with an account comes back."""
    return go_to("/assessments") if visitor and visitor.account else _log_in_page(request, Form([]))


@router.post("/log-in")
def log_in(
    request: Request,
    form: FormDep,
    password: PasswordDep,
    session: SessionDep,
    visitor: VisitorDep,
    now: NowDep,
    today: TodayDep,
    guesses: GuessLimitDep,
) -> Response:
    """Check the password and the code, both before anybody is signed in, and go on; a form is sent on."""
    email = tidy_email(form.get("email"))
    if guesses.reached(request, today, email):
        return _log_in_page(request, form, 429, [("password", _too_many())], {"Retry-After": "60"})
    account = open_with_password(find_people(session, email), password.stretched)
    if account is None or not _second_factor_fits(account, form, now):
        guesses.count(request, today, email)
        problem = _("Address, password and code do not fit together. Check each of them, and try again.")
        return _log_in_page(request, form, 401, [("password", problem)])
    if visitor is not None:
        sign_out(session, visitor)
    response = go_on(request, form)
    factor = account.second_factor.asked
    anew = begin_session(request, session, account.holder, now, second_factor=factor)
    give_cookie(request, response, anew)
    return response


@router.get("/recover")
def ask_to_recover() -> Response:
    """Where somebody goes who has lost the password."""
    return _recover_page("")


@router.post("/recover")
def recover(
    request: Request,
    form: FormDep,
    password: PasswordDep,
    session: SessionDep,
    today: TodayDep,
    guesses: GuessLimitDep,
) -> Response:
    """Set another password with the recovery code. Every session of the account ends; a new code is shown."""
    email = tidy_email(form.get("email"))
    problems = [*password_problems(form.get("password"))]
    if problems:
        return _recover_page(form.get("email"), 422, problems)
    if guesses.reached(request, today, email):
        return _recover_page(form.get("email"), 429, [("code", _too_many())])
    account = _open_by_code(session, email, form.get("code"))
    if account is None:
        guesses.count(request, today, email)
        problem = _("Address and recovery code do not fit together. Check both, and try again.")
        return _recover_page(form.get("email"), 401, [("code", problem)])
    code = renew(account, password.stretched)
    sign_out_everywhere(session, account.holder.id)
    return render("accounts/recovered.html", code=code.code)


def begin_session(
    request: Request,
    session: Session,
    holder: KeyHolder,
    now: datetime,
    unkept_code: str | None = None,
    *,
    second_factor: bool = False,
) -> SignedIn:
    """A session of somebody with an account, in the browser that asks."""
    return sign_in(
        session,
        holder,
        now,
        unkept_code,
        account=True,
        second_factor=second_factor,
        browser=browser_of(request),
    )


def _open_by_code(session: Session, email: str, typed: str) -> OpenAccount | None:
    try:
        return open_with_recovery(find_people(session, email), read_recovery_code(typed))
    except Mistyped:
        return None


def _second_factor_fits(account: OpenAccount, form: Form, now: Any) -> bool:
    if not account.second_factor.asked:
        return True
    after = taken(account.second_factor, form.get("code"), now)
    if after is not None:
        set_second_factor(account, after)
    return after is not None


def _new_account_problems(form: Form) -> Problems:
    yield from email_problems(form.get("email"))
    yield from password_problems(form.get("password"))


def _too_many() -> str:
    return _("Too many were tried. Wait a minute, then try again.")


def _sign_up_page(email: str, status: int = 200, problems: Problems = ()) -> Response:
    return render("accounts/sign_up.html", status, email=email, problems=list(problems))


def _recover_page(email: str, status: int = 200, problems: Problems = ()) -> Response:
    return render("accounts/recover.html", status, email=email, problems=list(problems))


def _recovery_page(code: str, status: int = 200, problems: Problems = ()) -> Response:
    return render("accounts/recovery_code.html", status, signed_in=True, code=code, problems=list(problems))


def _log_in_page(
    request: Request,
    form: Form,
    status: int = 200,
    problems: Problems = (),
    headers: dict[str, str] | None = None,
) -> Response:
    typed = {"email": form.get("email"), "then": form.get("then"), "kept": list(form)}
    if by_htmx(request):
        # What was wrong is said with the log-in, not with the receipt beside it.
        context: dict[str, Any] = {"errors": dict(problems), "problems": [], "typed": ""}
        return render("sign_in/_in_place.html", status, headers, **typed, **context)
    ended = bool(form.get("then"))
    return render("accounts/log_in.html", status, headers, **typed, problems=list(problems), ended=ended)
