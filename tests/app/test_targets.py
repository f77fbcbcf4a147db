"""Targets: where an organisation aims for "embedded"."""

import re

from tests.app.markup import send, visit
from tests.app.questionnaire import save
from tests.conftest import Browser


def raised(browser: Browser) -> set[str]:
    """What is ticked on the page."""
    fields = visit(browser, f"{browser.home}/targets").form("/targets").fields
    return {name.removeprefix("raise:") for name in fields if name.startswith("raise:")}


def gaps(browser: Browser) -> list[str]:
    return re.findall(r'id="gap-([\w.]+)"', browser.get(f"{browser.home}/report").text)


def test_each_point_can_be_aimed_higher_and_none_is_at_first(amina: Browser) -> None:
    form = visit(amina, f"{amina.home}/targets").form("/targets")
    assert len([name for name in form.offered if name.startswith("raise:")]) == 53
    assert raised(amina) == set()


def test_what_is_in_place_becomes_a_gap_where_one_aims_higher_and_is_none_again_after(amina: Browser) -> None:
    save(amina, "policy", {"P1.1:choice": "2", "P1.2:choice": "2"})
    assert gaps(amina) == []
    form = visit(amina, f"{amina.home}/targets").form("/targets")
    saved = send(amina, form, {"raise:P1.1": "yes"})
    assert (saved.status_code, saved.headers["location"]) == (303, f"{amina.home}/report")
    assert gaps(amina) == ["P1.1"]
    assert raised(amina) == {"P1.1"}
    form = visit(amina, f"{amina.home}/targets").form("/targets")
    del form.fields["raise:P1.1"]
    assert amina.post(form.action, form.fields).status_code == 303
    assert gaps(amina) == []
    assert raised(amina) == set()


def test_a_higher_aim_changes_no_score_and_no_rating(amina: Browser) -> None:
    save(amina, "policy", {"P1.1:choice": "2"})
    before = re.findall(
        r'class="rating">[^<]+|class="score-number"><b>\d+', amina.get(f"{amina.home}/report").text
    )
    amina.post(f"{amina.home}/targets", {"raise:P1.1": "yes"})
    after = re.findall(
        r'class="rating">[^<]+|class="score-number"><b>\d+', amina.get(f"{amina.home}/report").text
    )
    assert len(before) == 2
    assert before == after


def test_a_point_that_there_is_not_cannot_be_aimed_at(amina: Browser) -> None:
    assert amina.post(f"{amina.home}/targets", {"raise:Z9.9": "yes"}).status_code == 303
    assert raised(amina) == set()
    assert amina.get(f"{amina.home}/report").status_code == 200
