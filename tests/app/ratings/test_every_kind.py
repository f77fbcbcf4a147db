"""Questions of every kind answered apart: figures, dates, boxes, words; and how much evidence counts."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.settings import Settings
from tests.app.kinds import SECTION, packs_in
from tests.app.markup import read, send, visit
from tests.app.ratings.rating import ask_by_code, end, hand_in, opens, question_path, rating_page
from tests.conftest import Browser

SAID = [
    {"K1:choice": "2", "K1:evidence": "3", "K3:box:date": "yes", "K4:value": "60", "K6:value": "12"},
    {"K1:choice": "2", "K1:evidence": "1", "K3:box:date": "yes", "K4:value": "80", "K6:value": "12"},
]
DATES = [{"day": "1", "month": "11", "year": "2026"}, {"day": "1", "month": "11", "year": "2023"}]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", packs=packs_in(tmp_path / "packs"))


@pytest.fixture
def owner(open_browser: Callable[[], Browser]) -> Browser:
    browser = open_browser()
    browser.start("sample-kinds")
    return browser


def rated(owner: Browser, open_browser: Callable[[], Browser], *words: str) -> Browser:
    """Two have answered apart, with these words to K7, and the rating has ended."""
    for number, (said, day, text) in enumerate(zip(SAID, DATES, words, strict=True)):
        rater = opens(open_browser(), *ask_by_code(owner, f"Rater {number}"))
        fields = said | {f"K5:{name}": value for name, value in day.items()} | {"K7:value": text}
        form = visit(rater, rater.home + SECTION).form(SECTION)
        assert send(rater, form, fields).status_code == 303
        hand_in(rater)
    assert end(owner).status_code == 303
    return owner


def test_the_middle_of_figures_and_dates_is_one_that_somebody_gave(
    owner: Browser, open_browser: Callable[[], Browser]
) -> None:
    """60 % counts 1/4 and 80 % 3/4; of three years ago nothing counts, and of this month all."""
    words = rating_page(rated(owner, open_browser, "The team", "The team")).words
    assert "Middle 60 % (0.25) Lowest 60 % (0.25) Highest 80 % (0.75) Apart by 0.5" in words
    assert (
        "Middle 1 November 2023 (0) Lowest 1 November 2023 (0) Highest 1 November 2026 (1) Apart by 1"
        in words
    )
    assert "Talk about these: 2" in words
    report = visit(owner, f"{owner.home}/answers").words
    assert "60 % How sure others can be: Nothing to show yet The middle of what 2 people said" in report


def test_evidence_counts_as_far_as_all_have_seen_it(
    owner: Browser, open_browser: Callable[[], Browser]
) -> None:
    rated(owner, open_browser, "The team", "The team")
    shown = visit(owner, f"{owner.home}/answers").words
    assert "In place How sure others can be: People say so The middle of what 2 people said" in shown


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("The team", "The team"), "All who answered wrote the same."),
        (("The team", "Our rules"), "They wrote different things, and nothing counts until you agree."),
    ],
)
def test_words_have_no_middle(
    owner: Browser, open_browser: Callable[[], Browser], words: tuple[str, str], told: str
) -> None:
    rated(owner, open_browser, *words)
    assert told in visit(owner, owner.home + SECTION).words
    page = visit(owner, question_path(owner, "K7"))
    assert f"Rater 0 {words[0]} Rater 1 {words[1]}" in page.words
    typed = {"K7:value": "Both", "K7:why": "Each of us thought of one half."}
    assert send(owner, page.form("/K7"), typed).status_code == 303
    assert "You have agreed on this Both" in visit(owner, owner.home + SECTION).words


def test_a_conflict_over_an_agreed_answer_of_another_kind_shows_both(
    owner: Browser, open_browser: Callable[[], Browser]
) -> None:
    rated(owner, open_browser, "The team", "The team")
    form = visit(owner, question_path(owner, "K4")).form("/K4")
    send(owner, form, {"K4:value": "70", "K4:why": "First"})
    form.fields["form_key"] = "of another window"
    conflict = read(send(owner, form, {"K4:value": "75", "K4:why": "Second"}))
    assert "70 %" in conflict.words
    assert conflict.form("/K4").fields["K4:value"] == "75"
