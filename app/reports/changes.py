"""What a page shows of two rounds: what changed, in words, figures and pictures."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app import kinds
from app.language import current, direction
from app.language import gettext as _
from app.reports import change_words
from app.reports.change_charts import Trending, Web, trending, web
from app.reports.changed_points import Chapter, Fated, Said, Sayings
from app.services.opened import OpenAssessment
from app.services.year_on_year import Choices, YearOnYear
from scoring.compare import Split
from scoring.evidence_change import Evidence
from scoring.rounding import whole_percent
from scoring.standing import BECAME, Became, PartChange

COMMON: frozenset[Became] = frozenset({"improved", "declined", "unchanged"})


@dataclass(frozen=True)
class View:
    """The whole page. `parts` are those of the change, and the change itself; empty where `why_not` says why.

    `rows` under `head` are the standards in figures, like for like. `evidenced` are the scores with evidence,
    like for like and as a whole, and `evidence` is where the evidence is another. `web` and `trending` are
    None where there is no score, or nothing to draw.
    """

    scores: bool
    gaps: bool
    words: Mapping[Became, str]
    parts: tuple[tuple[str, str], ...]
    why_not: str
    evidenced: tuple[str, str]
    head: tuple[str, ...]
    web: Web | None
    trending: Trending | None
    rows: tuple[tuple[str, ...], ...]
    chapters: tuple[Chapter, ...]
    fated: tuple[Fated, ...]
    evidence: tuple[tuple[str, ...], ...]
    retired: tuple[Said, ...]


def view(compared: YearOnYear) -> View:
    """Everything that the page shows."""
    manner = kinds.manner(compared.later.assessment.framework)
    rtl = direction(current()) == "rtl"
    became = change_words.became(compared.later.assessment.framework)
    sayings, comparison = Sayings(compared), compared.changes.comparison
    chapters, shown = tuple(sayings.chapters()), _columns(compared.changes.standards)
    return View(
        scores=manner.scores,
        gaps=manner.drafts_plan,
        words=became,
        parts=tuple(_parts(comparison.split)) if comparison.split else (),
        why_not=change_words.why_not(comparison.why_not) if comparison.why_not else "",
        evidenced=_evidenced(compared.changes.evidence),
        head=_head([became[one] for one in shown], scores=manner.scores),
        web=web(compared, rtl=rtl) if manner.scores else None,
        trending=trending(compared, rtl=rtl) if manner.scores else None,
        rows=tuple(
            _row(chapter.title, part, shown, scores=manner.scores)
            for chapter, part in zip(chapters, compared.changes.standards, strict=True)
        ),
        chapters=chapters,
        fated=tuple(sayings.fated()),
        evidence=tuple(sayings.evidence()),
        retired=tuple(sayings.then(code) for code in compared.changes.comparison.retired),
    )


def options(offered: Choices) -> list[tuple[str, str]]:
    """What can be compared, newest first: the value that a form sends, and a name."""
    line = [(one.id, change_words.round_name(one)) for one in reversed(offered.line)]
    return line + [(one.id, change_words.full_name(one)) for one in offered.others]


def name_in(offered: Choices, one: OpenAssessment) -> str:
    """What a round is called on the page: shorter where it stands in the line."""
    inside = any(each.id == one.id for each in offered.line)
    return change_words.round_name(one) if inside else change_words.full_name(one)


def _parts(split: Split) -> Iterator[tuple[str, str]]:
    """Where the change comes from, a line for each part, which add up as they are shown."""
    shown = split.shown
    for part, points in (
        ("practice", shown.practice),
        ("left", shown.left),
        ("joined", shown.joined),
        ("change", shown.change),
    ):
        yield change_words.part(part), change_words.signed(points)


def _evidenced(evidence: Evidence) -> tuple[str, str]:
    like_for_like = evidence.like_for_like or (None, None)
    return change_words.then_and_now(*like_for_like), change_words.then_and_now(*evidence.headline)


def _columns(standards: Iterable[PartChange]) -> list[Became]:
    """What points can become, but for the rarer things where they became of none."""
    standards = list(standards)
    return [one for one in BECAME if one in COMMON or any(part.counts[one] for part in standards)]


def _head(shown: Iterable[str], *, scores: bool) -> tuple[str, ...]:
    first = (_("Standard"), _("Then"), _("Now")) if scores else (_("Part"),)
    return (*first, *shown, _("In all"))


def _row(title: str, part: PartChange, shown: Iterable[Became], *, scores: bool) -> tuple[str, ...]:
    figures = ["–" if one is None else str(whole_percent(one)) for one in (part.before, part.after)]
    counts = (str(part.counts[one]) for one in shown)
    return (title, *(figures if scores else ()), *counts, str(len(part.indicators)))
