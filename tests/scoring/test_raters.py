from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from scoring.answers import Answer
from scoring.raters import JointResult, Rated, assess_jointly
from scoring.refusals import BadAnswer
from tests.scoring.cast import (
    NOT_APPLICABLE,
    TODAY,
    UNKNOWN,
    asking,
    at,
    critical,
    edition,
    level_question,
    supporting,
)

FRAMEWORK = edition({"policy": [critical("A"), supporting("B")]})
ON_A = level_question("A")
THIRDS = {0: pytest.approx(0), 1: pytest.approx(1 / 3), 2: pytest.approx(2 / 3), 3: pytest.approx(1)}


def rated_by(
    *answers: Mapping[str, Answer],
    agreed: Mapping[str, Answer] | None = None,
    questions: tuple[dict[str, Any], ...] = (ON_A,),
    **more: Any,
) -> JointResult:
    """The result of raters called R1, R2 and so on."""
    raters = {f"R{place}": said for place, said in enumerate(answers, start=1)}
    return assess_jointly(FRAMEWORK, asking(*questions, **more), raters, agreed or {}, on=TODAY)


def of_a(*answers: Answer, **more: Any) -> Rated:
    return rated_by(*({"A": answer} for answer in answers), **more).questions["A"]


@pytest.mark.parametrize(
    ("levels", "median", "lowest", "highest"),
    [
        ([2], 2, 2, 2),
        ([1, 2], 1, 1, 2),
        ([3, 0], 0, 0, 3),
        ([3, 0, 2], 2, 0, 3),
        ([3, 1, 2, 2], 2, 1, 3),
        ([0, 1, 2, 3], 1, 0, 3),
        ([3, 3, 0, 3, 0], 3, 0, 3),
    ],
)
def test_the_median_is_the_middle_credit_and_the_lower_of_two(
    levels: list[int], median: int, lowest: int, highest: int
) -> None:
    rated = of_a(*map(at, levels))

    assert rated.median == THIRDS[median]
    assert rated.lowest == THIRDS[lowest]
    assert rated.highest == THIRDS[highest]
    assert rated.spread == THIRDS[highest - lowest]
    assert rated.scored == at(median, 0)


@pytest.mark.parametrize(
    ("answers", "disagreement"),
    [
        ([at(2)], False),
        ([at(2), at(2), at(2)], False),
        ([at(2), at(1)], True),
        ([at(1), at(0)], True),
        ([at(3), at(2)], True),
        ([at(0), UNKNOWN], False),
        ([at(1), UNKNOWN], True),
        ([at(2), NOT_APPLICABLE], True),
        ([NOT_APPLICABLE, NOT_APPLICABLE], False),
        ([at(2), Answer()], False),
        ([], False),
    ],
)
def test_raters_a_level_apart_are_asked_to_talk(answers: list[Answer], disagreement: bool) -> None:
    result = rated_by(*({"A": answer} for answer in answers))

    assert result.questions["A"].disagreement is disagreement
    assert result.to_discuss == (("A",) if disagreement else ())


@pytest.mark.parametrize(("highest", "disagreement"), [(83, False), (83.3333333333, True), (84, True)])
def test_a_finer_scale_disagrees_from_a_third_on_to_nine_decimals(highest: float, disagreement: bool) -> None:
    percentage = level_question("A", kind="percentage")

    rated = of_a(Answer(value=50), Answer(value=highest), questions=(percentage,))

    assert rated.disagreement is disagreement


@pytest.mark.parametrize(
    ("answers", "scored"),
    [
        # "Don't know" has credit 0, and stands in the median.
        ([UNKNOWN, at(2), at(3)], at(2, 0)),
        ([UNKNOWN, at(2)], UNKNOWN),
        ([UNKNOWN, UNKNOWN, at(3)], UNKNOWN),
        # Of "not in place" and "don't know", which bring the same, the latter counts.
        ([at(0), UNKNOWN], UNKNOWN),
        ([UNKNOWN, at(0), at(0)], UNKNOWN),
        # It applies while anybody says so.
        ([NOT_APPLICABLE, NOT_APPLICABLE, at(1)], at(1, 0)),
        ([NOT_APPLICABLE, NOT_APPLICABLE, UNKNOWN], UNKNOWN),
        ([NOT_APPLICABLE, NOT_APPLICABLE], NOT_APPLICABLE),
        ([NOT_APPLICABLE, Answer()], NOT_APPLICABLE),
        # Who said nothing stands in nothing.
        ([at(1), Answer(), Answer()], at(1, 0)),
        ([Answer()], Answer()),
        ([], Answer()),
    ],
)
def test_what_counts_until_there_is_an_agreed_answer(answers: list[Answer], scored: Answer) -> None:
    assert of_a(*answers).scored == scored
    assert of_a(*reversed(answers)).scored == scored


@pytest.mark.parametrize(
    ("answers", "evidence"),
    [
        ([at(2, 3), at(2, 1), at(2, 4)], 1),
        ([at(2, 3), at(2)], 0),
        ([at(2, 3), at(3, 4), at(0, 2)], 2),
        ([at(2, 3), at(3, 4), Answer(unknown=True, evidence=4)], 0),
        ([at(2, 3), Answer()], 3),
        ([at(2, 3), NOT_APPLICABLE], 3),
    ],
)
def test_evidence_counts_only_as_far_as_every_rater_has_seen_it(answers: list[Answer], evidence: int) -> None:
    assert of_a(*answers).scored.evidence == evidence


