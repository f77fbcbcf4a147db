"""What looks like a child's details: saved first, then warned of; kept, or taken out of all that was said."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.settings import Settings
from app.vault.rows import Revision
from tests.app.markup import Form, Page, read, send, visit
from tests.app.questionnaire import save
from tests.app.test_rounds import YEAR, close, start_next
from tests.conftest import Browser, Clock, Lines

Revisions = Callable[[Browser], Mapping[str, list[Revision]]]

NAME, PHONE = "Kingfisher Quay", "07700 900123"
GIVEN = "Kingfisher"
NOTE = f"The girl {NAME} waited alone. {GIVEN} rang {PHONE}."
LEFT = f"The girl [taken out] waited alone. [taken out] rang {PHONE}."
SECTION = "/sections/policy"
OUT, KEEP = ("take_out", f"question:P1.1 note {NAME}"), ("keep", f"question:P1.1 note {NAME}")


def section(browser: Browser) -> Page:
    return visit(browser, browser.home + SECTION)


def form_of(browser: Browser) -> Form:
    return section(browser).form(SECTION)


def write(browser: Browser, note: str = NOTE, **fields: str) -> None:
    """Write a note to the first question, as somebody does without JavaScript."""
    changes = {f"P1.1:{name}": value for name, value in fields.items()}
    assert save(browser, "policy", {"P1.1:choice": "2", "P1.1:note": note} | changes).status_code == 303


def press(browser: Browser, button: tuple[str, str], changes: Mapping[str, str] | None = None) -> str:
    """Press a button of the section's page; where it leads."""
    done = send(browser, form_of(browser), changes, button)
    assert done.status_code == 303
    return str(done.headers["location"])


def note_of(browser: Browser) -> str:
    return form_of(browser).fields["P1.1:note"]


def warnings(page: Page) -> list[tuple[str, str]]:
    """The buttons that stand beside texts."""
    return [button for form in page.forms for button in form.buttons if button[0] in {"take_out", "keep"}]


def on_disk(settings: Settings) -> bytes:
    return b"".join(path.read_bytes() for path in Path(settings.data).iterdir())


def blobs(app: FastAPI) -> set[bytes]:
    """Every sealed row as it is stored."""
    with app.state.engine.connect() as connection:
        return {blob for (blob,) in connection.exec_driver_sql("SELECT blob FROM sealed_row")}


# Saved first, then warned of


def test_a_text_is_saved_first_and_the_warning_stands_beside_it(amina: Browser) -> None:
    write(amina)
    page = section(amina)
    assert page.form(SECTION).fields["P1.1:note"] == NOTE
    assert f"This looks like a child’s name: {NAME}" in page.words
    assert f"This looks like a telephone number: {PHONE}" in page.words
    assert OUT in page.form(SECTION).buttons
    assert KEEP in page.form(SECTION).buttons


def test_enter_presses_the_button_that_saves_and_none_that_takes_out(amina: Browser) -> None:
    """The first button of a form is the one that Enter presses."""
    write(amina)
    assert form_of(amina).buttons[0] == ("", "")


def test_htmx_gets_the_warning_with_the_state_and_an_empty_place_once_it_is_gone(amina: Browser) -> None:
    place = '<hx-partial hx-target="[id=\'care-P1.1-note\']" hx-swap="innerMorph">'
    saved = amina.answer("P1.1", "2", note=NOTE)
    assert saved.status_code == 200
    assert f"This looks like a child’s name: {NAME}" in read(saved).words
    assert place in saved.text
    mended = amina.answer("P1.1", "2", note="A girl waited alone.")
    assert f"{place}</hx-partial>" in mended.text


def test_a_reply_warns_of_what_it_changed_and_of_all_where_the_reply_before_was_lost(amina: Browser) -> None:
    amina.answer("P1.1", "2", note=NOTE, evidence_kept="On the shelf")
    unchanged = amina.answer("P1.1", "3", note=NOTE, evidence_kept="On the shelf")
    assert "id='care-" not in unchanged.text
    elsewhere = amina.answer("P1.1", "3", note=NOTE, evidence_kept=f"With {NAME}, aged 9")
    assert "id='care-P1.1-evidence_kept'" in elsewhere.text
    assert "id='care-P1.1-note'" not in elsewhere.text
    again = amina.answer("P1.1", "3", made_on=2, note=NOTE, evidence_kept=f"With {NAME}, aged 9")
    assert {"note", "evidence_kept"} <= set(re.findall(r"id='care-P1.1-(\w+)'", again.text))
    assert read(again).words.count(f"This looks like a child’s name: {NAME}") == 2


