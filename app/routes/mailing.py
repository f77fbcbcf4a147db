"""The link of a new invitation: shown once, and sent by e-mail where there is a mail server."""

import logging
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response

from app.language import gettext as _
from app.pages import render
from app.routes.forms import Form, FormDep
from app.routes.handling import Route
from app.routes.limiting import Limit
from app.routes.visits import LookingDep, Visit
from app.services.faults import NotFound, Refused
from app.services.mailing import Mailing, NotSent
from app.services.opened import OpenAssessment
from app.settings import Settings
from app.tables import Invitation
from app.vault.invitations import find_invitation
from app.vault.organisations import OpenOrganisation

log = logging.getLogger("plumbline")

router = APIRouter(route_class=Route)

Into = OpenOrganisation | OpenAssessment

Problems = list[tuple[str, str]]


@router.post("/organisations/{organisation_id}/invitations/mail")
def mail_into_organisation(
    request: Request, organisation_id: str, form: FormDep, visit: LookingDep
) -> Response:
    """Send the link of an invitation into an organisation."""
    return _send(request, form, visit, visit.run(organisation_id))


@router.post("/assessments/{assessment_id}/sharing/mail")
def mail_into_assessment(request: Request, assessment_id: str, form: FormDep, visit: LookingDep) -> Response:
    """Send the link of an invitation into an assessment."""
    return _send(request, form, visit, visit.take_charge(assessment_id))


def link_page(request: Request, visit: Visit, into: Into, token: str) -> Response:
    """The link that ends in a token, to be handed over, and where there is a mail server, to be sent.

    Raises:
        NotFound: when the invitation is not one into that, or was used or taken back.
    """
    return _page(request, into, _find(visit, into, token), token)


def _send(request: Request, form: Form, visit: Visit, into: Into) -> Response:
    mailing: Mailing = request.app.state.mailing
    limit: Limit = request.app.state.mail_limit
    token, typed, sender = form.get("token"), form.get("email"), visit.signed_in.holder.id
    invitation = _find(visit, into, token)
    if not mailing.is_set:
        raise NotFound
    page = partial(_page, request, into, invitation, token, typed=typed)
    if limit.reached(request, visit.today, sender):
        said = _("Many invitations were sent within an hour. Send this one later, or hand the link over.")
        return page(429, problems=[("email", said)])
    limit.count(request, visit.today, sender)
    visit.session.close()  # the mail server may take its time
    try:
        mailing.send_invitation(
            typed,
            f"{address_of(request)}/invitations/{token}",
            visit.now,
            invitation.expires_on,
            into_organisation=invitation.organisation_id is not None,
        )
    except Refused as refused:
        return page(422, problems=refused.problems)
    except NotSent as fault:
        log.warning("The mail server did not take an invitation: %s", fault.why)
        said = _("The e-mail could not be sent. Try again later, or hand the link over yourself.")
        return page(503, problems=[("email", said)])
    return _page(request, into, invitation, token, sent_to=typed.strip())


def _find(visit: Visit, into: Into, token: str) -> Invitation:
    invitation = find_invitation(visit.session, token, visit.today)
    if invitation is None or into.id not in {invitation.organisation_id, invitation.assessment_id}:
        raise NotFound
    return invitation


def address_of(request: Request) -> str:
    """Where people reach us: as the operator says, otherwise as this request did."""
    settings: Settings = request.app.state.settings
    return settings.address or str(request.base_url).rstrip("/")


def _page(
    request: Request,
    into: Into,
    invitation: Invitation,
    token: str,
    status: int = 200,
    *,
    typed: str = "",
    sent_to: str = "",
    problems: Problems | None = None,
) -> Response:
    where: dict[str, Any] = {"organisation" if isinstance(into, OpenOrganisation) else "assessment": into}
    return render(
        "invitations/link.html",
        status,
        signed_in=True,
        **where,
        invitation=invitation,
        link=f"{address_of(request)}/invitations/{token}",
        token=token,
        by_mail=request.app.state.mailing.is_set,
        email=typed,
        sent_to=sent_to,
        problems=problems or [],
    )
