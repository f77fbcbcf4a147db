"""When online contact or a duty to report raises an indicator's class."""

import pytest

from standards.classes import class_of
from standards.loader import read_framework
from standards.models import FactCondition, Framework, IndicatorClass, Intensity
from tests.standards.samples import EDITION, NAME


@pytest.fixture(scope="module")
def edition() -> Framework:
    return read_framework(EDITION, NAME)


@pytest.mark.parametrize(
    ("online", "class_"),
    [("none", "major"), ("some", "critical"), ("high", "critical")],
)
def test_safety_online_is_critical_as_soon_as_there_is_contact_online(
    edition: Framework, online: Intensity, class_: IndicatorClass
) -> None:
    assert class_of(edition.indicators["R3.5"], {"online": online}) == class_


def test_who_leaves_the_profile_out_does_not_lower_the_bar(edition: Framework) -> None:
    assert class_of(edition.indicators["R3.5"], {}) == "critical"
    assert class_of(edition.indicators["R3.5"], {"partners": "none"}) == "critical"


def test_an_indicator_that_nothing_raises_keeps_its_class(edition: Framework) -> None:
    assert class_of(edition.indicators["P1.1"], {"online": "high"}) == "critical"


@pytest.mark.parametrize(
    ("comparison", "none", "some", "high"),
    [
        ({"at_least": "none"}, True, True, True),
        ({"at_least": "some"}, False, True, True),
        ({"at_least": "high"}, False, False, True),
        ({"at_most": "none"}, True, False, False),
        ({"at_most": "some"}, True, True, False),
        ({"at_most": "high"}, True, True, True),
        ({"equals": "none"}, True, False, False),
        ({"equals": "some"}, False, True, False),
        ({"equals": "high"}, False, False, True),
    ],
    ids=str,
)
def test_a_fact_is_compared_by_its_rank_and_is_undecided_while_nobody_gave_it(
    comparison: dict[str, str], none: bool, some: bool, high: bool
) -> None:
    condition = FactCondition.model_validate({"fact": "online", **comparison})
    facts: list[Intensity] = ["none", "some", "high"]
    assert [condition.holds({"online": fact}) for fact in facts] == [none, some, high]
    assert condition.holds({"partners": "high"}) is None
