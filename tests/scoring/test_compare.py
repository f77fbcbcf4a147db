from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from scoring.answers import Answer
from scoring.compare import Comparison, Round, ShownSplit, Split, compare
from scoring.groups import Change, Group
from tests.scoring.cast import (
    NOT_APPLICABLE,
    UNKNOWN,
    asking,
    asking_levels,
    assess_on_today,
    at,
    critical,
    edition,
    supporting,
)
from tests.scoring.rounds import (
    ALL_IN_PLACE,
    ALL_STARTED,
    TWO_STANDARDS,
    a_round,
    before_it,
    with_links,
)


def in_one_edition(before: Mapping[str, Answer], after: Mapping[str, Answer], **more: Any) -> Comparison:
    framework = edition(TWO_STANDARDS, **more)
    return compare(a_round(framework, before), a_round(framework, after))


def parts(comparison: Comparison) -> tuple[float, ...]:
    split = split_of(comparison)
    return split.practice, split.left, split.joined


def split_of(comparison: Comparison) -> Split:
    assert comparison.split is not None
    return comparison.split


def the_group(comparison: Comparison) -> Group:
    (group,) = (*comparison.groups, *comparison.not_comparable)
    return group


@pytest.mark.parametrize(
    ("before", "after", "headline", "like_for_like"),
    [
        # Everything compares: all of the change is practice.
        (ALL_STARTED, ALL_IN_PLACE, (100 / 3, 200 / 3), (100 / 3, 200 / 3)),
        # C and D are answered only later: they joined. 5 of A and B weigh 5 of 9.
        ({"A": at(1), "B": at(1)}, ALL_STARTED | {"A": at(3)}, (100 / 3, 100 * 5 / 9), (100 / 3, 1100 / 15)),
        # C was at 3, and is left aside this time.
        ({"A": at(0), "C": at(3)}, {"A": at(1)}, (50, 100 / 3), (0, 100 / 3)),
        # "Don't know" is an answer, "not applicable" is none that compares.
        ({"A": UNKNOWN, "B": at(3)}, {"A": at(3), "B": NOT_APPLICABLE}, (40, 100), (0, 100)),
    ],
)
def test_the_change_is_split_into_practice_what_left_and_what_joined(
    before: dict[str, Answer],
    after: dict[str, Answer],
    headline: tuple[float, float],
    like_for_like: tuple[float, float],
) -> None:
    comparison = in_one_edition(before, after)

    assert comparison.headline == pytest.approx(headline)
    assert split_of(comparison).like_for_like == pytest.approx(like_for_like)
    assert split_of(comparison).headline == comparison.headline
    assert parts(comparison) == pytest.approx(
        (like_for_like[1] - like_for_like[0], like_for_like[0] - headline[0], headline[1] - like_for_like[1])
    )
    assert split_of(comparison).change == pytest.approx(headline[1] - headline[0])
    assert comparison.why_not is None


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (1 / 3, 2 / 3, "improved"),
        (2 / 3, 1 / 3, "declined"),
        (0.5, 0.5, "unchanged"),
        (0.5, 0.5049, "unchanged"),
        (0.5, 0.505, "improved"),
        (0.505, 0.5, "declined"),
        (0.5, 0.5049999999, "improved"),  # 0.005 to 9 decimals
        (0.5, 0.504999999, "unchanged"),
        (None, 0.5, None),
        (0.5, None, None),
    ],
)
def test_a_group_changed_only_by_half_a_hundredth_or_more(
    before: float | None, after: float | None, change: Change | None
) -> None:
    assert Group(("A",), ("A",), 1, before, after).change == change


def test_within_one_edition_each_indicator_stands_for_itself() -> None:
    comparison = in_one_edition(ALL_STARTED, ALL_STARTED | {"C": at(3), "B": at(0)})

    assert [(group.from_, group.to, group.weight, group.change) for group in comparison.groups] == [
        (("A",), ("A",), 3, "unchanged"),
        (("B",), ("B",), 2, "declined"),
        (("C",), ("C",), 3, "improved"),
        (("D",), ("D",), 1, "unchanged"),
    ]
    assert (comparison.retired, comparison.new, comparison.not_comparable) == ((), (), ())


