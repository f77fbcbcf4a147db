"""Saving without losing: two tabs, the same form twice, there and back again."""

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from httpx import Response
from sqlmodel import SQLModel, func, select

from app.database import Session
from app.tables import Assessment, SealedRow, Submission
from tests.app.markup import Form, read, send, visit
from tests.app.questionnaire import progress, save
from tests.conftest import OWN_PAGE, Browser, found

TRIES = 100


def count(app: FastAPI, table: type[SQLModel]) -> int:
    with Session(app.state.engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def tab(browser: Browser, path: str = "/sections/policy") -> Form:
    """Open a page with a form in another tab."""
    return visit(browser, browser.home + path).form(path)


def save_in(browser: Browser, form: Form, code: str, **said: str) -> Response:
    """Save one question as htmx does, with the fields and the hidden ones that the tab's form holds.

    What the reply says of the revision is put into the form, as htmx does.
    """
    form.fields.update({f"{code}:{name}": value for name, value in said.items()})
    own = {name: value for name, value in form.fields.items() if name.startswith(f"{code}:")}
    reply = browser.post(
        f"{browser.home}/answers/{code}", own | {"form_key": form.fields["form_key"]}, htmx=True
    )
    if reply.status_code in {200, 409, 422}:
        form.fields[f"{code}:revision"] = found(
            rf'name="{re.escape(code)}:revision" value="(\d+)"', reply.text
        )
    return reply


def stands(browser: Browser, code: str = "P1.1") -> dict[str, str]:
    """What stands in the database for a question, as an export shows it."""
    answers = json.loads(browser.get(f"{browser.home}/export.json").text).get("answers", {})
    return {name: str(value) for name, value in answers.get(code, {}).items()}


def ever_said(browser: Browser, code: str) -> list[str]:
    """Every note that ever stood at a question, oldest first."""
    exported = json.loads(browser.get(f"{browser.home}/export.json").text)
    earlier = exported.get("earlier", {}).get(code, [])
    return [one.get("note", "") for one in [*earlier, exported["answers"][code]]]


# Two tabs


def test_a_tab_that_did_not_see_a_change_does_not_overwrite_it(amina: Browser) -> None:
    first, second = tab(amina), tab(amina)
    assert send(amina, first, {"P1.1:choice": "2", "P1.1:note": "From the first tab"}).status_code == 303
    refused = send(amina, second, {"P1.1:choice": "0", "P1.1:note": "From the second tab"})
    assert refused.status_code == 409
    page = read(refused)
    assert "This answer was changed in another window" in page.words
    # Both texts: what was saved, and in the fields what was typed here.
    assert "From the first tab" in page.words
    typed = page.form("/sections/policy").fields
    assert (typed["P1.1:choice"], typed["P1.1:note"]) == ("0", "From the second tab")
    assert stands(amina) == {"value": "2", "note": "From the first tab"}


def test_after_a_conflict_save_mine_saves_mine(amina: Browser) -> None:
    first, second = tab(amina), tab(amina)
    send(amina, first, {"P1.1:choice": "2"})
    refused = read(send(amina, second, {"P1.1:choice": "0"})).form("/sections/policy")
    assert ("onward", "stay") in refused.buttons
    assert send(amina, refused, button=("onward", "stay")).status_code == 303
    assert stands(amina) == {"value": "0"}


def test_after_a_conflict_a_fresh_page_shows_what_was_saved(amina: Browser) -> None:
    first, second = tab(amina), tab(amina)
    send(amina, first, {"P1.1:choice": "2"})
    assert "" in read(send(amina, second, {"P1.1:choice": "0"})).links
    assert tab(amina).fields["P1.1:choice"] == "2"


def test_a_conflict_in_one_question_does_not_keep_the_others_from_being_saved(amina: Browser) -> None:
    first, second = tab(amina), tab(amina)
    send(amina, first, {"P1.1:choice": "2"})
    refused = send(amina, second, {"P1.1:choice": "0", "P1.2:choice": "3"})
    assert refused.status_code == 409
    assert stands(amina, "P1.2") == {"value": "3"}


def test_htmx_gets_both_texts_too_and_can_save_its_own(amina: Browser) -> None:
    first, second = tab(amina), tab(amina)
    save_in(amina, first, "P1.1", choice="2", note="From the first tab")
    refused = save_in(amina, second, "P1.1", choice="0", note="From the second tab")
    assert refused.status_code == 409
    assert "From the first tab" in read(refused).words
    assert save_in(amina, second, "P1.1").status_code == 200
    assert stands(amina) == {"value": "0", "note": "From the second tab"}
    assert ever_said(amina, "P1.1") == ["From the first tab", "From the second tab"]


def test_what_a_tab_did_not_touch_is_not_put_back_to_what_it_was(amina: Browser) -> None:
    first, second = tab(amina), tab(amina)
    send(amina, first, {"P1.1:choice": "2"})
    assert send(amina, second, {"P1.2:choice": "3"}).status_code == 303
    assert stands(amina, "P1.1") == {"value": "2"}
    assert stands(amina, "P1.2") == {"value": "3"}


def test_two_tabs_that_say_the_same_are_no_conflict(amina: Browser) -> None:
    first, second = tab(amina), tab(amina)
    send(amina, first, {"P1.1:choice": "2"})
    assert send(amina, second, {"P1.1:choice": "2"}).status_code == 303


def test_a_tab_that_changed_its_mind_still_does_not_overwrite_what_it_never_saw(amina: Browser) -> None:
    save(amina, "policy", {"P1.1:choice": "1", "P1.1:note": "Before"})
    first, second = tab(amina), tab(amina)
    save_in(amina, first, "P1.1", note="From the first tab")
    # Typed and taken back: nothing of its own, and the page still shows the old note.
    assert save_in(amina, second, "P1.1", note="Before").status_code == 200
    assert save_in(amina, second, "P1.1", choice="3").status_code == 409
    assert stands(amina) == {"value": "1", "note": "From the first tab"}


PAGES = {
    "profile": ("/profile", {"fact:staff": "high"}, {"fact:staff": "none"}),
    "targets": ("/targets", {"raise:P1.1": "yes"}, {"raise:P1.2": "yes"}),
    "plan": ("/plan/actions/P1.1-1", {"note": "Here"}, {"note": "There"}),
}


@pytest.mark.parametrize(("path", "first_said", "second_said"), PAGES.values(), ids=PAGES)
def test_no_other_form_is_overwritten_unseen_either(
    amina: Browser, path: str, first_said: dict[str, str], second_said: dict[str, str]
) -> None:
    save(amina, "policy", {"P1.1:choice": "0"})
    amina.post(f"{amina.home}/plan")
    first, second = tab(amina, path), tab(amina, path)
    assert send(amina, first, first_said).status_code == 303
    refused = send(amina, second, second_said)
    assert refused.status_code == 409
    assert "changed in another window" in read(refused).words
    kept = read(refused).form(path)
    assert kept.fields.items() >= second_said.items()
    assert tab(amina, path).fields.items() >= first_said.items()
    assert send(amina, kept).status_code == 303
    assert tab(amina, path).fields.items() >= second_said.items()


# The same form twice


def test_the_same_section_sent_twice_is_one_change(amina: Browser, app: FastAPI) -> None:
    form = tab(amina)
    replies = {send(amina, form, {"P1.1:choice": "2"}).headers["location"] for _ in range(2)}
    assert len(replies) == 1
    assert ever_said(amina, "P1.1") == [""]
    assert count(app, Submission) == 1


def test_a_section_sent_again_after_a_later_change_changes_nothing_back(amina: Browser) -> None:
    form = tab(amina)
    send(amina, form, {"P1.1:choice": "2"})
    save(amina, "policy", {"P1.1:choice": "3"})
    assert send(amina, form, {"P1.1:choice": "2"}).status_code == 303
    assert stands(amina) == {"value": "3"}


def test_the_same_form_with_another_body_is_another_save(amina: Browser) -> None:
    form = tab(amina)
    send(amina, form, {"P1.1:choice": "2"})
    # Back, edited, sent again, before the page was loaded anew.
    assert send(amina, form, {"P1.1:choice": "3"}).status_code == 303
    assert stands(amina) == {"value": "3"}


def test_the_same_answer_sent_twice_by_htmx_is_one_change(amina: Browser) -> None:
    for _ in range(3):
        assert amina.answer("P1.1", "2", made_on=0, note="Once").status_code == 200
    assert ever_said(amina, "P1.1") == ["Once"]


def test_an_action_of_ones_own_sent_twice_is_one(amina: Browser) -> None:
    form = tab(amina, "/plan/new")
    for _ in range(2):
        assert send(amina, form, {"text": "Ask the children"}).status_code == 303
    assert visit(amina, f"{amina.home}/plan").html.count("<article") == 1


def test_a_file_taken_in_twice_begins_one_assessment(amina: Browser, app: FastAPI) -> None:
    exported = amina.get(f"{amina.home}/export.json").content
    key = tab_key(amina)

    def take_in(content: bytes) -> str:
        sent = {"data": {"form_key": key}, "files": {"file": ("a.json", content)}}
        return str(amina.client.post("/import", **sent, follow_redirects=False).headers["location"])

    assert take_in(exported) == take_in(exported)
    assert count(app, Assessment) == 2
    # The same page, but another file.
    take_in(exported.replace(b"Round of 2026", b"Round of 2027"))
    assert count(app, Assessment) == 3


def tab_key(browser: Browser) -> str:
    return visit(browser, "/import").form("/import").fields["form_key"]


@pytest.mark.parametrize(("path", "said", "_other"), PAGES.values(), ids=PAGES)
def test_no_other_form_sent_twice_is_two_changes(
    amina: Browser, app: FastAPI, path: str, said: dict[str, str], _other: dict[str, str]
) -> None:
    save(amina, "policy", {"P1.1:choice": "0"})
    amina.post(f"{amina.home}/plan")
    form = tab(amina, path)
    assert send(amina, form, said).status_code == 303
    rows = count(app, SealedRow)
    assert send(amina, form, said).status_code == 303
    assert count(app, SealedRow) == rows


# There and back again


def test_there_and_back_again_ends_where_it_began(amina: Browser) -> None:
    for choice in ("1", "2", "1"):
        assert save(amina, "policy", {"P1.1:choice": choice, "P1.1:note": choice}).status_code == 303
    assert stands(amina) == {"value": "1", "note": "1"}
    assert ever_said(amina, "P1.1") == ["1", "2", "1"]


def test_there_and_back_again_in_one_tab_ends_where_it_began(amina: Browser) -> None:
    form = tab(amina)
    for note in ("A", "B", "A"):
        assert save_in(amina, form, "P1.1", note=note).status_code == 200
    assert ever_said(amina, "P1.1") == ["A", "B", "A"]


def test_there_and_back_again_ends_where_it_began_even_when_a_reply_is_lost(amina: Browser) -> None:
    form = tab(amina)
    save_in(amina, form, "P1.1", choice="1", note="A")
    revision = form.fields["P1.1:revision"]
    save_in(amina, form, "P1.1", note="B")
    # The reply never came: the tab still stands on the revision before.
    form.fields["P1.1:revision"] = revision
    assert save_in(amina, form, "P1.1", note="A").status_code == 200
    assert stands(amina) == {"value": "1", "note": "A"}


def test_a_tab_whose_reply_was_lost_is_not_stopped_by_its_own_save(amina: Browser) -> None:
    form = tab(amina)
    save_in(amina, form, "P1.1", note="A")
    form.fields["P1.1:revision"] = "0"
    assert save_in(amina, form, "P1.1", note="AB").status_code == 200
    assert stands(amina)["note"] == "AB"


def test_a_tab_whose_reply_was_lost_is_still_stopped_by_anothers_save(amina: Browser) -> None:
    form, other = tab(amina), tab(amina)
    save_in(amina, form, "P1.1", note="A")
    other.fields["P1.1:revision"] = "1"
    save_in(amina, other, "P1.1", note="From another")
    form.fields["P1.1:revision"] = "0"
    assert save_in(amina, form, "P1.1", note="AB").status_code == 409


def test_a_tab_that_stands_on_a_revision_there_never_was_overwrites_nothing(amina: Browser) -> None:
    form = tab(amina)
    save_in(amina, form, "P1.1", note="Before")
    form.fields["P1.1:revision"] = "7"
    assert save_in(amina, form, "P1.1", note="After").status_code == 409


# What a reply tells


PROGRESS = re.compile(r'id="progress">\s*<span>([^<]*)</span>')


def test_progress_is_told_where_it_moves_and_not_otherwise(amina: Browser) -> None:
    form = tab(amina)
    said = [{"choice": "1"}, {"choice": "2"}, {"note": "More"}, {"choice": ""}, {"choice": "-unknown"}]
    told = [PROGRESS.findall(save_in(amina, form, "P1.1", **one).text) for one in said]
    assert told == [["1 of 6 answered"], [], [], ["0 of 6 answered"], ["1 of 6 answered"]]


def test_progress_is_told_to_a_tab_that_does_not_show_what_stood(amina: Browser) -> None:
    form, other = tab(amina), tab(amina)
    save_in(amina, form, "P1.1", choice="1")
    # The reply never came.
    form.fields["P1.1:revision"] = "0"
    assert PROGRESS.findall(save_in(amina, form, "P1.1", note="A").text) == ["1 of 6 answered"]
    assert PROGRESS.findall(save_in(amina, other, "P1.1", choice="2").text) == ["1 of 6 answered"]


def test_every_earlier_text_is_kept(amina: Browser) -> None:
    texts = [f"Text {number}" for number in range(5)]
    form = tab(amina)
    for text in texts:
        save_in(amina, form, "P1.1", note=text)
    assert ever_said(amina, "P1.1") == texts


# At once


@pytest.fixture
def second_tab(amina: Browser, open_browser: Callable[[], Browser]) -> Browser:
    """Amina once more, in a tab that sends by a connection of its own."""
    other = open_browser()
    other.client.headers.update(OWN_PAGE | {"Cookie": f"plumbline={amina.client.cookies['plumbline']}"})
    other.home = amina.home
    return other


def test_two_tabs_that_save_at_once_lose_nothing(amina: Browser, second_tab: Browser) -> None:
    tabs = {"one": (amina, tab(amina)), "two": (second_tab, tab(second_tab))}
    own = {"one": "P1.2", "two": "P1.3"}
    said_saved: dict[str, list[str]] = {"P1.1": [], "P1.2": [], "P1.3": []}
    conflicts = 0

    def save_both(name: str, number: int) -> list[tuple[str, str, Response]]:
        browser, form = tabs[name]
        texts = {code: f"{name} {number} {code}" for code in ("P1.1", own[name])}
        return [(code, text, save_in(browser, form, code, note=text)) for code, text in texts.items()]

    with ThreadPoolExecutor(2) as at_once:
        for number in range(TRIES):
            outcomes = [one for each in at_once.map(save_both, tabs, [number] * 2) for one in each]
            for code, text, reply in outcomes:
                assert reply.status_code in {200, 409}
                if reply.status_code == 200:
                    assert "Saved" in reply.text
                    said_saved[code].append(text)
                    continue
                # The reply holds the other's text; the tab's own still stands in its fields.
                conflicts += 1
                other = next(
                    said for where, said, answer in outcomes if where == code and answer is not reply
                )
                assert other in reply.text

    assert conflicts == TRIES
    history = {code: ever_said(amina, code) for code in said_saved}
    assert {code: sorted(texts) for code, texts in history.items()} == {
        code: sorted(texts) for code, texts in said_saved.items()
    }
    assert progress(amina) == (0, 53)
    assert [len(history[code]) for code in ("P1.1", "P1.2", "P1.3")] == [TRIES, TRIES, TRIES]
