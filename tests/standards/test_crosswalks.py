"""A crosswalk names every indicator once, and an author who makes a mistake in one is told where."""

from pathlib import Path

import pytest

from questionnaires.shelves import PackFiles, Shelf, read_shelf, shipped_files
from standards.crosswalk_loader import CROSSWALKS, crosswalk_files, read_crosswalk
from standards.crosswalks import by_editions
from standards.faults import PackError
from standards.loader import Gathered, installed_frameworks
from standards.models import Framework
from tests.scoring.cast import critical, edition, major, supporting
from tests.standards.samples import changed

NAME = "crosswalks/a.yaml"
HERE = edition({"S": [critical("H1"), major("H2")]}, id="here")
THERE = edition({"S": [critical("T1"), major("T2"), supporting("T3")]}, id="there")
POINTS = THERE.model_copy(update={"id": "points", "kind": "document", "levels": ()})
FRAMEWORKS: dict[tuple[str, str], Framework] = {(one.id, one.edition): one for one in (HERE, THERE, POINTS)}
TEXT = """\
from: {id: here, edition: "1.0"}
to: {id: there, edition: "1.0"}
publisher: "The Plumbline project"
description: "To test with."
licence: "CC-BY-4.0"
language: "en"
sources: ["Our own reading."]
crossings:
  - {to: T1, from: [H1, H2], relation: equal}
  - {to: T2, from: [H2], relation: part, note: "Half of it is not asked."}
  - {to: T3, from: [], relation: none}
"""


def faults(text: str) -> list[str]:
    with pytest.raises(PackError) as refusal:
        read_crosswalk(text, NAME, FRAMEWORKS)
    return [line.removeprefix(f"{NAME}:") for line in str(refusal.value).splitlines()]


def test_a_crosswalk_says_what_speaks_for_each_indicator() -> None:
    crosswalk = read_crosswalk(TEXT, NAME, FRAMEWORKS)
    told = {code: (one.relation, one.from_) for code, one in crosswalk.by_target.items()}
    assert told == {"T1": ("equal", ("H1", "H2")), "T2": ("part", ("H2",)), "T3": ("none", ())}
    assert crosswalk.key == ("crosswalks", "here-1.0--there-1.0")