@pytest.mark.parametrize("field", ["note", "evidence_kept", "reason"])
def test_every_text_of_a_question_is_looked_at(amina: Browser, field: str) -> None:
    texts = {"note": "", "reason": "We have no office.", field: NOTE}
    save(
        amina,
        "policy-in-use",
        {f"P4.3:{name}": text for name, text in texts.items()} | {"P4.3:choice": "-not-applicable"},
    )
    page = visit(amina, f"{amina.home}/sections/policy-in-use")
    assert {value.split(" ")[:2][1] for _name, value in warnings(page)} == {field}


def test_innocent_texts_are_left_alone(amina: Browser) -> None:
    write(amina, "The Child Protection Officer keeps it; see the Children Act.")
    assert warnings(section(amina)) == []


def test_there_is_no_warning_of_what_was_not_saved(amina: Browser) -> None:
    """After a refusal the page holds what was typed; what is not saved is not to be taken out."""
    refused = save(amina, "policy", {"P1.1:choice": "2", "P1.1:note": NOTE * 100})
    assert refused.status_code == 422
    assert warnings(read(refused)) == []


# Keep


def test_what_is_kept_does_not_warn_again_in_that_field(amina: Browser) -> None:
    write(amina)
    assert press(amina, KEEP) == f"{amina.home}{SECTION}#question-P1.1"
    page = section(amina)
    assert page.form(SECTION).fields["P1.1:note"] == NOTE
    assert {value.split(" ", 2)[2] for _name, value in warnings(page)} == {PHONE}


def test_what_is_kept_warns_in_another_field_and_another_passage_warns_in_the_same(amina: Browser) -> None:
    write(amina)
    press(amina, KEEP)
    write(amina, f"{NOTE} The boy Bruno helped.", evidence_kept=f"With the girl {NAME}")
    assert {value for name, value in warnings(section(amina)) if name == "keep"} == {
        f"question:P1.1 evidence_kept {NAME}",
        f"question:P1.1 note {PHONE}",
        "question:P1.1 note Bruno",
    }


def test_what_is_kept_lies_sealed(amina: Browser, settings: Settings) -> None:
    write(amina)
    press(amina, KEEP)
    assert GIVEN.encode() not in on_disk(settings)


# Taking out


def test_what_is_taken_out_stands_in_no_revision_and_on_no_page(
    amina: Browser, app: FastAPI, revisions: Revisions
) -> None:
    write(amina, f"Nobody was with {GIVEN} then.")
    write(amina)
    write(amina, f"{NOTE} Twice.")
    assert press(amina, OUT) == f"{amina.home}{SECTION}#question-P1.1"
    assert note_of(amina) == f"{LEFT} Twice."
    history = revisions(amina)
    assert GIVEN not in repr([one.data for each in history.values() for one in each])
    notes = [one.data["note"] for one in history["notes question:P1.1"]]
    assert notes == ["[taken out]", "[taken out]", "[taken out]", f"{LEFT} Twice."]
    for page in (SECTION, "/answers", "/report", "/export.json", ""):
        assert GIVEN not in amina.get(amina.home + page).text


def test_what_else_was_said_and_by_whom_and_when_stays(
    amina: Browser, clock: Clock, revisions: Revisions
) -> None:
    write(amina, evidence_kept="In the office")
    before = revisions(amina)
    clock.pass_by(timedelta(hours=12))
    amina.come_back()
    clock.pass_by(timedelta(hours=12))
    amina.come_back()
    press(amina, OUT)
    after = revisions(amina)
    for label in ("answers", "notes"):
        was, now = before[f"{label} question:P1.1"], after[f"{label} question:P1.1"]
        assert [(one.revision, one.author, one.day, one.form) for one in now[:-1]] == [
            (one.revision, one.author, one.day, one.form) for one in was
        ]
        assert now[-1].day == clock().date()
    assert [one.data["evidence_kept"] for one in after["notes question:P1.1"]] == ["In the office"] * 2
    assert [one.data["value"] for one in after["answers question:P1.1"]] == [2, 2]


def test_the_old_bytes_are_in_no_file_any_more(amina: Browser, app: FastAPI, settings: Settings) -> None:
    write(amina, NOTE * 20)
    before = blobs(app)
    press(amina, OUT)
    gone = before - blobs(app)
    assert gone
    left = on_disk(settings)
    for blob in gone:
        assert not any(blob[start : start + 32] in left for start in range(0, len(blob) - 31, 32))


