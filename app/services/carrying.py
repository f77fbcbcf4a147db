"""What an earlier assessment said, shown in a later one: it counts only once somebody has confirmed it.

A quick check goes on as the full self-assessment, and a round is followed by the next one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from app.database import Session
from app.services import answers, assessments, profiles, results
from app.services.correspondence import Source, sources
from app.services.faults import NotFound, Refused
from app.services.fields import NOT_APPLICABLE, UNKNOWN
from app.services.in_words import prompt_of, value_in_words
from app.services.opened import OpenAssessment
from app.services.packs import Library
from app.services.results import Sheet
from app.services.said import Entry, Said, entry_of, parts_of
from app.vault.holders import KeyHolder
from questionnaires.models import Question, TextQuestion

NAME = "carried"


@dataclass(frozen=True)
class Carried:
    """What was said earlier to one question.

    `choice` is "-unknown" or "-not-applicable" as in a form, and empty where `said` is a pack's own word.
    `note` has the reason in it, if there was one.
    """

    prompt: str
    choice: str = field(repr=False)
    said: str = field(repr=False)
    note: str = field(default="", repr=False)
    evidence: int | None = field(default=None, repr=False)
    evidence_kept: str = field(default="", repr=False)


@dataclass(frozen=True)
class CarriedAnswers:
    """What an earlier assessment said, by the questions of this one; where it came from, and of which day.

    `still` has what can be confirmed as it is. `by_round`: it was an earlier round, and no quick check.
    """

    title: str = ""
    day: date | None = None
    by_round: bool = False
    by_question: Mapping[str, tuple[Carried, ...]] = field(default_factory=dict, repr=False)
    still: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def waiting(self, questions: Iterable[str], answered: Iterable[str]) -> list[str]:
        """Those of some questions that are not answered yet, and whose earlier answer can be confirmed."""
        done = set(answered)
        return [question for question in questions if question in self.still and question not in done]


NOTHING_CARRIED = CarriedAnswers()


def load(assessment: OpenAssessment) -> CarriedAnswers:
    """What this assessment carries from an earlier one; empty when it was begun afresh."""
    data = assessment.rows.read("notes", NAME).data
    if data is None:
        return NOTHING_CARRIED
    return CarriedAnswers(
        data["title"],
        date.fromisoformat(data["day"]),
        data["by_round"],
        {id_: tuple(Carried(**one) for one in said) for id_, said in data["by_question"].items()},
        data["still"],
    )


def confirm(assessment: OpenAssessment, questions: Iterable[str], today: date) -> None:
    """Say again what was said earlier to some questions, where nothing is said yet."""
    carried, standing = load(assessment), answers.load(assessment, list(questions))
    unanswered = [id_ for id_, entry in standing.items() if not entry.said.answered]
    for id_ in carried.waiting(unanswered, ()):
        question, now = assessment.questionnaire.questions[id_], standing[id_]
        answers.take_in(assessment, question, still_of(carried, question), today, now.revision)


def still_of(carried: CarriedAnswers, question: Question) -> Said:
    """What would be said to a question if it were confirmed."""
    return entry_of(question, carried.still[question.id], 1, carried.day).said


def go_on(
    session: Session,
    library: Library,
    holder: KeyHolder,
    quick: OpenAssessment,
    sheet: Sheet,
    today: date,
    form: str,
) -> OpenAssessment:
    """Begin the assessment that a quick check continues as; its answers wait there to be looked at.

    Raises:
        NotFound: when this questionnaire does not continue as another.
    """
    if quick.questionnaire.continues_as is None:
        raise NotFound
    pinned = library.offer(quick.questionnaire.continues_as)
    full = assessments.begin(session, library, holder, pinned, today, form)
    if full.rows.read("notes", NAME).data is not None:
        return full
    assessments.rename(full, quick.title)
    carry(quick, sheet, full, today, frozenset())
    return full


def carry(
    earlier: OpenAssessment,
    sheet: Sheet,
    later: OpenAssessment,
    today: date,
    meant: frozenset[str],
    *,
    by_round: bool = False,
) -> None:
    """Take the profile over where there is none yet, and let what was said earlier wait to be confirmed.

    `meant` are the questions whose earlier answer somebody says to mean the same, though their words differ.
    """
    if not profiles.load(later).revision:
        known = {fact.fact for fact in later.questionnaire.profile}
        facts = {fact: said for fact, said in sheet.profile.facts.items() if fact in known}
        profiles.save(later, facts, made_on=0)
    said = _said(earlier, sheet)
    shown, still = {}, {}
    for id_, source in sources(earlier.pinned, later.pinned).items():
        known_of = [(one, said[one.id]) for one in source.questions if one.id in said]
        if not known_of:
            continue
        shown[id_] = [asdict(_carried(earlier, question, entry)) for question, entry in known_of]
        question = later.questionnaire.questions[id_]
        if (source.relation == "same" or id_ in meant) and _fits(later, question, source, known_of, today):
            still[id_] = parts_of(question, known_of[0][1].said)
    data = {
        "title": earlier.questionnaire.title,
        "day": (earlier.closed_on or earlier.changed_on).isoformat(),
        "by_round": by_round,
        "by_question": shown,
        "still": still,
    }
    later.rows.write_newest("notes", NAME, data)


def _said(earlier: OpenAssessment, sheet: Sheet) -> dict[str, Entry]:
    """What counts of an assessment, with the words beside it."""
    said = results.entries(earlier)
    entries = {id_: said[id_] for id_ in sheet.visible if id_ in sheet.answers}
    return {
        id_: entry
        if isinstance(sheet.visible[id_], TextQuestion)
        else replace(entry, said=replace(entry.said, answer=sheet.answers[id_]))
        for id_, entry in entries.items()
    }


def _fits(
    later: OpenAssessment,
    question: Question,
    source: Source,
    known: list[tuple[Question, Entry]],
    today: date,
) -> bool:
    """Whether there is one earlier answer, and it is an answer to this question too."""
    if len(source.questions) != 1 or source.questions[0].kind != question.kind:
        return False
    try:
        answers.check(later, question, known[0][1].said, today)
    except Refused:
        return False
    return True


def _carried(earlier: OpenAssessment, question: Question, entry: Entry) -> Carried:
    said, prompt = entry.said, prompt_of(earlier, question)
    note = "\n\n".join(text for text in (said.reason, said.note) if text)
    beside = (note, said.answer.evidence, said.evidence_kept)
    if said.answer.unknown:
        return Carried(prompt, UNKNOWN, "", *beside)
    if said.answer.not_applicable:
        return Carried(prompt, NOT_APPLICABLE, "", *beside)
    value = said.answer.value
    return Carried(prompt, "", "" if value is None else value_in_words(earlier, question, value), *beside)
