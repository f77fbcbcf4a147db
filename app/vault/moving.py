"""A file that takes an organisation to another installation, sealed under a code that is printed."""

from app.vault.key_codes import KeyCode, new_code, read_code
from app.vault.sealing import seal, unseal

LABEL = "organisation.moved"


def new_moving_code() -> KeyCode:
    """A code to seal such a file under."""
    return new_code("moving.key")


def read_moving_code(typed: str) -> KeyCode:
    """Read such a code as people type it.

    Raises:
        Mistyped: when it is none.
    """
    return read_code(typed, "moving.key")


def sealed_file(code: KeyCode, text: str) -> bytes:
    """The text of a whole organisation, sealed."""
    return seal(code.key, text.encode(), LABEL)


def opened_file(code: KeyCode, content: bytes) -> str:
    """What `sealed_file` made.

    Raises:
        DoesNotOpen: with another code, or when a byte was changed.
    """
    return unseal(code.key, content, LABEL).decode()
