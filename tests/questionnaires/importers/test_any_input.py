"""Whatever a file holds: it becomes a draft that loads, or it is refused in the importers' own words."""

import json
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questionnaires.importers.ciso_assistant import read_ciso_assistant
from questionnaires.importers.draft import Draft
from questionnaires.importers.limits import CannotImport
from questionnaires.importers.oscal import read_oscal
from questionnaires.importers.sheets import read_sheet
from questionnaires.importers.spreadsheet import read_spreadsheet
from questionnaires.importers.texts import Names, line
from tests.questionnaires.importers.reading import read_back
from tests.questionnaires.importers.test_spreadsheet import xlsx


def read_table(content: bytes) -> Draft:
    return read_spreadsheet(read_sheet(content, "x"))


READERS: list[Callable[[bytes], Draft]] = [read_table, read_ciso_assistant, read_oscal]
NAMES = ["spreadsheet", "ciso-assistant", "oscal"]
GOOD = [
    xlsx(["title", "statement"], ["Jackets", "Every child has one."]),
    b"objects: {framework: {requirement_nodes: [{assessable: true, name: x, urn: a, parent_urn: b}]}}",
    b'{"catalog": {"groups": [{"id": "a", "controls": [{"id": "b", "title": "{{ insert: param, c }}"}]}]}}',
]

texts = st.text(max_size=30) | st.sampled_from(
    ["a", "b", "true", "1", "-1", "nan", "", " ", "x y", "{{ a }}"]
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


def keys(*names: str, **known: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Some of these keys, each with what belongs there or with anything."""
    return st.fixed_dictionaries({}, optional={**dict.fromkeys(names, texts | anything), **known})


choices = st.lists(keys("value", "add_score", "compute_result", "translations") | texts, max_size=4)
kinds = st.sampled_from(["unique_choice", "multiple_choice", "text", "date"])
question = keys("text", "annotation", "depends_on", type=kinds, choices=choices | anything)
nodes = keys(
    "name", "description", "annotation", "depth", "translations", "typical_evidence", "implementation_groups",
    urn=st.sampled_from(["a", "b", "c"]), parent_urn=st.sampled_from(["a", "b", "c"]), ref_id=texts,
    assessable=st.sampled_from([True, True, False]),
    questions=st.dictionaries(texts, question, max_size=3) | anything,
)  # fmt: skip
frameworks = keys(
    "name",
    "scores_definition",
    "implementation_groups_definition",
    requirement_nodes=st.lists(nodes, max_size=6),
)
libraries = keys("name", "locale", "copyright", "translations", objects=keys("threats", framework=frameworks))

parts = st.recursive(
    keys("prose", "props", name=st.sampled_from(["statement", "guidance", "other"])),
    lambda inner: keys("prose", name=st.just("item"), parts=st.lists(inner, max_size=3)),
    max_leaves=4,
)
names = st.sampled_from(["a", "b", "c"])
params = keys(
    "values",
    id=names,
    label=st.just("{{ insert: param, b }}") | texts,
    select=keys("how-many", choice=st.lists(texts)),
)
controls = st.recursive(
    keys(
        "title",
        "props",
        "links",
        id=texts,
        parts=st.lists(parts, max_size=3),
        params=st.lists(params, max_size=3),
    ),
    lambda inner: keys(
        "title", id=texts, controls=st.lists(inner, max_size=3), groups=st.lists(inner, max_size=2)
    ),
    max_leaves=5,
)
catalogues = st.fixed_dictionaries(
    {"catalog": keys("metadata", "back-matter", groups=st.lists(controls, max_size=3))}
)

heads = st.lists(
    st.sampled_from(["title", "statement", "code", "class", "days 1", "owner 2", "ask", "themes"]) | texts,
    max_size=6,
)
tables = st.tuples(heads, st.lists(st.lists(texts, max_size=6), max_size=5))


def drafted_or_refused(read: Callable[[bytes], Draft], content: bytes) -> None:
    with suppress(CannotImport):
        read_back(read(content))


@pytest.mark.parametrize("read", READERS, ids=NAMES)
@given(st.binary(max_size=300))
def test_any_bytes_are_drafted_or_refused(read: Callable[[bytes], Draft], content: bytes) -> None:
    drafted_or_refused(read, content)


@pytest.mark.parametrize(("read", "good"), [*zip(READERS, GOOD, strict=True)], ids=NAMES)
@given(st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_good_file_with_bytes_changed_is_drafted_or_refused(
    read: Callable[[bytes], Draft], good: bytes, data: st.DataObject
) -> None:
    content = bytearray(good)
    for at in data.draw(st.lists(st.integers(0, len(good) - 1), max_size=5)):
        content[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(good)) | st.just(len(good)))
    drafted_or_refused(read, bytes(content[:cut]))


@given(libraries)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_anything_like_a_library_is_drafted_or_refused(library: dict[str, Any]) -> None:
    drafted_or_refused(read_ciso_assistant, json.dumps(library).encode())


@given(catalogues)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_anything_like_a_catalogue_is_drafted_or_refused(catalogue: dict[str, Any]) -> None:
    drafted_or_refused(read_oscal, json.dumps(catalogue).encode())


@given(tables)
def test_any_table_is_drafted_or_refused(table: tuple[list[str], list[list[str]]]) -> None:
    rows = "\n".join(
        ",".join(json.dumps(cell, ensure_ascii=False) for cell in row) for row in [table[0], *table[1]]
    )
    drafted_or_refused(read_table, rows.encode(errors="replace"))


@given(st.lists(texts, max_size=30))
def test_names_are_valid_and_no_two_are_equal(wanted: list[str]) -> None:
    names = Names()
    made = [names.one_for(text, "name") for text in wanted]
    assert len({*made}) == len(made)
    assert all(0 < len(name) <= 60 and name.isascii() and name[0].isalnum() for name in made)


@given(texts)
def test_a_line_is_a_text_that_yaml_reads_back(text: str) -> None:
    cleaned = line(text)
    assert yaml.safe_load(BytesIO(json.dumps(cleaned, ensure_ascii=False).encode())) == cleaned
    assert cleaned == line(cleaned)


def test_the_readers_take_the_good_files() -> None:
    for read, good in zip(READERS, GOOD, strict=True):
        framework, _ = read_back(read(good))
        assert len(framework.indicators) == 1
