"""An HTTP client that costs next to nothing, so that the server is what is measured."""

import socket
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

PATIENCE_SECONDS = 30


class Unexpected(Exception):
    """A server answered something else than was asked for, or not at all."""


@dataclass(frozen=True)
class Reply:
    """What a server answered."""

    status: int
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def expect(self, status: int) -> Self:
        """This reply, if it has that status.

        Raises:
            Unexpected: otherwise.
        """
        if self.status != status:
            raise Unexpected(f"status {self.status} instead of {status}")
        return self


class Connection:
    """One connection to this machine that is kept alive, with a cookie. Every reply must state its length."""

    def __init__(self, port: int, cookie: str = "") -> None:
        """Connect to a port."""
        self._host = f"127.0.0.1:{port}"
        self._socket = socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.cookie = cookie

    def __enter__(self) -> Self:
        """Use it for a block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Hang up."""
        self._socket.close()

    def fetch(self, path: str) -> None:
        """Get a page that has to be there.

        Raises:
            Unexpected: when it is not.
        """
        self.get(path).expect(200)

    def get(self, path: str) -> Reply:
        """Fetch a page."""
        return self._ask("GET", path, "", b"")

    def post(self, path: str, fields: dict[str, str], *, htmx: bool = False) -> Reply:
        """Send a form, as a page of the same origin does; with `htmx`, as htmx does."""
        headers = "Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\n"
        if htmx:
            headers += "HX-Request: true\r\n"
        return self._ask("POST", path, headers, urlencode(fields).encode())

    def _ask(self, method: str, path: str, headers: str, body: bytes) -> Reply:
        if self.cookie:
            headers += f"Cookie: {self.cookie}\r\n"
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {self._host}\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
        )
        self._socket.sendall(head.encode() + body)
        return self._read()

    def _read(self) -> Reply:
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._receive()
        head, _, body = received.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in lines)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        length = int(headers["content-length"])
        parts, missing = [body], length - len(body)
        while missing > 0:
            parts.append(self._receive())
            missing -= len(parts[-1])
        if "set-cookie" in headers:
            self.cookie = headers["set-cookie"].partition(";")[0]
        return Reply(int(status.split()[1]), headers, b"".join(parts))

    def _receive(self) -> bytes:
        received = self._socket.recv(1 << 16)
        if not received:
            raise Unexpected("the server hung up")
        return received
