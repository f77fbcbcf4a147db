"""Files of answers, and the packs that they are scored with: what `score` and `explain` read."""

import argparse
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from app.services.exported import AssessmentFile
from questionnaires.loader import load_questionnaire
from questionnaires.models import Questionnaire
from scoring.answers import read_answers
from scoring.assessment import Result, assess
from scoring.refusals import BadAnswer
from standards.faults import PackError
from standards.loader import load_framework
from standards.models import Framework, Intensity

LARGEST = 10_000_000


class CannotScore(Exception):
    """A file that is missing, or that is not what it should be; says which, and what was expected."""


class AnswersFile(BaseModel):
    """Answers by question, with the profile, the targets and the reference date that go with them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    on: date | None = None
    profile: Mapping[str, Intensity] = {}
    targets: Mapping[str, int] = {}
    answers: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Scored:
    """A result, and the packs that it was made with."""

    framework: Framework
    questionnaire: Questionnaire
    result: Result


def add_files(parser: argparse.ArgumentParser, prefix: str = "", required: bool = True) -> None:
    """Ask for the three files of a round; `prefix` names an earlier one."""
    of = " of the earlier round" if prefix else ""
    for name, what in (
        ("framework", "the edition"),
        ("questionnaire", "the questionnaire"),
        ("answers", "the answers, as JSON, or a file exported from the application"),
    ):
        parser.add_argument(
            f"--{prefix}{name}", type=Path, required=required, metavar="FILE", help=f"{what}{of}"
        )


def score_files(framework: Path, questionnaire: Path, answers: Path, on: date | None) -> Scored:
    """Score one round from its files. Without a date given or named in the file, today is the reference date.

    Raises:
        CannotScore: when something given does not fit.
    """
    try:
        edition = load_framework(framework)
        asked = load_questionnaire(questionnaire, edition)
    except (OSError, UnicodeError) as fault:
        raise CannotScore(_unread(fault)) from None
    except PackError as fault:
        raise CannotScore(str(fault)) from None
    given = _read(answers)
    day = on or given.on or datetime.now(UTC).date()
    try:
        said = read_answers(asked, given.answers, on=day)
        result = assess(edition, asked, said, on=day, profile=given.profile, targets=given.targets)
    except (BadAnswer, ValueError) as fault:
        raise CannotScore(f"{answers.name}: {fault}") from None
    return Scored(edition, asked, result)


def _read(path: Path) -> AnswersFile:
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST + 1)
        if len(text) > LARGEST:
            raise CannotScore(f"{path.name}: expected at most {LARGEST:,} bytes")
        data = json.loads(text)
    except OSError as fault:
        raise CannotScore(_unread(fault)) from None
    except (ValueError, RecursionError):
        raise CannotScore(f"{path.name}: expected JSON") from None
    try:
        if isinstance(data, dict) and "format" in data:
            return _of_export(AssessmentFile.model_validate_json(text))
        return AnswersFile.model_validate(data)
    except ValidationError as fault:
        raise CannotScore("\n".join(_lines(path, fault))) from None


def _of_export(file: AssessmentFile) -> AnswersFile:
    answers = {
        question: answer.model_dump(exclude_defaults=True, exclude={"reason"})
        for question, answer in file.answers.items()
    }
    return AnswersFile.model_validate(
        {"on": file.exported_on, "profile": file.profile, "targets": file.targets, "answers": answers}
    )


def _lines(path: Path, fault: ValidationError) -> list[str]:
    """A line for each place, without what stands there: it may be somebody's answer."""
    errors = fault.errors(include_input=False, include_url=False, include_context=False)
    return [f"{path.name}: {'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in errors]


def _unread(fault: OSError | UnicodeError) -> str:
    if isinstance(fault, OSError):
        return f"{fault.filename}: {fault.strerror or 'cannot be read'}"
    return "cannot be read as UTF-8 text"
