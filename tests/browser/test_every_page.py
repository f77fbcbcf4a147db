"""Every page, in every state: axe finds nothing, nothing sticks out, everything can be hit."""

import pytest
from playwright.sync_api import ViewportSize

from tests.browser import axe, layout
from tests.browser.person import Person
from tests.browser.states import STATES
from tests.browser.watch import Watch

NARROW: ViewportSize = {"width": 320, "height": 640}
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}
DESK_AT_200_PERCENT: ViewportSize = {"width": 640, "height": 450}


@pytest.mark.parametrize("name", STATES)
def test_nothing_is_wrong_with_a_page(amina: Person, watch: Watch, name: str) -> None:
    watch.expect(*STATES[name].refusals)
    if name == "offline":
        watch.expect_no_connection()
    STATES[name].reach(amina)
    page, wrong = amina.page, {}
    page.set_viewport_size(PHONE)
    amina.opens_all_help()
    wrong["axe"] = axe.faults(page)
    page.emulate_media(color_scheme="dark")
    wrong["axe, dark"] = axe.faults_of_looks(page)
    page.set_viewport_size(DESK)
    wrong["axe, dark, desk"] = axe.faults_of_looks(page)
    page.emulate_media(color_scheme="light")
    wrong["axe, desk"] = axe.faults_of_looks(page)
    wrong["targets, desk"] = layout.small_targets(page)
    page.set_viewport_size(DESK_AT_200_PERCENT)
    wrong["width, 200 %"] = layout.wider_than_the_window(page)
    page.set_viewport_size(NARROW)
    wrong["targets, 320 px"] = layout.small_targets(page)
    for direction in ("ltr", "rtl"):
        page.evaluate("direction => { document.documentElement.dir = direction }", direction)
        wrong[f"width, 320 px, {direction}"] = layout.wider_than_the_window(page)
    assert {where: found for where, found in wrong.items() if found} == {}


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
    assert layout.small_targets(amina.page)[0].startswith('BUTTON "" 20 x')
    assert "HR code " in layout.wider_than_the_window(amina.page)
