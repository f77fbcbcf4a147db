"""From parts to models: what pydantic refuses, said in plain words at the place in the file."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar, get_args, get_type_hints

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from standards.faults import Fault, PackError
from standards.models import PackModel
from standards.parts import Part
from standards.source import Source

Pack = TypeVar("Pack", bound=PackModel)
Check = Callable[[Part], Iterator[Fault]]

SHOWN = 40
"""How many characters of what was found a fault shows."""
MISSING = "this key is missing; add it"
"""What is said of a key that is not there."""

_WORDS: Mapping[str, str] = {
    "string_type": "expected text, in quotes",
    "string_too_long": "expected at most {max_length} characters",
    "string_pattern_mismatch": "expected a short name of letters, digits, dots, dashes and underscores",
    "literal_error": "expected {expected}",
    "union_tag_invalid": "expected one of {expected_tags}",
    "int_type": "expected a whole number",
    "int_parsing": "expected a whole number",
    "int_from_float": "expected a whole number",
    "float_type": "expected a number",
    "float_parsing": "expected a number",
    "finite_number": "expected a number",
    "bool_type": "expected true or false",
    "greater_than": "expected more than {gt:g}",
    "greater_than_equal": "expected {ge:g} or more",
    "less_than_equal": "expected {le:g} or less",
    "tuple_type": "expected a list",
    "dict_type": "expected keys, each with a value",
    "mapping_type": "expected keys, each with a value",
    "model_type": "expected keys, each with a value",
}
_COUNTS: Mapping[str, str] = {
    "too_short": "expected {min_length} or more here; there are {actual_length}",
    "too_long": "expected at most {max_length} here; there are {actual_length}",
    "string_too_short": "expected some text; there is none",
}


def model_of(model: type[Pack], source: Source, *checks: Check) -> Pack:
    """The model of a pack's source, once it passes pydantic and all the checks.

    Raises: PackError with every fault.
    """
    faults = [*source.faults]
    pack = None
    try:
        pack = model.model_validate(source.top.value)
    except ValidationError as error:
        faults += [_fault(model, source.top, details) for details in error.errors() if not _follows(details)]
    for check in checks:
        faults += check(source.top)
    if pack is None or faults:
        raise PackError(faults)
    return pack


def _follows(details: ErrorDetails) -> bool:
    """Whether the fault only follows from others: a list is called too short once its entries are refused."""
    return details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]


def _fault(model: type[PackModel], top: Part, details: ErrorDetails) -> Fault:
    part, models = _reach(model, top, details["loc"])
    match details["type"]:
        case "extra_forbidden":
            known = ", ".join(_keys_of(models))
            return part.fault_of_key(f"there is no such key here; expected one of {known}")
        case "missing":
            return part.at(details["loc"][-1]).fault(MISSING)
        case "union_tag_not_found":
            return part.at("kind").fault(MISSING)
        case "union_tag_invalid":
            part = part.at("kind")
            return part.fault(_found(part.value) + _said(_WORDS, details))
    message = _message(details)
    return part.fault_of_key(message) if "[key]" in details["loc"] else part.fault(message)


def _message(details: ErrorDetails) -> str:
    kind, context = details["type"], details.get("ctx", {})
    if "error" in context:
        return str(context["error"])
    if kind in _COUNTS:
        return _said(_COUNTS, details)
    return _found(details["input"]) + _said(_WORDS, details) if kind in _WORDS else details["msg"]


def _said(words: Mapping[str, str], details: ErrorDetails) -> str:
    return words[details["type"]].format(**details.get("ctx", {})).replace("'", "")


def _found(value: object) -> str:
    if isinstance(value, dict):
        return "found keys, "
    if isinstance(value, list):
        return "found a list, "
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"found {text if len(text) <= SHOWN else text[:SHOWN] + '…'}, "


def _reach(
    model: type[PackModel], top: Part, place: tuple[int | str, ...]
) -> tuple[Part, list[type[PackModel]]]:
    """The part where pydantic found a fault, and the models that could be meant there.

    Where one of several models was chosen, pydantic adds its name to the place: that is no key of the text.
    """
    part, models, named = top, [model], False
    for key in place:
        chosen = [] if named else [found for found in models if _is_name_of(found, key, part)]
        named = bool(chosen)
        inner = [found for outer in models for found in _models_under(outer, key)]
        models = chosen or inner or models
        if not named and key in part.parts:
            part = part.at(key)
    return part, models


def _is_name_of(model: type[PackModel], key: int | str, part: Part) -> bool:
    if key == f"<{model.__name__}>":
        return True
    kind = model.model_fields.get("kind")
    return kind is not None and key == part.at("kind").value and key in get_args(kind.annotation)


def _keys_of(models: Iterable[type[PackModel]]) -> list[str]:
    names = [field.alias or name for model in models for name, field in model.model_fields.items()]
    return list(dict.fromkeys(names))


def _models_under(model: type[PackModel], key: int | str) -> Iterator[type[PackModel]]:
    hints = get_type_hints(model)
    for name, field in model.model_fields.items():
        if key in {field.alias or name}:
            yield from _models_in(hints[name])


def _models_in(annotation: Any) -> Iterator[type[PackModel]]:
    if isinstance(annotation, type) and issubclass(annotation, PackModel):
        yield annotation
        return
    for argument in get_args(annotation):
        yield from _models_in(argument)
