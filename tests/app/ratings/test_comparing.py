"""A round that several people answered apart, beside the one after it."""

from tests.app.markup import visit
from tests.app.ratings.rating import agree
from tests.app.test_rounds import close, start_next
from tests.conftest import Browser

# B1, B2, D1, D4 and A1: nobody but Amina said anything to A2.
UNTIL = "5 answers are the middle of what 2 people said, until you agree."


def test_the_page_says_of_which_round_the_middle_of_what_people_said_counts(ended: Browser) -> None:
    close(ended)
    start_next(ended)
    ended.answer("B1", "2")
    page = visit(ended, f"{ended.home}/changes").words
    then, _, now = page.partition(" Now Round 2")

    assert UNTIL in then
    assert "until you agree" not in now
    # B1 was started: the lower of what the two said.
    assert "Like for like, you are at 67 of 100, and were at 33." in now


def test_once_something_is_agreed_it_is_not_in_between_any_more(ended: Browser) -> None:
    agree(ended, "B1", "3")
    close(ended)
    start_next(ended)
    ended.answer("B1", "3")
    page = visit(ended, f"{ended.home}/changes").words

    assert UNTIL.replace("5", "4", 1) in page
    assert "Like for like, you are at 100 of 100, and were at 100." in page
