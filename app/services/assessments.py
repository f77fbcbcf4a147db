"""Assessments: beginning one, opening it with a holder's key, naming it, deleting it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from app.language import gettext as _
from app.language import long_date
from app.services.faults import NotFound, NotTaken
from app.services.packs import Library, Pinned
from app.tables import Assessment, Grant, Review, Scope
from app.vault.data_keys import new_data_key
from app.vault.grants import SCOPES, Opened, give_grant, open_grant
from app.vault.holders import KeyHolder, id_for_form
from app.vault.rows import Place, SealedRows
from questionnaires.models import Questionnaire
from standards.models import Framework

TITLE_LIMIT = 200

CLOSED: Place = ("answers", "closed")
LINE: Place = ("name", "line")
"""Where it is sealed what a round had said when it was closed, and which line of rounds it stands in."""


@dataclass(frozen=True)
class Title:
    """What an organisation calls itself and this assessment; both may be empty."""

    organisation: str = field(default="", repr=False)
    title: str = field(default="", repr=False)


@dataclass(frozen=True)
class Access:
    """One key that somebody can open things with: their own, or that of an organisation they belong to.

    `writes` says whether they may change anything with it, `in_charge` whether they decide who else may.
    """

    key: KeyHolder
    writes: bool = True
    in_charge: bool = True
    organisation: str | None = None


@dataclass(frozen=True)
class Line:
    """A line of rounds, and a round's place in it.

    Two rounds of one number are the same round in two editions; all but one of them are set `aside`.
    """

    id: str
    number: int = 1
    aside: bool = False


@dataclass(frozen=True)
class OpenAssessment:
    """An assessment whose key is at hand, how far it was opened, and what whoever opened it may do."""

    id: str
    pinned: Pinned
    rows: SealedRows
    created_on: date
    changed_on: date
    scope: Scope = "fill"
    expires_on: date | None = None
    access: Access = field(kw_only=True)
    session: Session = field(kw_only=True, repr=False)

    @property
    def framework(self) -> Framework:
        """The edition that it is pinned to."""
        return self.pinned.framework

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire that it is pinned to."""
        return self.pinned.questionnaire

    @property
    def whole(self) -> bool:
        """Whether all of it is open: to a reader of the organisation too, but not to a consultant."""
        return self.scope == "fill"

    @property
    def writes(self) -> bool:
        """Whether answers and plan may be changed."""
        return self.whole and self.access.writes

    @property
    def closing(self) -> Any:
        """What it had said when it was closed, as it is sealed; None while it is open."""
        return self.rows.read_many((CLOSED, LINE))[CLOSED].data

    @property
    def closed_on(self) -> date | None:
        """The day on which the round was closed; None while it is open."""
        return date.fromisoformat(self.closing["day"]) if self.closing else None

    @property
    def line(self) -> Line:
        """Where it stands among the rounds of its organisation."""
        data = self.rows.read_many((CLOSED, LINE))[LINE].data
        return Line(self.id) if data is None else Line(**data)

    @property
    def takes_answers(self) -> bool:
        """Whether answers, profile and targets may be changed: not after closing, and not once set aside."""
        return self.writes and self.closed_on is None and not self.line.aside

    @property
    def guest(self) -> bool:
        """Whether it was opened with a grant that has a last day.

        That is the rule for who comes from outside: whoever shares an assessment has to give a last day, and
        whoever began it, or claimed it for an organisation, has none.
        """
        return self.expires_on is not None

    @property
    def in_charge(self) -> bool:
        """Whether it is theirs to decide who else is let in, and whether it is deleted: never a guest's."""
        return self.whole and self.access.in_charge and not self.guest

    @property
    def title(self) -> Title:
        """Its name, opened."""
        return Title(**(self.rows.read("name", "title").data or {}))


