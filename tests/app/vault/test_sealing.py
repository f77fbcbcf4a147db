"""Sealing: a blob opens with its own key at its own place, and its size tells a bucket and no more."""

import hashlib
import string
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    sodium_pad,
)

from app.vault.sealing import (
    KEY_BYTES,
    NONCE_BYTES,
    SUITE,
    DoesNotOpen,
    bind,
    keyed_hash,
    padded_size,
    random_key,
    seal,
    seal_data,
    unseal,
    unseal_data,
)

KEY = bytes(range(KEY_BYTES))
TEXT = b"Every adult is checked."
PLACE = ("an assessment", 1, "answers", "question:P1.1", 3)
SEALED_EARLIER = bytes.fromhex(
    "01d042d2c52dc8c0f08809a342cfcf4c41e9d94eea559988442fb76cfaee6e2e981221b5838b951912be2384e96fb7ef"
    "296b24e9b85072bb0915e67fbe6a7befb4a1b15a24d694d0994d5afa35bd7e016ed7575faae0d876ef42f0998dd7f2fa"
    "292700b473e651a55086d897d616f3f6c9f22c376ddedfce3c57f4edb5a5927f1bf64c843f63fc7d1bafc34e9addb352"
    "59826f86ad3dbce4823127faa297aa08b78924ec62a91d9b925d7db89d8e45bb7cc6929f70ee919abf73447ed19726e2"
    "76dada2c50660c92b850ff9b3916d51399ff1699993b7711b54040ad19de1a43e516faf1fdbe59eec4c3c9f06f3c019c"
    "38c713fad15919d7f94030d303175445b5abb1ce619fc3df0f1cbaa8f2e879987c400ce030590b551a903cab7c3607bb"
    "cce3cdc58f242ec9c2"
)
KIB = 1024


@given(st.binary(max_size=3000))
def test_what_was_sealed_opens_again(text: bytes) -> None:
    assert unseal(KEY, seal(KEY, text, *PLACE), *PLACE) == text


@given(st.binary(max_size=3000) | st.binary().map(lambda text: text + b"\x80\x00"))
def test_a_text_is_padded_as_libsodium_does(text: bytes) -> None:
    sealed = seal(KEY, text, *PLACE)
    nonce, ciphertext = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    padded = crypto_aead_xchacha20poly1305_ietf_decrypt(ciphertext, bind(SUITE, *PLACE), nonce, KEY)
    assert padded == sodium_pad(text, padded_size(len(text)))


@pytest.mark.parametrize("padded", [b"", bytes(256), b"no end", b"an end\x80 and more", b"\x80\x00\x01"])
def test_what_was_not_padded_does_not_open(padded: bytes) -> None:
    nonce = bytes(NONCE_BYTES)
    sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(padded, bind(SUITE, *PLACE), nonce, KEY)
    with pytest.raises(DoesNotOpen):
        unseal(KEY, bytes([SUITE]) + nonce + sealed, *PLACE)


@pytest.mark.parametrize("data", [None, "", "naïve “words” \n 子ども", 0, {"a": [1, None, True, 0.5]}])
def test_plain_data_comes_back_as_it_was(data: Any) -> None:
    assert unseal_data(KEY, seal_data(KEY, data, *PLACE), *PLACE) == data


@pytest.mark.parametrize(
    ("length", "padded"),
    [
        (0, 256),
        (1, 256),
        (255, 256),
        (256, KIB),
        (KIB - 1, KIB),
        (KIB, 4 * KIB),
        (4 * KIB - 1, 4 * KIB),
        (4 * KIB, 16 * KIB),
        (16 * KIB - 1, 16 * KIB),
        (16 * KIB, 64 * KIB),
        (64 * KIB - 1, 64 * KIB),
        (64 * KIB, 128 * KIB),
        (128 * KIB - 1, 128 * KIB),
        (128 * KIB, 192 * KIB),
        (1000 * KIB, 1024 * KIB),
    ],
)
def test_a_text_takes_the_size_of_its_bucket(length: int, padded: int) -> None:
    suite, tag = 1, 16
    assert padded_size(length) == padded
    assert len(seal(KEY, b"x" * length, *PLACE)) == suite + NONCE_BYTES + padded + tag


def test_a_blob_begins_with_its_suite_and_a_nonce_of_24_bytes() -> None:
    assert (SUITE, NONCE_BYTES) == (1, 24)
    assert seal(KEY, TEXT, *PLACE)[0] == SUITE


def test_what_an_earlier_version_sealed_still_opens() -> None:
    """Were the format to change under the same suite, everything that was ever written would be lost."""
    assert unseal(KEY, SEALED_EARLIER, *PLACE) == TEXT


def test_a_nonce_never_comes_twice() -> None:
    blobs = [seal(KEY, TEXT, *PLACE) for _ in range(2000)]
    assert len({blob[1 : 1 + NONCE_BYTES] for blob in blobs}) == len(blobs)
    assert len({blob[1 + NONCE_BYTES :] for blob in blobs}) == len(blobs)


