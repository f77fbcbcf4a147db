"""What others have saved on a page since somebody opened it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.services import answers, people
from app.services.in_words import said_in_words
from app.services.opened import OpenAssessment
from app.services.people import Somebody
from app.services.said import opened
from questionnaires.models import TextQuestion


@dataclass(frozen=True)
class Change:
    """A question that somebody changed meanwhile. `said` is its answer as one reads it.

    It is empty where the answer is one in words: these are sealed apart, and are read on the page itself.
    """

    question: str
    by: Somebody
    said: str = field(repr=False)


def changes(assessment: OpenAssessment, seen: Mapping[str, int], form: str) -> list[Change]:
    """What stands otherwise than a page shows it, which has seen each question at some revision.

    What came last in the page's own form is no change to it: `form` is that form's key.
    """
    places = dict(zip(answers.places(seen, ["answers"]), seen, strict=True))
    stands = assessment.rows.revisions(places)
    found = assessment.rows.read_many(place for place in places if stands[place] > seen[places[place]])
    newer = {places[place]: one for place, one in found.items() if not (form and one.form == form)}
    who = people.known(assessment, (one.author for one in newer.values()))
    return [
        Change(question, who[one.author], _in_words(assessment, question, one.data))
        for question, one in newer.items()
        if one.author is not None
    ]


def _in_words(assessment: OpenAssessment, question: str, data: Mapping[str, object]) -> str:
    asked = assessment.questionnaire.questions[question]
    answer = opened(asked, data)
    if isinstance(asked, TextQuestion) and answer.value is not None:
        return ""
    return said_in_words(assessment, asked, answer)
