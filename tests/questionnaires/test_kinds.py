"""A questionnaire on a culture or a document: no rating to stop at, and no levels where there are none."""

import pytest

from questionnaires.loader import read_questionnaire
from standards.faults import PackError
from standards.loader import read_framework
from tests.questionnaires.samples import NAME, SAMPLE
from tests.standards.samples import NAME as EDITION_NAME
from tests.standards.samples import changed
from tests.standards.test_kinds import CULTURE, DOCUMENT

HALF = SAMPLE[: SAMPLE.index("  - id: procedures\n")]
ONE_POINT = changed(HALF, "{id: q1, kind: level, informs: [P1.1]}", "{id: q1, kind: %s, informs: [P1.1]}")


def test_a_part_of_a_culture_needs_no_ceiling_since_nothing_is_rated() -> None:
    culture = read_framework(CULTURE, EDITION_NAME)
    assert [*read_questionnaire(HALF, NAME, culture).questions] == ["q1"]


def test_a_point_of_a_document_has_no_levels_to_choose_from() -> None:
    document = read_framework(DOCUMENT, EDITION_NAME)
    with pytest.raises(PackError) as refusal:
        read_questionnaire(ONE_POINT % "level", NAME, document)
    (fault,) = refusal.value.faults
    assert fault.message == "sample 1.0 has no levels; expected choice"
    assert fault.path[-1] == "kind"


def test_a_point_of_a_document_is_asked_by_a_choice() -> None:
    document = read_framework(DOCUMENT, EDITION_NAME)
    asked = ONE_POINT % 'choice, scale: in_place, prompt: "Does it say so?"'
    assert [*read_questionnaire(asked, NAME, document).questions] == ["q1"]
