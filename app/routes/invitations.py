"""Opening an invitation: it reveals nothing, works once, and lets its user wait to be let in."""

from fastapi import APIRouter, Response

from app.pages import go_to, render
from app.routes.access import AccountDep, SessionDep, TodayDep, VisitorDep
from app.routes.handling import Route
from app.services.faults import NotFound
from app.tables import Invitation
from app.vault.holders import own_fingerprint
from app.vault.invitations import find_invitation, use

router = APIRouter(route_class=Route, prefix="/invitations")


@router.get("/{token}")
def open_invitation(token: str, session: SessionDep, visitor: VisitorDep, today: TodayDep) -> Response:
    """Say what kind of invitation it is, and nothing of what it leads into."""
    invitation = find_invitation(session, token, today)
    if invitation is None:
        raise NotFound
    return _page(invitation, token, account=visitor is not None and visitor.account)


@router.post("/{token}")
def use_invitation(token: str, session: SessionDep, signed_in: AccountDep, today: TodayDep) -> Response:
    """Use it up, and wait to be let in."""
    invitation = find_invitation(session, token, today)
    if invitation is None or not use(session, invitation, signed_in.holder.id):
        raise NotFound
    return go_to("/invitations/used/yours")


@router.get("/used/yours")
def wait(signed_in: AccountDep) -> Response:
    """What to do while one waits: compare the fingerprint of one's key."""
    return render("invitations/waiting.html", signed_in=True, fingerprint=own_fingerprint(signed_in.holder))


def _page(invitation: Invitation, token: str, *, account: bool) -> Response:
    return render(
        "invitations/page.html",
        signed_in=account,
        into_organisation=invitation.organisation_id is not None,
        token=token,
        account=account,
    )
