"""Answers seen through another framework: what is told counts, what was not asked never does."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.answers import Answer
from scoring.crosswalk import TELLINGS, Seen, SeenThrough, see_through
from standards.crosswalks import Crosswalk
from standards.models import Framework
from tests.scoring.cast import (
    NOT_APPLICABLE,
    UNKNOWN,
    at,
    critical,
    edition,
    indicator,
    major,
    result_of,
    supporting,
)

SLACK = 1e-9
HERE = edition({"A": [critical("A1"), major("A2"), supporting("A3")]})
THERE = edition({"T": [critical("T1"), major("T2")], "U": [supporting("U1"), major("U2")]}, id="there")

Row = tuple[str, tuple[str, ...], str]


def leading(*rows: Row, to: Framework = THERE, come_from: Framework = HERE) -> Crosswalk:
    """A crosswalk; what no row names is told by nothing."""
    told = {code: (sources, relation) for code, sources, relation in rows}
    return Crosswalk.model_validate(
        {
            "from": {"id": come_from.id, "edition": come_from.edition},
            "to": {"id": to.id, "edition": to.edition},
            "publisher": "The Plumbline project",
            "description": "To test with.",
            "licence": "CC-BY-4.0",
            "language": "en",
            "sources": ["Our own reading."],
            "crossings": [
                {"to": code, "from": told.get(code, ((), ""))[0], "relation": told.get(code, ((), "none"))[1]}
                for code in to.indicators
            ],
        }
    )


def seen(
    answers: dict[str, Answer], *rows: Row, to: Framework = THERE, profile: Any = None, here: Framework = HERE
) -> SeenThrough:
    judged = result_of(here, answers).indicators
    return see_through(leading(*rows, to=to, come_from=here), here, to, judged, profile=profile or {})


def one(through: SeenThrough, code: str) -> Seen:
    return next(each for standard in through.standards for each in standard.indicators if each.code == code)


def shares(of: Any) -> tuple[float, ...]:
    return tuple(round(getattr(of.shares, telling), 6) for telling in TELLINGS)


EQUAL = ("T1", ("A1", "A2"), "equal")
PART = ("T1", ("A1", "A2"), "part")
T1 = ("T1", ("A1",), "equal")
OVERLAP = ("T1", ("A1", "A2"), "overlaps")


@pytest.mark.parametrize(
    ("row", "answers", "telling", "attainment"),
    [
        # The lowest of what is answered, in thirds.
        (EQUAL, {"A1": at(3), "A2": at(2)}, "told", 2 / 3),
        (EQUAL, {"A1": at(1), "A2": at(3)}, "told", 1 / 3),
        (EQUAL, {"A1": at(0), "A2": at(3)}, "told", 0),
        # "Don't know" is an answer, and counts as not in place.
        (EQUAL, {"A1": UNKNOWN, "A2": at(3)}, "told", 0),
        # One of two sources open, or not applicable: only in part, and the open one is not counted as 0.
        (EQUAL, {"A1": at(3)}, "in_part", 1),
        (EQUAL, {"A1": at(3), "A2": NOT_APPLICABLE}, "in_part", 1),
        (PART, {"A1": at(3), "A2": at(2)}, "in_part", 2 / 3),
        (PART, {"A2": at(1)}, "in_part", 1 / 3),
        # What only touches the subject is never counted.
        (OVERLAP, {"A1": at(3), "A2": at(3)}, "touched", None),
        (OVERLAP, {"A1": at(3)}, "touched", None),
        # Nothing was asked, or answered, or applies.
        (EQUAL, {}, "not_told", None),
        (EQUAL, {"A3": at(3)}, "not_told", None),
        (PART, {"A1": NOT_APPLICABLE}, "not_told", None),
        (OVERLAP, {}, "not_told", None),
        (("T1", (), "none"), {"A1": at(3)}, "not_told", None),
    ],
)
def test_how_far_an_indicator_is_told(
    row: Row, answers: dict[str, Answer], telling: str, attainment: float | None
) -> None:
    told = one(seen(answers, row), "T1")

    assert told.telling == telling
    assert told.attainment == pytest.approx(attainment)
    assert told.level == (None if attainment is None else round(attainment * 3))


def test_the_sources_that_are_answered_are_named() -> None:
    told = one(seen({"A2": at(1)}, EQUAL), "T1")

    assert told.sources == ("A1", "A2")
    assert [source.code for source in told.heard] == ["A2"]


def test_shares_are_by_the_other_edition_s_weights() -> None:
    answers = {"A1": at(2), "A2": at(2), "A3": at(2)}
    through = seen(answers, ("T1", ("A1",), "equal"), ("T2", ("A2",), "part"), ("U1", ("A3",), "overlaps"))

    # T1 weighs 3, T2 weighs 2, U1 weighs 1, U2 weighs 2: of 8, and of 5 and 3.
    assert shares(through) == (37.5, 25, 12.5, 25)
    assert shares(through.standards[0]) == (60, 40, 0, 0)
    assert shares(through.standards[1]) == (0, 0, 33.333333, 66.666667)


def test_the_weights_of_the_framework_that_is_answered_do_not_matter() -> None:
    here = edition({"A": [critical("A1")]}, weights={"critical": 50, "major": 20, "supporting": 10})
    there = edition(
        {"T": [critical("T1"), major("T2")]}, id="there", weights={"critical": 4, "major": 1, "supporting": 1}
    )

    assert shares(seen({"A1": at(2)}, T1, to=there, here=here)) == (80, 0, 0, 20)


def test_indicators_that_are_told_alike_are_added_up() -> None:
    through = seen({"A1": at(2), "A2": at(2)}, T1, ("T2", ("A2",), "equal"))

    # T1 and T2 weigh 3 and 2 of 8, and are all of their standard; U1 and U2 weigh 1 and 2.
    assert shares(through) == (62.5, 0, 0, 37.5)
    assert shares(through.standards[0]) == (100, 0, 0, 0)
    assert shares(through.standards[1]) == (0, 0, 0, 100)


@pytest.mark.parametrize(
    ("rows", "answers", "score", "only_in_part"),
    [
        # (3 × 1 + 2 × ⅓) ÷ 5, then each alone; weights 3 and 2.
        ([T1, ("T2", ("A2",), "part")], {"A1": at(3), "A2": at(1)}, 73.333333, True),
        ([T1, ("T2", ("A2",), "equal")], {"A1": at(3), "A2": at(1)}, 73.333333, False),
        ([T1, ("T2", ("A2",), "part")], {"A1": at(3)}, 100, False),
        ([T1, ("T2", ("A2",), "part")], {"A2": at(1)}, 33.333333, True),
        ([T1, ("T2", ("A2",), "overlaps")], {"A1": at(1), "A2": at(3)}, 33.333333, False),
        # Nothing told, no figure.
        ([("T1", ("A1",), "overlaps")], {"A1": at(3)}, None, False),
        ([], {"A1": at(3)}, None, False),
        ([T1], {}, None, False),
    ],
)  # fmt: skip
def test_a_standard_s_figure_is_over_what_is_told_of_it(
    rows: list[Row], answers: dict[str, Answer], score: float | None, only_in_part: bool
) -> None:
    standard, other = seen(answers, *rows).standards

    assert standard.score == pytest.approx(score)
    assert standard.only_in_part == only_in_part
    assert other.score is None


def test_the_whole_has_shares_and_no_figure() -> None:
    through = seen({"A1": at(3)}, T1)

    assert not hasattr(through, "score")


def test_a_point_without_levels_is_named_and_never_counted() -> None:
    policy = THERE.model_copy(update={"kind": "document", "levels": ()})
    through = seen({"A1": at(3), "A2": at(3)}, PART, to=policy)

    assert one(through, "T1").telling == "in_part"
    assert one(through, "T1").attainment is None
    assert [standard.score for standard in through.standards] == [None, None]
    assert not through.has_levels


def test_what_is_told_of_a_framework_without_levels_has_no_figures_even_of_the_same_kind() -> None:
    through = seen({"A1": at(3)}, T1, to=THERE.model_copy(update={"levels": ()}))

    assert one(through, "T1").attainment is None
    assert through.has_levels is False


def test_one_document_seen_through_another_has_no_figures() -> None:
    here, there = (one.model_copy(update={"kind": "document", "levels": ()}) for one in (HERE, THERE))
    judged = result_of(HERE, {"A1": at(3)}).indicators
    through = see_through(leading(T1), here, there, judged, profile={})

    assert one(through, "T1").telling == "told"
    assert [standard.score for standard in through.standards] == [None, None]
    assert through.has_levels is False


def test_answers_about_a_document_give_no_levels() -> None:
    here = HERE.model_copy(update={"kind": "document", "levels": ()})
    crosswalk = leading(PART)
    through = see_through(crosswalk, here, THERE, result_of(HERE, {"A1": at(3)}).indicators, profile={})

    assert one(through, "T1").telling == "in_part"
    assert one(through, "T1").attainment is None


@pytest.mark.parametrize(("profile", "told"), [({"online": "none"}, 50), ({"online": "some"}, 60), ({}, 60)])
def test_a_class_that_the_profile_raises_weighs_more(profile: dict[str, str], told: float) -> None:
    raised = {"if": {"fact": "online", "at_least": "some"}, "class": "critical"}
    there = edition({"T": [major("T1", class_when=raised), major("T2")]}, id="there")

    through = seen({"A1": at(3)}, T1, to=there, profile=profile)

    assert through.shares.told == pytest.approx(told)


def test_a_crosswalk_between_other_editions_is_refused() -> None:
    for here, there, ends in (
        (HERE, THERE.model_copy(update={"edition": "2.0"}), "('sample', '1.0') to ('there', '2.0')"),
        (HERE.model_copy(update={"id": "elsewhere"}), THERE, "('elsewhere', '1.0') to ('there', '1.0')"),
    ):
        with pytest.raises(ValueError, match="does not lead from") as refused:
            see_through(leading(), here, there, {}, profile={})
        assert str(refused.value) == f"sample-1.0--there-1.0 does not lead from {ends}"


# Promises that hold for every crosswalk and set of answers

RELATIONS = ("equal", "part", "overlaps", "none")
CODES = ("A1", "A2", "A3")
ANSWERS = st.dictionaries(
    st.sampled_from(CODES), st.builds(at, st.integers(0, 3)) | st.just(UNKNOWN) | st.just(NOT_APPLICABLE)
)
often = settings(deadline=None, max_examples=80)


@st.composite
def ways(draw: st.DrawFn) -> tuple[Framework, tuple[Row, ...]]:
    """Another framework, and what speaks for each of its indicators."""
    classes = st.lists(st.sampled_from(["critical", "major", "supporting"]), min_size=1, max_size=3)
    standards = [draw(classes) for _ in range(draw(st.integers(1, 3)))]
    there = edition(
        {
            f"S{number}": [indicator(f"S{number}.{place}", class_) for place, class_ in enumerate(each)]
            for number, each in enumerate(standards)
        },
        id="there",
    )
    rows = []
    for code in there.indicators:
        relation = draw(st.sampled_from(RELATIONS))
        sources = draw(st.lists(st.sampled_from(CODES), min_size=1, unique=True))
        rows.append((code, () if relation == "none" else tuple(sources), relation))
    return there, tuple(rows)


@given(ways(), ANSWERS)
@often
def test_shares_lie_between_0_and_100_and_make_up_the_whole(
    way: tuple[Framework, tuple[Row, ...]], answers: dict[str, Answer]
) -> None:
    through = seen(answers, *way[1], to=way[0])
    for part in (through.shares, *(standard.shares for standard in through.standards)):
        each = [getattr(part, telling) for telling in TELLINGS]
        assert all(-SLACK <= share <= 100 + SLACK for share in each)
        assert sum(each) == pytest.approx(100)


@given(ways(), ANSWERS, st.sampled_from(CODES), st.integers(0, 3), st.integers(0, 3))
@often
def test_raising_a_source_never_lowers_what_it_tells(
    way: tuple[Framework, tuple[Row, ...]], answers: dict[str, Answer], code: str, low: int, high: int
) -> None:
    low, high = sorted([low, high])
    before = seen(answers | {code: at(low)}, *way[1], to=way[0])
    after = seen(answers | {code: at(high)}, *way[1], to=way[0])
    for old, new in zip(before.standards, after.standards, strict=True):
        assert (old.score is None) == (new.score is None)
        assert (old.score or 0) <= (new.score or 0) + SLACK
        for was, is_ in zip(old.indicators, new.indicators, strict=True):
            assert was.telling == is_.telling
            assert (was.attainment or 0) <= (is_.attainment or 0)


@given(ways(), st.dictionaries(st.sampled_from(CODES), st.just(at(3))))
@often
def test_what_is_not_answered_is_never_counted_as_0(
    way: tuple[Framework, tuple[Row, ...]], answers: dict[str, Answer]
) -> None:
    for standard in seen(answers, *way[1], to=way[0]).standards:
        assert standard.score is None or standard.score == pytest.approx(100)


@given(ways(), ANSWERS)
@often
def test_a_figure_is_there_exactly_where_something_is_told(
    way: tuple[Framework, tuple[Row, ...]], answers: dict[str, Answer]
) -> None:
    for standard in seen(answers, *way[1], to=way[0]).standards:
        something = standard.shares.told + standard.shares.in_part > 0
        assert (standard.score is not None) == something
