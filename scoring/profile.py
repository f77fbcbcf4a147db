"""What an organisation says of its contact with children: facts rated none, some or high."""

from questionnaires.conditions import Profile
from questionnaires.models import Questionnaire
from scoring.refusals import BadAnswer
from standards.models import INTENSITIES


def check_profile(questionnaire: Questionnaire, profile: Profile) -> None:
    """Makes sure that a profile rates facts of this questionnaire; a fact not yet rated is left out.

    Raises: BadAnswer for the first that does not fit.
    """
    known = {fact.fact for fact in questionnaire.profile}
    for fact, intensity in profile.items():
        if fact not in known:
            raise BadAnswer(fact, "expected a fact of this questionnaire's profile")
        if intensity not in INTENSITIES:
            raise BadAnswer(fact, "expected one of: {options}", options=", ".join(INTENSITIES))
