"""Comments to a question: added by several, resolved, opened again, and never lost."""

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from fastapi import FastAPI
from sqlmodel import func, select

from app.database import Session
from app.services import talk
from app.tables import SealedRow
from tests.app.guests import guest_of, let_in
from tests.app.markup import read, send, visit
from tests.app.talk.cast import (
    CARLA,
    DARA,
    FAY,
    closes,
    comment,
    comments_on,
    opened,
    page_of,
    resolving,
    takes_out,
    words,
)
from tests.app.test_accounts import code_on
from tests.app.test_organisations import has_account
from tests.conftest import Browser, Clock, Lines

TEXT = "The boathouse has a copy,\nbut nobody has read it."


def rows(app: FastAPI) -> int:
    with Session(app.state.engine) as session:
        return session.scalar(select(func.count()).select_from(SealedRow)) or 0


# Said


def test_a_comment_stands_on_the_questions_page_with_author_and_day(carla: Browser, dara: Browser) -> None:
    sent = comment(dara, TEXT)
    assert sent.status_code == 303
    [one] = comments_on(page_of(carla))
    assert one.startswith(f"{DARA} 21 November 2026 Open The boathouse has a copy, but nobody has read it.")
    [own] = comments_on(page_of(dara))
    assert own.startswith("You 21 November 2026 Open")


def test_after_it_was_added_the_page_opens_at_the_comment(dara: Browser) -> None:
    where = comment(dara, TEXT).headers["location"]
    assert where.rpartition("#")[2] in page_of(dara).ids


def test_comments_stand_in_the_order_in_which_they_were_added(
    carla: Browser, dara: Browser, clock: Clock
) -> None:
    comment(dara, "First")
    clock.pass_by(timedelta(minutes=5))
    comment(carla, "Second")
    comment(dara, "Third")
    assert [re.findall("First|Second|Third", one)[0] for one in comments_on(page_of(carla))] == [
        "First",
        "Second",
        "Third",
    ]


def test_a_comment_belongs_to_one_question(dara: Browser) -> None:
    comment(dara, TEXT)
    assert comments_on(page_of(dara, "P1.2")) == []
    assert "Nobody has said anything about this question yet." in page_of(dara, "P1.2").words


def test_a_question_says_how_many_comments_to_it_are_open(carla: Browser, dara: Browser) -> None:
    for text in ("One", "Two"):
        comment(dara, text)
    comment(dara, "Three", "P1.2")
    page = visit(carla, f"{carla.home}/sections/policy").words
    assert "Comments and earlier answers P1.1 (2 open comments)" in page
    assert "Comments and earlier answers P1.2 (1 open comment)" in page
    assert "(2 open comments)" in visit(carla, f"{carla.home}/answers").words
    assert "3 open comments" in visit(carla, carla.home).words


def test_the_task_list_leads_to_the_questions_with_open_comments_and_to_no_other(
    carla: Browser, dara: Browser
) -> None:
    comment(dara, TEXT, "P1.2")
    home = visit(carla, carla.home)
    assert f"{carla.home}/answers?comments=open" in home.links
    page = visit(carla, f"{carla.home}/answers?comments=open")
    assert page.heading == "Questions with open comments"
    assert [link for link in page.links if "/questions/" in link] == [f"{carla.home}/questions/P1.2"]
    send(carla, resolving(page_of(carla, "P1.2")), button=("resolved", "yes"))
    assert f"{carla.home}/answers?comments=open" not in visit(carla, carla.home).links
    assert "No comment is open" in visit(carla, f"{carla.home}/answers?comments=open").words


# Resolved


def test_a_comment_is_resolved_by_anybody_who_writes_and_opened_again(carla: Browser, dara: Browser) -> None:
    comment(dara, TEXT)
    done = send(carla, resolving(page_of(carla)), button=("resolved", "yes"))
    assert done.status_code == 303
    [one] = comments_on(page_of(dara))
    assert f"Resolved on 21 November 2026 by {CARLA}" in one
    assert "open comment" not in visit(dara, f"{dara.home}/sections/policy").words
    send(dara, resolving(page_of(dara)), button=("resolved", "no"))
    [one] = comments_on(page_of(dara))
    assert " Open " in one
    assert "Resolved" not in one


def test_who_resolved_it_first_stays(app: FastAPI, carla: Browser, dara: Browser) -> None:
    comment(dara, TEXT)
    theirs = resolving(page_of(dara))
    send(carla, resolving(page_of(carla)), button=("resolved", "yes"))
    before = rows(app)
    send(dara, theirs, button=("resolved", "yes"))
    assert rows(app) == before
    assert f"Resolved on 21 November 2026 by {CARLA}" in page_of(dara).words


def test_one_is_resolved_and_the_others_stay_open(carla: Browser, dara: Browser) -> None:
    for text in ("One", "Two", "Three"):
        comment(dara, text)
    send(carla, resolving(page_of(carla), 1), button=("resolved", "yes"))
    assert ["Resolved on" in one for one in comments_on(page_of(carla))] == [False, True, False]


