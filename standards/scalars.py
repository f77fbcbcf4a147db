"""How an unquoted word of a pack is read, and which words have to be quoted."""

import re
from collections.abc import Callable

import yaml

_OTHER_PROGRAMS = yaml.resolver.Resolver()
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,14})")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}")
"""A decimal number. It stays text until a number is expected, so that 1.0 can name an edition."""
_READ_AS = {
    "bool": "true or false",
    "null": "nothing at all",
    "timestamp": "a date",
    "int": "a number, and not all as the same one",
    "float": "a number, and not all as the same one",
}


class Ambiguous(ValueError):
    """An unquoted word that other programs would read as something else than we do."""


def read_unquoted(word: str) -> str | int | bool:
    """A truth value for true and false, a number for whole numbers, text for all else.

    Raises: Ambiguous for a word that YAML 1.1 takes for a truth value, a number, a date or nothing.
    """
    kind = _kind_elsewhere(word)
    if kind == "str" or DECIMAL.fullmatch(word):
        return word
    if word in {"true", "false"}:
        return word == "true"
    if _WHOLE.fullmatch(word):
        return int(word)
    if not word:
        raise Ambiguous("there is nothing here; write what belongs here, or take the key out")
    read_as = _READ_AS.get(kind, "an instruction")
    raise Ambiguous(f'write it in quotes: "{word}"; without them some programs read it as {read_as}')


def _kind_elsewhere(word: str) -> str:
    if word.lower() in {"y", "n"}:
        return "bool"
    resolve: Callable[..., str] = _OTHER_PROGRAMS.resolve
    return resolve(yaml.ScalarNode, word, (True, False)).rpartition(":")[2]
