"""What judged indicators come to: figures and a rating, however they were judged."""

from collections.abc import Mapping
from typing import NamedTuple

from scoring.attainment import Judged
from scoring.ratings import Grounds, Verdict, rate
from scoring.scores import Figures, Part, figures, mean_of
from standards.models import CLASSES, Framework, Requirement, Standard


class Outcome(NamedTuple):
    """The figures of an edition's indicators, overall and by standard, and the rating that they reach."""

    overall: Figures
    standards: tuple[Part, ...]
    verdict: Verdict


def outcome(
    framework: Framework,
    judged: Mapping[str, Judged],
    *,
    asks_evidence: bool,
    ceiling: str | None,
    rated: Mapping[str, Judged] | None = None,
) -> Outcome:
    """The outcome of the indicators of an edition, each judged, by code.

    No rating better than the one named `ceiling` is given. `rated` are the indicators as the conditions of
    ratings see them, where that is not as they are judged.
    """
    standards = tuple(_standard(standard, judged) for standard in framework.standards)
    overall = _overall(framework, standards, judged)
    grounds = _grounds(judged if rated is None else rated, overall, standards, asks_evidence)
    return Outcome(overall, standards, rate(framework, grounds, ceiling=ceiling))


def _standard(standard: Standard, judged: Mapping[str, Judged]) -> Part:
    requirements = tuple(_requirement(requirement, judged) for requirement in standard.requirements)
    indicators = tuple([one for requirement in requirements for one in requirement.indicators])
    return Part(standard.id, figures(indicators), indicators, requirements)


def _requirement(requirement: Requirement, judged: Mapping[str, Judged]) -> Part:
    indicators = tuple([judged[indicator.code] for indicator in requirement.indicators])
    return Part(requirement.id, figures(indicators), indicators)


def _overall(framework: Framework, standards: tuple[Part, ...], judged: Mapping[str, Judged]) -> Figures:
    if framework.overall == "equal_standards":
        return mean_of([standard.figures for standard in standards])
    return figures(judged.values())


def _grounds(
    judged: Mapping[str, Judged], overall: Figures, standards: tuple[Part, ...], asks_evidence: bool
) -> Grounds:
    applicable = [one for one in judged.values() if one.applies]
    of_class: dict[str, list[Judged]] = {class_: [] for class_ in CLASSES}
    for one in applicable:
        of_class[one.class_].append(one)
    return Grounds(
        judged=applicable,
        of_class=of_class,
        overall=overall,
        standards={standard.id: standard for standard in standards},
        asks_evidence=asks_evidence,
    )
