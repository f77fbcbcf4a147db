"""What the documentation says of the code, compared with the code."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel
from sqlmodel import SQLModel

from app import guards
from app.routes import forms
from app.services import answers
from app.services.opened import TITLE_LIMIT
from app.settings import Settings
from app.vault import sessions
from questionnaires import models as questionnaire_models
from scoring.plain import PlainComparison, PlainResult
from standards import models as framework_models
from standards.models import PackModel
from standards.po import LONGEST
from standards.source import LARGEST
from tests.app import test_confidentiality as promise

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")] + sorted(
    ROOT.glob("docs/**/*.md")
)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def rows(name: str, heads: str) -> Iterator[list[str]]:
    """The cells of each row of the table in a page whose heads are these."""
    _before, found, after = text(name).partition(f"| {heads} |\n")
    assert found, heads
    for line in after.partition("\n\n")[0].splitlines()[1:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def code(cell: str) -> str:
    return cell.partition("`")[2].partition("`")[0]


# Links


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", document.read_text(encoding="utf-8"))
    for path, anchor in links:
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), path
        assert not anchor or anchor in anchors(target), anchor


def anchors(page: Path) -> set[str]:
    """The names under which a page's headings are known."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(page.name[:4]) for page in sorted(ROOT.glob("docs/decisions/*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


# docs/security.md


def test_every_column_is_listed_as_what_a_stolen_copy_was_seen_to_hold() -> None:
    seen = dict.fromkeys(promise.CLEAR, "clear")
    seen |= dict.fromkeys(promise.HASHED, "hash")
    seen |= dict.fromkeys(promise.SEALED | promise.SEALED_TO_SOMEBODY, "sealed")

    listed = {
        code(column): is_ for column, is_, _tells in rows("docs/security.md", "column | is | what it tells")
    }

    assert listed == seen
    columns = {str(column) for table in SQLModel.metadata.tables.values() for column in table.columns}
    assert set(listed) == columns | {"alembic_version.version_num"}


def test_the_listed_headers_are_those_that_are_sent() -> None:
    listed = {code(name): value for name, value in rows("docs/security.md", "header | value")}

    sent = {name: f"`{value}`" for name, value in guards.FOR_EVERY_REPLY.items()}
    assert {name: listed[name] for name in sent} == sent
    assert f"`{guards.KEEP_FOR_GOOD}`" in listed["Cache-Control"]


# docs/results.md


@pytest.mark.parametrize(("heads", "model"), [("result", PlainResult), ("comparison", PlainComparison)])
def test_every_key_of_a_result_is_listed(heads: str, model: type[BaseModel]) -> None:
    listed = [cell for cell, _is in rows("docs/results.md", f"key of a {heads} | what it is")]
    assert [key for cell in listed for key in re.findall("`([^`]+)`", cell)] == [*model.model_fields]


# docs/operations.md


def test_every_setting_is_listed_with_its_default() -> None:
    listed = {
        code(name): default
        for name, default, _does in rows("docs/operations.md", "variable | default | what it does")
    }

    for name, field in Settings.model_fields.items():
        default = listed[f"PLUMBLINE_{name.upper()}"]
        if name != "data":
            assert default == str(field.default or "none")


def test_the_limits_are_those_that_hold() -> None:
    megabytes = forms.MOST_BYTES // 2**20
    assert dict(rows("docs/operations.md", "what | limit")) == {
        "a session without use": f"{sessions.IDLE.seconds // 60} minutes",
        "a session in all": f"{sessions.ABSOLUTE.seconds // 3600} hours",
        "a form, or a file that is brought in": f"{megabytes} MiB, {forms.MOST_FIELDS:,} fields",
        "a note, a reason, a text of an action": f"{answers.TEXT_LIMIT:,} characters",
        "a name or a title": f"{TITLE_LIMIT} characters",
    }


# docs/authoring-packs.md


def fields() -> set[str]:
    models = [*vars(framework_models).values(), *vars(questionnaire_models).values()]
    packs = [one for one in models if isinstance(one, type) and issubclass(one, PackModel)]
    return {field.alias or name for model in packs for name, field in model.model_fields.items()}


def test_every_field_of_a_pack_is_explained() -> None:
    explained = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]*)`", text("docs/authoring-packs.md")))))
    assert fields() - explained == set()


# docs/translating-packs.md


def test_the_limits_of_a_translation_are_those_that_hold() -> None:
    assert dict(rows("docs/translating-packs.md", "what | limit")) == {
        "a file": f"{LARGEST:,} bytes",
        "a translation of one text": f"{LONGEST:,} characters",
    }
