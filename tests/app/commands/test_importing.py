"""An author drafts a pack from what they have, and the draft is a pack that `packs check` takes."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.app.commands.conftest import Type, put

LIBRARY = """
name: Clubs
objects:
  framework:
    name: Harbour clubs
    requirement_nodes:
    - {urn: "u:1", ref_id: "1", name: Boats, assessable: false}
    - {urn: "u:1.1", ref_id: "1.1", name: Jackets, assessable: true, parent_urn: "u:1", weight: 3}
    - {urn: "u:2", ref_id: "2", name: Shore, assessable: false}
    - {urn: "u:2.1", ref_id: "2.1", name: Gates, assessable: true, parent_urn: "u:2"}
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    return put(tmp_path / "clubs.yaml", LIBRARY).name


def test_a_draft_lies_in_a_folder_of_packs_and_says_what_is_left_to_do(library: str, plumbline: Type) -> None:
    status, said = plumbline(
        "packs", "import", "ciso-assistant", library, "--id", "clubs", "--edition", "1.0", "--to", "mine"
    )
    assert status == 0
    assert said[:2] == ["mine/standards/clubs/1.0.yaml", "mine/questionnaires/clubs-full/1.yaml"]
    assert "1 weight of a requirement was left out." in said
    assert said[-1].endswith("texts are yours to write: they begin with [to be written].")
    checked, found = plumbline("packs", "check", "mine")
    assert (checked, "no faults" in found[-1]) == (0, True)
    assert f"{sum('still to be written' in line for line in found)} texts" in said[-1]


def test_only_the_standards_that_are_named_are_taken(library: str, plumbline: Type) -> None:
    words = ["packs", "import", "ciso-assistant", library, "--id", "clubs", "--edition", "1", "--only", "2"]
    assert plumbline(*words)[0] == 0
    text = Path("standards/clubs/1.yaml").read_text(encoding="utf-8")
    assert "Gates" in text
    assert "Jackets" not in text


def test_a_draft_never_takes_the_place_of_a_file(library: str, plumbline: Type) -> None:
    words = ["packs", "import", "ciso-assistant", library, "--id", "clubs", "--edition", "1"]
    assert plumbline(*words)[0] == 0
    edited = put(Path("standards/clubs/1.yaml"), "edited")
    status, said = plumbline(*words)
    assert (status, edited.read_text(encoding="utf-8")) == (1, "edited")
    assert said == [
        "standards/clubs/1.yaml is there already; choose another --id or --edition, or move it away"
    ]


@pytest.mark.parametrize(
    ("file", "words", "reason"),
    [
        ("clubs.yaml", ("--id", "our clubs"), "clubs.yaml: our clubs cannot be a name"),
        ("clubs.yaml", ("--id", "../clubs"), "clubs.yaml: ../clubs cannot be a name"),
        ("clubs.yaml", ("--id", "clubs", "--only", "9"), "clubs.yaml: 9 is not a standard of the draft"),
        ("lost.yaml", ("--id", "clubs"), "No such file"),
    ],
)
def test_what_cannot_be_drafted_is_refused_in_words(
    file: str, words: tuple[str, ...], reason: str, library: str, plumbline: Type
) -> None:
    status, said = plumbline("packs", "import", "ciso-assistant", file, "--edition", "1", *words)
    assert status == 1
    assert reason in said[0]
    assert [*Path().iterdir()] == [Path(library)]


def test_the_template_opens_in_a_spreadsheet_and_comes_back_as_a_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plumbline: Type
) -> None:
    monkeypatch.chdir(tmp_path)
    assert plumbline("packs", "import-template", "clubs.xlsx") == (0, ["clubs.xlsx"])
    assert plumbline("packs", "import-template", "clubs.xlsx") == (
        1,
        ["clubs.xlsx is there already; choose another name"],
    )
    workbook = load_workbook("clubs.xlsx")
    assert workbook.sheetnames == ["indicators", "columns"]
    workbook["indicators"]["D2"] = "Jackets"
    workbook.save("clubs.xlsx")
    words = ["packs", "import", "spreadsheet", "clubs.xlsx", "--id", "clubs", "--edition", "1"]
    assert plumbline(*words)[0] == 0
    assert 'title: "Jackets"' in Path("standards/clubs/1.yaml").read_text(encoding="utf-8")


def test_a_template_is_a_spreadsheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plumbline: Type
) -> None:
    monkeypatch.chdir(tmp_path)
    assert plumbline("packs", "import-template", "clubs.csv")[0] == 0
    assert Path("clubs.csv").read_text(encoding="utf-8-sig").startswith("standard,requirement,code,title,")
    status, said = plumbline("packs", "import-template", "clubs.ods")
    assert (status, said) == (1, ["clubs.ods does not end in .xlsx or .csv; give it such a name"])
