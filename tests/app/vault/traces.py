"""Searching a data folder for what was entered, however it may be written there."""

import base64
import bz2
import codecs
import hashlib
import html
import json
import lzma
import quopri
import sqlite3
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, quote_plus

SHORTEST = 8
"""Fewer bytes than that may lie anywhere by chance."""

TEXTS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp1252", "utf-7", "cp037")
ESCAPES: tuple[Callable[[str], bytes], ...] = (
    lambda text: json.dumps(text)[1:-1].encode(),
    lambda text: json.dumps(text, ensure_ascii=False)[1:-1].encode(),
    lambda text: quote(text, safe="").encode(),
    lambda text: quote(text, safe="").lower().encode(),
    lambda text: quote_plus(text).encode(),
    lambda text: html.escape(text).encode(),
    lambda text: text.encode("ascii", "xmlcharrefreplace"),
    lambda text: text.encode("ascii", "backslashreplace"),
    lambda text: repr(text)[1:-1].encode(),
    lambda text: quopri.encodestring(text.encode()).replace(b"=\n", b""),
)
BASES: tuple[tuple[Callable[[bytes], bytes], int, int], ...] = (
    (base64.b64encode, 3, 4),
    (base64.urlsafe_b64encode, 3, 4),
    (base64.b32encode, 5, 8),
    (base64.b85encode, 4, 5),
    (base64.a85encode, 4, 5),
)
"""How to encode, and how many signs are given for how many bytes."""
DIGESTS = ("md5", "sha1", "sha256", "sha512", "sha3_256", "blake2b", "blake2s")
PACKED: dict[bytes, Callable[[bytes], bytes]] = {
    b"\x78\x01": lambda packed: zlib.decompressobj().decompress(packed, 1 << 20),
    b"\x78\x5e": lambda packed: zlib.decompressobj().decompress(packed, 1 << 20),
    b"\x78\x9c": lambda packed: zlib.decompressobj().decompress(packed, 1 << 20),
    b"\x78\xda": lambda packed: zlib.decompressobj().decompress(packed, 1 << 20),
    b"\x1f\x8b\x08": lambda packed: zlib.decompressobj(31).decompress(packed, 1 << 20),
    b"BZh": lambda packed: bz2.BZ2Decompressor().decompress(packed, 1 << 20),
    b"\xfd7zXZ": lambda packed: lzma.LZMADecompressor().decompress(packed, 1 << 20),
}


@dataclass(frozen=True)
class Place:
    """Some stored bytes, and where they lie. `in_file`: raw, so that public texts lie among them."""

    name: str
    content: bytes
    in_file: bool


def places(folder: Path) -> Iterator[Place]:
    """Every file of a data folder as it lies there, and every value of every table, but for the packs'."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield Place(path.name, path.read_bytes(), in_file=True)
    for column, value in values(folder):
        if column != "content.body" and value is not None:
            content = value if isinstance(value, bytes) else str(value).encode()
            yield Place(column, content, in_file=False)


def values(folder: Path) -> Iterator[tuple[str, object]]:
    """Every stored value, after the name of its column, as in `holder.kind`."""
    for path in sorted(folder.rglob("*.sqlite3")):
        # Read-only: closing it otherwise would fold the log into the file, and remove it.
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            for column in columns(connection):
                table, name = column.split(".")
                for (value,) in connection.execute(f'SELECT "{name}" FROM "{table}"'):
                    yield column, value


def columns(connection: sqlite3.Connection) -> list[str]:
    """Every column of every table that there is."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
    return [
        f"{table}.{row[1]}"
        for (table,) in tables
        for row in connection.execute(f'PRAGMA table_xinfo("{table}")')
    ]


