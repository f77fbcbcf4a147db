"""Codes of 160 random bits that are shown once, and that something is sealed under.

One opens an account whose password is lost, another the file that takes an organisation elsewhere.
"""

from dataclasses import dataclass, field
from typing import Literal

from app.vault.codes import Form
from app.vault.sealing import keyed_hash

FORM = Form(secret=32, check=4, modulus=1048573)

Purpose = Literal["recovery.key", "moving.key"]


@dataclass(frozen=True)
class KeyCode:
    """The secret of such a code, and what it is for. The secret is never shown by `repr`."""

    secret: int = field(repr=False)
    purpose: Purpose

    @property
    def code(self) -> str:
        """The code as it is shown and printed: nine groups of four, joined by hyphens."""
        return FORM.write(self.secret)

    @property
    def key(self) -> bytes:
        """The key to seal with: another one for each purpose."""
        return keyed_hash(self.secret.to_bytes(FORM.bytes, "big"), self.purpose)


def new_code(purpose: Purpose) -> KeyCode:
    """A code that nobody has had before."""
    return KeyCode(FORM.draw(), purpose)


def read_code(typed: str, purpose: Purpose) -> KeyCode:
    """Read a code as people type it.

    Raises:
        Mistyped: when it is none.
    """
    return KeyCode(FORM.read(typed), purpose)
