"""`plumbline packs schema`: what editors know of packs while one types, written from the models."""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from app.commands.at_hand import called
from questionnaires import loader as questionnaires
from questionnaires.models import Questionnaire
from standards import loader as standards
from standards.models import Framework, PackModel

EDITIONS = "framework.schema.json"
QUESTIONNAIRES = "questionnaire.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb."""
    verb = verbs.add_parser("schema", help="write the JSON Schemas by which editors help with packs")
    verb.add_argument(
        "--to",
        type=Path,
        metavar="FOLDER",
        help="a folder of packs: into its standards/ and questionnaires/ (default: the shipped packs)",
    )
    verb.set_defaults(run=lambda given: write(given.to))


def write(folder: Path | None) -> int:
    """Write both schemas beside the packs that name them."""
    editions = folder / "standards" if folder else standards.PACKS
    asking = folder / "questionnaires" if folder else questionnaires.PACKS
    for file, model in ((editions / EDITIONS, Framework), (asking / QUESTIONNAIRES, Questionnaire)):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(schema_of(model), encoding="utf-8")
        print(f"{called(file)} is written.")
    return 0


def schema_of(model: type[PackModel]) -> str:
    """The JSON Schema of a pack, as text."""
    schema: Mapping[str, object] = model.model_json_schema()
    return json.dumps({"$schema": DIALECT, **schema}, ensure_ascii=False, indent=2) + "\n"
