"""Questions that were answered apart, and what is said of them: not on a sheet, and with all that stood."""

from tests.app.markup import send, visit
from tests.app.ratings.rating import agree
from tests.conftest import Browser


def talk_page(browser: Browser, question: str = "B1") -> str:
    return f"{browser.home}/questions/{question}"


def test_a_sheet_has_no_comments_and_a_rater_finds_those_of_nobody(amina: Browser, deputy: Browser) -> None:
    assert "Comments and earlier answers" not in visit(deputy, f"{deputy.home}/sections/before").words
    assert "Comments and earlier answers" not in visit(deputy, f"{deputy.home}/answers").words
    for home in (deputy.home, amina.home):
        for path in ("/questions/B1", "/who"):
            assert deputy.get(home + path).status_code == 404
        assert deputy.post(f"{home}/questions/B1", {"comment": "From a sheet"}).status_code == 404
    assert amina.get(f"{deputy.home}/questions/B1").status_code == 404


def test_until_they_agree_the_page_has_the_middle_and_what_was_said_before(ended: Browser) -> None:
    assert talk_page(ended) in visit(ended, f"{ended.home}/sections/before").links
    now, earlier = visit(ended, talk_page(ended)).words.split("Earlier answers")
    assert "The middle of what 2 people said, until you agree" in now
    assert "On 21 November 2026 by you" in earlier


def test_once_they_agree_that_stands_and_comments_go_on(ended: Browser) -> None:
    agree(ended, "B1", "2")
    form = visit(ended, talk_page(ended)).form(talk_page(ended))
    assert send(ended, form, {"comment": "Shall we write it down?"}).status_code == 303
    now, earlier = visit(ended, talk_page(ended)).words.split("Earlier answers")
    assert "The middle of what" not in now
    assert "Shall we write it down?" in now
    assert "On 21 November 2026 by you" in now
    assert "On 21 November 2026 by you" in earlier
