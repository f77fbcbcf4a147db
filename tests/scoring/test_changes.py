"""What became of each indicator, of the evidence, and of the critical gaps, between two rounds."""

from collections.abc import Mapping
from typing import Any

import pytest

from scoring.answers import Answer
from scoring.assessment import assess
from scoring.changes import Changes, changes
from scoring.compare import Round
from scoring.critical_change import Fate
from scoring.standing import PartChange
from tests.scoring.cast import (
    NOT_APPLICABLE,
    TODAY,
    UNKNOWN,
    asking,
    asking_levels,
    at,
    critical,
    edition,
    edition_of,
    level_question,
    major,
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

FRAMEWORK = edition(TWO_STANDARDS)


def in_one_edition(before: Mapping[str, Answer], after: Mapping[str, Answer], **more: Any) -> Changes:
    return changes(a_round(FRAMEWORK, before, **more), a_round(FRAMEWORK, after, **more))


def became(changed: Changes) -> dict[str, str]:
    return {one.code: one.became for standard in changed.standards for one in standard.indicators}


def fates(changed: Changes) -> dict[Fate, list[tuple[str, str]]]:
    """The codes of each critical change, as they are written in a link."""
    return {
        fate: [(" ".join(one.from_), " ".join(one.to)) for one in found]
        for fate, found in changed.critical.items()
    }


def counted(part: PartChange) -> dict[str, int]:
    return {one: number for one, number in part.counts.items() if number}


# Standards, requirements, indicators


def test_each_standard_is_compared_over_what_compares_by_the_weights_of_its_own_indicators() -> None:
    policy, people = in_one_edition(
        {"A": at(0), "B": at(3), "C": at(1)}, {"A": at(1), "B": at(0), "C": at(2), "D": at(3)}
    ).standards

    # A weighs 3 and B weighs 2; D was not answered before, so that C stands alone.
    assert (policy.before, policy.after) == pytest.approx((100 * 2 / 5, 100 * 1 / 5))
    assert (people.before, people.after) == pytest.approx((100 / 3, 200 / 3))
    assert counted(policy) == {"improved": 1, "declined": 1}
    assert counted(people) == {"improved": 1, "not_comparable": 1}


def test_each_requirement_is_compared_by_itself() -> None:
    framework = edition_of(
        [
            {
                "id": "policy",
                "requirements": [
                    {"id": "written", "indicators": [critical("A"), major("B")]},
                    {"id": "known", "indicators": [supporting("C")]},
                ],
            }
        ],
        [{"id": "early"}],
    )
    (policy,) = changes(
        a_round(framework, {"A": at(0), "B": at(1), "C": at(3)}),
        a_round(framework, {"A": at(0), "B": at(2), "C": at(2)}),
    ).standards
    written, known = policy.requirements

    assert (written.before, written.after) == pytest.approx((100 * 2 / 15, 100 * 4 / 15))
    assert (known.before, known.after) == pytest.approx((100, 200 / 3))
    assert (policy.before, policy.after) == pytest.approx((100 * 5 / 18, 100 * 6 / 18))
    assert (counted(written), counted(known)) == ({"improved": 1, "unchanged": 1}, {"declined": 1})
    assert [one.code for one in policy.indicators] == ["A", "B", "C"]


def test_what_became_of_an_indicator_is_said_with_why_it_cannot_be_compared() -> None:
    changed = in_one_edition(
        {"A": at(1), "B": NOT_APPLICABLE, "D": UNKNOWN}, {"A": at(1), "B": at(1), "C": at(1), "D": at(0)}
    )
    by_code = {one.code: one for standard in changed.standards for one in standard.indicators}

    assert became(changed) == {
        "A": "unchanged",
        "B": "not_comparable",
        "C": "not_comparable",
        "D": "unchanged",
    }
    group = by_code["B"].group
    assert group is not None
    assert (group.open_before, group.open_after) == (("B",), ())
    assert changed.standards[1].compared == 1
    assert changed.standards[1].asked == 2


def test_across_editions_each_indicator_is_as_its_group_is_and_what_nothing_leads_to_is_new() -> None:
    earlier = before_it({"old": [supporting("X"), critical("Y")]})
    changed = changes(
        a_round(earlier, {"X": at(1), "Y": at(2)}),
        a_round(with_links([("X", "A D"), ("Y", "B")]), {"A": at(3), "B": at(1), "C": at(3), "D": at(0)}),
    )
    policy, people = changed.standards

    # The group of A and D is at 3/4 now: D improved with it, and D alone is its own standard's score.
    assert became(changed) == {"A": "improved", "B": "declined", "C": "new", "D": "improved"}
    assert (policy.before, policy.after) == pytest.approx(
        (100 * (3 / 3 + 4 / 3) / 5, 100 * (9 / 4 + 2 / 3) / 5)
    )
    assert (people.before, people.after) == pytest.approx((100 / 3, 75))


def test_what_the_later_questionnaire_does_not_ask_is_neither_new_nor_lost() -> None:
    full, quick = asking_levels(FRAMEWORK), asking(level_question("A"), id="sample-quick")
    rounds = [
        Round(FRAMEWORK, assess(FRAMEWORK, asked, answers, on=TODAY))
        for asked, answers in ((full, ALL_STARTED), (quick, {"A": at(2)}))
    ]
    changed = changes(*rounds)

    assert became(changed) == {"A": "improved", "B": "not_asked", "C": "not_asked", "D": "not_asked"}
    assert [standard.asked for standard in changed.standards] == [1, 0]
    assert (changed.standards[1].before, changed.standards[1].after) == (None, None)
    assert fates(changed) == {"closed": [("A", "A")], "not_answered": [("C", "C")]}
    assert became(changes(*reversed(rounds))) == {
        "A": "declined",
        "B": "not_comparable",
        "C": "not_comparable",
        "D": "not_comparable",
    }


# Evidence


def test_evidence_is_compared_apart_from_what_became_of_the_answer() -> None:
    evidence = in_one_edition(
        {"A": at(2, 1), "B": at(3, 4), "C": at(2, 2), "D": at(0, 0)},
        {"A": at(2, 3), "B": at(1, 4), "C": at(3, 1), "D": at(0, 0)},
    ).evidence

    assert [(one.group.to, one.before, one.after, one.change) for one in evidence.groups] == [
        (("A",), 1, 3, "stronger"),
        (("B",), 4, 4, "same"),
        (("C",), 2, 1, "weaker"),
        (("D",), 0, 0, "same"),
    ]
    assert [one.group.change for one in evidence.of("stronger")] == ["unchanged"]
    assert [one.group.change for one in evidence.of("weaker")] == ["improved"]
    # Evidence 1 supports a third, 2 supports two thirds, 3 and 4 all of it. Weights 3, 2, 3, 1.
    before, after = 100 * (3 * 1 / 3 + 2 * 1 + 3 * 2 / 3) / 9, 100 * (3 * 2 / 3 + 2 * 1 / 3 + 3 * 1 / 3) / 9
    assert evidence.headline == pytest.approx((before, after))
    assert evidence.like_for_like == pytest.approx((before, after))


def test_the_evidence_of_a_group_is_the_weakest_of_its_indicators() -> None:
    earlier = before_it({"old": [supporting("X"), critical("Y")]})
    evidence = changes(
        a_round(earlier, {"X": at(3, 3), "Y": at(2, 2)}),
        a_round(with_links([("X Y", "A B")]), {"A": at(3, 4), "B": at(3, 1), "C": at(3, 4)}),
    ).evidence
    (one,) = evidence.groups

    assert (one.before, one.after, one.change) == (2, 1, "weaker")
    # Before: X 1 with 1, Y 2/3 with 3. After: A 1 with 3, B 1/3 with 2. C joined.
    assert evidence.like_for_like == pytest.approx((100 * 3 / 4, 100 * (3 + 2 / 3) / 5))
    assert evidence.headline[1] == pytest.approx(100 * (3 + 2 / 3 + 3) / 8)


def test_where_a_round_was_not_asked_for_evidence_none_is_compared() -> None:
    asked, not_asked = (
        a_round(FRAMEWORK, dict.fromkeys("ABCD", at(2, evidence)), asks_evidence=asks)
        for asks, evidence in ((True, 3), (False, None))
    )
    evidence = changes(not_asked, asked).evidence

    assert (evidence.groups, evidence.like_for_like) == ((), None)
    assert evidence.headline[0] is None
    assert evidence.headline[1] == pytest.approx(200 / 3)


def test_a_dont_know_has_no_evidence_and_counts_as_such() -> None:
    (one,) = in_one_edition({"A": UNKNOWN}, {"A": at(0, 2)}).evidence.groups

    assert (one.before, one.after, one.change, one.group.change) == (0, 2, "stronger", "unchanged")


# Critical gaps


@pytest.mark.parametrize(
    ("before", "after", "fate"),
    [
        (at(0), at(2), "closed"),
        (at(1), at(3), "closed"),
        (at(1), NOT_APPLICABLE, "closed"),
        (UNKNOWN, at(2), "closed"),
        (at(0), at(1), "still_open"),
        (at(1), UNKNOWN, "still_open"),
        (at(1), Answer(), "not_answered"),
        (at(2), at(1), "opened"),
        (NOT_APPLICABLE, at(0), "opened"),
        (Answer(), at(1), "not_answered_before"),
        (at(2), at(3), None),
        (at(2), Answer(), None),
        (Answer(), NOT_APPLICABLE, None),
    ],
)
def test_what_became_of_a_critical_gap(before: Answer, after: Answer, fate: Fate | None) -> None:
    # B is major: below its target in both rounds, and never a critical gap.
    changed = in_one_edition({"A": before, "B": at(0)}, {"A": after, "B": at(0)})

    assert fates(changed) == ({fate: [("A", "A")]} if fate else {})


def test_the_gaps_themselves_are_told_as_they_were_in_each_round() -> None:
    (one,) = in_one_edition({"A": at(0)}, {"A": at(1)}).critical["still_open"]

    assert [(gap.code, gap.level, gap.tier) for gap in one.before] == [("A", 0, "urgent")]
    assert [(gap.code, gap.level, gap.tier) for gap in one.after] == [("A", 1, "high")]


@pytest.mark.parametrize(
    ("before", "after", "fate"),
    [
        # X is critical and Y is supporting; A is critical and B is major.
        ({"X": at(1), "Y": at(3)}, {"A": at(2), "B": at(2)}, "closed"),
        ({"X": at(1), "Y": at(3)}, {"A": at(2), "B": at(1)}, "no_longer_critical"),
        ({"X": at(1), "Y": at(3)}, {"A": at(2)}, "not_answered"),
        ({"X": at(1), "Y": at(3)}, {"A": at(0)}, "still_open"),
        ({"X": at(2), "Y": at(1)}, {"A": at(1), "B": at(2)}, "newly_critical"),
        ({"X": at(2), "Y": at(2)}, {"A": at(1), "B": at(0)}, "opened"),
        ({"X": at(2)}, {"A": at(1), "B": at(2)}, "not_answered_before"),
        ({"Y": at(1)}, {"A": at(1), "B": at(2)}, "not_answered_before"),
        ({"X": at(2), "Y": at(1)}, {"A": at(2), "B": at(1)}, None),
    ],
)
def test_a_group_of_several_is_judged_as_one(
    before: dict[str, Answer], after: dict[str, Answer], fate: Fate | None
) -> None:
    earlier = before_it({"old": [critical("X"), supporting("Y")]})
    changed = changes(a_round(earlier, before), a_round(with_links([("X Y", "A B")]), after))

    assert fates(changed) == ({fate: [("X Y", "A B")]} if fate else {})


def test_what_no_link_leads_from_or_to_is_retired_or_new() -> None:
    earlier = before_it({"old": [critical("A"), critical("X")]})
    changed = changes(
        a_round(earlier, {"A": at(0), "X": at(0)}),
        a_round(with_links([("X", "B")]), {"A": at(1), "B": at(2), "C": at(2), "D": at(0)}),
    )

    assert fates(changed) == {
        "closed": [("X", "B")],
        "new_in_edition": [("", "A")],
        "retired": [("A", "")],
    }


def test_an_indicator_that_the_profile_made_critical_has_not_opened_a_gap() -> None:
    raised = {"if": {"fact": "online", "equals": "high"}, "class": "critical"}
    framework = edition({"policy": [supporting("A", class_when=raised)]})
    asked = asking_levels(framework, profile=[{"fact": "online", "prompt": "Online?"}])
    quiet, busy = (
        Round(framework, assess(framework, asked, {"A": at(1)}, on=TODAY, profile={"online": intensity}))
        for intensity in ("none", "high")
    )

    assert fates(changes(quiet, busy)) == {"newly_critical": [("A", "A")]}
    assert fates(changes(busy, quiet)) == {"no_longer_critical": [("A", "A")]}


def test_a_higher_target_opens_a_gap() -> None:
    asked = asking_levels(FRAMEWORK)
    usual, higher = (
        Round(FRAMEWORK, assess(FRAMEWORK, asked, ALL_IN_PLACE, on=TODAY, targets=targets))
        for targets in ({}, {"C": 3})
    )

    assert fates(changes(usual, higher)) == {"opened": [("C", "C")]}


def test_rounds_with_two_frameworks_are_refused() -> None:
    other = edition({"policy": [critical("A")]}, id="other")

    with pytest.raises(ValueError, match="^expected two rounds with one framework, not other and sample$"):
        changes(a_round(other, {}), a_round(FRAMEWORK, {}))
