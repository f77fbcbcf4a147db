"""Codes that people write down: Crockford base32 in groups of four, read forgivingly, the last ones a check.

The check is the secret modulo a prime: one wrong character, or two that changed places, always shows.

Source: Douglas Crockford, "Base 32".
"""

from dataclasses import dataclass

from app.vault.sealing import random_bytes

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4

_LOOK_ALIKES = str.maketrans("OIL", "011")
_BETWEEN = " -\u2010\u2011\u2013\t\r\n\u00a0."


class Mistyped(Exception):
    """What was typed is no such code; the message says why, and never repeats it."""


@dataclass(frozen=True)
class Form:
    """How one kind of code is written: so many characters that carry the secret, so many that check it."""

    secret: int
    check: int
    modulus: int

    @property
    def length(self) -> int:
        """The characters in all, without those between the groups."""
        return self.secret + self.check

    @property
    def bits(self) -> int:
        """The bits of a secret."""
        return 5 * self.secret

    @property
    def bytes(self) -> int:
        """The bytes that a secret takes."""
        return (self.bits + 7) // 8

    def draw(self) -> int:
        """A secret that nobody has had before."""
        return int.from_bytes(random_bytes(self.bytes), "big") >> (8 * self.bytes - self.bits)

    def write(self, secret: int) -> str:
        """A secret as it is shown and printed, the groups joined by hyphens."""
        characters = _spell(secret, self.secret) + _spell(secret % self.modulus, self.check)
        return "-".join(characters[start : start + GROUP] for start in range(0, self.length, GROUP))

    def read(self, typed: str) -> int:
        """A secret as people type it: any case, with or without spaces and hyphens, O for 0, I or L for 1.

        Raises:
            Mistyped: when characters are missing, too many, foreign, or the check does not agree.
        """
        characters = "".join(character for character in typed.upper() if character not in _BETWEEN)
        characters = characters.translate(_LOOK_ALIKES)
        if not set(characters) <= set(ALPHABET):
            raise Mistyped("character")
        if len(characters) != self.length:
            raise Mistyped("length")
        secret, check = _value(characters[: self.secret]), _value(characters[self.secret :])
        if secret % self.modulus != check:
            raise Mistyped("check")
        return secret


def spelled(data: bytes) -> str:
    """Some bytes in the same characters and groups, to be compared by eye: eight for each five bytes."""
    characters = _spell(int.from_bytes(data, "big"), len(data) * 8 // 5)
    return "-".join(characters[start : start + GROUP] for start in range(0, len(characters), GROUP))


def _spell(value: int, length: int) -> str:
    return "".join(ALPHABET[(value >> (5 * place)) & 31] for place in reversed(range(length)))


def _value(characters: str) -> int:
    value = 0
    for character in characters:
        value = value * 32 + ALPHABET.index(character)
    return value
