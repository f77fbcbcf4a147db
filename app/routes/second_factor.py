"""The second factor: set up with a code of the moment, taken away with another."""

from collections.abc import Iterable

from fastapi import APIRouter, Request, Response

from app.language import gettext as _
from app.pages import go_to, render
from app.reports.qr import qr_svg
from app.routes.access import AccountDep, NowDep, SessionDep
from app.routes.accounts import begin_session
from app.routes.asking import AskedDep, refused_status
from app.routes.cookies import give_cookie
from app.routes.forms import FormDep
from app.routes.handling import Route
from app.services.faults import Refused
from app.tables import Person
from app.vault.carried import carried, carry
from app.vault.people import OpenAccount, set_second_factor
from app.vault.second_factor import (
    NO_SECOND_FACTOR,
    SecondFactor,
    address_of,
    begin,
    new_secret,
    taken,
)
from app.vault.sessions import SignedIn, sign_out_everywhere

router = APIRouter(route_class=Route)

Problems = Iterable[tuple[str, str]]
PATH, REMOVAL = "/account/second-factor", "/account/second-factor/remove"
PURPOSE = "second factor"
GROUP = 4


@router.get(PATH)
def offer(session: SessionDep, signed_in: AccountDep) -> Response:
    """Where a second factor is set up: a secret of its own each time, which nothing keeps yet."""
    if signed_in.second_factor:
        return go_to(REMOVAL)
    return _set_up_page(session.get_one(Person, signed_in.holder.id), signed_in, new_secret())


@router.post(PATH)
def set_up(request: Request, form: FormDep, asked: AskedDep, now: NowDep) -> Response:
    """Keep the second factor, once a code shows that the authenticator has it, and show the backup codes."""
    secret = carried(asked.signed_in, PURPOSE, form.get("secret"))
    if secret is None or asked.signed_in.second_factor:
        return go_to(PATH)
    try:
        account = asked.account()
    except Refused as refused:
        return _set_up_page(asked.person, asked.signed_in, secret, refused_status(refused), refused.problems)
    factor, codes = begin(secret)
    after = taken(factor, form.get("code"), now)
    if after is None:
        return _set_up_page(asked.person, asked.signed_in, secret, 422, [("second", _does_not_fit())])
    response = render("account/backup_codes.html", signed_in=True, codes=codes)
    return _kept(request, response, asked, account, after, now)


@router.get(REMOVAL)
def ask_to_remove(signed_in: AccountDep) -> Response:
    """Where it is taken away again."""
    return _removal_page() if signed_in.second_factor else go_to(PATH)


@router.post(REMOVAL)
def remove(request: Request, form: FormDep, asked: AskedDep, now: NowDep) -> Response:
    """Take the second factor away, with the password and a code, both of which have to fit."""
    try:
        account = asked.account()
        if account.second_factor.asked and taken(account.second_factor, form.get("code"), now) is None:
            asked.was_wrong()
            raise Refused([])
    except Refused as refused:
        said = _("Password and code do not fit together. Check both, and try again. Nothing was changed.")
        problems = refused.problems if refused_status(refused) == 429 else [("password", said)]
        return _removal_page(refused_status(refused), problems)
    return _kept(request, go_to("/account?done=removed"), asked, account, NO_SECOND_FACTOR, now)


def _kept(
    request: Request,
    response: Response,
    asked: AskedDep,
    account: OpenAccount,
    factor: SecondFactor,
    now: NowDep,
) -> Response:
    """Keep a second factor, or none. Every session ends, and this browser gets one that knows of it."""
    set_second_factor(account, factor)
    sign_out_everywhere(asked.session, account.holder.id)
    code = asked.signed_in.unkept_code
    anew = begin_session(request, asked.session, account.holder, now, code, second_factor=factor.asked)
    give_cookie(request, response, anew)
    return response


def _does_not_fit() -> str:
    return _(
        "This code does not fit. Type the one that it shows now; the clock of your phone has to be right."
    )


def _set_up_page(
    person: Person, signed_in: SignedIn, secret: str, status: int = 200, problems: Problems = ()
) -> Response:
    return render(
        "account/second_factor.html",
        status,
        signed_in=True,
        qr=qr_svg(address_of(secret, person.email), _("The secret as a QR code")),
        secret="-".join(secret[start : start + GROUP] for start in range(0, len(secret), GROUP)),
        sealed=carry(signed_in, PURPOSE, secret),
        problems=list(problems),
    )


def _removal_page(status: int = 200, problems: Problems = ()) -> Response:
    return render("account/second_factor_remove.html", status, signed_in=True, problems=list(problems))
