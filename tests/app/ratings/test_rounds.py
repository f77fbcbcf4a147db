"""While people answer apart, their round is neither closed nor moved to another edition."""

import pytest

from tests.app.markup import send, visit
from tests.app.ratings.rating import ask_by_code
from tests.conftest import Browser


@pytest.fixture
def eleven(stranger: Browser) -> Browser:
    stranger.start("ics-style-eleven")
    return stranger


@pytest.mark.parametrize("path", ["/rounds/close", "/rounds/upgrade"])
def test_a_round_that_people_rate_is_not_ended_under_them(eleven: Browser, path: str) -> None:
    ask_by_code(eleven, "Deputy head")
    refused = send(eleven, visit(eleven, f"{eleven.home}{path}").form(path))
    assert refused.status_code == 422
    assert "People are answering apart" in refused.text
    assert eleven.answer("E1.1", "2").status_code == 200
