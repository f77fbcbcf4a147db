"""The data key of one epoch of one assessment, and its subkeys, each checked against a stored commitment."""

from functools import cached_property
from typing import Literal, get_args

from nacl.bindings import sodium_memcmp
from sqlmodel import Session

from app.tables import Commitment
from app.vault.sealing import DoesNotOpen, keyed_hash, random_key

Label = Literal["answers", "name", "notes", "files", "plan", "index"]
LABELS: tuple[Label, ...] = get_args(Label)


class DataKey:
    """32 random bytes, from which every other key of an assessment follows."""

    def __init__(self, secret: bytes, commitments: dict[str, bytes]) -> None:
        """Take a key together with the commitments that were stored when it was made.

        Raises:
            DoesNotOpen: when it is not the key that was committed to.
        """
        self._secret = secret
        self._commitments = commitments
        self._subkeys: dict[Label, bytes] = {}
        self._check("data", secret)

    def subkey(self, label: Label) -> bytes:
        """The key for one kind of content.

        Raises:
            DoesNotOpen: when its commitment does not agree.
        """
        if label not in self._subkeys:
            key = _subkey(self._secret, label)
            self._check(label, key)
            self._subkeys[label] = key
        return self._subkeys[label]

    @cached_property
    def index(self) -> bytes:
        """The key that names rows."""
        return self.subkey("index")

    def _check(self, label: str, key: bytes) -> None:
        if not sodium_memcmp(self._commitments.get(label, b""), _commitment(key)):
            raise DoesNotOpen


def new_data_key(session: Session, assessment_id: str, epoch: int) -> bytes:
    """Draw the data key of an epoch and store the commitments to it and to its subkeys."""
    secret = random_key()
    keys = {"data": secret} | {label: _subkey(secret, label) for label in LABELS}
    for label, key in keys.items():
        session.add(Commitment(assessment_id=assessment_id, epoch=epoch, label=label, value=_commitment(key)))
    session.flush()
    return secret


def _subkey(secret: bytes, label: Label) -> bytes:
    return keyed_hash(secret, f"key.{label}")


def _commitment(key: bytes) -> bytes:
    return keyed_hash(key, "commitment")
