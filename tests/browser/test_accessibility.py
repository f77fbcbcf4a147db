"""axe finds nothing on any page, in any state, light and dark, on a phone and on a desk."""

import pytest
from playwright.sync_api import ViewportSize

from tests.browser import axe
from tests.browser.person import Person
from tests.browser.states import STATES
from tests.browser.watch import Watch

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}


@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing(amina: Person, watch: Watch, name: str) -> None:
    watch.expect(*STATES[name].refusals)
    if name == "offline":
        watch.expect_no_connection()
    STATES[name].reach(amina)
    page = amina.page
    page.set_viewport_size(PHONE)
    light = axe.faults(page)
    page.emulate_media(color_scheme="dark")
    dark = axe.faults_of_colour(page)
    amina.opens_all_help()
    page.set_viewport_size(DESK)
    desk_dark = axe.faults(page)
    page.emulate_media(color_scheme="light")
    desk_light = axe.faults_of_colour(page)
    assert (light, dark, desk_light, desk_dark) == ([], [], [], [])
