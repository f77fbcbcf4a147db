"""What must hold between the parts of a questionnaire, and between it and the edition it asks."""

from collections.abc import Iterator
from itertools import pairwise

from questionnaires.condition_checks import Known, condition_faults
from standards.checks import repeated, unknown
from standards.faults import Fault
from standards.models import Framework
from standards.parts import Part

NEVER_SCORED = ("text", "number")


def questionnaire_faults(top: Part, framework: Framework) -> Iterator[Fault]:
    """Every fault that a single part of the questionnaire cannot know of."""
    questions = [*top.each("sections", "questions")]
    yield from _reference_faults(top, framework)
    yield from _ceiling_faults(top, questions, framework)
    yield from repeated(fact.at("fact") for fact in top.at("profile"))
    yield from repeated(section.at("id") for section in top.at("sections"))
    yield from repeated(question.at("id") for question in questions)
    for scale in top.at("scales"):
        yield from repeated(option.at("id") for option in scale)
    for question in questions:
        yield from _informs_faults(question, framework)
        yield from _kind_faults(question, top)
    yield from _condition_faults(top, questions)


def _reference_faults(top: Part, framework: Framework) -> Iterator[Fault]:
    for key, expected in (("id", framework.id), ("edition", framework.edition)):
        part = top.at("framework", key)
        if part.text not in {None, expected}:
            yield part.fault(f"this asks another framework or edition; expected {expected}")


def _ceiling_faults(top: Part, questions: list[Part], framework: Framework) -> Iterator[Fault]:
    ceiling = top.at("rating_ceiling")
    yield from unknown([ceiling], [rating.id for rating in framework.ratings], "a rating of this edition")
    asked = {code.text for question in questions for code in _informed(question)}
    if framework.ratings and not ceiling.present and len(asked) < len(framework.indicators):
        whole = f"only {len(asked)} of {len(framework.indicators)} indicators are asked"
        yield ceiling.fault(f"{whole}; name the best rating that this part can show")


def _informed(question: Part) -> list[Part]:
    """The codes of the indicators that a question informs."""
    return [entry if entry.text else entry.at("indicator") for entry in question.at("informs")]


def _informs_faults(question: Part, framework: Framework) -> Iterator[Fault]:
    kind, informs, codes = question.at("kind").text, question.at("informs"), _informed(question)
    yield from unknown(codes, framework.indicators, f"an indicator of {framework.id} {framework.edition}")
    yield from repeated(codes, "keep one")
    if kind == "level" and not framework.levels:
        yield question.at("kind").fault(f"{framework.id} {framework.edition} has no levels; expected choice")
    elif kind == "level" and len(codes) != 1:
        yield informs.fault(f"a level question informs exactly one indicator; there are {len(codes)}")
    elif kind in NEVER_SCORED and codes:
        yield informs.fault(f"a {kind} question is never scored, so it informs nothing; take this key out")
    elif kind not in NEVER_SCORED and not codes:
        yield informs.fault("this question leads nowhere; name the indicators that it informs")
    allowed = question.at("not_applicable")
    for code in codes:
        indicator = framework.indicators.get(code.text or "")
        if allowed.value is True and indicator and indicator.not_applicable is None:
            yield allowed.fault(
                f"{indicator.code} always applies, so this question does too; take this key out"
            )


def _kind_faults(question: Part, top: Part) -> Iterator[Fault]:
    kind = question.at("kind").text
    if kind not in {None, "level"} and not question.at("prompt").present:
        yield question.at("prompt").fault(f"a {kind} question needs a prompt; add it")
    yield from unknown([question.at("scale")], top.at("scales").parts, "a scale of this questionnaire")
    yield from repeated(box.at("id") for box in question.at("boxes"))
    for before, after in pairwise(question.at("points")):
        low, high = before.at(0).number, after.at(0).number
        if low is not None and high is not None and low >= high:
            yield after.fault(f"the percentages have to increase; expected more than {low:g}")
    fresh, stale = question.at("fresh_months").number, question.at("stale_months").number
    if fresh is not None and stale is not None and fresh >= stale:
        yield question.at("stale_months").fault(f"expected more than fresh_months, so more than {fresh:g}")


def _condition_faults(top: Part, questions: list[Part]) -> Iterator[Fault]:
    facts = [fact.at("fact").value for fact in top.at("profile")]
    named = {question.at("id").text: question for question in questions}
    known = Known(facts, {name: question for name, question in named.items() if name}, top.at("scales"))
    earlier: list[str] = []
    for question in questions:
        name = question.at("id").text
        yield from condition_faults(question.at("when"), known, earlier, name)
        if name is not None:
            earlier.append(name)
