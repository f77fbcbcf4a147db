"""Invitations by e-mail: sent where there is a mail server, and nothing in them that is a secret."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import trustme
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response
from pydantic import SecretStr

from app.main import create_app
from app.services.mailing import AT_ONCE, Mailing
from app.settings import Settings
from tests.app.carla import makes_account
from tests.app.guests import token_on
from tests.app.markup import Form, Page, read, send, visit
from tests.app.post_office import FULL, UNKNOWN, PostOffice, asks_for_a_password, opened, with_key_of
from tests.conftest import OWN_PAGE, Browser, Clock, Lines

INVITED = "dora@quay.example"
ADDRESS = "https://plumbline.example"
SENDER = "plumbline@quay.example"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with opened() as office:
        yield office


def by_way_of(server: str, data: Path, password: str = "") -> Settings:
    """The settings of an installation with a mail server, to which it logs in if a password is given."""
    return Settings(
        data=data,
        address=ADDRESS,
        mail_from=SENDER,
        mail_user="plumbline" if password else "",
        mail_password=SecretStr(password),
        mail_server=server,
        mails_per_hour=AT_ONCE + 2,
    )


@pytest.fixture
def settings(tmp_path: Path, office: PostOffice) -> Settings:
    return by_way_of(f"smtp://127.0.0.1:{office.port}", tmp_path / "data")


@pytest.fixture
def carla(stranger: Browser) -> Browser:
    """Carla, who has founded an organisation."""
    makes_account(stranger)
    founded = send(stranger, visit(stranger, "/organisations/new").form("/new"), {"name": "Quay Club"})
    stranger.home = founded.headers["location"]
    return stranger


def link_page(host: Browser) -> Page:
    """The page of a new link into somebody's assessment or organisation."""
    sharing = host.home.startswith("/assessments/")
    page = visit(host, host.home + "/sharing" * sharing)
    return read(send(host, page.form("/sharing" if sharing else "/invitations")))


def mail_form(page: Page) -> Form:
    return page.form("/mail")


def mail(host: Browser, to: str = INVITED) -> Response:
    """Make a link and send it."""
    return send(host, mail_form(link_page(host)), {"email": to})


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("amina", "Somebody wants to let you see a self-assessment in Plumbline."),
        ("carla", "Somebody invites you to belong to their organisation in Plumbline."),
    ],
)
def test_the_link_is_sent_to_the_one_it_is_for(
    who: str, told: str, office: PostOffice, clock: Clock, request: pytest.FixtureRequest
) -> None:
    host: Browser = request.getfixturevalue(who)
    page = link_page(host)
    token = token_on(page)
    sent = send(host, mail_form(page), {"email": f" {INVITED} "})
    assert sent.status_code == 200
    assert f"The mail server took it for {INVITED} ." in read(sent).words
    assert token_on(read(sent)) == token, "it is still there, to be handed over"
    (mail,), (envelope,) = office.mails, office.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER, [INVITED])
    assert (mail["From"], mail["To"], mail["Subject"]) == (SENDER, INVITED, "An invitation to Plumbline")
    assert mail["Date"].datetime == clock.now
    assert (mail["Content-Language"], mail["Auto-Submitted"]) == ("en", "auto-generated")
    text = mail.get_content()
    assert text.startswith(told)
    assert f"{ADDRESS}/invitations/{token}" in text.splitlines()
    assert "It works once, until 5 December 2026." in text


def test_the_link_in_the_mail_can_be_used(carla: Browser, office: PostOffice) -> None:
    mail(carla)
    (link,) = re.findall(r"https://plumbline\.example(/\S+)", office.mails[0].get_content())
    assert carla.get(link).status_code == 200


def test_nothing_in_the_mail_says_who_sends_it_or_what_it_leads_into(
    amina: Browser, carla: Browser, office: PostOffice
) -> None:
    for host in (amina, carla):
        mail(host)
    whole = "\n".join(f"{one.as_string()}\n{one.get_content()}" for one in office.mails).casefold()
    named = ["harbour", "quay club", "round of 2026", "carla", "amina", amina.receipt, amina.home, carla.home]
    assert [one for one in named if one.casefold() in whole] == []
    assert set(office.names) == {"plumbline.example"}, "nor the machine's own name"
    assert all(one["Message-ID"].endswith("@plumbline.example>") for one in office.mails)


