"""The questions of a CISO Assistant requirement, with the credit that each choice brings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from questionnaires.importers.documents import Data, entries_of, items_of, keys_of
from questionnaires.importers.draft import DraftOption, DraftQuestion
from questionnaires.importers.losses import Loss, Losses
from questionnaires.importers.texts import line, number, shortened, unwritten

MOST_CHOICES = 50
MOST_QUESTIONS = 50

NOT_SCORED = Loss(
    "question has answers without a score and asks for a level instead; its answers stand in the help",
    "questions have answers without a score and ask for a level instead; their answers stand in the help",
)
TRANSLATION = Loss(
    "translation was left out, in the language", "translations were left out, in the languages", shown=40
)
NOT_WORTH = Loss("box without a score was left out", "boxes without a score were left out")
CONDITION = Loss(
    "condition on an earlier answer was left out: the question is always asked",
    "conditions on earlier answers were left out: the questions are always asked",
)
SELECTS = Loss("choice that adds a group no longer does", "choices that add groups no longer do")
TOO_MANY = Loss("question or choice too many was left out", "questions or choices too many were left out")

_RESULTS = {
    "true": 1.0,
    "compliant": 1.0,
    "partially_compliant": 0.5,
    "false": 0.0,
    "non_compliant": 0.0,
}
_NOT_APPLICABLE = {"not_applicable", "n/a", "not applicable"}


@dataclass(frozen=True, slots=True)
class _Choice:
    label: str
    score: float | None
    result: str

    @property
    def is_not_applicable(self) -> bool:
        return self.result in _NOT_APPLICABLE or self.label.lower() in _NOT_APPLICABLE


def drafted_questions(entry: Mapping[str, Data], losses: Losses) -> tuple[tuple[DraftQuestion, ...], str]:
    """The questions of a requirement, and when it does not apply: empty unless one can answer so."""
    drafted, not_applicable = [], ""
    asked = [*_asked(entry)]
    losses.add(TOO_MANY, count=len(asked) - MOST_QUESTIONS)
    for question in asked[:MOST_QUESTIONS]:
        losses.add(CONDITION, count=int(bool(question.get("depends_on"))))
        note_translations(question, losses)
        choices = _choices(question, losses)
        if any(choice.is_not_applicable for choice in choices):
            not_applicable = unwritten("what is true where this does not apply")
        drafted.append(_drafted(question, [one for one in choices if not one.is_not_applicable], losses))
    return tuple(drafted), not_applicable


def _asked(entry: Mapping[str, Data]) -> Iterator[dict[str, Data]]:
    """Each question as keys, in the three forms that libraries have."""
    questions = entry.get("questions")
    if isinstance(questions, dict):
        yield from (question for question in questions.values() if isinstance(question, dict))
    else:
        yield from entries_of(questions)
    older = keys_of(entry.get("question"))
    for question in entries_of(older.get("questions")):
        yield {"type": older.get("question_type"), "choices": older.get("question_choices"), **question}


def _choices(question: Mapping[str, Data], losses: Losses) -> list[_Choice]:
    found = items_of(question.get("choices"))
    losses.add(TOO_MANY, count=len(found) - MOST_CHOICES)
    choices = []
    for choice in found[:MOST_CHOICES]:
        keys = keys_of(choice)
        label = line(choice) or line(keys.get("value")) or line(keys.get("text"))
        losses.add(SELECTS, count=int(bool(keys.get("select_implementation_groups"))))
        note_translations(keys, losses)
        choices.append(
            _Choice(label, number(keys.get("add_score")), line(keys.get("compute_result")).lower())
        )
    return choices


def note_translations(part: Mapping[str, Data], losses: Losses) -> None:
    """Count the translations of one part of a library."""
    for language in keys_of(part.get("translations")):
        losses.add(TRANSLATION, shortened(line(language), 20))


def _drafted(question: Mapping[str, Data], choices: list[_Choice], losses: Losses) -> DraftQuestion:
    prompt, help_ = line(question.get("text")), line(question.get("annotation"))
    if not choices:
        return DraftQuestion(prompt, "text", help=help_)
    if line(question.get("type")) == "multiple_choice":
        if boxes := _boxes(choices, losses):
            return DraftQuestion(prompt, "checklist", boxes, help_)
    elif options := _options(choices):
        return DraftQuestion(prompt, "choice", options, help_)
    losses.add(NOT_SCORED, f"“{shortened(prompt)}”" if prompt else "")
    answers = "; ".join(choice.label for choice in choices if choice.label)
    told = f"Answers in the source: {answers}." if answers else ""
    return DraftQuestion(prompt, "level", help=" ".join(filter(None, (help_, told))))


def _options(choices: list[_Choice]) -> tuple[DraftOption, ...]:
    """The answers with their credit, from their scores or else their results; none unless each has one."""
    highest = max((choice.score for choice in choices if choice.score is not None), default=0.0)
    if highest > 0 and all(choice.score is not None for choice in choices):
        return tuple(DraftOption(one.label, max(0.0, (one.score or 0.0) / highest)) for one in choices)
    if any(_RESULTS.get(choice.result, 0.0) for choice in choices) and all(
        one.result in _RESULTS for one in choices
    ):
        return tuple(DraftOption(choice.label, _RESULTS[choice.result]) for choice in choices)
    return ()


def _boxes(choices: list[_Choice], losses: Losses) -> tuple[DraftOption, ...]:
    """The boxes with their weights; none unless one of them scores."""
    scored = [choice for choice in choices if choice.score is not None and 0 < choice.score <= 1_000_000]
    if scored:
        losses.add(NOT_WORTH, count=len(choices) - len(scored))
    return tuple(DraftOption(choice.label, max(choice.score or 0.0, 0.001)) for choice in scored)
