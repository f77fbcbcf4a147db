"""The ICS-style edition that comes with Plumbline keeps the house rules, text by text."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from standards.canonical import canonical
from standards.loader import installed_frameworks
from standards.models import Framework, Indicator

EDITION = installed_frameworks()["ics-style", "2026.1"]
REQUIREMENTS = [requirement for standard in EDITION.standards for requirement in standard.requirements]
INDICATORS = list(EDITION.indicators.values())
THEMES = [
    "online",
    "partners",
    "residential",
    "travel",
    "images",
    "humanitarian",
    "volunteers",
    "young_children",
    "disability",
    "data",
]
CRITICAL = {
    *("P1.1", "P2.1", "P2.2", "P3.1"),
    *("H1.1", "H1.2", "H2.2", "H2.3", "H3.1", "H4.1"),
    *("R1.1", "R2.1", "R3.1", "R4.1", "R4.2", "R5.1", "R5.2", "R6.1", "R7.1"),
    *("A1.2", "A2.1", "A3.3"),
}
SUPPORTING = {"P4.3", "H2.1", "H2.4", "A2.2"}
AVOIDED = ("non-complian", "fail", "remediat", "stakeholder", "certificate")
MAY_NOT_APPLY = {"P4.3", "H3.3", "R3.3", "R3.4", "R3.5", "R7.1", "R7.2", "A2.3"}


def texts(indicator: Indicator) -> Iterator[str]:
    yield from (indicator.title, indicator.statement, indicator.why, indicator.not_applicable or "")
    yield from (*indicator.levels, *indicator.evidence)
    for action in indicator.actions:
        yield from (action.text, action.leaves)


def test_the_edition_has_the_outline_s_4_standards_22_requirements_and_53_indicators() -> None:
    sizes = {standard.id: len([*standard.indicators]) for standard in EDITION.standards}
    assert sizes == {"policy": 12, "people": 15, "procedures": 16, "accountability": 10}
    names = ["P1", "P2", "P3", "P4", "P5", *(f"H{n}" for n in range(1, 7)), *(f"R{n}" for n in range(1, 8))]
    assert [requirement.id for requirement in REQUIREMENTS] == [*names, "A1", "A2", "A3", "A4"]


def test_codes_count_up_within_their_requirement() -> None:
    for requirement in REQUIREMENTS:
        codes = [indicator.code for indicator in requirement.indicators]
        assert codes == [f"{requirement.id}.{number}" for number in range(1, len(codes) + 1)]


def test_22_indicators_are_critical_and_two_more_become_so() -> None:
    classes = {indicator.code: indicator.class_ for indicator in INDICATORS}
    assert {code for code, class_ in classes.items() if class_ == "critical"} == CRITICAL
    assert {code for code, class_ in classes.items() if class_ == "supporting"} == SUPPORTING
    raised = {
        indicator.code: (indicator.class_when.condition.fact, indicator.class_when.condition.at_least)
        for indicator in INDICATORS
        if indicator.class_when is not None
    }
    assert raised == {"R3.5": ("online", "some"), "A2.3": ("reporting_duty", "some")}


def test_only_what_can_honestly_not_apply_says_so() -> None:
    assert {one.code for one in INDICATORS if one.not_applicable is not None} == MAY_NOT_APPLY


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.code)
class TestEachIndicator:
    def test_its_texts_fit_their_places(self, indicator: Indicator) -> None:
        assert len(indicator.title) <= 50
        assert len(indicator.statement) <= 200
        assert all(len(level) <= 220 for level in indicator.levels)
        assert all(len(action.text) <= 220 for action in indicator.actions)
        assert 2 <= len(indicator.evidence) <= 4

    def test_its_statements_are_whole_sentences(self, indicator: Indicator) -> None:
        sentences = (indicator.statement, indicator.why, *indicator.levels, indicator.not_applicable or "So.")
        for sentence in (*sentences, *(action.text for action in indicator.actions)):
            assert re.match(r"[A-Z‘0-9]", sentence), sentence
            assert sentence.endswith((".", "?", ".’")), sentence
            assert "  " not in sentence

    def test_its_four_levels_differ(self, indicator: Indicator) -> None:
        assert len(set(indicator.levels)) == 4

    def test_its_actions_can_be_begun_and_owned(self, indicator: Indicator) -> None:
        for action in indicator.actions:
            assert action.effort_days * 2 == round(action.effort_days * 2), "a whole or half number of days"
            assert 0.5 <= action.effort_days <= 10
            assert action.owner not in {"children", "parents"}
        assert set(indicator.ask) <= set(EDITION.roles)

    def test_it_blames_nobody_and_names_no_certificate(self, indicator: Indicator) -> None:
        words = " ".join(texts(indicator))
        for word in AVOIDED:
            assert word not in words.lower()
        assert "Keeping Children Safe" not in words


def test_no_text_is_used_twice_where_it_should_say_something_of_its_own() -> None:
    own = Counter(text for one in INDICATORS for text in (one.title, one.statement, one.why, *one.levels))
    own += Counter(action.text for one in INDICATORS for action in one.actions)
    assert [text for text, count in own.items() if count > 1] == []


def test_titles_of_requirements_fit_on_a_bar_chart() -> None:
    assert [one.title for one in REQUIREMENTS if len(one.title) > 45 or one.summary is None] == []


def test_themes_and_roles_are_those_of_the_profile_and_the_outline() -> None:
    assert [*EDITION.themes] == THEMES
    assert {theme for one in INDICATORS for theme in one.themes} == set(THEMES)
    asked = {role for one in INDICATORS for role in one.ask}
    owners = {action.owner for one in INDICATORS for action in one.actions}
    assert asked | owners == set(EDITION.roles)


def test_the_ratings_are_those_of_the_scoring_rules() -> None:
    rows = [
        (one.label, one.min_score, one.coverage, dict(one.classes), dict(one.evidence))
        for one in EDITION.ratings
    ]
    assert rows == [
        ("Embedded", 85, 100, {"critical": 2, "major": 2}, {"critical": 3, "major": 3}),
        ("Practice-ready", 65, 100, {"critical": 2, "major": 1}, {"critical": 3, "major": 2}),
        ("Framework-ready", 60, 100, {"critical": 2}, {"critical": 2}),
        ("Developing", 40, None, {"critical": 1}, {}),
        ("Early", None, None, {}, {}),
    ]


def test_the_edition_says_whose_it_is_and_how_sure_its_sources_are() -> None:
    assert "ICS-style" in EDITION.description
    assert "independent" in EDITION.description
    assert "endorsed by nobody" in EDITION.description
    notes = " ".join(EDITION.sources)
    assert {one.id for one in REQUIREMENTS} <= set(re.findall(r"\b[PHRA]\d\b", notes))


def test_the_edition_reads_back_from_its_pinned_text() -> None:
    assert Framework.model_validate_json(canonical(EDITION)) == EDITION
