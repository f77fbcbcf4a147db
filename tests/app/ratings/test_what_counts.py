"""What counts once a rating has ended: the middle of what people said, until they agree on something else."""

from datetime import date

import pytest
from fastapi import FastAPI

from app.database import reading
from app.services import assessments, results
from app.services.opened import OpenAssessment
from scoring.answers import Answer
from scoring.raters import JointResult, assess_jointly
from scoring.rounding import whole_percent
from tests.app.consulting import id_of, key_of
from tests.app.markup import read, send, visit
from tests.app.questionnaire import progress, save
from tests.app.ratings.rating import agree, answer, end, hand_in, levels, question_path, rating_page, words
from tests.conftest import Browser

TODAY = date(2026, 11, 21)
UNKNOWN, NOT_APPLICABLE = Answer(unknown=True), Answer(not_applicable=True)

DEPUTY = {"B1": Answer(3), "B2": Answer(2), "D1": Answer(1), "D4": NOT_APPLICABLE}
TRAINER = {"B1": Answer(1), "B2": Answer(2), "D4": Answer(2), "A1": UNKNOWN}
OWN = {"A2": Answer(3)}
"""What the cast says; of what Amina has said, what nobody else says anything to."""


def expected(opened: OpenAssessment, agreed: dict[str, Answer]) -> JointResult:
    """What scoring makes of it, straight from what was said."""
    raters = {"Deputy head": DEPUTY, "Trainer": TRAINER}
    return assess_jointly(opened.framework, opened.questionnaire, raters, OWN | agreed, on=TODAY)


def score_on(browser: Browser) -> str:
    page = visit(browser, f"{browser.home}/report").words
    before = page.partition(" of 100")[0]
    return before.rpartition(" ")[2]


def test_what_the_report_shows_is_what_scoring_makes_of_the_raters(app: FastAPI, ended: Browser) -> None:
    with reading(app.state.engine) as session:
        key = key_of(session, ended)
        opened = assessments.find(session, app.state.library, key, id_of(ended), TODAY)
        sheet, joint = results.open_sheet(opened), expected(opened, {})
        assert results.result(opened, sheet, TODAY) == joint.result
        assert (sheet.not_agreed, sheet.to_discuss, sheet.raters) == (joint.not_agreed, ("B1", "D4"), 2)
    assert joint.result.overall.score is not None
    assert score_on(ended) == str(whole_percent(joint.result.overall.score))


def test_the_figures_by_hand(ended: Browser) -> None:
    """Weights: B1, B2, D1 and A1 3, A2 2, D4 1.

    B1 1/3, the lower of two middles; B2 2/3; D1 1/3; D4 2/3; A1 unknown, 0; A2 1, as Amina said herself.
    (3·1/3 + 3·2/3 + 3·1/3 + 1·2/3 + 3·0 + 2·1) / 15 = 20/3 / 15 = 44.4.
    """
    assert score_on(ended) == "44"


def test_the_results_page_lists_disagreements_first_with_everybodys_words(ended: Browser) -> None:
    page = rating_page(ended)
    apart = page.words[page.words.index("Talk about these") : page.words.index("Close together")]
    assert "Talk about these: 2" in apart
    assert apart.index("B1 Enough adults") < apart.index("D4")
    assert "Middle Started (0.33) Lowest Started (0.33) Highest Embedded (1) Apart by 0.67" in apart
    assert "Deputy head Embedded" in apart
    assert "Trainer Started" in apart
    assert "The rule hangs beside the door." in apart
    assert "No tent here." in apart
    assert "B2" not in apart
    near = page.words[page.words.index("Close together") :]
    assert "Close together: 3" in near
    assert "Middle In place (0.67) Lowest In place (0.67) Highest In place (0.67) Apart by 0" in near
    assert "Middle We don’t know (0)" in near


def test_who_did_not_hand_in_is_named_before_and_after_the_end(
    amina: Browser, deputy: Browser, trainer: Browser
) -> None:
    answer(deputy, levels(B1="2"))
    answer(trainer, levels(B1="0"))
    hand_in(deputy)
    asked = visit(amina, f"{amina.home}/rating/end").words
    assert "1 person has handed in." in asked
    assert "These have not handed in Trainer" in asked
    end(amina)
    page = rating_page(amina)
    assert "Not handed in, and not counted: Trainer" in page.words
    assert "Nowhere are people a level or more apart." in page.words
    assert score_on(amina) == "80", "B1 2/3 with weight 3, A2 1 with weight 2"


def test_nobody_has_handed_in_so_there_is_nothing_to_end(amina: Browser, deputy: Browser) -> None:
    answer(deputy, levels(B1="3"))
    refused = end(amina)
    assert refused.status_code == 422
    assert "Nobody has handed in yet." in words(refused)
    assert visit(amina, f"{amina.home}/sections/before").form("/before").fields["B1:choice"] == "0"


def test_ending_twice_is_as_good_as_once(amina: Browser, handed_in: None) -> None:
    form = visit(amina, f"{amina.home}/rating/end").form("/end")
    first, second = (send(amina, form) for _ in range(2))
    assert first.headers["location"] == second.headers["location"] == f"{amina.home}/rating"
    assert amina.get(f"{amina.home}/rating/end").headers["location"] == f"{amina.home}/rating"


