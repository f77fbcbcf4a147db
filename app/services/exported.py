"""What an exported file looks like: the form of its parts, and how much each may hold."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictFloat, StrictInt, StrictStr, ValidationError

from app.language import gettext as _
from app.services.actions import LEAST_CAPACITY, MOST_DAYS, Status
from app.services.answers import TEXT_LIMIT
from app.services.faults import Refused
from app.services.opened import TITLE_LIMIT
from scoring.gaps import Tier

MOST_BOXES = 500
NO_NOUGHT = r"^[^\x00]*$"

Words = Annotated[str, Field(max_length=TEXT_LIMIT, pattern=NO_NOUGHT)]
Name = Annotated[str, Field(max_length=TITLE_LIMIT, pattern=NO_NOUGHT)]
Value = (
    StrictInt
    | Annotated[StrictFloat, Field(allow_inf_nan=False)]
    | Annotated[StrictStr, Field(max_length=TEXT_LIMIT, pattern=NO_NOUGHT)]
    | Annotated[list[StrictStr], Field(max_length=MOST_BOXES)]
)
"""A level, a figure, an option, a date as 2026-03-01, words, or the boxes that were ticked."""

# Dates are reckoned on from here: the end of time is too late to begin.
Start = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2999, 12, 31))]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Named(_Part):
    """A pack, by its name and its edition or version."""

    id: str = Field(max_length=60)
    version: str = Field(max_length=60)


class FiledAnswer(_Part):
    """What is said to one question. `not_applicable` is the reason; `reason` one that is not needed now."""

    value: Value | None = None
    unknown: bool = False
    not_applicable: Words | None = None
    reason: Words = ""
    evidence: StrictInt | None = None
    evidence_kept: Words = ""
    note: Words = ""


class EarlierAnswer(FiledAnswer):
    """What was said to a question before, and on which day."""

    day: date


class FiledComment(_Part):
    """What was said about a question, and on which day; and the day on which it was resolved, if it was."""

    day: date
    text: Words
    resolved: date | None = None


class FiledAction(_Part):
    """One action. `indicator`, `to` and `tier` say what it was drafted from; an own one has none of them.

    `drafted_due` is the day for which it was drafted, whatever was made of that since.
    """

    id: str = Field(max_length=80, pattern=r"^[\w.-]+$")
    indicator: str | None = Field(default=None, max_length=60)
    to: StrictInt | None = None
    tier: Tier = "medium"
    drafted_due: date | None = None
    text: Words
    owner: Words = ""
    due: date | None = None
    effort_days: float | None = Field(default=None, allow_inf_nan=False)
    status: Status = "to_do"
    note: Words = ""
    reason: Words = ""


class FiledPlan(_Part):
    """The plan, in its order."""

    start: Start | None = None
    capacity: float | None = Field(default=None, ge=LEAST_CAPACITY, le=MOST_DAYS)
    actions: list[FiledAction] = Field(default=[], max_length=2000)


class FiledRound(_Part):
    """Which line of rounds it belongs to, and which of its rounds it is."""

    line: str = Field(pattern=r"^[0-9a-f]{32}$")
    number: StrictInt = Field(default=1, ge=1, le=1000)
    aside: bool = False


class AssessmentFile(_Part):
    """The whole of an exported file.

    `earlier` is what was said before, `comments` what was said about it: both for reading, not taken in.
    `round` and `closed_on` are taken in only together with all that an organisation holds.
    """

    format: Literal["plumbline-assessment"]
    format_version: Literal[1]
    exported_on: date
    framework: Named
    questionnaire: Named
    organisation: Name = ""
    title: Name = ""
    round: FiledRound | None = None
    closed_on: Start | None = None
    profile: dict[str, str] = {}
    targets: dict[str, StrictInt] = {}
    answers: dict[str, FiledAnswer] = {}
    earlier: dict[str, list[EarlierAnswer]] = {}
    comments: dict[str, list[FiledComment]] = {}
    plan: FiledPlan = FiledPlan()


def read_file(text: bytes) -> AssessmentFile:
    """An exported file, checked for its form.

    Raises:
        Refused: when it is damaged, or was not exported from here.
    """
    try:
        return AssessmentFile.model_validate_json(text)
    except ValidationError as fault:
        where = ".".join(str(part) for part in fault.errors(include_input=False, include_url=False)[0]["loc"])
        raise unfit(_("This file cannot be read as an exported assessment."), where) from None


def unfit(problem: str, where: str = "", why: str = "") -> Refused:
    """What to say of a file that does not fit, and in which part of it."""
    place = _("Look at this part of it: {where}").format(where=where[:100]) if where else ""
    return Refused([("file", " ".join(part for part in (problem, place, why) if part))])
