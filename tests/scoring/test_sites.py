from collections.abc import Mapping
from typing import Any

import pytest

from scoring.answers import Answer
from scoring.attainment import QuestionTerm
from scoring.refusals import BadAnswer
from scoring.sites import ParentResult, Site, assess_parent
from standards.models import Framework
from tests.scoring.cast import (
    NOT_APPLICABLE,
    TODAY,
    UNKNOWN,
    asking,
    asking_levels,
    assess_on_today,
    at,
    critical,
    edition,
    level_question,
    major,
    supporting,
)

RATINGS: list[dict[str, Any]] = [
    {"id": "best", "min_score": 50, "coverage": 100, "classes": {"critical": 2}, "evidence": {"critical": 2}},
    {"id": "good", "min_score": 50, "classes": {"critical": 1}},
    {"id": "fair", "min_score": 20},
    {"id": "early"},
]
FRAMEWORK = edition({"policy": [critical("A"), major("B")], "people": [supporting("C")]}, ratings=RATINGS)


def site(
    answers: Mapping[str, Answer],
    weight: float = 1,
    *,
    framework: Framework = FRAMEWORK,
    profile: Mapping[str, Any] | None = None,
    **more: Any,
) -> Site:
    facts = [{"fact": fact, "prompt": fact} for fact in ("online", "travel")]
    asked = asking_levels(framework, profile=facts, **more)
    result = assess_on_today(framework, asked, answers, profile=profile or {})
    return Site(asked, result, profile or {}, weight)


def parent_of(*sites: Site, framework: Framework = FRAMEWORK, **more: Any) -> ParentResult:
    """The parent of sites called S1, S2 and so on."""
    named = {f"S{place}": one for place, one in enumerate(sites, start=1)}
    return assess_parent(framework, named, on=TODAY, **more)


def rating_of(parent: ParentResult) -> str | None:
    reached = parent.result.verdict.reached
    return reached.rating.id if reached else None


@pytest.mark.parametrize(
    ("sites", "mean", "lowest", "worst"),
    [
        ([(at(2), 1)], 2 / 3, 2 / 3, ("S1",)),
        ([(at(3), 1), (at(1), 1)], 2 / 3, 1 / 3, ("S2",)),
        ([(at(3), 3), (at(1), 1)], 5 / 6, 1 / 3, ("S2",)),
        ([(at(3), 0.5), (at(0), 1.5)], 1 / 4, 0, ("S2",)),
        ([(at(1), 1), (at(3), 1), (at(1), 2)], 1 / 2, 1 / 3, ("S1", "S3")),
        ([(at(3), 1), (UNKNOWN, 1)], 1 / 2, 0, ("S2",)),
        # Who has not answered, and where it does not apply, stands in no mean.
        ([(at(3), 1), (Answer(), 5)], 1, 1, ("S1",)),
        ([(at(3), 1), (NOT_APPLICABLE, 5)], 1, 1, ("S1",)),
        ([(Answer(), 1), (NOT_APPLICABLE, 1)], None, None, ()),
    ],
)
def test_a_parent_has_the_weighted_mean_of_the_sites_that_answered_and_the_worst_beside_it(
    sites: list[tuple[Answer, float]], mean: float | None, lowest: float | None, worst: tuple[str, ...]
) -> None:
    parent = parent_of(*(site({"B": answer}, weight) for answer, weight in sites))

    assert parent.result.indicators["B"].attainment == (mean if mean is None else pytest.approx(mean))
    assert parent.across["B"].lowest == (lowest if lowest is None else pytest.approx(lowest))
    assert parent.across["B"].worst == worst


def test_a_site_weighs_1_unless_it_says_otherwise() -> None:
    asked = asking_levels(FRAMEWORK)
    unsaid = Site(asked, assess_on_today(FRAMEWORK, asked, {"B": at(3)}), {})

    assert parent_of(unsaid, site({"B": at(0)}, 1)).result.indicators["B"].attainment == pytest.approx(1 / 2)


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ([at(1), Answer()], "answered"),
        ([NOT_APPLICABLE, Answer()], "unanswered"),
        ([Answer(), Answer()], "unanswered"),
        ([NOT_APPLICABLE, NOT_APPLICABLE], "not_applicable"),
        ([NOT_APPLICABLE, at(0)], "answered"),
    ],
)
def test_a_parents_indicator_is_answered_once_a_site_has_answered(answers: list[Answer], status: str) -> None:
    parent = parent_of(*(site({"B": answer}) for answer in answers))

    assert parent.result.indicators["B"].status == status


def test_a_site_that_was_not_asked_stands_in_nothing() -> None:
    only_a = asking(level_question("A"))
    quick = Site(only_a, assess_on_today(FRAMEWORK, only_a, {"A": at(3)}), {})

    parent = parent_of(quick, site({"A": at(0), "B": at(2)}))

    assert parent.result.indicators["B"].attainment == pytest.approx(2 / 3)
    assert [term.question for term in parent.result.indicators["B"].terms] == ["S2"]
    assert parent_of(quick).result.indicators["B"].status == "not_asked"


