"""Deleting one's own account."""

from collections.abc import Iterable

from fastapi import APIRouter, Request, Response
from starlette.background import BackgroundTask

from app.database import forget_deleted
from app.language import gettext as _
from app.pages import render
from app.routes.access import AccountDep, TodayDep
from app.routes.asking import Asked, AskedDep, refused_status
from app.routes.assessments import delete_word
from app.routes.cookies import take_cookie
from app.routes.forms import Form, FormDep
from app.routes.handling import Route
from app.routes.visits import Visit, VisitDep
from app.services.faults import Refused
from app.services.leaving import consider, leave
from app.tables import Person

router = APIRouter(route_class=Route)

Problems = Iterable[tuple[str, str]]


@router.get("/account/delete")
def ask_to_delete(_signed_in: AccountDep, visit: VisitDep) -> Response:
    """Ask whether it is meant, and say what goes."""
    return _delete_page(visit)


@router.post("/account/delete")
def delete(request: Request, form: FormDep, asked: AskedDep, visit: VisitDep, today: TodayDep) -> Response:
    """Delete the account for good, once the word and the password have been typed."""
    problems = [*_word_problems(form, asked)]
    if problems:
        return _delete_page(visit, 422, form.get("word"), problems)
    try:
        leave(asked.session, asked.account().holder, today)
    except Refused as refused:
        return _delete_page(visit, refused_status(refused), form.get("word"), refused.problems)
    response = render("account/deleted.html")
    take_cookie(request, response)
    response.background = BackgroundTask(forget_deleted, request.app.state.engine)
    return response


def _word_problems(form: Form, asked: Asked) -> Problems:
    if form.get("whose") != asked.signed_in.holder.id:
        # Sent on after a session had ended, and somebody else has logged in.
        yield "word", _("This was asked for another account. Look which one it is before you type the word.")
    elif form.get("word").strip().casefold() != delete_word().casefold():
        yield "word", _("Type the word {word} to delete this account.").format(word=delete_word())


def _delete_page(visit: Visit, status: int = 200, typed: str = "", problems: Problems = ()) -> Response:
    holder_id = visit.signed_in.holder.id
    leaving = consider(visit.session, holder_id, visit.today)
    needed_by = leaving.needed_by and [one.name for one in visit.organisations if one.id in leaving.needed_by]
    return render(
        "account/delete.html",
        status,
        signed_in=True,
        whose=holder_id,
        email=visit.session.get_one(Person, holder_id).email,
        alone=len(leaving.alone),
        apart=len(leaving.apart),
        needed_by=list(needed_by),
        word=delete_word(),
        typed=typed,
        problems=list(problems),
    )
