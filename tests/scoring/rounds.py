"""Small editions with links, and rounds that are made with them."""

from collections.abc import Mapping, Sequence
from typing import Any

from scoring.answers import Answer
from scoring.compare import Round
from standards.models import Framework
from tests.scoring.cast import asking_levels, assess_on_today, at, critical, edition, major, supporting

TWO_STANDARDS = {"policy": [critical("A"), major("B")], "people": [critical("C"), supporting("D")]}

ALL_STARTED = dict.fromkeys("ABCD", at(1))
ALL_IN_PLACE = dict.fromkeys("ABCD", at(2))


def with_links(links: Sequence[tuple[str, str]], relation: str = "revised", **more: Any) -> Framework:
    """An edition whose links from edition 0.9 are written as two lists of codes."""
    described = [{"from": from_.split(), "to": to.split(), "relation": relation} for from_, to in links]
    return edition(TWO_STANDARDS, earlier=[{"edition": "0.9", "links": described}], **more)


def before_it(standards: Mapping[str, list[dict[str, Any]]], **more: Any) -> Framework:
    """The edition 0.9 that those links come from."""
    return edition(standards, edition="0.9", **more)


def a_round(framework: Framework, answers: Mapping[str, Answer], **more: Any) -> Round:
    """A round in which each indicator is asked by level."""
    return Round(framework, assess_on_today(framework, asking_levels(framework, **more), answers))