def test_a_group_needs_all_its_indicators_answered_and_applicable_in_both_rounds() -> None:
    comparison = in_one_edition(
        {"A": at(1), "B": NOT_APPLICABLE, "C": UNKNOWN}, {"B": at(1), "C": at(1), "D": NOT_APPLICABLE}
    )

    assert [group.from_ for group in comparison.groups] == [("C",)]
    assert [(group.from_, group.open_before, group.open_after) for group in comparison.not_comparable] == [
        (("A",), (), ("A",)),
        (("B",), ("B",), ()),
        (("D",), ("D",), ("D",)),
    ]
    assert [group.change for group in comparison.not_comparable] == [None, None, None]


@pytest.mark.parametrize(
    ("link", "before", "after"),
    [
        # One to many: B weighs 2 and A weighs 3 in the new edition.
        (("X", "A B"), 1 / 3, (3 * 1 + 2 * 1 / 3) / 5),
        # Many to one: X weighs 1 and Y weighs 3 in the old edition.
        (("X Y", "A"), (1 * 1 / 3 + 3 * 2 / 3) / 4, 1),
        (("X Y", "A B"), (1 * 1 / 3 + 3 * 2 / 3) / 4, (3 * 1 + 2 * 1 / 3) / 5),
    ],
)
def test_a_groups_value_is_the_mean_of_its_indicators_by_that_rounds_own_weights(
    link: tuple[str, str], before: float, after: float
) -> None:
    earlier = before_it({"old": [supporting("X"), critical("Y")]})
    comparison = compare(
        a_round(earlier, {"X": at(1), "Y": at(2)}),
        a_round(with_links([link]), {"A": at(3), "B": at(1)}),
    )

    assert the_group(comparison).before == pytest.approx(before)
    assert the_group(comparison).after == pytest.approx(after)


def test_a_group_of_one_is_as_far_as_its_indicator_to_the_last_digit() -> None:
    framework = edition({"policy": [critical("A")]})
    asked = asking({"id": "q1", "kind": "percentage", "informs": ["A"]})
    said = Round(framework, assess_on_today(framework, asked, {"q1": Answer(value=10)}))

    group = the_group(compare(said, said))

    assert 3 * 0.1 / 3 != 0.1  # so its weight must not be divided out again
    assert (group.before, group.after) == (0.1, 0.1)


def test_like_for_like_counts_by_the_later_editions_weights() -> None:
    earlier = before_it({"old": [supporting("X"), critical("Y")]})
    comparison = compare(
        a_round(earlier, {"X": at(3), "Y": at(0)}),
        a_round(with_links([("X", "A B"), ("Y", "D")]), {"A": at(0), "B": at(3), "C": at(3), "D": at(3)}),
    )

    assert comparison.headline == pytest.approx((100 * 1 / 4, 100 * 6 / 9))
    assert split_of(comparison).like_for_like == pytest.approx((100 * 5 / 6, 100 * 3 / 6))
    assert comparison.share == pytest.approx(100 * 6 / 9)


def test_a_class_that_the_profile_raises_weighs_as_raised_in_its_own_round() -> None:
    raised = {"if": {"fact": "online", "equals": "high"}, "class": "critical"}
    framework = edition({"policy": [supporting("A", class_when=raised), supporting("B")]})
    asked = asking_levels(framework, profile=[{"fact": "online", "prompt": "Online?"}])
    answers = {"A": at(3), "B": at(0)}

    quiet = Round(framework, assess_on_today(framework, asked, answers, profile={"online": "none"}))
    busy = Round(framework, assess_on_today(framework, asked, answers, profile={"online": "high"}))

    assert parts(compare(quiet, busy)) == pytest.approx((0, 25, 0))
    assert parts(compare(busy, quiet)) == pytest.approx((0, -25, 0))


def test_a_link_that_is_not_answered_whole_is_not_compared() -> None:
    earlier = before_it({"old": [supporting("X"), critical("Y")]})
    comparison = compare(
        a_round(earlier, {"X": at(3)}),
        a_round(with_links([("X", "A B"), ("Y", "C")]), {"A": at(3), "C": at(2)}),
    )

    first, second = comparison.not_comparable
    assert (first.before, first.after, first.open_before, first.open_after) == (1, None, (), ("B",))
    assert (second.before, second.after, second.open_before, second.open_after) == (None, 2 / 3, ("Y",), ())
    # What is linked is neither retired nor new, compared or not.
    assert (comparison.retired, comparison.new) == ((), ("D",))


