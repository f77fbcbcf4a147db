"""A new edition begins as the text of an earlier one: its comments and its layout are kept."""

import re
from collections.abc import Iterator

from standards.faults import PackError
from standards.loader import read_framework
from standards.models import EarlierEdition, Framework, Link
from standards.parts import Part
from standards.source import Source

_VALUE = re.compile(r'"[^"]*"|\'[^\']*\'|[^\s,}]+')


def new_edition(text: str, name: str, edition: str) -> str:
    """An edition's text as that of a new one, in which each code is linked to itself as `same`.

    Raises: PackError when the text has a fault, or is laid out so that it cannot be edited line by line.
    """
    before = read_framework(text, name)
    top = Source(text, name).top
    lines = text.splitlines(keepends=True)
    _name_edition(lines, top.at("edition"), edition)
    _link(lines, top.at("earlier"), before, "\r\n" if "\r\n" in text else "\n")
    edited = "".join(lines)
    wanted = before.model_copy(update={"edition": edition, "earlier": (_links_to(before), *before.earlier)})
    if _read(edited, name) != wanted:
        raise PackError([top.fault("this layout cannot be copied; expected each key in a line of its own")])
    return edited


def _read(text: str, name: str) -> Framework | None:
    try:
        return read_framework(text, name)
    except PackError:
        return None


def _links_to(before: Framework) -> EarlierEdition:
    links = tuple(
        Link.model_validate({"from": (code,), "to": (code,), "relation": "same"})
        for code in before.indicators
    )
    return EarlierEdition(edition=before.edition, links=links)


def _name_edition(lines: list[str], part: Part, edition: str) -> None:
    line, start = lines[part.place.line - 1], part.place.column - 1
    lines[part.place.line - 1] = line[:start] + _VALUE.sub(f'"{edition}"', line[start:], count=1)


def _link(lines: list[str], earlier: Part, before: Framework, newline: str) -> None:
    """Put the links in front of those to editions before, or at the end."""
    if earlier.present:
        at, indent = earlier.place.line - 1, " " * (earlier.place.column - 1)
        heading = []
    else:
        at, indent = len(lines), "  "
        heading = ["earlier:"]
        lines[-1:] = [lines[-1].rstrip("\r\n") + newline]
    written = [*heading, *(indent + line for line in _lines(before))]
    lines[at:at] = [line + newline for line in written]


def _lines(before: Framework) -> Iterator[str]:
    yield f'- edition: "{before.edition}"'
    yield "  links:"
    for code in before.indicators:
        yield f'    - {{from: ["{code}"], to: ["{code}"], relation: same}}'
