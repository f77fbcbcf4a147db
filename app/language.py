"""The words a person sees, in their language. English is the source; nothing else is shipped yet."""

from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from gettext import NullTranslations

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

LANGUAGE = "en"
_DATES = LANGUAGE + "_GB"

_translations: ContextVar[NullTranslations] = ContextVar("translations", default=NullTranslations())  # noqa: B039 - never changed
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


@lru_cache(maxsize=1000)  # pages say the same few days again and again, and Babel takes its time
def long_date(day: date) -> str:
    """A date as people read it: 3 March 2026."""
    return format_date(day, format="long", locale=_DATES)


def month_of(day: date) -> str:
    """The month of a date, as short as it goes: Mar 2026."""
    return format_date(day, format="MMM y", locale=_DATES)


def months() -> list[str]:
    """The names of the twelve months, in order."""
    names = get_month_names("wide", context="stand-alone", locale=_DATES)
    return [names[number] for number in range(1, 13)]


def number(figure: float) -> str:
    """A figure with at most two decimals."""
    return format_decimal(figure, format="0.##", locale=LANGUAGE)


def one_decimal(figure: Decimal) -> str:
    """A figure with just one decimal."""
    return format_decimal(figure, format="0.0", locale=LANGUAGE)
