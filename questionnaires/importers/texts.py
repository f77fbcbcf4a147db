"""Texts and names from elsewhere, made fit for a pack."""

import re
import unicodedata
from collections.abc import Iterable
from math import isfinite

import yaml

from questionnaires.importers.limits import LONGEST_TEXT
from standards.placeholders import UNWRITTEN

_SPACE = re.compile(r"[\s\ufeff\x85\u2028\u2029]+")
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 60
_LONGEST_TITLE = 60


def unwritten(what: str) -> str:
    """The placeholder for a text that the author still has to write."""
    return f"{UNWRITTEN} {what}"


def line(value: object) -> str:
    """A text on one line, without characters that cannot be printed; empty for all that is no text."""
    if not isinstance(value, str):
        return ""
    # A long text is cut before it is looked through, so that the work is bounded.
    printable = yaml.reader.Reader.NON_PRINTABLE.sub(" ", value[: 4 * LONGEST_TEXT])
    text = _SPACE.sub(" ", printable).strip()
    return text if len(text) <= LONGEST_TEXT else shortened(text, LONGEST_TEXT)


def lines(value: object) -> tuple[str, ...]:
    """The lines of a text that hold something, without the dash or dot of a list."""
    if not isinstance(value, str):
        return ()
    each = (line(one).lstrip("-*•–").strip() for one in value[: 4 * LONGEST_TEXT].splitlines())
    return tuple(one for one in each if one)


def shortened(text: str, longest: int = _LONGEST_TITLE) -> str:
    """A text cut between two words, with an ellipsis where something was cut."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut}…"


def joined(pieces: Iterable[str], between: str = " ", longest: int = LONGEST_TEXT) -> str:
    """The pieces that hold something, in one text. Once it is too long, no more are taken."""
    taken, length = list[str](), 0
    for piece in filter(None, pieces):
        taken.append(piece)
        length += len(piece) + len(between)
        if length > longest:
            break
    return shortened(between.join(taken), longest)


def number(value: object) -> float | None:
    """The number that a text says, with a point or a comma before its fraction."""
    try:
        found = float(line(value).replace(",", "."))
    except ValueError:
        return None
    return found if isfinite(found) else None


def as_name(text: str, otherwise: str) -> str:
    """A valid name that resembles a text: letters lose their accents, all else becomes a dash."""
    plain = unicodedata.normalize("NFKD", text[:200]).encode("ascii", "ignore").decode("ascii")
    name = _NOT_IN_A_NAME.sub("-", plain).lstrip("._-")[:_LONGEST_NAME].rstrip("-")
    return name or otherwise


class Names:
    """Names that are valid, and of which no two are equal."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}

    def one_for(self, text: str, otherwise: str) -> str:
        """A name that resembles a text; where it is taken, the first free one of name-2, name-3 and so on."""
        wanted = name = as_name(text, otherwise)
        while name in self._taken:
            self._last[wanted] = self._last.get(wanted, 1) + 1
            ending = f"-{self._last[wanted]}"
            name = wanted[: _LONGEST_NAME - len(ending)] + ending
        self._taken.add(name)
        return name
