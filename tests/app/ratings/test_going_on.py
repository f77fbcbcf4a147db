"""Where an assessment that was answered apart goes on: into a file, and into the next round."""

from fastapi import FastAPI

from tests.app.markup import send, visit
from tests.app.ratings.rating import agree
from tests.app.ratings.test_what_counts import score_on
from tests.app.test_export import bring_in, exported
from tests.app.test_rounds import close, start_next
from tests.conftest import Browser


def test_a_file_holds_what_counts_and_brought_in_it_comes_to_the_same(
    ended: Browser, stranger: Browser
) -> None:
    agree(ended, "B2", "3")
    before, file = score_on(ended), exported(ended)
    assert {q: one.get("value") for q, one in file["answers"].items()} == {
        "B1": 1, "B2": 3, "D1": 1, "D4": 2, "A1": None, "A2": 3,
    }  # fmt: skip
    assert [one["value"] for one in file["earlier"]["B1"]] == [0], "what Amina had said herself"
    assert "Deputy head" not in str(file)
    assert bring_in(stranger, file).headers["location"] == "/receipt"
    stranger.home = stranger.post("/receipt", {"kept": "yes"}).headers["location"]
    assert score_on(stranger) == before
    assert "until you agree" not in visit(stranger, f"{stranger.home}/report").words


def test_the_next_round_shows_the_middle_to_be_confirmed(app: FastAPI, ended: Browser) -> None:
    agree(ended, "B2", "3")
    close(ended)
    start_next(ended)
    page = visit(ended, f"{ended.home}/sections/before")
    assert page.form("/before").fields.get("B1:choice", "") == ""
    confirmed = send(ended, page.form("/before"), button=("confirm", "all"))
    assert confirmed.status_code == 303
    fields = visit(ended, f"{ended.home}/sections/before").form("/before").fields
    assert (fields["B1:choice"], fields["B2:choice"]) == ("1", "3")
