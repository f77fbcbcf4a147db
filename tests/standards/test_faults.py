"""All that is wrong with a file is said at once, in its own order, and can be looked at as objects."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from standards.faults import Fault, PackError, Place
from standards.loader import read_framework
from tests.standards.samples import EDITION, NAME, changed, faults_of_edition

SAMPLE = yaml.safe_load(EDITION)


def test_every_kind_of_fault_is_told_at_once_in_the_order_of_the_file() -> None:
    text = changed(EDITION, "  - id: procedures", "  - id: policy")
    text = changed(text, 'title: "Written policy"', "title: no")
    text = changed(text, "class: major", "class: importnat")
    text = changed(text, "licence:", "license:")
    text = changed(text, "to: [P1.1]", "to: [P1.7]")
    places = [fault.split(": ")[0] for fault in faults_of_edition(text)]
    assert places == ["2:1", "7:1", "35:20", "50:9", "61:20", "79:31"]


def test_a_fault_is_an_object_too() -> None:
    with pytest.raises(PackError) as refusal:
        read_framework(changed(EDITION, "class: major", "class: importnat"), NAME)
    assert refusal.value.faults == (
        Fault(
            file=NAME,
            place=Place(line=61, column=20),
            path=("standards", 1, "requirements", 0, "indicators", 0, "class"),
            message="found importnat, expected critical, major or supporting",
        ),
    )


def test_a_value_that_could_not_be_read_is_told_once() -> None:
    assert len(faults_of_edition(changed(EDITION, "min_score: 60", "min_score: 2026-01-01"))) == 1


def test_nothing_of_the_machinery_shows() -> None:
    text = EDITION.replace("class: ", "class: x").replace("to: ", "to: x").replace("title: ", "titel: ")
    said = "\n".join(faults_of_edition(text))
    for word in (
        "pydantic",
        "http",
        "Input should",
        "valid string",
        "Framework",
        "Indicator",
        "Tuple",
        "type=",
    ):
        assert word not in said


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    return [path, *(deeper for key, entry in entries for deeper in _paths(entry, (*path, key)))]


ANYTHING = st.sampled_from(
    [None, True, -1, 10**9, 0.5, "", "x", "P1.1", "critical", [], ["x"], {}, {"x": 1}, [[1, 2]]]
)


@given(st.sampled_from(_paths(SAMPLE)[1:]), ANYTHING)
def test_a_pack_with_anything_anywhere_is_read_or_refused_and_never_breaks_the_reader(
    path: tuple[Any, ...], anything: object
) -> None:
    damaged = json.loads(json.dumps(SAMPLE))
    target = damaged
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = anything
    assert all(fault.message and fault.place >= Place(1, 1) for fault in _faults(json.dumps(damaged)))


def _faults(text: str) -> tuple[Fault, ...]:
    try:
        read_framework(text, NAME)
    except PackError as refusal:
        return refusal.faults
    return ()
