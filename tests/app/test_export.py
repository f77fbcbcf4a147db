"""Taking an assessment out as a file, and bringing such a file in."""

import json
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import Response
from sqlmodel import select

from app.database import Session
from app.tables import Assessment, SealedRow
from tests.app.markup import read, send, visit
from tests.app.questionnaire import progress, save, set_profile
from tests.conftest import Browser, found

TEXT = "Zwei Zeilen\nund „mehr“, عربى, 🦉, <b>&amp;</b>, \\ \" ' \t."


def exported(browser: Browser) -> dict[str, Any]:
    file: dict[str, Any] = json.loads(browser.get(f"{browser.home}/export.json").text)
    return file


def bring_in(browser: Browser, content: bytes | str | dict[str, Any], key: str = "") -> Response:
    """Bring a file in by the form of its page."""
    text = json.dumps(content) if isinstance(content, dict) else content
    form = visit(browser, "/import").form("/import")
    assert form.enctype == "multipart/form-data"
    reply: Response = browser.client.post(
        form.action,
        data={"form_key": key or form.fields["form_key"]},
        files={"file": ("assessment.json", text, "application/json")},
        follow_redirects=False,
    )
    return reply


def without(file: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: part for name, part in file.items() if name not in names}


@pytest.fixture
def filled(amina: Browser) -> Browser:
    """Amina with something in every part: answers of each kind, texts, profile, targets, plan."""
    set_profile(amina, staff="high", online="some", partners="none")
    save(
        amina,
        "policy",
        {"P1.1:choice": "1", "P1.1:evidence": "2", "P1.1:note": TEXT, "P1.1:evidence_kept": TEXT},
    )
    save(
        amina,
        "policy",
        {"P1.2:choice": "-unknown", "P1.2:note": "Ask", "P1.3:note": "Only a note", "P2.1:choice": "2"},
    )
    save(amina, "policy-in-use", {"P4.3:choice": "-not-applicable", "P4.3:reason": TEXT, "P3.1:choice": "0"})
    save(amina, "help", {"R5.1:choice": "0", "R5.1:evidence": "0"})
    amina.post(f"{amina.home}/targets", {"raise:P2.1": "yes", "raise:H1.1": "yes"})
    amina.post(f"{amina.home}/plan")
    change(amina, "P1.1-2", text=TEXT, owner="Chair", status="doing", note=TEXT)
    change(amina, "P1.2-1", status="dropped", reason=TEXT)
    change(amina, "P2.1-3", status="done")
    new = visit(amina, f"{amina.home}/plan/new").form("/plan/new")
    send(amina, new, {"text": "Ask the children", "due": "2027-01-10", "effort_days": "0.5"})
    return amina


def change(browser: Browser, action: str, **fields: str) -> None:
    path = f"/plan/actions/{action}"
    assert send(browser, visit(browser, browser.home + path).form(path), fields).status_code == 303


# Out


def test_the_file_holds_all_that_was_entered(filled: Browser) -> None:
    file = exported(filled)
    assert file["organisation"] == "Harbour Children’s Club"
    assert file["title"] == "Round of 2026"
    assert file["profile"] == {"staff": "high", "online": "some", "partners": "none"}
    assert file["targets"] == {"P2.1": 3, "H1.1": 3}
    assert file["answers"]["P1.1"] == {"value": 1, "evidence": 2, "evidence_kept": TEXT, "note": TEXT}
    assert file["answers"]["P1.2"] == {"unknown": True, "note": "Ask"}
    assert file["answers"]["P1.3"] == {"note": "Only a note"}
    assert file["answers"]["P4.3"] == {"not_applicable": TEXT}
    actions = {action["text"]: action for action in file["plan"]["actions"]}
    assert actions[TEXT]["status"] == "doing"
    assert actions["Ask the children"]["due"] == "2027-01-10"
    assert actions["Ask the children"]["effort_days"] == 0.5


