"""Every page, in every state: axe finds nothing, nothing sticks out, everything can be hit."""

import pytest

from tests.browser import axe, layout
from tests.browser.inspection import NARROW, whats_wrong
from tests.browser.person import Person
from tests.browser.states import STATES
from tests.browser.watch import Watch


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
    assert layout.small_targets(amina.page)[0].startswith('BUTTON "" 20 x')
    assert "HR code " in layout.wider_than_the_window(amina.page)
