"""Passwords: each is stretched, slowly and in much memory, into what proves it and what it opens.

Source: RFC 9106, "Argon2", Argon2id with 64 MiB, 3 passes and one lane; libsodium's `crypto_pwhash`.
"""

from dataclasses import dataclass, field
from unicodedata import normalize

from nacl.pwhash import argon2id

from app.vault.sealing import KEY_BYTES, keyed_hash, random_bytes

SALT_BYTES: int = argon2id.SALTBYTES
PASSES = 3
MEMORY_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Stretched:
    """What a password became: 32 bytes that prove it, and 32 that open the account's keys."""

    proof: bytes = field(repr=False)
    key: bytes = field(repr=False)


def new_salt() -> bytes:
    """A salt that no other password has."""
    return random_bytes(SALT_BYTES)


def decoy_salt(secret: bytes, email: str) -> bytes:
    """The salt of an account that does not exist: always the same for one address, so that it looks real."""
    return keyed_hash(secret, "person.decoy", email.encode(), size=SALT_BYTES)


def stretch(password: str, salt: bytes) -> Stretched:
    """Stretch a password. Takes 64 MiB, and a tenth of a second or more.

    However a keyboard composes its accents, the same password gives the same bytes.
    """
    secret = normalize("NFKC", password).encode()
    both: bytes = argon2id.kdf(2 * KEY_BYTES, secret, salt, opslimit=PASSES, memlimit=MEMORY_BYTES)
    return Stretched(both[:KEY_BYTES], both[KEY_BYTES:])


def verifier_of(stretched: Stretched) -> bytes:
    """What is stored to tell that a password is the right one; it opens nothing."""
    return keyed_hash(stretched.proof, "person.verify")
