"""Somebody with a copy of the data folder, the settings and the code, who tries all of it as keys."""

import binascii
import hashlib
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import product
from pathlib import Path

from nacl.bindings import crypto_box_seed_keypair, crypto_scalarmult_base

from app.settings import Settings
from app.vault.codes import Mistyped
from app.vault.receipts import read_receipt
from app.vault.sealing import DoesNotOpen, unseal
from tests.app.vault.traces import places, values

KEY_BYTES, RECEIPT_BYTES = 32, 17
LABELS = [b"session.find", b"session.key", b"receipt.locate", b"receipt.x25519", b"commitment", b"row.name"]
LABELS += [b"form.key", b"form.body", b"form.row", b"key.answers", b"key.notes", b"key.name", b"key.plan"]
LABELS += [b"key.files", b"key.index", b""]
HEXADECIMAL = re.compile(rb"[0-9A-Fa-f]{34,}")
BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{23,}")
RECEIPT = re.compile(rb"[0-9A-Za-z]{4}(?:[- ]?[0-9A-Za-z]{4}){6}")


class Thief:
    """Knows the code, and so how everything is found, named and checked."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._runs = [place.content for place in places(folder)]
        self._runs += [path.name.encode() for path in folder.rglob("*")]
        self._runs += [str(value).encode() for value in settings.model_dump().values()]
        stored: dict[str, set[bytes]] = {}
        for column, value in values(folder):
            if isinstance(value, bytes):
                stored.setdefault(column, set()).add(value)
        self._stored = stored
        self._sessions = _sessions(folder)

    def opens(self) -> set[str]:
        """What opens with anything that was found: as it lies there, decoded, or hashed in any way we use."""
        found = set(self._receipts())
        short = {run for run in self._runs if 16 <= len(run) <= 64}
        found |= self._tries({digest for run in self._runs for digest in _digests(run)})
        found |= self._tries({hashed for run in short for hashed in _keyed(run)}, slowly=True)
        found |= self._tries(
            {hashed for one, other in product(short, short) for hashed in _keyed(one, other)}
        )
        return found | self._tries(self._stretches(KEY_BYTES), slowly=True)

    def _stretches(self, size: int) -> set[bytes]:
        runs = {*self._runs, *_decoded(self._runs)}
        return {stretch for run in runs for stretch in _windows(run, size)}

    def _tries(self, candidates: set[bytes], *, slowly: bool = False) -> set[str]:
        found = set()
        for key in candidates:
            if _keyed_hash(key, b"commitment") in self._stored["commitment.value"]:
                found.add("a data key")
            if _keyed_hash(key, b"session.find") in self._stored["browser_session.id"]:
                found.add("a session's cookie")
            if slowly:
                found |= set(self._tries_slowly(key))
        return found

    def _tries_slowly(self, key: bytes) -> Iterator[str]:
        if crypto_scalarmult_base(key) in self._stored["holder.public_key"]:
            yield "a private key"
        if crypto_box_seed_keypair(key)[0] in self._stored["holder.public_key"]:
            yield "a key pair's seed"
        if any(_unseals(key, *session) for session in self._sessions):
            yield "a session's key"

    def _receipts(self) -> Iterator[str]:
        secrets = self._stretches(RECEIPT_BYTES) | {each for run in self._runs for each in _typed(run)}
        for secret in secrets:
            locators = {_keyed_hash(each, b"receipt.locate") for each in (secret, secret[::-1])}
            if locators & self._stored["holder.locator"]:
                yield "a receipt"


def _keyed_hash(key: bytes, label: bytes, data: bytes = b"") -> bytes:
    """The product's keyed hash, in the thief's own and faster program."""
    return hashlib.blake2b(data, digest_size=KEY_BYTES, key=key, person=label).digest()


def _keyed(key: bytes, data: bytes = b"") -> Iterator[bytes]:
    yield from (_keyed_hash(key, label, data) for label in LABELS)


def _digests(run: bytes) -> Iterator[bytes]:
    yield from (hashlib.sha256(run).digest(), hashlib.sha512(run).digest()[:KEY_BYTES])
    yield hashlib.blake2b(run, digest_size=KEY_BYTES).digest()


def _windows(run: bytes, size: int) -> set[bytes]:
    """Every stretch of so many bytes that chance could have drawn: neither plain text nor all alike."""
    found = {run[start : start + size] for start in range(len(run) - size + 1)}
    return {each for each in found if not each.isascii() and len(set(each)) > size // 2}


def _decoded(runs: Iterable[bytes]) -> Iterator[bytes]:
    for run in runs:
        for written in HEXADECIMAL.findall(run):
            yield from (bytes.fromhex(_whole(written[start:], 2).decode()) for start in range(2))
        for written in BASE64.findall(run):
            plain = written.translate(bytes.maketrans(b"-_", b"+/"))
            yield from (_from_base64(plain[start:]) for start in range(4))


def _from_base64(written: bytes) -> bytes:
    signs = _whole(written, 4) if len(written) % 4 == 1 else written
    return binascii.a2b_base64(signs + b"=" * (-len(signs) % 4))


def _whole(written: bytes, group: int) -> bytes:
    return written[: len(written) // group * group]


def _typed(run: bytes) -> Iterator[bytes]:
    for written in RECEIPT.findall(run):
        try:
            yield read_receipt(written.decode()).secret.to_bytes(RECEIPT_BYTES, "big")
        except Mistyped:
            continue


def _sessions(folder: Path) -> list[tuple[bytes, str, int, bytes]]:
    with closing(
        sqlite3.connect(f"{(folder / 'plumbline.sqlite3').as_uri()}?mode=ro", uri=True)
    ) as connection:
        return connection.execute("SELECT id, holder_id, revision, sealed FROM browser_session").fetchall()


def _unseals(key: bytes, id_: bytes, holder_id: str, revision: int, sealed: bytes) -> bool:
    try:
        unseal(key, sealed, "session", id_, holder_id, revision)
    except DoesNotOpen:
        return False
    return True
