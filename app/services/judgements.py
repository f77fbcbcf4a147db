"""What a reviewer says of each indicator, and what the organisation answers to a finding."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from app.language import gettext as _
from app.services.answers import TEXT_LIMIT, too_long
from app.services.faults import NotFound, Refused
from app.services.fields import digit
from app.services.opened import OpenAssessment
from app.services.reviews import OpenReview
from app.services.saving import Settled, Standing, settle
from app.vault.data_keys import Label
from scoring.answers import STRONGEST
from standards.models import TOP_LEVEL

Finding = Literal["observation", "minor", "major"]
FINDINGS: tuple[Finding, ...] = get_args(Finding)
"""The lightest first."""

LABELS: tuple[Label, ...] = ("answers", "notes")
NONE = "none"
"""What a form sends where no level, or no finding, is meant."""

FIELDS = ("level", "strength", "remark", "finding")
"""The fields of an indicator as they follow each other on the page."""


@dataclass(frozen=True)
class Judgement:
    """What a reviewer says of one indicator: a level 0 to 3, a strength 0 to 4, a finding, a remark."""

    level: int | None = None
    strength: int | None = None
    finding: Finding | None = None
    remark: str = field(default="", repr=False)


NOTHING_JUDGED = Judgement()


@dataclass(frozen=True)
class Entry:
    """What is said of an indicator, and the revision it stands at (0: nothing yet)."""

    judgement: Judgement = NOTHING_JUDGED
    revision: int = 0


@dataclass(frozen=True)
class Reply:
    """What the organisation answers to a finding, and the revision it stands at (0: nothing yet)."""

    text: str = field(default="", repr=False)
    revision: int = 0


def load(review: OpenReview | None, codes: Iterable[str]) -> dict[str, Entry]:
    """What is said of some indicators, by code; of none while there is no review."""
    wanted = list(codes)
    if review is None:
        return dict.fromkeys(wanted, Entry())
    found = review.rows.read_many((label, row_of(code)) for code in wanted for label in LABELS)
    entries = {}
    for code in wanted:
        parts = {label: found[label, row_of(code)].data for label in LABELS}
        entries[code] = Entry(_judgement(parts), found["answers", row_of(code)].revision)
    return entries


def given(entries: Mapping[str, Entry]) -> dict[str, Judgement]:
    """What is said, by code, where anything is."""
    said = {code: entry.judgement for code, entry in entries.items()}
    return {code: judgement for code, judgement in said.items() if judgement != NOTHING_JUDGED}


def read(typed: Mapping[str, str]) -> Judgement:
    """What was typed for an indicator, checked.

    Raises:
        Refused: with a sentence for each field that cannot be taken as it is.
    """
    remark = typed.get("remark", "").strip()
    level, strength = _digit(typed.get("level", "")), _digit(typed.get("strength", ""))
    finding = next((one for one in FINDINGS if one == typed.get("finding")), None)
    listed = _("Choose one of the answers that are listed here.")
    problems = {
        "level": listed if level is not None and not 0 <= level <= TOP_LEVEL else "",
        "strength": listed if strength is not None and not 0 <= strength <= STRONGEST else "",
        "remark": _remark_fault(remark, finding),
        "finding": listed if typed.get("finding", "") not in ("", NONE, *FINDINGS) else "",
    }
    if any(problems.values()):
        raise Refused([(name, problems[name]) for name in FIELDS if problems[name]])
    return Judgement(level, strength, finding, remark)


def save(
    review: OpenReview, code: str, typed: Mapping[str, str], made_on: int, form: str = ""
) -> tuple[Entry, bool]:
    """Save what was typed for an indicator; what stands now, and whether somebody else wrote meanwhile.

    Raises:
        NotFound: when the review is not to be changed by whoever asks, or by nobody any more.
        Refused: as `read`.
    """
    if not review.writes:
        raise NotFound
    parts, untouched = _parts(read(typed)), _parts(NOTHING_JUDGED)
    settled = settle(review.rows, row_of(code), parts, made_on, untouched=untouched, form=form)
    return Entry(_judgement(settled.standing.parts), settled.standing.revision), settled.conflict


def replies(assessment: OpenAssessment, review: OpenReview, codes: Iterable[str]) -> dict[str, Reply]:
    """What the organisation answers to the findings about some indicators, by code."""
    wanted = {code: reply_row_of(review.id, code) for code in codes}
    found = assessment.rows.read_many(("notes", row) for row in wanted.values())
    stood = {code: found["notes", row] for code, row in wanted.items()}
    return {code: Reply((one.data or {}).get("reply", ""), one.revision) for code, one in stood.items()}


def reply(
    assessment: OpenAssessment, review: OpenReview, code: str, text: str, made_on: int, form: str = ""
) -> tuple[Reply, bool]:
    """Answer a finding; what stands now, and whether somebody else wrote meanwhile.

    Raises:
        Refused: when the text is too long.
    """
    text = text.strip()
    if len(text) > TEXT_LIMIT:
        raise Refused([("reply", too_long(len(text)))])
    settled = settle(
        assessment.rows,
        reply_row_of(review.id, code),
        {"notes": {"reply": text}},
        made_on,
        untouched={"notes": {"reply": ""}},
        form=form,
    )
    return _reply(settled), settled.conflict


def row_of(code: str) -> str:
    """The name of the rows that an indicator's judgement is sealed in."""
    return f"judgement:{code}"


def reply_row_of(review_id: str, code: str) -> str:
    """The name of the row that an answer to a finding is sealed in."""
    return f"reply:{review_id}:{code}"


def _reply(settled: Settled) -> Reply:
    standing: Standing = settled.standing
    return Reply((standing.parts["notes"] or {}).get("reply", ""), standing.revision)


def _remark_fault(remark: str, finding: Finding | None) -> str:
    if len(remark) > TEXT_LIMIT:
        return too_long(len(remark))
    return _("Say in a sentence what you found.") if finding and not remark else ""


def _digit(typed: str) -> int | None:
    return None if typed in ("", NONE) else digit(typed)


def _parts(judgement: Judgement) -> dict[Label, Any]:
    said = asdict(judgement)
    return {"notes": {"remark": said.pop("remark")}, "answers": said}


def _judgement(parts: Mapping[Label, Any]) -> Judgement:
    if parts["answers"] is None:
        return NOTHING_JUDGED
    return Judgement(**parts["answers"], **parts["notes"])
