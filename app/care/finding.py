"""Finding in a text what looks like a child's details, or anybody's contact."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast, get_args

import yaml

from app.care.rules import BadRule, Choice, Reader, Row, Span
from app.care.tokens import Tokens

FOLDER = Path(__file__).parent

Kind = Literal["name", "birth", "email", "phone", "address", "case"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Matched: TypeAlias = tuple[int, int, tuple[Span, ...]]
"""The places from which, and up to which, a rule matches; and what was found there."""

SHORTEST_NAME = 3
"""How many letters a given name has at least to be looked for on its own in the rest of the text."""


@dataclass(frozen=True, order=True)
class Finding:
    """What looks like such a detail: the characters from `start` up to, and without, `end`."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True)
class Language:
    """The rules of one language: what to find, each with its kind, and what of a kind is innocent."""

    find: Choice
    innocent: Mapping[Kind, Choice]


Languages = Mapping[str, Language]


@cache
def languages(folder: Path = FOLDER) -> Languages:
    """The rules of every language that there is a file for.

    Raises:
        BadRule: as `read_rules`.
    """
    return {path.stem: read_rules(path) for path in sorted(folder.glob("*.yaml"))}


def read_rules(path: Path) -> Language:
    """The rules in a language's file.

    Raises:
        BadRule: when one names something that there is not.
    """
    # Every word is a text, "no" and "on" too.
    file: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - makes texts only
    kinds = file["kinds"]
    if unknown := kinds.keys() - {*KINDS}:
        raise BadRule(f"{path.name}: {', '.join(sorted(unknown))}")
    reader = Reader(file["lists"])
    try:
        rows = [replace(row, kind=kind) for kind in kinds for row in reader.choice(kinds[kind]["find"]).rows]
        innocent = {kind: reader.choice(kinds[kind].get("innocent", [])) for kind in kinds}
    except BadRule as fault:
        raise BadRule(f"{path.name}: {fault}") from None
    return Language(Choice(tuple(rows)), innocent)


def find(text: str) -> tuple[Finding, ...]:
    """What looks like a child's details, or anybody's contact, in the order of the text; none over another.

    It takes time in proportion to the length of the text.
    """
    return find_in(Tokens(text), languages())


def find_in(tokens: Tokens, by: Languages) -> tuple[Finding, ...]:
    """What `find` finds in a text that is cut up already, by the rules of some languages."""
    found: list[Finding] = []
    for language in by.values():
        by_kind: dict[Kind, list[Matched]] = {}
        for row, matched in _matches(tokens, language.find):
            by_kind.setdefault(cast(Kind, row.kind), []).append(matched)
        for kind, matches in by_kind.items():
            spans = _but_innocent(tokens, matches, language.innocent[kind])
            found += (Finding(*tokens.span(*span), kind) for span in spans)
    apart = _apart(found)
    return tuple(_apart([*apart, *_again(tokens, apart)]))


def _but_innocent(tokens: Tokens, matches: Iterable[Matched], innocent: Choice) -> Iterator[Span]:
    passed_over = {
        place for _row, (first, after, _found) in _matches(tokens, innocent) for place in range(first, after)
    }
    for first, after, found in matches:
        for span in found or ((first, after),):
            if passed_over.isdisjoint(range(*span)):
                yield span


def _matches(tokens: Tokens, choice: Choice) -> Iterator[tuple[Row, Matched]]:
    """Where each rule matches, as it does best at each place: and what was found in it."""
    for row in choice.possible(tokens):
        for at in row.places(tokens):
            for end, found in row.matches(tokens, at):
                yield row, (at, end, found)
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
