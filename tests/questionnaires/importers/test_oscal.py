"""What an OSCAL catalogue becomes."""

import json
from typing import Any

import pytest
import yaml

from questionnaires.importers.draft import Draft
from questionnaires.importers.limits import DEEPEST_TREE, CannotImport
from questionnaires.importers.oscal import read_oscal
from tests.questionnaires.importers.reading import read_back


def control(
    name: str, title: str = "Jackets", prose: str = "Jackets are worn.", **more: Any
) -> dict[str, Any]:
    return {"id": name, "title": title, "parts": [{"name": "statement", "prose": prose}], **more}


def drafted(*groups: dict[str, Any], **more: Any) -> Draft:
    catalogue = {"metadata": {"title": "Harbour rules", "version": "2"}, "groups": [*groups], **more}
    return read_oscal(json.dumps({"catalog": catalogue}).encode())


def statement(prose: str, *params: dict[str, Any]) -> str:
    draft = drafted(
        {"id": "sa", "title": "Safety", "params": [*params], "controls": [control("sa-1", prose=prose)]}
    )
    return next(draft.indicators).statement


MANY = {
    "id": "many",
    "select": {"how-many": "one-or-more", "choice": ["daily", "on {{ insert: param, days }}"]},
}
ONE = {"id": "one", "select": {"choice": ["daily"]}}
DAYS = {"id": "days", "label": "the days of the club"}


@pytest.mark.parametrize(
    ("prose", "params", "expected"),
    [
        ("Count {{ insert: param, n }}.", [{"id": "n", "values": ["two"]}], "Count two."),
        ("Count {{ insert: param, n }}.", [{"id": "n", "values": ["two", "three"]}], "Count two, three."),
        ("Count {{insert:param,n}}.", [{"id": "n", "label": "how many"}], "Count [how many]."),
        ("Count {{ n }}.", [{"id": "n", "label": "how many"}], "Count [how many]."),
        ("Count {{ insert: param, n }}.", [{"id": "n"}], "Count [n]."),
        (
            "Count {{ insert: param, many }}.",
            [MANY, DAYS],
            "Count [one or more of: daily; on [the days of the club]].",
        ),
        ("Count {{ insert: param, one }}.", [ONE], "Count [one of: daily]."),
        ("Count {{ insert: param, missing }}.", [], "Count [missing]."),
        ("Count {{ insert: param, n }}.", [{"id": "n", "label": "{{ insert: param, n }}"}], "Count [n]."),
        ("Keep {{ insert: image, x }}.", [], "Keep {{ insert: image, x }}."),
    ],
)
def test_a_parameter_is_put_where_the_text_names_it(
    prose: str, params: list[dict[str, Any]], expected: str
) -> None:
    assert statement(prose, *params) == expected


def test_parameters_that_name_one_another_end() -> None:
    first = {"id": "a", "label": "{{ insert: param, b }}"}
    second = {"id": "b", "select": {"choice": ["{{ insert: param, a }}", "{{ insert: param, c }}"]}}
    assert (
        statement("{{ insert: param, a }}", first, second, {"id": "c", "label": "c"}) == "[one of: [a]; [c]]"
    )


def test_groups_become_standards_and_controls_indicators_with_all_their_items() -> None:
    items = [
        {"name": "item", "props": [{"name": "label", "value": "a."}], "prose": "Count."},
        {"name": "item", "props": [{"name": "label", "value": "b."}], "prose": "Mend."},
    ]
    parts = [
        {"name": "statement", "prose": "Do this:", "parts": items},
        {"name": "guidance", "prose": "Twice."},
    ]
    labels = [{"name": "label", "value": "SA-01", "class": "padded"}, {"name": "label", "value": "SA-1"}]
    inner = control("sa-1.1", "Small jackets")
    outer = {"id": "sa-1", "title": "Jackets", "props": labels, "parts": parts, "controls": [inner]}
    group = {
        "id": "sa",
        "title": "Safety",
        "parts": [{"name": "overview", "prose": "Boats."}],
        "controls": [outer],
    }
    framework, asking = read_back(drafted(group))
    assert framework.title == "Harbour rules"
    assert [(one.id, one.title, one.summary) for one in framework.standards] == [("sa", "Safety", "Boats.")]
    assert [*framework.indicators] == ["SA-1", "sa-1.1"]
    assert framework.indicators["SA-1"].statement == "Do this: a. Count. b. Mend."
    assert asking["harbour-full"].questions["SA-1"].help == "Twice."


def test_what_is_left_out_is_counted() -> None:
    gone = control("sa-2", props=[{"name": "status", "value": "withdrawn"}])
    judged = control("sa-1", links=[{"href": "#x"}])
    judged["parts"].append({"name": "assessment-objective", "prose": "Look."})
    draft = drafted(
        {"id": "sa", "title": "Safety", "controls": [judged, gone]}, {"id": "b", "title": "Empty"},
        **{"back-matter": {"resources": [{"uuid": "1"}, {"uuid": "2"}]}},
    )  # fmt: skip
    assert draft.losses.sentences == [
        "2 resources of the back matter were left out.",
        "1 link was left out.",
        "1 part of a control was left out, of the kind: assessment-objective.",
        "1 control is withdrawn and was left out: sa-2.",
        "1 heading has no indicator under it and was left out: “Empty”.",
    ]


def test_controls_without_a_group_and_without_a_name_are_taken_too() -> None:
    framework, _ = read_back(drafted(controls=[{"title": "Jackets"}, {"parts": [{"name": "statement"}]}]))
    assert [one.title for one in framework.standards] == ["Controls"]
    assert len(framework.indicators) == 2


def test_yaml_says_the_same_as_json() -> None:
    data = {"catalog": {"groups": [{"id": "sa", "title": "Safety", "controls": [control("sa-1")]}]}}
    assert [*read_oscal(yaml.safe_dump(data).encode()).indicators] == [
        *read_oscal(json.dumps(data).encode()).indicators
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"profile": {"imports": []}}', "there is no catalog in this file but profile"),
        (b"<catalog/>", "this is XML"),
        (b'{"catalog": {"groups": [}}', "not well-formed JSON"),
        (b"[1]", "there is no catalog"),
        (b"", "there is no catalog"),
    ],
)
def test_what_is_no_catalogue_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(CannotImport, match=reason):
        read_oscal(content)


def test_groups_nested_without_end_are_refused() -> None:
    group: dict[str, Any] = {"title": "x", "controls": [control("a")]}
    for _ in range(DEEPEST_TREE + 2):
        group = {"title": "x", "groups": [group]}
    with pytest.raises(CannotImport, match="nested too deep"):
        drafted(group)


def test_a_catalogue_of_a_thousand_controls_becomes_a_pack_that_loads() -> None:
    prose = "Every boat is looked over before a child steps into it, and what is found is written down. " * 6
    groups = [
        {
            "id": f"g{at}",
            "title": f"Group {at}",
            "controls": [control(f"g{at}-{n}", prose=prose) for n in range(50)],
        }
        for at in range(20)
    ]
    framework, asking = read_back(drafted(*groups))
    assert len(framework.indicators) == len(asking["harbour-full"].questions) == 1000