@pytest.mark.parametrize("id_", ["0" * 32, "nothing", "%00"])
def test_a_comment_that_there_is_not_cannot_be_resolved(app: FastAPI, dara: Browser, id_: str) -> None:
    comment(dara, TEXT)
    before = rows(app)
    reply = dara.post(f"{dara.home}/questions/P1.1/comments/{id_}", {"resolved": "yes"})
    assert reply.status_code == 404
    assert rows(app) == before


def test_a_comment_is_not_found_under_another_question(dara: Browser) -> None:
    comment(dara, TEXT)
    form = resolving(page_of(dara))
    elsewhere = form.action.replace("P1.1", "P1.2")
    assert dara.post(elsewhere, {"resolved": "yes"}).status_code == 404


# Refused


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Write your comment."),
        (" \n ", "Write your comment."),
        ("x" * 5001, "This text has 5,001 characters; the most is 5,000. Please shorten it."),
    ],
)
def test_a_comment_that_cannot_be_taken_comes_back_as_it_was_typed(
    app: FastAPI, dara: Browser, text: str, told: str
) -> None:
    before = rows(app)
    refused = comment(dara, text)
    assert refused.status_code == 422
    assert told in words(refused)
    assert read(refused).form("/questions/P1.1").fields["comment"] == text
    assert rows(app) == before


@pytest.mark.parametrize("text", ["x" * 5000, "🚢" * 5000], ids=["letters", "ships"])
def test_a_comment_of_5000_characters_is_taken(carla: Browser, dara: Browser, text: str) -> None:
    assert comment(dara, text).status_code == 303
    assert text in page_of(carla).words


def test_markup_in_a_comment_stays_text(dara: Browser) -> None:
    comment(dara, "<script>alert(1)</script> & <b>bold</b>")
    page = page_of(dara)
    assert "<script>alert(1)</script> & <b>bold</b>" in page.words
    assert "<b>bold</b>" not in page.html


def test_two_hundred_comments_are_all_there(dara: Browser) -> None:
    form = page_of(dara).form("/questions/P1.1")
    for number in range(200):
        typed = {"comment": f"Number {number}.", "form_key": f"{number}"}
        assert dara.post(form.action, typed).status_code == 303
    shown = comments_on(page_of(dara))
    assert [f"Number {number}." in one for number, one in enumerate(shown)] == [True] * 200


def test_a_question_has_no_room_for_more_than_the_most_comments(app: FastAPI, carla: Browser) -> None:
    with opened(app, carla) as assessment:
        for number in range(talk.MOST_COMMENTS):
            talk.add(assessment, "P1.1", f"Number {number}")
    refused = comment(carla, "One more")
    assert refused.status_code == 422
    assert "There are 300 comments to this question, and no room for more." in words(refused)
    assert comment(carla, "Elsewhere there is", "P1.2").status_code == 303


# The same twice, and at once


