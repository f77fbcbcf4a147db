"""Rounds that somebody has gone through before they come to a page: done behind the pages' back."""

import re
from collections.abc import Mapping
from html import unescape

from playwright.sync_api import BrowserContext

from questionnaires.models import Questionnaire
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


def answers_all(
    context: BrowserContext, home: str, questionnaire: Questionnaire, levels: Mapping[str, int]
) -> None:
    """Answer questions that nobody has answered yet, each by its level, with a document to show for it."""
    for section in questionnaire.sections:
        fields: dict[str, str | float | bool] = {"onward": "stay"}
        for code in (question.id for question in section.questions if question.id in levels):
            said = {"choice": str(levels[code]), "evidence": "2", "revision": "0"}
            fields |= {f"{code}:{name}": value for name, value in said.items()}
        sends(context, f"{home}/sections/{section.id}", **fields)
