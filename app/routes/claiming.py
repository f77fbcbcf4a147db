"""Claiming: what a receipt opens is handed over to an organisation, and the receipt opens it no more."""

from fastapi import APIRouter, Request, Response

from app.language import gettext as _
from app.pages import render
from app.routes.access import RunDep, SessionDep, TodayDep
from app.routes.forms import FormDep
from app.routes.handling import Route
from app.routes.limiting import GuessLimitDep
from app.routes.receipts import mistyped_receipt
from app.services import organisations
from app.vault.codes import Mistyped
from app.vault.holders import find_receipt_holder
from app.vault.organisations import OpenOrganisation
from app.vault.receipts import read_receipt

router = APIRouter(route_class=Route, prefix="/organisations/{organisation_id}/claim")


@router.get("")
def ask_for_receipt(organisation: RunDep) -> Response:
    """Where one types the receipt."""
    return _page(organisation)


@router.post("")
def claim(
    request: Request,
    form: FormDep,
    session: SessionDep,
    organisation: RunDep,
    today: TodayDep,
    guesses: GuessLimitDep,
) -> Response:
    """Hand over everything that the receipt alone decides on."""
    typed = form.get("receipt")
    if guesses.reached(request, today):
        return _page(organisation, 429, typed, _("Too many were tried. Wait a minute, then try again."))
    try:
        holder = find_receipt_holder(session, read_receipt(typed))
    except Mistyped as mistyped:
        return _page(organisation, 422, typed, mistyped_receipt(mistyped))
    if holder is None:
        guesses.count(request, today)
        return _page(organisation, 422, typed, _("We know no receipt like this. Check it against your copy."))
    claimed = organisations.claim(session, organisation, holder, today)
    if not claimed:
        return _page(organisation, 422, typed, _("This receipt holds no assessment that can be handed over."))
    return render("organisations/claimed.html", signed_in=True, organisation=organisation, claimed=claimed)


def _page(organisation: OpenOrganisation, status: int = 200, typed: str = "", problem: str = "") -> Response:
    return render(
        "organisations/claim.html",
        status,
        signed_in=True,
        organisation=organisation,
        typed=typed,
        problems=[("receipt", problem)] if problem else [],
    )
