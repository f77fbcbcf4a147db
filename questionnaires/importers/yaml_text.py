"""Data written as YAML for people to edit: texts in quotes, small things on one line, no anchors."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from standards.scalars import Ambiguous, read_unquoted

Value: TypeAlias = "str | int | float | Mapping[str, Value] | Sequence[Value] | OneLine | Remarked"


@dataclass(frozen=True, slots=True)
class OneLine:
    """Keys and values, or a list, that stay on one line: {to: 1, text: "…"}."""

    value: Value


@dataclass(frozen=True, slots=True)
class Remarked:
    """An entry of a list with a remark on the line above it."""

    remark: str
    value: Value


def yaml_text(data: Mapping[str, Value]) -> str:
    """The text of one YAML document."""
    return "".join(f"{line}\n" for line in _keys(data, ""))


def _keys(data: Mapping[str, Value], indent: str) -> Iterator[str]:
    for key, value in data.items():
        if _is_small(value):
            yield f"{indent}{_key(key)}: {_inline(value)}"
        else:
            yield f"{indent}{_key(key)}:"
            yield from _inside(value, f"{indent}  ")


def _inside(value: Value, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from _keys(value, indent)
    elif isinstance(value, Sequence):
        for entry in value:
            yield from _entry(entry, indent)


def _entry(entry: Value, indent: str) -> Iterator[str]:
    if isinstance(entry, Remarked):
        yield f"{indent}# {entry.remark}"
        entry = entry.value
    if _is_small(entry):
        yield f"{indent}- {_inline(entry)}"
        return
    mark = f"{indent}- "
    for line in _inside(entry, f"{indent}  "):
        yield mark + line.removeprefix(f"{indent}  ")
        mark = f"{indent}  "


def _is_small(value: Value) -> bool:
    return isinstance(value, str | int | float | OneLine) or not value


def _inline(value: Value) -> str:
    if isinstance(value, OneLine):
        value = value.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {_inline(each)}" for key, each in value.items()) + "}"
    return "[" + ", ".join(map(_inline, value)) + "]" if isinstance(value, Sequence) else ""


def _number(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".")


def _key(key: str) -> str:
    try:
        plain = read_unquoted(key) == key
    except Ambiguous:
        plain = False
    return key if plain else json.dumps(key)
