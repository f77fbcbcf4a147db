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
from scoring.outcome import outcome
from scoring.profile import check_profile
from scoring.ratings import Verdict
from scoring.scores import Figures, Part
from standards.models import Framework

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
    check_edition(framework, questionnaire)
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


def check_edition(framework: Framework, questionnaire: Questionnaire) -> None:
    """Makes sure that a questionnaire asks this edition.

    Raises: ValueError where it does not.
    """
    if (questionnaire.framework.id, questionnaire.framework.edition) != (framework.id, framework.edition):
        raise ValueError(f"{questionnaire.id} does not ask {framework.id} {framework.edition}")


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
    overall, standards, verdict = outcome(
        framework, judged, asks_evidence=asks_evidence, ceiling=ceiling, rated=rated
    )
    return Result(
        on=on,
        overall=overall,
        standards=standards,
        indicators=MappingProxyType(judged),
        verdict=verdict,
        gaps=find_gaps(framework, judged.values(), profile=profile, targets=targets),
        still_to_answer=tuple(one.code for one in judged.values() if one.status == "unanswered"),
        claimed_not_evidenced=tuple(one.code for one in judged.values() if one.claimed_not_evidenced),
        without_score=tuple(standard.id for standard in standards if standard.figures.score is None),
    )
