"""Rules, read from a language's file: what to find of each kind, and what looks like it and is innocent.

A rule is a row of parts. A part is a word (a small letter stands for either, a capital only for itself), a
sign, a {list} of the same file, a <look>, or a shape such as =AA99. "?" after a part: it may be missing. "*"
before it: it is what is found; without any, the whole is.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from app.care import looks
from app.care.looks import Ends, Look, Opens
from app.care.names import Names
from app.care.tokens import Token, Tokens

_PART = re.compile(r"(\*?)(\{[\w -]+\}|<[\w -]+>|=[\w-]+|[^\s{}<>*?]+)(\??)")
_LOOK = re.compile(r"<(\w+)(?: (\d+)(?:-(\d+))?)?>")

Span = tuple[int, int]
Match = tuple[int, tuple[Span, ...]]
"""The place after what matched, and what was found in it, from token to token."""


class BadRule(Exception):
    """A rule names something that there is not."""


@dataclass(frozen=True)
class Step:
    """One part of a rule. It begins with one of what `opens` it, and one of what it `holds` is in the text.

    `digits` is how many of them it has at least. `single` is what is always one token; `second` says of what
    is always more what its second one is one of, where one can say so.
    """

    look: Look
    opens: Opens
    holds: Opens
    digits: int = 0
    optional: bool = False
    found: bool = False
    single: bool = False
    second: Opens | None = None


@dataclass(frozen=True)
class Row:
    """The parts of a rule, one after the other; and what kind of detail it finds, where it finds any."""

    steps: tuple[Step, ...]
    kind: str = ""

    def matches(
        self, tokens: Tokens, at: int, step: int = 0, found: tuple[Span, ...] = ()
    ) -> Iterator[Match]:
        """Every way in which it matches at a place, the best first."""
        if step == len(self.steps):
            yield at, found
            return
        part = self.steps[step]
        for end in part.look(tokens, at):
            yield from self.matches(tokens, end, step + 1, _with(found, (at, end)) if part.found else found)
        if part.optional:
            yield from self.matches(tokens, at, step + 1, found)

    @cached_property
    def opens(self) -> Opens:
        """What it may begin with."""
        found: Opens = frozenset()
        for step in self.steps:
            found |= step.opens
            if not step.optional:
                return found
        return found | looks.ANYTHING | {looks.END}

    def places(self, tokens: Tokens) -> set[int]:
        """Where it may begin in a text."""
        places = tokens.places(self.opens)
        if self.second and places:
            return places & {place - 1 for place in tokens.places(self.second)}
        return places

    @cached_property
    def second(self) -> Opens | None:
        """What its second token is one of, where one can say so; most places are passed over by that."""
        first, second = self.steps[0], self.steps[1] if len(self.steps) > 1 else None
        if first.optional:
            return None
        if not first.single:
            return first.second
        if second is None or second.optional or looks.END in second.opens:
            return None
        return second.opens

    @cached_property
    def needs(self) -> tuple[Opens, ...]:
        """Words, signs and sorts: a text that has none of one of these is matched nowhere."""
        return tuple(step.holds for step in self.steps if not step.optional and looks.END not in step.opens)

    @cached_property
    def holds(self) -> Opens:
        """One of this is in every text where it matches: rather words than signs, and those than sorts."""
        return min(self.needs, key=_commonness, default=self.opens)

    @cached_property
    def digits(self) -> int:
        """How many digits there are at least where it matches."""
        return sum(step.digits for step in self.steps if not step.optional)


@dataclass(frozen=True)
class Choice:
    """Several rows of which any may match, looked up by what they may begin with."""

    rows: tuple[Row, ...]
    _by_opening: dict[str, list[Row]] = field(default_factory=dict, repr=False)
    _by_need: dict[str, list[Row]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for row in self.rows:
            for opening in row.opens:
                self._by_opening.setdefault(opening, []).append(row)
            for needed in row.holds:
                self._by_need.setdefault(needed, []).append(row)

    @property
    def opens(self) -> Opens:
        """What they may begin with."""
        return frozenset(self._by_opening)

    @cached_property
    def holds(self) -> Opens:
        """One of this is in every text where any of them matches."""
        return frozenset().union(*(row.holds for row in self.rows))

    @cached_property
    def second(self) -> Opens | None:
        """What the second token is one of where any of them matches, where one can say so of all."""
        seconds = [row.second for row in self.rows]
        return frozenset().union(*(one or () for one in seconds)) if all(seconds) else None

    @cached_property
    def digits(self) -> int:
        """How many digits there are at least where any of them matches."""
        return min((row.digits for row in self.rows), default=0)

    def at(self, token: Token | None) -> list[Row]:
        """The rows that may match at a token, those that name it first; or, without one, at the end."""
        if token is None:
            return self._by_opening.get(looks.END, [])
        return [*self._by_opening.get(token.key, ()), *self._by_opening.get(token.sort, ())]

    def possible(self, tokens: Tokens) -> list[Row]:
        """The rows for which a text has all that they need."""
        words = self._by_need.keys() & tokens.keys
        near = {id(row): row for word in words for row in self._by_need[word]}
        named = [row for row in near.values() if not any(map(tokens.keys.isdisjoint, row.needs))]
        return [row for row in named if row.digits <= tokens.digits]

    def look(self, tokens: Tokens, at: int) -> Ends:
        """Where any of them ends."""
        for row in self.at(tokens.at(at)):
            for end, _found in row.matches(tokens, at):
                yield end


class Reader:
    """Reads the rules of one language, with its lists of words."""

    def __init__(self, lists: Mapping[str, list[str]]) -> None:
        """Take the lists, by name."""
        self._lists = lists
        self._read: dict[str, Choice | None] = {}
        names = Names(*(self._words(name) for name in ("no name", "thing", "within a name")))
        self._looks: dict[str, tuple[Look, Opens]] = {
            **looks.PLAIN,
            "name": (names.of_person(), looks.A_NAME),
            "full name": (names.of_person(least=2), looks.A_NAME),
            "few words": (looks.gap(self._words("called thing")), looks.ANYTHING),
        }

    def choice(self, rules: list[str]) -> Choice:
        """Several rules."""
        return Choice(tuple(self._row(rule) for rule in rules))

    def _words(self, name: str) -> frozenset[str]:
        return frozenset(word.casefold() for word in self._lists.get(name, ()))

    def _row(self, rule: str) -> Row:
        if "".join(_PART.sub("", rule).split()):
            raise BadRule(rule)
        steps = []
        for starred, part, optional in _PART.findall(rule):
            steps.append(replace(self._part(part), optional=bool(optional), found=bool(starred)))
        if not steps:
            raise BadRule("a rule is empty")
        return Row(tuple(steps))

    def _part(self, part: str) -> Step:
        if part[0] == "{":
            choice = self._list(part[1:-1])
            return Step(choice.look, choice.opens, choice.holds, choice.digits, second=choice.second)
        if part[0] == "<":
            look, opens, digits = self._look(part)
            name = part[1:-1].partition(" ")[0]
            return Step(look, opens, looks.HOLDS.get(name, opens), digits, single=name in looks.SINGLE)
        if part[0] == "=" and len(part) > 1:
            opens, second = looks.drawn_opens(part[1]), looks.drawn_second(part[1:])
            return Step(looks.shape(part[1:]), opens, opens, part.count("9"), second=second)
        written = Tokens(part)
        steps = [_literally(token) for token in (written.at(place) for place in range(len(written))) if token]
        if len(steps) == 1:
            return steps[0]
        row = Row(tuple(steps))
        return Step(_in_a_row(row), row.opens, row.holds, row.digits, second=row.second)

    def _list(self, name: str) -> Choice:
        if name not in self._lists:
            raise BadRule(f"{{{name}}}")
        if name not in self._read:
            self._read[name] = None
            longest_first = sorted(self._lists[name], key=lambda rule: -len(rule.split()))
            self._read[name] = self.choice(longest_first)
        read = self._read[name]
        if read is None:
            raise BadRule(f"{{{name}}} stands in itself")
        return read

    def _look(self, part: str) -> tuple[Look, Opens, int]:
        if part[1:-1] in self._looks:
            look, opens = self._looks[part[1:-1]]
            return look, opens, int(opens == looks.A_NUMBER)
        named = _LOOK.fullmatch(part)
        if named is None or named[1] not in looks.COUNTED or named[2] is None:
            raise BadRule(part)
        counted, opens = looks.COUNTED[named[1]]
        least = int(named[2])
        return counted(least, int(named[3] or least)), opens, 0 if named[1] == "capitals" else least


def _with(found: tuple[Span, ...], span: Span) -> tuple[Span, ...]:
    """What was found, with what follows: as one where nothing stands between the two."""
    if found and found[-1][1] == span[0]:
        return (*found[:-1], (found[-1][0], span[1]))
    return (*found, span)


def _literally(written: Token) -> Step:
    if written.capital:
        return _one(written, lambda token: token.text == written.text)
    return _one(written, lambda token: token.key == written.key)


def _one(written: Token, test: Callable[[Token], bool]) -> Step:
    opens = frozenset([written.key])
    return Step(looks.one(test), opens, opens, len(written.text) if written.number else 0, single=True)


def _in_a_row(row: Row) -> Look:
    def look(tokens: Tokens, at: int) -> Ends:
        for end, _found in row.matches(tokens, at):
            yield end

    return look


def _commonness(needed: Opens) -> tuple[bool, bool]:
    """Sorts to the front what is rare in a text: words, then signs, then whole sorts of token."""
    return not needed.isdisjoint(looks.ANYTHING), any(len(one) == 1 for one in needed)
