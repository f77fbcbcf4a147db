"""Files that are made to do harm: each is refused in words, after a bounded amount of work."""

import json
import struct
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest

from questionnaires.importers.ciso_assistant import read_ciso_assistant
from questionnaires.importers.limits import (
    DEEPEST,
    LARGEST_FILE,
    LARGEST_UNPACKED,
    LONGEST_TEXT,
    MOST_NODES,
    MOST_PACKED,
    CannotImport,
    read_file,
)
from questionnaires.importers.oscal import read_oscal
from questionnaires.importers.sheets import read_sheet
from questionnaires.importers.spreadsheet import read_spreadsheet
from tests.questionnaires.importers.reading import read_back
from tests.questionnaires.importers.test_spreadsheet import xlsx

GOOD = xlsx(["title"], ["Jackets"])


def repacked(
    *others: tuple[str, bytes], instead: dict[str, bytes] | None = None, way: int = ZIP_DEFLATED
) -> bytes:
    """The good spreadsheet with more files in it, or with some replaced."""
    written = BytesIO()
    with ZipFile(BytesIO(GOOD)) as good, ZipFile(written, "w", way) as archive:
        for name in good.namelist():
            archive.writestr(name, (instead or {}).get(name, good.read(name)))
        for name, content in others:
            archive.writestr(name, content)
    return written.getvalue()


