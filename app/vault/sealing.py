"""Sealing bytes under a key, with everything that they belong to bound in.

A sealed blob is one suite byte, 24 random nonce bytes, and the ciphertext of the padded text. Suite 1 is
XChaCha20-Poly1305-IETF with ISO/IEC 7816-4 padding.

Source: libsodium, "XChaCha20-Poly1305 construction" and "Padding".
"""

import json
from collections.abc import Iterator
from functools import cache
from itertools import count
from typing import Any

from nacl._sodium import ffi, lib  # type: ignore[import-not-found]
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_ABYTES,
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
)
from nacl.exceptions import CryptoError
from nacl.utils import random

SUITE = 1
KEY_BYTES = 32
NONCE_BYTES: int = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
TAG_BYTES: int = crypto_aead_xchacha20poly1305_ietf_ABYTES
DOMAIN_BYTES: int = lib.crypto_generichash_blake2b_personalbytes()

_BYTES = ffi.typeof("unsigned char[]")
_NO_SALT = bytes(lib.crypto_generichash_blake2b_saltbytes())

_WRITTEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

_KIB = 1024
_END = b"\x80"
_SMALL_SIZES = (256, _KIB, 4 * _KIB, 16 * _KIB)
_STEP = 64 * _KIB


class DoesNotOpen(Exception):
    """A blob does not open with this key at this place: a wrong key, or a row that was moved or altered."""


def keyed_hash(key: bytes, label: str, data: bytes = b"", *, size: int = KEY_BYTES) -> bytes:
    """Keyed BLAKE2b of some data, in a domain of its own for each label of at most 16 bytes.

    libsodium is called past PyNaCl's own checks of each argument: docs/decisions/0025.

    Raises:
        ValueError: for a key or a size above 64 bytes, no size, or a longer label.
    """
    digest = ffi.new(_BYTES, size)
    if lib.crypto_generichash_blake2b_salt_personal(
        digest, size, data, len(data), key, len(key), _NO_SALT, _domain(label)
    ):
        raise ValueError("a key is of at most 64 bytes, and a size of 1 to 64 bytes")
    return bytes(ffi.buffer(digest))


@cache
def _domain(label: str) -> bytes:
    domain = label.encode()
    if len(domain) > DOMAIN_BYTES:
        raise ValueError(f"a label is of at most {DOMAIN_BYTES} bytes")
    # All of it is read, whatever the label's length.
    return domain.ljust(DOMAIN_BYTES, b"\0")


def random_key() -> bytes:
    """32 bytes from the system's random source."""
    return random_bytes(KEY_BYTES)


def random_bytes(size: int) -> bytes:
    """Bytes from the system's random source."""
    drawn: bytes = random(size)
    return drawn


def bind(*fields: str | int | bytes) -> bytes:
    """Join fields so that no two different lists give the same bytes: each is preceded by its length."""
    parts: list[bytes] = []
    for field in fields:
        part = field if isinstance(field, bytes) else str(field).encode()
        parts += (len(part).to_bytes(4, "big"), part)
    return b"".join(parts)


def padded_size(length: int) -> int:
    """The size in bytes that a text of `length` bytes takes when padded, at least one byte more."""
    return next(size for size in _sizes() if size > length)


def _sizes() -> Iterator[int]:
    yield from _SMALL_SIZES
    yield from count(_STEP, _STEP)


def seal(key: bytes, text: bytes, *belongs_to: str | int | bytes) -> bytes:
    """Seal a text under a key, bound to everything that it belongs to."""
    nonce = random_bytes(NONCE_BYTES)
    padded = (text + _END).ljust(padded_size(len(text)), b"\0")
    ciphertext = crypto_aead_xchacha20poly1305_ietf_encrypt(padded, bind(SUITE, *belongs_to), nonce, key)
    return bytes([SUITE]) + nonce + ciphertext


def unseal(key: bytes, blob: bytes, *belongs_to: str | int | bytes) -> bytes:
    """Open what `seal` made.

    Raises:
        DoesNotOpen: with another key, for another place, or when a byte was changed.
    """
    suite, nonce, ciphertext = blob[:1], blob[1 : 1 + NONCE_BYTES], blob[1 + NONCE_BYTES :]
    if suite != bytes([SUITE]):
        raise DoesNotOpen
    try:
        padded = crypto_aead_xchacha20poly1305_ietf_decrypt(ciphertext, bind(SUITE, *belongs_to), nonce, key)
    except (CryptoError, ValueError) as fault:
        raise DoesNotOpen from fault
    text = padded.rstrip(b"\0")
    if not text.endswith(_END):
        raise DoesNotOpen
    return text.removesuffix(_END)


def seal_data(key: bytes, data: Any, *belongs_to: str | int | bytes) -> bytes:
    """Seal plain data (what JSON can hold)."""
    return seal(key, _WRITTEN.encode(data).encode(), *belongs_to)


def unseal_data(key: bytes, blob: bytes, *belongs_to: str | int | bytes) -> Any:
    """Open what `seal_data` made.

    Raises:
        DoesNotOpen: as `unseal`.
    """
    return json.loads(unseal(key, blob, *belongs_to).decode())
