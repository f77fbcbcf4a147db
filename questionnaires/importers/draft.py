"""The draft of a pack: what every importer makes, and what is written as two kinds of YAML files."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from questionnaires.importers.limits import CannotImport
from questionnaires.importers.losses import Loss, Losses
from questionnaires.importers.texts import Names
from standards.models import IndicatorClass

RENAMED = Loss(
    "code was changed to be valid and unlike the others", "codes were changed to be valid and unique"
)


@dataclass(frozen=True, slots=True)
class DraftOption:
    """One answer of a question: its words, and its credit (0 to 1) or, for a box, its weight."""

    label: str
    worth: float


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """A question of the source. A choice and a checklist have options, the others have none."""

    prompt: str
    kind: Literal["choice", "checklist", "level", "text"] = "text"
    options: tuple[DraftOption, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class DraftAction:
    """What to do to reach one level; what is empty is still to be written."""

    text: str = ""
    effort_days: float | None = None
    owner: str = ""
    leaves: str = ""


@dataclass(frozen=True, slots=True)
class DraftIndicator:
    """An indicator as far as the source gives it: what is empty is still to be written.

    `code` is any text until the draft is named; `was` is then what it had been, if that was changed.
    """

    code: str = ""
    title: str = ""
    statement: str = ""
    why: str = ""
    class_: IndicatorClass = "major"
    themes: tuple[str, ...] = ()
    not_applicable: str = ""
    levels: tuple[str, str, str, str] = ("", "", "", "")
    evidence: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    actions: tuple[DraftAction, DraftAction, DraftAction] = (DraftAction(), DraftAction(), DraftAction())
    help: str = ""
    groups: tuple[str, ...] = ()
    questions: tuple[DraftQuestion, ...] = ()
    was: str = ""


@dataclass(frozen=True, slots=True)
class DraftRequirement:
    """A group of indicators."""

    id: str
    title: str
    summary: str
    indicators: tuple[DraftIndicator, ...]


@dataclass(frozen=True, slots=True)
class DraftStandard:
    """A chapter, with at least one indicator in it."""

    id: str
    title: str
    summary: str
    requirements: tuple[DraftRequirement, ...]

    @property
    def indicators(self) -> Iterator[DraftIndicator]:
        """Every indicator of this chapter, in order."""
        for requirement in self.requirements:
            yield from requirement.indicators


@dataclass(frozen=True, slots=True)
class Draft:
    """A pack as far as the source gives it. `groups` are parts that get a questionnaire of their own."""

    standards: tuple[DraftStandard, ...]
    losses: Losses
    title: str = ""
    description: str = ""
    language: str = ""
    licence: str = ""
    sources: tuple[str, ...] = ()
    level_names: tuple[str, ...] = ()
    groups: tuple[tuple[str, str], ...] = ()

    @property
    def indicators(self) -> Iterator[DraftIndicator]:
        """Every indicator, in order."""
        for standard in self.standards:
            yield from standard.indicators

    def only(self, ids: Collection[str]) -> "Draft":
        """The draft with no other standards than these; all of it where there is no id.

        Raises: CannotImport when one of the ids is not a standard's.
        """
        known = [standard.id for standard in self.standards]
        for each in ids:
            if each not in known:
                raise CannotImport(f"{each} is not a standard of the draft; expected one of {listed(known)}")
        return replace(self, standards=tuple(one for one in self.standards if not ids or one.id in ids))


def named(draft: Draft) -> Draft:
    """The draft with valid names, of which no two of one kind are equal.

    Raises: CannotImport when there is nothing to be judged in it.
    """
    if not any(True for _ in draft.indicators):
        raise CannotImport("there is nothing in this file that could become an indicator")
    standards, requirements, codes = Names(), Names(), Names()
    return replace(
        draft,
        standards=tuple(
            replace(
                standard,
                id=standards.one_for(standard.id, "standard"),
                requirements=tuple(
                    replace(
                        requirement,
                        id=requirements.one_for(requirement.id, "requirement"),
                        indicators=tuple(_named(one, codes, draft.losses) for one in requirement.indicators),
                    )
                    for requirement in standard.requirements
                ),
            )
            for standard in draft.standards
        ),
    )


def _named(indicator: DraftIndicator, codes: Names, losses: Losses) -> DraftIndicator:
    code = codes.one_for(indicator.code, "indicator")
    if not indicator.code or code == indicator.code:
        return replace(indicator, code=code)
    losses.add(RENAMED, f"“{indicator.code}” is now {code}")
    return replace(indicator, code=code, was=indicator.code)


def listed(names: list[str]) -> str:
    """The first names, and whether there are more."""
    return ", ".join(names[:16]) + (", …" if len(names) > 16 else "")
