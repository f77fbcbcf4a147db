"""What a page shows is looked at: what there is to warn of in its texts, for whoever may change them."""

from collections.abc import Iterable
from dataclasses import replace

from app.routes.cards import Card
from app.services import care, joint, texts
from app.services.care import Passage
from app.services.opened import OpenAssessment
from app.services.plans import PlanAction
from app.services.said import Entry, Said
from app.services.talk import Comment
from app.services.texts import Text
from questionnaires.models import Question
from scoring.credits import scored


def look_at_cards(assessment: OpenAssessment, cards: Iterable[Card], told: Said | None = None) -> list[Card]:
    """Question cards with what there is to warn of in what was saved, for whoever may change it.

    Where somebody was warned of what was said before, `told`, only what reads otherwise is looked at.
    """
    if not assessment.writes:
        return list(cards)
    fields = {card.question.id: _of_card(assessment, card, told) for card in cards}
    wanted = dict(one for of_card in fields.values() for one in of_card.values())
    found = care.look(assessment.rows, wanted)
    return [
        replace(
            card,
            care={name: found.get(text, ()) for name, (text, _words) in fields[card.question.id].items()},
        )
        for card in cards
    ]


def look_at_agreed(assessment: OpenAssessment, card: Card, why: str) -> Card:
    """A question card that holds what was agreed, with what there is to warn of in that, and in why."""
    if not assessment.writes or card.state in ("refused", "conflict"):
        return card
    written = {name: words_of(card.entry.said, name) for name in _shown(assessment, card.question)} | {
        joint.WHY: why
    }
    wanted = {name: texts.of_agreed(card.question.id, name) for name in written}
    found = care.look(assessment.rows, {text: written[name] for name, text in wanted.items()})
    return replace(card, care={name: found.get(text, ()) for name, text in wanted.items()})


def look_at_comments(
    assessment: OpenAssessment, question: Question, comments: Iterable[Comment]
) -> list[tuple[Passage, ...]]:
    """What there is to warn of in each comment to a question, for whoever may change it."""
    written = {texts.of_comment(question.id, place): one.text for place, one in enumerate(comments)}
    found = care.look(assessment.rows, written) if assessment.writes else {}
    return [found.get(text, ()) for text in written]


def look_at_earlier(
    assessment: OpenAssessment, question: Question, entries: Iterable[Entry]
) -> dict[str, tuple[Passage, ...]]:
    """What there is to warn of in what was said to a question before, by field, for whoever may change it."""
    if not assessment.writes:
        return {}
    said = [entry.said for entry in entries]
    written = {name: "\n\n".join(words_of(one, name) for one in said) for name in texts.fields_of(question)}
    wanted = {name: texts.of_question(question.id, name) for name in written}
    found = care.look(assessment.rows, {text: written[name] for name, text in wanted.items()})
    return {name: found[text] for name, text in wanted.items() if text in found}


def look_at_actions(
    assessment: OpenAssessment, actions: Iterable[PlanAction]
) -> dict[str, dict[str, tuple[Passage, ...]]]:
    """What there is to warn of in some actions, by their ids and fields, for whoever may change them."""
    if not assessment.writes:
        return {}
    wanted = [
        (action.id, name, texts.of_action(action.id, name), getattr(action.now, name))
        for action in actions
        if action.touched
        for name in texts.ACTION_FIELDS
    ]
    found = care.look(assessment.rows, {text: words for _id, _name, text, words in wanted})
    by_action: dict[str, dict[str, tuple[Passage, ...]]] = {}
    for id_, name, text, _words in wanted:
        if text in found:
            by_action.setdefault(id_, {})[name] = found[text]
    return by_action


def _of_card(assessment: OpenAssessment, card: Card, told: Said | None) -> dict[str, tuple[Text, str]]:
    """The texts of a question as they were saved, by field; none of one that was not saved, or was told."""
    if card.rated is not None or card.state in ("refused", "conflict", "rated"):
        return {}
    question = card.question
    saved = {
        name: (texts.of_question(question.id, name), words)
        for name in _shown(assessment, question)
        if (words := words_of(card.entry.said, name)) != (told and words_of(told, name))
    }
    for place, carried in enumerate(card.carried if told is None else ()):
        for name in texts.CARRIED_FIELDS:
            text = texts.of_carried(question.id, place, name)
            saved[f"{place}-{name}"] = (text, getattr(carried, name))
    return saved


def words_of(said: Said, field: str) -> str:
    """What is said in a field that takes words."""
    return str((said.answer.value if field == "value" else getattr(said, field)) or "")


def _shown(assessment: OpenAssessment, question: Question) -> list[str]:
    """The texts that a question's card has a field for."""
    has = {
        "reason": question.not_applicable,
        "evidence_kept": assessment.questionnaire.asks_evidence and scored(question),
    }
    return [name for name in texts.fields_of(question) if has.get(name, True)]
