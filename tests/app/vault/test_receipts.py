"""Receipts: written once, read forgivingly, and refused when mistyped before anything is looked up."""

import re

import pytest
from fastapi import FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from app.vault.codes import ALPHABET, Mistyped
from app.vault.receipts import FORM, Receipt, new_receipt, read_receipt
from tests.conftest import Browser

KNOWN = Receipt(0x1_2345_6789_ABCD_EF01_2345_6789_ABCD_EF01)
KNOWN_CODE = "938N-KRKA-YDXW-0J6H-B7H6-NWVV-R1PR"

receipts = st.integers(min_value=0, max_value=2**FORM.bits - 1).map(Receipt)


@given(receipts)
def test_a_receipt_is_read_as_it_was_written(receipt: Receipt) -> None:
    assert read_receipt(receipt.code) == receipt


@given(receipts)
def test_a_receipt_is_28_characters_in_groups_of_four(receipt: Receipt) -> None:
    assert re.fullmatch(rf"[{ALPHABET}]{{4}}(-[{ALPHABET}]{{4}}){{6}}", receipt.code)


def test_a_printed_receipt_is_read_by_every_later_version() -> None:
    """Were one of these to change, everybody who came back would find nothing."""
    assert KNOWN.code == KNOWN_CODE
    assert KNOWN.locator.hex() == "f9edd164364b8b036947e17f4b0410c5959fecf0bef87bfe86a72798cd643ce7"
    assert KNOWN.seed.hex() == "3f1842d5e754ac9b2660dfb758c47aac7f898f9b8fcce61f9fddb84265c3f369"


def test_the_alphabet_is_crockfords() -> None:
    assert ALPHABET == "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_two_receipts_share_no_half() -> None:
    """130 bits: among 2,000 receipts even the halves, 65 bits each, come only once."""
    codes = [new_receipt().code.replace("-", "") for _ in range(2000)]
    assert len({code[:13] for code in codes}) == len({code[13:26] for code in codes}) == 2000


def test_every_bit_of_a_receipt_is_drawn_by_chance() -> None:
    drawn = [new_receipt().secret for _ in range(200)]
    assert max(drawn) < 2**FORM.bits
    stuck = [bit for bit in range(FORM.bits) if len({secret >> bit & 1 for secret in drawn}) == 1]
    assert stuck == []


AS_PEOPLE_TYPE = {
    "lower case": KNOWN_CODE.lower(),
    "without hyphens": KNOWN_CODE.replace("-", ""),
    "with spaces": KNOWN_CODE.replace("-", " "),
    "a space after each character": " ".join(KNOWN_CODE.replace("-", "")),
    "on several lines": KNOWN_CODE.replace("-", "\r\n"),
    "with dashes of a word processor": KNOWN_CODE.replace("-", "–"),
    "with hyphens that do not break": KNOWN_CODE.replace("-", "\u2011"),
    "with spaces that do not break": KNOWN_CODE.replace("-", "\u00a0"),
    "copied with what is around it": f" \t{KNOWN_CODE}.\n",
    "O for 0": KNOWN_CODE.replace("0", "O"),
    "o for 0": KNOWN_CODE.replace("0", "o"),
    "I for 1": KNOWN_CODE.replace("1", "I"),
    "l for 1": KNOWN_CODE.replace("1", "l"),
}


@pytest.mark.parametrize("typed", AS_PEOPLE_TYPE.values(), ids=AS_PEOPLE_TYPE)
def test_a_receipt_is_read_however_it_is_typed(typed: str) -> None:
    assert read_receipt(typed) == KNOWN


@settings(max_examples=25)
@given(receipts)
def test_every_single_wrong_character_is_noticed(receipt: Receipt) -> None:
    right = receipt.code.replace("-", "")
    for place in range(FORM.length):
        for wrong in set(ALPHABET) - {right[place]}:
            with pytest.raises(Mistyped, match="check"):
                read_receipt(right[:place] + wrong + right[place + 1 :])


@settings(max_examples=25)
@given(receipts)
def test_any_two_characters_that_changed_places_are_noticed(receipt: Receipt) -> None:
    right = receipt.code.replace("-", "")
    for first in range(FORM.length):
        for second in range(first + 1, FORM.length):
            if right[first] == right[second]:
                continue
            swapped = list(right)
            swapped[first], swapped[second] = right[second], right[first]
            with pytest.raises(Mistyped, match="check"):
                read_receipt("".join(swapped))


MISTYPED = [
    ("", "length"),
    (KNOWN_CODE[:-1], "length"),
    (KNOWN_CODE + "0", "length"),
    (KNOWN_CODE[:-1] + "U", "character"),
    (KNOWN_CODE[:-1] + "é", "character"),
    (KNOWN_CODE[:-1] + "٣", "character"),
    (KNOWN_CODE[:-1] + "\x00", "character"),
    ("'; DROP TABLE holder; --", "character"),
]


@pytest.mark.parametrize(("typed", "why"), MISTYPED)
def test_what_is_no_receipt_is_refused_and_not_repeated(typed: str, why: str) -> None:
    with pytest.raises(Mistyped) as refused:
        read_receipt(typed)
    assert str(refused.value) == why


def test_a_receipt_is_never_shown_by_repr() -> None:
    assert repr(KNOWN) == "Receipt()"


def test_what_finds_a_receipt_is_not_what_opens() -> None:
    assert len({KNOWN.locator, KNOWN.seed}) == 2
    assert str(KNOWN.secret) not in f"{KNOWN.locator!r}{KNOWN.seed!r}"


@pytest.mark.parametrize(
    ("receipt", "status", "looked_up"),
    [
        (KNOWN_CODE, 401, True),
        (KNOWN_CODE[:-1] + "F", 422, False),
        (KNOWN_CODE[1] + KNOWN_CODE[0] + KNOWN_CODE[2:], 422, False),
        (KNOWN_CODE[:-4], 422, False),
        (KNOWN_CODE.replace("3", "U"), 422, False),
    ],
)
def test_a_mistyped_receipt_is_refused_before_anything_is_looked_up(
    stranger: Browser, app: FastAPI, receipt: str, status: int, looked_up: bool
) -> None:
    asked: list[str] = []
    event.listen(app.state.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))

    answer = stranger.come_back(receipt)

    assert answer.status_code == status
    assert any("FROM holder" in statement for statement in asked) is looked_up