def test_the_file_says_which_edition_and_questionnaire_it_is_of(amina: Browser) -> None:
    assert without(exported(amina), "organisation", "title") == {
        "format": "plumbline-assessment",
        "format_version": 1,
        "exported_on": "2026-11-21",
        "framework": {"id": "ics-style", "version": "2026.1"},
        "questionnaire": {"id": "ics-style-full", "version": "1"},
    }


def test_earlier_texts_are_in_the_file_with_their_days(amina: Browser) -> None:
    for note in ("First", "Second", "Third"):
        save(amina, "policy", {"P1.1:note": note})
    assert exported(amina)["earlier"] == {
        "P1.1": [{"day": "2026-11-21", "note": "First"}, {"day": "2026-11-21", "note": "Second"}]
    }


def test_what_is_left_out_now_is_in_the_file_all_the_same(amina: Browser) -> None:
    save(amina, "help", {"R7.1:choice": "1"})
    set_profile(amina, partners="none")
    assert exported(amina)["answers"] == {"R7.1": {"value": 1}}


def test_before_the_download_it_is_said_that_the_file_is_not_sealed(amina: Browser) -> None:
    page = visit(amina, f"{amina.home}/export")
    assert "The file is not sealed" in page.words
    assert f"{amina.home}/export.json" in page.links


# And in again


def test_what_is_brought_in_gives_an_equal_file(filled: Browser) -> None:
    file = exported(filled)
    original = filled.home
    taken_in = bring_in(filled, file)
    filled.home = taken_in.headers["location"]
    assert filled.home != original
    copy = exported(filled)
    assert without(copy, "earlier") == without(file, "earlier")
    assert len(copy["plan"]["actions"]) > 8


def test_a_plan_is_brought_in_as_it_was_and_not_drafted_anew(filled: Browser) -> None:
    # A gap that is not in the plan yet, and one that is closed while its action was changed by hand.
    save(filled, "policy", {"P2.2:choice": "0", "P1.1:choice": "3"})
    file = exported(filled)
    filled.home = bring_in(filled, file).headers["location"]
    assert exported(filled)["plan"] == file["plan"]


def test_what_nobody_touched_in_a_plan_is_still_untouched_after_bringing_it_in(filled: Browser) -> None:
    filled.home = bring_in(filled, exported(filled)).headers["location"]
    save(filled, "policy-in-use", {"P3.1:choice": "2"})
    save(filled, "policy", {"P1.1:choice": "2"})
    filled.post(f"{filled.home}/plan")
    actions = {action["id"] for action in exported(filled)["plan"]["actions"]}
    assert "P3.1-1" not in actions
    assert "P1.1-2" in actions


def test_the_time_there_is_comes_along_and_makes_nothing_look_changed(filled: Browser) -> None:
    send(filled, visit(filled, f"{filled.home}/plan").form("/plan"), {"capacity": "0.5"})
    file = exported(filled)
    assert file["plan"]["capacity"] == 0.5
    filled.home = bring_in(filled, file).headers["location"]
    assert exported(filled)["plan"] == file["plan"]
    # With more time, what nobody touched falls due earlier.
    send(filled, visit(filled, f"{filled.home}/plan").form("/plan"), {"capacity": ""})
    due = {action["id"]: action["due"] for action in file["plan"]["actions"]}
    now = {action["id"]: action["due"] for action in exported(filled)["plan"]["actions"]}
    assert now["P3.1-1"] < due["P3.1-1"]
    assert now["P1.1-2"] == due["P1.1-2"]


def test_a_cleared_answer_leaves_nothing_to_bring_in(amina: Browser) -> None:
    save(amina, "policy", {"P1.1:choice": "1"})
    amina.answer("P1.1", "")
    assert "answers" not in exported(amina)


def test_a_reason_that_is_no_longer_one_is_not_lost(amina: Browser) -> None:
    amina.answer("P4.3", "2", reason="Only adults here")
    file = exported(amina)
    amina.home = bring_in(amina, file).headers["location"]
    page = visit(amina, f"{amina.home}/sections/policy-in-use").form("/sections/policy-in-use")
    assert page.fields["P4.3:reason"] == "Only adults here"
    assert page.fields["P4.3:choice"] == "2"


