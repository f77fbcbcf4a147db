"""The cells of an .xlsx or .csv file as texts, within bounds."""

import csv
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

from questionnaires.importers.archive import refuse_unsafe
from questionnaires.importers.columns import MEANINGS, SHEET
from questionnaires.importers.limits import LONGEST_TEXT, MOST_COLUMNS, MOST_NODES, CannotImport
from questionnaires.importers.losses import Loss, Losses

FORMULA = Loss(
    "cell holds a formula or an error and was left empty; put its value there",
    "cells hold a formula or an error and were left empty; put their values there",
)
OTHER_SHEET = Loss("other sheet was left out", "other sheets were left out", shown=20)

_XLSX = b"PK"
_NOT_A_VALUE = {"f", "e"}
_SEPARATORS = ",;\t"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet, each a list of texts, and what could not be taken from the others."""

    name: str
    rows: Iterable[Sequence[str]]
    losses: Losses


def read_sheet(content: bytes, name: str) -> Sheet:
    """The sheet in an .xlsx or .csv file.

    Raises: CannotImport.
    """
    losses = Losses()
    if content.startswith(_XLSX):
        refuse_unsafe(content)
        return Sheet(name, _xlsx_rows(content, losses), losses)
    return Sheet(name, _csv_rows(content), losses)


def _csv_rows(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CannotImport("this is not UTF-8 text; save the file as “CSV UTF-8”, or as .xlsx") from None
    first = text.lstrip().partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    try:
        rows = csv.reader(StringIO(text, newline=""), delimiter=separator)
        # One row more than the most: whoever counts them sees that there are too many.
        return [row[:MOST_COLUMNS] for _, row in zip(range(MOST_NODES + 2), rows, strict=False)]
    except csv.Error as error:
        raise CannotImport(f"this is not a table of comma-separated values: {error}") from None


def _xlsx_rows(content: bytes, losses: Losses) -> list[list[str]]:
    with warnings.catch_warnings():
        # It warns of what it does not keep, such as drop-down lists: nothing that is read here.
        warnings.simplefilter("ignore")
        try:
            return [*_opened_rows(content, losses)]
        except Exception as error:
            # A file that is made to do harm, or just damaged, ends in any of its errors.
            raise CannotImport("this spreadsheet cannot be read; save it anew as .xlsx") from error


def _opened_rows(content: bytes, losses: Losses) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    workbook = load_workbook(BytesIO(content), read_only=True, keep_links=False)
    names = [sheet.title for sheet in workbook.worksheets]
    chosen = next((name for name in names if name.strip().lower() == SHEET), names[0])
    for name in names:
        losses.add(OTHER_SHEET, f"“{name}”", count=int(name not in {chosen, MEANINGS}))
    # The sheet's own word for its size is not believed: a single far cell could claim millions.
    for row in workbook[chosen].iter_rows(max_row=MOST_NODES + 2, max_col=MOST_COLUMNS):
        yield [_text(cell, losses) for cell in row]


def _text(cell: Any, losses: Losses) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in _NOT_A_VALUE:
        losses.add(FORMULA, cell.coordinate)
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)[:LONGEST_TEXT]
