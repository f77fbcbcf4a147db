"""The spreadsheet that one can fill in to draft a pack."""

import csv
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from questionnaires.importers.columns import COLUMNS, MEANINGS, SHEET

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def template(kind: str) -> bytes:
    """An empty spreadsheet with the columns in place, as `xlsx` or `csv`.

    As `xlsx` it has a second sheet that says what each column holds.
    """
    names = [column.name for column in COLUMNS]
    if kind == "csv":
        text = StringIO(newline="")
        csv.writer(text).writerow(names)
        return text.getvalue().encode("utf-8-sig")
    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = SHEET
    _fill(sheet, [names], widths=[max(12, 2 * len(name)) for name in names])
    sheet.freeze_panes = "A2"
    # A code such as 1.10 is a text, not the number 1.1.
    sheet.column_dimensions["C"].number_format = "@"
    meanings = workbook.create_sheet(MEANINGS)
    rows = [[column.name, column.holds, column.example] for column in COLUMNS]
    _fill(meanings, [["column", "what it holds", "example"], *rows], widths=[18, 60, 45])
    written = BytesIO()
    workbook.save(written)
    return written.getvalue()


def _fill(sheet: "Worksheet", rows: list[list[str]], widths: list[int]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for row in rows:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
