"""Agreeing: an answer, and a sentence why, recorded over what people had said apart."""

import pytest
from fastapi import FastAPI

from app.database import reading
from app.services import answers, assessments
from tests.app.consulting import id_of, key_of
from tests.app.markup import read, send, visit
from tests.app.ratings.rating import WHY, agree, question_path, rating_page, words
from tests.app.ratings.test_what_counts import TODAY, score_on
from tests.conftest import Browser


def test_the_page_shows_what_each_said_and_nothing_chosen(ended: Browser) -> None:
    page = visit(ended, question_path(ended, "B1"))
    assert "Deputy head Embedded" in page.words
    assert "The rule hangs beside the door." in page.words
    fields = page.form("/B1").fields
    assert "B1:choice" not in fields
    assert fields["B1:why"] == ""
    assert "Said nothing to this: Trainer" in visit(ended, question_path(ended, "D1")).words


def test_what_is_agreed_counts_and_leads_to_what_is_to_be_talked_about_next(ended: Browser) -> None:
    """B1 at 2/3 in place of 1/3: (20/3 + 1) / 15 = 51.1."""
    done = agree(ended, "B1", "2")
    assert done.headers["location"] == f"{question_path(ended, 'D4')}?done=agreed"
    assert "This is the next to talk about" in visit(ended, done.headers["location"]).words
    last = agree(ended, "D4", "2")
    assert last.headers["location"] == f"{ended.home}/rating?done=agreed"
    page = visit(ended, last.headers["location"])
    assert "Nothing is left: wherever people were a level or more apart, you have agreed." in page.words
    assert f"B1 Enough adults In place Why {WHY}" in page.words
    assert score_on(ended) == "51"
    assert "3 answers are the middle of what 2 people said" in visit(ended, f"{ended.home}/report").words


def test_the_agreed_answer_becomes_the_assessments_own_and_the_earlier_one_is_kept(
    app: FastAPI, ended: Browser
) -> None:
    agree(ended, "B1", "2", note="Until the new rule")
    with reading(app.state.engine) as session:
        opened = assessments.find(session, app.state.library, key_of(session, ended), id_of(ended), TODAY)
        said = [entry.said for entry in answers.history(opened, "B1")]
    assert [one.answer.value for one in said] == [0, 2]
    assert said[1].note == "Until the new rule"


def test_where_people_were_close_they_can_agree_too(ended: Browser) -> None:
    """B2 at 3/3 in place of 2/3: (20/3 + 1) / 15 = 51.1."""
    assert agree(ended, "B2", "3").status_code == 303
    assert score_on(ended) == "51"
    assert "Close together: 2" in rating_page(ended).words


def test_what_was_agreed_can_be_changed(ended: Browser) -> None:
    agree(ended, "B1", "2")
    form = visit(ended, question_path(ended, "B1")).form("/B1")
    assert (form.fields["B1:choice"], form.fields["B1:why"]) == ("2", WHY)
    assert send(ended, form, {"B1:choice": "0", "B1:why": "We had not looked closely."}).status_code == 303
    page = rating_page(ended)
    assert "B1 Enough adults Not in place Why We had not looked closely." in page.words
    assert WHY not in page.words
    shown = visit(ended, f"{ended.home}/sections/before").words
    assert "You have agreed on this Not in place" in shown


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"choice": "2", "why": " "}, "Say in a sentence why you agreed on this."),
        ({"choice": "2", "why": "x" * 5001}, "This text has 5,001 characters; the most is 5,000."),
        ({"choice": "", "why": WHY}, "Choose the answer that you agreed on."),
        ({"choice": "9", "why": WHY}, "Choose one of the answers that are listed here."),
        ({"choice": "2", "why": WHY, "note": "x" * 5001}, "This text has 5,001 characters"),
    ],
)
def test_without_an_answer_and_a_sentence_nothing_is_recorded_and_all_comes_back(
    ended: Browser, typed: dict[str, str], told: str
) -> None:
    path = question_path(ended, "B1")
    refused = ended.post(path, {"B1:revision": "0", **{f"B1:{name}": said for name, said in typed.items()}})
    assert refused.status_code == 422
    assert told in words(refused)
    fields = read(refused).form("/B1").fields
    assert fields["B1:why"].strip() == typed["why"].strip()
    assert fields.get("B1:choice", "") == (typed["choice"] if typed["choice"] == "2" else "")
    assert fields["B1:note"] == typed.get("note", "")
    assert "Talk about these: 2" in rating_page(ended).words


def test_one_that_does_not_apply_needs_its_reason_here_too(ended: Browser) -> None:
    refused = agree(ended, "D4", "-not-applicable")
    assert refused.status_code == 422
    assert "Say in a sentence why this does not apply to you." in words(refused)
    assert agree(ended, "D4", "-not-applicable", reason="We have no tent.").status_code == 303


def test_of_two_who_record_at_once_neither_overwrites_the_other(ended: Browser) -> None:
    form = visit(ended, question_path(ended, "B1")).form("/B1")
    agree(ended, "B1", "2", why="First")
    conflict = send(ended, form, {"B1:choice": "1", "B1:why": "Second"})
    assert conflict.status_code == 409
    page = read(conflict)
    assert "Recorded in the other window In place Why First" in page.words
    assert page.form("/B1").fields["B1:why"] == "Second"
    assert "B1 Enough adults In place" in visit(ended, f"{ended.home}/answers").words, "not overwritten"
    assert send(ended, page.form("/B1")).status_code == 303
    assert "Why Second" in rating_page(ended).words


def test_the_same_form_twice_is_one_change(app: FastAPI, ended: Browser) -> None:
    form = visit(ended, question_path(ended, "B1")).form("/B1")
    first, second = (send(ended, form, {"B1:choice": "2", "B1:why": WHY}) for _ in range(2))
    assert first.status_code == second.status_code == 303
    with reading(app.state.engine) as session:
        opened = assessments.find(session, app.state.library, key_of(session, ended), id_of(ended), TODAY)
        assert len(answers.history(opened, "B1")) == 2, "what Amina had said herself, and what is agreed"


def test_only_what_was_answered_apart_is_agreed_on_here(ended: Browser) -> None:
    for question in ("B3", "A2", "nothing"):
        path = question_path(ended, question)
        assert ended.get(path).status_code == 404
        sent = {f"{question}:choice": "2", f"{question}:why": WHY, f"{question}:revision": "0"}
        assert ended.post(path, sent).status_code == 404


def test_before_the_end_there_is_nothing_to_agree_on(amina: Browser, handed_in: None) -> None:
    path = question_path(amina, "B1")
    assert amina.get(path).status_code == 404
    assert amina.post(path, {"B1:choice": "2", "B1:why": WHY, "B1:revision": "0"}).status_code == 404
