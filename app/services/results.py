"""Results: worked out anew from the answers whenever somebody looks, and never stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from app.services import answers, assessments, profiles, targets
from app.services.answers import Entry
from app.services.assessments import OpenAssessment, Title
from app.services.packs import Library
from app.services.profiles import StandingProfile
from app.vault.grants import granted_assessments
from app.vault.holders import KeyHolder
from app.vault.sealing import DoesNotOpen
from questionnaires.models import Question, Section
from scoring.assessment import Result, assess


@dataclass(frozen=True)
class Progress:
    """How much of some questions has been answered."""

    answered: int
    asked: int

    @property
    def done(self) -> bool:
        """Whether nothing is left to answer."""
        return self.answered == self.asked

    @property
    def begun(self) -> bool:
        """Whether anything is answered."""
        return self.answered > 0


@dataclass(frozen=True)
class Sheet:
    """Everything that was said in an assessment: the profile, the answers, the questions left to ask."""

    profile: StandingProfile
    entries: Mapping[str, Entry]
    visible: Mapping[str, Question]

    def questions(self, section: Section) -> list[Question]:
        """The questions of a section that are asked."""
        return [question for question in section.questions if question.id in self.visible]

    def progress(self, section: Section | None = None) -> Progress:
        """How far one section, or the whole, has come."""
        asked = list(self.visible.values()) if section is None else self.questions(section)
        return Progress(sum(self.entries[question.id].said.answered for question in asked), len(asked))


@dataclass(frozen=True)
class Overview:
    """One assessment as the list of them shows it."""

    assessment: OpenAssessment
    title: Title
    progress: Progress


def overviews(
    session: Session, library: Library, holder: KeyHolder, today: date
) -> tuple[list[Overview], int]:
    """Everything this holder can open, newest first; and how many more were changed from outside."""
    opened, changed = [], 0
    for granted in granted_assessments(session, holder.id, today):
        try:
            one = assessments.find(session, library, holder, granted.id, today)
            opened.append(Overview(one, one.title, open_sheet(one).progress()))
        except DoesNotOpen:
            changed += 1
    return opened, changed


def open_sheet(assessment: OpenAssessment) -> Sheet:
    """Open everything that was said."""
    profile = profiles.load(assessment)
    entries = answers.load(assessment)
    return Sheet(profile, entries, answers.visible(assessment, entries, profile.facts))


def result(assessment: OpenAssessment, sheet: Sheet, on: date) -> Result:
    """What the answers mean on a day."""
    return assess(
        assessment.framework,
        assessment.questionnaire,
        answers.for_scoring(sheet.entries),
        on=on,
        profile=sheet.profile.facts,
        targets=targets.load(assessment).levels,
    )
