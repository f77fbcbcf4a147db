"""The watch over every browser test sees what it is there for."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.server import Server
from tests.browser.watch import Watch

VENDOR = Path(__file__).parent / "vendor/axe-core"


@pytest.fixture
def watching(browser: Browser, base_url: str) -> Iterator[tuple[Watch, Page]]:
    """A watch of its own, so that what it notes fails no test."""
    context, watch = browser.new_context(base_url=base_url), Watch(base_url)
    watch.over(context)
    page = context.new_page()
    page.goto("/")
    yield watch, page
    context.close()


@pytest.mark.parametrize(
    ("event", "script", "noted"),
    [
        ("console", "console.warn('mind this')", "console warning"),
        ("console", "fetch('http://localhost:9/').catch(() => 0)", "connect-src"),
        ("console", "document.body.setAttribute('style', 'color: red')", "style-src"),
        ("weberror", "setTimeout(() => { throw Error('a fault') })", "uncaught"),
    ],
)
def test_what_a_page_must_not_do_is_noted(
    watching: tuple[Watch, Page], event: Any, script: str, noted: str
) -> None:
    watch, page = watching
    with page.context.expect_event(event):
        page.evaluate(script)
    assert noted in watch.settle()[0]


def test_a_reply_that_refuses_is_noted(watching: tuple[Watch, Page]) -> None:
    watch, page = watching
    page.goto("/nowhere")
    assert watch.settle()[0].endswith("/nowhere was answered 404")


def test_a_request_to_another_host_is_noted(watching: tuple[Watch, Page], server: Server) -> None:
    watch, page = watching
    elsewhere = f"http://localhost:{server.port}/help"
    page.goto(elsewhere)
    assert watch.settle()[0] == f"request to another host: {elsewhere}"


def test_a_refusal_that_was_expected_and_never_came_is_a_fault(watching: tuple[Watch, Page]) -> None:
    watch, _page = watching
    watch.expect(422)
    assert watch.settle() == ["no reply had the status 422"]


def test_a_page_as_it_should_be_has_no_faults(watching: tuple[Watch, Page]) -> None:
    assert watching[0].settle() == []


def test_axe_is_the_very_file_that_its_readme_names() -> None:
    digest = sha256((VENDOR / "axe.min.js").read_bytes()).hexdigest()
    assert f"`{digest}`" in (VENDOR / "README.md").read_text(encoding="utf-8")