def test_who_still_has_to_answer_is_named() -> None:
    parent = parent_of(site({}), site({"A": at(1), "B": NOT_APPLICABLE}), site({"B": at(1)}))

    assert parent.across["A"].still_to_answer == ("S1", "S3")
    assert parent.across["B"].still_to_answer == ("S1",)
    assert parent.result.still_to_answer == ("C",)


def test_the_parents_figures_follow_from_its_indicators_as_any_other_result() -> None:
    parent = parent_of(site({"A": at(3), "B": at(0)}), site({"A": at(1), "C": at(3)}))

    # A: 2/3 with 3, B: 0 with 2, C: 1 with 1.
    assert parent.result.overall.score == pytest.approx(100 * 3 / 6)
    assert parent.result.overall.coverage == 100
    assert [one.figures.score for one in parent.result.standards] == pytest.approx([100 * 2 / 5, 100])
    assert [*parent.across] == [*parent.result.indicators] == ["A", "B", "C"]
    assert parent.result.on == TODAY


def test_a_parents_indicator_shows_what_each_site_adds() -> None:
    parent = parent_of(site({"A": at(3, 2)}), site({"A": UNKNOWN}, 2), site({}), site({"A": NOT_APPLICABLE}))

    assert parent.result.indicators["A"].terms == (
        QuestionTerm("S1", 1, "answered", None, 1, 2),
        QuestionTerm("S2", 2, "unknown", None, 0, 0),
        QuestionTerm("S3", 1, "unanswered"),
        QuestionTerm("S4", 1, "not_applicable"),
    )
    assert parent.across["A"].sites["S1"].attainment == 1


@pytest.mark.parametrize(
    ("at_the_second", "rating", "failing"),
    [
        (at(3, 3), "best", ()),
        (at(1, 3), "best", ()),  # the mean is 2/3
        (at(0, 3), "fair", ("S2",)),  # the mean is 1/2, but ratings see level 0
        (UNKNOWN, "fair", ("S2",)),
        (NOT_APPLICABLE, "best", ()),
        (Answer(), "best", ()),
    ],
)
def test_a_critical_indicator_at_0_in_any_site_is_a_critical_failing_of_the_parent(
    at_the_second: Answer, rating: str, failing: tuple[str, ...]
) -> None:
    others = {"B": at(3, 3), "C": at(3, 3)}
    parent = parent_of(site({"A": at(3, 3)} | others), site({"A": at_the_second} | others))

    assert rating_of(parent) == rating
    assert parent.across["A"].failing == failing
    assert parent.critical_failings == (("A",) if failing else ())


def test_ratings_see_a_critical_failing_at_level_0_and_name_it_while_figures_keep_the_mean() -> None:
    parent = parent_of(*[site({"A": at(3, 3), "B": at(3, 3)})] * 9, site({"A": at(0, 3), "B": at(3, 3)}))

    following = parent.result.verdict.next
    assert following is not None
    (waiting,) = following.waiting
    assert (following.rating.id, waiting.actual, waiting.in_the_way) == ("good", 0, ("A",))
    assert parent.result.indicators["A"].attainment == pytest.approx(0.9)
    assert parent.result.indicators["A"].level == 2
    assert parent.result.gaps == ()


def test_only_critical_indicators_fail_critically() -> None:
    parent = parent_of(site({"A": at(1), "B": at(0), "C": at(0)}))

    assert parent.critical_failings == ()


RAISED = {"if": {"fact": "online", "equals": "high"}, "class": "critical"}
ONLINE = edition({"policy": [supporting("A", class_when=RAISED, themes=["online", "travel"])]})


@pytest.mark.parametrize(
    ("with_contact", "without", "class_", "failing"),
    [
        (at(3), at(3), "critical", ()),
        (at(0), at(3), "critical", ("S1",)),
        (at(3), at(0), "critical", ()),  # not critical there
        (Answer(), at(3), "critical", ()),
        (NOT_APPLICABLE, at(3), "supporting", ()),
        (NOT_APPLICABLE, NOT_APPLICABLE, "critical", ()),
    ],
)
def test_an_indicator_is_of_the_gravest_class_that_it_has_where_it_applies(
    with_contact: Answer, without: Answer, class_: str, failing: tuple[str, ...]
) -> None:
    parent = parent_of(
        site({"A": with_contact}, framework=ONLINE, profile={"online": "high"}),
        site({"A": without}, framework=ONLINE, profile={"online": "none"}),
        framework=ONLINE,
    )

    judged = parent.result.indicators["A"]
    assert (judged.class_, judged.weight) == (class_, {"critical": 3, "supporting": 1}[class_])
    assert parent.across["A"].failing == failing


