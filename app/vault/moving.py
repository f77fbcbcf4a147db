"""A file that takes an organisation to another installation, sealed under a code that is printed."""

from dataclasses import dataclass, field

from app.vault.recovery import FORM
from app.vault.sealing import keyed_hash, seal, unseal

LABEL = "organisation.moved"


@dataclass(frozen=True)
class MovingCode:
    """The code that such a file opens with, written as a recovery code is. It is never shown by `repr`."""

    secret: int = field(repr=False)

    @property
    def code(self) -> str:
        """The code as it is shown and printed."""
        return FORM.write(self.secret)

    @property
    def key(self) -> bytes:
        """The key that the file is sealed with."""
        return keyed_hash(self.secret.to_bytes(FORM.bytes, "big"), "moving.key")


def new_moving_code() -> MovingCode:
    """A code that nobody has had before."""
    return MovingCode(FORM.draw())


def read_moving_code(typed: str) -> MovingCode:
    """Read a code as people type it.

    Raises:
        Mistyped: when it is none.
    """
    return MovingCode(FORM.read(typed))


def sealed_file(code: MovingCode, text: str) -> bytes:
    """The text of a whole organisation, sealed."""
    return seal(code.key, text.encode(), LABEL)


def opened_file(code: MovingCode, content: bytes) -> str:
    """What `sealed_file` made.

    Raises:
        DoesNotOpen: with another code, or when a byte was changed.
    """
    return unseal(code.key, content, LABEL).decode()
