"""The front door: everything that an assessment's answers mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from questionnaires.conditions import Profile
from questionnaires.models import Questionnaire
from scoring.answers import Answer, check_answers
from scoring.attainment import Judged, judge
from scoring.gaps import Gap, check_targets, find_gaps
from scoring.profile import check_profile
from scoring.ratings import Grounds, Verdict, rate
from scoring.scores import Figures, Part, figures, mean_of
from standards.models import CLASSES, Framework, Requirement, Standard

NO_PROFILE: Profile = MappingProxyType({})
NO_TARGETS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Result:
    """What an assessment's answers mean on its reference date `on`.

    `indicators` are by code, in the edition's own order. `still_to_answer` and `claimed_not_evidenced` are
    codes; `without_score` are ids of standards.
    """

    on: date
    overall: Figures
    standards: tuple[Part, ...]
    indicators: Mapping[str, Judged]
    verdict: Verdict
    gaps: tuple[Gap, ...]
    still_to_answer: tuple[str, ...]
    claimed_not_evidenced: tuple[str, ...]
    without_score: tuple[str, ...]


def assess(
    framework: Framework,
    questionnaire: Questionnaire,
    answers: Mapping[str, Answer],
    *,
    on: date,
    profile: Profile = NO_PROFILE,
    targets: Mapping[str, int] = NO_TARGETS,
) -> Result:
    """Works out a result from the answers by question, the profile and the targets, and nothing else.

    `on` is the reference date. `targets` are levels by indicator, level 2 where none is named.

    Raises: BadAnswer where something given does not fit the questionnaire. ValueError where the
    questionnaire asks another edition.
    """
    if (questionnaire.framework.id, questionnaire.framework.edition) != (framework.id, framework.edition):
        raise ValueError(f"{questionnaire.id} does not ask {framework.id} {framework.edition}")
    check_profile(questionnaire, profile)
    check_targets(framework, targets)
    check_answers(questionnaire, answers, on=on)
    return conclude(
        framework,
        judge(framework, questionnaire, answers, profile=profile, on=on),
        on=on,
        asks_evidence=questionnaire.asks_evidence,
        ceiling=questionnaire.rating_ceiling,
        profile=profile,
        targets=targets,
    )


def conclude(
    framework: Framework,
    judged: Mapping[str, Judged],
    *,
    on: date,
    asks_evidence: bool,
    ceiling: str | None,
    profile: Profile,
    targets: Mapping[str, int],
    rated: Mapping[str, Judged] | None = None,
) -> Result:
    """What follows from the indicators of an edition once each is judged: figures, rating and gaps.

    No rating better than the one named `ceiling` is given. `rated` are the indicators as the conditions of
    ratings see them, where that is not as they are judged.
    """
    standards = tuple(_standard(standard, judged) for standard in framework.standards)
    overall = _overall(framework, standards, judged)
    grounds = _grounds(judged if rated is None else rated, overall, standards, asks_evidence)
    return Result(
        on=on,
        overall=overall,
        standards=standards,
        indicators=MappingProxyType(judged),
        verdict=rate(framework, grounds, ceiling=ceiling),
        gaps=find_gaps(framework, judged.values(), profile=profile, targets=targets),
        still_to_answer=tuple(one.code for one in judged.values() if one.status == "unanswered"),
        claimed_not_evidenced=tuple(one.code for one in judged.values() if one.claimed_not_evidenced),
        without_score=tuple(standard.id for standard in standards if standard.figures.score is None),
    )


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
