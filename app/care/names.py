"""What a person's name looks like, and which words with a capital letter are none."""

from dataclasses import dataclass

from app.care.looks import Ends, Look, joined_on
from app.care.tokens import Tokens

MOST_PARTS = 4
"""Of how many words a name has at most."""


@dataclass(frozen=True)
class Names:
    """Which words with a capital letter are no names.

    A name ends before an `other` word. With a word for a `thing` in it, it is the name of a thing. A `small`
    word may stand within a name.
    """

    other: frozenset[str] = frozenset()
    thing: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()

    def of_person(self, least: int = 1) -> Look:
        """A person's name, of at least so many words."""

        def look(tokens: Tokens, at: int) -> Ends:
            parts, end = 0, at
            while parts < MOST_PARTS:
                first = end + self._particles(tokens, end) if parts else end
                after = self._part(tokens, first, first_part=not parts)
                if after is None or (parts and not tokens.same_line(first)):
                    break
                if after < 0:
                    return
                parts, end = parts + 1, after
            if parts >= least:
                yield end

        return look

    def _particles(self, tokens: Tokens, at: int) -> int:
        """How many tokens of small words stand before the next part: two in "de la Cruz", "al-Hassan"."""
        for count in range(3):
            token = tokens.at(at + count)
            hyphen = count and token is not None and token.text == "-" and tokens.joined(at + count)
            if token is None or not (hyphen or token.key in self.small) or not tokens.same_line(at + count):
                return count
        return 3

    def _part(self, tokens: Tokens, at: int, *, first_part: bool) -> int | None:
        """The place after one word of a name; None where there is none, -1 where it names a thing."""
        token = tokens.at(at)
        if token is None or not token.capital or token.key in self.other:
            return None
        if token.key in self.thing:
            return -1
        joined = joined_on(tokens, at)
        if joined:
            return joined
        if len(token.text) == 1:
            return None if first_part else at + 1
        return None if token.text.isupper() and len(token.text) > 1 else at + 1
