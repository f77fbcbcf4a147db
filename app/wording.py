"""The product's own words for what scoring and plans name by a code or a figure, in the reader's language."""

from app.language import gettext as _
from scoring.ratings import Standing
from scoring.rounding import beside_threshold, whole_percent
from scoring.scores import Figures
from standards.models import Framework


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
            return _("A score of at least {needed} in {standard}; yours is {actual}.").format(
                needed=needed, standard=title, actual=actual
            )
        case "class":
            level = framework.levels[int(standing.needed)]
            return _("Every {class_} point at “{level}” at least.").format(
                class_=classes()[str(standing.subject)].lower(), level=level
            )
        case "evidence":
            return _("For every {class_} point, evidence of at least this kind: {strength}.").format(
                class_=classes()[str(standing.subject)].lower(),
                strength=evidence()[int(standing.needed)].lower(),
            )


def _percent(figure: float | None) -> str:
    return "–" if figure is None else str(whole_percent(figure))
