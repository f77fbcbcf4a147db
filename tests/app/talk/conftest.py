"""The club's people, each in a browser of their own, at the club's assessment."""

from collections.abc import Callable

import pytest

from tests.app.markup import send, visit
from tests.app.talk.cast import CARLA, DARA, FAY, joins
from tests.app.test_organisations import has_account
from tests.conftest import Browser


@pytest.fixture
def founder(open_browser: Callable[[], Browser]) -> Browser:
    """Carla, who has founded the club: that is her home."""
    browser = has_account(open_browser, CARLA)
    made = send(browser, visit(browser, "/organisations/new").form("/new"), {"name": "Quay Club"})
    browser.home = made.headers["location"]
    return browser


@pytest.fixture
def club(founder: Browser) -> str:
    """The address of the club."""
    return founder.home


@pytest.fixture
def carla(founder: Browser, club: str) -> Browser:
    """The owner of the club, at its full self-assessment."""
    form = visit(founder, f"/start?organisation={club.rpartition('/')[2]}").form("/start")
    begun = send(founder, form, {"questionnaire": "ics-style-full", "title": "Round of 2026"})
    founder.home = begun.headers["location"]
    return founder


@pytest.fixture
def dara(open_browser: Callable[[], Browser], carla: Browser, club: str) -> Browser:
    """A contributor of the club."""
    browser = has_account(open_browser, DARA)
    joins(browser, carla, club, "contributor")
    return browser


@pytest.fixture
def fay(open_browser: Callable[[], Browser], carla: Browser, club: str) -> Browser:
    """A reader of the club."""
    browser = has_account(open_browser, FAY)
    joins(browser, carla, club, "reader")
    return browser
