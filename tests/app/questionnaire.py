"""Filling in a questionnaire section by section, as somebody does without JavaScript."""

from collections.abc import Callable, Mapping

from httpx import Response

from tests.app.markup import read, send, visit
from tests.conftest import Browser, found

SECTIONS = {
    "ics-style-full": [
        "policy",
        "policy-in-use",
        "leads",
        "recruitment",
        "behaviour",
        "learning",
        "risks",
        "activities",
        "concerns",
        "help",
        "checks",
        "improving",
    ],
    "ics-style-quick": ["policy", "people", "safe-work", "concerns", "checks"],
}


def save(browser: Browser, section: str, changes: Mapping[str, str]) -> Response:
    """Fill some fields of a section's page, as in {"P1.1:choice": "2"}, and save it."""
    form = visit(browser, f"{browser.home}/sections/{section}").form(f"/sections/{section}")
    return send(browser, form, changes)


def fill_in(
    browser: Browser, say: Callable[[str], dict[str, str]], questionnaire: str = "ics-style-full"
) -> None:
    """Answer every question that is asked; `say` gives its fields, by name without the code."""
    for section in SECTIONS[questionnaire]:
        page = visit(browser, f"{browser.home}/sections/{section}")
        form = page.form(f"/sections/{section}")
        asked = [name.removesuffix(":revision") for name in form.fields if name.endswith(":revision")]
        changes = {f"{code}:{name}": value for code in asked for name, value in say(code).items()}
        assert send(browser, form, changes).status_code == 303


def set_profile(browser: Browser, **facts: str) -> None:
    """Say something about where the organisation meets children."""
    form = visit(browser, f"{browser.home}/profile").form("/profile")
    sent = send(browser, form, {f"fact:{fact}": said for fact, said in facts.items()})
    assert sent.status_code == 303


def progress(browser: Browser, path: str = "") -> tuple[int, int]:
    """How many are answered, and of how many, as a page says it."""
    page = read(browser.get(browser.home + path))
    return (
        int(found(r"(\d+) of \d+ answered", page.words)),
        int(found(r"\d+ of (\d+) answered", page.words)),
    )
