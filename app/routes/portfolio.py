"""The portfolio: the assessments of others that somebody was let into."""

from fastapi import APIRouter, Response

from app.pages import render
from app.routes.access import LibraryDep, SessionDep, SignedInDep, TodayDep
from app.routes.handling import Route
from app.services import portfolios

router = APIRouter(route_class=Route)


@router.get("/portfolio")
def show_portfolio(
    session: SessionDep, library: LibraryDep, signed_in: SignedInDep, today: TodayDep
) -> Response:
    """Everything that others have let whoever asks into, across organisations."""
    rows, changed = portfolios.held(session, library, signed_in.holder, today)
    return render("portfolio/page.html", signed_in=True, rows=rows, changed=changed, today=today)
