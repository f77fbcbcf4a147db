"""Questionnaires are found in their folders, together with the editions that they ask."""

from pathlib import Path

import pytest

from questionnaires.loader import installed_questionnaires, load_questionnaire
from questionnaires.models import Questionnaire
from standards.canonical import canonical
from standards.faults import PackError
from tests.questionnaires.samples import EVERY_KIND, FRAMEWORK, SAMPLE, read
from tests.standards.samples import EXAMPLES, changed

EDITIONS = {(FRAMEWORK.id, FRAMEWORK.edition): FRAMEWORK}


def put(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def refusal_of(folder: Path) -> str:
    with pytest.raises(PackError) as refusal:
        installed_questionnaires(EDITIONS, folder)
    return str(refusal.value)


def test_the_sample_questionnaire_loads() -> None:
    questionnaire = load_questionnaire(EXAMPLES / "sample-questionnaire.yaml", FRAMEWORK)
    assert [*questionnaire.questions] == ["q1", "q2", "q3"]


def test_a_pinned_questionnaire_reads_back_as_the_same() -> None:
    questionnaire = read(EVERY_KIND)
    again = Questionnaire.model_validate_json(canonical(questionnaire))
    assert again == questionnaire
    assert canonical(again) == canonical(questionnaire)


def test_installed_questionnaires_are_found_by_id_and_version(tmp_path: Path) -> None:
    put(tmp_path, "sample-full/1.yaml", SAMPLE)
    put(tmp_path, "sample-full/2.yaml", changed(SAMPLE, 'version: "1"', 'version: "2"'))
    found = installed_questionnaires(EDITIONS, tmp_path)
    assert [*found] == [("sample-full", "1"), ("sample-full", "2")]


def test_a_questionnaire_in_the_place_of_another_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "sample-quick/1.yaml", SAMPLE)
    said = "sample-quick/1.yaml:1:1: this is sample-full 1; expected it in sample-full/1.yaml"
    assert refusal_of(tmp_path) == said


def test_a_questionnaire_on_an_edition_that_is_not_installed_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "sample-full/1.yaml", changed(SAMPLE, 'edition: "1.0"', 'edition: "2.0"'))
    said = "framework: sample 2.0 is not installed; expected a framework and an edition that are"
    assert refusal_of(tmp_path) == f"sample-full/1.yaml:4:12: {said}"


def test_a_questionnaire_that_continues_as_one_that_is_not_installed_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "sample-full/1.yaml", changed(SAMPLE, "minutes: 5", "minutes: 5\ncontinues_as: sample-ful"))
    said = "continues_as: sample-ful is not installed; expected a questionnaire that is"
    assert refusal_of(tmp_path) == f"sample-full/1.yaml:8:15: {said}"
