"""Two people on one page: each hears of the other's saved answers, and nobody's words are lost."""

from concurrent.futures import ThreadPoolExecutor

from httpx import Response

from tests.app.markup import Form, read, send, visit
from tests.app.talk.cast import CARLA, DARA, page_of, words
from tests.conftest import Browser, found

RELOAD = "Load the page again to see it."


def opens(browser: Browser, section: str = "policy") -> Form:
    """Open a section's page."""
    return visit(browser, f"{browser.home}/sections/{section}").form(f"/sections/{section}")


def saves(browser: Browser, form: Form, code: str, **said: str) -> Response:
    """Save one question as the script does: its own fields, the form's key, every question's revision."""
    form.fields.update({f"{code}:{name}": value for name, value in said.items()})
    sent = {
        name: value
        for name, value in form.fields.items()
        if name.startswith(f"{code}:") or name.endswith(":revision") or name == "form_key"
    }
    reply = browser.post(f"{browser.home}/answers/{code}", sent, htmx=True)
    form.fields[f"{code}:revision"] = found(rf'name="{code}:revision" value="(\d+)"', reply.text)
    return reply


def told(reply: Response) -> list[str]:
    """The questions that a reply says something of beside the one that was saved."""
    parts = reply.text.split("<hx-partial")[1:]
    return [found(r"id='meanwhile-([\w.]+)'", part) for part in parts if "meanwhile" in part]


# Told


def test_the_reply_to_a_save_tells_what_another_has_saved_meanwhile(carla: Browser, dara: Browser) -> None:
    page = opens(carla)
    dara.answer("P1.2", "3", note="Seen only after loading")
    reply = saves(carla, page, "P1.1", choice="1")
    assert told(reply) == ["P1.2"]
    assert f"Changed meanwhile by {DARA}: Embedded. {RELOAD}" in words(reply)
    assert "Seen only after loading" not in reply.text


def test_progress_is_told_with_what_another_has_answered_meanwhile(carla: Browser, dara: Browser) -> None:
    page = opens(carla)
    saves(carla, page, "P1.1", choice="1")
    dara.answer("P1.2", "3")
    assert "2 of 6 answered" in words(saves(carla, page, "P1.1", choice="2"))


def test_everything_that_was_changed_on_the_page_is_told_and_nothing_of_other_pages(
    carla: Browser, dara: Browser
) -> None:
    page = opens(carla)
    for code in ("P1.3", "P1.2", "H1.1"):
        dara.answer(code, "0")
    assert told(saves(carla, page, "P1.1", choice="1")) == ["P1.2", "P1.3"]


def test_what_is_told_touches_neither_the_fields_nor_the_revision(carla: Browser, dara: Browser) -> None:
    page = opens(carla)
    dara.answer("P1.2", "3")
    reply = saves(carla, page, "P1.1", choice="1")
    assert "P1.2:" not in reply.text
    assert "P1.1:revision" in reply.text


def test_it_is_told_again_until_the_page_is_loaded_anew(carla: Browser, dara: Browser) -> None:
    page = opens(carla)
    dara.answer("P1.2", "3")
    saves(carla, page, "P1.1", choice="1")
    assert told(saves(carla, page, "P1.1", choice="2")) == ["P1.2"]
    page = opens(carla)
    assert page.fields["P1.2:choice"] == "3"
    assert told(saves(carla, page, "P1.1", choice="3")) == []


def test_of_ones_own_saves_on_the_same_page_nothing_is_told(carla: Browser, dara: Browser) -> None:
    page = opens(carla)
    for code in ("P1.1", "P1.2", "P1.3"):
        assert told(saves(carla, page, code, choice="1")) == []


def test_of_ones_own_save_whose_reply_was_lost_nothing_is_told(carla: Browser, dara: Browser) -> None:
    page = opens(carla)
    saves(carla, page, "P1.2", choice="1")
    page.fields["P1.2:revision"] = "0"
    assert told(saves(carla, page, "P1.1", choice="1")) == []
    dara.answer("P1.2", "3")
    assert told(saves(carla, page, "P1.1", choice="2")) == ["P1.2"]


