"""Bringing in an exported file."""

from httpx import Response

from tests.conftest import Browser, form_key


def bring_in(browser: Browser, file: str, key: str) -> Response:
    upload = {"file": ("assessment.json", file)}
    answer: Response = browser.client.post(
        "/import", data={"form_key": key}, files=upload, follow_redirects=False
    )
    return answer


def actions(browser: Browser, plan: str) -> int:
    return browser.get(plan).text.count('<article class="action')


def test_a_file_that_is_sent_twice_is_taken_in_once_and_undoes_nothing(amina: Browser) -> None:
    plan = f"{amina.home}/plan"
    own = {"text": "Ask the children", "owner": "Amina"}
    amina.post(f"{plan}/new", own | {"form_key": form_key(amina.get(f"{plan}/new"))})
    file, key = amina.get(f"{amina.home}/export.json").text, form_key(amina.get("/import"))

    home = bring_in(amina, file, key).headers["location"]
    amina.post(f"{home}/name", {"organisation": "Harbour", "title": "Renamed"})
    again = bring_in(amina, file, key)

    assert again.headers["location"] == home
    assert actions(amina, f"{home}/plan") == actions(amina, plan) == 1
    assert "Renamed" in amina.get(home).text


def test_a_file_that_is_brought_in_by_another_form_is_another_assessment(amina: Browser) -> None:
    file = amina.get(f"{amina.home}/export.json").text

    first = bring_in(amina, file, form_key(amina.get("/import")))
    second = bring_in(amina, file, form_key(amina.get("/import")))

    assert first.headers["location"] != second.headers["location"]