def test_the_address_of_whoever_is_invited_is_kept_nowhere(
    amina: Browser,
    office: PostOffice,
    settings: Settings,
    log: Lines,
) -> None:
    page = link_page(amina)
    send(amina, mail_form(page), {"email": INVITED})
    assert office.mails
    stored = b"".join(path.read_bytes() for path in settings.data.iterdir())
    assert INVITED.encode() not in stored
    said = "\n".join(line for line in log.lines if not line.startswith("mail.log"))
    assert "dora" not in said
    assert token_on(page) not in said


def test_without_a_mail_server_the_page_says_that_it_sends_nothing(tmp_path: Path, clock: Clock) -> None:
    """The application of a second installation, which has none."""
    app = create_app(Settings(data=tmp_path / "other"), clock)
    with TestClient(app, base_url="http://localhost", client=("127.0.0.1", 1), headers=OWN_PAGE) as client:
        host = Browser(client)
        host.start()
        page = link_page(host)
        assert "We show it once, and send it to nobody" in page.words
        assert [form.action for form in page.forms if form.action.endswith("/mail")] == []
        fields = {"token": token_on(page), "email": INVITED}
        assert host.post(f"{host.home}/sharing/mail", fields).status_code == 404


# What cannot be sent


NO_ADDRESSES = {
    "nothing": ("", "Write an e-mail address"),
    "no host": ("dora", "Write an e-mail address"),
    "two": ("dora@quay.example,emil@quay.example", "Write one e-mail address"),
    "a name beside it": ("Dora<dora@quay.example>", "Write one e-mail address"),
    "another header": ("dora@quay.example\nBcc:emil@quay.example", "Write an e-mail address"),
    "refused": (UNKNOWN, "The mail server does not take this address."),
}


@pytest.mark.parametrize(("typed", "told"), NO_ADDRESSES.values(), ids=NO_ADDRESSES)
def test_what_is_no_address_comes_back_with_the_link(
    amina: Browser, office: PostOffice, typed: str, told: str
) -> None:
    page = link_page(amina)
    refused = send(amina, mail_form(page), {"email": typed})
    assert refused.status_code == 422
    assert told in read(refused).words
    assert token_on(read(refused)) == token_on(page)
    assert mail_form(read(refused)).fields["email"] == typed
    assert office.mails == []


def test_a_mail_server_that_is_not_there_is_no_reason_to_lose_the_link(
    app: FastAPI,
    amina: Browser,
    log: Lines,
) -> None:
    app.state.mailing = Mailing(by_way_of("smtp://127.0.0.1:1", Path("unused")))
    page = link_page(amina)
    failed = send(amina, mail_form(page), {"email": INVITED})
    assert failed.status_code == 503
    assert "The e-mail could not be sent." in read(failed).words
    assert token_on(read(failed)) == token_on(page)
    (line,) = [one for one in log.lines if "did not take" in one]
    assert line.endswith("The mail server did not take an invitation: ConnectionRefusedError")


def test_an_address_that_cannot_be_reached_for_now_may_be_tried_again(
    amina: Browser,
    log: Lines,
) -> None:
    assert mail(amina, FULL).status_code == 503
    (line,) = [one for one in log.lines if "did not take" in one]
    assert line.endswith("SMTPRecipientsRefused, code 452")


def test_the_token_of_somebody_else_sends_nothing(amina: Browser, carla: Browser, office: PostOffice) -> None:
    mine, theirs = mail_form(link_page(amina)), mail_form(link_page(carla))
    assert amina.post(mine.action, theirs.fields | {"email": INVITED}).status_code == 404
    assert carla.post(mine.action, mine.fields | {"email": INVITED}).status_code == 404
    assert office.mails == []


def test_a_link_that_was_taken_back_is_not_sent(amina: Browser, office: PostOffice) -> None:
    form = mail_form(link_page(amina))
    send(amina, visit(amina, f"{amina.home}/sharing").form("/take-back"))
    assert send(amina, form, {"email": INVITED}).status_code == 404
    assert office.mails == []


