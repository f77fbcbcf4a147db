"""One indicator as a reviewer meets it: what the organisation says of it, and what the reviewer says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from app.routes.cards import Card, cards_of
from app.routes.forms import Form
from app.services import judgements
from app.services.faults import Refused
from app.services.judgements import FIELDS, NONE, Entry, Judgement
from app.services.opened import OpenAssessment
from app.services.reviews import OpenReview
from questionnaires.models import Question
from standards.models import Indicator

State = Literal["", "saved", "refused", "conflict"]


@dataclass(frozen=True)
class JudgedCard:
    """An indicator to judge. `said` is the organisation's, question by question; the rest is the reviewer's.

    `shown` is what the fields hold, `made_on` the revision that this is based on.
    """

    indicator: Indicator
    said: tuple[Card, ...]
    entry: Entry
    shown: Mapping[str, str] = field(repr=False)
    made_on: int
    state: State = ""
    problems: tuple[tuple[str, str], ...] = ()

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.indicator.code

    @property
    def errors(self) -> dict[str, str]:
        """The problems by field."""
        return dict(self.problems)


def judged_cards(
    assessment: OpenAssessment, review: OpenReview | None, asked: Mapping[str, Sequence[Question]]
) -> list[JudgedCard]:
    """Some indicators as they stand, each with the questions that inform it."""
    entries = judgements.load(review, asked)
    cards = {card.question.id: card for card in cards_of(assessment, _each_once(asked))}
    return [
        JudgedCard(
            assessment.framework.indicators[code],
            tuple(cards[question.id] for question in informing),
            entries[code],
            fields_of(entries[code].judgement),
            entries[code].revision,
            state="saved" if entries[code].revision else "",
        )
        for code, informing in asked.items()
    ]


def settle(review: OpenReview, form: Form, card: JudgedCard) -> JudgedCard:
    """Save what a form holds for an indicator; the card as it is then."""
    typed = form.under(card.code)
    made_on = form.number(f"{card.code}:revision")
    try:
        entry, conflict = judgements.save(review, card.code, typed, made_on, form.get("form_key"))
    except Refused as refused:
        problems = tuple(refused.problems)
        return replace(card, shown=_as_typed(typed), made_on=made_on, state="refused", problems=problems)
    if conflict:
        # The form now stands on what is saved: sending it again is a choice, not an accident.
        shown = _as_typed(typed)
        return replace(card, entry=entry, shown=shown, made_on=entry.revision, state="conflict")
    return replace(card, entry=entry, shown=fields_of(entry.judgement), made_on=entry.revision, state="saved")


def fields_of(judgement: Judgement) -> dict[str, str]:
    """What the fields of a form hold for what was said of an indicator."""
    level, strength = judgement.level, judgement.strength
    return {
        "level": NONE if level is None else str(level),
        "strength": "" if strength is None else str(strength),
        "remark": judgement.remark,
        "finding": judgement.finding or NONE,
    }


def _as_typed(typed: Mapping[str, str]) -> dict[str, str]:
    return {name: typed.get(name, "") for name in FIELDS}


def _each_once(asked: Mapping[str, Sequence[Question]]) -> list[Question]:
    return list({question.id: question for some in asked.values() for question in some}.values())