def test_a_quick_check_can_be_brought_in_too(bruno: Browser) -> None:
    save(bruno, "policy", {"P1.1:choice": "partly", "P2.1:choice": "-unknown"})
    file = exported(bruno)
    bruno.home = bring_in(bruno, file).headers["location"]
    assert exported(bruno) == file


def test_somebody_without_a_receipt_gets_one_for_what_they_bring_in(
    filled: Browser, stranger: Browser
) -> None:
    file = exported(filled)
    assert bring_in(stranger, file).headers["location"] == "/receipt"
    assert found(r'data-copy-text="([^"]+)"', stranger.get("/receipt").text) != filled.receipt
    stranger.home = stranger.post("/receipt", {"kept": "yes"}).headers["location"]
    assert without(exported(stranger), "earlier") == without(file, "earlier")


def test_what_somebody_has_already_is_not_touched(filled: Browser) -> None:
    before = exported(filled)
    bring_in(filled, before | {"title": "Another"})
    assert exported(filled) == before


def test_two_people_can_bring_in_the_same_file(amina: Browser, bruno: Browser) -> None:
    file = exported(amina)
    homes = {
        person.receipt: bring_in(person, file, key="the same form").headers["location"]
        for person in (amina, bruno)
    }
    assert len(set(homes.values())) == 2
    assert all(visit(person, homes[person.receipt]).heading for person in (amina, bruno))


# What cannot be brought in


def damaged(**changes: Any) -> dict[str, Any]:
    return {
        "format": "plumbline-assessment",
        "format_version": 1,
        "exported_on": "2026-11-21",
        "framework": {"id": "ics-style", "version": "2026.1"},
        "questionnaire": {"id": "ics-style-full", "version": "1"},
    } | changes


def with_action(**changes: Any) -> dict[str, Any]:
    return damaged(plan={"start": "2026-11-21", "actions": [ACTION | changes]})


