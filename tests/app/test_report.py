"""The gap report: its figures are scoring's own, its terms add up, and it says first what to do first."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from fastapi import FastAPI

from app import wording
from questionnaires.models import Questionnaire
from scoring.answers import Answer
from scoring.assessment import Result, assess
from scoring.rounding import whole_percent
from standards.models import Framework, Intensity
from tests.app.markup import Page, read, visit
from tests.app.questionnaire import bring_in, save, set_profile
from tests.conftest import Browser, form_key, found

TODAY = date(2026, 11, 21)


def report(browser: Browser) -> Page:
    return visit(browser, f"{browser.home}/report")


def workings(browser: Browser) -> Page:
    return visit(browser, f"{browser.home}/report/workings")


def pack(app: FastAPI, name: str = "ics-style-full") -> tuple[Framework, Questionnaire]:
    pinned = app.state.library.offer(name)
    return pinned.framework, pinned.questionnaire


def rating(page: Page) -> str:
    return found(r'<p class="rating">([^<]+)</p>', page.html)


# A round with something of everything, and the same for scoring

FACTS: dict[str, Intensity] = {
    "staff": "high",
    "online": "high",
    "partners": "some",
    "data": "high",
    "images": "some",
}


def mixed(code: str) -> dict[str, object]:
    """An answer for each question that depends on nothing but its code; about a sixth stay open."""
    number = sum(map(ord, code))
    if number % 6 == 0:
        return {}
    if number % 6 == 1:
        return {"unknown": True}
    return {"value": number % 4, "evidence": number % 5}


@pytest.fixture
def expected(app: FastAPI, amina: Browser) -> Result:
    """What scoring says of that round, which is Amina's too."""
    bring_in(amina, app, mixed, profile=FACTS)
    framework, questionnaire = pack(app)
    answers = {code: Answer(**mixed(code)) for code in questionnaire.questions if mixed(code)}  # type: ignore[arg-type]
    return assess(framework, questionnaire, answers, on=TODAY, profile=FACTS)


def test_the_figures_are_what_scoring_says_for_the_same_answers(
    app: FastAPI, amina: Browser, expected: Result
) -> None:
    framework, _questionnaire = pack(app)
    page = report(amina)
    overall = expected.overall
    assert overall.score is not None
    assert overall.low is not None
    assert overall.high is not None
    assert overall.coverage is not None
    assert overall.evidenced is not None
    assert found(r'class="score-number"><b>(\d+)</b>', page.html) == str(whole_percent(overall.score))
    assert (
        f"Between {whole_percent(overall.low)} and {whole_percent(overall.high)} once all is answered; "
        f"{whole_percent(overall.coverage)} percent of what counts is answered so far." in page.words
    )
    assert f"supports {whole_percent(overall.evidenced)} of 100" in page.words
    titles = {standard.id: standard.title for standard in framework.standards}
    assert page.tables["standards-table"][1:] == [
        [titles[part.id], *wording.figures(part.figures)] for part in expected.standards
    ]
    requirements = [one for part in expected.standards for one in part.requirements]
    assert [row[1:] for row in page.tables["requirements-table"][1:]] == [
        list(wording.figures(one.figures)) for one in requirements
    ]
    assert len(requirements) == 22


def test_the_rating_and_what_it_waits_for_are_scorings(amina: Browser, expected: Result) -> None:
    page = report(amina)
    assert expected.verdict.reached is not None
    assert expected.verdict.next is not None
    assert rating(page) == expected.verdict.reached.rating.label
    assert f"What stands between you and “{expected.verdict.next.rating.label}”" in page.words
    waiting = found(r'<section[^>]*aria-labelledby="next-rating">([\s\S]*?)</section>', page.html)
    counts = [len(one.in_the_way) for one in expected.verdict.next.waiting if one.in_the_way]
    assert [int(one) for one in re.findall(r"(\d+) points? in the way", waiting)] == counts


