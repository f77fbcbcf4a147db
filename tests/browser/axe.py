"""The accessibility checks of axe-core, run inside a page: our CSP lets no script tag be added."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor/axe-core/axe.min.js").read_text(encoding="utf-8")
WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
OF_LOOKS = [*OF_COLOURS, "target-size", "scrollable-region-focusable"]
RUN = "tags => axe.run({runOnly: tags, resultTypes: ['violations']})"
RUN_RULES = "rules => axe.run({runOnly: {type: 'rule', values: rules}, resultTypes: ['violations']})"


def faults(page: Page) -> list[str]:
    """What WCAG 2.2 AA and good practice would have otherwise: the rule, the element, what to do."""
    return _in_words(_run(page, RUN, WCAG_2_2_AA))


def faults_of_looks(page: Page) -> list[str]:
    """Only what changes with colours and with the width of the window."""
    return _in_words(_run(page, RUN_RULES, OF_LOOKS))


def faults_of_colours(page: Page) -> list[str]:
    """Only what changes with colours."""
    return _in_words(_run(page, RUN_RULES, OF_COLOURS))


def _run(page: Page, script: str, what: list[str]) -> dict[str, Any]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate(script, what)
    return found


def _in_words(found: dict[str, Any]) -> list[str]:
    return [
        f"{rule['id']} at {node['target']}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
