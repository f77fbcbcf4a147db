"""Care with children's details where several people answer: in their sheets, and in what they agree on."""

from tests.app.markup import Form, send, visit
from tests.app.ratings.rating import agree, answer, hand_in, levels, question_path
from tests.app.test_rounds import close
from tests.conftest import Browser

NAME = "Kingfisher Quay"
SAID = f"The girl {NAME} stood at the gate."
LEFT = "The girl [taken out] stood at the gate."
SECTION = "/sections/before"


def agreed_form(owner: Browser) -> Form:
    path = question_path(owner, "B1")
    return visit(owner, path).form(path)


def test_a_rater_takes_something_out_of_their_sheet(deputy: Browser, amina: Browser) -> None:
    answer(deputy, levels(B1="3") | {"B1:note": SAID})
    page = deputy.home + SECTION
    done = send(deputy, visit(deputy, page).form(SECTION), button=("take_out", f"question:B1 note {NAME}"))
    assert done.headers["location"] == f"{page}#question-B1"
    assert visit(deputy, page).form(SECTION).fields["B1:note"] == LEFT


def test_a_rater_takes_something_out_of_a_sheet_that_is_handed_in_and_nobody_else_does(
    deputy: Browser, trainer: Browser, amina: Browser
) -> None:
    answer(deputy, levels(B1="3") | {"B1:note": SAID})
    hand_in(deputy)
    page = deputy.home + SECTION
    button = ("take_out", f"question:B1 note {NAME}")
    for other in (trainer, amina):
        assert other.post(f"{deputy.home}/care", dict([button])).status_code == 404
    assert SAID in visit(deputy, page).html
    send(deputy, visit(deputy, page).form("/care"), button=button)
    assert LEFT in visit(deputy, page).html
    assert NAME not in visit(deputy, page).html


def test_what_is_agreed_is_warned_of_and_taken_out_of_the_answer_that_it_became_too(ended: Browser) -> None:
    agree(ended, "B1", "2", why=SAID, note=SAID)
    for field in ("note", "why"):
        done = send(ended, agreed_form(ended), button=("take_out", f"agreed:B1 {field} {NAME}"))
        assert done.headers["location"] == question_path(ended, "B1")
        assert agreed_form(ended).fields[f"B1:{field}"] == LEFT
    for page in ("/answers", "/export.json", "/rating/questions/B1", SECTION):
        assert NAME not in ended.get(ended.home + page).text


def test_what_is_agreed_is_taken_out_of_a_closed_round_too(ended: Browser) -> None:
    agree(ended, "B1", "2", why=SAID)
    close(ended)
    page = question_path(ended, "B1")
    done = send(ended, visit(ended, page).form("/care"), button=("take_out", f"agreed:B1 why {NAME}"))
    assert done.headers["location"] == page
    assert LEFT in visit(ended, page).html
    assert NAME not in visit(ended, page).html
