"""YAML and JSON from anywhere, read as texts, lists and keys.

Nothing is built, and an alias costs as much as what it stands for.
"""

import json
from collections.abc import Iterator
from typing import TypeAlias

import yaml

from questionnaires.importers.limits import DEEPEST, EACH_VALUE, MOST_VALUES, MOST_WORK, CannotImport

Data: TypeAlias = "str | list[Data] | dict[str, Data] | None"

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NOTHING = {"", "~", "null", "Null", "NULL"}


def read_document(content: bytes) -> Data:
    """The data of a JSON or YAML file. Numbers and truth values are texts: "1.0", "true".

    Raises: CannotImport.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CannotImport("this is not UTF-8 text; save the file as UTF-8") from None
    start = text.lstrip()[:1]
    if start == "<":
        raise CannotImport("this is XML; expected JSON or YAML")
    return _json(text) if start == "{" else _Yaml(text).document()


def keys_of(data: Data) -> dict[str, Data]:
    """The data if it has keys, otherwise none."""
    return data if isinstance(data, dict) else {}


def entries_of(data: Data) -> Iterator[dict[str, Data]]:
    """Those entries of a list that have keys."""
    return (entry for entry in data if isinstance(entry, dict)) if isinstance(data, list) else iter(())


def items_of(data: Data) -> list[Data]:
    """The entries of a list; a single text is a list of one."""
    if isinstance(data, list):
        return data
    return [data] if isinstance(data, str) else []


def _json(text: str) -> Data:
    if sum(map(text.count, ",[{")) > MOST_VALUES:
        raise CannotImport(f"the file holds too much; expected at most {MOST_VALUES:,} values")
    try:
        data = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except ValueError as error:
        raise CannotImport(f"this is not well-formed JSON: {error}") from None
    except RecursionError:
        raise _too_deep() from None
    return _plain(data, 0)


def _plain(data: object, depth: int) -> Data:
    if depth > DEEPEST:
        raise _too_deep()
    if isinstance(data, dict):
        return {key: _plain(value, depth + 1) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value, depth + 1) for value in data]
    if isinstance(data, bool):
        return "true" if data else "false"
    return data if isinstance(data, str) else None


class _Yaml:
    """One YAML text, read event by event. An alias is the very value of its anchor, counted once more."""

    def __init__(self, text: str) -> None:
        self._events = yaml.parse(text, Loader=_LOADER)
        self._anchored: dict[str, tuple[Data, int]] = {}
        self._work = 0

    def document(self) -> Data:
        """The data of the first document."""
        try:
            for event in self._events:
                if not isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
                    return None if isinstance(event, yaml.StreamEndEvent) else self._value(event, 0)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            where = f" in line {mark.line + 1}" if mark else ""
            raise CannotImport(f"this is not well-formed YAML{where}: {error.problem}") from None
        except yaml.YAMLError:
            raise CannotImport("this is not well-formed YAML: it holds what cannot be printed") from None
        return None

    def _value(self, event: yaml.Event, depth: int) -> Data:
        if depth > DEEPEST:
            raise _too_deep()
        if isinstance(event, yaml.AliasEvent):
            return self._alias(str(event.anchor))
        before = self._work
        self._count(EACH_VALUE)
        value: Data
        if isinstance(event, yaml.MappingStartEvent):
            value = self._entries(depth)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._items(depth)
        else:
            value = self._scalar(event)
        anchor = getattr(event, "anchor", None)
        if anchor is not None:
            self._anchored[str(anchor)] = (value, self._work - before)
        return value

    def _alias(self, anchor: str) -> Data:
        if anchor not in self._anchored:
            raise CannotImport(f"*{anchor} stands for nothing, or for what it is in; write the text out")
        value, work = self._anchored[anchor]
        self._count(work)
        return value

    def _count(self, work: int) -> None:
        self._work += work
        if self._work > MOST_WORK:
            raise CannotImport("the file holds too much once its aliases are followed; split it")

    def _scalar(self, event: yaml.Event) -> str | None:
        word = str(getattr(event, "value", ""))
        self._count(len(word))
        return None if not getattr(event, "style", None) and word in _NOTHING else word

    def _items(self, depth: int) -> list[Data]:
        items: list[Data] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, depth + 1))
        return items

    def _entries(self, depth: int) -> dict[str, Data]:
        entries: dict[str, Data] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._value(event, depth + 1)
            value = self._value(next(self._events), depth + 1)
            if isinstance(key, str):
                entries[key] = value
        return entries


def _too_deep() -> CannotImport:
    return CannotImport(f"the file is nested too deep; expected at most {DEEPEST} levels")
