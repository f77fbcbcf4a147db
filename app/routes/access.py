"""Who is asking, and what they may open: decided here, and nowhere else.

What is unknown and what is forbidden are both "not found".

What asks the database or opens a seal is put off into the handler's thread; the rest is `async`.
"""

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Annotated, cast

from fastapi import Depends, Request, Response
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from app import database
from app.routes.forms import read_body
from app.routes.handling import in_handler, written
from app.services import assessments
from app.services.assessments import OpenAssessment
from app.services.faults import NotFound
from app.services.packs import Library
from app.vault.sessions import TOUCH_AFTER, SignedIn, cookie_value, find_signed_in, touch
from questionnaires.models import Question, Section

READING = frozenset({"GET", "HEAD"})


class NotSignedIn(Exception):
    """There is no session, or it has ended."""


async def get_session(request: Request) -> AsyncIterator[Session]:
    """The database session of this request; what it wrote is committed before the reply leaves.

    A request that writes waits for its turn first, once the whole body is here.
    """
    if request.method in READING:
        with database.reading(request.app.state.engine) as session:
            yield session
        return
    await read_body(request)
    async with request.app.state.write_turn.taken():
        with database.writing(request.app.state.engine) as session:
            written.set(session)
            yield session


async def get_now(request: Request) -> datetime:
    """The time of this request, in UTC."""
    return cast(datetime, request.app.state.clock()).astimezone(UTC)


async def get_today(request: Request) -> date:
    """The day of this request, in UTC."""
    return (await get_now(request)).date()


async def get_library(request: Request) -> Library:
    """The packs."""
    return cast(Library, request.app.state.library)


SessionDep = Annotated[Session, Depends(get_session, scope="function")]
NowDep = Annotated[datetime, Depends(get_now)]
TodayDep = Annotated[date, Depends(get_today)]
LibraryDep = Annotated[Library, Depends(get_library)]


@in_handler
def look_for_session(request: Request, session: SessionDep, now: NowDep) -> SignedIn | None:
    """The session that the request's cookie opens, if any. A session that is used stays awake."""
    cookie = request.cookies.get(cookie_name(request))
    signed_in = find_signed_in(session, cookie, now) if cookie else None
    if signed_in is not None and now - signed_in.seen >= TOUCH_AFTER:
        return _keep_awake(request, session, signed_in, now)
    return signed_in


def _keep_awake(request: Request, session: Session, signed_in: SignedIn, now: datetime) -> SignedIn:
    """Once a minute at most. A request that only reads does it in a transaction of its own, if it can."""
    if request.method not in READING:
        return touch(session, signed_in, now)
    with suppress(OperationalError), database.writing(request.app.state.engine) as writer:
        signed_in = touch(writer, signed_in, now)
        writer.commit()
    return signed_in


VisitorDep = Annotated[SignedIn | None, Depends(look_for_session)]


@in_handler
def require_session(visitor: VisitorDep) -> SignedIn:
    """The session of whoever asks.

    Raises:
        NotSignedIn: when there is none.
    """
    if visitor is None:
        raise NotSignedIn
    return visitor


SignedInDep = Annotated[SignedIn, Depends(require_session)]


@in_handler
def open_assessment(
    assessment_id: str, session: SessionDep, library: LibraryDep, signed_in: SignedInDep, today: TodayDep
) -> OpenAssessment:
    """The assessment that the address names, opened with the key of whoever asks."""
    return assessments.find(session, library, signed_in.holder, assessment_id, today)


AssessmentDep = Annotated[OpenAssessment, Depends(open_assessment)]


@in_handler
def find_section(section_id: str, assessment: AssessmentDep) -> Section:
    """The section that the address names."""
    for section in assessment.questionnaire.sections:
        if section.id == section_id:
            return section
    raise NotFound


@in_handler
def find_question(question_id: str, assessment: AssessmentDep) -> Question:
    """The question that the address names."""
    if question_id not in assessment.questionnaire.questions:
        raise NotFound
    return assessment.questionnaire.questions[question_id]


SectionDep = Annotated[Section, Depends(find_section)]
QuestionDep = Annotated[Question, Depends(find_question)]


def cookie_name(request: Request) -> str:
    """`__Host-` binds the cookie to this very host; browsers take it over HTTPS only."""
    return "__Host-plumbline" if request.url.scheme == "https" else "plumbline"


def give_cookie(request: Request, response: Response, signed_in: SignedIn) -> None:
    """Hand the browser its session."""
    response.set_cookie(
        cookie_name(request),
        cookie_value(signed_in),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def take_cookie(request: Request, response: Response) -> None:
    """Take the session from the browser."""
    response.delete_cookie(
        cookie_name(request), path="/", secure=request.url.scheme == "https", httponly=True, samesite="lax"
    )
