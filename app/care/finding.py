"""Finding in a text what looks like a child's details, or anybody's contact."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from app.care.rules import BadRule, Choice, Reader, Span
from app.care.tokens import Tokens

FOLDER = Path(__file__).parent

Kind = Literal["name", "birth", "email", "phone", "address", "case"]
KINDS: tuple[Kind, ...] = get_args(Kind)

SHORTEST_NAME = 3
"""How many letters a given name has at least to be looked for on its own in the rest of the text."""


@dataclass(frozen=True, order=True)
class Finding:
    """What looks like such a detail: the characters from `start` up to, and without, `end`."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True)
class Rules:
    """What to find of one kind in one language, and what of it is innocent."""

    find: Choice
    innocent: Choice


Languages = Mapping[str, Mapping[Kind, Rules]]


@cache
def languages(folder: Path = FOLDER) -> Languages:
    """The rules of every language that there is a file for.

    Raises:
        BadRule: as `read_rules`.
    """
    return {path.stem: read_rules(path) for path in sorted(folder.glob("*.yaml"))}


def read_rules(path: Path) -> dict[Kind, Rules]:
    """The rules in a language's file.

    Raises:
        BadRule: when one names something that there is not.
    """
    # Every word is a text, "no" and "on" too.
    file: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - makes texts only
    if unknown := file["kinds"].keys() - {*KINDS}:
        raise BadRule(f"{path.name}: {', '.join(sorted(unknown))}")
    reader = Reader(file["lists"])
    try:
        return {
            kind: Rules(reader.choice(rules["find"]), reader.choice(rules.get("innocent", [])))
            for kind, rules in file["kinds"].items()
        }
    except BadRule as fault:
        raise BadRule(f"{path.name}: {fault}") from None


def find(text: str) -> tuple[Finding, ...]:
    """What looks like a child's details, or anybody's contact, in the order of the text; none over another.

    It takes time in proportion to the length of the text.
    """
    return find_in(Tokens(text), languages())


def find_in(tokens: Tokens, by: Languages) -> tuple[Finding, ...]:
    """What `find` finds in a text that is cut up already, by the rules of some languages."""
    found: list[Finding] = []
    for rules in by.values():
        for kind, of_kind in rules.items():
            found += (Finding(*tokens.span(*span), kind) for span in _found(tokens, of_kind))
    apart = _apart(found)
    return tuple(_apart([*apart, *_again(tokens, apart)]))


def _found(tokens: Tokens, rules: Rules) -> Iterator[Span]:
    matches = list(_matches(tokens, rules.find))
    innocent = {
        place
        for first, after, _found in (_matches(tokens, rules.innocent) if matches else ())
        for place in range(first, after)
    }
    for first, after, found in matches:
        for span in found or ((first, after),):
            if innocent.isdisjoint(range(*span)):
                yield span


def _matches(tokens: Tokens, choice: Choice) -> Iterator[tuple[int, int, tuple[Span, ...]]]:
    """Where each rule matches, as it does best at each place: and what was found in it."""
    for row in choice.possible(tokens):
        for at in row.places(tokens):
            for end, found in row.matches(tokens, at):
                yield at, end, found
                break


def _apart(found: list[Finding]) -> list[Finding]:
    """Of those that share a character only the longest, in the order of the text."""
    kept: list[Finding] = []
    for one in sorted(set(found), key=lambda one: (one.start, -one.end, KINDS.index(one.kind))):
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
            continue
        kept.append(one)
    return kept


def _again(tokens: Tokens, found: list[Finding]) -> Iterator[Finding]:
    """Where a name, or a given name alone, stands again in the same text."""
    by_given: dict[str, list[str]] = {}
    for one in found:
        name = _words(tokens.text[one.start : one.end]) if one.kind == "name" else []
        if name and len(name[0]) >= SHORTEST_NAME and len(name) > len(by_given.get(name[0], ())):
            by_given[name[0]] = name
    for place in range(len(tokens)) if by_given else ():
        name = by_given.get(tokens.text_at(place), [])
        whole = [tokens.text_at(place + further) for further in range(len(name))] == name
        if name:
            yield Finding(*tokens.span(place, place + (len(name) if whole else 1)), "name")


def _words(text: str) -> list[str]:
    tokens = Tokens(text)
    return [tokens.text_at(place) for place in range(len(tokens))]
