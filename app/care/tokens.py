"""A text, cut into words, numbers and signs, and where each of them stands."""

import re
from functools import cached_property
from itertools import chain
from typing import NamedTuple

# Each part stands for what the others leave out, so that a text is read once from its beginning to its end.
_TOKEN = re.compile(r"(?:[^\W\d_]+|[\u0300-\u036f]+)+|\d+|\n[^\S\n]*\n\s*|[^\w\s]|_")
_APOSTROPHES = str.maketrans("’‘`", "'''")


CAPITAL, SMALL, NUMBER, SIGN = "capital word", "small word", "a number", "a sign"
"""The sorts of token. No word is written as they are."""


class Token(NamedTuple):
    """A word, a number, one sign, or an empty line; `key` is how words are compared."""

    text: str
    key: str
    sort: str

    @property
    def word(self) -> bool:
        """Whether it is a word."""
        return self.sort in (CAPITAL, SMALL)

    @property
    def capital(self) -> bool:
        """Whether it is a word that begins with a capital letter."""
        return self.sort == CAPITAL

    @property
    def number(self) -> bool:
        """Whether it is made of digits."""
        return self.sort == NUMBER


class Tokens:
    """The tokens of a text. `looked` counts how often one was looked at: what finding in it costs.

    `keys` are the words, numbers and signs in it, and the sorts of token that there are. Most texts have not
    even those that a rule needs: where each token stands is worked out only when something asks for it.
    """

    def __init__(self, text: str) -> None:
        """Cut up a text."""
        self.text = text
        self._pieces: list[str] = _TOKEN.findall(text)
        self._read = {piece: _key_and_sort(piece) for piece in set(self._pieces)}
        self._tokens: dict[str, Token] = {}
        self.keys = frozenset(chain.from_iterable(self._read.values()))
        self.looked = 0

    @cached_property
    def digits(self) -> int:
        """How many digits there are in it."""
        return sum(len(piece) for piece in self._pieces if piece[0].isdecimal())

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        """The characters of each token, from its first up to, and without, the next after it."""
        spans, after = [], 0
        for piece in self._pieces:
            # Nothing but white space stands between two pieces.
            start = self.text.index(piece, after)
            after = start + len(piece)
            spans.append((start, after))
        return spans

    def __len__(self) -> int:
        return len(self._pieces)

    def at(self, place: int) -> Token | None:
        """The token at a place; None after the last one."""
        self.looked += 1
        return self._token(self._pieces[place]) if place < len(self._pieces) else None

    def _token(self, piece: str) -> Token:
        if piece not in self._tokens:
            text = "\n" if piece[0] == "\n" else piece
            self._tokens[piece] = Token(text, *self._read[piece])
        return self._tokens[piece]

    def places(self, wanted: frozenset[str]) -> set[int]:
        """Where any of some words, signs and sorts stands."""
        places = {place for key in wanted & self.keys for place in self._places[key]}
        self.looked += len(places)
        return places

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {key: [] for key in self.keys}
        for place, piece in enumerate(self._pieces):
            key, sort = self._read[piece]
            places[key].append(place)
            places[sort].append(place)
        return places

    def text_at(self, place: int) -> str:
        """What a token says; nothing after the last one."""
        token = self.at(place)
        return "" if token is None else token.text

    def joined(self, place: int) -> bool:
        """Whether nothing stands between a token and the one before it."""
        self.looked += 1
        return 0 < place < len(self._pieces) and self._between(place) == ""

    def same_line(self, place: int) -> bool:
        """Whether only blanks, or nothing, stand between a token and the one before it."""
        if self.joined(place):
            return True
        if not 0 < place < len(self._pieces):
            return False
        between = self._between(place)
        return len(between) < 3 and "\n" not in between

    def _between(self, place: int) -> str:
        return self.text[self._spans[place - 1][1] : self._spans[place][0]]

    def span(self, first: int, after: int) -> tuple[int, int]:
        """The characters from one token up to, and without, another."""
        return self._spans[first][0], self._spans[after - 1][1]


def _key_and_sort(piece: str) -> tuple[str, str]:
    first = piece[0]
    if first.isalpha():
        return piece.casefold(), CAPITAL if first.isupper() else SMALL
    return piece.translate(_APOSTROPHES), NUMBER if first.isdecimal() else SIGN
