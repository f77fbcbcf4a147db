"""The parameters of an OSCAL catalogue, put into the texts that name them."""

import re
from collections.abc import Iterator, Mapping

from questionnaires.importers.documents import Data, items_of, keys_of
from questionnaires.importers.losses import Loss, Losses
from questionnaires.importers.texts import joined, line, shortened

DEEPEST_REFERENCE = 10
"""How many parameters may stand inside one another."""
LONGEST_VALUE = 1_000

UNKNOWN = Loss(
    "place names a parameter that is not in the file, or that stands in itself; its name stands there",
    "places name parameters that are not in the file, or that stand in themselves; their names stand there",
)
OPEN = Loss(
    "parameter has no value yet; what it is called stands in square brackets",
    "parameters have no value yet; what they are called stands in square brackets",
)
OTHER_INSERT = Loss(
    "place inserts something that is no parameter and was left as it is",
    "places insert something that is no parameter and were left as they are",
)

_INSERT = re.compile(r"\{\{([^{}]{1,200})\}\}")
_NAMED = re.compile(r"\s*(?:insert:\s*)?(?:param\s*[,:]\s*)?([^\s,:]+)\s*")


class Parameters:
    """Every parameter of a catalogue by its id, and what stands for it in a text."""

    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self._found: dict[str, Mapping[str, Data]] = {}
        self._texts: dict[str, str] = {}

    def add(self, parameter: Mapping[str, Data]) -> None:
        """Take one in; of two with the same id, the first stays."""
        if name := line(parameter.get("id")):
            self._found.setdefault(name, parameter)

    def put_into(self, text: str) -> str:
        """A text with what stands for each parameter in the place of `{{ insert: param, its-id }}`."""
        return self._put_into(text, ())

    def _put_into(self, text: str, inside: tuple[str, ...]) -> str:
        return joined(self._pieces(text, inside), between="")

    def _pieces(self, text: str, inside: tuple[str, ...]) -> Iterator[str]:
        end = 0
        for insert in _INSERT.finditer(text):
            yield text[end : insert.start()]
            yield self._inserted(insert, inside)
            end = insert.end()
        yield text[end:]

    def _inserted(self, insert: re.Match[str], inside: tuple[str, ...]) -> str:
        named = _NAMED.fullmatch(insert[1])
        if named is None:
            self._losses.add(OTHER_INSERT, shortened(insert[0]))
            return insert[0]
        return self._text(named[1], inside)

    def _text(self, name: str, inside: tuple[str, ...]) -> str:
        if name in self._texts:
            return self._texts[name]
        if name not in self._found or name in inside or len(inside) == DEEPEST_REFERENCE:
            self._losses.add(UNKNOWN, shortened(name))
            return f"[{name}]"
        text = shortened(self._said(name, self._found[name], (*inside, name)), LONGEST_VALUE)
        self._texts[name] = text
        return text

    def _said(self, name: str, parameter: Mapping[str, Data], inside: tuple[str, ...]) -> str:
        values = (self._put_into(line(value), inside) for value in items_of(parameter.get("values")))
        if text := joined(values, ", ", LONGEST_VALUE):
            return text
        self._losses.add(OPEN, shortened(name))
        choice = self._choice(keys_of(parameter.get("select")), inside)
        label = self._put_into(line(parameter.get("label")), inside)
        return choice or (label if label.startswith("[") else f"[{label or name}]")

    def _choice(self, select: Mapping[str, Data], inside: tuple[str, ...]) -> str:
        """The choices of a selection, each with its own parameters put in; empty where there is none."""
        found = (self._put_into(line(choice), inside) for choice in items_of(select.get("choice")))
        choices = joined(found, "; ", LONGEST_VALUE)
        how_many = "one or more of" if line(select.get("how-many")) == "one-or-more" else "one of"
        return f"[{how_many}: {choices}]" if choices else ""
