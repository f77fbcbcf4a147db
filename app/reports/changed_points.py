"""What changed, point by point: what became of each, and what was said of it in each round."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from app import wording
from app.language import gettext as _
from app.pack_words import filled, words
from app.reports import change_words
from app.services.year_on_year import Side, YearOnYear
from scoring.critical_change import CriticalChange, Fate
from scoring.evidence_change import EvidenceChange
from scoring.groups import Group
from scoring.standing import Became, IndicatorChange, PartChange
from standards.models import Requirement


@dataclass(frozen=True)
class Said:
    """What one indicator was said to be in one round: its code and title there, its level in words."""

    code: str
    title: str
    word: Markup
    standing: Markup


@dataclass(frozen=True)
class Point:
    """One indicator of the later round: what became of it, and what was said of it then and now.

    Where its group holds more than it, `together` is the group's score, or `why` says why it has none.
    """

    code: str
    title: str
    became: Became
    then: tuple[Said, ...]
    now: Said
    together: str
    why: str


@dataclass(frozen=True)
class Part:
    """A requirement of the later edition with its points; `told` are its figures, like for like."""

    id: str
    title: str
    told: str
    counts: tuple[tuple[Became, int], ...]
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Chapter:
    """A standard of the later edition with its requirements."""

    id: str
    title: str
    told: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Gap:
    """The critical gaps of one group, as they were said to be in each round."""

    then: tuple[Said, ...]
    now: tuple[Said, ...]


@dataclass(frozen=True)
class Fated:
    """Critical gaps that the same became of."""

    fate: Fate
    title: str
    sentence: str
    gaps: tuple[Gap, ...]


class Sayings:
    """Puts what changed into words: knows both rounds and their editions."""

    def __init__(self, compared: YearOnYear) -> None:
        self._changes = compared.changes
        self._earlier = compared.earlier
        self._later = compared.later

    def then(self, code: str) -> Said:
        """What was said of an indicator of the earlier edition."""
        return _said(self._earlier, code)

    def now(self, code: str) -> Said:
        """What is said of an indicator of the later edition."""
        return _said(self._later, code)

    def chapters(self) -> Iterator[Chapter]:
        """Every standard, requirement and indicator of the later edition."""
        standards = self._later.assessment.framework.standards
        for standard, changed in zip(standards, self._changes.standards, strict=True):
            parts = zip(standard.requirements, changed.requirements, strict=True)
            yield Chapter(
                standard.id,
                standard.title,
                _told(changed),
                tuple(self._part(one, part) for one, part in parts),
            )

    def fated(self) -> Iterator[Fated]:
        """The critical gaps, by what became of them."""
        editions = {side.assessment.framework.edition for side in (self._earlier, self._later)}
        sentences = change_words.fates(within_one=len(editions) == 1)
        for fate in change_words.PRAISED_FIRST:
            found = self._changes.critical.get(fate, ())
            if found:
                yield Fated(fate, *sentences[fate], tuple(map(self._gap, found)))

    def evidence(self) -> Iterator[tuple[str, ...]]:
        """What changed in the evidence: the points, and the strength then and now; the stronger first."""
        for change in ("stronger", "weaker"):
            yield from map(self._evidence, self._changes.evidence.of(change))

    def _part(self, requirement: Requirement, changed: PartChange) -> Part:
        counts = tuple((one, count) for one, count in changed.counts.items() if count)
        points = tuple(map(self._point, changed.indicators))
        return Part(requirement.id, requirement.title, _told(changed), counts, points)

    def _point(self, changed: IndicatorChange) -> Point:
        group, now = changed.group, self.now(changed.code)
        several = group is not None and len(group.from_) + len(group.to) > 2
        return Point(
            changed.code,
            now.title,
            changed.became,
            tuple(map(self.then, group.from_)) if group else (),
            now,
            _together(group) if several and group else "",
            self._why(group) if several and group else "",
        )

    def _why(self, group: Group) -> str:
        """Which indicators of a group stand in the way of comparing it, and what was said of them."""
        open_ = [(_("{code} then: {said}"), self.then(code)) for code in group.open_before]
        open_ += [(_("{code} now: {said}"), self.now(code)) for code in group.open_after]
        return Markup("; ").join(filled(text, code=one.code, said=one.word) for text, one in open_)

    def _gap(self, changed: CriticalChange) -> Gap:
        return Gap(tuple(map(self.then, changed.from_)), tuple(map(self.now, changed.to)))

    def _evidence(self, changed: EvidenceChange) -> tuple[str, ...]:
        titles = [self.now(code) for code in changed.group.to]
        name = Markup("; ").join(Markup("{} {}").format(one.code, words(one.title)) for one in titles)
        return (
            name,
            wording.evidence()[changed.before],
            wording.evidence()[changed.after],
            change_words.became(self._later.assessment.framework)[changed.group.change or "not_comparable"],
        )


def _said(side: Side, code: str) -> Said:
    framework, judged = side.assessment.framework, side.result.indicators[code]
    return Said(
        code,
        framework.indicators[code].title,
        change_words.level_word(framework, judged),
        change_words.standing(framework, judged),
    )


def _together(group: Group) -> str:
    if group.before is None or group.after is None:
        return ""
    return change_words.then_and_now(100 * group.before, 100 * group.after)


def _told(part: PartChange) -> str:
    return change_words.then_and_now(part.before, part.after)