def check_takes_answers(assessment: OpenAssessment) -> None:
    """Let only those go on who change an open round.

    Raises:
        NotTaken: when it was closed, or set aside for another edition.
    """
    if assessment.closed_on is not None:
        raise NotTaken(
            _("This round is closed"),
            _("It was closed on {day}, and its answers are not changed any more. Nothing was saved.").format(
                day=long_date(assessment.closed_on)
            ),
            _("What is different now belongs into the next round. You can start it from the list of rounds."),
        )
    if assessment.line.aside:
        raise NotTaken(
            _("This round goes on in another edition"),
            _("It was taken over into another edition, and this one is set aside. Nothing was saved."),
            _("Go to the list of rounds: there you find the one that counts, and can go back to this one."),
        )


def begin(
    session: Session, library: Library, holder: KeyHolder, pinned: Pinned, today: date, form: str
) -> OpenAssessment:
    """Begin an assessment that this holder can open and nobody else. The same form begins only one."""
    assessment_id = id_for_form(holder, form)
    if session.get(Assessment, assessment_id) is not None:
        return find(session, library, holder, assessment_id, today)
    library.keep(session, pinned)
    add_sealed(session, holder, assessment_id, pinned.framework_hash, pinned.questionnaire_hash, today)
    # Opening it shows that it was sealed to this holder's own key, and to none put in its place.
    return find(session, library, holder, assessment_id, today)


def add_sealed(
    session: Session,
    holder: KeyHolder,
    assessment_id: str,
    framework_hash: str,
    questionnaire_hash: str,
    today: date,
) -> None:
    """A row that holds what is sealed, under new keys that this holder has and nobody else."""
    row = Assessment(
        id=assessment_id,
        framework_hash=framework_hash,
        questionnaire_hash=questionnaire_hash,
        epoch=1,
        created_on=today,
        changed_on=today,
    )
    session.add(row)
    session.flush()
    give_grant(session, row, holder.id, "fill", new_data_key(session, row.id, row.epoch))


def find(
    session: Session, library: Library, holder: KeyHolder, assessment_id: str, today: date
) -> OpenAssessment:
    """Open an assessment with this holder's own key.

    Raises:
        NotFound: when there is none of that id, or the holder was never let in, or is no longer.
    """
    return find_with(session, library, [Access(holder)], assessment_id, today)


def find_with(
    session: Session, library: Library, keys: Sequence[Access], assessment_id: str, today: date
) -> OpenAssessment:
    """Open an assessment with whichever of somebody's keys opens most of it; the first is their own.

    A review is none: who holds its keys reads it where it belongs, and cannot answer in it.

    Raises:
        NotFound: when there is none of that id, or none of the keys was let in, or is any longer.
    """
    found = [
        (opened, access)
        for access in keys
        if (opened := open_grant(session, access.key, assessment_id, today)) is not None
        and opened.reviews is None
    ]
    if not found:
        raise NotFound
    opened, access = min(found, key=_first_choice)
    pinned = library.pinned(session, opened.framework_hash, opened.questionnaire_hash)
    return OpenAssessment(
        id=assessment_id,
        pinned=pinned,
        rows=SealedRows(session, assessment_id, opened.epoch, opened.key, author=keys[0].key.id, today=today),
        created_on=opened.created_on,
        changed_on=opened.changed_on,
        scope=opened.scope,
        expires_on=opened.expires_on,
        access=access,
        session=session,
    )


def _first_choice(one: tuple[Opened, Access]) -> tuple[int, bool, bool]:
    """Sorts what opens most to the front; of those, what is in charge, and then what writes."""
    opened, access = one
    return (
        SCOPES.index(opened.scope),
        not access.in_charge or opened.expires_on is not None,
        not access.writes,
    )


def rename(assessment: OpenAssessment, title: Title) -> None:
    """Give an assessment another name."""
    assessment.rows.write_newest("name", "title", asdict(title))


def remove(session: Session, assessment_id: str) -> None:
    """Delete an assessment, its reviews and all in them, the grants first: without them nothing opens."""
    reviews = session.exec(select(Review.id).where(Review.assessment_id == assessment_id)).all()
    gone = [assessment_id, *reviews]
    session.execute(delete(Grant).where(col(Grant.assessment_id).in_(gone)))
    session.execute(delete(Assessment).where(col(Assessment.id).in_(gone)))
