"""Rounds: closing one, starting the next, saying what is still true, moving to another edition."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.services.packs import Library
from app.settings import ROOT
from tests.app.markup import Page, read, send, visit
from tests.app.questionnaire import bring_in
from tests.conftest import Browser, Clock, found

YEAR = timedelta(days=365)
LEVEL = {"P": 2, "H": 1, "R": 3, "A": 0}
PROMISED = "The pastor keeps the signed papers in the vestry."


def say(code: str) -> dict[str, object]:
    """What the club says in its first round: a level by the standard, and evidence for some."""
    said: dict[str, object] = {"value": LEVEL[code[0]], "evidence": 2}
    return said | ({"note": PROMISED} if code == "P1.1" else {})


def say_of_eleven(code: str) -> dict[str, object]:
    return {"value": int(code.partition(".")[0].removeprefix("E")) % 4, "evidence": 1}


def rounds_of(browser: Browser) -> Page:
    return visit(browser, f"{browser.home}/rounds")


def close(browser: Browser) -> None:
    done = send(browser, visit(browser, f"{browser.home}/rounds/close").form("/rounds/close"))
    assert done.headers["location"] == f"{browser.home}/rounds?done=closed"


def start_next(browser: Browser, **changes: str) -> str:
    """Start this year's round; the address of the one before."""
    before = browser.home
    form = visit(browser, f"{before}/rounds/next").form("/rounds/next")
    browser.home = send(browser, form, changes).headers["location"]
    return before


def upgrade(browser: Browser, to: str = "ics-style-full", **changes: str) -> str:
    """Go on in a newer edition; the address of the round before."""
    before = browser.home
    form = visit(browser, f"{before}/rounds/upgrade?to={to}").form("/rounds/upgrade")
    done = send(browser, form, changes)
    browser.home = done.headers["location"].removesuffix("/rounds?done=upgraded")
    return before


@pytest.fixture
def closed(amina: Browser, app: FastAPI, clock: Clock) -> Browser:
    """Amina, with a first round in which everything is answered, and closed; a year has gone by."""
    bring_in(amina, app, say, profile={"online": "high"})
    close(amina)
    clock.pass_by(YEAR)
    amina.come_back()
    return amina


@pytest.fixture
def eleven(amina: Browser, app: FastAPI) -> Browser:
    """Amina, with an open round of the older edition, in which everything is answered."""
    bring_in(amina, app, say_of_eleven, "ics-style-eleven")
    return amina


# Closing


def test_a_closed_round_is_shown_as_it_was_on_its_day(closed: Browser) -> None:
    report = visit(closed, f"{closed.home}/report")
    assert "As of 21 November 2026." in report.words
    assert "This round was closed on 21 November 2026." in visit(closed, closed.home).words


@pytest.mark.parametrize("path", ["/sections/policy", "/profile", "/targets"])
def test_what_is_sent_to_a_closed_round_is_not_taken_and_is_kept_in_the_page(
    amina: Browser, app: FastAPI, path: str
) -> None:
    bring_in(amina, app, say)
    form = visit(amina, f"{amina.home}{path}").form(path)
    close(amina)
    typed = {"P1.1:note": "Two new colleagues have signed."} if path == "/sections/policy" else {}
    refused = send(amina, form, typed)
    assert refused.status_code == 409
    assert "It was closed on 21 November 2026" in refused.text
    for text in typed.values():
        assert text in refused.text
        assert text not in amina.get(f"{amina.home}/answers").text


def test_whoever_is_answering_while_it_is_closed_is_told_in_place(amina: Browser, app: FastAPI) -> None:
    bring_in(amina, app, say)
    close(amina)
    refused = amina.answer("P1.1", "0", made_on=1)
    assert refused.status_code == 409
    assert "closed on 21 November 2026" in refused.text
    assert 'name="P1.1:revision" value="1"' in refused.text


def test_closing_twice_keeps_the_first_day(amina: Browser, app: FastAPI, clock: Clock) -> None:
    bring_in(amina, app, say)
    form = visit(amina, f"{amina.home}/rounds/close").form("/rounds/close")
    send(amina, form)
    clock.pass_by(timedelta(days=1))
    amina.come_back()
    send(amina, form)
    assert "Closed on 21 November 2026" in rounds_of(amina).words
    assert amina.get(f"{amina.home}/rounds/close").status_code == 303


