"""The sample edition, and the sample with one thing changed."""

from pathlib import Path

import pytest

from standards.faults import PackError
from standards.loader import read_framework

EXAMPLES = Path(__file__).parents[1] / "examples"
EDITION = (EXAMPLES / "sample-framework.yaml").read_text(encoding="utf-8")
NAME = "sample/1.0.yaml"


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def faults_of_edition(text: str) -> list[str]:
    """What is wrong with an edition, each line without the file's name."""
    with pytest.raises(PackError) as refusal:
        read_framework(text, NAME)
    return [line.removeprefix(f"{NAME}:") for line in str(refusal.value).splitlines()]
