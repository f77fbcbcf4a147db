"""The example in docs/scoring.md, and its tables of rules, worked out again."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from scoring.answers import Answer
from scoring.assessment import Result, assess
from scoring.attainment import SUPPORTS, Judged
from scoring.gaps import ACT_WITHIN
from scoring.plan import draft
from scoring.rounding import whole_percent
from standards.loader import PACKS, load_framework
from standards.models import Framework
from tests.scoring.cast import NOT_APPLICABLE, UNKNOWN, asking_levels, at, edition, indicator

Row = Mapping[str, str]

TEXT = (Path(__file__).parents[2] / "docs" / "scoring.md").read_text(encoding="utf-8")
SAID = {
    "level 1": at(1),
    "level 2": at(2),
    "level 3": at(3),
    "don't know": UNKNOWN,
    "not applicable": NOT_APPLICABLE,
}
ICS_STYLE = load_framework(PACKS / "ics-style" / "2026.1.yaml")


def table(heads: str) -> list[Row]:
    """The rows of the table whose heads begin like this, each by the heads of its columns."""
    _before, found, after = TEXT.partition(f"\n| {heads} |")
    assert found, heads
    head, _line, *rows = (found + after).partition("\n\n")[0].strip().split("\n")
    return [dict(zip(_cells(head), _cells(row), strict=True)) for row in rows]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def figure(text: str) -> float:
    """A number as the tables write it: 2, 1.5 or 2/3."""
    return float(Fraction(text))


def figure_or_none(text: str) -> float | None:
    return figure(text) if text else None


@pytest.fixture(scope="module")
def framework() -> Framework:
    themes = {"E2": ["online"]}
    indicators = [
        indicator(row["indicator"], row["class"], themes=themes.get(row["indicator"], []))
        for row in table("indicator | class")
    ]
    ratings = [rating.model_dump(by_alias=True, exclude_defaults=True) for rating in ICS_STYLE.ratings]
    return edition({"example": indicators}, ratings=ratings)


@pytest.fixture(scope="module")
def result(framework: Framework) -> Result:
    questionnaire = asking_levels(framework, profile=[{"fact": "online", "prompt": "Online?"}])
    return assess(framework, questionnaire, answers(), on=date(2026, 11, 21), profile={"online": "high"})


def answers() -> dict[str, Answer]:
    said = {}
    for row in table("indicator | class"):
        if row["what was said"] == "nothing yet":
            continue
        answer = SAID[row["what was said"]]
        evidence = int(row["evidence"]) if row["evidence"] else None
        said[row["indicator"]] = Answer(answer.value, answer.unknown, answer.not_applicable, evidence)
    return said


@pytest.mark.parametrize("row", table("indicator | class"), ids=lambda row: row["indicator"])
def test_each_indicator_of_the_example_is_as_documented(row: Row, result: Result) -> None:
    judged = result.indicators[row["indicator"]]

    assert _nearly(judged.attainment) == _nearly(figure_or_none(row["a"]))
    assert _nearly(judged.evidenced) == _nearly(figure_or_none(row["evidenced"]))
    assert _nearly(_product(judged)) == _nearly(figure_or_none(row["w · a"]))
    assert (judged.weight if judged.applies else None) == figure_or_none(row["w"])


def _product(judged: Judged) -> float | None:
    return None if judged.attainment is None else judged.weight * judged.attainment


def _nearly(exact: float | None) -> float | None:
    return None if exact is None else round(exact, 9)


@pytest.mark.parametrize("row", table("figure | worked out"), ids=lambda row: row["figure"])
def test_each_figure_of_the_example_is_as_documented(row: Row, result: Result) -> None:
    actual = getattr(result.overall, row["figure"].replace(" ", "_"))

    assert actual == pytest.approx(figure(row["exactly"]))
    assert whole_percent(actual) == int(row["shown"])


def test_the_words_of_the_example_are_true(result: Result) -> None:
    assert result.claimed_not_evidenced == ("E3",)
    assert result.still_to_answer == ("E4",)
    reached, following = result.verdict.reached, result.verdict.next
    assert reached is not None
    assert following is not None
    assert (reached.rating.label, following.rating.label) == ("Early", "Developing")
    assert [(one.kind, one.subject, one.needed, one.in_the_way) for one in following.waiting] == [
        ("class", "critical", 1, ("E2",))
    ]


def test_the_gaps_and_steps_of_the_example_are_as_documented(framework: Framework, result: Result) -> None:
    documented = table("gap | g")

    assert [gap.code for gap in result.gaps] == [row["gap"] for row in documented]
    for gap, row in zip(result.gaps, documented, strict=True):
        steps = draft(framework, [gap], start=result.on)
        assert gap.size == pytest.approx(figure(row["g"]))
        assert (gap.weight, gap.exposure) == (figure(row["w"]), figure(row["exposure"]))
        assert gap.priority == pytest.approx(figure(row["priority"]))
        assert gap.tier == row["tier"]
        assert ", ".join(str(one.to) for one in steps) == row["steps"]
        assert {one.due.isoformat() for one in steps} == {row["due"]}


def test_the_documented_ratings_are_those_of_the_pack() -> None:
    documented = [tuple(row.values()) for row in table("rating | score at least")]

    assert documented == [
        (
            rating.label,
            "" if rating.min_score is None else f"{rating.min_score:g}",
            "" if rating.coverage is None else f"{rating.coverage:g}",
            ", ".join(f"{class_} {level}" for class_, level in rating.classes.items()),
            ", ".join(f"{class_} {strength}" for class_, strength in rating.evidence.items()),
        )
        for rating in ICS_STYLE.ratings
    ]


def test_the_documented_times_to_act_within_are_those_that_hold() -> None:
    documented = {row["tier"]: row["act within"] for row in table("tier | which gaps")}

    assert documented == {tier: f"{days} days" for tier, days in ACT_WITHIN.items()}


def test_the_documented_support_of_evidence_is_what_holds() -> None:
    documented = {
        int(row["evidence strength"]): figure(row["supports at most"])
        for row in table("evidence strength | supports at most")
    }

    assert documented == dict(enumerate(SUPPORTS))
