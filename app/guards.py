"""What every request passes on its way in and out: plain HTTP, other sites' forms, headers, the log."""

import ipaddress
import logging
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.language import gettext as _
from app.pages import render
from app.settings import Network

log = logging.getLogger("plumbline")

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FOR_EVERY_REPLY = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": with it, browsers send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
KEEP_FOR_GOOD = "public, max-age=31536000, immutable"


class SecurityHeaders:
    """Sets what browsers are to be strict about. No page is stored; versioned files are kept for good."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._plain = _encoded(FOR_EVERY_REPLY)
        self._secure = self._plain + _encoded({"Strict-Transport-Security": "max-age=63072000"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        versioned = scope["path"].startswith("/static/") and b"v=" in scope["query_string"]

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                keep = KEEP_FOR_GOOD if versioned and message["status"] == 200 else "no-store"
                message["headers"] += self._secure if scope["scheme"] == "https" else self._plain
                message["headers"].append((b"cache-control", keep.encode()))
            await send(message)

        await self._app(scope, receive, send_with_headers)


class PlainHttp:
    """Refuses plain HTTP unless it stays on this machine. A trusted proxy says what reached it."""

    def __init__(self, app: ASGIApp, proxies: Sequence[Network]) -> None:
        self._app = app
        self._trusted = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            self._believe_proxy(scope)
            if scope["scheme"] != "https" and not _stays_here(scope):
                await _refuse(
                    403,
                    _("This connection is not secure"),
                    _("What you write could be read on its way. Nothing was taken in."),
                    _("Open the address again with https:// before it, or ask whoever runs this service."),
                )(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _believe_proxy(self, scope: Scope) -> None:
        address = _address(scope) if self._trusted else None
        if address is None or not any(address in network for network in self._trusted):
            return
        headers = Headers(scope=scope)
        if headers.get("x-forwarded-proto") in {"http", "https"}:
            scope["scheme"] = headers["x-forwarded-proto"]
        forwarded = headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        if forwarded:
            scope["client"] = (forwarded, 0)


class CrossOrigin:
    """Refuses requests that change something when another site's page sent them.

    Source: OWASP, Cross-Site Request Forgery Prevention Cheat Sheet, "Fetch Metadata headers"; `Origin` where
    a browser does not send them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS and not _from_our_own_page(scope):
            await _refuse(
                403,
                _("This form did not come from here"),
                _("Another website may have sent it in your name. Nothing was changed."),
                _("If it was you, go back, load the page again, and send the form from there."),
            )(scope, receive, send)
            return
        await self._app(scope, receive, send)


class RequestLog:
    """Logs each request by its method, its address's pattern, its status and its time; nothing else."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def note_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, note_status)
        finally:
            milliseconds = (time.perf_counter() - began) * 1000
            log.info("%s %s %d %.0f ms", scope["method"], _pattern(scope), status, milliseconds)


def _encoded(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


def _pattern(scope: Scope) -> str:
    route: Any = scope.get("route")
    return str(getattr(route, "path", "-"))


def _from_our_own_page(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    return headers.get("origin") == f"{scope['scheme']}://{headers.get('host')}"


def _stays_here(scope: Scope) -> bool:
    address, host = _address(scope), Headers(scope=scope).get("host", "")
    return (address is None or address.is_loopback) and _names_this_machine(host)


def _names_this_machine(host: str) -> bool:
    try:
        name = urlsplit("//" + host).hostname or ""
        return name == "localhost" or name.endswith(".localhost") or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _address(scope: Scope) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(scope["client"][0])
    except (TypeError, ValueError):
        return None


def _refuse(status: int, heading: str, happened: str, todo: str) -> Response:
    return render("error/page.html", status, heading=heading, happened=happened, todo=todo, kept=[])
