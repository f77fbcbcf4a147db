"""What several people said to a question, side by side: each of them, the middle, the lowest, the highest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.services import answers, joint
from app.services.in_words import prompt_of, said_in_words
from app.services.joint import Agreed, Heard
from app.services.opened import OpenAssessment
from app.services.said import Said
from questionnaires.models import Question
from scoring.answers import Answer
from scoring.raters import Rated
from standards.models import Indicator

NO_SHEETS: Mapping[str, OpenAssessment] = {}


@dataclass(frozen=True)
class End:
    """One end of a spread, or its middle: an answer in words, and its credit, 0 to 1."""

    words: str = field(repr=False)
    credit: float


@dataclass(frozen=True)
class Spread:
    """A question as several people answered it. `said` is by name tag, those who said nothing left out.

    `median`, `lowest` and `highest` are None where no answer brings a credit. `indicator` is the first that
    the question informs.
    """

    question: Question
    prompt: str
    indicator: Indicator | None
    rated: Rated
    said: Mapping[str, Said] = field(repr=False)
    median: End | None
    lowest: End | None
    highest: End | None
    agreed: Agreed

    @property
    def title(self) -> str:
        """What it is called: as its indicator is, or by what it asks."""
        return self.prompt if self.indicator is None else self.indicator.title


def spreads(
    assessment: OpenAssessment,
    heard: Heard,
    tags: Mapping[str, str],
    rated: Iterable[Rated],
    sheets: Mapping[str, OpenAssessment] = NO_SHEETS,
) -> list[Spread]:
    """Some questions as everybody answered them; with the words beside the answers where sheets are given.

    `tags` and `sheets` are by the ids of the sheets.
    """
    wanted = list(rated)
    joint.look_ahead(assessment, [one.question for one in wanted])
    entries = {id_: answers.load(sheet, [one.question for one in wanted]) for id_, sheet in sheets.items()}

    def said(sheet: str, question: str) -> Said:
        return entries[sheet][question].said if sheets else Said(heard.raters[sheet][question])

    return [
        _spread(assessment, one, {tags[sheet]: said(sheet, one.question) for sheet in one.heard}, tags)
        for one in wanted
    ]


def _spread(
    assessment: OpenAssessment, rated: Rated, said: Mapping[str, Said], tags: Mapping[str, str]
) -> Spread:
    question = assessment.questionnaire.questions[rated.question]
    earned = [(credit, said[tags[sheet]].answer) for sheet, credit in rated.credits.items()]
    first = next((informed.indicator for informed in question.informs), None)

    def end(credit: float | None) -> End | None:
        if credit is None:
            return None
        return End(said_in_words(assessment, question, _least(earned, credit)), credit)

    return Spread(
        question=question,
        prompt=prompt_of(assessment, question),
        indicator=None if first is None else assessment.framework.indicators[first],
        rated=rated,
        said=said,
        median=end(rated.median),
        lowest=end(rated.lowest),
        highest=end(rated.highest),
        agreed=joint.agreement(assessment, question),
    )


def _least(earned: Iterable[tuple[float, Answer]], credit: float) -> Answer:
    """The answer that brought a credit; of several "don't know", or the least, as where they are scored."""
    brought = [answer for one, answer in earned if one == credit]
    if any(answer.unknown for answer in brought):
        return Answer(unknown=True)
    values: list[Any] = [answer.value for answer in brought]
    return Answer(min(values))