@pytest.mark.parametrize(
    ("profiles", "exposed_by"),
    [
        ([{"online": "high"}, {"online": "none"}], ("online",)),
        ([{"online": "none"}, {"online": "high"}], ("online",)),
        ([{"online": "some"}, {"travel": "high"}], ("travel",)),
        ([{"online": "some"}, {}], ()),
    ],
)
def test_a_theme_is_as_exposed_as_at_the_site_where_it_is_most(
    profiles: list[dict[str, Any]], exposed_by: tuple[str, ...]
) -> None:
    parent = parent_of(
        *(site({"A": at(1)}, framework=ONLINE, profile=profile) for profile in profiles), framework=ONLINE
    )

    (gap,) = parent.result.gaps
    assert gap.exposed_by == exposed_by


def test_a_dont_know_at_any_site_makes_a_critical_gap_urgent() -> None:
    urgent = parent_of(site({"A": at(1)}), site({"A": UNKNOWN}))
    high = parent_of(site({"A": at(1)}), site({"A": at(0)}))

    assert [gap.tier for gap in urgent.result.gaps] == ["urgent"]
    assert [gap.tier for gap in high.result.gaps] == ["high"]


def test_targets_are_the_parents_own() -> None:
    parent = parent_of(site({"B": at(3)}), site({"B": at(2)}), targets={"B": 3})

    (gap,) = parent.result.gaps
    assert gap.code == "B"
    assert gap.size == pytest.approx(1 / 6)


@pytest.mark.parametrize(
    ("answers", "strength", "evidenced"),
    [
        ([at(3, 3), at(3, 0)], 0, 2 / 3),
        ([at(3, 2), at(1, 4)], 2, 1 / 2),
        ([at(3, 4), Answer(evidence=0)], 4, 1),
        ([at(3, 4), UNKNOWN], 0, 1 / 2),
    ],
)
def test_a_parent_has_the_weakest_evidence_and_the_mean_of_what_is_evidenced(
    answers: list[Answer], strength: int, evidenced: float
) -> None:
    judged = parent_of(*(site({"B": answer}) for answer in answers)).result.indicators["B"]

    assert judged.strength == strength
    assert judged.evidenced == pytest.approx(evidenced)


def test_what_is_evidenced_counts_by_the_sites_weights() -> None:
    parent = parent_of(site({"B": at(3, 4)}, 3), site({"B": at(3, 0)}, 1))

    assert parent.result.overall.evidenced == pytest.approx(100 * (3 + 1 / 3) / 4)


def test_there_is_no_evidence_of_a_parent_where_one_site_was_not_asked_for_it() -> None:
    answers = dict.fromkeys("ABC", at(3, 3))
    parent = parent_of(site(answers), site(answers, asks_evidence=False))

    assert parent.result.overall.evidenced is None
    assert parent.result.indicators["A"].strength is None
    assert rating_of(parent) == "good"


def test_a_site_that_has_not_been_asked_for_evidence_nor_answered_denies_the_rating_only() -> None:
    answers = dict.fromkeys("ABC", at(3, 3))
    parent = parent_of(site(answers), site({}, asks_evidence=False))

    assert parent.result.overall.evidenced == 100
    assert rating_of(parent) == "good"


@pytest.mark.parametrize(
    ("ceilings", "rating"),
    [
        ([None, None], "best"),
        (["good", None], "good"),
        (["good", "fair"], "fair"),
        (["fair", "good"], "fair"),
        (["best", None], "best"),
    ],
)
def test_no_rating_is_better_than_every_sites_questionnaire_could_show(
    ceilings: list[str | None], rating: str
) -> None:
    answers = dict.fromkeys("ABC", at(3, 3))

    assert rating_of(parent_of(*(site(answers, rating_ceiling=one) for one in ceilings))) == rating


def test_a_parent_of_sites_that_have_said_nothing_has_no_score_and_no_rating() -> None:
    parent = parent_of(site({}), site({}))

    assert (parent.result.overall.score, rating_of(parent)) == (None, None)


@pytest.mark.parametrize("weight", [0, -1, float("nan"), float("inf"), True])
def test_a_weight_that_is_no_number_above_0_is_refused(weight: float) -> None:
    with pytest.raises(BadAnswer, match="^S2: expected a weight above 0$"):
        parent_of(site({}), site({}, weight))


def test_a_target_that_does_not_fit_is_refused() -> None:
    with pytest.raises(BadAnswer, match="Z: expected an indicator of this edition"):
        parent_of(site({}), targets={"Z": 2})


def test_a_parent_without_a_site_is_refused() -> None:
    with pytest.raises(ValueError, match="^expected at least one site$"):
        parent_of()


def test_a_site_assessed_with_another_edition_is_refused() -> None:
    with pytest.raises(ValueError, match="sample-full does not ask sample 2.0"):
        parent_of(site({}), framework=edition({"policy": [critical("A")]}, edition="2.0"))
