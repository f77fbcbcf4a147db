"""A pack's own words as a page shows them: in the reader's language, or marked with the one they are in."""

from markupsafe import Markup, escape

from app import language
from standards.words import Words

_MARKED = Markup("<span{}>{}</span>")
_MARK = Markup(' lang="{}" dir="{}"')


def words(text: str, longest: int | None = None) -> Markup:
    """A pack's text to stand in a page. Where it is not translated, the page says which language it is in.

    What is no pack's text goes through as it is. `longest` is how many characters it may have.
    """
    said = plain_words(text)
    shown = escape(said if longest is None else _cut(said, longest))
    mark = mark_of(said)
    return _MARKED.format(mark, shown) if mark else shown


def mark_of(said: str) -> Markup:
    """The attributes for an element around a text that is not in the reader's language; otherwise nothing."""
    if not isinstance(said, Words) or said.language == language.current():
        return Markup("")
    return _MARK.format(said.language, language.direction(said.language))


def plain_words(text: str) -> str:
    """The same without a mark, for where a page has no room for one: its title, a field, a drawing."""
    return Words(*text.said_in(language.current())) if isinstance(text, Words) else text


def filled(sentence: str, **parts: str) -> Markup:
    """A sentence of the product's own with words of a pack put in where it names them."""
    return escape(sentence).format(**{name: words(part) for name, part in parts.items()})


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + "…"
