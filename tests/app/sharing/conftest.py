"""Carla, who can be let in, and a club that lets her in."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI

from tests.app.guests import Guest, guest_of
from tests.app.sharing.hosts import SECRET_NOTE
from tests.app.test_accounts import carla, sign_up
from tests.conftest import Browser

__all__ = ["carla"]


@pytest.fixture
def guest(app: FastAPI, carla: Browser) -> Guest:
    return guest_of(app, carla)


@pytest.fixture
def another_guest(app: FastAPI, open_browser: Callable[[], Browser]) -> Guest:
    browser = open_browser()
    sign_up(browser, "dora@quay.example", "another lantern and a kite")
    return guest_of(app, browser)


@pytest.fixture
def club(amina: Browser) -> Browser:
    """Amina, who has answered one question, with a note, and has a plan."""
    amina.answer("P1.1", "1", evidence="1", note=SECRET_NOTE)
    amina.post(f"{amina.home}/plan")
    return amina
