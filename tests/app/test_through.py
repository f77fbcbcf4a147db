"""Answers seen through another framework: how much is told, in words, and never more than was asked."""

import re
from typing import Any

import pytest
from fastapi import FastAPI

from questionnaires.shelves import read_shelf, shipped_files
from standards.crosswalks import by_editions
from standards.loader import installed_frameworks
from tests.app.markup import Page, visit
from tests.app.questionnaire import bring_in
from tests.conftest import Browser, found

FRAMEWORKS = installed_frameworks()
CROSSWALKS = by_editions(read_shelf(shipped_files()).crosswalks.or_refused().values())
ICS, FEATURES, POLICY = ("ics-style", "2026.1"), ("common-features", "2010"), ("policy-review", "2026.1")
PROFILE = {"online": "none"}


def through(browser: Browser, edition: tuple[str, str]) -> Page:
    return visit(browser, f"{browser.home}/report/through/{'/'.join(edition)}")


def point(page: Page, code: str) -> str:
    """What the page says of one point."""
    pattern = rf'<article class="gap" id="point-{re.escape(code)}">(.*?)</article>'
    match = re.search(pattern, page.html, re.DOTALL)
    assert match is not None, code
    return Page(match[1]).words


def said(levels: dict[str, int]) -> Any:
    return lambda code: {"value": levels[code], "evidence": 2} if code in levels else {}


def test_the_report_leads_to_the_frameworks_that_its_answers_tell_about(app: FastAPI, amina: Browser) -> None:
    bring_in(amina, app, said({"P1.1": 2}))
    links = [link for link in visit(amina, f"{amina.home}/report").links if "/through/" in link]

    assert [link.partition("/through/")[2] for link in links] == [
        "common-features/2010",
        "policy-review/2026.1",
    ]
    for link in links:
        assert visit(amina, link).heading == "Seen through another framework"


def test_a_policy_review_leads_on_as_well(app: FastAPI, amina: Browser) -> None:
    bring_in(amina, app, lambda code: {"value": "yes"} if code == "PR1" else {}, "policy-review-full")
    links = [link for link in visit(amina, f"{amina.home}/report").links if "/through/" in link]

    assert links == [f"{amina.home}/report/through/ics-style/2026.1"]


def test_a_report_without_a_crosswalk_offers_nothing(amina: Browser, app: FastAPI) -> None:
    first = next(iter(app.state.library.offer("ics-style-eleven").questionnaire.questions))
    bring_in(amina, app, said({first: 2}), "ics-style-eleven")

    assert not [link for link in visit(amina, f"{amina.home}/report").links if "/through/" in link]


@pytest.mark.parametrize("edition", ["ics-style/2026.1", "common-features/2011", "nothing/1"])
def test_where_no_crosswalk_leads_there_is_no_page(amina: Browser, edition: str) -> None:
    assert amina.get(f"{amina.home}/report/through/{edition}").status_code == 404


def test_a_stranger_sees_nothing(amina: Browser, bruno: Browser) -> None:
    assert bruno.get(f"{amina.home}/report/through/common-features/2010").status_code == 404


def test_before_the_first_answer_the_page_leads_to_the_questions(amina: Browser) -> None:
    page = through(amina, FEATURES)

    assert "Nothing is told yet" in page.words
    assert amina.home in page.links


def test_the_shares_are_by_weight_and_the_points_are_counted(app: FastAPI, amina: Browser) -> None:
    # H4.2 is all that CF8a (weight 3) asks, H4.1 a part of CF8b (2), A3.3 a part of CF11a (3) and CF9b (2);
    # it touches CF11b (2) too. All 26 weigh 57: without online contact, the rules for it are major.
    bring_in(amina, app, said({"H4.2": 3, "H4.1": 1, "A3.3": 2}), profile=PROFILE)

    table = through(amina, FEATURES).tables["told-table"]

    whole = sum(
        {"critical": 3, "major": 2, "supporting": 1}[one.class_]
        for one in FRAMEWORKS[FEATURES].indicators.values()
    )
    assert whole == 57
    assert [row[1:] for row in table[1:]] == [["1", "5 %"], ["3", "12 %"], ["1", "4 %"], ["21", "79 %"]]


def test_a_standard_s_figure_is_over_what_is_told_of_it(app: FastAPI, amina: Browser) -> None:
    bring_in(amina, app, said({"H4.2": 3, "H4.1": 1}), profile=PROFILE)
    page = through(amina, FEATURES)

    rows = {row[0]: row[1:] for row in page.tables["told-standards"][1:]}
    # (3 × 1 + 2 × ⅓) ÷ 5
    assert rows["Training and induction"] == ["60 %", "40 %", "0 %", "0 %", "73 of 100, in part"]
    assert rows["Working with others"] == ["0 %", "0 %", "0 %", "100 %", "–"]
    assert "What is told of it stands at 73 of 100, in part." in page.words
    assert "Training and induction 60 % told, 40 % in part" in page.words
    assert "Working with others nothing told" in page.words


