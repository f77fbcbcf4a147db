"""A mail server on this machine, and what it took."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event, Semaphore
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.browser.server import free_port

FULL = "full@quay.example"
UNKNOWN = "unknown@quay.example"


@dataclass
class PostOffice:
    """Takes mails for everybody but UNKNOWN, and for the time being but FULL."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    begun: Semaphore = field(default_factory=lambda: Semaphore(0))
    """One more for each mail that somebody begins to hand in."""
    goes_on: Event = field(default_factory=Event)
    """Unless it is set, whoever hands in a mail has to wait."""

    def __post_init__(self) -> None:
        self.goes_on.set()

    async def handle_EHLO(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, _envelope: Envelope, name: str, responses: list[str]
    ) -> list[str]:
        session.host_name = name
        self.names.append(name)
        return responses

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.begun.release()
        await asyncio.to_thread(self.goes_on.wait)
        if address == UNKNOWN:
            return f"550 5.1.1 there is no {address}"
        if address == FULL:
            return f"452 4.2.2 the box of {address} is full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(server.transport, asyncio.Transport)
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.envelopes.append(envelope)
        self.encrypted.append(server.transport.get_extra_info("ssl_object") is not None)
        return "250 OK"


def asks_for_a_password(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any
) -> AuthResult:
    """Lets in who knows the password of the mail server."""
    known = given == LoginPassword(b"plumbline", b"of the mail server")
    return AuthResult(success=known, handled=False)


@contextmanager
def opened(**how: Any) -> Iterator[PostOffice]:
    """A mail server that runs meanwhile. `how`: as aiosmtpd's Controller and SMTP take it."""
    office = PostOffice(free_port())
    controller = Controller(office, hostname="127.0.0.1", port=office.port, **how)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def with_key_of(authority: Any) -> ssl.SSLContext:
    """How a server shows that it is this machine, by the word of an authority."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context
