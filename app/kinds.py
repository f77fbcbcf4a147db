"""What differs between the kinds of framework: what each is for, what it ends in, and the words for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.language import gettext as _
from app.services.offers import Purpose
from questionnaires.models import Questionnaire
from standards.models import Framework, Kind


@dataclass(frozen=True)
class Manner:
    """How an assessment of one kind speaks, and what it can do.

    `aims_higher` says that targets can be chosen; `drafts_plan` that a plan is drafted from the gaps, rather
    than made of a few actions that people choose; `looks_out` that a plan shows what score and rating it
    leads to; `scores` that there is a score at all.
    """

    report: str
    workings: str
    answer: str
    evidence: str
    plan_to_come: str
    ends_in: str
    aims_higher: bool = False
    drafts_plan: bool = True
    looks_out: bool = False
    scores: bool = False


def manner(framework: Framework) -> Manner:
    """How an assessment of this framework speaks."""
    return _WORDS[framework.kind]()


def ends_in(questionnaire: Questionnaire, framework: Framework) -> str:
    """What somebody has at the end of a questionnaire."""
    if questionnaire.rating_ceiling is not None:
        return _("You get a first answer, and what to do first.")
    return manner(framework).ends_in


def purposes() -> dict[Purpose, tuple[str, str]]:
    """What a group of questionnaires is for, in a few words and in a sentence."""
    return {
        "standards": (
            _("Check how you keep children safe"),
            _("What is in place, what is missing, and what to do first."),
        ),
        "culture": (
            _("Talk about your culture"),
            _("For leaders: what you really do, and what you will do next. Nobody passes or fails."),
        ),
        "document": (
            _("Review your policy"),
            _("Go through your policy point by point, and get a list of what to add."),
        ),
        "historic": (
            _("Older standards, to compare"),
            _("Each has been replaced. Choose one only to compare, or for papers that still name it."),
        ),
    }


def _standards() -> Manner:
    return Manner(
        report=_("Gap report"),
        workings=_("How this score was worked out"),
        answer=_("Where are you today?"),
        evidence=_("What would show it, and who to ask"),
        plan_to_come=_("There is no plan yet. It is drafted from what your answers show."),
        ends_in=_("You get a rating, your gaps with the most pressing first, and an action plan."),
        aims_higher=True,
        looks_out=True,
        scores=True,
    )


def _culture() -> Manner:
    return Manner(
        report=_("What to talk about"),
        workings=_("How this order was made"),
        answer=_("How true is this of you?"),
        evidence=_("What would show it, and who to ask"),
        plan_to_come=_("There is no plan yet. It is made of three actions that you choose together."),
        ends_in=_("You get what to talk about first, and three actions that you choose."),
        drafts_plan=False,
    )


def _document() -> Manner:
    return Manner(
        report=_("What to add to your policy"),
        workings=_("How this list was made"),
        answer=_("Is it in your policy?"),
        evidence=_("Where to look for it, and who to ask"),
        plan_to_come=_("There is no plan yet. It is drafted from what your policy does not say yet."),
        ends_in=_("You get a list of what to add to your policy, the most important first."),
    )


_WORDS: Mapping[Kind, Callable[[], Manner]] = {
    "standards": _standards,
    "culture": _culture,
    "document": _document,
}
