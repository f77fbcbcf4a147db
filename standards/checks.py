"""What must hold between the parts of a framework's edition: codes that lead somewhere, steps in order."""

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from standards.faults import Fault
from standards.kinds import kind_faults
from standards.models import CLASSES
from standards.parts import Part

LISTED = 16
"""How many names a fault lists in full."""


def framework_faults(top: Part) -> Iterator[Fault]:
    """Every fault that a single part of the edition cannot know of."""
    indicators = [*top.each("standards", "requirements", "indicators")]
    yield from repeated(part.at("id") for part in top.each("standards"))
    yield from repeated(part.at("id") for part in top.each("standards", "requirements"))
    yield from repeated(part.at("code") for part in indicators)
    yield from repeated(part.at("id") for part in top.each("ratings"))
    yield from kind_faults(top, indicators)
    for indicator in indicators:
        yield from _indicator_faults(indicator, top)
    yield from _rating_faults(top)
    yield from _earlier_faults(top, [indicator.at("code").value for indicator in indicators])


def repeated(names: Iterable[Part], advice: str = "choose another") -> Iterator[Fault]:
    """A fault for every name that stands among those before it. `advice` says what to do about it."""
    seen: dict[str, Part] = {}
    for name in names:
        if name.text is None:
            continue
        if name.text in seen:
            yield name.fault(f"{name.text} stands in line {seen[name.text].place.line} already; {advice}")
        seen.setdefault(name.text, name)


def unknown(names: Iterable[Part], known: Collection[object], what: str) -> Iterator[Fault]:
    """A fault for every name that is not among the known ones. `what` says what it should name: a role."""
    for name in names:
        if name.text is not None and name.text not in known:
            yield name.fault(f"{name.text} is not {what}; {_expected(name.text, known)}")


def _expected(name: str, known: Collection[object]) -> str:
    names = [str(each) for each in known]
    if not names:
        return "there is none to choose from"
    if len(names) <= LISTED:
        return f"expected one of {', '.join(names)}"
    return f"expected one such as {', '.join(get_close_matches(name, names) or names[:3])}"


def _indicator_faults(indicator: Part, top: Part) -> Iterator[Fault]:
    actions = indicator.at("actions")
    if roles := top.at("roles").parts:
        yield from unknown(indicator.at("ask"), roles, "a role of this edition")
        yield from unknown((action.at("owner") for action in actions), roles, "a role of this edition")
    if themes := top.at("themes").parts:
        yield from unknown(indicator.at("themes"), themes, "a theme of this edition")
    yield from _raise_faults(indicator)


def _raise_faults(indicator: Part) -> Iterator[Fault]:
    plain, raised = indicator.at("class").value, indicator.at("class_when", "class")
    if plain in CLASSES and raised.value in CLASSES and CLASSES.index(raised.value) >= CLASSES.index(plain):
        yield raised.fault(f"this does not raise the class, which is {plain}; expected a higher one")
    yield from fact_faults(indicator.at("class_when", "if"))


def fact_faults(condition: Part) -> Iterator[Fault]:
    """A fault where a comparison with a profile fact holds whatever the fact is."""
    for key, always in (("at_least", "none"), ("at_most", "high")):
        if condition.at(key).value == always:
            yield condition.at(key).fault(
                "this always holds, so it decides nothing; expected another comparison"
            )


def _rating_faults(top: Part) -> Iterator[Fault]:
    ratings = [*top.at("ratings")]
    standards = [standard.at("id").value for standard in top.at("standards")]
    for number, rating in enumerate(ratings, start=1):
        conditions = [
            key
            for key in ("min_score", "coverage", "classes", "evidence", "standards")
            if rating.at(key).present
        ]
        if number < len(ratings) and not conditions:
            yield rating.fault("only the last rating can be without a condition; add one, such as min_score")
        if number == len(ratings) and conditions:
            yield rating.at(conditions[0]).fault(
                "the last rating is for every other result; expected no condition"
            )
        for key, standard in rating.at("standards").parts.items():
            if key not in standards:
                yield standard.fault_of_key(f"{key} is not a standard; {_expected(str(key), standards)}")


def _earlier_faults(top: Part, codes: Collection[object]) -> Iterator[Fault]:
    editions = [part.at("edition") for part in top.at("earlier")]
    yield from repeated([top.at("edition"), *editions])
    for earlier in top.at("earlier"):
        links = [*earlier.at("links")]
        became = [code for link in links for code in link.at("to")]
        yield from repeated((code for link in links for code in link.at("from")), "keep one")
        yield from repeated(became, "keep one")
        yield from unknown(became, codes, "an indicator of this edition")
