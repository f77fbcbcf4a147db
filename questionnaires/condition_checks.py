"""What must hold for a condition: it looks at what is known by then, and compares like with like."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from standards.checks import fact_faults, unknown
from standards.faults import Fault
from standards.models import TOP_LEVEL
from standards.parts import Part

COMPARISONS = ("at_least", "at_most", "equals")


@dataclass(frozen=True, slots=True)
class Known:
    """What a condition can look at: the profile's facts, the questions by their ids, the scales' options."""

    facts: Collection[object]
    questions: Mapping[str, Part]
    scales: Part


def condition_faults(when: Part, known: Known, earlier: Collection[str], here: str | None) -> Iterator[Fault]:
    """Every fault of the condition of the question `here`, asked after the `earlier` ones."""
    for part in (*when.at("all"), *when.at("any"), when.at("not")):
        if part.present:
            yield from condition_faults(part, known, earlier, here)
    yield from unknown([when.at("fact")], known.facts, "a fact of this questionnaire's profile")
    yield from fact_faults(when)
    answer = when.at("answer")
    if answer.text is None:
        return
    if answer.text in earlier:
        yield from _comparison_faults(when, known.questions[answer.text], known.scales)
    elif answer.text == here:
        yield answer.fault("a question cannot depend on its own answer; expected an earlier question")
    elif answer.text in known.questions:
        yield answer.fault(f"{answer.text} is asked only after this question; expected an earlier one")
    else:
        yield answer.fault(f"there is no question {answer.text}; expected an earlier one")


def _comparison_faults(when: Part, question: Part, scales: Part) -> Iterator[Fault]:
    kind = question.at("kind").text
    check = _CHECKS.get(kind or "")
    if check is None:
        yield when.at("answer").fault(f"the answer to a {kind} question cannot be compared")
        return
    for comparison in COMPARISONS:
        literal = when.at(comparison)
        if literal.present:
            yield from check(literal, question, scales)


def _level(literal: Part, question: Part, scales: Part) -> Iterator[Fault]:
    if literal.value not in range(TOP_LEVEL + 1) or isinstance(literal.value, bool):
        yield literal.fault(f"expected a level, 0 to {TOP_LEVEL}")


def _percentage(literal: Part, question: Part, scales: Part) -> Iterator[Fault]:
    number = _comparable_number(literal)
    if number is None or not 0 <= number <= 100:
        yield literal.fault(f"expected a {_number_word(literal)}, 0 to 100")


def _number(literal: Part, question: Part, scales: Part) -> Iterator[Fault]:
    if _comparable_number(literal) is None:
        yield literal.fault(f"expected a {_number_word(literal)}")


def _comparable_number(literal: Part) -> float | None:
    """The number; none for a fraction under `equals`, which is read as an option's id, so as text."""
    return None if literal.text and literal.path[-1] == "equals" else literal.number


def _number_word(literal: Part) -> str:
    return "whole number" if literal.path[-1] == "equals" else "number"


def _choice(literal: Part, question: Part, scales: Part) -> Iterator[Fault]:
    options = [option.at("id").value for option in scales.at(question.at("scale").text or "")]
    yield from _one_of(literal, options, "an option")


def _checklist(literal: Part, question: Part, scales: Part) -> Iterator[Fault]:
    yield from _one_of(literal, [box.at("id").value for box in question.at("boxes")], "a box")


def _one_of(literal: Part, names: list[object], what: str) -> Iterator[Fault]:
    if literal.path[-1] != "equals" or literal.value not in names:
        expected = ", ".join(f'"{name}"' for name in names)
        yield literal.fault(f"expected equals, with {what} of that question: {expected}")


_CHECKS: Mapping[str, Callable[[Part, Part, Part], Iterator[Fault]]] = {
    "level": _level,
    "percentage": _percentage,
    "number": _number,
    "choice": _choice,
    "checklist": _checklist,
}
