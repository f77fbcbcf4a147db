"""An assessment whose key is at hand: how far it was opened, and what whoever opened it may do with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.database import Session
from app.language import gettext as _
from app.language import long_date
from app.services.faults import NotTaken
from app.services.packs import Pinned
from app.services.sheet_of import SheetOf
from app.tables import Scope
from app.vault.holders import KeyHolder
from app.vault.rows import Place, SealedRows
from questionnaires.models import Questionnaire
from standards.models import Framework

TITLE_LIMIT = 200

CLOSED: Place = ("answers", "closed")
LINE: Place = ("name", "line")
RATED: Place = ("answers", "rated")
"""Where it is sealed what a round had said when it was closed, which line of rounds it stands in, and what
raters said in it."""

_STATE = (CLOSED, LINE, RATED)
"""Nearly every page looks at all of these, so they are read in one go."""


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
    """An assessment whose key is at hand, how far it was opened, and what whoever opened it may do.

    `others_ended` says that the last day of somebody who was let in has passed: its keys are to be changed.
    """

    id: str
    pinned: Pinned
    rows: SealedRows
    created_on: date
    changed_on: date
    scope: Scope = "fill"
    expires_on: date | None = None
    others_ended: bool = False
    access: Access = field(kw_only=True)
    session: Session = field(kw_only=True, repr=False)
    sheet: SheetOf | None = None

    @property
    def sheet_of(self) -> str | None:
        """The assessment that a rater's sheet belongs to; None where it is an assessment itself."""
        return None if self.sheet is None else self.sheet.assessment_id

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
        return self.rows.read_many(_STATE)[CLOSED].data

    @property
    def closed_on(self) -> date | None:
        """The day on which the round was closed; None while it is open."""
        return date.fromisoformat(self.closing["day"]) if self.closing else None

    @property
    def line(self) -> Line:
        """Where it stands among the rounds of its organisation."""
        data = self.rows.read_many(_STATE)[LINE].data
        return Line(self.id) if data is None else Line(**data)

    @property
    def takes_answers(self) -> bool:
        """Whether answers, profile and targets may be changed: not after closing, and not once set aside.

        Nor, where it is a rater's sheet, once that was handed in or its rating was ended.
        """
        if self.sheet is not None:
            return self.writes and self.sheet.takes_answers
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
        """Whether it is theirs to decide who else is let in, and whether it is deleted.

        Never a guest's, and nobody's where it is a rater's sheet: that is decided with its assessment.
        """
        return self.whole and self.access.in_charge and not self.guest and self.sheet is None

    @property
    def title(self) -> Title:
        """Its name, opened."""
        return Title(**(self.rows.read("name", "title").data or {}))


def check_takes_answers(assessment: OpenAssessment, along: Iterable[Place] = ()) -> None:
    """Let only those go on who change an open round. What is looked at next may be read `along` with that.

    Raises:
        NotTaken: when it was closed, or set aside for another edition; or, a sheet, handed in or ended.
    """
    if assessment.sheet is not None:
        assessment.sheet.check_takes_answers()
        return
    assessment.rows.read_many((*_STATE, *along))
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
