"""The product's own words for what scoring and plans name by a code or a figure, in the reader's language."""

from datetime import date
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from app.care.finding import Kind
from app.language import current, long_date, ngettext, number
from app.language import gettext as _
from app.pack_words import filled
from questionnaires.models import ChecklistQuestion, PercentageQuestion, Question, RecencyQuestion
from scoring.attainment import QuestionTerm
from scoring.credits import months_between
from scoring.ratings import Standing
from scoring.rounding import beside_threshold, whole_percent
from scoring.scores import Figures
from standards.models import Framework, Rating


def evidence() -> dict[int, str]:
    """How sure others can be, by evidence strength."""
    return {
        0: _("Nothing to show yet"),
        1: _("People say so"),
        2: _("A document shows it"),
        3: _("Records show it in use"),
        4: _("Independent people confirm it"),
    }


def strengths() -> list[tuple[str, str]]:
    """How sure others can be, as the choices of a list."""
    return [(str(strength), words) for strength, words in evidence().items()]


def tiers() -> dict[str, str]:
    """How soon a gap wants to be closed."""
    return {"urgent": _("Urgent"), "high": _("High"), "medium": _("Medium"), "low": _("Low")}


def classes() -> dict[str, str]:
    """How much an indicator matters."""
    return {"critical": _("Critical"), "major": _("Major"), "supporting": _("Supporting")}


def scopes() -> dict[str, str]:
    """What somebody was let in to do."""
    return {"read": _("Look at the report"), "review": _("Review"), "fill": _("Fill in")}


class CareWords(NamedTuple):
    """What is said of a passage that looks like somebody's details, and how to say that it may stay."""

    looks_like: str
    keep: str


def care() -> dict[Kind, CareWords]:
    """The words for each kind of detail."""
    return {
        "name": CareWords(_("This looks like a child’s name:"), _("Keep, it is not a person")),
        "birth": CareWords(_("This looks like a date of birth:"), _("Keep, it is nobody’s date of birth")),
        "email": CareWords(_("This looks like an e-mail address:"), _("Keep, it is not a person’s")),
        "phone": CareWords(_("This looks like a telephone number:"), _("Keep, it is not a person’s")),
        "address": CareWords(_("This looks like somebody’s address:"), _("Keep, nobody lives there")),
        "case": CareWords(_("This looks like a case number:"), _("Keep, it is not a person’s case")),
    }


def statuses() -> dict[str, str]:
    """Where an action stands."""
    return {"to_do": _("To do"), "doing": _("Doing"), "done": _("Done"), "dropped": _("Dropped")}


def text_fields() -> dict[str, str]:
    """What the texts beside an answer are called, the answer in words among them."""
    return {
        "value": _("Your answer"),
        "reason": _("Why does it not apply?"),
        "evidence_kept": _("Where is it to be found?"),
        "note": _("Note"),
        "why": _("Why do you agree on this?"),
    }


def action_fields() -> dict[str, str]:
    """What the texts of an action are called."""
    return {
        "text": _("What is to be done"),
        "owner": _("Owner"),
        "note": _("Note"),
        "reason": _("If you drop it: why?"),
    }


def findings() -> dict[str, str]:
    """What an assessor finds about an indicator, the lightest first."""
    return {
        "observation": _("Observation"),
        "minor": _("Minor non-conformity"),
        "major": _("Major non-conformity"),
    }


def intensities() -> dict[str, str]:
    """How much of something there is, where a pack has no words of its own."""
    return {"none": _("None"), "some": _("Some"), "high": _("A lot")}


def score(figures: Figures) -> str:
    """A score as one reads it: "62 of 100", or "not answered"."""
    if figures.score is None:
        return _("not answered")
    return _("{score} of 100").format(score=whole_percent(figures.score))


def figures(shown: Figures) -> tuple[str, str, str, str]:
    """A row of a table: the score, its range, the score with evidence, and the share answered."""
    if shown.coverage is None or shown.low is None or shown.high is None:
        return ("–", "–", "–", _("does not apply"))
    return (
        _percent(shown.score),
        _("{low} to {high}").format(low=whole_percent(shown.low), high=whole_percent(shown.high)),
        _percent(shown.evidenced),
        f"{whole_percent(shown.coverage)} %",
    )


def conditions(rating: Rating, framework: Framework) -> list[str]:
    """Everything that a rating asks for, a sentence for each."""
    found = []
    if rating.min_score is not None:
        found.append(_("A score of at least {needed}.").format(needed=f"{rating.min_score:g}"))
    if rating.coverage is not None:
        found.append(_("At least {needed} percent answered.").format(needed=f"{rating.coverage:g}"))
    for class_, level in rating.classes.items():
        found.append(_at_level(class_, level, framework))
    for class_, strength in rating.evidence.items():
        found.append(_with_evidence(class_, strength))
    for standard in framework.standards:
        if standard.id in rating.standards:
            found.append(
                filled(
                    _("A score of at least {needed} in {standard}."),
                    needed=f"{rating.standards[standard.id]:g}",
                    standard=standard.title,
                )
            )
    return found


