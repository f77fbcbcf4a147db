"""Receipts: showing a new one, coming back with one, leaving."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.language import gettext as _
from app.pages import by_htmx, go_to, render
from app.reports.qr import qr_svg
from app.routes.access import NowDep, SessionDep, SignedInDep, TodayDep, VisitorDep
from app.routes.cookies import give_cookie, take_cookie
from app.routes.forms import FormDep
from app.routes.handling import Route
from app.routes.limiting import GuessLimitDep
from app.vault.codes import Mistyped
from app.vault.grants import granted_assessments
from app.vault.holders import find_receipt_holder
from app.vault.receipts import read_receipt
from app.vault.sessions import forget_code, sign_in, sign_out

router = APIRouter(route_class=Route)


@router.get("/receipt")
def show_receipt(signed_in: SignedInDep) -> Response:
    """The new receipt, until the person says that it is kept."""
    if signed_in.unkept_code is None or signed_in.account:
        return go_to("/assessments")
    return _receipt_page(signed_in.unkept_code)


@router.post("/receipt")
def keep_receipt(form: FormDep, session: SessionDep, signed_in: SignedInDep, today: TodayDep) -> Response:
    """Go on, once the person says that the receipt is kept."""
    if signed_in.account:
        return go_to("/assessments")
    if signed_in.unkept_code is not None and form.get("kept") != "yes":
        problem = _("Tick the box when you have written the receipt down or printed it.")
        return _receipt_page(signed_in.unkept_code, status=422, problems=[("kept", problem)])
    forget_code(session, signed_in)
    held = granted_assessments(session, signed_in.holder.id, today)
    return go_to(f"/assessments/{held[0].id}" if len(held) == 1 else "/assessments")


@router.get("/return")
def ask_for_receipt(visitor: VisitorDep) -> Response:
    """Where one types the receipt."""
    return go_to("/assessments") if visitor else _return_page()


@router.post("/return")
def come_back(
    request: Request,
    form: FormDep,
    session: SessionDep,
    visitor: VisitorDep,
    now: NowDep,
    today: TodayDep,
    guesses: GuessLimitDep,
) -> Response:
    """Sign in with a receipt, and go on to where the person was going; a form that was typed is sent on."""
    if guesses.reached(request, today):
        problem = _("Too many receipts were tried from here. Wait a minute, then try again.")
        return _ask_again(request, form, 429, problem, {"Retry-After": "60"})
    try:
        holder = find_receipt_holder(session, read_receipt(form.get("receipt")))
    except Mistyped as mistyped:
        return _ask_again(request, form, 422, mistyped_receipt(mistyped))
    if holder is None:
        guesses.count(request, today)
        problem = _("We know no receipt like this. Check it against your copy; it may have been deleted.")
        return _ask_again(request, form, 401, problem)
    if visitor is not None:
        sign_out(session, visitor)
    response = go_on(request, form)
    give_cookie(request, response, sign_in(session, holder, now))
    return response


@router.post("/log-out")
def log_out(request: Request, _form: FormDep, session: SessionDep, visitor: VisitorDep) -> Response:
    """End the session."""
    if visitor is not None:
        sign_out(session, visitor)
    response = render("sign_in/signed_out.html", everywhere=False)
    take_cookie(request, response)
    return response


def own_path(address: str) -> str:
    """The address, if it is a path of ours; otherwise the list of assessments."""
    ours = (
        address.startswith("/")
        and not address.startswith("//")
        and "\\" not in address
        and address.isprintable()
    )
    return address if ours else "/assessments"


def go_on(request: Request, form: FormDep) -> Response:
    """On to where somebody was going when they were asked to sign in; a form that was typed is sent again."""
    if by_htmx(request):
        return render("sign_in/_signed_in.html", headers={"HX-Trigger": "signed-in"})
    path = own_path(form.get("then"))
    # 307 has the browser send the very same form again, now that it is signed in.
    return RedirectResponse(path, status_code=307 if list(form) else 303)


def _return_page() -> Response:
    return render("sign_in/page.html", typed="", then="", problems=[], kept=[], ended=False)


def _ask_again(
    request: Request, form: FormDep, status: int, problem: str, headers: dict[str, str] | None = None
) -> Response:
    template = "sign_in/_in_place.html" if by_htmx(request) else "sign_in/page.html"
    return render(
        template,
        status,
        headers,
        typed=form.get("receipt"),
        then=form.get("then"),
        problems=[("receipt", problem)],
        kept=list(form),
        ended=bool(form.get("then")),
    )


def mistyped_receipt(mistyped: Mistyped) -> str:
    """What to say of a receipt that was mistyped."""
    return {
        "length": _(
            "A receipt has 28 letters and digits, in seven groups of four. Some are missing or too many."
        ),
        "character": _(
            "A receipt has only letters and digits, and never the letter U. Please check what you typed."
        ),
        "check": _(
            "Something in this receipt is mistyped. Please compare it with your copy, group by group."
        ),
    }[str(mistyped)]


def _receipt_page(code: str, status: int = 200, problems: list[tuple[str, str]] | None = None) -> Response:
    return render(
        "receipt/page.html",
        status,
        signed_in=True,
        code=code,
        qr=qr_svg(code, _("Your receipt as a QR code")),
        problems=problems or [],
    )
