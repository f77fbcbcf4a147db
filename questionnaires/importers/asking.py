"""A named draft as the data of its questionnaires: one that asks everything, and one for each group."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from questionnaires.importers.draft import Draft, DraftIndicator, DraftQuestion, DraftStandard
from questionnaires.importers.edition import LOWEST_RATING, heading, statement_of
from questionnaires.importers.losses import Loss
from questionnaires.importers.texts import Names, line, unwritten
from questionnaires.importers.yaml_text import OneLine, Value

VERSION = "1"
MOST_GROUPS = 20
MOST_IN_A_SECTION = 12
"""A standard with more questions is asked requirement by requirement."""
MINUTES_EACH = 2

GROUP = Loss(
    "group got no questionnaire of its own, since there are too many or it asks all or nothing",
    "groups got no questionnaire of their own, since there are too many or they ask all or nothing",
)

Question = Mapping[str, Value]


def questionnaires_of(draft: Draft, pack: str, edition: str) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """The id of each questionnaire and what its file says, the one that asks everything first."""
    names, questions = Names(), _Questions(draft)
    whole = names.one_for(f"{pack}-full", "full")
    codes = {indicator.code for indicator in draft.indicators}
    framework = OneLine({"id": pack, "edition": edition})
    about: dict[str, Value] = {"framework": framework, "title": "Full self-assessment"}
    yield whole, _questionnaire(draft, questions, codes, {"id": whole, "version": VERSION, **about})
    made = 0
    for group, title in draft.groups:
        asked = {indicator.code for indicator in draft.indicators if group in indicator.groups}
        if not asked or asked == codes or made == MOST_GROUPS:
            draft.losses.add(GROUP, line(title) or line(group))
            continue
        own = names.one_for(f"{pack}-{group}", "part")
        about = {"framework": framework, "title": line(title) or line(group) or own}
        head = {"id": own, "version": VERSION, **about}
        part: dict[str, Value] = {"rating_ceiling": LOWEST_RATING, "continues_as": whole}
        yield own, _questionnaire(draft, questions, asked, head, part)
        made += 1


def _questionnaire(
    draft: Draft,
    questions: "_Questions",
    codes: Collection[str],
    head: Mapping[str, Value],
    part: Mapping[str, Value] | None = None,
) -> Mapping[str, Value]:
    sections = [*_sections(draft, questions, codes)]
    asked = [question for section in sections for question in section.questions]
    used = {question["scale"] for question in asked if "scale" in question}
    scales = {name: scale for name, scale in questions.scales.items() if name in used}
    return {
        **head,
        "purpose": unwritten("the question that this answers, for whoever chooses it"),
        "minutes": MINUTES_EACH * len(asked),
        "asks_evidence": True,
        **(part or {}),
        **({"scales": scales} if scales else {}),
        "sections": [
            {"id": section.id, "title": section.title, "questions": section.questions} for section in sections
        ],
    }


@dataclass(frozen=True, slots=True)
class _Section:
    id: str
    title: str
    questions: list[Question]


def _sections(draft: Draft, questions: "_Questions", codes: Collection[str]) -> Iterator[_Section]:
    names = Names()
    for standard in draft.standards:
        for name, title, indicators in _pages(standard):
            asked = [each for one in indicators if one.code in codes for each in questions.of[one.code]]
            if asked:
                yield _Section(names.one_for(name, "section"), title, asked)


def _pages(standard: DraftStandard) -> Iterator[tuple[str, str, list[DraftIndicator]]]:
    title = heading(standard.title, standard.id)
    indicators = [*standard.indicators]
    if len(indicators) <= MOST_IN_A_SECTION:
        yield standard.id, title, indicators
        return
    for requirement in standard.requirements:
        own = heading(requirement.title, requirement.id)
        yield requirement.id, own if own == title else f"{title}: {own}", [*requirement.indicators]


class _Questions:
    """Every question of a draft: `of` each indicator by its code, and the `scales` that they use."""

    def __init__(self, draft: Draft) -> None:
        self.scales: dict[str, Value] = {}
        self._scale_names: dict[tuple[tuple[str, float], ...], str] = {}
        self._ids = Names()
        self.of = {indicator.code: [*self._asked(indicator)] for indicator in draft.indicators}

    def _asked(self, indicator: DraftIndicator) -> Iterator[Question]:
        if all(question.kind == "text" for question in indicator.questions):
            yield self._question(indicator, DraftQuestion("", "level"))
        for question in indicator.questions:
            yield self._question(indicator, question)

    def _question(self, indicator: DraftIndicator, question: DraftQuestion) -> Question:
        prompt, help_ = line(question.prompt), line(question.help) or line(indicator.help)
        if not prompt and question.kind != "level":
            prompt = statement_of(indicator)
        asked: dict[str, Value] = {
            "id": self._ids.one_for(indicator.code, "question"),
            "kind": question.kind,
        }
        if question.kind != "text":
            asked["informs"] = OneLine([indicator.code])
        asked |= {key: text for key, text in (("prompt", prompt), ("help", help_)) if text}
        if question.kind == "checklist":
            asked["boxes"] = _boxes(question)
        elif question.kind == "choice":
            asked["scale"] = self._scale(question)
        if line(indicator.not_applicable) and question.kind != "text":
            asked["not_applicable"] = True
        return asked

    def _scale(self, question: DraftQuestion) -> str:
        options = [
            (line(option.label) or unwritten("this answer"), option.worth) for option in question.options
        ]
        key = tuple(options)
        if key not in self._scale_names:
            self._scale_names[key] = f"scale-{len(self._scale_names) + 1}"
            ids = Names()
            self.scales[self._scale_names[key]] = [
                OneLine({"id": ids.one_for(label, "option"), "label": label, "credit": credit})
                for label, credit in options
            ]
        return self._scale_names[key]


def _boxes(question: DraftQuestion) -> list[Value]:
    ids = Names()
    labels = [(line(option.label) or unwritten("this box"), option.worth) for option in question.options]
    return [
        OneLine(
            {"id": ids.one_for(label, "box"), "label": label, **({} if worth == 1 else {"weight": worth})}
        )
        for label, worth in labels
    ]
