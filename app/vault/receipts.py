"""The receipt: 130 random bits that an anonymous person comes back with.

Written as 28 Crockford base32 characters in groups of four: 26 that carry the secret, 2 that check it. The
check is the secret modulo 1021, a prime: one wrong character, or two that changed places, always shows.

Source: Douglas Crockford, "Base 32".
"""

from dataclasses import dataclass, field

from app.vault.sealing import keyed_hash, random_bytes

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET_CHARACTERS = 26
CHECK_CHARACTERS = 2
LENGTH = SECRET_CHARACTERS + CHECK_CHARACTERS
BITS = 5 * SECRET_CHARACTERS

_MODULUS = 1021
_LOOK_ALIKES = str.maketrans("OIL", "011")
_SECRET_BYTES = (BITS + 7) // 8


class ReceiptMistyped(Exception):
    """What was typed is not a receipt; the message says why, and never repeats it."""


@dataclass(frozen=True)
class Receipt:
    """A receipt's secret. It is never shown by `repr`."""

    secret: int = field(repr=False)

    @property
    def code(self) -> str:
        """The receipt as it is shown and printed: seven groups of four, joined by hyphens."""
        characters = _spell(self.secret, SECRET_CHARACTERS) + _spell(self.secret % _MODULUS, CHECK_CHARACTERS)
        return "-".join(characters[start : start + 4] for start in range(0, LENGTH, 4))

    @property
    def locator(self) -> bytes:
        """What finds the holder's row: it gives nothing of the secret away."""
        return keyed_hash(self._key, "receipt.locate")

    @property
    def seed(self) -> bytes:
        """The seed of the holder's key pair."""
        return keyed_hash(self._key, "receipt.x25519")

    @property
    def _key(self) -> bytes:
        return self.secret.to_bytes(_SECRET_BYTES, "big")


def new_receipt() -> Receipt:
    """A receipt that nobody has had before."""
    return Receipt(int.from_bytes(random_bytes(_SECRET_BYTES), "big") >> (8 * _SECRET_BYTES - BITS))


def read_receipt(typed: str) -> Receipt:
    """Read a receipt as people type it: any case, with or without spaces and hyphens, O for 0, I or L for 1.

    Raises:
        ReceiptMistyped: when characters are missing, too many, foreign, or the check does not agree.
    """
    characters = "".join(
        character for character in typed.upper() if character not in " -\u2010\u2011\u2013\t\r\n\u00a0."
    )
    characters = characters.translate(_LOOK_ALIKES)
    if not set(characters) <= set(ALPHABET):
        raise ReceiptMistyped("character")
    if len(characters) != LENGTH:
        raise ReceiptMistyped("length")
    secret, check = _value(characters[:SECRET_CHARACTERS]), _value(characters[SECRET_CHARACTERS:])
    if secret % _MODULUS != check:
        raise ReceiptMistyped("check")
    return Receipt(secret)


def _spell(value: int, length: int) -> str:
    return "".join(ALPHABET[(value >> (5 * place)) & 31] for place in reversed(range(length)))


def _value(characters: str) -> int:
    value = 0
    for character in characters:
        value = value * 32 + ALPHABET.index(character)
    return value