class Search:
    """Looks for many things at once, each in every spelling; `public` is what may be read by anybody."""

    def __init__(
        self,
        wanted: Iterable[str | bytes],
        public: str = "",
        spelt_as: Callable[[str | bytes], Iterator[bytes]] | None = None,
    ) -> None:
        self._public = public.encode()
        self._by_start: dict[bytes, dict[bytes, str | bytes]] = {}
        for what in wanted:
            for spelt in set((spelt_as or spellings)(what)):
                if len(spelt) >= SHORTEST:
                    self._by_start.setdefault(spelt[:SHORTEST], {})[spelt] = what

    def finds(self, folder: Path) -> dict[str, set[str | bytes]]:
        """What was found in a data folder, by place."""
        found: dict[str, set[str | bytes]] = {}
        for place in places(folder):
            for content in (place.content, *unpacked(place.content)):
                for spelt, what in self._within(content):
                    if not (place.in_file and spelt in self._public):
                        found.setdefault(place.name, set()).add(what)
        return found

    def _within(self, content: bytes) -> Iterator[tuple[bytes, str | bytes]]:
        starts = self._by_start
        hits = (i for i in range(len(content) - SHORTEST + 1) if content[i : i + SHORTEST] in starts)
        for place in hits:
            for spelt, what in starts[content[place : place + SHORTEST]].items():
                if content.startswith(spelt, place):
                    yield spelt, what


def unpacked(content: bytes) -> Iterator[bytes]:
    """Everything compressed that begins anywhere in some bytes."""
    for begins, unpack in PACKED.items():
        place = content.find(begins)
        while place >= 0:
            with suppress(zlib.error, OSError, lzma.LZMAError, EOFError):
                yield unpack(content[place:])
            place = content.find(begins, place + 1)


def spellings(what: str | bytes) -> Iterator[bytes]:
    """Every way to write something that we could think of."""
    if isinstance(what, bytes):
        yield from _written(what)
        return
    for text in _turned(what):
        for encoding in TEXTS:
            raw = text.encode(encoding, "ignore")
            yield from (raw, raw[::-1])
        yield from (escape(text) for escape in ESCAPES)
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield from _written(what.encode(encoding))


def short_spellings(what: str | bytes) -> Iterator[bytes]:
    """The usual ways to write something short, of which there are thousands."""
    raw = what if isinstance(what, bytes) else what.encode()
    yield from (raw, raw[::-1], raw.hex().encode(), raw.hex().upper().encode())
    yield from _aligned(raw, base64.b64encode, 3, 4)
    if isinstance(what, str):
        yield from (what.encode(encoding) for encoding in ("utf-16-le", "utf-16-be"))
        yield from (json.dumps(what)[1:-1].encode(), quote(what).encode(), quote_plus(what).encode())
    yield from _digests(raw)


def _turned(text: str) -> set[str]:
    normalised = {unicodedata.normalize(form, text) for form in ("NFC", "NFD")}
    return {text, text.upper(), text.lower(), text[::-1], codecs.encode(text, "rot13"), *normalised}


def _written(raw: bytes) -> Iterator[bytes]:
    yield from (raw, raw[::-1], bytes(255 - byte for byte in raw))
    for separator in ("", " ", ":", "-", ", 0x", r"\x", "%"):
        written = raw.hex(separator[0], 1).replace(separator[0], separator) if separator else raw.hex()
        yield from (written.encode(), written.upper().encode())
    for encode, taken, given in BASES:
        yield from _aligned(raw, encode, taken, given)
    if len(raw) <= 64:
        yield from (str(int.from_bytes(raw, order)).encode() for order in ("big", "little"))
    for digest in _digests(raw):
        yield from (digest, digest.hex().encode(), digest.hex().upper().encode(), base64.b64encode(digest))


def _digests(raw: bytes) -> Iterator[bytes]:
    """What anybody could work out from a guess, and compare."""
    yield from (hashlib.new(name, raw).digest() for name in DIGESTS)
    yield from (hashlib.blake2b(raw, digest_size=size).digest() for size in (16, 32))


def _aligned(raw: bytes, encode: Callable[[bytes], bytes], taken: int, given: int) -> Iterator[bytes]:
    """The signs that stand for these bytes alone, wherever in a longer text of that encoding they begin."""
    for before in range(taken):
        first, last = -(-before // taken), (before + len(raw)) // taken
        yield encode(bytes(before) + raw)[first * given : last * given]
