"""The words a person sees, in their language. English is the source; nothing else is shipped yet."""

from contextvars import ContextVar
from gettext import NullTranslations

_translations: ContextVar[NullTranslations] = ContextVar("translations", default=NullTranslations())  # noqa: B039


def gettext(message: str) -> str:
    """The message in the language of whoever is being answered."""
    return _translations.get().gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """The message in that language, in the form that the number asks for."""
    return _translations.get().ngettext(one, many, number)


def mark(message: str) -> str:
    """The message itself: it is translated where it is shown, and marked here so that it is gathered."""
    return message
