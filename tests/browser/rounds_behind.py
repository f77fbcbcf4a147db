"""Rounds that somebody has gone through before they come to a page: done behind the pages' back."""

import re
from html import unescape

from playwright.sync_api import BrowserContext

from tests.browser.behind import sends

PINNED = re.compile(r'name="pinned" value="([^"]+)"')


def closes(context: BrowserContext, home: str) -> None:
    """Close a round."""
    sends(context, f"{home}/rounds/close")


def starts_next(context: BrowserContext, home: str, title: str = "") -> str:
    """Start the round after a closed one; where its task list is."""
    return sends(context, f"{home}/rounds/next", title=title)[0]


def upgrades(context: BrowserContext, home: str, **ticked: str) -> str:
    """Go on in the newer edition; where the task list of the round is from now on."""
    page = context.request.get(f"{home}/rounds/upgrade").text()
    pinned = PINNED.search(page)
    assert pinned is not None
    fields = {"to": "ics-style-full", "pinned": unescape(pinned[1]), **ticked}
    return sends(context, f"{home}/rounds/upgrade", **fields)[0].partition("/rounds")[0]
