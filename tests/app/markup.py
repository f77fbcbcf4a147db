"""A page as somebody without JavaScript meets it: its words, its links, its forms, its tables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from httpx import Response

from tests.conftest import Browser

UNSEEN = {"head", "script", "style", "template", "svg"}
CHOICES = {"radio", "checkbox"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Form:
    """A form as it stands on the page. `fields` is what a browser sends when nothing is touched.

    `offered` holds, by name, the values that can be chosen; None where one types.
    """

    action: str
    method: str
    enctype: str
    fields: dict[str, str] = field(default_factory=dict)
    offered: dict[str, list[str] | None] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def filled(self, changes: Mapping[str, str]) -> dict[str, str]:
        """What a browser sends once somebody has filled these fields, all of which have to be there."""
        for name, value in changes.items():
            assert name in self.offered, f"no field {name} in the form to {self.action}"
            values = self.offered[name]
            assert values is None or value in values, f"{value!r} cannot be chosen for {name}"
        return self.fields | dict(changes)


class Page(HTMLParser):
    """What a page holds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.ids: list[str] = []
        self._words: list[str] = []
        self._open: list[str] = []
        self._text: list[str] | None = None
        self._select: tuple[str, list[str]] | None = None
        self._table: list[list[str]] | None = None
        self.feed(html)
        self.close()

    @property
    def words(self) -> str:
        """All that can be read, runs of white space as one space."""
        return re.sub(r"\s+", " ", " ".join(self._words))

    @property
    def heading(self) -> str:
        """The first heading."""
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.html, re.DOTALL)
        assert found is not None
        return Page(found[1]).words.strip()

    def form(self, action: str) -> Form:
        """The one form that goes to an address ending so."""
        (found,) = [form for form in self.forms if form.action.endswith(action)]
        return found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if "template" in self._open:
            return
        if "href" in given and tag == "a":
            self.links.append(given["href"])
        if tag == "form":
            self.forms.append(
                Form(
                    given["action"],
                    given["method"],
                    given.get("enctype", "application/x-www-form-urlencoded"),
                )
            )
        if tag == "table":
            self._table = self.tables.setdefault(given["id"], [])
        if self._table is not None:
            if tag == "tr":
                self._table.append([])
            if tag in {"td", "th"}:
                self._table[-1].append("")
        if tag in {"input", "textarea", "select", "option", "button"}:
            self._control(tag, given, chosen="checked" in dict(attrs) or "selected" in dict(attrs))

    def _control(self, tag: str, given: dict[str, str], *, chosen: bool) -> None:
        if not self.forms or "form" not in self._open:
            return
        form, name, value = self.forms[-1], given.get("name", ""), given.get("value", "")
        if tag == "option" and self._select is not None:
            name, values = self._select
            values.append(value)
            if chosen or len(values) == 1:
                form.fields[name] = value
        elif tag == "select":
            self._select = (name, [])
            form.offered[name] = self._select[1]
        elif tag == "textarea":
            form.offered[name] = None
            self._text = [name]
        elif tag == "button":
            form.buttons.append((name, value))
        elif given.get("type") in CHOICES:
            values_so_far = form.offered.setdefault(name, [])
            assert values_so_far is not None
            values_so_far.append(value)
            if chosen:
                form.fields[name] = value
        elif given.get("type") != "file":
            form.fields[name] = value
            if given.get("type") != "hidden":
                form.offered[name] = None

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None:
            name, *texts = self._text
            # HTML drops the line end that follows the tag.
            self.forms[-1].fields[name] = "".join(texts).removeprefix("\n")
            self._text = None
        if tag == "table":
            self._table = None
        if tag == "select":
            self._select = None
        while self._open and tag in self._open:
            if self._open.pop() == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)
        if UNSEEN.isdisjoint(self._open):
            self._words.append(data)
        if self._table and self._table[-1] and not data.isspace():
            self._table[-1][-1] += data.strip()


def read(response: Response) -> Page:
    """What a reply holds."""
    return Page(response.text)


def visit(browser: Browser, path: str) -> Page:
    """Open a page that has to be there."""
    response = browser.get(path)
    assert response.status_code == 200, f"{path}: {response.status_code}"
    return read(response)


def send(
    browser: Browser,
    form: Form,
    changes: Mapping[str, str] | None = None,
    button: tuple[str, str] | None = None,
) -> Response:
    """Send a form as a browser without JavaScript does, by one of its buttons."""
    assert form.method == "post"
    pressed = button or form.buttons[0]
    assert pressed in form.buttons
    fields = form.filled(changes or {}) | ({pressed[0]: pressed[1]} if pressed[0] else {})
    return browser.post(form.action, fields)
