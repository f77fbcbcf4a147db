"""A named draft as the data of a framework's edition."""

from collections.abc import Iterable, Mapping

from questionnaires.importers.draft import Draft, DraftAction, DraftIndicator, DraftRequirement, DraftStandard
from questionnaires.importers.texts import as_name, line, shortened, unwritten
from questionnaires.importers.yaml_text import OneLine, Remarked, Value
from standards.models import TOP_LEVEL
from standards.placeholders import UNESTIMATED_DAYS

LEVELS = ("Not in place", "Started", "In place", "Embedded")
NOBODY = "to-be-decided"
"""The role that stands where the source names none."""
LOWEST_RATING = "on-the-way"


def edition_of(draft: Draft, pack: str, edition: str) -> Mapping[str, Value]:
    """What the edition's file says; where the draft is silent, a placeholder stands."""
    levels = _level_names(draft)
    themes = _words((theme for one in draft.indicators for theme in map(line, one.themes) if theme), "theme")
    return {
        "id": pack,
        "edition": edition,
        "title": _said(draft.title, "what this is called"),
        "kind": "standards",
        "publisher": unwritten("who publishes this pack"),
        "description": _said(draft.description, "what this is, for whom, and who has not endorsed it"),
        "licence": unwritten(
            f"the licence of this pack; the source says: {line(draft.licence) or 'nothing'}"
        ),
        "language": as_name(draft.language, "en"),
        "sources": [line(source) for source in draft.sources] or [unwritten("what each part rests on")],
        "levels": OneLine(levels),
        "roles": {
            **_words((role for one in draft.indicators for role in _roles_of(one)), "role"),
            NOBODY: unwritten("who does this, or knows about it"),
        },
        **({"themes": themes} if themes else {}),
        "ratings": _ratings(),
        "standards": [_standard(standard, levels) for standard in draft.standards],
    }


def heading(text: str, code: str) -> str:
    """The title of a part: its own, or else its code."""
    return line(text) or code


def statement_of(indicator: DraftIndicator) -> str:
    """The sentence that is judged: the source's, or its title."""
    return line(indicator.statement) or _said(indicator.title, "the sentence that is judged")


def _said(text: str, otherwise: str) -> str:
    return line(text) or unwritten(otherwise)


def _level_names(draft: Draft) -> list[Value]:
    found = [line(name) for name in draft.level_names]
    fits = len(found) == TOP_LEVEL + 1 and all(found)
    return [*(found if fits else LEVELS)]


def _roles_of(indicator: DraftIndicator) -> list[str]:
    owners = [line(action.owner) or NOBODY for action in indicator.actions]
    return [*filter(None, map(line, indicator.ask)), *owners]


def _words(found: Iterable[str], otherwise: str) -> Mapping[str, Value]:
    words: dict[str, Value] = {}
    for each in found:
        words.setdefault(as_name(each, otherwise), each)
    return words


def _names(texts: Iterable[str], otherwise: str) -> list[Value]:
    return [*dict.fromkeys(as_name(text, otherwise) for text in map(line, texts) if text)]


def _ratings() -> list[Value]:
    return [
        {
            "id": "in-place",
            "label": "In place",
            "meaning": unwritten("what it means that everything critical is in place"),
            "min_score": 65,
            "coverage": 100,
            "classes": OneLine({"critical": 2}),
        },
        {"id": LOWEST_RATING, "label": "On the way", "meaning": unwritten("what every other result means")},
    ]


def _standard(standard: DraftStandard, levels: list[Value]) -> Value:
    return {
        "id": standard.id,
        "title": heading(standard.title, standard.id),
        "summary": _said(standard.summary, "what this chapter is about"),
        "requirements": [_requirement(requirement, levels) for requirement in standard.requirements],
    }


def _requirement(requirement: DraftRequirement, levels: list[Value]) -> Value:
    summary = line(requirement.summary)
    data: dict[str, Value] = {"id": requirement.id, "title": heading(requirement.title, requirement.id)}
    if summary:
        data["summary"] = summary
    return {**data, "indicators": [_remarked(indicator, levels) for indicator in requirement.indicators]}


def _remarked(indicator: DraftIndicator, levels: list[Value]) -> Value:
    data = _indicator(indicator, levels)
    return Remarked(f"In the source: {line(indicator.was)}", data) if line(indicator.was) else data


def _indicator(indicator: DraftIndicator, levels: list[Value]) -> Value:
    statement = statement_of(indicator)
    data: dict[str, Value] = {
        "code": indicator.code,
        "title": line(indicator.title)
        or shortened(line(indicator.statement))
        or unwritten("its short title"),
        "statement": statement,
        "why": _said(indicator.why, "why this matters to a child"),
        "class": indicator.class_,
    }
    if themes := _names(indicator.themes, "theme"):
        data["themes"] = OneLine(themes)
    if line(indicator.not_applicable):
        data["not_applicable"] = line(indicator.not_applicable)
    return {
        **data,
        "levels": [
            _said(text, f"what one sees at “{name}”")
            for text, name in zip(indicator.levels, levels, strict=True)
        ],
        "evidence": [*filter(None, map(line, indicator.evidence))] or [unwritten("what would prove it")],
        "ask": OneLine(_names(indicator.ask, "role") or [NOBODY]),
        "actions": [_action(step, action) for step, action in enumerate(indicator.actions, start=1)],
    }


def _action(step: int, action: DraftAction) -> Value:
    days = action.effort_days
    known = days is not None and UNESTIMATED_DAYS < days <= 1000
    return OneLine(
        {
            "to": step,
            "text": _said(action.text, f"the step to level {step}"),
            "effort_days": days if days is not None and known else UNESTIMATED_DAYS,
            "owner": as_name(line(action.owner), "role") if line(action.owner) else NOBODY,
            "leaves": _said(action.leaves, "what there is to show"),
        }
    )