def test_a_standard_s_bar_names_only_what_there_is(app: FastAPI, amina: Browser) -> None:
    bring_in(amina, app, said({"H4.2": 3, "R6.1": 1}), profile=PROFILE)
    page = through(amina, FEATURES)

    assert re.search(r"Training and induction 60 % told (?!,)", page.words)
    assert "Working with others 60 % in part" in page.words


def test_each_point_says_how_far_it_is_told_and_by_which_answers(app: FastAPI, amina: Browser) -> None:
    bring_in(
        amina, app, lambda code: {"unknown": True} if code == "H1.4" else said({"H4.2": 3, "A1.1": 2})(code)
    )
    page = through(amina, FEATURES)

    assert "Told " in point(page, "CF8a")
    assert "As far as told Embedded" in point(page, "CF8a")
    assert "H4.2 Refresher and role training : Embedded" in point(page, "CF8a")
    assert "Told in part" in point(page, "CF2b")
    assert "As far as told Not in place" in point(page, "CF2b")
    assert "somebody said “we don’t know”" in point(page, "CF2b")
    assert "Not told" in point(page, "CF5a")
    assert "no answer yet" in point(page, "CF5a")
    assert "As far as told" not in point(page, "CF5a")
    assert "Nothing there speaks for it." in point(page, "CF6c")


def test_each_answer_that_speaks_is_one_click_away(app: FastAPI, amina: Browser) -> None:
    bring_in(amina, app, said({"H4.2": 3}))
    page = through(amina, FEATURES)

    link = found(r'href="(/assessments/[^"]+#question-H4\.2)"', page.html)
    assert 'id="question-H4.2"' in amina.get(link.partition("#")[0]).text


def test_what_only_touches_a_point_gives_it_no_standing(app: FastAPI, amina: Browser) -> None:
    bring_in(amina, app, said({"H2.1": 3}))

    told = point(through(amina, FEATURES), "CF5b")

    assert "Only touched" in told
    assert "As far as told" not in told


def test_the_quick_check_says_what_it_did_not_ask(app: FastAPI, bruno: Browser) -> None:
    bring_in(bruno, app, lambda code: {"value": "yes"}, "ics-style-quick")

    assert "not asked here" in point(through(bruno, FEATURES), "CF8a")
    assert "Not told" in point(through(bruno, FEATURES), "CF8a")


def test_a_policy_is_told_in_part_at_most_and_without_figures(app: FastAPI, amina: Browser) -> None:
    bring_in(amina, app, lambda code: {"value": 3, "evidence": 4})
    page = through(amina, POLICY)

    assert page.tables["told-table"][1] == ["Told", "0", "0 %"]
    assert "of 100" not in page.words
    assert "Told in part" in point(page, "PR6")


def test_a_policy_review_tells_what_is_in_the_document(app: FastAPI, amina: Browser) -> None:
    values = {"PR1": "yes", "PR4": "partly", "PR5": "no"}
    bring_in(amina, app, lambda code: {"value": values[code]} if code in values else {}, "policy-review-full")
    page = through(amina, ICS)

    assert ": in the document" in point(page, "P2.1")
    assert ": in part in the document" in point(page, "P1.3")
    assert ": not in the document" in point(page, "P1.2")
    assert "of 100" not in page.words


def test_the_page_says_what_it_is_not(app: FastAPI, amina: Browser) -> None:
    bring_in(amina, app, said({"H4.2": 3}))
    page = through(amina, FEATURES)

    assert "no score for the whole here, and no rating" in page.words
    assert "this project’s own judgement" in page.words
    assert str(FRAMEWORKS[FEATURES].historic) in page.words


@pytest.mark.parametrize(("source", "target"), CROSSWALKS, ids="-".join)
def test_every_point_of_the_other_framework_is_on_the_page(
    app: FastAPI, amina: Browser, source: tuple[str, str], target: tuple[str, str]
) -> None:
    questionnaire = f"{source[0]}-full"
    value: Any = "yes" if source == POLICY else 2
    bring_in(amina, app, lambda code: {"value": value}, questionnaire)
    page = through(amina, target)

    for code in FRAMEWORKS[target].indicators:
        assert f"point-{code}" in page.ids
    for crossing in CROSSWALKS[source, target].crossings:
        if crossing.note is not None:
            assert crossing.note in point(page, crossing.to)
