"""One request: who asks, what they open with their keys, and whether it holds the turn to write.

What is unknown and what is forbidden are both "not found".
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Annotated, cast

from fastapi import Request, Response
from sqlalchemy.exc import OperationalError

from app import database
from app.database import Session
from app.pages import has_account
from app.routes.cookies import cookie_name
from app.routes.forms import read_body
from app.routes.given import Ahead
from app.services import answers, assessments, sharing, sheets
from app.services.faults import NotFound
from app.services.opened import Access, OpenAssessment, check_takes_answers
from app.services.packs import Library
from app.tables import Scope
from app.vault.grants import empty_ended, ended_grants
from app.vault.holders import KeyHolder
from app.vault.organisations import OpenOrganisation, open_organisations
from app.vault.sessions import TOUCH_AFTER, SignedIn, find_signed_in, touch

READING = frozenset({"GET", "HEAD"})


class NotSignedIn(Exception):
    """There is no session, or it has ended."""


class Visit:
    """One request: its time, its database session, and, once somebody asks, who it is and what they open."""

    def __init__(self, request: Request, session: Session, *, writes: bool) -> None:
        """Begin at the time that it is. `writes`: it has to have its turn before anything is asked."""
        self.session = session
        self._writes = writes
        self.now = cast(datetime, request.app.state.clock()).astimezone(UTC)
        self._request = request
        self._opened: dict[str, OpenAssessment] = {}
        self._sheets: dict[str, OpenAssessment] = {}
        self._seen_to: set[str] = set()

    def turn(self) -> AbstractAsyncContextManager[None]:
        """Its turn to write, which is waited for; who only looks needs none.

        Raises:
            Busy: as `Turn.taken`.
        """
        return self._request.app.state.write_turn.taken() if self._writes else nullcontext()

    def answer(self, work: Callable[[], Response]) -> Response:
        """Answer the request in its database session, and commit what was written before the reply leaves."""
        with self.session:
            answer = work()
            if self._writes:
                self.session.commit()
        return answer

    @property
    def today(self) -> date:
        """The day, in UTC."""
        return self.now.date()

    @property
    def library(self) -> Library:
        """The packs."""
        return cast(Library, self._request.app.state.library)

    @cached_property
    def visitor(self) -> SignedIn | None:
        """The session that the cookie opens, if any. A session that is used stays awake."""
        cookie = self._request.cookies.get(cookie_name(self._request))
        signed_in = find_signed_in(self.session, cookie, self.now) if cookie else None
        has_account.set(signed_in is not None and signed_in.account)
        if signed_in is not None and self.now - signed_in.seen >= TOUCH_AFTER:
            return self._keep_awake(signed_in)
        return signed_in

    @cached_property
    def organisations(self) -> list[OpenOrganisation]:
        """The organisations that whoever asks belongs to."""
        return open_organisations(self.session, self.signed_in.holder) if self.signed_in.belongs else []

    @cached_property
    def keys(self) -> list[Access]:
        """Every key that whoever asks can open things with, their own first."""
        return [
            Access(self.signed_in.holder),
            *(Access(one.key, one.writes, one.in_charge, one.id) for one in self.organisations),
        ]

    def key_of(self, organisation_id: str) -> KeyHolder:
        """The key of an organisation that they belong to, to begin something for it."""
        return next(one.key for one in self.keys if one.organisation == organisation_id)

    def access_to(self, organisation: OpenOrganisation) -> Access:
        """What an organisation that they belong to lets them do."""
        return next(one for one in self.keys if one.organisation == organisation.id)

    @property
    def signed_in(self) -> SignedIn:
        """The session of whoever asks.

        Raises:
            NotSignedIn: when there is none.
        """
        if self.visitor is None:
            raise NotSignedIn
        return self.visitor

    def open(self, assessment_id: str) -> OpenAssessment:
        """An assessment, opened once with the keys of whoever asks.

        Raises:
            NotSignedIn: when there is no session.
            NotFound: when there is none of that id, or it is not open to them.
        """
        if assessment_id not in self._opened:
            try:
                self._opened[assessment_id] = assessments.find_with(
                    self.session, self.library, self.keys, assessment_id, self.today
                )
            except NotFound:
                self._delete_ended_keys(assessment_id)
                raise
        return self._opened[assessment_id]

    def open_to(self, assessment_id: str, *scopes: Scope) -> OpenAssessment:
        """An assessment for a page that belongs to some scopes. Who may only look, changes nothing.

        Where somebody's access has ended, the keys are changed as soon as somebody in charge writes anything.

        Raises:
            NotSignedIn, NotFound: as `open`; NotFound too for whoever was not let into so much.
        """
        opened = self.open(assessment_id)
        if opened.scope not in scopes or (self._writes and not opened.writes):
            raise NotFound
        if self._writes and opened.in_charge and assessment_id not in self._seen_to:
            self._seen_to.add(assessment_id)
            changed = sharing.change_keys_on_the_way(self.session, opened, self.today)
            if changed:
                del self._opened[assessment_id]
                return self.open(assessment_id)
        return opened

    def open_to_answer(self, assessment_id: str) -> OpenAssessment:
        """An assessment, for a page that answers are given on.

        Raises:
            NotSignedIn, NotFound: as `open_to`.
            NotTaken: when this is to change one that takes no answers any more.
        """
        opened = self.open_to(assessment_id, "fill")
        if self._writes:
            check_takes_answers(opened)
        return opened

    def open_questions(self, assessment_id: str, question_id: str | None = None) -> OpenAssessment:
        """An assessment, or whoever asks' own sheet, for a page with its questions, or about one of them.

        Raises:
            NotSignedIn, NotFound, NotTaken: as `open_to_answer`.
        """
        opened = self.open_or_own_sheet(assessment_id)
        if self._writes:
            check_takes_answers(opened, answers.places([question_id] if question_id else ()))
        return opened

    def open_or_own_sheet(self, assessment_id: str) -> OpenAssessment:
        """An assessment, or whoever asks' own sheet: also one that takes no answers any more.

        Raises:
            NotSignedIn, NotFound: as `open_to`.
        """
        try:
            return self.open_to(assessment_id, "fill")
        except NotFound:
            return self.own_sheet(assessment_id)

    def own_sheet(self, sheet_id: str) -> OpenAssessment:
        """The sheet of whoever asks, opened once with their own key.

        Raises:
            NotSignedIn: when there is no session.
            NotFound: when there is none of that id, or it is somebody else's.
        """
        if sheet_id not in self._sheets:
            rater = self.signed_in.holder
            self._sheets[sheet_id] = sheets.find(self.session, self.library, rater, sheet_id, self.today)
        return self._sheets[sheet_id]

    def take_charge(self, assessment_id: str) -> OpenAssessment:
        """An assessment, for whoever decides about it.

        Raises:
            NotSignedIn, NotFound: as `open`; NotFound too for whoever does not.
        """
        opened = self.open_to(assessment_id, "fill")
        if not opened.in_charge:
            raise NotFound
        return opened

    def run(self, organisation_id: str) -> OpenOrganisation:
        """An organisation, for whoever decides about it.

        Raises:
            NotSignedIn: when there is no session.
            NotFound: when there is none of that id, or they do not.
        """
        for organisation in self.organisations:
            if organisation.id == organisation_id and organisation.in_charge:
                return organisation
        raise NotFound

    def _delete_ended_keys(self, assessment_id: str) -> None:
        """Whoever comes after their last day finds nothing; and from then on there is nothing to be found."""
        mine = {one.key.id for one in self.keys}
        if mine.isdisjoint(ended_grants(self.session, assessment_id, self.today)):
            return
        self._write_apart(lambda session: empty_ended(session, self.today, assessment_id))

    def open_to_reviewer(self, assessment_id: str) -> OpenAssessment:
        """An assessment for whoever reviews it: what they write goes into a review of their own.

        Raises:
            NotSignedIn, NotFound: as `open`; NotFound too for whoever was let in otherwise.
        """
        opened = self.open(assessment_id)
        if opened.scope != "review" or not opened.access.writes:
            raise NotFound
        return opened

    def _keep_awake(self, signed_in: SignedIn) -> SignedIn:
        """Once a minute at most. A request that only reads does it in a transaction of its own, if it can."""
        if self._writes:
            return touch(self.session, signed_in, self.now)
        with suppress(OperationalError), database.writing(self._request.app.state.engine) as writer:
            signed_in = touch(writer, signed_in, self.now)
            writer.commit()
        return signed_in

    def _write_apart(self, write: Callable[[Session], object]) -> None:
        """Write something that stays, though the request itself is refused."""
        if self._writes:
            write(self.session)
            self.session.commit()
            return
        with suppress(OperationalError), database.writing(self._request.app.state.engine) as writer:
            write(writer)
            writer.commit()


async def begin_visit(request: Request) -> Visit:
    """The visit of this request, once the whole body is here."""
    if request.method in READING:
        return Visit(request, database.reading(request.app.state.engine), writes=False)
    await read_body(request)
    return Visit(request, database.writing(request.app.state.engine), writes=True)


VisitDep = Annotated[Visit, Ahead(begin_visit)]


async def begin_looking(request: Request) -> Visit:
    """The visit of a form that changes nothing here: it takes no turn to write, so it may wait for others."""
    await read_body(request)
    return Visit(request, database.reading(request.app.state.engine), writes=False)


LookingDep = Annotated[Visit, Ahead(begin_looking)]
