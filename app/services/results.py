"""Results: worked out anew from the answers whenever somebody looks, and never stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.database import Session
from app.services import answers, assessments, joint, profiles, targets
from app.services.basis import Basis, as_sealed
from app.services.joint import Heard
from app.services.opened import Access, OpenAssessment, Title
from app.services.packs import Library
from app.services.profiles import StandingProfile
from app.services.said import NOTHING_SAID, Entry, Said
from app.vault.grants import granted_assessments
from app.vault.sealing import DoesNotOpen
from questionnaires.models import Question, Section, TextQuestion
from questionnaires.visibility import questions_to_decide
from scoring.answers import Answer
from scoring.assessment import Result, assess
from scoring.raters import Rated


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
    """What counts in an assessment: its profile, the answers that there are, the questions left to ask.

    Where several people answered apart, `raters` is how many of them were heard, `not_agreed` are the
    questions that the middle of what they said counts for, and `to_discuss` those that they disagree on.
    """

    profile: StandingProfile
    answers: Mapping[str, Answer]
    visible: Mapping[str, Question]
    raters: int = 0
    not_agreed: tuple[str, ...] = ()
    to_discuss: tuple[str, ...] = ()

    def questions(self, section: Section) -> list[Question]:
        """The questions of a section that are asked."""
        return [question for question in section.questions if question.id in self.visible]

    def progress(self, section: Section | None = None) -> Progress:
        """How far one section, or the whole, has come."""
        asked = list(self.visible.values()) if section is None else self.questions(section)
        return Progress(sum(question.id in self.answers for question in asked), len(asked))


@dataclass(frozen=True)
class Overview:
    """One assessment as the list of them shows it: the newest round of its line, and how many came before."""

    assessment: OpenAssessment
    title: Title
    progress: Progress
    earlier: int


def overviews(session: Session, library: Library, access: Access, today: date) -> tuple[list[Overview], int]:
    """Everything of one key's own, newest first, of each line one; and how many were changed from outside.

    What they were let into from outside, until a day, is not theirs: see `portfolios`.
    """
    lines: dict[str, list[OpenAssessment]] = {}
    changed = 0
    for granted in granted_assessments(session, access.key.id, today):
        try:
            one = assessments.find_with(session, library, [access], granted.id, today)
            if not one.guest:
                lines.setdefault(one.line.id, []).append(one)
        except DoesNotOpen:
            changed += 1
    return [_overview(rounds) for rounds in lines.values()], changed


def _overview(rounds: list[OpenAssessment]) -> Overview:
    """The newest round, of the versions that count if there is one."""
    newest = max(rounds, key=lambda one: (not one.line.aside, one.line.number))
    earlier = sum(not one.line.aside for one in rounds if one is not newest)
    return Overview(newest, newest.title, open_sheet(newest).progress(), earlier)


def open_sheet(assessment: OpenAssessment) -> Sheet:
    """Open the profile and every answer, but none of the words beside them.

    Of a closed round it is what was sealed when it was closed.

    Raises:
        DoesNotOpen: when that names another edition or questionnaire than the round is pinned to.
    """
    if assessment.closed_on is None:
        return _open_sheet(assessment, assessment.questionnaire.questions)
    kept = as_closed(assessment)
    visible, closing = answers.visible(assessment, kept.answers, kept.facts), assessment.closing
    return Sheet(
        StandingProfile(kept.facts),
        kept.answers,
        visible,
        closing["raters"],
        tuple(closing["not_agreed"]),
        tuple(closing["to_discuss"]),
    )


def as_closed(assessment: OpenAssessment) -> Basis:
    """What a round had said when it was closed.

    Raises:
        DoesNotOpen: when that names another edition or questionnaire than the round is pinned to.
    """
    kept, pinned = assessment.closing, assessment.pinned
    if (kept["framework"], kept["questionnaire"]) != (pinned.framework_hash, pinned.questionnaire_hash):
        raise DoesNotOpen
    return as_sealed(assessment.questionnaire, kept)


def basis(assessment: OpenAssessment, sheet: Sheet) -> Basis:
    """All that is scored."""
    closed = assessment.closed_on is not None
    levels = as_closed(assessment).targets if closed else targets.load(assessment).levels
    return Basis(sheet.answers, sheet.profile.facts, levels)


def section_progress(assessment: OpenAssessment, section: Section) -> Progress:
    """How far one section has come. No answer is opened that has no part in that."""
    needed = questions_to_decide(assessment.questionnaire, section.questions)
    assessment.rows.read_many([profiles.PLACE, *answers.places(needed, ["answers"])])
    return _open_sheet(assessment, needed).progress(section)


def moves_progress(assessment: OpenAssessment, question: Question, before: Said, now: Said) -> bool:
    """Whether what is said to a question now may change how far anything has come."""
    decides = question.id in assessment.questionnaire.deciding and before.answer.value != now.answer.value
    return decides or before.answered != now.answered


def _open_sheet(assessment: OpenAssessment, questions: Iterable[str]) -> Sheet:
    profile, heard = profiles.load(assessment), joint.load(assessment)
    if heard is not None:
        return _joint_sheet(assessment, profile, heard)
    said = answers.for_scoring(assessment, questions)
    return Sheet(profile, said, answers.visible(assessment, said, profile.facts))


def rating(assessment: OpenAssessment, sheet: Sheet, result: Result) -> str | None:
    """The rating that is reached; None while nothing is answered, or where its kind of framework has none."""
    if assessment.framework.kind != "standards" or not sheet.progress().begun:
        return None
    return result.verdict.reached.rating.label if result.verdict.reached else None


def rated_questions(assessment: OpenAssessment) -> Mapping[str, Rated]:
    """What several raters said to each question, once their rating was ended; until then nothing."""
    heard = joint.load(assessment)
    return {} if heard is None else joint.questions(assessment, heard, profiles.load(assessment).facts)


def entries(assessment: OpenAssessment) -> dict[str, Entry]:
    """Everything that is said and counts, with the words beside it, by question.

    Where people answered apart and have not agreed, that is the middle alone, as one more revision.
    """
    said, asked = answers.load(assessment), assessment.questionnaire.questions
    for question, one in rated_questions(assessment).items():
        if one.heard and not one.agreed:
            middle = NOTHING_SAID if isinstance(asked[question], TextQuestion) else Said(one.scored)
            said[question] = replace(said[question], said=middle, revision=said[question].revision + 1)
    return said


def _joint_sheet(assessment: OpenAssessment, profile: StandingProfile, heard: Heard) -> Sheet:
    rated = joint.questions(assessment, heard, profile.facts)
    return Sheet(
        profile,
        {question: one.scored for question, one in rated.items() if one.scored.said},
        {question: assessment.questionnaire.questions[question] for question in rated},
        raters=len(heard.raters),
        not_agreed=tuple(question for question, one in rated.items() if one.open),
        to_discuss=tuple(question for question, one in rated.items() if one.to_discuss),
    )


def result(assessment: OpenAssessment, sheet: Sheet, today: date) -> Result:
    """What the answers mean: today while the round is open, and on the day of its closing after."""
    scored = basis(assessment, sheet)
    return assess(
        assessment.framework,
        assessment.questionnaire,
        scored.answers,
        on=assessment.closed_on or today,
        profile=scored.facts,
        targets=scored.targets,
    )
