"""A pack's own words as a page shows them: in the reader's language, or marked with the one they are in."""

from markupsafe import Markup, escape

from app import language
from standards.words import Words

_MARKED = Markup('<span lang="{}" dir="{}">{}</span>')


def words(text: str) -> Markup:
    """A pack's text to stand in a page. Where it is not translated, the page says which language it is in.

    What is no pack's text goes through as it is.
    """
    if not isinstance(text, Words):
        return escape(text)
    said, spoken = text.said_in(language.current())
    if spoken == language.current():
        return escape(said)
    return _MARKED.format(spoken, language.direction(spoken), said)


def plain_words(text: str) -> str:
    """The same without a mark, for where a page has no room for one: its title, a field, a drawing."""
    return text.said_in(language.current())[0] if isinstance(text, Words) else text
