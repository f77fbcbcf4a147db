"""The words a person sees, in their language. English is the source; nothing else is shipped yet."""

from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations

from babel.core import Locale, UnknownLocaleError

_translations: ContextVar[NullTranslations] = ContextVar("translations", default=NullTranslations())  # noqa: B039
chosen: ContextVar[str] = ContextVar("chosen", default="en")
"""The language of whoever is being answered. So far, no page offers another than English."""


def current() -> str:
    """That language, as pages name it: en, pt-BR."""
    return chosen.get()


@cache
def direction(language: str) -> str:
    """Which way a language is written: ltr, or rtl."""
    try:
        return Locale.parse(language, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


def gettext(message: str) -> str:
    """The message in the language of whoever is being answered."""
    return _translations.get().gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """The message in that language, in the form that the number asks for."""
    return _translations.get().ngettext(one, many, number)


def mark(message: str) -> str:
    """The message itself: it is translated where it is shown, and marked here so that it is gathered."""
    return message
