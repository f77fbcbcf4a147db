import sys
from collections.abc import Callable
from datetime import date
from types import FrameType
from typing import Any

from scoring.plan import draft
from scoring.projection import project_by_month
from standards.models import CLASSES
from tests.scoring.cast import asking_levels, at, edition, indicator, result_of

START = date(2026, 12, 1)


def lines_run(work: Callable[[], object]) -> int:
    """How many lines of Python a piece of work takes: the same on every machine."""
    count = 0

    def trace(_frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def whole_assessment(indicators: int) -> Callable[[], object]:
    """Scoring, planning and projecting an edition of so many indicators, each below its target."""
    framework = edition(
        {"policy": [indicator(f"I{number}", CLASSES[number % 3]) for number in range(indicators)]}
    )
    questionnaire = asking_levels(framework)
    answers = {code: at(number % 2) for number, code in enumerate(framework.indicators)}

    def work() -> None:
        result = result_of(framework, answers)
        plan = draft(framework, result.gaps, start=START)
        project_by_month(framework, questionnaire, result, {one.step: one.due for one in plan}, start=START)

    return work


def test_twice_as_many_indicators_take_at_most_twice_the_work() -> None:
    some, twice = lines_run(whole_assessment(60)), lines_run(whole_assessment(120))

    assert twice <= 2 * some
