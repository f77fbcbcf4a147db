"""Editors help with packs by a schema that is what the models say."""

import json
from pathlib import Path

import pytest

from app.commands.released import hash_of
from app.commands.schemas import EDITIONS, QUESTIONNAIRES, schema_of
from questionnaires import loader as questionnaires
from questionnaires.models import Questionnaire
from standards import loader as standards
from standards.loader import pack_files, pack_name, read_framework
from standards.models import Framework
from tests.app.commands.conftest import Type
from tests.standards.samples import EDITION, NAME

SHIPPED = [
    *((path, standards.PACKS / EDITIONS) for path in pack_files(standards.PACKS)),
    *((path, questionnaires.PACKS / QUESTIONNAIRES) for path in pack_files(questionnaires.PACKS)),
]
COMMENT = "# yaml-language-server: $schema="


def test_the_schemas_beside_the_shipped_packs_are_what_the_models_give() -> None:
    advice = "run: plumbline packs schema"
    assert (standards.PACKS / EDITIONS).read_text(encoding="utf-8") == schema_of(Framework), advice
    assert (questionnaires.PACKS / QUESTIONNAIRES).read_text(encoding="utf-8") == schema_of(Questionnaire), (
        advice
    )


@pytest.mark.parametrize(("path", "schema"), SHIPPED, ids=[pack_name(path) for path, _ in SHIPPED])
def test_each_shipped_pack_names_its_schema_in_its_first_line(path: Path, schema: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith(COMMENT)
    assert (path.parent / first.removeprefix(COMMENT)).resolve() == schema


def test_naming_the_schema_changes_nothing_of_what_a_pack_says() -> None:
    named = f"{COMMENT}../{EDITIONS}\n{EDITION}"
    assert hash_of(read_framework(named, NAME)) == hash_of(read_framework(EDITION, NAME))


def test_an_authors_own_folder_gets_both_where_packs_look_for_them(author: Path, plumbline: Type) -> None:
    assert plumbline("packs", "schema", "--to", "packs") == (
        0,
        [
            "packs/standards/framework.schema.json is written.",
            "packs/questionnaires/questionnaire.schema.json is written.",
        ],
    )
    assert (author / "packs/standards/sample/../framework.schema.json").exists()
    # The schemas lie beside the packs, and are none.
    assert plumbline("packs", "check", "packs")[0] == 0


def test_a_schema_speaks_of_keys_as_packs_spell_them_and_says_what_they_are_for() -> None:
    schema = json.loads(schema_of(Framework))
    indicator = schema["$defs"]["Indicator"]
    assert {"class", "class_when", "levels"} <= indicator["properties"].keys()
    assert indicator["description"].startswith("The smallest thing that is judged")
    assert not indicator["additionalProperties"]
    assert schema["properties"]["kind"]["enum"] == ["standards", "culture", "document"]
    assert (indicator["properties"]["levels"]["minItems"], indicator["properties"]["levels"]["maxItems"]) == (
        4,
        4,
    )


def test_the_schema_of_a_questionnaire_lets_a_code_stand_for_an_indicator_that_counts_in_full() -> None:
    schema = json.loads(schema_of(Questionnaire))
    entry = schema["$defs"]["LevelQuestion"]["properties"]["informs"]["items"]
    assert [one.get("type", one.get("$ref")) for one in entry["anyOf"]] == ["string", "#/$defs/Informs"]
