"""The report of a culture: no figure, no rating; what to talk about, and what leaders find least true."""

from collections.abc import Iterable
from dataclasses import dataclass

from questionnaires.models import Question, Questionnaire
from scoring.assessment import Result
from scoring.attainment import Judged
from scoring.rounding import rounded
from standards.models import Framework, Indicator

TALKED_ABOUT_FIRST = 5


@dataclass(frozen=True)
class Statement:
    """One answered statement, the level that was chosen, and the questions that asked it."""

    indicator: Indicator
    judged: Judged
    questions: tuple[Question, ...]

    @property
    def level(self) -> int:
        """How true it was found, 0 to 3."""
        return self.judged.level or 0


@dataclass(frozen=True)
class Theme:
    """The statements of a chapter, the least true first."""

    title: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Talk:
    """What to talk about first, everything by theme, and what nobody knew."""

    first: tuple[Statement, ...]
    themes: tuple[Theme, ...]
    unknown: tuple[Statement, ...]


def talk(framework: Framework, questionnaire: Questionnaire, result: Result) -> Talk:
    """What the answers give to talk about."""
    statements = {
        code: Statement(framework.indicators[code], judged, _questions(questionnaire, code))
        for code, judged in result.indicators.items()
        if judged.status == "answered"
    }
    # A stable sort: where two are as far off, the gaps' own order decides, the more important first.
    furthest = sorted(result.gaps, key=lambda gap: -rounded(gap.size))
    themes = [
        Theme(
            standard.title,
            _least_true_first(statements[one.code] for one in standard.indicators if one.code in statements),
        )
        for standard in framework.standards
    ]
    return Talk(
        first=tuple(statements[gap.code] for gap in furthest[:TALKED_ABOUT_FIRST]),
        themes=tuple(sorted((theme for theme in themes if theme.statements), key=_mean)),
        unknown=tuple(one for one in statements.values() if one.judged.unknown),
    )


def _questions(questionnaire: Questionnaire, code: str) -> tuple[Question, ...]:
    return tuple(
        question
        for question in questionnaire.questions.values()
        if any(informed.indicator == code for informed in question.informs)
    )


def _least_true_first(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(sorted(statements, key=_attainment))


def _attainment(statement: Statement) -> float:
    return rounded(statement.judged.attainment or 0)


def _mean(theme: Theme) -> float:
    return rounded(sum(map(_attainment, theme.statements)) / len(theme.statements))
