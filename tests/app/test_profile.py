"""The profile: it leaves out what cannot apply, raises what matters more, and loses no answer."""

import pytest

from tests.app.markup import read, send, visit
from tests.app.questionnaire import SECTIONS, progress, save, set_profile
from tests.conftest import Browser, found

FACTS = [
    *("staff", "programmes", "operations", "partners", "online", "residential", "travel", "images"),
    *("humanitarian", "volunteers", "young_children", "disability", "data", "reporting_duty"),
]


def asked(browser: Browser, questionnaire: str = "ics-style-full") -> set[str]:
    """The questions on the pages of all sections."""
    return {
        name.removesuffix(":revision")
        for section in SECTIONS[questionnaire]
        for name in visit(browser, f"{browser.home}/sections/{section}").form(f"/sections/{section}").fields
        if name.endswith(":revision")
    }


def test_every_fact_is_asked_as_none_some_or_high_and_none_is_chosen(amina: Browser) -> None:
    form = visit(amina, f"{amina.home}/profile").form("/profile")
    assert form.offered == {f"fact:{fact}": ["none", "some", "high"] for fact in FACTS}
    assert [name for name in form.fields if name.startswith("fact:")] == []


def test_what_was_said_stands_there_on_the_next_visit_and_leads_back_to_the_questions(amina: Browser) -> None:
    form = visit(amina, f"{amina.home}/profile").form("/profile")
    saved = send(amina, form, {"fact:staff": "high", "fact:travel": "none"})
    assert (saved.status_code, saved.headers["location"]) == (303, amina.home)
    fields = visit(amina, f"{amina.home}/profile").form("/profile").fields
    assert {name: said for name, said in fields.items() if name.startswith("fact:")} == {
        "fact:staff": "high",
        "fact:travel": "none",
    }


@pytest.mark.parametrize(
    ("facts", "hidden"),
    [
        ({}, []),
        ({"partners": "none"}, ["R7.1", "R7.2"]),
        ({"images": "none"}, ["R3.4"]),
        ({"online": "none"}, ["R3.5"]),
        ({"partners": "some", "images": "high", "online": "some"}, []),
        ({"staff": "none", "travel": "none", "reporting_duty": "none"}, []),
        ({"partners": "none", "images": "none", "online": "none"}, ["R3.4", "R3.5", "R7.1", "R7.2"]),
    ],
    ids=str,
)
def test_only_what_cannot_apply_is_left_out(amina: Browser, facts: dict[str, str], hidden: list[str]) -> None:
    everything = asked(amina)
    assert len(everything) == 53
    set_profile(amina, **facts)
    assert sorted(everything - asked(amina)) == hidden
    assert progress(amina) == (0, 53 - len(hidden))


def test_the_quick_check_leaves_out_the_same(bruno: Browser) -> None:
    everything = asked(bruno, "ics-style-quick")
    set_profile(bruno, partners="none", online="none")
    assert everything - asked(bruno, "ics-style-quick") == {"R7.1", "R3.5"}


def test_answers_to_what_is_left_out_are_kept_and_come_back(amina: Browser) -> None:
    save(amina, "help", {"R7.1:choice": "1", "R7.1:note": "Only the river partner"})
    set_profile(amina, partners="none")
    assert "R7.1" not in asked(amina)
    assert progress(amina) == (0, 51)
    assert "Only the river partner" not in visit(amina, f"{amina.home}/answers").words
    assert "R7.1" not in visit(amina, f"{amina.home}/report").words
    set_profile(amina, partners="some")
    assert progress(amina) == (1, 53)
    assert "Only the river partner" in visit(amina, f"{amina.home}/answers").words


def test_a_question_that_another_tab_left_out_meanwhile_is_saved_all_the_same(amina: Browser) -> None:
    form = visit(amina, f"{amina.home}/sections/help").form("/sections/help")
    set_profile(amina, partners="none")
    assert send(amina, form, {"R7.1:choice": "2"}).status_code == 303
    set_profile(amina, partners="high")
    assert progress(amina) == (1, 53)


def class_of(browser: Browser, code: str) -> str:
    """How much an indicator matters, as the report's gap says it."""
    return found(
        rf'id="gap-{code}">\s*<p class="tags">[\s\S]*?(Critical|Major|Supporting)</span>',
        browser.get(f"{browser.home}/report").text,
    )


@pytest.mark.parametrize(
    ("facts", "counts_as"),
    [
        ({}, "Critical"),
        ({"online": "some"}, "Critical"),
        ({"online": "high"}, "Critical"),
    ],
    ids=str,
)
def test_online_contact_makes_safety_online_critical(
    amina: Browser, facts: dict[str, str], counts_as: str
) -> None:
    set_profile(amina, **facts)
    save(amina, "activities", {"R3.5:choice": "0"})
    assert class_of(amina, "R3.5") == counts_as


def test_a_duty_to_report_makes_reporting_critical_and_the_lack_of_one_does_not(amina: Browser) -> None:
    save(amina, "concerns", {"R4.3:choice": "0"})
    save(amina, "checks", {"A2.3:choice": "0"})
    assert class_of(amina, "A2.3") == "Critical"
    set_profile(amina, reporting_duty="none")
    assert class_of(amina, "A2.3") == "Major"
    set_profile(amina, reporting_duty="some")
    assert class_of(amina, "A2.3") == "Critical"


def test_high_exposure_moves_a_gap_up_and_says_why(amina: Browser) -> None:
    def order() -> list[str]:
        words = visit(amina, f"{amina.home}/report/workings").words
        gaps = words.partition("How the gaps are ordered")[2]
        return [code for code in gaps.split() if code in {"P1.2", "P1.3"}]

    set_profile(amina, online="some")
    save(amina, "policy", {"P1.2:choice": "0", "P1.3:choice": "0"})
    assert order() == ["P1.2", "P1.3"]
    set_profile(amina, online="high")
    assert order() == ["P1.3", "P1.2"]
    assert "weighs more for you:" in visit(amina, f"{amina.home}/report").words


def test_an_answer_that_is_not_offered_is_refused_and_what_was_chosen_is_kept(amina: Browser) -> None:
    form = visit(amina, f"{amina.home}/profile").form("/profile")
    refused = amina.post(form.action, form.filled({"fact:staff": "high"}) | {"fact:travel": "often"})
    assert refused.status_code == 422
    assert "Choose one of the answers that are listed here." in read(refused).words
    assert read(refused).form("/profile").fields["fact:staff"] == "high"
    assert "14 of 14" not in visit(amina, amina.home).words


def test_a_fact_that_is_not_asked_is_not_taken_in(amina: Browser) -> None:
    form = visit(amina, f"{amina.home}/profile").form("/profile")
    assert amina.post(form.action, form.fields | {"fact:weather": "high"}).status_code == 303
    assert "weather" not in amina.get(f"{amina.home}/export.json").text


def test_a_fact_once_said_can_be_changed_but_the_rest_stays(amina: Browser) -> None:
    set_profile(amina, staff="high", travel="some")
    set_profile(amina, travel="none")
    fields = visit(amina, f"{amina.home}/profile").form("/profile").fields
    assert (fields["fact:staff"], fields["fact:travel"]) == ("high", "none")