def test_what_is_typed_beside_is_saved_before(amina: Browser) -> None:
    write(amina)
    press(amina, OUT, {"P1.1:note": f"{NOTE} And home.", "P1.2:choice": "1"})
    assert note_of(amina) == f"{LEFT} And home."
    assert form_of(amina).fields["P1.2:choice"] == "1"


def test_what_was_typed_away_already_goes_from_the_earlier_revisions(
    amina: Browser, revisions: Revisions
) -> None:
    write(amina)
    press(amina, OUT, {"P1.1:note": "Nobody."})
    assert [one.data["note"] for one in revisions(amina)["notes question:P1.1"]] == ["[taken out]", "Nobody."]


def test_what_was_never_found_there_is_not_taken_out(amina: Browser, revisions: Revisions) -> None:
    write(amina)
    form = form_of(amina)
    fields = form.fields | {"take_out": "question:P1.1 note waited alone"}
    assert amina.post(form.action, fields).status_code == 303
    assert [one.data["note"] for one in revisions(amina)["notes question:P1.1"]] == [NOTE]


def test_pressing_twice_takes_out_once(amina: Browser, revisions: Revisions) -> None:
    write(amina)
    form = form_of(amina)
    for _time in range(2):
        done = send(amina, form, button=OUT)
        assert done.headers["location"] == f"{amina.home}{SECTION}#question-P1.1"
    assert len(revisions(amina)["notes question:P1.1"]) == 2
    assert note_of(amina) == LEFT


def test_a_page_from_before_cannot_bring_it_back_in_silence(amina: Browser, revisions: Revisions) -> None:
    write(amina)
    before = form_of(amina)
    press(amina, OUT)
    refused = send(amina, before, {"P1.2:choice": "1"})
    assert refused.status_code == 409
    assert "This answer was changed in another window" in refused.text
    assert note_of(amina) == LEFT
    assert form_of(amina).fields["P1.2:choice"] == "1"


def test_the_button_does_nothing_while_something_is_in_the_way(amina: Browser) -> None:
    write(amina)
    refused = send(amina, form_of(amina), {"P1.2:note": "far too long" * 500}, OUT)
    assert refused.status_code == 422
    assert note_of(amina) == NOTE


def test_the_page_of_a_form_that_htmx_saved_from_cannot_bring_it_back_either(amina: Browser) -> None:
    """The same form saved the text, and took it out: what it sends later from the page that is gone."""
    form = form_of(amina)
    fields = form.filled({"P1.1:choice": "2", "P1.1:note": NOTE})
    assert amina.post(f"{amina.home}/answers/P1.1", fields, htmx=True).status_code == 200
    assert amina.post(form.action, fields | dict([OUT])).status_code == 303
    late = amina.post(f"{amina.home}/answers/P1.1", fields | {"P1.1:revision": "1"}, htmx=True)
    assert late.status_code == 409
    assert note_of(amina) == LEFT


def test_what_was_kept_and_is_taken_out_after_all_is_not_remembered(
    amina: Browser, revisions: Revisions
) -> None:
    write(amina)
    press(amina, ("keep", f"question:P1.1 note {PHONE}"))
    write(amina, f"The girl {NAME} waited alone.")
    press(amina, OUT)
    kept = revisions(amina)["notes kept:question:P1.1 note"]
    assert [one.data for one in kept] == [[]]


# Rounds


def test_it_works_in_a_closed_round_and_in_its_copy(
    amina: Browser, app: FastAPI, revisions: Revisions
) -> None:
    write(amina)
    close(amina)
    page = section(amina)
    done = send(amina, page.form("/care"), button=OUT)
    assert done.headers["location"] == f"{amina.home}{SECTION}#question-P1.1"
    shown = section(amina)
    assert LEFT in shown.html
    assert "This round was closed" in shown.words
    assert GIVEN not in repr([one.data for each in revisions(amina).values() for one in each])
    assert revisions(amina)["notes closed"][0].data["P1.1"]["note"] == LEFT
    assert len(revisions(amina)["notes closed"]) == 1


def test_a_closed_round_takes_nothing_else_on_that_way(amina: Browser) -> None:
    write(amina)
    close(amina)
    amina.post(f"{amina.home}/care", dict([OUT]) | {"P1.1:choice": "0", "P1.1:revision": "1"})
    assert "choice-2" not in section(amina).form(SECTION).fields
    assert form_of(amina).fields["P1.1:choice"] == "2"


