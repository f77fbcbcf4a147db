"""The product's own words for what scoring and plans name by a code or a figure, in the reader's language."""

from babel import Locale, UnknownLocaleError

from app.language import current
from app.language import gettext as _
from app.pack_words import filled
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


def tiers() -> dict[str, str]:
    """How soon a gap wants to be closed."""
    return {"urgent": _("Urgent"), "high": _("High"), "medium": _("Medium"), "low": _("Low")}


def classes() -> dict[str, str]:
    """How much an indicator matters."""
    return {"critical": _("Critical"), "major": _("Major"), "supporting": _("Supporting")}


def statuses() -> dict[str, str]:
    """Where an action stands."""
    return {"to_do": _("To do"), "doing": _("Doing"), "done": _("Done"), "dropped": _("Dropped")}


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


def _percent(figure: float | None) -> str:
    return "–" if figure is None else str(whole_percent(figure))