def test_after_the_end_nobody_is_asked_and_nobody_taken_out(ended: Browser, deputy: Browser) -> None:
    late = ended.post(f"{ended.home}/rating", {"tag": "Come too late"})
    assert late.status_code == 409
    assert "nobody can be asked any more" in words(late)
    sheet = deputy.home.rpartition("/")[2]
    assert ended.get(f"{ended.home}/rating/{sheet}/remove").status_code == 404
    assert ended.post(f"{ended.home}/rating/{sheet}/remove").status_code == 409
    assert "Deputy head" in rating_page(ended).words


def test_report_and_workings_say_that_the_middle_counts_and_lead_on(ended: Browser) -> None:
    for path in ("/report", "/report/workings"):
        page = visit(ended, ended.home + path)
        assert "5 answers are the middle of what 2 people said, until you agree" in page.words
        assert "On 2 of them people are a level or more apart." in page.words
        assert f"{ended.home}/rating" in page.links
    assert "2 questions to talk about." in visit(ended, ended.home).words


def test_progress_counts_what_the_raters_said(ended: Browser) -> None:
    assert progress(ended) == (6, 10)


# The section's page


def test_a_question_that_was_answered_apart_has_a_notice_in_place_of_fields(ended: Browser) -> None:
    page = visit(ended, f"{ended.home}/sections/before")
    form = page.form("/before")
    assert "B1:choice" not in form.offered
    assert "B3:choice" in form.offered
    assert (
        "People answered this apart Started The middle of what 2 people said, until you agree" in page.words
    )
    assert question_path(ended, "B1") in page.links


def test_saving_the_section_leaves_what_was_answered_apart_alone(ended: Browser) -> None:
    assert save(ended, "before", {"B3:choice": "2"}).status_code == 303
    assert "B1 Enough adults Started" in visit(ended, f"{ended.home}/answers").words
    assert agree(ended, "B1", "2").status_code == 303
    assert save(ended, "before", {"B3:choice": "1"}).status_code == 303
    assert "B1 Enough adults In place" in visit(ended, f"{ended.home}/answers").words


def test_a_page_from_before_the_end_saves_nothing_over_the_raters_and_keeps_the_words(
    amina: Browser, handed_in: None
) -> None:
    form = visit(amina, f"{amina.home}/sections/before").form("/before")
    end(amina)
    late = send(amina, form, {"B1:choice": "3", "B1:note": "Typed before the end", "B3:choice": "2"})
    assert late.status_code == 409
    assert "What you typed here is not saved" in words(late)
    assert "Typed before the end" in words(late)
    assert "B1: answered apart meanwhile" in words(late)
    fields = visit(amina, f"{amina.home}/sections/before").form("/before").fields
    assert fields["B3:choice"] == "2", "the rest is saved"
    assert "Typed before the end" not in visit(amina, f"{amina.home}/answers").words
    assert send(amina, read(late).form("/before")).status_code == 303


def test_a_page_from_before_the_end_that_changes_nothing_there_goes_on(
    amina: Browser, handed_in: None
) -> None:
    form = visit(amina, f"{amina.home}/sections/before").form("/before")
    end(amina)
    assert send(amina, form, {"B3:choice": "2"}).status_code == 303


def test_htmx_too_saves_nothing_over_the_raters(amina: Browser, handed_in: None) -> None:
    end(amina)
    late = amina.answer("B1", "3", made_on=1, note="Typed before the end")
    assert late.status_code == 409
    assert "Not saved: people have answered this apart" in words(late)


# Closed


def test_whoever_closes_a_round_is_told_what_becomes_of_a_rating(amina: Browser, handed_in: None) -> None:
    path = f"{amina.home}/rounds/close"
    assert "People are asked to answer apart, and their rating has not ended" in visit(amina, path).words
    end(amina)
    assert "5 answers are not agreed yet" in visit(amina, path).words


def test_a_closed_round_keeps_how_far_it_was_agreed(ended: Browser) -> None:
    form = visit(ended, f"{ended.home}/rounds/close").form("/close")
    before = score_on(ended)
    send(ended, form)
    report = visit(ended, f"{ended.home}/report")
    assert "5 answers are the middle of what 2 people said, until you agree" in report.words
    assert score_on(ended) == before
    page = visit(ended, question_path(ended, "B1"))
    assert "Deputy head Embedded" in page.words
    assert not [form for form in page.forms if form.action != "/log-out"]
    late = ended.post(question_path(ended, "B1"), {"B1:choice": "2", "B1:why": "Late", "B1:revision": "0"})
    assert late.status_code == 409
    assert "This round is closed" in words(late)


@pytest.mark.parametrize("path", ["/rating", "/rating/end", "/rating/questions/B1"])
def test_a_reload_changes_nothing(ended: Browser, path: str) -> None:
    first, second = (ended.get(ended.home + path) for _ in range(2))
    assert first.status_code == second.status_code
