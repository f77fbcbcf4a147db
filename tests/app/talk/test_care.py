"""Care with children's details in comments, and in what was said to a question before."""

from tests.app.markup import send, visit
from tests.app.questionnaire import save
from tests.conftest import Browser

NAME = "Kingfisher Quay"
SAID = f"The girl {NAME} stood at the gate."
LEFT = "The girl [taken out] stood at the gate."


def page_of(browser: Browser) -> str:
    return f"{browser.home}/questions/P1.1"


def comment(browser: Browser, text: str) -> None:
    page = page_of(browser)
    assert send(browser, visit(browser, page).form("/P1.1"), {"comment": text}).status_code == 303


def test_a_comment_is_warned_of_and_taken_out_without_the_others(carla: Browser, dara: Browser) -> None:
    comment(carla, "Who opens the gate?")
    comment(dara, SAID)
    comment(carla, "Thank you.")
    button = ("take_out", f"comments:P1.1 1-text {NAME}")
    done = send(carla, visit(carla, page_of(carla)).form("/care"), button=button)
    assert done.headers["location"] == f"{page_of(carla)}#comments"
    page = visit(dara, page_of(dara))
    assert NAME not in page.html
    for text in ("Who opens the gate?", LEFT, "Thank you."):
        assert text in page.words
    assert NAME not in carla.get(f"{carla.home}/export.json").text


def test_a_reader_sees_the_comment_and_no_button(carla: Browser, fay: Browser) -> None:
    comment(carla, SAID)
    page = visit(fay, page_of(fay))
    assert SAID in page.words
    assert "Take out" not in page.words
    assert fay.post(f"{fay.home}/care", {"take_out": f"comments:P1.1 0-text {NAME}"}).status_code == 404


def test_what_was_deleted_by_hand_is_warned_of_where_it_stood_and_erased_there(carla: Browser) -> None:
    save(carla, "policy", {"P1.1:choice": "2", "P1.1:note": SAID})
    save(carla, "policy", {"P1.1:note": "A girl stood at the gate."})
    page = visit(carla, page_of(carla))
    assert f"Note This looks like a child’s name: {NAME}" in page.words
    done = send(carla, page.form("/care"), button=("take_out", f"question:P1.1 note {NAME}"))
    assert done.headers["location"] == page_of(carla)
    page = visit(carla, page_of(carla))
    assert NAME not in page.html
    assert "[taken out]" in page.words
    assert "A girl stood at the gate." in page.words


def test_what_was_said_before_can_be_kept_too(carla: Browser) -> None:
    save(carla, "policy", {"P1.1:choice": "2", "P1.1:note": SAID})
    save(carla, "policy", {"P1.1:note": "A girl stood at the gate."})
    button = ("keep", f"question:P1.1 note {NAME}")
    send(carla, visit(carla, page_of(carla)).form("/care"), button=button)
    page = visit(carla, page_of(carla))
    assert SAID in page.words
    assert "Take out" not in page.words
