"""Everything that is looked at on a page, wherever somebody has come to."""

from playwright.sync_api import ViewportSize

from tests.browser import axe, layout
from tests.browser.person import Person

NARROW: ViewportSize = {"width": 320, "height": 640}
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}
DESK_AT_200_PERCENT: ViewportSize = {"width": 640, "height": 450}


def whats_wrong(somebody: Person) -> dict[str, list[str]]:
    """What axe and the layout find on somebody's page in every look and size; empty when nothing is wrong."""
    page = somebody.page
    wrong: dict[str, list[str]] = {}
    page.set_viewport_size(PHONE)
    somebody.opens_all_help()
    wrong["axe"] = axe.faults(page)
    page.emulate_media(color_scheme="dark")
    wrong["axe, dark"] = axe.faults_of_colours(page)
    page.set_viewport_size(DESK)
    wrong["axe, dark, desk"] = axe.faults_of_colours(page)
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
    return {where: found for where, found in wrong.items() if found}
