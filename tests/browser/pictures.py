"""Takes a picture of every page: `python -m tests.browser.pictures`, as docs/pictures/README.md says."""

import argparse
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from app.settings import ROOT
from tests.browser.conftest import launch_options
from tests.browser.palette import reduced
from tests.browser.person import Person
from tests.browser.server import Server
from tests.browser.states import STATES

PICTURES = ROOT / "docs/pictures"
SHOWN = [
    "home", "confidentiality", "help", "start", "start-refused", "receipt", "return", "import", "assessments",
    "tasks", "tasks-first", "profile", "section", "section-continued", "section-refused", "question-conflict",
    "signed-out-in-place", "answers", "report", "report-first", "workings", "targets", "plan", "plan-first",
    "standards", "edition", "edition-older", "form", "report-document", "report-culture",
    "report-culture-chosen", "tasks-culture", "section-document", "choose", "workings-document",
    "plan-edit-in-place", "export", "name", "delete", "logged-out", "not-found", "sign-up", "recovery-code",
    "log-in", "account", "account-second-factor", "organisation-members", "organisation-waiting",
    "organisation-link", "organisation-sheet", "invitation-used", "read-along-section", "sharing-guest",
    "sharing-link-not-sent", "portfolio", "review", "review-section", "review-released", "rounds-moved",
    "round-upgrade", "round-last-time", "changes", "changes-editions", "rating-first", "rating-results",
    "sheet-tasks", "question", "who", "care-section",
]  # fmt: skip


@dataclass(frozen=True)
class Look:
    """One way of looking at a page. `tallest` is where a picture ends, in pixels."""

    name: str
    width: int
    tallest: int
    scheme: Literal["light", "dark"] = "light"
    direction: str = "ltr"


LOOKS = [
    Look("phone-light", 390, 1200),
    Look("phone-dark", 390, 1200, scheme="dark"),
    Look("phone-rtl", 390, 1200, direction="rtl"),
    Look("desk-light", 1280, 1100),
    Look("desk-dark", 1280, 1100, scheme="dark"),
    Look("desk-rtl", 1280, 1100, direction="rtl"),
]

END_OF_CONFLICT = "document.querySelector('.question .conflict')?.getBoundingClientRect().bottom + 100"


def main() -> None:
    """Take the pictures that were asked for."""
    parser = argparse.ArgumentParser(description="Take a picture of every page.")
    parser.add_argument("names", nargs="*", default=SHOWN, help="pages, by their names in states.py")
    parser.add_argument("--into", type=Path, default=PICTURES, help="the folder for the pictures")
    parser.add_argument("--whole", action="store_true", help="whole pages in all their colours, to look at")
    given = parser.parse_args()
    given.into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, Server(Path(data)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options(os.environ["PLUMBLINE_CHROMIUM"]))
        workbench = browser.new_page()
        for name in given.names:
            for look, page in looked_at(browser, server.address, name):
                picture = take(page, look, given.whole)
                small = picture if given.whole else reduced(picture, workbench)
                (given.into / f"{name}-{look.name}.png").write_bytes(small)
        browser.close()


def looked_at(browser: Browser, address: str, name: str) -> Iterator[tuple[Look, Page]]:
    """A page in one look after the other."""
    context = browser.new_context(base_url=address, locale="en-GB")
    amina = Person(context.new_page())
    STATES[name].reach(amina)
    for look in LOOKS:
        amina.page.set_viewport_size({"width": look.width, "height": 844})
        amina.page.emulate_media(color_scheme=look.scheme)
        amina.page.evaluate("direction => { document.documentElement.dir = direction }", look.direction)
        yield look, amina.page
    context.close()


def take(page: Page, look: Look, whole: bool) -> bytes:
    """One picture, from the top down; of a conflict in a question, down to its end."""
    page.evaluate("scrollTo(0, 0)")
    tall = page.evaluate("document.documentElement.scrollHeight")
    end = page.evaluate(END_OF_CONFLICT) or look.tallest
    top = 0 if whole else max(0, end - look.tallest)
    height = tall if whole else min(tall, look.tallest)
    return page.screenshot(full_page=True, clip={"x": 0, "y": top, "width": look.width, "height": height})


if __name__ == "__main__":
    main()