def test_the_gaps_stand_in_scorings_order_with_tier_reason_step_and_whom_to_ask(
    app: FastAPI, amina: Browser, expected: Result
) -> None:
    framework, _questionnaire = pack(app)
    page = report(amina)
    assert re.findall(r'id="gap-([\w.]+)"', page.html) == [gap.code for gap in expected.gaps]
    first = re.findall(r'href="#gap-([\w.]+)"', page.html)
    assert first == [gap.code for gap in expected.gaps[:3]]
    for gap in expected.gaps:
        about = framework.indicators[gap.code]
        step = next(action for action in about.actions if action.to == gap.level + 1)
        card = Page(
            found(rf'(<article class="gap \w+" id="gap-{gap.code}">[\s\S]*?</article>)', page.html)
        ).words
        assert wording.tiers()[gap.tier] in card
        assert about.why in card
        assert step.text in card
        assert f"within {gap.days} days" in card
        assert all(framework.roles[who] in card for who in about.ask)


def test_what_is_still_to_answer_and_what_is_only_claimed_are_listed_apart(
    amina: Browser, expected: Result
) -> None:
    page = report(amina)
    assert expected.still_to_answer
    assert expected.claimed_not_evidenced
    still = found(r'<section[^>]*aria-labelledby="open">([\s\S]*?)</section>', page.html)
    assert tuple(re.findall(r'class="code">([\w.]+)<', still)) == expected.still_to_answer
    sure = found(r'<section[^>]*aria-labelledby="sure">([\s\S]*?)</section>', page.html)
    assert tuple(re.findall(r'class="code">([\w.]+)<', sure)) == expected.claimed_not_evidenced


@pytest.mark.parametrize("claimed", range(1, 9))
def test_the_points_between_what_is_said_and_shown_are_the_difference_of_the_figures_shown(
    app: FastAPI, amina: Browser, claimed: int
) -> None:
    _framework, questionnaire = pack(app)
    only_claimed = list(questionnaire.questions)[:claimed]
    bring_in(amina, app, lambda code: {"value": 2, "evidence": 0 if code in only_claimed else 3})
    said, shown = re.findall(r"<strong>(\d+) of 100</strong>", report(amina).html)
    points = found(r"The (\d+) points? between them", report(amina).html)
    assert int(points) == int(said) - int(shown)


@pytest.mark.usefixtures("expected")
def test_the_picture_has_a_web_and_bars_and_every_drawing_says_what_it_shows(amina: Browser) -> None:
    page = report(amina).html
    overall, web = re.findall(r'<svg[^>]*role="img"[\s\S]*?</svg>', page)
    assert "The whole, out of 100</title>" in overall
    assert "The standards, each out of 100</title>" in web
    assert all("<desc" in one for one in (overall, web))
    assert len(re.findall(r'<svg class="bar"(?![^>]*role="img")', page)) > 22


# How it was worked out


def terms(page: Page, heading: str) -> list[float]:
    """The sums under a heading: attained, answered, and so on down to the score."""
    listed = found(rf"<h2>{heading}</h2>\s*<dl class=\"terms\">([\s\S]*?)</dl>", page.html)
    return [float(one) for one in re.findall(r"<dd>([\d.]+)</dd>", listed)]


def test_the_terms_add_up_to_the_score_that_is_shown(app: FastAPI, amina: Browser, expected: Result) -> None:
    framework, _questionnaire = pack(app)
    page = workings(amina)
    contributions = [
        (float(weight), float(met), float(product))
        for weight, met, product in re.findall(
            r'<div class="sum"><dt>\w+: weight ([\d.]+) × ([\d.]+)[\s\S]*?</dt><dd>([\d.]+)</dd>', page.html
        )
    ]
    answered = [one for one in expected.indicators.values() if one.attainment is not None]
    assert len(contributions) == len(answered)
    for weight, met, product in contributions:
        assert product == pytest.approx(weight * met, abs=0.02)
    attained, weights, unanswered, score, coverage, low, high, evidenced = terms(page, "The whole")
    rounding = 0.005 * len(contributions) + 0.005
    assert attained == pytest.approx(sum(product for *_, product in contributions), abs=rounding)
    assert weights == sum(weight for weight, *_ in contributions)
    assert score == pytest.approx(100 * attained / weights, abs=0.02)
    assert coverage == pytest.approx(100 * weights / (weights + unanswered), abs=0.01)
    assert low == pytest.approx(100 * attained / (weights + unanswered), abs=0.02)
    assert high == pytest.approx(100 * (attained + unanswered) / (weights + unanswered), abs=0.02)
    assert evidenced == pytest.approx(expected.overall.evidenced, abs=0.01)
    assert f"{whole_percent(score)} of 100" in report(amina).words
    parts = [terms(page, re.escape(standard.title)) for standard in framework.standards]
    assert sum(part[0] for part in parts) == pytest.approx(attained, abs=0.02)
    assert sum(part[1] for part in parts) == weights


