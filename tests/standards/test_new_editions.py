"""A new edition begins as a copy of an earlier one, with its comments and layout, and links to it."""

import difflib
from pathlib import Path

import pytest

from standards.faults import PackError
from standards.loader import PACKS, pack_files, pack_name, read_framework, read_pack
from standards.new_editions import new_edition
from tests.standards.samples import EDITION, NAME, changed

LINKS_TO_1 = [
    '  - edition: "1.0"',
    "    links:",
    '      - {from: ["P1.1"], to: ["P1.1"], relation: same}',
    '      - {from: ["R3.5"], to: ["R3.5"], relation: same}',
]
WITHOUT_EARLIER = EDITION[: EDITION.index("earlier:")]


def difference(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_only_the_editions_name_and_the_links_differ() -> None:
    assert difference(EDITION, new_edition(EDITION, NAME, "1.1")) == [
        '- edition: "1.0"',
        '+ edition: "1.1"',
        *(f"+ {line}" for line in LINKS_TO_1),
    ]


def test_where_there_were_no_links_they_come_last() -> None:
    after = new_edition(WITHOUT_EARLIER, NAME, "1.1")
    assert after.splitlines()[-5:] == ["earlier:", *LINKS_TO_1]


def test_the_links_to_editions_before_are_kept() -> None:
    edition = read_framework(new_edition(EDITION, NAME, "1.1"), NAME)
    assert [earlier.edition for earlier in edition.earlier] == ["1.0", "0.9"]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('edition: "1.0"\n', "edition: '1.0'   # the first\n", 'edition: "1.1"   # the first'),
        ('edition: "1.0"\n', "edition: 1.0 # the first\n", 'edition: "1.1" # the first'),
        ('edition: "1.0"\n', 'edition:\n  "1.0"\n', '  "1.1"'),
        ('edition: "1.0"\n', '"edition": "1.0"\n', '"edition": "1.1"'),
    ],
)
def test_however_the_edition_is_written_only_its_name_changes(old: str, new: str, line: str) -> None:
    after = new_edition(changed(EDITION, f"id: sample\n{old}", f"id: sample\n{new}"), NAME, "1.1")
    assert line in after.splitlines()
    assert read_framework(after, NAME).edition == "1.1"


@pytest.mark.parametrize("text", [EDITION, WITHOUT_EARLIER, WITHOUT_EARLIER.rstrip("\n")])
def test_lines_end_as_they_did(text: str) -> None:
    after = new_edition(text.replace("\n", "\r\n"), NAME, "1.1")
    assert after.count("\n") == after.count("\r\n") > 70


def test_a_layout_that_cannot_be_edited_line_by_line_is_refused() -> None:
    inline = EDITION[: EDITION.index("earlier:")] + "earlier: [{edition: '0.9', links: []}]\n"
    with pytest.raises(
        PackError, match="this layout cannot be copied; expected each key in a line of its own"
    ):
        new_edition(inline, NAME, "1.1")


@pytest.mark.parametrize("path", pack_files(PACKS), ids=pack_name)
def test_every_shipped_edition_can_be_gone_on_from(path: Path) -> None:
    text = read_pack(path)
    after = read_framework(new_edition(text, NAME, "next"), NAME)
    assert after.edition == "next"
    assert [link.to for link in after.earlier[0].links] == [(code,) for code in after.indicators]
