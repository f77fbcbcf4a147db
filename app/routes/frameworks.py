"""What is asked, for anybody to read before they begin: the editions, and their questionnaires on paper."""

from fastapi import APIRouter, Response

from app.pages import render
from app.reports.on_paper import BlankForm
from app.routes.access import LibraryDep, VisitorDep
from app.routes.handling import Route
from app.services import offers

router = APIRouter(route_class=Route)


@router.get("/standards")
def list_editions(library: LibraryDep, visitor: VisitorDep) -> Response:
    """Every installed edition."""
    return render("frameworks/list.html", signed_in=visitor is not None, groups=offers.editions(library))


@router.get("/standards/{framework_id}/{edition}")
def show_edition(library: LibraryDep, visitor: VisitorDep, framework_id: str, edition: str) -> Response:
    """One edition, whole."""
    found = offers.edition(library, framework_id, edition)
    return render("frameworks/page.html", signed_in=visitor is not None, edition=found)


@router.get("/questionnaires/{questionnaire_id}/{version}/form")
def show_form(library: LibraryDep, visitor: VisitorDep, questionnaire_id: str, version: str) -> Response:
    """A questionnaire as a blank form, to print and sit around."""
    pinned = offers.questionnaire(library, questionnaire_id, version)
    return render(
        "frameworks/form.html",
        signed_in=visitor is not None,
        pinned=pinned,
        paper=BlankForm(pinned.questionnaire, pinned.framework),
    )
