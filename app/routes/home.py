"""The pages that anybody can read: what this is, what confidential means, where to turn."""

from fastapi import APIRouter, Request, Response

from app.pages import render
from app.routes.access import LibraryDep, VisitorDep
from app.routes.handling import Route
from app.services import offers

router = APIRouter(route_class=Route)


@router.get("/")
def home(library: LibraryDep, visitor: VisitorDep) -> Response:
    """What Plumbline is, and the way in."""
    return render("home/page.html", signed_in=visitor is not None, groups=offers.grouped(library))


@router.get("/confidentiality")
def confidentiality(request: Request, visitor: VisitorDep) -> Response:
    """What is sealed, what is not, and against whom."""
    by_mail = request.app.state.mailing.is_set
    return render("confidentiality/page.html", signed_in=visitor is not None, by_mail=by_mail)


@router.get("/help")
def get_help(visitor: VisitorDep) -> Response:
    """Where to turn when a child is in danger: not here."""
    return render("help/page.html", signed_in=visitor is not None)