def test_the_agreed_answer_is_scored_once_it_is_recorded() -> None:
    said = [{"A": at(0)}, {"A": at(1)}, {"A": at(3)}]

    before, after = rated_by(*said), rated_by(*said, agreed={"A": at(3, 2)})

    assert before.result.indicators["A"].attainment == pytest.approx(1 / 3)
    assert (before.not_agreed, before.to_discuss) == (("A",), ("A",))
    assert after.result.indicators["A"].attainment == 1
    assert after.result.indicators["A"].strength == 2
    assert (after.not_agreed, after.to_discuss) == ((), ())
    assert after.questions["A"].median == pytest.approx(1 / 3)
    assert after.questions["A"].disagreement


def test_nothing_recorded_is_no_agreed_answer() -> None:
    rated = of_a(at(1), agreed={"A": Answer(evidence=4)})

    assert (rated.agreed, rated.scored) == (False, at(1, 0))


def test_an_agreed_answer_stands_without_any_rater() -> None:
    result = rated_by(agreed={"A": UNKNOWN})

    assert result.result.indicators["A"].unknown
    assert result.questions["A"].agreed
    assert result.questions["A"].median is None


def test_the_result_says_which_questions_are_not_agreed_on() -> None:
    ids = ("A", "B", "A2", "nobody-answered")
    questions = tuple(level_question("B" if id_ == "B" else "A", id=id_) for id_ in ids)

    result = rated_by(
        {"A": at(2), "B": at(2), "A2": at(1)},
        {"A": at(2), "B": at(0)},
        agreed={"A": at(2)},
        questions=questions,
    )

    assert result.not_agreed == ("B", "A2")
    assert result.to_discuss == ("B",)
    assert result.questions["A"].credits == {"R1": 2 / 3, "R2": 2 / 3}
    assert tuple(result.questions) == ids


def test_who_finds_that_it_does_not_apply_is_named() -> None:
    rated = of_a(at(2), NOT_APPLICABLE, Answer())

    assert (rated.credits, rated.not_applicable) == ({"R1": 2 / 3}, ("R2",))


ASKED_IF_A = level_question("B", when={"answer": "A", "at_least": 2})


def test_a_question_is_asked_by_the_answers_that_count() -> None:
    # The median of A is 1, by which B is hidden.
    result = rated_by(
        {"A": at(3), "B": at(3)},
        {"A": at(1)},
        {"A": at(0)},
        questions=(ON_A, ASKED_IF_A),
    )

    assert [*result.questions] == ["A"]
    assert result.result.indicators["B"].status == "not_asked"
    agreed = rated_by({"A": at(3), "B": at(3)}, agreed={"A": at(2)}, questions=(ON_A, ASKED_IF_A))
    assert agreed.result.indicators["B"].attainment == 1


def test_what_a_rater_said_to_a_question_hidden_from_that_rater_counts_in_nothing() -> None:
    result = rated_by(
        {"A": at(2), "B": at(3)},
        {"A": at(1), "B": at(0)},
        {"A": at(2), "B": at(3)},
        questions=(ON_A, ASKED_IF_A),
    )

    assert result.questions["B"].credits == {"R1": 1, "R3": 1}


def test_of_two_options_that_bring_the_same_the_order_of_raters_does_not_decide() -> None:
    scale = [{"id": "often", "label": "Often", "credit": 1}, {"id": "always", "label": "Always", "credit": 1}]
    choice = level_question("A", kind="choice", scale="how_often")
    said = {"A": Answer(value="often")}, {"A": Answer(value="always")}

    one_way = rated_by(*said, questions=(choice,), scales={"how_often": scale})
    other_way = rated_by(*reversed(said), questions=(choice,), scales={"how_often": scale})

    assert one_way.questions["A"].scored == other_way.questions["A"].scored == Answer("always", evidence=0)


def test_a_date_is_worth_what_it_is_on_the_reference_date() -> None:
    recency = level_question("A", kind="recency", fresh_months=12, stale_months=24)
    days = date(2026, 1, 1), date(2025, 1, 1), date(2024, 1, 1)

    rated = of_a(*(Answer(value=day) for day in days), questions=(recency,))

    assert (rated.median, rated.lowest, rated.highest) == (0.5, 0, 1)
    assert rated.scored.value == date(2025, 1, 1)


@pytest.mark.parametrize(
    ("numbers", "scored"), [((5, 5), Answer(value=5)), ((5, 6), Answer()), ((5,), Answer(value=5))]
)
def test_what_is_never_scored_counts_once_all_say_the_same(numbers: tuple[int, ...], scored: Answer) -> None:
    how_many = {"id": "staff", "kind": "number"}

    result = rated_by(*({"staff": Answer(value=one)} for one in numbers), questions=(how_many,))

    assert result.questions["staff"].scored == scored
    rated = result.questions["staff"]
    assert (rated.median, rated.lowest, rated.highest, rated.spread) == (None, None, None, None)


@pytest.mark.parametrize(
    ("raters", "agreed"),
    [({"R1": {"A": at(4)}}, {}), ({"R1": {"A": at(2)}, "R2": {"Z": at(2)}}, {}), ({}, {"A": at(4)})],
)
def test_what_fits_no_question_is_refused_whoever_said_it(
    raters: dict[str, dict[str, Answer]], agreed: dict[str, Answer]
) -> None:
    with pytest.raises(BadAnswer):
        assess_jointly(FRAMEWORK, asking(ON_A), raters, agreed, on=TODAY)


def test_profile_and_targets_count_as_for_one_rater() -> None:
    profile = [{"fact": "online", "prompt": "Online?"}]
    framework = edition({"policy": [critical("A", themes=["online"])]})
    asked = asking(ON_A, profile=profile)

    result = assess_jointly(
        framework, asked, {"R1": {"A": at(2)}}, {}, on=TODAY, profile={"online": "high"}, targets={"A": 3}
    ).result

    (gap,) = result.gaps
    assert (gap.target, gap.exposure, result.on) == (3, 1.5, TODAY)
