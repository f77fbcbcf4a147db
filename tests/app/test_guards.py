"""What guards every page: headers, other sites' forms, plain HTTP, the cookie, addresses that say nothing."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from app.pages import static_url
from app.settings import Settings
from tests.app.markup import Page, read, send, visit
from tests.app.questionnaire import save
from tests.conftest import OWN_PAGE, Browser, form_key

FORM = "application/x-www-form-urlencoded"

# Headers


def every_kind_of_reply(app: FastAPI, amina: Browser, stranger: Browser) -> Iterator[tuple[str, Response]]:
    """A reply of each kind that the application gives, errors of every status among them."""
    yield "a page", stranger.get("/")
    yield "a page of answers", amina.get(f"{amina.home}/report")
    yield "a fragment", amina.answer("P1.1", "2")
    yield "a redirect", amina.post(f"{amina.home}/name", {"title": "Another"})
    yield "a download", amina.get(f"{amina.home}/export.json")
    yield "a versioned file", stranger.get(static_url("site.css"))
    yield "a file", stranger.get("/static/site.css")
    yield "signing in", stranger.post("/return", {"receipt": "short"})
    yield "another site's form", amina.client.post("/start", headers={"Sec-Fetch-Site": "cross-site"})
    yield "plain HTTP", amina.client.get("http://plumbline.example/")
    yield "not signed in", stranger.get(amina.home)
    yield "not signed in, by htmx", stranger.post(f"{amina.home}/answers/P1.1", {}, htmx=True)
    yield "not found", amina.get("/nowhere")
    yield "no such file", amina.get("/static/nowhere.css")
    yield "not allowed", amina.get("/log-out")
    yield "a slash too many", amina.get("/start/")
    yield (
        "too large",
        amina.client.post("/start", content=b"x=" + b"y" * 5 * 1024 * 1024, headers={"Content-Type": FORM}),
    )
    yield "no form", amina.client.post("/start", json={})
    yield "unreadable", amina.client.post("/start", content=b"x=%ff", headers={"Content-Type": FORM})
    yield "a host that is none", amina.client.get("/", headers={"Host": "["})
    app.state.engine = None
    yield "broken", amina.get(amina.home)


@pytest.fixture
def replies(app: FastAPI, amina: Browser, stranger: Browser) -> dict[str, Response]:
    return dict(every_kind_of_reply(app, amina, stranger))


def test_every_kind_of_reply_was_met(replies: dict[str, Response]) -> None:
    met = {reply.status_code for reply in replies.values()}
    assert met == {200, 303, 307, 401, 403, 404, 405, 413, 415, 422, 500}
    assert "<html" not in replies["a fragment"].text


def test_every_reply_has_the_same_strict_headers(replies: dict[str, Response]) -> None:
    expected = {
        "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }
    for kind, reply in replies.items():
        assert {name: reply.headers.get(name) for name in expected} == expected, kind
        assert "server" not in reply.headers, kind


def test_nothing_but_versioned_files_may_be_stored(replies: dict[str, Response]) -> None:
    stored = {kind for kind, reply in replies.items() if reply.headers.get("cache-control") != "no-store"}
    assert stored == {"a versioned file"}
    assert replies["a versioned file"].headers["cache-control"] == "public, max-age=31536000, immutable"


def test_every_reply_that_depends_on_htmx_says_so(replies: dict[str, Response]) -> None:
    pages = {
        kind
        for kind, reply in replies.items()
        if reply.headers.get("content-type", "").startswith("text/html")
    }
    assert {kind for kind in pages if replies[kind].headers.get("vary") != "HX-Request"} == set()


def test_a_download_is_kept_under_a_name_that_says_nothing(replies: dict[str, Response]) -> None:
    disposition = replies["a download"].headers["content-disposition"]
    assert disposition == 'attachment; filename="assessment-2026-11-21.json"'


def test_over_https_browsers_are_told_to_stay_there(at: Callable[..., TestClient]) -> None:
    assert at("https://plumbline.example").get("/").headers["strict-transport-security"] == "max-age=63072000"
    assert "strict-transport-security" not in at("http://localhost").get("/").headers


# What pages hold


def whole_walk(amina: Browser, stranger: Browser) -> Iterator[tuple[str, Response]]:
    """A look at every page, with words in every field: (address, reply)."""
    save(amina, "policy", {"P1.1:choice": "1", "P1.1:note": "Kingfisher", "P1.1:evidence_kept": "Kingfisher"})
    amina.post(f"{amina.home}/plan")
    amina.post(f"{amina.home}/plan/new", {"text": "Kingfisher", "form_key": "a form"})
    for path in ("/", "/start", "/return", "/confidentiality", "/help", "/import"):
        yield path, stranger.get(path)
    paths = (
        "",
        "/profile",
        "/sections/policy",
        "/answers",
        "/report",
        "/report/workings",
        "/plan",
        "/plan/new",
    )
    more = ("/plan/actions/P1.1-2", "/targets", "/name", "/export", "/delete")
    for path in ("/assessments", *(amina.home + path for path in (*paths, *more))):
        yield path, amina.get(path)


def test_no_page_holds_a_script_or_a_style_of_its_own(amina: Browser, stranger: Browser) -> None:
    for path, reply in whole_walk(amina, stranger):
        assert reply.status_code == 200, path
        assert (
            re.findall(r"<style|<script(?![^>]* src=)|\sstyle=|\son\w+=|hx-on|javascript:|\bjs:", reply.text)
            == []
        ), path


def test_no_page_asks_another_host_for_anything(amina: Browser, stranger: Browser) -> None:
    for path, reply in whole_walk(amina, stranger):
        addresses = re.findall(r"\s(?:src|href|action|hx-\w+)=\"([^\"]*)\"", reply.text)
        assert [one for one in addresses if "//" in one] == [], path


def test_every_id_stands_once_on_its_page(amina: Browser, stranger: Browser) -> None:
    for path, reply in whole_walk(amina, stranger):
        ids = Page(reply.text).ids
        assert sorted(ids) == sorted(set(ids)), path


def test_no_address_holds_anything_that_was_entered(amina: Browser, stranger: Browser) -> None:
    secrets = [amina.receipt, amina.receipt.replace("-", ""), amina.client.cookies["plumbline"], "Kingfisher"]
    secrets += ["Harbour", "Round of 2026", "Round%20of", "Round+of"]
    for path, reply in whole_walk(amina, stranger):
        page = read(reply)
        addresses = [path, *page.links, *(form.action for form in page.forms)]
        assert [(one, secret) for one in addresses for secret in secrets if secret in one] == []
        assert {form.method for form in page.forms} <= {"post"}


def test_no_redirect_holds_anything_that_was_entered(amina: Browser, stranger: Browser) -> None:
    fields = {
        "questionnaire": "ics-style-full",
        "organisation": "Kingfisher",
        "form_key": form_key(stranger.get("/start")),
    }
    redirects = [
        stranger.post("/start", fields),
        stranger.post("/receipt", {"kept": "yes"}),
        amina.come_back(),
        save(amina, "policy", {"P1.1:note": "Kingfisher", "P1.1:choice": "3"}),
        amina.post(f"{amina.home}/name", {"title": "Kingfisher"}),
        amina.post(f"{amina.home}/plan/new", {"text": "Kingfisher", "form_key": "a form"}),
        amina.post(f"{amina.home}/profile", {"fact:staff": "high"}),
        amina.post(f"{amina.home}/targets", {"raise:P1.1": "yes"}),
        amina.post(f"{amina.home}/delete", {"word": "DELETE"}),
    ]  # fmt: skip
    for reply in redirects:
        address = reply.headers["location"]
        assert re.fullmatch(
            r"/receipt|/assessments(\?deleted=yes)?|/assessments/[0-9a-f]{32}"
            r"(/sections/[a-z-]+|/report|/plan#action-own-[0-9a-f]{32})?",
            address,
        ), address


MARKUP = "</textarea><script>alert('x')</script>\"'><b>"


def test_whatever_somebody_types_is_shown_as_text(amina: Browser, stranger: Browser) -> None:
    amina.post(f"{amina.home}/name", {"organisation": MARKUP, "title": MARKUP})
    texts = {f"P4.3:{name}": MARKUP for name in ("reason", "evidence_kept", "note")}
    save(amina, "policy-in-use", {"P4.3:choice": "-not-applicable", **texts})
    save(amina, "policy", {"P1.1:choice": "0", "P1.1:note": MARKUP})
    amina.post(f"{amina.home}/plan")
    own = dict.fromkeys(("text", "owner", "note", "reason"), MARKUP) | {
        "status": "dropped",
        "form_key": "a",
    }
    assert amina.post(f"{amina.home}/plan/new", own).status_code == 303
    for path, reply in whole_walk(amina, stranger):
        assert "<script>alert" not in reply.text, path
        assert "<b>" not in re.sub(r"<b>[\d.]+</b>|<b>[\w ,]+</b>", "", reply.text), path
    refused = amina.answer("P1.1", MARKUP, note=MARKUP + "x" * 5001)
    assert "<script>alert" not in refused.text


# Other sites' forms


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "nonsense"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, False),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "https://localhost"}, False),
        ({"Origin": "http://localhost:8000"}, False),
        ({"Origin": "http://localhost.example"}, False),
        ({"Origin": "http://example.org"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://["}, False),
        ({"Origin": ""}, False),
        ({}, False),
    ],
    ids=str,
)
def test_only_our_own_pages_change_anything(
    at: Callable[..., TestClient], headers: dict[str, str], allowed: bool
) -> None:
    reply = at("http://localhost", headers={}).post("/log-out", headers=headers)
    assert reply.status_code == (200 if allowed else 403)


def test_another_sites_form_is_told_what_happened_and_changed_nothing(amina: Browser) -> None:
    refused = amina.client.post(
        f"{amina.home}/delete", data={"word": "DELETE"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert refused.status_code == 403
    assert read(refused).heading == "This form did not come from here"
    assert "Nothing was changed." in read(refused).words
    assert visit(amina, amina.home).heading == "Full self-assessment"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "post"])
def test_no_other_method_slips_past(amina: Browser, method: str) -> None:
    reply = amina.client.request(method, amina.home, headers={"Sec-Fetch-Site": "cross-site"})
    assert reply.status_code == 403


def test_a_link_on_another_site_may_lead_here(at: Callable[..., TestClient]) -> None:
    assert at("http://localhost").get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


# Plain HTTP


@pytest.fixture
def at(stranger: Browser, app: FastAPI) -> Callable[..., TestClient]:
    """A browser at an address of the server, coming from an address of its own."""

    def come(server: str, visitor: str = "127.0.0.1", headers: dict[str, str] | None = None) -> TestClient:
        given = OWN_PAGE if headers is None else headers
        client = TestClient(app, base_url=server, client=(visitor, 50000), headers=given)
        client.portal = stranger.client.portal
        return client

    return come


@pytest.mark.parametrize(
    ("server", "visitor", "status"),
    [
        ("http://localhost", "127.0.0.1", 200),
        ("http://localhost:8000", "127.0.0.1", 200),
        ("http://127.0.0.1:8000", "127.0.0.1", 200),
        ("http://127.9.9.9", "127.0.0.1", 200),
        ("http://[::1]:8000", "::1", 200),
        ("http://plumbline.localhost", "127.0.0.1", 200),
        ("http://localhost", "192.0.2.1", 403),
        ("http://localhost", "10.0.0.1", 403),
        ("http://localhost", "2001:db8::1", 403),
        ("http://plumbline.example", "127.0.0.1", 403),
        ("http://localhost.example", "127.0.0.1", 403),
        ("http://192.168.0.5:8000", "127.0.0.1", 403),
        ("https://plumbline.example", "192.0.2.1", 200),
        ("https://localhost", "127.0.0.1", 200),
    ],
)
def test_plain_http_stays_on_this_machine(
    at: Callable[..., TestClient], server: str, visitor: str, status: int
) -> None:
    reply = at(server, visitor).get("/")
    assert reply.status_code == status
    if status == 403:
        assert read(reply).heading == "This connection is not secure"
        assert "set-cookie" not in reply.headers


@pytest.mark.parametrize("host", ["[", "]", "[::1", "", " ", "localhost@example.org", "/localhost", "::1"])
def test_a_host_that_is_none_is_refused_like_a_foreign_one(at: Callable[..., TestClient], host: str) -> None:
    assert at("http://localhost").get("/", headers={"Host": host}).status_code == 403


def test_nothing_sent_over_plain_http_from_elsewhere_is_taken_in(
    amina: Browser, at: Callable[..., TestClient]
) -> None:
    elsewhere = at("http://localhost", "192.0.2.1")
    elsewhere.cookies = amina.client.cookies
    assert elsewhere.post(f"{amina.home}/name", data={"title": "Overheard"}).status_code == 403
    assert "Round of 2026" in visit(amina, amina.home).words


class TestBehindAProxy:
    """A proxy in front takes HTTPS, and says in headers what reached it."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(data=tmp_path / "data", trusted_proxies="10.1.0.0/16, 10.2.0.1")

    @pytest.mark.parametrize(
        ("proxy", "said", "status"),
        [
            ("10.1.7.7", {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}, 200),
            ("10.2.0.1", {"X-Forwarded-Proto": "https"}, 200),
            ("10.2.0.2", {"X-Forwarded-Proto": "https"}, 403),
            ("10.1.7.7", {"X-Forwarded-Proto": "http", "X-Forwarded-For": "192.0.2.1"}, 403),
            ("10.1.7.7", {"X-Forwarded-For": "192.0.2.1"}, 403),
            ("10.1.7.7", {"X-Forwarded-Proto": "nonsense"}, 403),
            ("192.0.2.1", {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}, 403),
        ],
    )
    def test_only_a_trusted_proxy_is_believed(
        self, at: Callable[..., TestClient], proxy: str, said: dict[str, str], status: int
    ) -> None:
        assert at("http://plumbline.example", proxy).get("/", headers=said).status_code == status

    def test_behind_it_the_cookie_is_bound_to_https(
        self, at: Callable[..., TestClient], amina: Browser
    ) -> None:
        said = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
        client = at("http://plumbline.example", "10.2.0.1")
        reply = client.post("/return", data={"receipt": amina.receipt}, headers=said, follow_redirects=False)
        assert reply.headers["set-cookie"].startswith("__Host-plumbline=")


