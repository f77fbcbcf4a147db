"""Reading what a form sent, before anything else is done with it."""

import re
from collections.abc import Iterator
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Request

from app.routes.given import Ahead

FORM = "application/x-www-form-urlencoded"
NOT_TEXT = re.compile(rb"%(?![0-9A-Fa-f]{2})|%00|\x00")
"""What is in no form that can be read: a broken escape, or the character zero."""
MOST_FIELDS = 1000
MOST_BYTES = 5 * 1024 * 1024

SIGNING_IN = ("receipt", "email", "password", "new_password", "code", "then")
"""Fields of the sign-in, which no page shows again and no form carries along after a session has ended."""


class WrongContentType(Exception):
    """The body is not a form."""


class Unreadable(Exception):
    """The body cannot be read as the form that it claims to be."""


class TooLarge(Exception):
    """The body is larger than any of our forms."""


class Form:
    """The fields of a form, each with one value; line ends are single, as people count them."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        """Keep the pairs in their order; a field that came twice counts as it came last."""
        self.pairs = [(name, value.replace("\r\n", "\n")) for name, value in pairs]
        self._values = dict(self.pairs)

    def get(self, name: str, default: str = "") -> str:
        """The value of a field."""
        return self._values.get(name, default)

    def number(self, name: str) -> int:
        """The value of a field as a whole number, 0 when it is none."""
        value = self.get(name)
        return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0

    def under(self, prefix: str) -> dict[str, str]:
        """The fields whose names begin with a prefix and a colon, by the rest of the name."""
        start = prefix + ":"
        return {
            name.removeprefix(start): value for name, value in self._values.items() if name.startswith(start)
        }

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """The fields that a person filled in, without those of signing in."""
        return (pair for pair in self.pairs if pair[0] not in SIGNING_IN)


async def read_form(request: Request) -> Form:
    """The form that was posted; an empty one for requests without a body.

    Raises:
        WrongContentType: when it is no form.
        TooLarge: as soon as it is known to be.
        Unreadable: when it is not proper UTF-8, or has more fields than any of our pages.
    """
    if request.method in {"GET", "HEAD"}:
        return Form([])
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await read_body(request)
    if content_type != FORM and (body or content_type):
        raise WrongContentType
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError as fault:
        raise Unreadable from fault
    if NOT_TEXT.search(body):
        raise Unreadable
    request.state.form = Form(pairs)
    form: Form = request.state.form
    return form


async def read_body(request: Request, most: int = MOST_BYTES) -> bytes:
    """The whole body, of at most so many bytes; read from the network once.

    Raises:
        TooLarge: before more than that has been read.
    """
    if hasattr(request.state, "body"):
        kept: bytes = request.state.body
        return kept
    if _stated_length(request) > most:
        raise TooLarge
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise TooLarge
    read = bytes(body)
    request.state.body = read
    return read


def _stated_length(request: Request) -> int:
    stated = request.headers.get("content-length", "")[:20]
    return int(stated) if stated.isascii() and stated.isdigit() else 0


FormDep = Annotated[Form, Ahead(read_form)]
