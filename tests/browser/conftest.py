"""The browser that the tests in this folder use, and where there is none, what becomes of them."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.behind import bring_in
from tests.browser.harbour import harbour
from tests.browser.person import Person
from tests.browser.server import Server
from tests.browser.watch import Watch

HERE = Path(__file__).parent
CHROMIUM = os.environ.get("PLUMBLINE_CHROMIUM")
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark this folder's tests, and run them last: Playwright's event loop stays in their thread."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def launch_options(chromium: str) -> dict[str, Any]:
    """How to start that Chromium: headless, silent towards the network."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {"executable_path": chromium, "headless": True, "args": QUIET + ["--no-sandbox"] * as_root}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium that `./run test` found."""
    if not CHROMIUM:
        reason = "no Chromium: ./run test looks for one, or name it in PLUMBLINE_CHROMIUM"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return browser_type_launch_args | launch_options(CHROMIUM)


# A busy machine is slow; what never comes fails all the same.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Server]:
    """One real server for all tests of a worker; `browser` comes first, so that a skip starts none."""
    with Server(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    return server.address


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], base_url: str) -> dict[str, Any]:
    return browser_context_args | {"locale": "en-GB", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def watch(server: Server) -> Iterator[Watch]:
    """The watch over every context of a test."""
    watching = Watch(server.address)
    yield watching
    assert watching.settle() == []


@pytest.fixture
def new_context(new_context: Callable[..., BrowserContext], watch: Watch) -> Callable[..., BrowserContext]:
    """Another browser of somebody, with cookies of its own, and watched."""

    def watched(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(PATIENCE)
        watch.over(context)
        return context

    return watched


@pytest.fixture
def today() -> date:
    return datetime.now(UTC).date()


@pytest.fixture
def amina(page: Page) -> Person:
    """Amina, who has not begun yet."""
    return Person(page)


@pytest.fixture
def at_harbour(context: BrowserContext, page: Page, today: date) -> Person:
    """Amina, focal point of Harbour Children’s Club, well into an assessment."""
    return Person(page).holds(bring_in(context, harbour(today)))


@pytest.fixture
def without_javascript(new_context: Callable[..., BrowserContext], today: date) -> Person:
    """Amina at Harbour Children’s Club, with a browser that runs no JavaScript."""
    context = new_context(java_script_enabled=False)
    return Person(context.new_page(), scripted=False).holds(bring_in(context, harbour(today)))
