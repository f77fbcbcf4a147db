"""The sample questionnaire, and one with a question of every kind."""

import pytest

from questionnaires.loader import read_questionnaire
from questionnaires.models import Questionnaire
from standards.faults import PackError
from standards.loader import read_framework
from tests.standards.samples import EDITION, EXAMPLES
from tests.standards.samples import NAME as EDITION_NAME

FRAMEWORK = read_framework(EDITION, EDITION_NAME)
NAME = "sample-full/1.yaml"
SAMPLE = (EXAMPLES / "sample-questionnaire.yaml").read_text(encoding="utf-8")
EVERY_KIND = (
    SAMPLE
    + """\
      - id: q4
        kind: choice
        scale: in_place
        prompt: "Is there a person to turn to?"
        informs: [R3.5]
      - {id: q5, kind: percentage, prompt: "Who?", informs: [R3.5], points: [[0, 0], [50, 0.5], [100, 1]]}
      - {id: q6, kind: recency, prompt: "When last?", informs: [R3.5], fresh_months: 12, stale_months: 24}
      - id: q7
        kind: checklist
        prompt: "Which are covered?"
        informs: [R3.5]
        boxes: [{id: calls, label: "Calls"}, {id: films, label: "Films", required: true}]
      - {id: q8, kind: number, prompt: "How many groups are there?"}
      - id: q9
        kind: text
        prompt: "What else?"
        when: {answer: q4, equals: "yes"}
"""
)


def read(text: str) -> Questionnaire:
    return read_questionnaire(text, NAME, FRAMEWORK)


def faults_of_questionnaire(text: str) -> list[str]:
    """What is wrong with a questionnaire, each line without the file's name."""
    with pytest.raises(PackError) as refusal:
        read(text)
    return [line.removeprefix(f"{NAME}:") for line in str(refusal.value).splitlines()]