def test_what_was_carried_along_is_warned_of_and_taken_out_too(
    amina: Browser, clock: Clock, revisions: Revisions
) -> None:
    write(amina)
    close(amina)
    clock.pass_by(YEAR)
    amina.come_back()
    before = start_next(amina)
    button = ("take_out", f"carried:P1.1 0-note {NAME}")
    assert button in form_of(amina).buttons
    assert press(amina, button) == f"{amina.home}{SECTION}#question-P1.1"
    assert GIVEN not in repr([one.data for each in revisions(amina).values() for one in each])
    press(amina, ("confirm", "P1.1"))
    assert note_of(amina) == LEFT
    assert NOTE in amina.get(before + SECTION).text, "another round is another assessment"


def test_what_was_confirmed_and_is_then_taken_out_goes_from_what_was_carried_along(
    amina: Browser, clock: Clock, revisions: Revisions
) -> None:
    write(amina)
    close(amina)
    clock.pass_by(YEAR)
    amina.come_back()
    start_next(amina)
    press(amina, ("confirm", "P1.1"))
    press(amina, OUT)
    assert GIVEN not in repr([one.data for each in revisions(amina).values() for one in each])
    assert GIVEN not in section(amina).html


# The plan


@pytest.fixture
def plan(amina: Browser) -> str:
    """The address of an action in Amina's plan that names a child."""
    form = visit(amina, f"{amina.home}/plan/new").form("/plan/new")
    done = send(amina, form, {"text": f"Walk home with the girl {NAME}", "note": NOTE})
    return f"{amina.home}/plan/actions/{done.headers['location'].partition('#action-')[2]}"


def test_an_action_is_warned_of_on_the_plan_and_taken_out_there(
    amina: Browser, plan: str, revisions: Revisions
) -> None:
    id_ = plan.rpartition("/")[2]
    page = visit(amina, f"{amina.home}/plan")
    assert f"What is to be done This looks like a child’s name: {NAME}" in page.words
    for field in ("text", "note"):
        form = visit(amina, f"{amina.home}/plan").form("/care")
        done = send(amina, form, button=("take_out", f"action:{id_} {field} {NAME}"))
        assert done.headers["location"] == f"{amina.home}/plan#action-{id_}"
    assert GIVEN not in visit(amina, f"{amina.home}/plan").html
    assert GIVEN not in repr([one.data for each in revisions(amina).values() for one in each])


@pytest.mark.parametrize("htmx", [False, True])
def test_where_an_action_is_changed_what_is_typed_is_saved_before(
    amina: Browser, plan: str, htmx: bool
) -> None:
    form = visit(amina, plan).form(plan)
    fields = form.filled({"owner": "the coach"}) | {
        "take_out": f"action:{plan.rpartition('/')[2]} text {NAME}"
    }
    done = amina.post(plan, fields, htmx=htmx)
    assert done.headers["location"] == plan
    after = visit(amina, plan).form(plan).fields
    assert after["text"] == "Walk home with the girl [taken out]"
    assert after["owner"] == "the coach"


# Whoever has nothing to do with it


@pytest.mark.parametrize("button", ["take_out", "keep"])
@pytest.mark.parametrize(
    "value",
    [
        f"question:Q9 note {NAME}",
        f"question:P1.1 value {NAME}",
        f"question:P1.1 answer {NAME}",
        f"action:nothing note {NAME}",
        f"carried:P1.1 0-prompt {NAME}",
        f"carried:P1.1 {NAME}",
        f"closed:P1.1 note {NAME}",
        "name:title title Harbour",
        NAME,
    ],
)
def test_a_text_that_there_is_not_is_not_found_and_nothing_is_saved(
    amina: Browser, button: str, value: str
) -> None:
    write(amina)
    fields = form_of(amina).filled({"P1.1:note": "Another text."}) | {button: value}
    for address in (SECTION, "/care"):
        assert amina.post(amina.home + address, fields).status_code == 404
    assert note_of(amina) == NOTE


def test_nobody_else_finds_it(amina: Browser, bruno: Browser, stranger: Browser) -> None:
    write(amina)
    assert bruno.post(f"{amina.home}/care", dict([OUT])).status_code == 404
    assert stranger.post(f"{amina.home}/care", dict([OUT])).status_code == 401
    assert note_of(amina) == NOTE


def test_nothing_of_it_is_in_the_log(amina: Browser, log: Lines) -> None:
    write(amina)
    press(amina, ("keep", f"question:P1.1 note {PHONE}"))
    press(amina, OUT)
    amina.post(f"{amina.home}/care", {"take_out": f"question:Q9 note {NAME}"})
    said = "\n".join(log.lines)
    assert "/assessments/{assessment_id}/care" in said
    assert GIVEN not in said
    assert PHONE not in said
