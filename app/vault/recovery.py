"""The recovery code: 160 random bits, shown once, that open an account whose password is lost."""

from dataclasses import dataclass, field

from app.vault.codes import Form
from app.vault.sealing import keyed_hash

FORM = Form(secret=32, check=4, modulus=1048573)


@dataclass(frozen=True)
class RecoveryCode:
    """A recovery code's secret. It is never shown by `repr`."""

    secret: int = field(repr=False)

    @property
    def code(self) -> str:
        """The code as it is shown and printed: nine groups of four, joined by hyphens."""
        return FORM.write(self.secret)

    @property
    def key(self) -> bytes:
        """The key that the account's master key is sealed with."""
        return keyed_hash(self.secret.to_bytes(FORM.bytes, "big"), "recovery.key")


def new_recovery_code() -> RecoveryCode:
    """A code that nobody has had before."""
    return RecoveryCode(FORM.draw())


def read_recovery_code(typed: str) -> RecoveryCode:
    """Read a code as people type it.

    Raises:
        Mistyped: when it is none.
    """
    return RecoveryCode(FORM.read(typed))
