"""Amina, who asks others to answer apart; her deputy and a trainer, who come with a link and a code."""

from collections.abc import Callable

import pytest

from tests.app.first_pack import settings
from tests.app.ratings.rating import answer, ask_by_code, end, hand_in, levels, opens
from tests.conftest import Browser

__all__ = ["settings"]


@pytest.fixture
def amina(open_browser: Callable[[], Browser]) -> Browser:
    browser = open_browser()
    browser.start("club-night-full", organisation="Harbour Youth Club")
    answer(browser, levels(B1="0", A2="3"))
    return browser


@pytest.fixture
def deputy(amina: Browser, open_browser: Callable[[], Browser]) -> Browser:
    return opens(open_browser(), *ask_by_code(amina, "Deputy head"))


@pytest.fixture
def trainer(amina: Browser, open_browser: Callable[[], Browser]) -> Browser:
    return opens(open_browser(), *ask_by_code(amina, "Trainer"))


@pytest.fixture
def handed_in(deputy: Browser, trainer: Browser) -> None:
    """Both have answered: on B1 they are two levels apart, on B2 alike; D4 applies to one of them only."""
    answer(deputy, levels(B1="3", B2="2", D1="1", D4="-not-applicable") | {"D4:reason": "No tent here."})
    answer(deputy, {"B1:note": "The rule hangs beside the door."})
    answer(trainer, levels(B1="1", B2="2", D4="2", A1="-unknown"))
    hand_in(deputy)
    hand_in(trainer)


@pytest.fixture
def ended(amina: Browser, handed_in: None) -> Browser:
    """Amina, whose rating has ended."""
    assert end(amina).headers["location"] == f"{amina.home}/rating"
    return amina