ACTION = {"id": "own-1", "text": "Ask"}
ENDLESS = int("7" * 4000)
UNREADABLE = "This file cannot be read as an exported assessment."
NOT_HERE = "This file was made with a questionnaire that is not installed here."
UNFIT: dict[str, tuple[bytes | str | dict[str, Any], str]] = {
    "nothing": ("", UNREADABLE),
    "no JSON": ("Dear all", UNREADABLE),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\xff", UNREADABLE),
    "half a file": (json.dumps(damaged())[:-9], UNREADABLE),
    "no UTF-8": (b'{"format": "\xff"}', UNREADABLE),
    "half a pair": ('{"format": "\\ud800"}', UNREADABLE),
    "a list": ("[]", UNREADABLE),
    "deep lists": ("[" * 100_000, UNREADABLE),
    "deep objects": ('{"a":' * 100_000, UNREADABLE),
    "a deep answer": (damaged(answers={"P1.1": {"value": [[[[1]]]]}}), UNREADABLE),
    "another format": (damaged(format="something-else"), UNREADABLE),
    "a later version": (damaged(format_version=2), UNREADABLE),
    "a part too many": (damaged(extra=1), UNREADABLE),
    "another questionnaire": (damaged(questionnaire={"id": "other", "version": "1"}), NOT_HERE),
    "another version": (damaged(questionnaire={"id": "ics-style-full", "version": "9"}), NOT_HERE),
    "another edition": (damaged(framework={"id": "ics-style", "version": "1999.1"}), NOT_HERE),
    "a long name": (damaged(organisation="x" * 201), UNREADABLE),
    "a question we do not ask": (damaged(answers={"Z9.9": {"value": 1}}), "we do not ask: Z9.9"),
    "a level there is not": (damaged(answers={"P1.1": {"value": 4}}), "The answer to question P1.1"),
    "a level in words": (damaged(answers={"P1.1": {"value": "yes"}}), "The answer to question P1.1"),
    "a level as truth": (damaged(answers={"P1.1": {"value": True}}), UNREADABLE),
    "half a level": (damaged(answers={"P1.1": {"value": 1.5}}), "The answer to question P1.1"),
    "an endless level": (damaged(answers={"P1.1": {"value": ENDLESS}}), "question P1.1 cannot be taken"),
    "a level without end": ('{"answers": {"P1.1": {"value": ' + "7" * 5000 + "}}}", UNREADABLE),
    "evidence there is not": (damaged(answers={"P1.1": {"value": 1, "evidence": 5}}), "question P1.1 cannot"),
    "no reason": (damaged(answers={"P4.3": {"not_applicable": " "}}), "why this does not apply"),
    "a long note": (damaged(answers={"P1.1": {"note": "x" * 5001}}), "answers.P1.1.note"),
    "nought in a note": (damaged(answers={"P1.1": {"note": "a\x00b"}}), "answers.P1.1.note"),
    "a fact that is not asked": (damaged(profile={"weather": "high"}), "profile.weather"),
    "a fact in other words": (damaged(profile={"staff": "often"}), "profile.staff"),
    "a target that is none": (damaged(targets={"P1.1": 1}), "targets.P1.1"),
    "a target for nothing": (damaged(targets={"Z9.9": 3}), "targets.Z9.9"),
    "a plan at the end of time": (damaged(plan={"start": "9999-12-31"}), "plan.start"),
    "an action that no address leads to": (with_action(id="own-1/2"), "plan.actions.0.id"),
    "an action to do nothing": (with_action(text=" "), "plan.actions.own-1"),
    "a day that is not": (with_action(due="2027-02-30"), UNREADABLE),
    "an endless effort": (with_action(effort_days=1e300), "plan.actions.own-1"),
    "a state there is not": (with_action(status="postponed"), UNREADABLE),
    "dropped without a reason": (with_action(status="dropped"), "plan.actions.own-1"),
    "a step there is not": (with_action(indicator="P1.1", to=9), "plan.actions.own-1"),
    "a step of nothing": (with_action(indicator="Z9.9", to=1), "plan.actions.own-1"),
    "half a step": (with_action(indicator="P1.1"), "plan.actions.own-1"),
    "too many actions": (damaged(plan={"start": "2026-11-21", "actions": [ACTION] * 2001}), "plan.actions"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "told"), UNFIT.values(), ids=UNFIT)
def test_a_file_that_does_not_fit_is_refused_in_words_and_begins_nothing(
    stranger: Browser, app: FastAPI, content: bytes | str | dict[str, Any], told: str
) -> None:
    refused = bring_in(stranger, content)
    assert refused.status_code == 422
    page = read(refused)
    assert told in page.words
    assert page.heading == "Bring in an exported file"
    assert "file" in page.ids
    assert page.links.count("#file") == 1
    assert "set-cookie" not in refused.headers
    with Session(app.state.engine) as session:
        assert session.exec(select(Assessment)).all() == []
        assert session.exec(select(SealedRow)).all() == []


def test_no_file_at_all_is_said_to_be_none(stranger: Browser) -> None:
    form = visit(stranger, "/import").form("/import")
    # What a browser sends when no file was chosen.
    empty = {"file": ("", b"", "application/octet-stream")}
    refused = stranger.client.post("/import", data=form.fields, files=empty, follow_redirects=False)
    assert refused.status_code == 422


def test_the_same_action_twice_in_a_file_is_one(amina: Browser) -> None:
    action = {"id": "P1.1-2", "indicator": "P1.1", "to": 2, "tier": "high", "text": "Sign it"}
    file = damaged(plan={"start": "2026-11-21", "actions": [action, action]})
    amina.home = bring_in(amina, file).headers["location"]
    assert [one["text"] for one in exported(amina)["plan"]["actions"]] == ["Sign it"]


def test_a_file_that_fits_begins_with_just_what_it_holds(amina: Browser) -> None:
    amina.home = bring_in(amina, damaged(answers={"P1.1": {"value": 2}})).headers["location"]
    assert progress(amina) == (1, 53)
    assert visit(amina, amina.home).heading == "Full self-assessment"
