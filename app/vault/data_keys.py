"""The data key of one epoch of one assessment, and its subkeys, each checked against a stored commitment."""

from collections.abc import Mapping
from functools import cached_property
from typing import Literal, get_args

from nacl.bindings import sodium_memcmp

from app.database import Session
from app.tables import Commitment
from app.vault.sealing import DoesNotOpen, keyed_hash, random_key

Label = Literal["answers", "name", "notes", "files", "plan", "index"]
LABELS: tuple[Label, ...] = get_args(Label)

WHOLE = "data"
"""What the data key itself is called, beside its subkeys."""


class OutOfScope(Exception):
    """Something is asked for that this holder was not let into."""


class DataKey:
    """The keys of an assessment, or those of them that somebody was let into."""

    def __init__(self, keys: Mapping[str, bytes], commitments: Mapping[str, bytes]) -> None:
        """Take keys by their labels, together with the commitments that were stored when they were made.

        From the data key itself, 32 random bytes called `data`, every other follows.

        Raises:
            DoesNotOpen: when one of them is not the key that was committed to.
        """
        self._keys = dict(keys)
        self._commitments = commitments
        for label, key in keys.items():
            self._check(label, key)

    @property
    def whole(self) -> bytes:
        """The data key itself.

        Raises:
            OutOfScope: when only some subkeys are here.
        """
        if WHOLE not in self._keys:
            raise OutOfScope
        return self._keys[WHOLE]

    def subkey(self, label: Label) -> bytes:
        """The key for one kind of content.

        Raises:
            DoesNotOpen: when its commitment does not agree.
            OutOfScope: when it is none of the keys that are here.
        """
        if label not in self._keys:
            key = _subkey(self.whole, label)
            self._check(label, key)
            self._keys[label] = key
        return self._keys[label]

    @cached_property
    def index(self) -> bytes:
        """The key that names rows."""
        return self.subkey("index")

    def _check(self, label: str, key: bytes) -> None:
        if not sodium_memcmp(self._commitments.get(label, b""), _commitment(key)):
            raise DoesNotOpen


def new_data_key(session: Session, assessment_id: str, epoch: int) -> DataKey:
    """Draw the data key of an epoch and store the commitments to it and to its subkeys."""
    secret = random_key()
    keys = {WHOLE: secret} | {label: _subkey(secret, label) for label in LABELS}
    commitments = {label: _commitment(key) for label, key in keys.items()}
    for label, value in commitments.items():
        session.add(Commitment(assessment_id=assessment_id, epoch=epoch, label=label, value=value))
    session.flush()
    return DataKey({WHOLE: secret}, commitments)


def _subkey(secret: bytes, label: Label) -> bytes:
    return keyed_hash(secret, f"key.{label}")


def _commitment(key: bytes) -> bytes:
    return keyed_hash(key, "commitment")