def test_ones_own_other_window_is_called_one(carla: Browser) -> None:
    page, other = opens(carla), opens(carla)
    saves(carla, other, "P1.2", choice="1")
    reply = saves(carla, page, "P1.1", choice="1")
    assert "Changed meanwhile in another window: Started." in words(reply)


def test_a_refused_save_tells_it_too(carla: Browser, dara: Browser) -> None:
    page = opens(carla)
    dara.answer("P1.2", "3")
    reply = saves(carla, page, "P1.1", choice="1", note="x" * 5001)
    assert reply.status_code == 422
    assert told(reply) == ["P1.2"]


def test_a_save_without_the_other_revisions_is_told_nothing(carla: Browser, dara: Browser) -> None:
    dara.answer("P1.2", "3")
    assert told(carla.answer("P1.1", "1")) == []


def test_what_is_in_words_is_not_repeated_and_an_answer_taken_back_is_said(
    carla: Browser, dara: Browser
) -> None:
    dara.answer("P1.2", "3")
    page = opens(carla)
    dara.answer("P1.2", "")
    assert f"Changed meanwhile by {DARA}: No answer yet. {RELOAD}" in words(
        saves(carla, page, "P1.1", choice="1")
    )


# In each other's way


def test_a_conflict_says_who_changed_it_and_shows_both(carla: Browser, dara: Browser) -> None:
    page = opens(carla)
    dara.answer("P1.1", "3", note="From Dara")
    reply = saves(carla, page, "P1.1", choice="0", note="From Carla")
    assert reply.status_code == 409
    said = words(reply)
    assert f"This answer was changed meanwhile by {DARA}" in said
    assert f"Saved by {DARA} on 21 November 2026" in said
    assert "From Dara" in said
    assert "From Carla" in said
    assert saves(carla, page, "P1.1").status_code == 200
    assert "From Dara" in page_of(carla).words.split("Earlier answers")[1]
    assert f"by {CARLA}" in page_of(dara).words


def test_without_javascript_the_conflict_says_it_too(carla: Browser, dara: Browser) -> None:
    page = opens(carla)
    dara.answer("P1.1", "3", note="From Dara")
    refused = send(carla, page, {"P1.1:choice": "0", "P1.1:note": "From Carla", "P1.2:choice": "1"})
    assert refused.status_code == 409
    shown = read(refused)
    assert f"P1.1: changed meanwhile by {DARA}" in shown.words
    assert f"This answer was changed meanwhile by {DARA}" in shown.words
    assert shown.form("/sections/policy").fields["P1.1:note"] == "From Carla"


def test_a_question_that_was_told_of_still_ends_in_a_conflict(carla: Browser, dara: Browser) -> None:
    page = opens(carla)
    dara.answer("P1.2", "3")
    saves(carla, page, "P1.1", choice="1")
    assert saves(carla, page, "P1.2", choice="0").status_code == 409


def test_two_people_who_save_at_once_lose_nothing_and_hear_of_each_other(
    carla: Browser, dara: Browser
) -> None:
    pages = {"carla": (carla, opens(carla), "P1.1"), "dara": (dara, opens(dara), "P1.2")}

    def fills(name: str) -> list[int]:
        browser, page, code = pages[name]
        return [saves(browser, page, code, note=f"{name} {number}").status_code for number in range(25)]

    with ThreadPoolExecutor(2) as at_once:
        assert list(at_once.map(fills, pages)) == [[200] * 25] * 2
    assert told(saves(carla, pages["carla"][1], "P1.1", note="last")) == ["P1.2"]
    assert told(saves(dara, pages["dara"][1], "P1.2", note="last")) == ["P1.1"]
    for name, question in (("carla", "P1.1"), ("dara", "P1.2")):
        said = page_of(carla, question).words
        assert [f"{name} {number} " in said for number in range(25)] == [True] * 25