def test_the_plan_of_a_closed_round_goes_on(closed: Browser) -> None:
    send(closed, visit(closed, f"{closed.home}/plan").form("/plan"))
    assert 'id="action-' in closed.get(f"{closed.home}/plan").text


def test_the_questions_of_a_closed_round_are_shown_and_cannot_be_changed(closed: Browser) -> None:
    page = closed.get(f"{closed.home}/sections/policy").text
    assert '<fieldset class="stack" disabled>' in page
    assert "Save and go on" not in page


# The next round


def test_the_next_round_begins_with_nothing_answered_and_shows_what_was_said(closed: Browser) -> None:
    start_next(closed)
    assert "0 of" in visit(closed, closed.home).words
    assert "wait to be confirmed" in visit(closed, closed.home).words
    page = visit(closed, f"{closed.home}/sections/policy")
    assert "Last time, on 21 November 2026, you said In place" in page.words
    assert PROMISED in page.words
    report = visit(closed, f"{closed.home}/report")
    assert "There is nothing to report yet" in report.words


def test_one_answer_is_confirmed_with_everything_that_stood_beside_it(closed: Browser) -> None:
    start_next(closed)
    form = visit(closed, f"{closed.home}/sections/policy").form("/sections/policy")
    done = send(closed, form, button=("confirm", "P1.1"))
    assert done.headers["location"] == f"{closed.home}/sections/policy#question-P1.1"
    after = visit(closed, f"{closed.home}/sections/policy").form("/sections/policy").fields
    assert after["P1.1:choice"] == "2"
    assert after["P1.1:evidence"] == "2"
    assert after["P1.1:note"] == PROMISED
    assert after.get("P1.2:choice", "") == ""


def test_all_of_a_section_are_confirmed_but_those_that_were_answered_anew(closed: Browser) -> None:
    start_next(closed)
    form = visit(closed, f"{closed.home}/sections/policy").form("/sections/policy")
    send(closed, form, {"P1.2:choice": "0"}, ("confirm", "all"))
    after = visit(closed, f"{closed.home}/sections/policy")
    fields = after.form("/sections/policy").fields
    asked = [name for name in fields if name.endswith(":revision")]
    assert {fields[name.replace("revision", "choice")] for name in asked} == {"0", "2"}
    assert fields["P1.2:choice"] == "0"
    assert "still true" not in after.words.lower()


def test_enter_saves_and_confirms_nothing(closed: Browser) -> None:
    """It presses the first button of the form."""
    start_next(closed)
    form = visit(closed, f"{closed.home}/sections/policy").form("/sections/policy")
    send(closed, form, {"P1.2:choice": "0"})
    assert (closed.revision("P1.1"), closed.revision("P1.2")) == (0, 1)


def test_pressing_still_true_twice_says_it_once(closed: Browser) -> None:
    start_next(closed)
    form = visit(closed, f"{closed.home}/sections/policy").form("/sections/policy")
    for _again in range(2):
        assert send(closed, form, button=("confirm", "P1.1")).status_code == 303
    assert closed.revision("P1.1") == 1


def test_a_question_that_is_not_of_the_section_confirms_nothing(closed: Browser) -> None:
    start_next(closed)
    form = visit(closed, f"{closed.home}/sections/policy").form("/sections/policy")
    closed.post(form.action, form.fields | {"confirm": "A1.1"})
    assert closed.revision("A1.1") == 0


def test_two_who_start_this_years_round_at_once_start_the_same(
    closed: Browser, open_browser: Callable[[], Browser]
) -> None:
    colleague = open_browser()
    colleague.come_back(closed.receipt)
    form = visit(closed, f"{closed.home}/rounds/next").form("/rounds/next")
    first, second = send(closed, form, {"title": "Ours"}), send(colleague, form, {"title": "Theirs"})
    assert first.headers["location"] == second.headers["location"]
    assert rounds_of(closed).words.count("Round 2") == 1


def test_a_round_that_is_open_is_followed_by_none(amina: Browser) -> None:
    assert amina.get(f"{amina.home}/rounds/next").status_code == 303
    refused = amina.post(f"{amina.home}/rounds/next", {"title": "Too early"})
    assert refused.status_code == 422
    assert "Close it first" in refused.text


def test_the_name_of_the_next_round_has_this_years_number(closed: Browser) -> None:
    closed.post(f"{closed.home}/name", {"organisation": "Harbour Club", "title": "Round of 2026"})
    form = visit(closed, f"{closed.home}/rounds/next").form("/rounds/next")
    assert form.fields["title"] == "Round of 2027"


