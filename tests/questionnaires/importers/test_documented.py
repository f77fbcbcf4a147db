"""What docs/importing-packs.md says of columns and limits is so."""

import re
from pathlib import Path

import pytest

from questionnaires.importers import limits
from questionnaires.importers.columns import COLUMNS

PAGE = (Path(__file__).parents[3] / "docs" / "importing-packs.md").read_text(encoding="utf-8")


def test_every_column_is_documented_in_its_order() -> None:
    documented = re.findall(r"^\| `([a-z0-3 ]+)` \| (.+) \|$", PAGE, re.MULTILINE)
    assert documented == [(column.name, column.holds) for column in COLUMNS]


@pytest.mark.parametrize(
    "limit",
    [
        limits.LARGEST_FILE,
        limits.LARGEST_UNPACKED,
        limits.MOST_PACKED,
        limits.MOST_NODES,
        limits.MOST_COLUMNS,
        limits.MOST_VALUES,
        limits.MOST_WORK,
        limits.EACH_VALUE,
        limits.DEEPEST,
        limits.DEEPEST_TREE,
        limits.LONGEST_TEXT,
    ],
)
def test_every_limit_is_documented(limit: int) -> None:
    assert f" {limit:,} " in PAGE.partition("## Limits")[2]