@pytest.mark.usefixtures("expected")
def test_every_question_is_one_of_the_terms(app: FastAPI, amina: Browser) -> None:
    _framework, questionnaire = pack(app)
    words = workings(amina).words
    for code in questionnaire.questions:
        assert f"{code} " in words


def test_each_gaps_priority_is_its_factors_multiplied(amina: Browser, expected: Result) -> None:
    page = workings(amina)
    rows = re.findall(r"(\w+): ([\d.]+) × ([\d.]+) × ([\d.]+)</dt><dd>([\d.]+)</dd>", page.html)
    assert len(rows) == len(expected.gaps)
    for _tier, size, weight, exposure, priority in rows:
        assert float(priority) == pytest.approx(float(size) * float(weight) * float(exposure), abs=0.03)


# Every state it can be in


def test_before_the_first_answer_there_is_nothing_to_report(amina: Browser) -> None:
    page = report(amina)
    assert "There is nothing to report yet" in page.words
    assert 'class="rating"' not in page.html


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("policy-in-use", {"P4.3:choice": "-not-applicable", "P4.3:reason": "Adults only"}),
        ("policy", {"P1.1:choice": "-unknown"}),
        ("policy", {"P1.1:choice": "3"}),
        ("policy", {"P1.1:choice": "0"}),
    ],
    ids=["does not apply", "don't know", "embedded", "not in place"],
)
def test_one_answer_of_any_kind_makes_a_report(amina: Browser, section: str, said: dict[str, str]) -> None:
    save(amina, section, said)
    assert read(amina.get(f"{amina.home}/report")).heading == "Gap report"
    assert workings(amina).heading == "How this score was worked out"
    assert amina.get(f"{amina.home}/plan").status_code == 200
    assert amina.get(f"{amina.home}/export.json").status_code == 200


RATINGS: dict[str, tuple[dict[str, object], str]] = {
    "not in place": ({"value": 0}, "Early"),
    "don't know": ({"unknown": True}, "Early"),
    "in place": ({"value": 2}, "Developing"),
    "in place, people say so": ({"value": 2, "evidence": 1}, "Developing"),
    "in place, documents": ({"value": 2, "evidence": 2}, "Framework-ready"),
    "in place, records": ({"value": 2, "evidence": 3}, "Practice-ready"),
    "embedded, documents": ({"value": 3, "evidence": 2}, "Framework-ready"),
    "embedded, confirmed": ({"value": 3, "evidence": 4}, "Embedded"),
}


@pytest.mark.parametrize(("said", "reached"), RATINGS.values(), ids=RATINGS)
def test_the_same_answer_everywhere_reaches_the_rating_one_expects(
    app: FastAPI, amina: Browser, said: dict[str, object], reached: str
) -> None:
    bring_in(amina, app, lambda _question: said)
    page = report(amina)
    assert rating(page) == reached
    assert "Everything that counts is answered." in page.words
    assert "Still to answer" not in page.words


def test_at_the_top_nothing_stands_in_the_way_and_there_is_no_gap(app: FastAPI, amina: Browser) -> None:
    bring_in(amina, app, lambda _question: {"value": 3, "evidence": 4})
    page = report(amina)
    assert "What stands between you" not in page.words
    assert "Nothing is below its target. Keep it so" in page.words
    assert "All of it can be shown." in page.words


QUICK = {
    "yes": ({"value": "yes"}, "Developing"),
    "partly": ({"value": "partly"}, "Developing"),
    "no": ({"value": "no"}, "Early"),
    "don't know": ({"unknown": True}, "Early"),
}


@pytest.mark.parametrize(("said", "reached"), QUICK.values(), ids=QUICK)
def test_a_quick_check_never_shows_better_than_developing(
    app: FastAPI, bruno: Browser, said: dict[str, object], reached: str
) -> None:
    bring_in(bruno, app, lambda _question: said, "ics-style-quick")
    page = report(bruno)
    assert rating(page) == reached
    assert "This asks only a part of the standards" in page.words
    for better in ("Framework-ready", "Practice-ready", "Embedded”"):
        assert better not in page.words


def test_a_quick_check_says_nothing_of_evidence(bruno: Browser) -> None:
    save(bruno, "policy", {"P1.1:choice": "yes"})
    assert "This questionnaire does not ask what you can show for your answers." in report(bruno).words


