"""Amina, who is reviewed, and Carla, who reviews her."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI

from tests.app.consulting import (
    judge,
    let_in,
    makes_an_account,
)
from tests.app.first_pack import settings
from tests.app.questionnaire import save
from tests.app.reviews.said import CARLA, FOUND
from tests.conftest import Browser

__all__ = ["settings"]


@pytest.fixture
def amina(open_browser: Callable[[], Browser]) -> Browser:
    browser = open_browser()
    browser.start("club-night-full", organisation="Harbour Youth Club")
    save(browser, "before", {"B1:choice": "3", "B2:choice": "1", "B3:choice": "2", "B4:choice": "0"})
    save(browser, "before", {"B1:note": "We always count."})
    return browser


@pytest.fixture
def carla(open_browser: Callable[[], Browser], app: FastAPI, amina: Browser) -> Browser:
    """A consultant who was let in to review Amina's assessment, until New Year."""
    carla = makes_an_account(open_browser(), CARLA)
    let_in(app, amina, CARLA, until=app.state.clock().date() + timedelta(days=40))
    return carla


@pytest.fixture
def review(carla: Browser, amina: Browser) -> str:
    """The address of Carla's review, in which three levels and one finding are given."""
    judge(carla, amina, "before", {"B1:level": "1", "B4:level": "2"} | FOUND)
    judge(carla, amina, "after", {"A1:level": "2"})
    return f"{amina.home}/review"
