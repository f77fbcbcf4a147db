"""Filling in a questionnaire section by section, as somebody does without JavaScript."""

import json
from collections.abc import Callable, Mapping

from fastapi import FastAPI
from httpx import Response

from tests.app.markup import read, send, visit
from tests.conftest import Browser, form_key, found

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


def bring_in(
    browser: Browser,
    app: FastAPI,
    say: Callable[[str], dict[str, object]],
    questionnaire: str = "ics-style-full",
    profile: Mapping[str, str] | None = None,
) -> None:
    """Bring in a file that answers each question; `say` gives what the file says of it, {} for nothing."""
    pinned = app.state.library.offer(questionnaire)
    said = {code: say(code) for code in pinned.questionnaire.questions}
    file = {
        "format": "plumbline-assessment",
        "format_version": 1,
        "exported_on": "2026-11-21",
        "framework": {"id": pinned.framework.id, "version": pinned.framework.edition},
        "questionnaire": {"id": pinned.questionnaire.id, "version": pinned.questionnaire.version},
        "profile": dict(profile or {}),
        "answers": {code: one for code, one in said.items() if one},
    }
    taken_in = browser.client.post(
        "/import",
        data={"form_key": form_key(browser.get("/import"))},
        files={"file": ("assessment.json", json.dumps(file))},
        follow_redirects=False,
    )
    assert taken_in.status_code == 303
    browser.home = taken_in.headers["location"]


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