def test_across_editions_a_code_without_a_link_is_retired_or_new_even_where_the_codes_are_equal() -> None:
    earlier = before_it({"old": [supporting("A"), critical("X"), critical("Y")]})
    comparison = compare(
        a_round(earlier, {"A": at(1), "X": at(1), "Y": at(1)}),
        a_round(with_links([("X", "C")]), ALL_IN_PLACE),
    )

    assert comparison.retired == ("A", "Y")
    assert comparison.new == ("A", "B", "D")
    assert [group.from_ for group in comparison.groups] == [("X",)]


@pytest.mark.parametrize("relation", ["same", "revised", "split", "merged"])
def test_the_relation_of_a_link_changes_nothing_in_the_arithmetic(relation: str) -> None:
    earlier = before_it({"old": [supporting("X"), critical("Y")]})
    comparison = compare(
        a_round(earlier, {"X": at(1), "Y": at(2)}),
        a_round(with_links([("X Y", "A B")], relation=relation), ALL_IN_PLACE),
    )

    assert parts(comparison) == pytest.approx((200 / 3 - 175 / 3, 0, 0))


def test_only_links_against_the_edition_of_the_earlier_round_count() -> None:
    earlier = before_it({"old": [supporting("X")]})
    later = edition(
        TWO_STANDARDS,
        earlier=[
            {"edition": "0.8", "links": [{"from": ["X"], "to": ["A"], "relation": "same"}]},
            {"edition": "0.9", "links": [{"from": ["X"], "to": ["D"], "relation": "same"}]},
        ],
    )

    comparison = compare(a_round(earlier, {"X": at(1)}), a_round(later, ALL_IN_PLACE))

    assert the_group(comparison).to == ("D",)


def test_equal_standards_average_the_standards_like_for_like_too() -> None:
    comparison = in_one_edition(
        {"A": at(0), "B": at(3), "C": at(0)},
        {"A": at(3), "B": at(3), "C": at(1), "D": at(3)},
        overall="equal_standards",
    )

    assert comparison.headline == pytest.approx(((40 + 0) / 2, (100 + 50) / 2))
    assert split_of(comparison).like_for_like == pytest.approx(((40 + 0) / 2, (100 + 100 / 3) / 2))


def test_a_link_into_two_standards_counts_in_each_with_its_own_weight() -> None:
    earlier = before_it({"old": [supporting("X"), critical("Y")]})
    later = with_links([("X", "A D"), ("Y", "B")], overall="equal_standards")

    comparison = compare(a_round(earlier, {"X": at(3), "Y": at(0)}), a_round(later, ALL_IN_PLACE))

    # policy: A at 1 with 3, B at 0 with 2; people: D at 1.
    assert split_of(comparison).like_for_like == pytest.approx(((60 + 100) / 2, 200 / 3))


def test_the_later_edition_says_how_standards_count() -> None:
    earlier = before_it({"old": [supporting("X"), critical("Y")]}, overall="equal_standards")
    links = [("X", "A"), ("Y", "D")]
    rounds = a_round(earlier, {"X": at(3), "Y": at(0)}), a_round(with_links(links), ALL_IN_PLACE)

    assert split_of(compare(*rounds)).like_for_like[0] == pytest.approx(75)


@pytest.mark.parametrize(
    ("after", "share"),
    [
        (ALL_STARTED, 100 * 5 / 9),
        ({"A": at(1), "C": NOT_APPLICABLE}, 100 * 3 / 6),
        ({"A": at(1), "B": at(1), "C": NOT_APPLICABLE, "D": NOT_APPLICABLE}, 100),
        ({"C": at(1)}, 0),
        (dict.fromkeys("ABCD", NOT_APPLICABLE), None),
    ],
)
def test_the_share_compared_is_of_what_applies_in_the_later_round(
    after: dict[str, Answer], share: float | None
) -> None:
    comparison = in_one_edition({"A": at(1), "B": at(1)}, after)

    assert comparison.share == (share if share is None else pytest.approx(share))