# The cookie


def flags(reply: Response) -> tuple[str, set[str]]:
    """The cookie's name, and all that is said of it but its value."""
    pair, *said = reply.headers["set-cookie"].split("; ")
    return pair.partition("=")[0], {one.lower() for one in said}


def test_over_https_the_cookie_is_for_this_host_https_and_the_server_alone(
    at: Callable[..., TestClient], amina: Browser
) -> None:
    reply = at("https://plumbline.example", "192.0.2.1").post(
        "/return", data={"receipt": amina.receipt}, follow_redirects=False
    )
    assert flags(reply) == ("__Host-plumbline", {"path=/", "secure", "httponly", "samesite=lax"})


def test_on_this_machine_the_cookie_is_for_the_server_alone(
    at: Callable[..., TestClient], amina: Browser
) -> None:
    reply = at("http://localhost").post("/return", data={"receipt": amina.receipt}, follow_redirects=False)
    assert flags(reply) == ("plumbline", {"path=/", "httponly", "samesite=lax"})


def test_logging_out_takes_the_very_same_cookie_away(at: Callable[..., TestClient], amina: Browser) -> None:
    client = at("https://plumbline.example", "192.0.2.1")
    client.post("/return", data={"receipt": amina.receipt}, follow_redirects=False)
    assert "__Host-plumbline" in client.cookies
    name, said = flags(client.post("/log-out"))
    assert name == "__Host-plumbline"
    assert {"path=/", "secure", "httponly", "samesite=lax", "max-age=0"} <= said
    assert "__Host-plumbline" not in client.cookies


def test_a_cookie_of_plain_http_does_not_open_over_https(
    at: Callable[..., TestClient], amina: Browser
) -> None:
    header = {"Cookie": f"plumbline={amina.client.cookies['plumbline']}"}
    assert at("https://localhost").get(amina.home, headers=header).status_code == 401


def test_no_cookie_is_set_before_somebody_begins(stranger: Browser) -> None:
    for path in ("/", "/start", "/return", "/help", "/confidentiality", "/import"):
        assert "set-cookie" not in stranger.get(path).headers


def test_an_exported_file_is_not_run_as_a_page(amina: Browser) -> None:
    reply = amina.get(f"{amina.home}/export.json")
    assert reply.headers["content-type"] == "application/json"
    assert json.loads(reply.text)["format"] == "plumbline-assessment"


def test_signing_in_is_a_form_that_is_never_sent_by_address(stranger: Browser) -> None:
    assert stranger.get("/return?receipt=0000").status_code == 200
    assert "0000" not in stranger.get("/return?receipt=0000").text
    refused = send(stranger, visit(stranger, "/return").form("/return"), {"receipt": "0000"})
    assert "location" not in refused.headers