def test_the_same_comment_sent_twice_is_one(dara: Browser) -> None:
    form = page_of(dara).form("/questions/P1.1")
    replies = [send(dara, form, {"comment": TEXT}) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [303, 303]
    assert len(comments_on(page_of(dara))) == 1
    send(dara, form, {"comment": "Another, after Back."})
    assert len(comments_on(page_of(dara))) == 2


def test_two_people_who_comment_at_once_lose_nothing(carla: Browser, dara: Browser) -> None:
    action = page_of(carla).form("/questions/P1.1").action
    said = {"carla": (carla, 30), "dara": (dara, 30)}

    def talks(name: str) -> set[int]:
        browser, many = said[name]
        sent = [{"comment": f"{name} {number};", "form_key": f"{name}{number}"} for number in range(many)]
        return {browser.post(action, fields).status_code for fields in sent}

    with ThreadPoolExecutor(2) as at_once:
        assert list(at_once.map(talks, said)) == [{303}, {303}]
    shown = " ".join(comments_on(page_of(carla)))
    assert len(comments_on(page_of(carla))) == 60
    for name in said:
        assert [int(one) for one in re.findall(rf"{name} (\d+);", shown)] == list(range(30))


# Who may


def test_a_reader_of_the_organisation_reads_comments_and_adds_none(
    app: FastAPI, dara: Browser, fay: Browser
) -> None:
    comment(dara, TEXT)
    page = page_of(fay)
    assert DARA in page.words
    assert "nobody has read it" in page.words
    assert page.forms == [form for form in page.forms if form.action == "/log-out"]
    before = rows(app)
    address = resolving(page_of(dara)).action
    assert fay.post(f"{fay.home}/questions/P1.1", {"comment": "Mine"}).status_code == 404
    assert fay.post(address, {"resolved": "yes"}).status_code == 404
    assert rows(app) == before


@pytest.mark.parametrize(("scope", "status"), [("read", 404), ("review", 200), ("fill", 200)])
def test_a_guest_sees_comments_as_far_as_they_were_let_in(
    app: FastAPI, carla: Browser, dara: Browser, open_browser: Callable[[], Browser], scope: str, status: int
) -> None:
    comment(dara, TEXT)
    guest = has_account(open_browser, "gina@river.example")
    guest.home = carla.home
    let_in(app, carla, guest_of(app, guest), scope, date(2026, 12, 24))
    got = guest.get(f"{guest.home}/questions/P1.1")
    assert got.status_code == status
    may_add = 303 if scope == "fill" else 404
    sent = guest.post(f"{guest.home}/questions/P1.1", {"comment": "From outside"})
    assert sent.status_code == may_add
    if scope == "review":
        assert "nobody has read it" in words(got)
        assert "Somebody of the organisation 21 November 2026" in words(got)
        assert "@" not in words(got)


def test_amina_talks_to_herself_with_a_receipt(amina: Browser) -> None:
    comment(amina, TEXT)
    [one] = comments_on(page_of(amina))
    assert one.startswith("You 21 November 2026 Open")


def test_what_is_not_ones_own_is_not_found(dara: Browser, amina: Browser, stranger: Browser) -> None:
    comment(dara, TEXT)
    address = f"{dara.home}/questions/P1.1"
    assert [amina.get(address).status_code, stranger.get(address).status_code] == [404, 401]
    assert amina.post(address, {"comment": "Hello"}).status_code == 404
    assert amina.get(f"{amina.home}/questions/nothing").status_code == 404
    assert amina.post(f"{amina.home}/questions/nothing", {"comment": "x"}).status_code == 404


# A closed round, changed keys


def test_in_a_closed_round_comments_are_read_and_resolved_but_not_added(
    app: FastAPI, carla: Browser, dara: Browser
) -> None:
    comment(dara, TEXT)
    form = page_of(dara).form("/questions/P1.1")
    closes(app, carla)
    refused = send(dara, form, {"comment": "Too late"})
    assert refused.status_code == 409
    assert "This round is closed" in words(refused)
    assert "Too late" in words(refused)
    page = page_of(dara)
    assert "Add a comment" not in page.words
    assert send(dara, resolving(page), button=("resolved", "yes")).status_code == 303
    assert f"Resolved on 21 November 2026 by {DARA}" in page_of(carla).words
    assert len(comments_on(page_of(carla))) == 1


def test_comments_stay_when_somebody_is_taken_out_and_the_keys_change(
    carla: Browser, dara: Browser, fay: Browser, club: str
) -> None:
    comment(dara, TEXT)
    takes_out(carla, club, FAY)
    assert fay.get(f"{fay.home}/questions/P1.1").status_code == 404
    assert len(comments_on(page_of(carla))) == 1
    comment(carla, "After")
    assert len(comments_on(page_of(dara))) == 2


# Taken out


def test_comments_are_exported_without_their_authors(carla: Browser, dara: Browser) -> None:
    comment(dara, TEXT)
    comment(carla, "Now they have.")
    send(carla, resolving(page_of(carla)), button=("resolved", "yes"))
    text = carla.get(f"{carla.home}/export.json").text
    assert json.loads(text)["comments"] == {
        "P1.1": [
            {"day": "2026-11-21", "text": TEXT, "resolved": "2026-11-21"},
            {"day": "2026-11-21", "text": "Now they have."},
        ]
    }
    assert "@" not in text


def test_a_file_with_comments_can_be_brought_in_again(carla: Browser, dara: Browser) -> None:
    comment(dara, TEXT)
    exported = carla.get(f"{carla.home}/export.json").content
    sent = {"data": {"form_key": "again"}, "files": {"file": ("a.json", exported)}}
    begun = carla.client.post("/import", **sent, follow_redirects=False)
    assert begun.status_code == 303
    carla.home = begun.headers["location"]
    assert comments_on(page_of(carla)) == [], "they are there to be read, and belong to that round"


def test_the_files_of_an_organisation_hold_its_comments(carla: Browser, dara: Browser, club: str) -> None:
    comment(dara, TEXT)
    page = visit(carla, f"{club}/export")
    assert code_on(page)
    with ZipFile(BytesIO(send(carla, page.form("/export")).content)) as files:
        text = files.read("01-ics-style-full.txt").decode()
    assert "Comment of 21 November 2026: The boathouse has a copy,\n    but nobody has read it." in text


def test_the_log_says_nothing_of_comments_and_addresses(carla: Browser, dara: Browser, log: Lines) -> None:
    comment(dara, TEXT)
    comment(carla, "x" * 5001)
    send(carla, resolving(page_of(carla)), button=("resolved", "yes"))
    visit(carla, f"{carla.home}/answers?comments=open")
    said = "\n".join(log.lines)
    assert "POST /assessments/{assessment_id}/questions/{question_id}" in said
    for secret in ("boathouse", "xxxx", DARA, CARLA, carla.home.rpartition("/")[2], "P1.1"):
        assert secret not in said
