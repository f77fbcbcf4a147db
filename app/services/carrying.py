"""Going on from a quick check to the full self-assessment: what was said is shown there, to be confirmed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from sqlmodel import Session

from app.services import answers, assessments, profiles
from app.services.assessments import OpenAssessment
from app.services.faults import NotFound
from app.services.fields import NOT_APPLICABLE, UNKNOWN
from app.services.in_words import prompt_of, value_in_words
from app.services.packs import Library
from app.services.results import Sheet
from app.services.said import Entry
from app.vault.holders import KeyHolder
from questionnaires.models import Question

_NAME = "carried"


@dataclass(frozen=True)
class Carried:
    """What was said earlier to one question about an indicator.

    `choice` is "-unknown" or "-not-applicable" as in a form, and empty where `said` is a pack's own word.
    """

    prompt: str
    choice: str = field(repr=False)
    said: str = field(repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True)
class CarriedAnswers:
    """What an earlier assessment said, by indicator; where it came from, and when that was last changed."""

    title: str = ""
    day: date | None = None
    by_indicator: Mapping[str, tuple[Carried, ...]] = field(default_factory=dict, repr=False)

    def about(self, question: Question) -> list[Carried]:
        """What was said earlier about the indicators that a question informs."""
        return [
            said for informed in question.informs for said in self.by_indicator.get(informed.indicator, ())
        ]


NOTHING_CARRIED = CarriedAnswers()


def load(assessment: OpenAssessment) -> CarriedAnswers:
    """What this assessment carries from an earlier one; empty when it was begun afresh."""
    data = assessment.rows.read("notes", _NAME).data
    if data is None:
        return NOTHING_CARRIED
    return CarriedAnswers(
        data["title"],
        date.fromisoformat(data["day"]),
        {code: tuple(Carried(**one) for one in said) for code, said in data["by_indicator"].items()},
    )


def go_on(
    session: Session,
    library: Library,
    holder: KeyHolder,
    quick: OpenAssessment,
    sheet: Sheet,
    today: date,
    form: str,
) -> OpenAssessment:
    """Begin the assessment that a quick check continues as; its answers wait there to be confirmed.

    Raises:
        NotFound: when this questionnaire does not continue as another.
    """
    if quick.questionnaire.continues_as is None:
        raise NotFound
    pinned = library.offer(quick.questionnaire.continues_as)
    full = assessments.begin(session, library, holder, pinned, today, form)
    if full.rows.read("notes", _NAME).data is not None:
        return full
    assessments.rename(full, quick.title)
    known = {fact.fact for fact in full.questionnaire.profile}
    facts = {fact: said for fact, said in sheet.profile.facts.items() if fact in known}
    profiles.save(full, facts, made_on=0)
    full.rows.write_newest("notes", _NAME, _data(quick, sheet))
    return full


def _data(quick: OpenAssessment, sheet: Sheet) -> dict[str, object]:
    by_indicator: dict[str, list[dict[str, str]]] = {}
    entries = answers.load(quick, [id_ for id_ in sheet.visible if id_ in sheet.answers])
    for id_, entry in entries.items():
        question = sheet.visible[id_]
        for informed in question.informs:
            said = _carried(quick, question, entry)
            by_indicator.setdefault(informed.indicator, []).append(asdict(said))
    return {
        "title": quick.questionnaire.title,
        "day": quick.changed_on.isoformat(),
        "by_indicator": by_indicator,
    }


def _carried(quick: OpenAssessment, question: Question, entry: Entry) -> Carried:
    answer, prompt = entry.said.answer, prompt_of(quick, question)
    note = "\n\n".join(text for text in (entry.said.reason, entry.said.note) if text)
    if answer.unknown:
        return Carried(prompt, UNKNOWN, "", note)
    if answer.not_applicable:
        return Carried(prompt, NOT_APPLICABLE, "", note)
    said = "" if answer.value is None else value_in_words(quick, question, answer.value)
    return Carried(prompt, "", said, note)
