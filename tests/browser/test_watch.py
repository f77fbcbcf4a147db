"""The watch over every browser test sees what it is there for."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

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
        ("weberror", "setTimeout(() => { throw Error('a fault') })", "uncaught"),
        ("request", "location.href = 'http://localhost:9/'", "request to another host"),
        ("console", "fetch('http://localhost:9/').catch(() => 0)", "connect-src"),
        ("console", "document.body.setAttribute('style', 'color: red')", "style-src"),
        ("response", "fetch('/nowhere').then(() => 0)", "was answered 404"),
    ],
)
def test_nothing_of_this_goes_unnoticed(
    watching: tuple[Watch, Page], event: Any, script: str, noted: str
) -> None:
    watch, page = watching
    with page.context.expect_event(event):
        page.evaluate(script)
    page.context.cookies()  # a way there and back, during which every listener has its turn
    assert [fault for fault in watch.settle() if noted in fault]


def test_a_refusal_that_was_expected_and_never_came_is_a_fault(watching: tuple[Watch, Page]) -> None:
    watch, _page = watching
    watch.expect(422)
    assert watch.settle() == ["no reply had the status 422"]


def test_a_page_as_it_should_be_has_no_faults(watching: tuple[Watch, Page]) -> None:
    assert watching[0].settle() == []


def test_axe_is_the_very_file_that_its_readme_names() -> None:
    digest = sha256((VENDOR / "axe.min.js").read_bytes()).hexdigest()
    assert f"`{digest}`" in (VENDOR / "README.md").read_text(encoding="utf-8")
