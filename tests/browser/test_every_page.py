"""Every page, in every state: axe finds nothing, nothing sticks out, everything can be hit."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import axe, layout
from tests.browser.conftest import PATIENCE
from tests.browser.inspection import DESK, NARROW, whats_wrong
from tests.browser.person import Person
from tests.browser.server import Server
from tests.browser.states import STATES
from tests.browser.watch import Watch


@pytest.fixture(scope="module")
def window(
    browser: Browser, server: Server, browser_context_args: dict[str, Any]
) -> Iterator[tuple[Page, Watch]]:
    """One window for every page, and the watch over it: to open one takes as long as to look at a page."""
    context = browser.new_context(**browser_context_args)
    context.set_default_timeout(PATIENCE)
    watching = Watch(server.address)
    watching.over(context)
    yield context.new_page(), watching
    context.close()


@pytest.fixture
def watch(window: tuple[Page, Watch]) -> Iterator[Watch]:
    page, watching = window
    watching.start_over()
    yield watching
    page.goto("about:blank")
    assert watching.settle() == []


@pytest.fixture
def amina(window: tuple[Page, Watch], watch: Watch) -> Person:
    """Amina, in a window that knows nothing of anybody."""
    page, _watch = window
    page.context.clear_cookies()
    page.context.set_offline(False)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESK)
    return Person(page)


@pytest.mark.parametrize("name", STATES)
def test_nothing_is_wrong_with_a_page(amina: Person, watch: Watch, name: str) -> None:
    watch.expect(*STATES[name].refusals)
    if name == "offline":
        watch.expect_no_connection()
    STATES[name].reach(amina)
    assert whats_wrong(amina) == {}


def test_what_is_wrong_would_be_found(amina: Person) -> None:
    amina.goes_to("/help")
    amina.page.set_viewport_size(NARROW)
    amina.page.evaluate("""() => {
      const main = document.querySelector("main");
      main.append(document.createElement("button"), document.createElement("hr"));
      main.lastChild.setAttribute("class", "code");
      const rule = "hr { width: 400px } main > button { width: 20px } h1 { color: #ccc }";
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(rule);
      document.adoptedStyleSheets = [sheet];
    }""")
    assert [fault.split()[0] for fault in axe.faults(amina.page)] == ["button-name", "color-contrast"]
    assert [fault.split()[0] for fault in axe.faults_of_looks(amina.page)] == ["color-contrast"]
    assert [fault.split()[0] for fault in axe.faults_of_colours(amina.page)] == ["color-contrast"]
    assert layout.small_targets(amina.page)[0].startswith('BUTTON "" 20 x')
    assert "HR code " in layout.wider_than_the_window(amina.page)