def test_a_blob_shows_nothing_of_its_text() -> None:
    blob = seal(KEY, b"\x00" * 4000, *PLACE)
    assert b"\x00" * 4 not in blob
    assert len(set(blob)) > 250


ELSEWHERE = {
    "another assessment": ("another assessment", 1, "answers", "question:P1.1", 3),
    "another epoch": ("an assessment", 2, "answers", "question:P1.1", 3),
    "another label": ("an assessment", 1, "notes", "question:P1.1", 3),
    "another row": ("an assessment", 1, "answers", "question:P1.2", 3),
    "a newer revision": ("an assessment", 1, "answers", "question:P1.1", 4),
    "an older revision": ("an assessment", 1, "answers", "question:P1.1", 2),
    "a place with less to it": ("an assessment", 1, "answers", "question:P1.1"),
    "a place with more to it": ("an assessment", 1, "answers", "question:P1.1", 3, ""),
    "fields cut elsewhere": ("an assessment", 1, "answersq", "uestion:P1.1", 3),
    "nowhere": (),
}


@pytest.mark.parametrize("place", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_blob_does_not_open_at(place: tuple[str | int, ...]) -> None:
    blob = seal(KEY, TEXT, *PLACE)
    with pytest.raises(DoesNotOpen):
        unseal(KEY, blob, *place)


def test_a_blob_does_not_open_with_another_key() -> None:
    with pytest.raises(DoesNotOpen):
        unseal(random_key(), seal(KEY, TEXT, *PLACE), *PLACE)


def test_a_blob_does_not_open_when_any_one_byte_of_it_was_changed() -> None:
    blob = seal(KEY, TEXT, *PLACE)
    for place in range(len(blob)):
        changed = bytearray(blob)
        changed[place] ^= 1 << (place % 8)
        with pytest.raises(DoesNotOpen):
            unseal(KEY, bytes(changed), *PLACE)


@pytest.mark.parametrize("suite", [0, 2, 255])
def test_a_blob_does_not_open_under_another_suite(suite: int) -> None:
    with pytest.raises(DoesNotOpen):
        unseal(KEY, bytes([suite]) + seal(KEY, TEXT, *PLACE)[1:], *PLACE)


@pytest.mark.parametrize("length", [0, 1, 24, 25, 40, 41, 296])
def test_a_blob_that_was_cut_short_does_not_open(length: int) -> None:
    with pytest.raises(DoesNotOpen):
        unseal(KEY, seal(KEY, TEXT, *PLACE)[:length], *PLACE)


def test_a_blob_with_something_after_it_does_not_open() -> None:
    with pytest.raises(DoesNotOpen):
        unseal(KEY, seal(KEY, TEXT, *PLACE) + b"\x00", *PLACE)


def _cut(text: bytes, cuts: list[int]) -> list[bytes]:
    places = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    return [text[start:end] for start, end in pairwise(places)]


cuts = st.lists(st.integers(min_value=0, max_value=12), max_size=4)


@given(st.binary(max_size=12), cuts, cuts)
def test_two_lists_of_fields_never_bind_alike(text: bytes, one: list[int], other: list[int]) -> None:
    """The same bytes, cut into fields in two ways: the hardest lists to tell apart."""
    first, second = _cut(text, one), _cut(text, other)
    assert (bind(*first) == bind(*second)) == (first == second)


@given(st.lists(st.binary(max_size=6), max_size=4), st.lists(st.binary(max_size=6), max_size=4))
def test_no_list_of_fields_binds_like_any_other(one: list[bytes], other: list[bytes]) -> None:
    assert (bind(*one) == bind(*other)) == (one == other)


@given(
    st.binary(min_size=1, max_size=64),
    st.text(string.ascii_lowercase + ".", min_size=1, max_size=16),
    st.binary(max_size=300),
    st.integers(1, 64),
)
def test_the_keyed_hash_is_blake2b_with_a_person(key: bytes, label: str, data: bytes, size: int) -> None:
    expected = hashlib.blake2b(data, digest_size=size, key=key, person=label.encode()).digest()
    assert keyed_hash(key, label, data, size=size) == expected


def test_each_label_is_a_domain_of_its_own() -> None:
    labels = ["receipt.locate", "receipt.x25519", "session.find", "session.key", "key.answers", "commitment"]
    assert len({keyed_hash(KEY, label) for label in labels}) == len(labels)


def test_a_label_longer_than_16_bytes_is_refused_rather_than_cut() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        keyed_hash(KEY, "x" * 17)


@pytest.mark.parametrize(("key", "size"), [(bytes(65), 32), (KEY, 0), (KEY, 65)])
def test_a_key_or_a_size_that_blake2b_does_not_have_is_refused(key: bytes, size: int) -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        keyed_hash(key, "commitment", size=size)
