"""The page of one's own account, another password for it, and another recovery code."""

from collections.abc import Iterable

from fastapi import APIRouter, Request, Response

from app.language import gettext as _
from app.pages import go_to, render
from app.routes.access import AccountDep, NowDep, SessionDep
from app.routes.accounts import begin_session
from app.routes.asking import AskedDep, refused_status
from app.routes.cookies import give_cookie
from app.routes.forms import FormDep
from app.routes.handling import Route
from app.routes.stretching import NewPasswordDep
from app.services.accounts import password_problems
from app.services.faults import Refused
from app.tables import Person
from app.vault.holders import own_fingerprint
from app.vault.people import change_password, find_people, new_recovery, open_with_password
from app.vault.sessions import show_code, sign_out_everywhere

router = APIRouter(route_class=Route)

Problems = Iterable[tuple[str, str]]


@router.get("/account")
def show_account(session: SessionDep, signed_in: AccountDep, done: str = "") -> Response:
    """The address, the key's fingerprint, and the way to what can be changed."""
    return render(
        "account/page.html",
        signed_in=True,
        email=session.get_one(Person, signed_in.holder.id).email,
        fingerprint=own_fingerprint(signed_in.holder),
        second_factor=signed_in.second_factor,
        unkept=signed_in.unkept_code is not None,
        done=done,
    )


@router.get("/account/password")
def ask_for_new_password(_signed_in: AccountDep) -> Response:
    """Where the password is changed."""
    return _password_page()


@router.post("/account/password")
def set_password(
    request: Request, form: FormDep, new: NewPasswordDep, asked: AskedDep, now: NowDep
) -> Response:
    """Let another password open the account. Every session ends; this browser gets a new one."""
    problems = [*password_problems(form.get("new_password"), "new_password")]
    if problems:
        return _password_page(422, problems)
    try:
        account = asked.account()
    except Refused as refused:
        return _password_page(refused_status(refused), refused.problems)
    others = [one for one in find_people(asked.session, account.row.email) if one.id != account.row.id]
    if open_with_password(others, new) is not None:
        # The log-in finds an account by its password, so two cannot share both address and password.
        asked.was_wrong()
        return _password_page(422, [("new_password", _("Choose another password than this one."))])
    change_password(account, new)
    sign_out_everywhere(asked.session, account.holder.id)
    response = go_to("/account?done=password")
    code, factor = asked.signed_in.unkept_code, account.second_factor.asked
    anew = begin_session(request, asked.session, account.holder, now, code, second_factor=factor)
    give_cookie(request, response, anew)
    return response


@router.get("/account/recovery")
def ask_for_new_code(_signed_in: AccountDep) -> Response:
    """Where another recovery code is made."""
    return _recovery_page()


@router.post("/account/recovery")
def make_new_code(asked: AskedDep) -> Response:
    """Make another recovery code; it is shown, and confirmed, like the first."""
    try:
        code = new_recovery(asked.account())
    except Refused as refused:
        return _recovery_page(refused_status(refused), refused.problems)
    show_code(asked.session, asked.signed_in, code.code)
    return go_to("/recovery-code")


def _password_page(status: int = 200, problems: Problems = ()) -> Response:
    return render("account/password.html", status, signed_in=True, problems=list(problems))


def _recovery_page(status: int = 200, problems: Problems = ()) -> Response:
    return render("account/recovery.html", status, signed_in=True, problems=list(problems))