MISTAKES = [
    (
        "a code that the other framework does not have",
        "{to: T3, from",
        "{to: T4, from",
        [
            "9:3: crossings: T3 not named; expected every indicator of there, none included",
            "11:10: crossings.2.to: T4 is not an indicator of there; expected one of T1, T2, T3",
        ],
    ),
    (
        "a source that does not exist",
        "from: [H2], relation: part",
        "from: [H3], relation: part",
        ["10:21: crossings.1.from.0: H3 is not an indicator of here; expected one of H1, H2"],
    ),
    (
        "an indicator named twice",
        "{to: T3, from: [], relation: none}",
        "{to: T3, from: [], relation: none}\n  - {to: T1, from: [], relation: none}",
        ["12:10: crossings.3.to: T1 stands in line 9 already; keep one"],
    ),
    (
        "a source named twice in one entry",
        "[H1, H2], relation: equal",
        "[H1, H1], relation: equal",
        ["9:25: crossings.0.from.1: H1 stands in line 9 already; keep one"],
    ),
    (
        "an indicator left out",
        "  - {to: T3, from: [], relation: none}\n",
        "",
        ["9:3: crossings: T3 not named; expected every indicator of there, none included"],
    ),
    (
        "a source for nothing",
        "from: [], relation: none",
        "from: [H1], relation: none",
        ["11:20: crossings.2.from: nothing speaks for it, says its relation; expected an empty list"],
    ),
    (
        "no source for something",
        "from: [H2], relation: part",
        "from: [], relation: part",
        ["10:20: crossings.1.from: part needs one code or more; expected them here, or none as the relation"],
    ),
    (
        "a part that does not say what is missing",
        ', note: "Half of it is not asked."',
        "",
        ["10:5: crossings.1.note: this key is missing; add it: part has to say what is not told"],
    ),
    (
        "a relation that does not exist",
        "relation: equal",
        "relation: similar",
        ["9:40: crossings.0.relation: found similar, expected equal, part, overlaps or none"],
    ),
    (
        "an edition that is not there",
        'to: {id: there, edition: "1.0"}',
        'to: {id: there, edition: "2.0"}',
        ["2:5: to: this edition is not installed; expected one that is"],
    ),
    (
        "a framework beside itself",
        "to: {id: there",
        "to: {id: here",
        [
            "2:5: to: two editions of one framework are linked in the later one, under earlier",
            "9:3: crossings: H1, H2 not named; expected every indicator of here, none included",
            "9:10: crossings.0.to: T1 is not an indicator of here; expected one of H1, H2",
            "10:10: crossings.1.to: T2 is not an indicator of here; expected one of H1, H2",
            "11:10: crossings.2.to: T3 is not an indicator of here; expected one of H1, H2",
        ],
    ),
    (
        "a point of a document that would be equal to one with levels",
        "to: {id: there",
        "to: {id: points",
        [
            "9:40: crossings.0.relation: only points with levels of one kind can be equal; "
            "expected part or less"
        ],
    ),
    (
        "no source to cite",
        'sources: ["Our own reading."]',
        "sources: []",
        ["7:10: sources: expected 1 or more here; there are 0"],
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_a_mistake_is_shown_where_it_is(old: str, new: str, said: list[str]) -> None:
    assert faults(changed(TEXT, old, new)) == said


def test_every_fault_of_every_file_comes_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "crosswalks"
    folder.mkdir()
    (folder / "here-1.0--there-1.0.yaml").write_text(changed(TEXT, "[H2], relation", "[H3], relation"))
    (folder / "other.yaml").write_text(TEXT)
    at_hand = Shelf(Gathered(FRAMEWORKS, {}))
    shelf = read_shelf(PackFiles(crosswalks=crosswalk_files(folder)), at_hand)
    first, second = map(str, shelf.faults)
    assert first.startswith("crosswalks/here-1.0--there-1.0.yaml:10:21: crossings.1.from.0: H3 is not")
    assert second == (
        "crosswalks/other.yaml:1:1: this is crosswalks here-1.0--there-1.0; "
        "expected it in crosswalks/here-1.0--there-1.0.yaml"
    )
    assert shelf.crosswalks.packs == {}


# Those that come with Plumbline

SHIPPED = by_editions(read_shelf(shipped_files()).crosswalks.or_refused().values())
ICS, FEATURES, POLICY = ("ics-style", "2026.1"), ("common-features", "2010"), ("policy-review", "2026.1")


def test_four_crosswalks_come_with_plumbline() -> None:
    assert set(SHIPPED) == {(ICS, FEATURES), (FEATURES, ICS), (ICS, POLICY), (POLICY, ICS)}


@pytest.mark.parametrize("path", sorted(CROSSWALKS.glob("*.yaml")), ids=lambda path: path.stem)
class TestEachCrosswalk:
    def test_it_says_that_it_is_independent_and_free_to_use(self, path: Path) -> None:
        crosswalk = next(one for one in SHIPPED.values() if one.key[1] == path.stem)
        assert crosswalk.licence == "CC-BY-4.0"
        assert crosswalk.sources[0].startswith("Independent.")
        assert "It is no " in crosswalk.description or "next to nothing" in crosswalk.description

    def test_its_notes_fit_their_places_and_say_what_is_not_told(self, path: Path) -> None:
        crosswalk = next(one for one in SHIPPED.values() if one.key[1] == path.stem)
        notes = {one.to: one.note for one in crosswalk.crossings if one.note is not None}
        assert {code: note for code, note in notes.items() if len(note) > 180 or not note.endswith(".")} == {}

    def test_it_keeps_the_other_framework_s_own_order(self, path: Path) -> None:
        crosswalk = next(one for one in SHIPPED.values() if one.key[1] == path.stem)
        named = [one.to for one in crosswalk.crossings]
        assert named == [*installed_frameworks()[crosswalk.to.key].indicators]


def test_what_people_do_tells_at_most_a_part_of_what_a_policy_says() -> None:
    for crosswalk in (SHIPPED[ICS, POLICY], SHIPPED[POLICY, ICS]):
        assert {one.relation for one in crosswalk.crossings} == {"part", "overlaps", "none"}


def test_a_policy_speaks_only_for_points_about_the_policy() -> None:
    told = {one.to for one in SHIPPED[POLICY, ICS].crossings if one.relation == "part"}
    assert told == {"P1.1", "P1.2", "P1.3", "P2.1", "P2.2", "P3.1", "P4.2"}


@pytest.mark.parametrize(
    "code", ["P1.2", "R3.1", "R3.2", "R3.3", "R7.2", "A4.1"]
)  # the outline: asked by the ICS-style pack, with no common feature for it
def test_nothing_is_said_for_what_the_common_features_do_not_ask(code: str) -> None:
    assert SHIPPED[FEATURES, ICS].by_target[code].relation == "none"