def test_only_so_many_are_sent_within_an_hour(
    amina: Browser, bruno: Browser, office: PostOffice, settings: Settings
) -> None:
    """By whoever comes from one address, however many accounts or receipts they have."""
    for _ in range(settings.mails_per_hour):
        assert mail(amina).status_code == 200
    for host in (amina, bruno):
        page = link_page(host)
        refused = send(host, mail_form(page), {"email": INVITED})
        assert refused.status_code == 429
        assert "Many invitations were sent within an hour." in read(refused).words
        assert token_on(read(refused)) == token_on(page)
    assert len(office.mails) == settings.mails_per_hour


# A slow mail server


def test_while_mails_are_on_their_way_others_save_and_one_too_many_is_told(
    amina: Browser, bruno: Browser, office: PostOffice
) -> None:
    forms = [mail_form(link_page(amina)) for _ in range(AT_ONCE + 1)]
    office.goes_on.clear()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        try:
            sending = [threads.submit(send, amina, form, {"email": INVITED}) for form in forms[1:]]
            for _ in sending:
                office.begun.acquire()
            assert bruno.answer("P1.1", "yes").status_code == 200
            told = send(amina, forms[0], {"email": INVITED})
        finally:
            office.goes_on.set()
        assert told.status_code == 503
        assert [one.result().status_code for one in sending] == [200] * AT_ONCE


# The way to the mail server


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine takes the authority's word."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))


def sent_through(
    app: FastAPI, amina: Browser, scheme: str, office: PostOffice, password: str = ""
) -> Response:
    settings = by_way_of(f"{scheme}://127.0.0.1:{office.port}", Path("unused"), password)
    app.state.mailing = Mailing(settings)
    return mail(amina)


by_tls = pytest.mark.parametrize(
    ("scheme", "how"), [("smtps", "ssl_context"), ("smtp+starttls", "tls_context")]
)


@pytest.mark.usefixtures("trusted")
@by_tls
def test_the_way_is_encrypted(
    app: FastAPI, amina: Browser, authority: trustme.CA, scheme: str, how: str
) -> None:
    with opened(**{how: with_key_of(authority)}) as office:
        assert sent_through(app, amina, scheme, office).status_code == 200
        assert office.encrypted == [True]


@by_tls
def test_a_mail_server_that_cannot_show_who_it_is_gets_nothing(
    app: FastAPI, amina: Browser, authority: trustme.CA, scheme: str, how: str
) -> None:
    with opened(**{how: with_key_of(authority)}) as office:
        assert sent_through(app, amina, scheme, office).status_code == 503
        assert office.mails == []


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_a_mail_server_that_does_not_encrypt_gets_nothing(
    app: FastAPI, amina: Browser, office: PostOffice, scheme: str
) -> None:
    assert sent_through(app, amina, scheme, office).status_code == 503
    assert office.mails == []


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(("password", "status"), [("of the mail server", 200), ("another", 503)])
def test_the_mail_server_may_ask_for_a_password(
    app: FastAPI,
    amina: Browser,
    authority: trustme.CA,
    log: Lines,
    password: str,
    status: int,
) -> None:
    how = {"auth_required": True, "authenticator": asks_for_a_password}
    with opened(tls_context=with_key_of(authority), **how) as office:
        sent = sent_through(app, amina, "smtp+starttls", office, password)
        assert sent.status_code == status
        assert len(office.mails) == (status == 200)
    told = [one for one in log.lines if "did not take" in one]
    assert [one.rpartition(": ")[2] for one in told] == ["SMTPAuthenticationError, code 535"] * (
        status != 200
    )


def test_the_link_lasts_in_the_mail_as_long_as_on_the_page(
    amina: Browser, clock: Clock, office: PostOffice
) -> None:
    page = link_page(amina)
    clock.pass_by(timedelta(minutes=20))
    send(amina, mail_form(page), {"email": INVITED})
    assert "works once, until 5 December 2026" in page.words
    assert "until 5 December 2026" in office.mails[0].get_content()
