"""What the author of a questionnaire should look at again: none of it is a fault."""

import pytest

from questionnaires.advice import questionnaire_advice
from standards.placeholders import UNWRITTEN
from standards.source import Source
from tests.questionnaires.samples import EVERY_KIND, NAME, SAMPLE
from tests.standards.samples import changed


def advice_on(text: str) -> list[str]:
    return [str(said).removeprefix(f"{NAME}:") for said in questionnaire_advice(Source(text, NAME).top)]


def test_the_samples_need_none() -> None:
    assert advice_on(SAMPLE) == []
    assert advice_on(EVERY_KIND) == []


ROWS = [
    (
        "a scale that no question has",
        "scales:\n",
        "scales:\n  often: [{id: a, label: A, credit: 1}]\n",
        "12:3: scales.often: no question has this scale; use often, or take it out",
    ),
    (
        "a prompt over its length",
        "Have children been asked about the rules?",
        "a" * 251,
        "31:17: sections.1.questions.1.prompt: this is long: 251 characters; expected at most 250",
    ),
    (
        "a fact's prompt over its length",
        "Are your people in touch with children online?",
        "a" * 251,
        "17:28: profile.0.prompt: this is long: 251 characters; expected at most 250",
    ),
    (
        "a text that is still to be written",
        "Are your people in touch with children online?",
        UNWRITTEN,
        "17:28: profile.0.prompt: this text is still to be written",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_an_author_is_told_what_to_look_at_again(old: str, new: str, said: str) -> None:
    assert advice_on(changed(SAMPLE, old, new)) == [said]
