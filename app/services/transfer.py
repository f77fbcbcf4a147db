"""Taking an assessment out as one JSON file, and taking such a file in."""

from dataclasses import asdict
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.language import gettext as _
from app.services import answers, plans, profiles, targets
from app.services.answers import NOT_APPLICABLE, TEXT_LIMIT, UNKNOWN, Said, Typed
from app.services.assessments import TITLE_LIMIT, OpenAssessment, Title, rename
from app.services.faults import Refused
from app.services.packs import Library, Pinned
from app.services.results import Sheet, open_sheet
from app.services.results import result as work_out
from standards.models import TOP_LEVEL


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Named(_Part):
    id: str = Field(max_length=60)
    version: str = Field(max_length=60)


class _Answer(_Part):
    value: Any = None
    unknown: bool = False
    not_applicable: str | None = Field(default=None, max_length=TEXT_LIMIT)
    evidence: int | None = None
    evidence_kept: str = Field(default="", max_length=TEXT_LIMIT)
    note: str = Field(default="", max_length=TEXT_LIMIT)


class _Earlier(_Answer):
    day: date


class _Action(_Part):
    id: str = Field(max_length=80)
    indicator: str | None = Field(default=None, max_length=60)
    to: int | None = None
    text: str = Field(max_length=TEXT_LIMIT)
    owner: str = Field(default="", max_length=plans.OWNER_LIMIT)
    due: date | None = None
    effort_days: float | None = Field(default=None, allow_inf_nan=False)
    status: plans.Status = "to_do"
    note: str = Field(default="", max_length=TEXT_LIMIT)
    reason: str = Field(default="", max_length=TEXT_LIMIT)


class _Plan(_Part):
    start: date | None = None
    actions: list[_Action] = Field(default=[], max_length=2000)


class AssessmentFile(_Part):
    """The whole of an exported file. `earlier` is what was said before: for reading, not taken in."""

    format: Literal["plumbline-assessment"]
    format_version: Literal[1]
    exported_on: date
    framework: _Named
    questionnaire: _Named
    organisation: str = Field(default="", max_length=TITLE_LIMIT)
    title: str = Field(default="", max_length=TITLE_LIMIT)
    profile: dict[str, str] = {}
    targets: dict[str, int] = {}
    answers: dict[str, _Answer] = {}
    earlier: dict[str, list[_Earlier]] = {}
    plan: _Plan = _Plan()


def export(assessment: OpenAssessment, sheet: Sheet, today: date) -> str:
    """Everything in an assessment, as JSON text."""
    title, plan, entries = assessment.title, plans.load(assessment), answers.load(assessment)
    file = AssessmentFile(
        format="plumbline-assessment",
        format_version=1,
        exported_on=today,
        framework=_Named(id=assessment.framework.id, version=assessment.framework.edition),
        questionnaire=_Named(id=assessment.questionnaire.id, version=assessment.questionnaire.version),
        organisation=title.organisation,
        title=title.title,
        profile=dict(sheet.profile.facts),
        targets=dict(targets.load(assessment).levels),
        answers={q: _Answer(**_said(entry.said)) for q, entry in entries.items() if entry.revision},
        earlier={
            q: earlier for q, entry in entries.items() if (earlier := _earlier(assessment, q, entry.revision))
        },
        plan=_Plan(start=plan.start, actions=[_exported(action) for action in plan.actions]),
    )
    return file.model_dump_json(indent=2, exclude_defaults=True)


def read_file(text: bytes) -> AssessmentFile:
    """An exported file, checked for its form.

    Raises:
        Refused: when it is damaged, or was not exported from here.
    """
    try:
        return AssessmentFile.model_validate_json(text)
    except ValidationError as fault:
        where = ".".join(str(part) for part in fault.errors(include_input=False, include_url=False)[0]["loc"])
        problem = _("This file cannot be read as an exported assessment.")
        if where:
            problem += " " + _("Look at this part of it: {where}").format(where=where[:100])
        raise Refused([("file", problem)]) from None


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
        raise Refused([("file", _("This file was made with a questionnaire that is not installed here."))])
    return pinned


def take_in(assessment: OpenAssessment, file: AssessmentFile, today: date) -> None:
    """Fill a new assessment with what a file holds. Where that was done before, it stays as it is.

    Raises:
        Refused: when something in it does not fit the questionnaire.
    """
    if assessment.rows.read("name", "title").revision:
        return
    rename(assessment, Title(file.organisation, file.title))
    profiles.save(assessment, file.profile, made_on=0)
    targets.save(assessment, {code for code, level in file.targets.items() if level == TOP_LEVEL}, made_on=0)
    for question, answer in file.answers.items():
        if question not in assessment.questionnaire.questions:
            raise Refused(
                [
                    (
                        "file",
                        _("This file answers a question that we do not ask: {question}").format(
                            question=question[:60]
                        ),
                    )
                ]
            )
        try:
            answers.save(assessment, Typed(question, _as_typed(answer)), today)
        except Refused as refused:
            problem = _("The answer to question {question} cannot be taken in.").format(question=question)
            raise Refused([("file", f"{problem} {refused.problems[0][1]}")]) from None
    if file.plan.start is not None:
        _take_in_plan(assessment, file.plan, file.plan.start, today)


def _take_in_plan(assessment: OpenAssessment, plan: _Plan, start: date, today: date) -> None:
    result = work_out(assessment, open_sheet(assessment), today)
    drafted = {action.id: action for action in plans.draft_again(assessment, result, start).actions}
    for action in plan.actions:
        typed = {name: "" if said is None else str(said) for name, said in action.model_dump().items()}
        if action.id in drafted:
            plans.change(assessment, drafted[action.id], typed, drafted[action.id].revision)
        else:
            plans.add(assessment, typed, start)


def _said(said: Said) -> dict[str, Any]:
    answer = said.answer
    return {
        "value": answer.value,
        "unknown": answer.unknown,
        "not_applicable": said.reason if answer.not_applicable else None,
        "evidence": answer.evidence,
        "evidence_kept": said.evidence_kept,
        "note": said.note,
    }


def _earlier(assessment: OpenAssessment, question: str, current: int) -> list[_Earlier]:
    if current < 2:
        return []
    past = answers.history(assessment, question)
    return [
        _Earlier(day=entry.day, **_said(entry.said))
        for entry in past
        if entry.day and entry.revision < current
    ]


def _exported(action: plans.PlanAction) -> _Action:
    drafted = action.drafted
    return _Action(
        id=action.id,
        indicator=drafted.indicator if drafted else None,
        to=drafted.to if drafted else None,
        **asdict(action.now),
    )


def _as_typed(answer: _Answer) -> dict[str, str]:
    choice = "" if answer.value is None else str(answer.value)
    if answer.unknown:
        choice = UNKNOWN
    if answer.not_applicable is not None:
        choice = NOT_APPLICABLE
    return {
        "choice": choice,
        "evidence": "" if answer.evidence is None else str(answer.evidence),
        "reason": answer.not_applicable or "",
        "evidence_kept": answer.evidence_kept,
        "note": answer.note,
    }