def roles() -> dict[str, str]:
    """What somebody is in an organisation."""
    return {
        "owner": _("Owner"),
        "contributor": _("Contributor"),
        "reader": _("Reader"),
        "sheet": _("Can do what an owner can"),
    }


def language_name(code: str) -> str:
    """What a language is called, in the reader's language; its code where nobody knows it."""
    try:
        return Locale.parse(code, sep="-").get_display_name(current().replace("-", "_")) or code
    except (UnknownLocaleError, ValueError):
        return code


def waiting(standing: Standing, framework: Framework) -> str:
    """What a rating is still waiting for, beside what is."""
    needed = f"{standing.needed:g}"
    actual = "–" if standing.actual is None else f"{beside_threshold(standing.actual):f}"
    match standing.kind:
        case "score":
            return _("A score of at least {needed}; yours is {actual}.").format(needed=needed, actual=actual)
        case "coverage":
            return _("At least {needed} percent answered; you are at {actual}.").format(
                needed=needed, actual=actual
            )
        case "standard":
            title = next(one.title for one in framework.standards if one.id == standing.subject)
            return filled(
                _("A score of at least {needed} in {standard}; yours is {actual}."),
                needed=needed,
                standard=title,
                actual=actual,
            )
        case "class":
            return _at_level(str(standing.subject), int(standing.needed), framework)
        case "evidence":
            return _with_evidence(str(standing.subject), int(standing.needed))


def _at_level(class_: str, level: int, framework: Framework) -> str:
    return filled(
        _("Every {class_} point at “{level}” at least."),
        class_=classes()[class_].lower(),
        level=framework.levels[level],
    )


def _with_evidence(class_: str, strength: int) -> str:
    return _("For every {class_} point, evidence of at least this kind: {strength}.").format(
        class_=classes()[class_].lower(), strength=evidence()[strength].lower()
    )


def apart() -> dict[str, str]:
    """The answers that stand apart from a question's own, by the names of their fields."""
    return {
        "none": _("None of these"),
        "unknown": _("We don’t know"),
        "not_applicable": _("Does not apply to us"),
    }


def counts(question: Question) -> str:
    """What of an answer counts, for the kinds where that is not plain; otherwise empty."""
    match question:
        case PercentageQuestion():
            return _percentage_counts(question)
        case RecencyQuestion():
            return _(
                "Up to {fresh} ago counts in full, longer ago half, and {stale} or more not at all."
            ).format(fresh=_months(question.fresh_months), stale=_months(question.stale_months))
        case ChecklistQuestion() if any(box.required for box in question.boxes):
            return _essential(question)
        case _:
            return ""


def counted(question: Question, term: QuestionTerm, on: date) -> str:
    """What an answer's credit rests on, beside the answer itself; empty where its words say enough."""
    if isinstance(question, RecencyQuestion) and isinstance(term.value, date):
        age = _("{age} before {today}").format(
            age=_months(months_between(term.value, on)), today=long_date(on)
        )
        return f"{age}. {counts(question)}"
    if isinstance(question, ChecklistQuestion) and isinstance(term.value, tuple):
        return _ticked_weight(question, term.value)
    return counts(question)


def _percentage_counts(question: PercentageQuestion) -> str:
    points = question.points
    if points[0][1] == 0 and points[-1][1] == 1 and len(points) == 2:
        low, high = (number(percentage) for percentage, _credit in points)
        return _(
            "From {high} % on it counts in full, at {low} % or less not at all, between in proportion."
        ).format(high=high, low=low)
    listed = "; ".join(
        _("{percentage} % counts {credit}").format(percentage=number(percentage), credit=number(credit))
        for percentage, credit in points
    )
    return _("{points}; between in proportion.").format(points=listed)


def _essential(question: ChecklistQuestion) -> str:
    if question.cap_without_required == 0:
        return _("While an essential one is open, nothing counts.")
    return _("While an essential one is open, all of it together counts {most} % at most.").format(
        most=whole_percent(100 * question.cap_without_required)
    )


def _ticked_weight(question: ChecklistQuestion, ticked: tuple[str, ...]) -> str:
    together = sum(box.weight for box in question.boxes)
    of_ticked = sum(box.weight for box in question.boxes if box.id in ticked)
    weighed = _("ticked by weight: {ticked} of {together}").format(
        ticked=number(of_ticked), together=number(together)
    )
    if all(box.id in ticked for box in question.boxes if box.required):
        return weighed
    return f"{weighed}. {_essential(question)}"


def _months(count: int) -> str:
    return ngettext("{count} month", "{count} months", count).format(count=count)


def _percent(figure: float | None) -> str:
    return "–" if figure is None else str(whole_percent(figure))
