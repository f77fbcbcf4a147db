"""The receipt: 130 random bits that an anonymous person comes back with, written as seven groups of four."""

from dataclasses import dataclass, field

from app.vault.codes import Form
from app.vault.sealing import keyed_hash

FORM = Form(secret=26, check=2, modulus=1021)


@dataclass(frozen=True)
class Receipt:
    """A receipt's secret. It is never shown by `repr`."""

    secret: int = field(repr=False)

    @property
    def code(self) -> str:
        """The receipt as it is shown and printed: seven groups of four, joined by hyphens."""
        return FORM.write(self.secret)

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
        return self.secret.to_bytes(FORM.bytes, "big")


def new_receipt() -> Receipt:
    """A receipt that nobody has had before."""
    return Receipt(FORM.draw())


def read_receipt(typed: str) -> Receipt:
    """Read a receipt as people type it.

    Raises:
        Mistyped: when it is none.
    """
    return Receipt(FORM.read(typed))
