import pytest

from scoring.answers import Answer
from scoring.assessment import assess
from scoring.scores import Figures, Sums
from tests.scoring.cast import (
    NOT_APPLICABLE,
    TODAY,
    UNKNOWN,
    asking_levels,
    at,
    critical,
    edition,
    edition_of,
    indicator,
    major,
    result_of,
    supporting,
)

ONE_OF_EACH = edition({"policy": [critical("C"), major("M"), supporting("S")]})


def shown(figures: Figures) -> tuple[float | None, ...]:
    exact = (figures.score, figures.coverage, figures.low, figures.high)
    return tuple(None if figure is None else round(figure, 6) for figure in exact)


@pytest.mark.parametrize(
    ("answers", "figures"),
    [
        # Weights 3, 2 and 1: in thirds of the whole weight, 18.
        ({"C": at(3), "M": at(3), "S": at(3)}, (100, 100, 100, 100)),
        ({"C": at(2), "M": at(1), "S": at(3)}, (61.111111, 100, 61.111111, 61.111111)),
        ({"C": at(2), "S": at(2)}, (66.666667, 66.666667, 44.444444, 77.777778)),
        ({"M": at(3)}, (100, 33.333333, 33.333333, 100)),
        ({"C": UNKNOWN, "M": at(3)}, (40, 83.333333, 33.333333, 50)),
        ({"C": NOT_APPLICABLE, "M": at(3)}, (100, 66.666667, 66.666667, 100)),
        ({"C": NOT_APPLICABLE, "M": NOT_APPLICABLE, "S": NOT_APPLICABLE}, (None, None, None, None)),
        ({}, (None, 0, 0, 100)),
    ],
)
def test_a_score_comes_with_its_coverage_and_its_range(
    answers: dict[str, Answer], figures: tuple[float | None, ...]
) -> None:
    result = result_of(ONE_OF_EACH, answers)

    assert shown(result.overall) == figures
    assert shown(result.standards[0].figures) == figures
    assert shown(result.standards[0].requirements[0].figures) == figures


def test_a_result_is_read_and_not_written() -> None:
    result = result_of(ONE_OF_EACH, {"C": at(3)})

    with pytest.raises(TypeError):
        result.indicators["C"] = result.indicators["M"]  # type: ignore[index]


def test_the_sums_behind_a_score_are_told() -> None:
    result = result_of(ONE_OF_EACH, {"C": at(3, 2), "M": at(0, 4)})

    assert result.overall.sums == Sums(attained=3, evidenced=2, answered=5, unanswered=1)


def test_each_requirement_and_standard_has_its_own_figures() -> None:
    framework = edition_of(
        [
            {
                "id": "S1",
                "requirements": [
                    {"id": "S1.1", "indicators": [indicator("A", "major")]},
                    {"id": "S1.2", "indicators": [indicator("B", "major")]},
                ],
            },
            {"id": "S2", "requirements": [{"id": "S2.1", "indicators": [indicator("C", "major")]}]},
        ],
        [{"id": "early"}],
    )

    result = result_of(framework, {"A": at(3), "B": at(0), "C": at(0)})

    assert [(one.id, one.figures.score) for one in result.standards] == [("S1", 50), ("S2", 0)]
    assert [(one.id, one.figures.score) for one in result.standards[0].requirements] == [
        ("S1.1", 100),
        ("S1.2", 0),
    ]
    assert [one.code for one in result.standards[0].indicators] == ["A", "B"]


def test_the_evidenced_score_falls_behind_by_the_assurance_gap() -> None:
    result = result_of(ONE_OF_EACH, {"C": at(3, 1), "M": at(3, 2), "S": at(1, 4)})

    assert result.overall.score == pytest.approx(100 * (3 + 2 + 1 / 3) / 6)
    assert result.overall.evidenced == pytest.approx(100 * (1 + 4 / 3 + 1 / 3) / 6)
    assert result.overall.assurance_gap == pytest.approx(100 * (2 + 2 / 3) / 6)
    assert result.claimed_not_evidenced == ("C",)


def test_what_is_shown_in_full_leaves_no_assurance_gap() -> None:
    assert result_of(ONE_OF_EACH, {"C": at(2, 2), "M": at(3, 3), "S": at(1, 0)}).overall.assurance_gap == 0


def test_without_asking_for_evidence_there_is_no_evidenced_score() -> None:
    questionnaire = asking_levels(ONE_OF_EACH, asks_evidence=False)

    result = assess(ONE_OF_EACH, questionnaire, {"C": at(3, 4)}, on=TODAY)

    assert (result.overall.evidenced, result.overall.assurance_gap) == (None, None)
    assert result.claimed_not_evidenced == ()


def test_equal_standards_are_averaged_however_much_they_weigh() -> None:
    standards = {"heavy": [critical("A"), critical("B")], "light": [supporting("C")], "empty": [major("D")]}
    framework = edition(standards, overall="equal_standards")

    result = result_of(framework, {"A": at(3, 4), "C": at(0, 4)})

    assert shown(result.overall) == (50, 50, 16.666667, 66.666667)
    assert result.overall.evidenced == 50
    assert result.without_score == ("empty",)


def test_a_standard_that_does_not_apply_stands_in_no_mean_and_is_named() -> None:
    framework = edition({"one": [critical("A")], "other": [critical("B")]}, overall="equal_standards")

    result = result_of(framework, {"A": at(2), "B": NOT_APPLICABLE})

    assert shown(result.overall) == (66.666667, 100, 66.666667, 66.666667)
    assert result.without_score == ("other",)
