"""Invitations by e-mail, where the settings name a mail server.

A mail holds a link that opens nothing by itself. It names nobody, and nothing that the link leads to: mails
are read on their way, and kept.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from threading import BoundedSemaphore
from urllib.parse import urlsplit

from app.language import current, long_date
from app.language import gettext as _
from app.services.accounts import email_problems
from app.services.faults import Refused
from app.settings import Settings, mail_address

PATIENCE_SECONDS = 10
PORTS = {"smtps": 465, "smtp+starttls": 587, "smtp": 25}
"""By the scheme of the mail server, if its address names none."""

AT_ONCE = 4
"""How many mails are on their way together: each holds a thread until the mail server has answered."""


class NotSent(Exception):
    """The mail server could not be reached, or did not take the mail. `why` says it without an address."""

    def __init__(self, why: str) -> None:
        super().__init__("not sent")
        self.why = why


class Mailing:
    """Sends invitations through the mail server of the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._places = BoundedSemaphore(AT_ONCE)

    @property
    def is_set(self) -> bool:
        """Whether there is a mail server."""
        return bool(self._settings.mail_server)

    def send_invitation(
        self, to: str, link: str, now: datetime, expires_on: date, *, into_organisation: bool
    ) -> None:
        """Send the link of an invitation, and wait until the mail server has taken it.

        Raises:
            Refused: when `to` is no address, or the mail server does not take this one.
            NotSent: when it takes no mail from us at present, or is busy with as many as we send at once.
        """
        mail = EmailMessage()
        mail["Subject"] = _("An invitation to Plumbline")
        mail["From"] = self._settings.mail_from
        mail["To"] = _address(to)
        mail["Date"] = format_datetime(now)
        mail["Message-ID"] = make_msgid(domain=_host(self._settings))
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(_text(link, expires_on, into_organisation=into_organisation))
        mail["Content-Language"] = current()
        with self._place(), _said_plainly(), self._connected() as server:
            server.send_message(mail)

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise NotSent(f"{AT_ONCE} are being sent already")
        try:
            yield
        finally:
            self._places.release()

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        where = urlsplit(self._settings.mail_server)
        host, port, ours = where.hostname or "", where.port or PORTS[where.scheme], _host(self._settings)
        context = ssl.create_default_context()
        with (
            smtplib.SMTP_SSL(host, port, ours, timeout=PATIENCE_SECONDS, context=context)
            if where.scheme == "smtps"
            else smtplib.SMTP(host, port, ours, timeout=PATIENCE_SECONDS)
        ) as server:
            if where.scheme == "smtp+starttls":
                server.starttls(context=context)
            if self._settings.mail_user:
                server.login(self._settings.mail_user, self._settings.mail_password.get_secret_value())
            yield server


@contextmanager
def _said_plainly() -> Iterator[None]:
    """What goes wrong on the way, in our words: those of the mail server repeat addresses."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as fault:
        code = max(code for code, _said in fault.recipients.values())
        if code < 500:  # for the time being
            raise NotSent(f"{type(fault).__name__}, code {code}") from None
        raise Refused([("email", _("The mail server does not take this address."))]) from None
    except smtplib.SMTPResponseException as fault:
        raise NotSent(f"{type(fault).__name__}, code {fault.smtp_code}") from None
    except (smtplib.SMTPException, OSError) as fault:
        raise NotSent(type(fault).__name__) from None


def _address(typed: str) -> Address:
    for problem in email_problems(typed):
        raise Refused([problem])
    try:
        return mail_address(typed.strip())
    except ValueError:
        raise Refused([("email", _("Write one e-mail address, like amina@example.org."))]) from None


def _host(settings: Settings) -> str:
    """The name that we give ourselves: this machine's own would tell where it stands."""
    return urlsplit(settings.address).hostname or ""


def _text(link: str, expires_on: date, *, into_organisation: bool) -> str:
    what = (
        _("Somebody invites you to belong to their organisation in Plumbline.")
        if into_organisation
        else _("Somebody wants to let you see a self-assessment in Plumbline.")
    )
    return "\n\n".join(
        [
            what,
            _("Open this link. You log in, or make an account, and then wait until they let you in."),
            link,
            _("It works once, until {day}. It opens nothing by itself.").format(day=long_date(expires_on)),
            _(
                "Before they let you in, they compare the key of your account with you: by telephone, or "
                "face to face. No mail of ours ever asks for a password, a code or a key."
            ),
            _(
                "Who invites you is not written here, because e-mails can be read on their way. If you "
                "cannot think who it may be, leave the link alone: nothing happens then."
            ),
            _("Nobody reads replies to this address."),
        ]
    )