def sheet_of(rows: str) -> bytes:
    """The good spreadsheet with these rows in its sheet, as XML."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    data = f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>'
    sheet = f'<worksheet xmlns="{space}">{data}</worksheet>'
    return repacked(instead={"xl/worksheets/sheet1.xml": sheet.encode()})


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def taken(content: bytes) -> list[str]:
    return [one.title for one in read_spreadsheet(read_sheet(content, "x.xlsx")).indicators]


def test_the_spreadsheet_that_the_others_are_made_from_is_good() -> None:
    assert taken(repacked()) == ["Jackets"]


BOMB = b"\0" * (LARGEST_UNPACKED + 1)
DEFINES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'


WORKBOOK, SHEET = "xl/workbook.xml", "xl/worksheets/sheet1.xml"
EBCDIC = b'<?xml version="1.0"' + b" " * 500 + b'encoding="cp037"?><x/>'
HARMFUL = {
    "unpacks to too much": (repacked(("xl/media/a.bin", BOMB)), "unpacks to too much"),
    "packs too many": (repacked(*((f"a{at}", b"") for at in range(MOST_PACKED))), "packs too many files"),
    "an entity": (repacked(instead={SHEET: DEFINES}), "defines entities"),
    "an entity further on": (
        repacked(instead={WORKBOOK: b"<x>" + b" " * 65_530 + DEFINES}),
        "defines entities",
    ),
    "UTF-16": (repacked(instead={WORKBOOK: DEFINES.decode().encode("utf-16")}), "not UTF-8"),
    "UTF-16 unmarked": (repacked(instead={WORKBOOK: DEFINES.decode().encode("utf-16-le")}), "not UTF-8"),
    "another encoding": (repacked(instead={WORKBOOK: EBCDIC}), "not UTF-8"),
    "no workbook": (repacked(instead={WORKBOOK: b"<nothing/>"}), "cannot be read"),
    "an open tag": (repacked(instead={SHEET: b"<worksheet"}), "cannot be read"),
    "packed by LZMA": (repacked(way=ZIP_LZMA), "packed in an unusual way"),
    "half a file": (GOOD[: len(GOOD) // 2], "not an .xlsx spreadsheet"),
    "no list of files": (GOOD.replace(b"PK\x01\x02", b"PK\x01\x03"), "not an .xlsx spreadsheet"),
}


@pytest.mark.parametrize(("content", "reason"), HARMFUL.values(), ids=HARMFUL)
def test_a_spreadsheet_that_does_harm_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(CannotImport, match=reason):
        taken(content)


def test_a_spreadsheet_that_lies_about_its_sizes_is_refused() -> None:
    content = bytearray(repacked(("zz.bin", b"\0" * 100_000)))
    entry = content.rfind(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", 10)
    with pytest.raises(CannotImport):
        taken(bytes(content))


def test_a_locked_spreadsheet_is_refused() -> None:
    content = bytearray(GOOD)
    entry = content.find(b"PK\x01\x02")
    content[entry + 8] |= 1
    with pytest.raises(CannotImport, match="locked with a password"):
        taken(bytes(content))


def test_cells_that_lie_far_away_are_not_looked_for() -> None:
    rows = f'<row r="1">{cell("A1", "title")}</row><row r="2">{cell("A2", "Oars")}{cell("XFD2", "far")}</row>'
    assert taken(sheet_of(f'{rows}<row r="1048576">{cell("A1048576", "deep")}</row>')) == ["Oars"]


def test_a_table_with_more_rows_than_anybody_reads_is_refused() -> None:
    with pytest.raises(CannotImport, match="too many entries"):
        taken(b"title\n" + b"x\n" * (MOST_NODES + 1))


def test_aliases_that_multiply_are_refused() -> None:
    levels = "".join(f"x{at}: &x{at} [{', '.join([f'*x{at - 1}'] * 9)}]\n" for at in range(1, 20))
    with pytest.raises(CannotImport, match="once its aliases are followed"):
        read_ciso_assistant(f"x0: &x0 [lol, lol]\n{levels}".encode())


@pytest.mark.parametrize("text", ["a: &a [*a]", "a: *a", "&a {b: *a}"])
def test_an_alias_of_what_it_stands_in_is_refused(text: str) -> None:
    with pytest.raises(CannotImport, match=r"\*a stands for nothing, or for what it is in"):
        read_ciso_assistant(text.encode())


@pytest.mark.parametrize("read", [read_ciso_assistant, read_oscal])
@pytest.mark.parametrize(
    "text",
    [
        "[" * 500,
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"a":' * 200 + "1" + "}" * 200,
        "- " * (DEEPEST + 2) + "a",
    ],
)
def test_what_is_nested_without_end_is_refused(read: type, text: str) -> None:
    with pytest.raises(CannotImport):
        read(text.encode())


def test_a_tag_of_another_program_builds_nothing(tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    content = (
        f"a: !!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.Path ['{touched}']]"
    )
    with pytest.raises(CannotImport, match="there is no framework"):
        read_ciso_assistant(content.encode())
    assert not touched.exists()


def test_json_that_holds_too_much_is_refused_before_it_is_read() -> None:
    with pytest.raises(CannotImport, match="holds too much"):
        read_oscal(b'{"a": [' + b"1," * 2_000_001 + b"1]}")


def test_numbers_without_end_are_only_texts() -> None:
    catalogue = b'{"catalog": {"version": %s, "groups": [{"controls": [{"id": 1e999}]}]}}' % (b"9" * 10_000)
    assert len(read_back(read_oscal(catalogue))[0].indicators) == 1


def test_parameters_that_multiply_stay_short() -> None:
    params = [
        {"id": f"p{at}", "select": {"choice": [f"{{{{ insert: param, p{at + 1} }}}}" * 20] * 20}}
        for at in range(40)
    ]
    prose = "{{ insert: param, p0 }}" * 100
    control = {"id": "a", "title": "a", "params": params, "parts": [{"name": "statement", "prose": prose}]}
    (indicator,) = read_oscal(json.dumps({"catalog": {"controls": [control]}}).encode()).indicators
    assert len(indicator.statement) <= LONGEST_TEXT


def test_a_text_without_end_is_shortened() -> None:
    (title,) = taken(b'title\n"' + b"ab " * 30_000 + b'"\n')
    assert len(title) <= LONGEST_TEXT
    assert title.endswith("…")


def test_texts_that_would_break_out_of_the_yaml_stay_texts() -> None:
    evil = 'x"\n- code: "y\u2028\u0085\ufeff # {*a} \\" \x07 !!python/name:os.system'
    control = {"id": evil, "title": evil, "parts": [{"name": "statement", "prose": evil}]}
    catalogue = {"groups": [{"id": evil, "title": evil, "controls": [control]}], "metadata": {"title": evil}}
    framework, _ = read_back(read_oscal(json.dumps({"catalog": catalogue}).encode()))
    (indicator,) = framework.indicators.values()
    assert indicator.statement == 'x" - code: "y # {*a} \\" !!python/name:os.system'


def test_a_file_that_is_too_long_is_not_read(tmp_path: Path) -> None:
    long = tmp_path / "long.yaml"
    with long.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(CannotImport, match="the file is too long"):
        read_file(long)
