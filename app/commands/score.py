"""`plumbline score`: the full result of a file of answers, as JSON, without the web application."""

import argparse
import json
import sys
from datetime import date

from app.commands.answer_files import CannotScore, Scored, add_files, score_files
from scoring.compare import Comparison, Round, compare
from scoring.plain import PlainResult, plain_result

EARLIER = ("before_framework", "before_questionnaire", "before_answers")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb."""
    parser = commands.add_parser("score", help="score a file of answers, and compare it with an earlier one")
    add_files(parser)
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="DATE", help="the reference date, such as 2026-11-21"
    )
    add_files(parser, "before-", required=False)
    parser.set_defaults(run=run)
    schema = commands.add_parser("score-schema", help="print the JSON Schema of what score prints")
    schema.set_defaults(run=print_schema)


def run(given: argparse.Namespace) -> int:
    """Print the result as JSON; the exit status is 2 where something given does not fit."""
    try:
        scored = score_files(given.framework, given.questionnaire, given.answers, given.on)
        comparison = _compared(given, scored)
    except CannotScore as fault:
        print(fault, file=sys.stderr)
        return 2
    plain = plain_result(scored.result, comparison)
    print(plain.model_dump_json(by_alias=True, indent=2))
    return 0


def print_schema(_given: argparse.Namespace) -> int:
    """Print the JSON Schema of a result."""
    print(json.dumps(PlainResult.model_json_schema(mode="serialization"), indent=2))
    return 0


def _compared(given: argparse.Namespace, later: Scored) -> Comparison | None:
    framework, questionnaire, answers = (getattr(given, name) for name in EARLIER)
    if not (framework or questionnaire or answers):
        return None
    if not (framework and questionnaire and answers):
        missing = ", ".join(f"--{name.replace('_', '-')}" for name in EARLIER if not getattr(given, name))
        raise CannotScore(f"to compare, give {missing} too")
    earlier = score_files(framework, questionnaire, answers, None)
    try:
        return compare(Round(earlier.framework, earlier.result), Round(later.framework, later.result))
    except ValueError as fault:
        raise CannotScore(str(fault)) from None