def test_the_list_shows_the_newest_round_of_each_line(closed: Browser) -> None:
    start_next(closed, title="The second")
    page = visit(closed, "/assessments").words
    assert "The second" in page
    assert "1 earlier round" in page


# Another edition


def test_an_upgrade_shows_every_indicator_of_both_editions_once(eleven: Browser, app: FastAPI) -> None:
    html = eleven.get(f"{eleven.home}/rounds/upgrade?to=ics-style-full").text
    for questionnaire in ("ics-style-eleven", "ics-style-full"):
        for code in app.state.library.offer(questionnaire).framework.indicators:
            shown = html.count(f'<span class="question-number">{code}</span>') + html.count(f"<li>{code} ")
            assert shown == 1, code


def test_an_upgrade_sets_the_older_version_aside_and_can_be_undone(eleven: Browser) -> None:
    before = upgrade(eleven)
    assert eleven.home != before
    assert "this one is set aside" in visit(eleven, before).words
    refused = eleven.post(f"{before}/answers/E1.1", {"E1.1:choice": "3", "E1.1:revision": "1"}, htmx=True)
    assert refused.status_code == 409
    form = rounds_of(eleven).form("/rounds/back")
    assert send(eleven, form).headers["location"] == f"{before}/rounds?done=back"
    assert "this one is set aside" in visit(eleven, eleven.home).words
    assert (
        eleven.post(
            f"{before}/answers/E1.1", {"E1.1:choice": "3", "E1.1:revision": "1"}, htmx=True
        ).status_code
        == 200
    )


def test_what_was_answered_in_the_newer_edition_is_there_after_going_back_and_forth(eleven: Browser) -> None:
    before = upgrade(eleven)
    newer = eleven.home
    eleven.answer("P1.1", "3")
    send(eleven, rounds_of(eleven).form("/rounds/back"))
    eleven.home = before
    upgrade(eleven)
    assert eleven.home == newer
    assert eleven.revision("P1.1") == 1


def test_an_answer_is_confirmed_as_it_is_only_where_the_meaning_is_the_same_or_is_said_to_be(
    eleven: Browser, app: FastAPI
) -> None:
    links = app.state.library.offer("ics-style-full").framework.earlier[0].links
    ticked = next(place for place, link in enumerate(links) if "E8.1" in link.from_)
    upgrade(eleven, **{f"means:{ticked}": "yes"})
    assert "Still true" in eleven.get(eleven.section_of("P4.1")).text
    for code, waits in {"P4.1": True, "H4.1": True, "H1.4": False, "R1.1": False}.items():
        page = eleven.get(eleven.section_of(code)).text
        assert (f'name="confirm" value="{code}"' in page) == waits, code
        assert "Last time, on" in page


def test_an_upgrade_that_is_confirmed_twice_is_made_once(eleven: Browser) -> None:
    form = visit(eleven, f"{eleven.home}/rounds/upgrade?to=ics-style-full").form("/rounds/upgrade")
    first, second = send(eleven, form), send(eleven, form)
    assert first.headers["location"] == second.headers["location"]


def test_an_upgrade_from_a_page_of_before_the_pack_was_changed_asks_again(eleven: Browser) -> None:
    form = visit(eleven, f"{eleven.home}/rounds/upgrade?to=ics-style-full").form("/rounds/upgrade")
    stale = eleven.post(form.action, form.fields | {"pinned": "another"})
    assert stale.status_code == 409
    assert "was replaced while this page was open" in stale.text
    assert eleven.answer("E1.1", "3").status_code == 200


def test_the_next_round_can_begin_in_the_newer_edition_and_go_back_to_the_one_before(
    eleven: Browser, clock: Clock
) -> None:
    close(eleven)
    clock.pass_by(YEAR)
    eleven.come_back()
    form = visit(eleven, f"{eleven.home}/rounds/next").form("/rounds/next")
    page = send(eleven, form, {"edition": "ics-style-full", "title": "The second"})
    assert page.status_code == 200
    done = send(eleven, read(page).form("/rounds/upgrade"))
    eleven.home = done.headers["location"].removesuffix("/rounds?done=upgraded")
    assert "The second" in visit(eleven, eleven.home).words
    back = send(eleven, rounds_of(eleven).form("/rounds/back"))
    eleven.home = back.headers["location"].removesuffix("/rounds?done=back")
    assert "Still true" in eleven.get(eleven.section_of("E1.1")).text
    assert "Round 2 in edition 2026.1" in rounds_of(eleven).words


