"""Which questions of an earlier round stand for which of a later one, over the links between two editions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from app.services.packs import Pinned
from questionnaires.models import Question
from standards.models import Framework, Link

Relation = Literal["same", "revised", "split", "merged"]


@dataclass(frozen=True)
class Source:
    """The earlier questions that a question stands for, and how its meaning has changed since."""

    questions: tuple[Question, ...]
    relation: Relation


def links_between(earlier: Framework, later: Framework) -> tuple[Link, ...]:
    """How the indicators of a later edition follow from those of an earlier one; none within one edition."""
    return tuple(
        link for against in later.earlier if against.edition == earlier.edition for link in against.links
    )


def sources(earlier: Pinned, later: Pinned) -> Mapping[str, Source]:
    """What each question of the later questionnaire stands for in the earlier one, by its id, if any."""
    asked = later.questionnaire.questions
    found = {id_: _source(question, earlier, later) for id_, question in asked.items()}
    return {id_: source for id_, source in found.items() if source is not None}


def _source(question: Question, earlier: Pinned, later: Pinned) -> Source | None:
    """The very same question where there is one; otherwise those about the same indicators."""
    within = earlier.framework.edition == later.framework.edition
    twin = earlier.questionnaire.questions.get(question.id)
    if within and twin is not None and (twin.kind, twin.informs) == (question.kind, question.informs):
        return Source((twin,), "same")
    codes = {informed.indicator for informed in question.informs}
    links = [link for link in _links(earlier, later) if codes.intersection(link.to)]
    before = {code for link in links for code in link.from_}
    asked = tuple(
        one
        for one in earlier.questionnaire.questions.values()
        if before.intersection(informed.indicator for informed in one.informs)
    )
    if not asked:
        return None
    relations = {link.relation for link in links}
    return Source(asked, relations.pop() if len(relations) == 1 and not within else "revised")


def _links(earlier: Pinned, later: Pinned) -> Iterator[Link]:
    yield from links_between(earlier.framework, later.framework)
    if earlier.framework.edition == later.framework.edition:
        for code in later.framework.indicators:
            yield Link.model_validate({"from": [code], "to": [code], "relation": "same"})
