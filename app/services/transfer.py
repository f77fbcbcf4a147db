"""Taking an assessment out as one JSON file, and taking such a file in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from typing import Any

from app.language import gettext as _
from app.services import actions, answers, closing, plans, profiles, results, rounds, talk, targets
from app.services.assessments import rename
from app.services.exported import (
    AssessmentFile,
    EarlierAnswer,
    FiledAction,
    FiledAnswer,
    FiledComment,
    FiledPlan,
    FiledRound,
    Named,
    unfit,
)
from app.services.faults import Refused
from app.services.opened import Line, OpenAssessment, Title
from app.services.packs import Library, Pinned
from app.services.results import Sheet
from app.services.said import NOTHING_SAID, Said, as_json
from scoring.answers import Answer
from scoring.plan import Step
from standards.models import TOP_LEVEL


def export(assessment: OpenAssessment, sheet: Sheet, today: date) -> str:
    """Everything in an assessment, as JSON text; of people who answered apart, what counts of it."""
    title, plan, entries = assessment.title, plans.load(assessment), results.entries(assessment)
    file = AssessmentFile(
        format="plumbline-assessment",
        format_version=1,
        exported_on=today,
        framework=Named(id=assessment.framework.id, version=assessment.framework.edition),
        questionnaire=Named(id=assessment.questionnaire.id, version=assessment.questionnaire.version),
        organisation=title.organisation,
        title=title.title,
        round=_round(assessment),
        closed_on=assessment.closed_on,
        profile=dict(sheet.profile.facts),
        targets=dict(targets.load(assessment).levels),
        answers={
            q: FiledAnswer(**_said(entry.said)) for q, entry in entries.items() if entry.said != NOTHING_SAID
        },
        earlier={
            q: earlier for q, entry in entries.items() if (earlier := _earlier(assessment, q, entry.revision))
        },
        comments=_comments(assessment),
        plan=FiledPlan(
            start=plan.start,
            capacity=plan.capacity,
            actions=[_exported(action) for action in plan.actions],
        ),
    )
    return file.model_dump_json(indent=2, exclude_defaults=True)


def offer_for(library: Library, file: AssessmentFile) -> Pinned:
    """The installed questionnaire that a file was made with.

    Raises:
        Refused: when it is not installed here.
    """
    pinned = library.offered.get(file.questionnaire.id)
    if (
        pinned is None
        or pinned.questionnaire.version != file.questionnaire.version
        or (pinned.framework.id, pinned.framework.edition) != (file.framework.id, file.framework.version)
    ):
        raise unfit(_("This file was made with a questionnaire that is not installed here."))
    return pinned


def take_in(assessment: OpenAssessment, file: AssessmentFile, today: date) -> None:
    """Fill a new assessment with what a file holds. Where that was done before, it stays as it is.

    Raises:
        Refused: when something in it does not fit the questionnaire.
    """
    if assessment.rows.read("name", "title").revision:
        return
    rename(assessment, Title(file.organisation, file.title))
    _take_in_profile(assessment, file.profile)
    _take_in_targets(assessment, file.targets)
    for question, answer in file.answers.items():
        if question not in assessment.questionnaire.questions:
            asked = _("This file answers a question that we do not ask: {question}")
            raise unfit(asked.format(question=question[:60]))
        with _named(_("The answer to question {question} cannot be taken in.").format(question=question)):
            answers.take_in(assessment, assessment.questionnaire.questions[question], _as_said(answer), today)
    if file.plan.start is not None:
        _take_in_plan(assessment, file.plan, file.plan.start)


def take_in_round(assessment: OpenAssessment, file: AssessmentFile, today: date) -> None:
    """Put a round that was taken in where it stood in its line, and close it where it was closed.

    Raises:
        Refused: when it was closed on a day that has not come yet.
    """
    if file.closed_on is not None and file.closed_on > today:
        raise _does_not_fit("closed_on")
    if file.closed_on is not None:
        closing.close(assessment, file.closed_on)
    if file.round is not None:
        rounds.keep_line(assessment, Line(file.round.line, file.round.number, file.round.aside))


def _round(assessment: OpenAssessment) -> FiledRound | None:
    """Where it stands in its line; nothing where it is open, and the only one so far."""
    line = assessment.line
    if assessment.closed_on is None and line == Line(assessment.id):
        return None
    return FiledRound(line=line.id, number=line.number, aside=line.aside)


def _take_in_profile(assessment: OpenAssessment, facts: dict[str, str]) -> None:
    known = {fact.fact for fact in assessment.questionnaire.profile}
    for fact, said in facts.items():
        if fact not in known or said not in profiles.INTENSITIES:
            raise _does_not_fit(f"profile.{fact}")
    profiles.save(assessment, facts, made_on=0)


def _take_in_targets(assessment: OpenAssessment, levels: dict[str, int]) -> None:
    for code, level in levels.items():
        if code not in assessment.framework.indicators or level != TOP_LEVEL:
            raise _does_not_fit(f"targets.{code}")
    targets.save(assessment, set(levels), made_on=0)


def _take_in_plan(assessment: OpenAssessment, plan: FiledPlan, start: date) -> None:
    taken = []
    for action in plan.actions:
        where = f"plan.actions.{action.id}"
        typed = {name: "" if said is None else str(said) for name, said in action.model_dump().items()}
        drafted = None
        if action.indicator is not None or action.to is not None:
            step = Step(action.indicator or "", action.to or 0)
            drafted = plans.drafted_from(assessment, step, action.tier, start, action.drafted_due)
            if drafted is None:
                raise _does_not_fit(where)
        with _named(_("This file holds something that does not fit."), where):
            taken.append((action.id, actions.read(typed), drafted))
    plans.restore(assessment, start, taken, plan.capacity)


def _does_not_fit(where: str) -> Refused:
    return unfit(_("This file holds something that does not fit."), where)


@contextmanager
def _named(problem: str, where: str = "") -> Iterator[None]:
    """Say of which part of the file it is that something is refused."""
    try:
        yield
    except Refused as refused:
        raise unfit(problem, where, refused.problems[0][1]) from None


def _said(said: Said) -> dict[str, Any]:
    answer = said.answer
    return {
        "value": as_json(answer.value),
        "unknown": answer.unknown,
        "not_applicable": said.reason if answer.not_applicable else None,
        "reason": "" if answer.not_applicable else said.reason,
        "evidence": answer.evidence,
        "evidence_kept": said.evidence_kept,
        "note": said.note,
    }


def _earlier(assessment: OpenAssessment, question: str, current: int) -> list[EarlierAnswer]:
    if current < 2:
        return []
    past = answers.history(assessment, question)
    return [
        EarlierAnswer(day=entry.day, **_said(entry.said))
        for entry in past
        if entry.day and entry.revision < current
    ]


def _comments(assessment: OpenAssessment) -> dict[str, list[FiledComment]]:
    """The comments by question. Who wrote them is left out: that would be people's addresses."""
    found = talk.load(assessment, assessment.questionnaire.questions)
    return {
        question: [
            FiledComment(day=one.day, text=one.text, resolved=one.resolved.day if one.resolved else None)
            for one in comments
        ]
        for question, comments in found.items()
        if comments
    }


def _exported(action: plans.PlanAction) -> FiledAction:
    drafted, now = action.drafted, asdict(action.now)
    if drafted is None:
        return FiledAction(id=action.id, **now)
    return FiledAction(
        id=action.id,
        indicator=drafted.indicator,
        to=drafted.to,
        tier=drafted.tier,
        drafted_due=drafted.due,
        **now,
    )


def _as_said(filed: FiledAnswer) -> Said:
    value = tuple(filed.value) if isinstance(filed.value, list) else filed.value
    answer = Answer(value, filed.unknown, filed.not_applicable is not None, filed.evidence)
    reason = filed.not_applicable or filed.reason
    return Said(answer, reason.strip(), filed.evidence_kept.strip(), filed.note.strip())
