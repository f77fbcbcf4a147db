"""The list of one's sessions, and ending them."""

from fastapi import APIRouter, Request, Response

from app.pages import go_to, render
from app.routes.access import AccountDep, NowDep, SessionDep
from app.routes.cookies import take_cookie
from app.routes.forms import FormDep
from app.routes.handling import Route
from app.vault.own_sessions import end_session, own_sessions
from app.vault.sessions import sign_out_everywhere

router = APIRouter(route_class=Route)

EVERY, OTHERS = "all", "others"


@router.get("/account/sessions")
def list_sessions(session: SessionDep, signed_in: AccountDep, now: NowDep, done: str = "") -> Response:
    """Where one is logged in."""
    return render(
        "account/sessions.html",
        signed_in=True,
        sessions=own_sessions(session, signed_in, now),
        done=bool(done),
    )


@router.post("/account/sessions")
def end_sessions(request: Request, form: FormDep, session: SessionDep, signed_in: AccountDep) -> Response:
    """End one session, all but this one, or all."""
    which = form.get("end")
    if which == EVERY:
        sign_out_everywhere(session, signed_in.holder.id)
        response = render("sign_in/signed_out.html", everywhere=True)
        take_cookie(request, response)
        return response
    if which == OTHERS:
        sign_out_everywhere(session, signed_in.holder.id, but=signed_in)
    else:
        end_session(session, signed_in.holder.id, _row_id(which))
    return go_to("/account/sessions?done=yes")


def _row_id(typed: str) -> bytes:
    try:
        return bytes.fromhex(typed)
    except ValueError:
        return b""
