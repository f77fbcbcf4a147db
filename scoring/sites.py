"""An organisation of several sites, each assessed by itself. See docs/scoring.md, 11."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from types import MappingProxyType

from questionnaires.conditions import Profile
from questionnaires.models import Questionnaire
from scoring.assessment import NO_TARGETS, Result, check_edition, conclude
from scoring.attainment import Judged, QuestionTerm, TermStatus, judge_by
from scoring.gaps import check_targets
from scoring.refusals import BadAnswer
from scoring.rounding import reaches
from standards.models import CLASSES, INTENSITIES, Framework, IndicatorClass, Intensity


@dataclass(frozen=True, slots=True)
class Site:
    """One site's result, with the questionnaire and the profile that it came from, and its weight."""

    questionnaire: Questionnaire
    result: Result
    profile: Profile
    weight: float = 1


@dataclass(frozen=True, slots=True)
class AcrossSites:
    """One indicator of a parent as it is at each site.

    `lowest` is what is attained at the worst site, 0 to 1, and None while no site has answered; `worst` is
    that site, or more than one where they are equally far. `failing` are the sites where the indicator is
    critical and at 0, `still_to_answer` those that have not answered yet.
    """

    sites: Mapping[str, Judged]
    lowest: float | None
    worst: tuple[str, ...]
    failing: tuple[str, ...]
    still_to_answer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParentResult:
    """What the results of several sites mean together: a result as any other, and each indicator by site.

    In `result` a term of an indicator is a site. `across` has the indicators by code, in the edition's order.
    """

    result: Result
    across: Mapping[str, AcrossSites]

    @property
    def critical_failings(self) -> tuple[str, ...]:
        """The indicators that are critical and at 0 in at least one site."""
        return tuple(code for code, one in self.across.items() if one.failing)


def assess_parent(
    framework: Framework,
    sites: Mapping[str, Site],
    *,
    on: date,
    targets: Mapping[str, int] = NO_TARGETS,
) -> ParentResult:
    """Works out a parent's result from the results of its sites: the mean of those that answered.

    An indicator is of the gravest class that it has at any site where it applies. Where it fails critically
    at one, ratings see it at level 0. A theme is as exposed as at the site where it is most. No rating is
    better than what every site's questionnaire could show. `on` is the parent's reference date.

    Raises: BadAnswer where a site's weight is no number above 0, or a target does not fit. ValueError where
    there is no site, or a site's questionnaire asks another edition.
    """
    _check(framework, sites)
    check_targets(framework, targets)
    across = {code: _across(code, sites) for code in framework.indicators}
    judged = {code: _judged(framework, code, sites) for code in framework.indicators}
    failed = {code: judged[code]._replace(level=0) for code, one in across.items() if one.failing}
    return ParentResult(
        result=conclude(
            framework,
            judged,
            on=on,
            asks_evidence=all(site.questionnaire.asks_evidence for site in sites.values()),
            ceiling=_lowest_ceiling(framework, sites.values()),
            profile=_most_exposed(site.profile for site in sites.values()),
            targets=targets,
            rated=judged | failed,
        ),
        across=MappingProxyType(across),
    )


def _check(framework: Framework, sites: Mapping[str, Site]) -> None:
    if not sites:
        raise ValueError("expected at least one site")
    for name, site in sites.items():
        check_edition(framework, site.questionnaire)
        if isinstance(site.weight, bool) or not isfinite(site.weight) or site.weight <= 0:
            raise BadAnswer(name, "expected a weight above 0")


def _across(code: str, sites: Mapping[str, Site]) -> AcrossSites:
    at = {name: site.result.indicators[code] for name, site in sites.items()}
    attained = {name: one.attainment for name, one in at.items() if one.attainment is not None}
    lowest = min(attained.values(), default=None)
    return AcrossSites(
        sites=MappingProxyType(at),
        lowest=lowest,
        worst=tuple(name for name, one in attained.items() if lowest is not None and reaches(lowest, one)),
        failing=tuple(
            name for name, one in attained.items() if at[name].class_ == "critical" and reaches(0, one)
        ),
        still_to_answer=tuple(name for name, one in at.items() if one.status == "unanswered"),
    )


def _judged(framework: Framework, code: str, sites: Mapping[str, Site]) -> Judged:
    """The parent's indicator: the mean of its sites, with no more evidence than each of them has."""
    at = [(name, site.result.indicators[code], site.weight) for name, site in sites.items()]
    class_ = _gravest([one for _name, one, _weight in at])
    terms = tuple(term for name, one, weight in at for term in _terms(name, one, weight))
    judged = judge_by(code, class_, framework.weights.of(class_), terms, "mean")
    answered = [(one, weight) for _name, one, weight in at if one.attainment is not None]
    if any(one.evidenced is None for one, _weight in answered):
        return judged._replace(strength=None, evidenced=None)
    return judged._replace(evidenced=_mean((one.evidenced or 0.0, weight) for one, weight in answered))


def _terms(name: str, one: Judged, weight: float) -> Iterator[QuestionTerm]:
    """What a site adds to an indicator: nothing where it was not asked there."""
    if one.status == "not_asked":
        return
    status: TermStatus = "unknown" if one.unknown else one.status
    yield QuestionTerm(name, weight, status, None, one.attainment, one.strength)


def _gravest(judged: Sequence[Judged]) -> IndicatorClass:
    applicable = [one for one in judged if one.applies]
    return min((one.class_ for one in applicable or judged), key=CLASSES.index)


def _mean(weighted: Iterable[tuple[float, float]]) -> float | None:
    pairs = list(weighted)
    whole = sum(weight for _figure, weight in pairs)
    return sum(figure * weight for figure, weight in pairs) / whole if whole else None


def _lowest_ceiling(framework: Framework, sites: Iterable[Site]) -> str | None:
    ceilings = {site.questionnaire.rating_ceiling for site in sites}
    return next((rating.id for rating in reversed(framework.ratings) if rating.id in ceilings), None)


def _most_exposed(profiles: Iterable[Profile]) -> Profile:
    exposed: dict[str, Intensity] = {}
    for profile in profiles:
        for fact, intensity in profile.items():
            exposed[fact] = max(exposed.get(fact, intensity), intensity, key=INTENSITIES.index)
    return exposed
