"""How somebody is asked to answer apart, answers, hands in; how a rating ends, and answers are agreed."""

from collections.abc import Mapping

from httpx import Response

from tests.app.markup import Page, read, send, visit
from tests.app.questionnaire import save
from tests.conftest import Browser, found

SECTIONS = {"B": "before", "D": "during", "A": "after"}
WHY = "We looked at the notes of May together."


def rating_page(owner: Browser) -> Page:
    return visit(owner, f"{owner.home}/rating")


def ask(owner: Browser, tag: str, who: str = "") -> Response:
    """Send the form that asks somebody: by their account, or with a code."""
    form = rating_page(owner).form("/rating")
    return send(owner, form, {"tag": tag} | ({"who": who} if who else {}))


def ask_by_code(owner: Browser, tag: str) -> tuple[str, str]:
    """Ask somebody without an account: the path of the link, and the code."""
    made = ask(owner, tag)
    assert made.status_code == 200
    link, code = link_on(made.text), found(r'data-copy-text="([0-9A-Z-]{34})"', made.text)
    assert code not in link
    return link, code


def link_on(html: str) -> str:
    return found(r'data-copy-text="https?://[^/"]+(/ratings/[0-9a-f]{32})"', html)


def type_code(browser: Browser, link: str, code: str) -> Response:
    return send(browser, visit(browser, link).form(link), {"receipt": code})


def opens(browser: Browser, link: str, code: str) -> Browser:
    """Come with a link and a code; the sheet is their home, and the code their receipt, from then on."""
    opened = type_code(browser, link, code)
    assert opened.status_code == 303
    browser.home, browser.receipt = opened.headers["location"], code
    return browser


def answer(browser: Browser, said: Mapping[str, str]) -> None:
    """Fill fields, as in {"B1:choice": "2"}, section by section."""
    for letter, section in SECTIONS.items():
        changes = {name: value for name, value in said.items() if name.startswith(letter)}
        if changes:
            assert save(browser, section, changes).status_code == 303


def levels(**said: str) -> dict[str, str]:
    """The fields of some questions, with their levels."""
    return {f"{question}:choice": choice for question, choice in said.items()}


def hand_in(browser: Browser) -> None:
    path = f"{browser.home}/hand-in"
    assert send(browser, visit(browser, path).form(path)).headers["location"] == browser.home


def end(owner: Browser) -> Response:
    path = f"{owner.home}/rating/end"
    return send(owner, visit(owner, path).form(path))


def question_path(owner: Browser, question: str) -> str:
    return f"{owner.home}/rating/questions/{question}"


def agree(owner: Browser, question: str, choice: str, why: str = WHY, **more: str) -> Response:
    """Record what is agreed on one question."""
    path = question_path(owner, question)
    fields = {f"{question}:{name}": value for name, value in {"choice": choice, "why": why, **more}.items()}
    return send(owner, visit(owner, path).form(path), fields)


def words(response: Response) -> str:
    return read(response).words
