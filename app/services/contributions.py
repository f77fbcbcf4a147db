"""Who answered how much of which section, and when last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.services import answers, people
from app.services.opened import OpenAssessment
from app.services.people import Somebody
from app.services.results import Sheet
from app.vault.rows import Revision


@dataclass(frozen=True)
class Contribution:
    """How many questions of a section stand as somebody answered them, and the day of the last of these."""

    by: Somebody
    answered: int
    last: date


def by_section(assessment: OpenAssessment, sheet: Sheet) -> dict[str, list[Contribution]]:
    """Who answered what of each section that is asked, whoever answered most first."""
    found = assessment.rows.read_many(answers.places(sheet.visible, ["answers"]))
    written = {question: found[place] for question, place in zip(sheet.visible, found, strict=True)}
    who = people.known(assessment, (one.author for one in written.values()))
    return {
        section.id: _contributions(
            (written[question.id] for question in sheet.questions(section) if question.id in sheet.answers),
            who,
        )
        for section in assessment.questionnaire.sections
    }


def _contributions(written: Iterable[Revision], who: dict[str, Somebody]) -> list[Contribution]:
    days: dict[str, list[date]] = {}
    for one in written:
        if one.author is not None and one.day is not None:
            days.setdefault(one.author, []).append(one.day)
    found = [Contribution(who[author], len(its), max(its)) for author, its in days.items()]
    return sorted(found, key=lambda one: (-one.answered, one.by.words))
