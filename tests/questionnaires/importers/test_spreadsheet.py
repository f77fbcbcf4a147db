"""What a spreadsheet becomes."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from questionnaires.importers.columns import COLUMNS
from questionnaires.importers.draft import Draft
from questionnaires.importers.limits import CannotImport
from questionnaires.importers.sheets import read_sheet
from questionnaires.importers.spreadsheet import read_spreadsheet
from questionnaires.importers.template import template
from standards.placeholders import UNESTIMATED_DAYS, UNWRITTEN
from tests.questionnaires.importers.reading import read_back

Row = list[Any]

HEADS = ["standard", "requirement", "code", "title", "statement", "class"]


def xlsx(*rows: Row, sheets: tuple[str, ...] = ("indicators",)) -> bytes:
    workbook = Workbook()
    workbook.worksheets[0].title = sheets[0]
    for name in sheets[1:]:
        workbook.create_sheet(name)
    for row in rows:
        workbook[sheets[0]].append(row)
    written = BytesIO()
    workbook.save(written)
    return written.getvalue()


def drafted(content: bytes) -> Draft:
    return read_spreadsheet(read_sheet(content, "clubs.xlsx"))


def said(draft: Draft) -> str:
    return "\n".join(draft.losses.sentences)


def test_the_template_filled_in_becomes_an_edition_with_just_those_words() -> None:
    workbook = load_workbook(BytesIO(template("xlsx")))
    workbook["indicators"].append([column.example for column in COLUMNS])
    filled = BytesIO()
    workbook.save(filled)
    framework, asking = read_back(drafted(filled.getvalue()))
    indicator = framework.indicators["P1.1"]
    assert (framework.standards[0].title, framework.standards[0].requirements[0].title) == (
        "Policy",
        "A written policy",
    )
    assert (indicator.title, indicator.class_, indicator.themes) == (
        "Written policy",
        "critical",
        ("online",),
    )
    assert indicator.statement == "We have a policy of our own in writing."
    assert indicator.levels == tuple(f"What one sees at level {level}." for level in range(4))
    assert [(action.to, action.effort_days, action.owner) for action in indicator.actions] == [
        (1, 1, "Focal-point"),
        (2, 1, "Focal-point"),
        (3, 1, "Focal-point"),
    ]
    assert framework.roles["Focal-point"] == "Focal point"
    assert asking["harbour-full"].questions["P1.1"].help == "A page is enough."


def test_the_template_can_be_filled_in_as_csv_too() -> None:
    row = ",".join(f'"{column.example}"' for column in COLUMNS)
    framework, _ = read_back(drafted(template("csv") + row.encode()))
    assert framework.indicators["P1.1"].why == "Without one, safety depends on who is there."


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_may_have_any_usual_separator(separator: str) -> None:
    table = f"Title{separator}STATEMENT\nJackets{separator}Every child has one.\n"
    framework, _ = read_back(drafted(table.encode()))
    assert [one.statement for one in framework.indicators.values()] == ["Every child has one."]


def test_what_a_row_leaves_open_is_marked_to_be_written() -> None:
    framework, _ = read_back(drafted(xlsx(["title"], ["Jackets"])))
    (indicator,) = framework.indicators.values()
    assert indicator.class_ == "major"
    assert all(text.startswith(UNWRITTEN) for text in (*indicator.levels, indicator.why))
    assert {action.effort_days for action in indicator.actions} == {UNESTIMATED_DAYS}
    assert framework.roles[indicator.actions[0].owner].startswith(UNWRITTEN)


def test_an_empty_standard_means_the_one_above_and_blank_rows_mean_nothing() -> None:
    rows: list[Row] = [
        ["Boats", "Jackets", "A", "One"],
        [None, None, "B", "Two"],
        [],
        ["Shore", None, "C", "Three"],
        ["Boats", "Oars", "D", "Four"],
    ]
    framework, _ = read_back(drafted(xlsx(HEADS[:4], *rows)))
    found = [
        (standard.title, requirement.title, [one.code for one in requirement.indicators])
        for standard in framework.standards
        for requirement in standard.requirements
    ]
    assert found == [
        ("Boats", "Jackets", ["A", "B"]),
        ("Boats", "Oars", ["D"]),
        ("Shore", "Shore", ["C"]),
    ]


def test_a_formula_is_not_worked_out_and_its_cell_is_named() -> None:
    draft = drafted(
        xlsx(["code", "title", "statement"], ["A", "Jackets", '=HYPERLINK("http://example.org")'])
    )
    assert [one.statement for one in draft.indicators] == [""]
    assert said(draft) == "1 cell holds a formula or an error and was left empty; put its value there: C2."


def test_odd_and_doubled_codes_become_names_and_the_old_ones_stay_as_remarks() -> None:
    rows: list[Row] = [
        ["1.1 (a)", "One"],
        ["1.1 (a)", "Two"],
        ["Ärzte/Çare", "Three"],
        [None, "Four"],
        [7, "Five"],
    ]
    draft = drafted(xlsx(["code", "title"], *rows))
    framework, _ = read_back(draft)
    assert [*framework.indicators] == ["1.1-a", "1.1-a-2", "Arzte-Care", "indicator", "7"]
    assert "3 codes were changed to be valid and unique: “1.1 (a)” is now 1.1-a;" in said(draft)


def test_what_cannot_be_read_is_counted_and_named() -> None:
    rows: list[Row] = [
        ["A", "One", "vital", "two", "x"],
        ["B", "Two", "Minor", "-1", "x"],
        ["C", None, None, None, None],
    ]
    draft = drafted(xlsx(["code", "title", "class", "days 1", "colour"], *rows, sheets=("Mine", "Notes")))
    assert draft.losses.sentences == [
        "1 other sheet was left out: “Notes”.",
        "1 column is none of ours and was left out: “colour”.",
        "2 classes are none of critical, major and supporting; major stands there now: “vital”; “minor”.",
        "2 numbers of days could not be read: “two”; “-1”.",
        "1 row has neither a title nor a statement and was left out.",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the first row names no column that we know"),
        (b"colour,size\nred,2\n", "the first row names no column that we know"),
        (b"title\n\n", None),
        ("title\nÉté".encode("cp1252"), "this is not UTF-8 text"),
        (b"PK\x03\x04 and then nothing", "this is not an .xlsx spreadsheet"),
        (b"title,statement\n" + b"x" * 200_000, "this is not a table"),
    ],
)
def test_what_is_no_table_of_indicators_is_refused(content: bytes, reason: str | None) -> None:
    with pytest.raises(CannotImport, match=reason or "nothing in this file that could become an indicator"):
        read_back(drafted(content))


def test_a_role_may_be_called_by_a_word_that_yaml_takes_for_something_else() -> None:
    rows: list[Row] = [["Jackets", "no\n2026\non"]]
    framework, _ = read_back(drafted(xlsx(["title", "ask"], *rows)))
    assert [*framework.roles][:3] == ["no", "2026", "on"]
