"""What is said to one question: its answer, the words beside it, and how the two are sealed apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Literal

from app.services.saving import Parts
from app.vault.data_keys import Label
from questionnaires.models import ChecklistQuestion, Question, RecencyQuestion, TextQuestion
from scoring.answers import Answer
from scoring.values import Value

NO_ANSWER = Answer()

TextField = Literal["reason", "evidence_kept", "note"]
TEXT_FIELDS: tuple[TextField, ...] = ("reason", "evidence_kept", "note")
LABELS: tuple[Label, ...] = ("answers", "notes")

_OF_ANSWER = tuple(one.name for one in fields(Answer))

IN_WORDS = "answer"
"""Where among the words an answer to a `text` question is sealed."""


@dataclass(frozen=True)
class Said:
    """What is said to one question: the answer that is scored, and the words beside it."""

    answer: Answer = field(default=NO_ANSWER, repr=False)
    reason: str = field(default="", repr=False)
    evidence_kept: str = field(default="", repr=False)
    note: str = field(default="", repr=False)

    @property
    def answered(self) -> bool:
        """Whether there is a value, a "don't know" or a "does not apply"."""
        return answered(self.answer)


NOTHING_SAID = Said()


@dataclass(frozen=True)
class Entry:
    """What is said to a question, the revision it stands at (0: nothing yet), and its day and author.

    The author is a holder's id: `people` says who that is.
    """

    said: Said = NOTHING_SAID
    revision: int = 0
    day: date | None = None
    author: str | None = None


def answered(answer: Answer) -> bool:
    """Whether there is a value, a "don't know" or a "does not apply"."""
    return answer.value is not None or answer.unknown or answer.not_applicable


def parts_of(question: Question, said: Said) -> Parts:
    """What is sealed: words with the other words, and among the answers only that there are some."""
    texts: dict[str, Any] = {name: getattr(said, name) for name in TEXT_FIELDS}
    value = said.answer.value
    if isinstance(question, TextQuestion):
        texts[IN_WORDS] = value or ""
        value = None if value is None else ""
    answer = {name: getattr(said.answer, name) for name in _OF_ANSWER} | {"value": as_json(value)}
    return {"answers": answer, "notes": texts}


def as_json(value: Value | None) -> int | float | str | list[str] | None:
    """A value as JSON can say it: a date as 2026-03-01, the boxes that were ticked as a list."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def opened(question: Question, data: Mapping[str, Any]) -> Answer:
    """An answer as it is sealed, with its value in its question's own type; words are not in it."""
    value = data["value"]
    if isinstance(question, RecencyQuestion) and value is not None:
        value = date.fromisoformat(value)
    if isinstance(question, ChecklistQuestion) and value is not None:
        value = tuple(value)
    return Answer(**{**data, "value": value})


def entry_of(
    question: Question, parts: Parts, revision: int, day: date | None, author: str | None = None
) -> Entry:
    """What is said, out of what was sealed; nothing where nothing was ever written."""
    if parts["answers"] is None:
        return Entry()
    answer, texts = opened(question, parts["answers"]), dict(parts["notes"])
    words = texts.pop(IN_WORDS, "")
    return Entry(Said(replace(answer, value=words) if words else answer, **texts), revision, day, author)