def test_what_does_not_apply_leaves_the_sums_and_is_listed_apart(amina: Browser) -> None:
    save(amina, "policy", {"P1.1:choice": "3"})
    save(amina, "policy-in-use", {"P4.3:choice": "-not-applicable", "P4.3:reason": "Adults only"})
    page = report(amina)
    apart = found(r'<section[^>]*aria-labelledby="apart">([\s\S]*?)</section>', page.html)
    assert re.findall(r'class="code">([\w.]+)<', apart) == ["P4.3"]
    assert terms(workings(amina), "The whole")[:2] == [3, 3]


def test_dont_know_counts_as_not_in_place_and_is_urgent_when_critical(amina: Browser) -> None:
    save(amina, "policy", {"P1.1:choice": "-unknown"})
    page = report(amina)
    assert "Somebody said “we don’t know”, so it counts as not in place." in page.words
    assert (
        "Urgent"
        in Page(found(r'(<article class="gap urgent" id="gap-P1.1">[\s\S]*?</article>)', page.html)).words
    )
    assert terms(workings(amina), "The whole")[0] == 0


def test_the_report_says_that_these_are_our_own_rules_and_nobody_has_checked_it(amina: Browser) -> None:
    save(amina, "policy", {"P1.1:choice": "2"})
    words = report(amina).words
    assert "are this project’s own rules, not a publisher’s" in words
    assert "nobody has checked it" in words


def test_a_report_is_of_the_day_on_which_it_is_looked_at(amina: Browser) -> None:
    save(amina, "policy", {"P1.1:choice": "2"})
    assert "As of 21 November 2026." in report(amina).words


# Going on from a quick check


@pytest.fixture
def continued(bruno: Browser) -> Browser:
    """Bruno, who has gone on from his quick check to the full self-assessment."""
    set_profile(bruno, staff="high", partners="none")
    said = {
        "P1.1:choice": "partly",
        "P1.1:note": "Draft on the shelf",
        "P2.1:choice": "-unknown",
        "P2.2:choice": "no",
    }
    save(bruno, "policy", said)
    quick = bruno.home
    went_on = bruno.post(f"{quick}/continue", {"form_key": f"continue-{quick.rpartition('/')[2]}"})
    assert went_on.status_code == 303
    bruno.home = went_on.headers["location"]
    return bruno


def test_what_was_said_in_the_quick_check_is_shown_to_be_confirmed(continued: Browser) -> None:
    words = visit(continued, f"{continued.home}/sections/policy").words
    assert "In your quick check you said Partly to “Do you have your own written" in words
    assert "you said we don’t know to “Has your board" in words
    assert "you said No, not yet to “Does the policy bind" in words
    assert words.count("In your quick check you said") == 3
    assert "Draft on the shelf" in words


def test_what_was_carried_over_counts_only_once_it_is_confirmed(continued: Browser) -> None:
    page = visit(continued, continued.home)
    assert "0 of 51 answered" in page.words
    assert "River School" in page.words
    assert "There is nothing to report yet" in report(continued).words
    save(continued, "policy", {"P1.1:choice": "1"})
    assert "1 of 51 answered" in visit(continued, continued.home).words


def test_the_quick_check_itself_stays_as_it_was(continued: Browser) -> None:
    titles = visit(continued, "/assessments").words
    assert "Quick check, begun on" in titles
    assert "Full self-assessment, begun on" in titles


def test_going_on_twice_leads_to_the_same_assessment(bruno: Browser) -> None:
    form = visit(bruno, bruno.home).form("/continue")
    homes = {bruno.post(form.action, form.fields).headers["location"] for _ in range(2)}
    assert len(homes) == 1
    assert len([one for one in visit(bruno, "/assessments").links if one.startswith("/assessments/")]) == 2


def test_a_full_self_assessment_goes_on_to_nothing(amina: Browser) -> None:
    assert amina.post(f"{amina.home}/continue", {"form_key": "a"}).status_code == 404
    assert "Continue as the full" not in visit(amina, amina.home).words


def test_nobody_goes_on_from_anothers_quick_check(
    amina: Browser, bruno: Browser, open_browser: Callable[[], Browser]
) -> None:
    assert (
        amina.post(f"{bruno.home}/continue", {"form_key": form_key(amina.get("/start"))}).status_code == 404
    )
    assert open_browser().post(f"{bruno.home}/continue").status_code == 401
