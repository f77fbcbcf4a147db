"""The two questionnaires on the ICS-style edition ask what they should, and hide only what cannot apply."""

import pytest

from questionnaires.loader import installed_questionnaires
from questionnaires.models import ChoiceQuestion, LevelQuestion, Questionnaire
from questionnaires.visibility import visible_questions
from standards.canonical import canonical
from standards.loader import installed_frameworks
from standards.models import INTENSITIES, Intensity

FRAMEWORKS = installed_frameworks()
EDITION = FRAMEWORKS["ics-style", "2026.1"]
INSTALLED = installed_questionnaires(FRAMEWORKS)
FULL = INSTALLED["ics-style-full", "1"]
QUICK = INSTALLED["ics-style-quick", "1"]
BOTH = pytest.mark.parametrize("questionnaire", [FULL, QUICK], ids=["full", "quick"])
FACTS = [fact.fact for fact in FULL.profile]
HIDING = {"partners", "online", "images", "reporting_duty"}


def profile(fact: str | None = None, intensity: Intensity = "high") -> dict[str, Intensity]:
    """A profile in which all is high, but for one fact."""
    return {each: intensity if each == fact else "high" for each in FACTS}


def hidden(questionnaire: Questionnaire, facts: dict[str, Intensity]) -> set[str]:
    return {*questionnaire.questions} - {*visible_questions(questionnaire, facts, {})}


def test_the_full_one_asks_every_indicator_once_by_level() -> None:
    asked = [(one.id, [informed.indicator for informed in one.informs]) for one in FULL.questions.values()]
    assert sorted(asked) == sorted((code, [code]) for code in EDITION.indicators)
    assert all(isinstance(question, LevelQuestion) for question in FULL.questions.values())
    assert FULL.asks_evidence
    assert FULL.rating_ceiling is None


def test_the_quick_one_asks_exactly_the_critical_ones_by_yes_partly_or_no() -> None:
    critical = [
        code
        for code, one in EDITION.indicators.items()
        if one.class_ == "critical" or one.class_when is not None
    ]
    assert len(critical) == 24
    asked = {one.id: [informed.indicator for informed in one.informs] for one in QUICK.questions.values()}
    assert asked == {code: [code] for code in critical}
    assert all(isinstance(question, ChoiceQuestion) for question in QUICK.questions.values())
    options = [(option.id, option.credit) for option in QUICK.scales["in_place"]]
    assert options == [("yes", 1), ("partly", 0.5), ("no", 0)]


def test_the_quick_one_promises_no_more_than_it_can_show_and_leads_on_to_the_full_one() -> None:
    assert QUICK.rating_ceiling == "developing"
    assert not QUICK.asks_evidence
    assert QUICK.continues_as == FULL.id
    assert QUICK.minutes == 10


def test_prompts_of_the_quick_one_are_short_questions_that_differ() -> None:
    prompts = [question.prompt or "" for question in QUICK.questions.values()]
    assert all(prompt.endswith("?") and len(prompt) <= 140 for prompt in prompts)
    assert len(set(prompts)) == len(prompts)


def test_sections_of_the_full_one_take_one_sitting_each() -> None:
    assert len(FULL.sections) == 12
    assert all(3 <= len(section.questions) <= 7 and section.summary for section in FULL.sections)


def test_both_begin_with_the_same_profile() -> None:
    assert FULL.profile == QUICK.profile
    assert len(FACTS) == 14
    assert {*EDITION.themes} < {*FACTS}
    assert all([*fact.labels] == [*INTENSITIES] and fact.group for fact in FULL.profile)


@BOTH
def test_leaving_the_profile_out_hides_nothing(questionnaire: Questionnaire) -> None:
    assert hidden(questionnaire, {}) == set()


@BOTH
def test_nothing_is_hidden_from_who_does_everything(questionnaire: Questionnaire) -> None:
    assert hidden(questionnaire, profile()) == set()


@pytest.mark.parametrize(
    ("fact", "from_full", "from_quick"),
    [
        ("partners", {"R7.1", "R7.2"}, {"R7.1"}),
        ("online", {"R3.5"}, {"R3.5"}),
        ("images", {"R3.4"}, set()),
        ("reporting_duty", set(), {"A2.3"}),
        *(
            (fact, set(), set())
            for fact in FACTS
            if fact not in {"partners", "online", "images", "reporting_duty"}
        ),
    ],
)
def test_a_fact_hides_only_what_cannot_apply_without_it(
    fact: str, from_full: set[str], from_quick: set[str]
) -> None:
    without, little = profile(fact, "none"), profile(fact, "some")
    assert hidden(FULL, without) == from_full
    assert hidden(QUICK, without) == from_quick
    assert hidden(FULL, little) == hidden(QUICK, little) == set()


@BOTH
def test_what_may_not_apply_can_be_answered_so(questionnaire: Questionnaire) -> None:
    for code, question in questionnaire.questions.items():
        assert question.not_applicable == (EDITION.indicators[code].not_applicable is not None)


@BOTH
def test_it_reads_back_from_its_pinned_text(questionnaire: Questionnaire) -> None:
    assert Questionnaire.model_validate_json(canonical(questionnaire)) == questionnaire
