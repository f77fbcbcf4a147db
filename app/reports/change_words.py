"""What changed between two rounds, in the reader's words."""

from collections.abc import Mapping
from decimal import Decimal

from markupsafe import Markup, escape

from app import language
from app.language import gettext as _
from app.pack_words import words
from app.reports.policy_review import found_to_be, found_words
from app.services.opened import OpenAssessment
from scoring.attainment import Judged
from scoring.compare import WhyNot
from scoring.critical_change import Fate
from scoring.rounding import whole_percent
from scoring.standing import Became
from standards.models import Framework

PRAISED_FIRST: tuple[Fate, ...] = (
    "closed",
    "opened",
    "new_in_edition",
    "newly_critical",
    "still_open",
    "no_longer_critical",
    "not_answered",
    "not_answered_before",
    "retired",
)
"""The order in which critical gaps are told: what is in place before what is not, and that before doubts."""


def round_name(one: OpenAssessment) -> str:
    """A round as its line knows it: "Round 2, closed on 3 May 2027"."""
    number = one.line.number
    if one.closed_on is None:
        return _("Round {number}, still open").format(number=number)
    return _("Round {number}, closed on {day}").format(number=number, day=language.long_date(one.closed_on))


def full_name(one: OpenAssessment) -> str:
    """An assessment that stands outside the line: by its names, and when it was begun."""
    name = " – ".join(part for part in (one.title.organisation, one.title.title) if part)
    return _("{name}: {round}, begun on {day}").format(
        name=name or one.questionnaire.title,
        round=round_name(one),
        day=language.long_date(one.created_on),
    )


def of_100(score: float | None) -> str:
    """A score as one reads it."""
    return _("none yet") if score is None else _("{score} of 100").format(score=whole_percent(score))


def then_and_now(before: float | None, after: float | None) -> str:
    """A score beside what it was: "62 of 100, was 48"."""
    if before is None or after is None:
        return _("nothing to compare")
    return _("{now} of 100, was {then}").format(now=whole_percent(after), then=whole_percent(before))


def signed(points: Decimal) -> str:
    """A difference with its sign: +22.3, −13.0, 0.0."""
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return sign + language.one_decimal(abs(points))


def part(name: str) -> Markup:
    """A part of the change of the score, and what it is; the change itself goes without saying."""
    title, sentence = {
        "practice": (
            _("What you do: practice, like for like"),
            _("Only what was answered both times, by the same weights. This is what you have changed."),
        ),
        "left": (
            _("What is no longer compared"),
            _("What counted then and cannot be compared, or weighs differently now. It is not your doing."),
        ),
        "joined": (
            _("What is only counted now"),
            _("What was not answered then, or is new. It was no part of the earlier score."),
        ),
        "change": (_("The change in all"), ""),
    }[name]
    explained = Markup(' <span class="hint">{}</span>').format(sentence) if sentence else ""
    return Markup("{}{}").format(title, explained)


def became(framework: Framework) -> Mapping[Became, str]:
    """What became of an indicator."""
    culture = framework.kind == "culture"
    return {
        "improved": _("More true") if culture else _("Improved"),
        "declined": _("Less true") if culture else _("Declined"),
        "unchanged": _("Unchanged"),
        "not_comparable": _("Not comparable"),
        "new": _("New in this edition"),
        "not_asked": _("Not asked"),
    }


def fates(*, within_one: bool) -> Mapping[Fate, tuple[str, str]]:
    """What became of critical gaps, within one edition or across two: a heading, and a sentence."""
    return {
        "closed": (
            _("Closed"),
            _("These were critical gaps, and nothing of them is left. Keep them so."),
        ),
        "opened": (
            _("Opened"),
            _("These were in place before, and now are not. Look at them first.")
            if within_one
            else _("What stood for these was in place. Now not all is: this edition may ask for more."),
        ),
        "new_in_edition": (
            _("New in this edition"),
            _("This edition asks for these for the first time, and they are not in place yet."),
        ),
        "newly_critical": (
            _("Critical now"),
            _("These were below their target before, too. Now they count as critical."),
        ),
        "still_open": (_("Still open"), _("These were critical gaps before, and are so now.")),
        "no_longer_critical": (
            _("Less than critical now"),
            _("What is left of these does not count as critical any more, but is still below its target."),
        ),
        "not_answered": (
            _("Not answered now"),
            _("These were critical gaps. Not all is answered now, so nobody can say if they are closed."),
        ),
        "not_answered_before": (
            _("Not answered before"),
            _("These are critical gaps now. Not all of it was answered before, so they may be old."),
        ),
        "retired": (
            _("Not asked by this edition any more"),
            _("These were critical gaps in the earlier one."),
        ),
    }


def why_not(reason: WhyNot) -> str:
    """Why there are no parts."""
    return {
        "not_linked": _(
            "Nothing links these two editions, so no point of one stands for a point of the other."
        ),
        "nothing_answered": _("In one of the two rounds nothing is answered that counts."),
        "nothing_in_common": _("No point is answered in both rounds, so nothing can be put side by side."),
    }[reason]


def standing(framework: Framework, judged: Judged) -> Markup:
    """Where an indicator stood in a round: the word of its level, and its sentence."""
    if judged.level is None:
        return escape(_not_said(judged))
    if judged.unknown and judged.level == 0:
        return escape(_("We don’t know"))
    if framework.kind == "document":
        return escape(found_words()[found_to_be(judged)])
    sentence = framework.indicators[judged.code].levels[judged.level]
    return Markup("<strong>{}</strong>. {}").format(words(framework.levels[judged.level]), words(sentence))


def level_word(framework: Framework, judged: Judged) -> Markup:
    """The same in a word or two."""
    if judged.level is None or framework.kind == "document" or judged.unknown:
        return standing(framework, judged)
    return words(framework.levels[judged.level])


def _not_said(judged: Judged) -> str:
    return {
        "unanswered": _("Not answered"),
        "not_applicable": _("Does not apply"),
        "not_asked": _("Not asked"),
    }[judged.status]
