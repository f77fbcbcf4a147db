"""Content hashes: the names under which editions and questionnaires are kept."""

from nacl.encoding import HexEncoder
from nacl.hash import blake2b


def content_hash(body: str) -> str:
    """BLAKE2b-256 of a text, in hexadecimal: the same text always has the same name."""
    return str(blake2b(body.encode(), encoder=HexEncoder).decode())
