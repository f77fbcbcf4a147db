"""Which questions of an earlier round stand for which of a later one, over the links between two editions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from app.services.packs import Pinned
from questionnaires.models import Question
from scoring.groups import links
from standards.models import Framework, Indicator, Link

Relation = Literal["same", "revised", "split", "merged"]


@dataclass(frozen=True)
class Source:
    """The earlier questions that a question stands for, and how its meaning has changed since."""

    questions: tuple[Question, ...]
    relation: Relation


def steps(earlier: Framework, later: Framework) -> tuple[Link, ...]:
    """How the indicators of a later edition follow from those of an earlier one.

    An edition of one's own may have been changed under its name: what then reads otherwise is revised.
    """
    if earlier.edition != later.edition:
        return links(earlier, later)
    before = earlier.indicators
    return tuple(
        Link.model_validate({"from": [code], "to": [code], "relation": _relation(before[code], one)})
        for code, one in later.indicators.items()
        if code in before
    )


def sources(earlier: Pinned, later: Pinned) -> Mapping[str, Source]:
    """What each question of the later questionnaire stands for in the earlier one, by its id, if any."""
    asked, between = later.questionnaire.questions, steps(earlier.framework, later.framework)
    within = earlier.framework.edition == later.framework.edition
    found = {id_: _source(question, earlier, within, between) for id_, question in asked.items()}
    return {id_: source for id_, source in found.items() if source is not None}


def _source(question: Question, earlier: Pinned, within: bool, between: Iterable[Link]) -> Source | None:
    """The earlier questions about the same indicators; `within` one edition the same one, if it is there."""
    codes = {informed.indicator for informed in question.informs}
    found = [link for link in between if codes.intersection(link.to)]
    before = {code for link in found for code in link.from_}
    relations = {link.relation for link in found}
    twin = earlier.questionnaire.questions.get(question.id)
    if within and twin is not None and (twin.kind, twin.informs) == (question.kind, question.informs):
        return Source((twin,), "same" if relations <= {"same"} else "revised")
    asked = tuple(
        one
        for one in earlier.questionnaire.questions.values()
        if before.intersection(informed.indicator for informed in one.informs)
    )
    if not asked:
        return None
    return Source(asked, relations.pop() if len(relations) == 1 and not within else "revised")


def _relation(before: Indicator, after: Indicator) -> Relation:
    told = ((one.statement, one.levels, one.not_applicable) for one in (before, after))
    return "same" if next(told) == next(told) else "revised"