@pytest.mark.parametrize(
    ("before", "after", "why_not"),
    [
        ({}, ALL_STARTED, "nothing_answered"),
        (ALL_STARTED, {}, "nothing_answered"),
        (ALL_STARTED, dict.fromkeys("ABCD", NOT_APPLICABLE), "nothing_answered"),
        ({"A": at(1)}, {"B": at(1)}, "nothing_in_common"),
    ],
)
def test_without_a_comparable_group_there_are_no_parts_but_a_word_why(
    before: dict[str, Answer], after: dict[str, Answer], why_not: str
) -> None:
    comparison = in_one_edition(before, after)

    assert (comparison.groups, comparison.split, comparison.why_not) == ((), None, why_not)


def test_two_editions_that_nothing_links_cannot_be_compared() -> None:
    earlier = before_it({"old": [supporting("A")]})

    comparison = compare(
        a_round(earlier, {"A": at(1)}), a_round(edition({"policy": [critical("A")]}), {"A": at(3)})
    )

    assert comparison.headline == pytest.approx((100 / 3, 100))
    assert (comparison.split, comparison.why_not) == (None, "not_linked")
    assert (comparison.retired, comparison.new, comparison.share) == (("A",), ("A",), 0)


def test_rounds_with_two_frameworks_are_refused() -> None:
    other = edition({"policy": [critical("A")]}, id="other")
    asked = asking_levels(other)

    with pytest.raises(ValueError, match="^expected two rounds with one framework, not other and sample$"):
        compare(Round(other, assess_on_today(other, asked, {})), a_round(edition(TWO_STANDARDS), {}))


def test_a_link_from_an_indicator_that_never_was_is_refused() -> None:
    earlier = before_it({"old": [supporting("X")]})

    with pytest.raises(ValueError, match="^sample 1.0 links Z: not in 0.9$"):
        compare(a_round(earlier, {}), a_round(with_links([("X Z", "A")]), {}))


@pytest.mark.parametrize(
    ("headline", "like_for_like", "shown"),
    [
        ((50, 60), (50, 60), ("10.0", "0.0", "0.0", "10.0")),
        ((50, 50), (50, 50), ("0.0", "0.0", "0.0", "0.0")),
        # 1.04 three times: a tenth is left over for the first of equals.
        ((0, 3.12), (1.04, 2.08), ("1.1", "1.0", "1.0", "3.1")),
        # Half away from zero, both ways.
        ((50, 50.25), (50, 50.25), ("0.3", "0.0", "0.0", "0.3")),
        ((50.25, 50), (50.25, 50), ("-0.3", "0.0", "0.0", "-0.3")),
        # 20.04 + 10.04 + 0.04 = 30.12, shown as 20.0 + 10.0 + 0.0: a tenth is left over for practice.
        ((0, 30.12), (10.04, 30.08), ("20.1", "10.0", "0.0", "30.1")),
        # −20.04 − 10.04 − 0.04 = −30.12
        ((50, 19.88), (39.96, 19.92), ("-20.1", "-10.0", "0.0", "-30.1")),
        # 10.04 − 20.06 + 0.04 = −9.98: the largest is the one below nothing.
        ((50, 40.02), (29.94, 39.98), ("10.0", "-20.0", "0.0", "-10.0")),
        # 0.04 + 0.04 + 20.04 = 20.12
        ((0, 20.12), (0.04, 0.08), ("0.0", "0.0", "20.1", "20.1")),
    ],
)
def test_the_parts_are_shown_to_one_decimal_and_add_up_as_shown(
    headline: tuple[float, float], like_for_like: tuple[float, float], shown: tuple[str, ...]
) -> None:
    assert Split(headline, like_for_like).shown == ShownSplit(*map(Decimal, shown))


def test_of_an_edition_that_was_changed_under_its_name_only_what_both_have_is_compared() -> None:
    before = edition({"policy": [critical("A"), supporting("B")]})
    after = edition({"policy": [critical("A"), supporting("C")]})
    found = compare(a_round(before, {"A": at(1), "B": at(2)}), a_round(after, {"A": at(2), "C": at(3)}))
    assert [(group.to, group.change) for group in found.groups] == [(("A",), "improved")]
    assert (found.retired, found.new) == (("B",), ("C",))
