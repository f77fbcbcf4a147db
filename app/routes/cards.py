"""One question as a page shows it: what is asked, what stands, what was typed, and what became of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from app.routes.forms import Form
from app.services import answers, carrying, fields, people, results, talk
from app.services.answers import Typed
from app.services.care import Passage
from app.services.carrying import NOTHING_CARRIED, Carried, CarriedAnswers
from app.services.in_words import prompt_of
from app.services.opened import OpenAssessment
from app.services.people import Somebody
from app.services.said import NOTHING_SAID, TEXT_FIELDS, Entry, Said
from questionnaires.models import Question
from scoring.credits import scored
from scoring.raters import Rated
from standards.models import Indicator

State = Literal["", "saved", "refused", "conflict", "rated"]


@dataclass(frozen=True)
class Card:
    """A question card. `shown` is what its fields hold; `made_on` the revision that this is based on.

    `carried` is what was said earlier, in the round that was closed on `last_round` if it was in one. `still`
    says that it waits to be confirmed as it is. `care` is what there is to warn of in its texts, by field.

    `indicator` is the first that it informs, None where it informs none. `mine` is what was not written in a
    conflict. `rated` is what several people said who answered it apart, None where nobody did. `by` is who
    said what stands, where anything does.
    """

    question: Question
    prompt: str
    indicator: Indicator | None
    entry: Entry
    shown: Mapping[str, str] = field(repr=False)
    made_on: int
    carried: tuple[Carried, ...] = ()
    last_round: date | None = None
    still: bool = False
    state: State = ""
    problems: tuple[tuple[str, str], ...] = ()
    mine: Said = NOTHING_SAID
    rated: Rated | None = None
    by: Somebody | None = None
    open_comments: int = 0
    care: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict, repr=False)

    @property
    def open(self) -> bool:
        """Whether what counts is what several people said apart, since they have not agreed yet."""
        return self.rated is not None and not self.rated.agreed

    @property
    def said(self) -> Said:
        """What counts, with the words beside it where it is agreed, or was not answered apart."""
        return Said(self.rated.scored) if self.rated is not None and self.open else self.entry.said

    @property
    def title(self) -> str:
        """What it is called: as its indicator is, or by what it asks."""
        return self.prompt if self.indicator is None else self.indicator.title

    @property
    def scored(self) -> bool:
        """Whether its answer counts."""
        return scored(self.question)

    @property
    def apart(self) -> list[str]:
        """The answers that stand apart from its own."""
        return fields.apart(self.question)

    @property
    def errors(self) -> dict[str, str]:
        """The problems by field."""
        return dict(self.problems)


def cards_of(assessment: OpenAssessment, questions: Collection[Question]) -> list[Card]:
    """Some questions as they stand, and how many comments to each are open."""
    ids = [question.id for question in questions]
    assessment.rows.read_many([*answers.places(ids), *talk.places(ids)])
    entries, comments = answers.load(assessment, ids), talk.open_counts(assessment, ids)
    carried, rated = carrying.load(assessment), rated_of(assessment)
    who = people.known(assessment, (entry.author for entry in entries.values()))
    return [
        replace(
            card(assessment, question, entries[question.id], carried),
            rated=rated.get(question.id),
            by=who.get(entries[question.id].author or ""),
            open_comments=comments[question.id],
        )
        for question in questions
    ]


def rated_of(assessment: OpenAssessment) -> dict[str, Rated]:
    """The questions that several people have answered apart, once their rating was ended."""
    rated = results.rated_questions(assessment)
    return {question: one for question, one in rated.items() if one.heard}


def card(
    assessment: OpenAssessment,
    question: Question,
    entry: Entry,
    carried: CarriedAnswers = NOTHING_CARRIED,
) -> Card:
    """A question as it stands."""
    first = next((informed.indicator for informed in question.informs), None)
    return Card(
        question=question,
        prompt=prompt_of(assessment, question),
        indicator=None if first is None else assessment.framework.indicators[first],
        entry=entry,
        shown=fields_of(question, entry.said),
        made_on=entry.revision,
        carried=carried.by_question.get(question.id, ()),
        last_round=carried.day if carried.by_round else None,
        still=question.id in carried.still and not entry.said.answered,
        state="saved" if entry.revision else "",
    )


def fields_of(question: Question, said: Said) -> dict[str, str]:
    """What the fields of a form hold for what was said."""
    evidence = said.answer.evidence
    return {
        **fields.fields_of(question, said.answer),
        "evidence": "" if evidence is None else str(evidence),
        **{name: getattr(said, name) for name in TEXT_FIELDS},
    }


def as_typed(question: Question, typed: Mapping[str, str]) -> dict[str, str]:
    """What the fields of a form hold when they show what was typed."""
    return {name: typed.get(name, "") for name in fields_of(question, NOTHING_SAID)}


def typed_for(form: Form, question: Question) -> Typed:
    """What a form holds for one question."""
    return Typed(
        question.id, form.under(question.id), form.number(f"{question.id}:revision"), form.get("form_key")
    )


def sent_in(form: Form, questions: Iterable[Question]) -> list[Question]:
    """The questions that a form was made for; others on the page may have appeared since."""
    return [question for question in questions if form.get(f"{question.id}:revision")]
