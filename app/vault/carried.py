"""What a form carries to the next, sealed: the browser cannot read it, and no other session can use it."""

from app.vault.sealing import DoesNotOpen, keyed_hash, seal_data, unseal_data
from app.vault.sessions import SignedIn

LABEL = "session.carry"


def carry(signed_in: SignedIn, purpose: str, text: str) -> str:
    """A text as a hidden field holds it. `purpose` keeps what one form carries from being used by another."""
    return seal_data(_key(signed_in), text, LABEL, purpose, signed_in.id, signed_in.holder.id).hex()


def carried(signed_in: SignedIn, purpose: str, typed: str) -> str | None:
    """What `carry` sealed in this session and for this purpose; None for anything else."""
    try:
        blob = bytes.fromhex(typed)
        text = unseal_data(_key(signed_in), blob, LABEL, purpose, signed_in.id, signed_in.holder.id)
    except (ValueError, DoesNotOpen):
        return None
    return str(text)


def _key(signed_in: SignedIn) -> bytes:
    return keyed_hash(signed_in.token, LABEL)