def test_there_is_nothing_to_upgrade_to_from_the_newest(amina: Browser) -> None:
    assert amina.get(f"{amina.home}/rounds/upgrade?to=ics-style-full").status_code == 404
    assert "newer edition" not in rounds_of(amina).words


def test_what_was_said_about_where_children_are_met_comes_along(closed: Browser) -> None:
    start_next(closed)
    assert visit(closed, f"{closed.home}/profile").form("/profile").fields["fact:online"] == "high"


def test_rounds_of_an_edition_that_was_withdrawn_open_are_finished_and_followed(
    eleven: Browser, app: FastAPI, clock: Clock
) -> None:
    app.state.library = Library([])
    assert eleven.answer("E1.1", "3").status_code == 200
    assert visit(eleven, f"{eleven.home}/report").heading == "Gap report"
    close(eleven)
    clock.pass_by(YEAR)
    eleven.come_back()
    start_next(eleven)
    assert "Still true" in eleven.get(eleven.section_of("E1.1")).text


def test_a_round_that_is_put_under_another_questionnaire_does_not_open_once_closed(
    closed: Browser, bruno: Browser, app: FastAPI
) -> None:
    quick = app.state.library.offer("ics-style-quick").questionnaire_hash
    assert bruno.home
    with app.state.engine.begin() as connection:
        named = (quick, closed.home.removeprefix("/assessments/"))
        connection.exec_driver_sql("UPDATE assessment SET questionnaire_hash = ? WHERE id = ?", named)
    altered = closed.get(f"{closed.home}/report")
    assert altered.status_code == 500
    assert "A part of this assessment does not open" in altered.text


def test_an_edition_of_ones_own_that_was_changed_under_its_name_is_an_edition_to_move_to(
    stranger: Browser, app: FastAPI, tmp_path: Path
) -> None:
    own = shutil.copytree(ROOT / "docs/first-pack", tmp_path / "packs")
    app.state.library = Library.installed(own)
    stranger.start("club-night-full")
    for code in ("B1", "B2"):
        assert stranger.answer(code, "2").status_code == 200
    [edition] = own.glob("standards/*/*.yaml")
    as_it_was = edition.read_text(encoding="utf-8")
    statement = app.state.library.offer("club-night-full").framework.indicators["B1"].statement
    edition.write_text(as_it_was.replace(str(statement), "We count everybody, twice."), encoding="utf-8")
    app.state.library = Library.installed(own)
    assert "There is a newer edition" in rounds_of(stranger).words
    first = upgrade(stranger, "club-night-full")
    page = stranger.get(stranger.section_of("B1")).text
    assert {code: f'name="confirm" value="{code}"' in page for code in ("B1", "B2")} == {
        "B1": False,
        "B2": True,
    }
    close(stranger)
    compared = stranger.get(f"{stranger.home}/changes?from={first.rpartition('/')[2]}")
    assert compared.status_code == 404, "a version that is set aside is no round to compare with"


def test_where_the_version_that_counted_is_deleted_the_other_can_go_on(eleven: Browser) -> None:
    before = upgrade(eleven)
    eleven.post(f"{eleven.home}/delete", {"word": "DELETE"})
    eleven.home = before
    assert send(eleven, rounds_of(eleven).form("/rounds/back")).status_code == 303
    assert eleven.answer("E1.1", "3").status_code == 200


# Whose it is


def test_nobody_else_finds_any_page_of_the_rounds(closed: Browser, bruno: Browser) -> None:
    for path in ("", "/close", "/next", "/upgrade?to=ics-style-full"):
        assert bruno.get(f"{closed.home}/rounds{path}").status_code == 404
    for path in ("/close", "/next", "/upgrade", "/back"):
        assert bruno.post(f"{closed.home}/rounds{path}").status_code == 404


def test_thirty_rounds_fit_on_one_page(closed: Browser) -> None:
    for _year in range(29):
        start_next(closed)
        close(closed)
    page = rounds_of(closed).words
    assert all(f"Round {number}" in page for number in range(1, 31))
    assert found(r"(\d+) earlier rounds", closed.get("/assessments").text) == "29"
