"""The recovery code: shown once, it opens an account whose password is lost."""

from app.vault.key_codes import KeyCode, new_code, read_code


def new_recovery_code() -> KeyCode:
    """A code to seal the account's master key under."""
    return new_code("recovery.key")


def read_recovery_code(typed: str) -> KeyCode:
    """Read such a code as people type it.

    Raises:
        Mistyped: when it is none.
    """
    return read_code(typed, "recovery.key")
