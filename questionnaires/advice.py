"""What is not wrong with a questionnaire, but wants another look before it is released."""

from collections.abc import Iterator

from standards.advice import STATEMENT, TITLE, too_long, unused, unwritten
from standards.faults import Fault
from standards.parts import Part


def questionnaire_advice(top: Part) -> Iterator[Fault]:
    """Everything in a questionnaire that its author should look at again."""
    questions = [*top.each("sections", "questions")]
    yield from too_long((part.at("title") for part in (top, *top.at("sections"))), TITLE)
    yield from too_long((part.at("prompt") for part in (*top.at("profile"), *questions)), STATEMENT)
    scales = {question.at("scale").text for question in questions}
    yield from unused(top.at("scales"), scales, "no question has this scale")
    yield from unwritten(top)
