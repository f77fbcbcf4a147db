"""A consultant's review while it is made: theirs alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlmodel import select

from app.database import reading
from app.tables import Grant, Review, Scope, SealedRow
from app.vault.grants import open_grant
from tests.app.consulting import (
    PASSWORD,
    judge,
    key_of,
    let_in,
    makes_an_account,
    release,
    released_address,
    shut_out,
)
from tests.app.markup import read, send, visit
from tests.app.questionnaire import save
from tests.app.reviews.said import CARLA, DIEGO, FOUND, table
from tests.conftest import Browser, Clock

# What the reviewer sees


def test_the_reviewer_reads_what_the_organisation_says_beside_fields_of_their_own(
    carla: Browser, amina: Browser
) -> None:
    page = visit(carla, f"{amina.home}/review/sections/before")
    organisation = page.words.index("The organisation says")
    assert "Embedded" in page.words[organisation : organisation + 60]
    assert "We always count." in page.words
    assert page.words.index("The assessor says") > organisation
    form = page.form("/sections/before")
    assert form.offered["B1:level"] == ["0", "1", "2", "3", "none"]
    assert "B1:choice" not in form.offered


def test_what_the_reviewer_says_is_there_when_they_come_back(
    carla: Browser, amina: Browser, review: str
) -> None:
    fields = visit(carla, f"{review}/sections/before").form("/sections/before").fields
    assert (fields["B1:level"], fields["B1:finding"], fields["B2:level"]) == ("1", "major", "none")
    assert fields["B1:remark"] == FOUND["B1:remark"]
    assert "2 of 4" in visit(carla, review).words


def test_saving_leads_on_to_the_next_section_and_from_the_last_to_the_overview(
    carla: Browser, amina: Browser
) -> None:
    before, after = (judge(carla, amina, one, {}).headers["location"] for one in ("before", "after"))
    assert before == f"{amina.home}/review/sections/during"
    assert after == f"{amina.home}/review"


def test_over_and_under_claims_are_named_with_both_levels(carla: Browser, review: str) -> None:
    words = visit(carla, review).words
    over = words[words.index("Over-claimed: 1") : words.index("Under-claimed: 1")]
    under = words[words.index("Under-claimed: 1") : words.index("Not claimed: 1")]
    other = words[words.index("Not claimed: 1") : words.index("Major non-conformity: 1")]
    assert "B1 Enough adults The organisation says Embedded The assessor says Started" in over
    assert "B4 A look at the rooms The organisation says Not in place The assessor says In place" in under
    assert "A1 Worries are passed on The organisation says No answer yet" in other
    assert "B2" not in over + under + other


def test_both_scores_stand_side_by_side(carla: Browser, review: str) -> None:
    """Weights: critical 3, major 2, supporting 1; all ten points together weigh 23.

    The organisation: (3·3/3 + 3·1/3 + 2·2/3 + 1·0) / 9 = 5.33 / 9; 14 of 23 are open.
    The assessor: (3·1/3 + 3·1/3 + 2·2/3 + 1·2/3 + 3·2/3) / 12 = 6 / 12; 11 of 23 are open.
    """
    assert table(visit(carla, review)) == {
        "Rating": ["On the way", "On the way"],
        "Score, of 100": ["59", "50"],
        "Between, once all is answered": ["23 to 84", "26 to 74"],
        "Share answered": ["39 %", "52 %"],
    }


def test_one_level_can_cost_the_rating(carla: Browser, amina: Browser) -> None:
    """All at 2: 66.7, and “Ready”. One critical point at 1: (46 - 3) / 69 = 62.3, and no longer."""
    for section, codes in {"before": "B1 B2 B3 B4", "during": "D1 D2 D3 D4", "after": "A1 A2"}.items():
        save(amina, section, {f"{code}:choice": "2" for code in codes.split()})
    judge(carla, amina, "during", {"D2:level": "1"})
    both = table(visit(carla, f"{amina.home}/review"))
    assert both["Rating"] == ["Ready", "On the way"]
    assert both["Score, of 100"] == ["67", "62"]


@pytest.mark.parametrize(
    ("said", "score", "evidenced"),
    [
        ({"P1.1:level": "2", "P1.1:strength": "1"}, ["67", "67"], ["67", "33"]),
        ({"P1.1:level": "3"}, ["67", "100"], ["67", "67"]),
        ({"P1.1:strength": "0"}, ["67", "67"], ["67", "33"]),
    ],
)
def test_where_the_reviewer_says_nothing_of_evidence_or_level_the_organisations_counts(
    app: FastAPI,
    open_browser: Callable[[], Browser],
    said: dict[str, str],
    score: list[str],
    evidenced: list[str],
) -> None:
    """Level 2 is 2/3. Evidence of strength 2 supports 2/3 of it, of strength 0 or 1 a third."""
    owner, consultant = open_browser(), makes_an_account(open_browser(), DIEGO)
    owner.start()
    save(owner, "policy", {"P1.1:choice": "2", "P1.1:evidence": "2"})
    let_in(app, owner, DIEGO)
    judge(consultant, owner, "policy", said)
    both = table(visit(consultant, f"{owner.home}/review"))
    assert both["Score, of 100"] == score
    assert both["Score with evidence, of 100"] == evidenced


def test_a_quick_check_is_reviewed_by_levels_too(app: FastAPI, open_browser: Callable[[], Browser]) -> None:
    owner, consultant = open_browser(), makes_an_account(open_browser(), DIEGO)
    owner.start("ics-style-quick")
    save(owner, "policy", {"P1.1:choice": "yes"})
    let_in(app, owner, DIEGO)
    judge(consultant, owner, "policy", {"P1.1:level": "0"})
    page = visit(consultant, f"{owner.home}/review")
    assert "Over-claimed: 1" in page.words
    assert table(page)["Score, of 100"] == ["100", "0"]


# Saving


def test_a_finding_needs_a_remark_and_what_was_typed_comes_back(carla: Browser, amina: Browser) -> None:
    refused = judge(carla, amina, "before", {"B1:finding": "minor", "B1:level": "2", "B2:level": "0"})
    assert refused.status_code == 422
    assert "B1: Say in a sentence what you found." in read(refused).words
    fields = read(refused).form("/sections/before").fields
    assert (fields["B1:finding"], fields["B1:level"]) == ("minor", "2")
    kept = visit(carla, f"{amina.home}/review/sections/before").form("/sections/before").fields
    assert (kept["B1:level"], kept["B2:level"]) == ("none", "0"), "the rest is saved"


@pytest.mark.parametrize(
    "typed", [{"B1:level": "4"}, {"B1:strength": "5"}, {"B1:finding": "fatal"}, {"B1:remark": "x" * 5001}]
)
def test_what_is_not_offered_is_refused(carla: Browser, amina: Browser, typed: dict[str, str]) -> None:
    address = f"{amina.home}/review/sections/before"
    assert carla.post(address, {"B1:revision": "0"} | typed).status_code == 422


def test_the_same_form_twice_is_one_change(carla: Browser, amina: Browser, app: FastAPI) -> None:
    form = visit(carla, f"{amina.home}/review/sections/before").form("/sections/before")
    first, second = (send(carla, form, {"B1:level": "1"} | FOUND) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    with reading(app.state.engine) as session:
        (one,) = session.exec(select(Review)).all()
        revisions = session.exec(select(SealedRow.revision).where(SealedRow.assessment_id == one.id)).all()
    assert list(revisions) == [1, 1]


def test_of_two_windows_neither_overwrites_the_other(carla: Browser, amina: Browser) -> None:
    form = visit(carla, f"{amina.home}/review/sections/before").form("/sections/before")
    judge(carla, amina, "before", {"B1:level": "1"})
    conflict = send(carla, form, {"B1:level": "3", "B2:level": "2"})
    assert conflict.status_code == 409
    page = read(conflict)
    assert "This was changed in another window" in page.words
    assert page.form("/sections/before").fields["B1:level"] == "3"
    assert send(carla, page.form("/sections/before")).status_code == 303
    fields = visit(carla, f"{amina.home}/review/sections/before").form("/sections/before").fields
    assert (fields["B1:level"], fields["B2:level"]) == ("3", "2")


# Who may, and who may not


def test_the_reviewer_cannot_change_what_the_organisation_says(
    carla: Browser, amina: Browser, review: str
) -> None:
    said = {"B1:choice": "0", "B1:revision": "2", "text": "Mine", "word": "DELETE"}
    tried = ["sections/before", "answers/B1", "profile", "name", "plan", "plan/new", "targets", "delete"]
    assert {path: carla.post(f"{amina.home}/{path}", said).status_code for path in tried} == dict.fromkeys(
        tried, 404
    )
    assert visit(amina, f"{amina.home}/sections/before").form("/before").fields["B1:choice"] == "3"


def test_another_consultant_sees_a_review_of_their_own(
    carla: Browser, amina: Browser, review: str, app: FastAPI, open_browser: Callable[[], Browser]
) -> None:
    diego = makes_an_account(open_browser(), DIEGO)
    assert diego.get(review).status_code == 404
    let_in(app, amina, DIEGO)
    page = visit(diego, review)
    assert "The assessor has given no level yet." in page.words
    assert FOUND["B1:remark"] not in page.words
    release(carla, amina)
    assert diego.get(released_address(amina)).status_code == 404
    assert FOUND["B1:remark"] not in visit(diego, review).words


@pytest.mark.parametrize("scope", ["read", "fill"])
def test_a_review_is_for_those_who_were_let_in_to_review(
    app: FastAPI, amina: Browser, open_browser: Callable[[], Browser], scope: Scope
) -> None:
    diego = makes_an_account(open_browser(), DIEGO)
    let_in(app, amina, DIEGO, scope)
    for one in (diego, amina):
        for path in ("", "/sections/before", "/release"):
            assert one.get(f"{amina.home}/review{path}").status_code == 404
        assert one.post(f"{amina.home}/review/sections/before", {"B1:level": "0"}).status_code == 404
        assert one.post(f"{amina.home}/review/release").status_code == 404


@pytest.mark.parametrize("path", ["/review", "/review/sections/before", "/review/release"])
def test_whoever_is_shut_out_finds_nothing_at_the_next_click(
    app: FastAPI, carla: Browser, amina: Browser, review: str, path: str
) -> None:
    shut_out(app, amina, CARLA)
    assert carla.get(amina.home + path).status_code == 404


def test_a_grant_that_ends_during_a_session_ends_the_review_and_keeps_what_was_typed(
    carla: Browser, amina: Browser, clock: Clock
) -> None:
    clock.pass_by(timedelta(days=40, hours=14, minutes=50))
    carla.post("/log-in", {"email": CARLA, "password": PASSWORD})
    form = visit(carla, f"{amina.home}/review/sections/before").form("/sections/before")
    clock.pass_by(timedelta(minutes=20))
    refused = send(carla, form, {"B1:remark": "Typed on the last evening"})
    assert refused.status_code == 404
    assert "Typed on the last evening" in read(refused).words


# Before the release


def test_before_the_release_the_organisation_finds_nothing(
    carla: Browser, amina: Browser, review: str, app: FastAPI
) -> None:
    with reading(app.state.engine) as session:
        sealed = session.exec(select(Review.id)).one()
    assert amina.get(f"{amina.home}/reviews/{sealed}").status_code == 404
    assert amina.post(f"{amina.home}/reviews/{sealed}", {"B1:reply": "x"}).status_code == 404
    assert "A review was released" not in visit(amina, amina.home).words


def test_before_the_release_the_organisations_keys_do_not_open_it(
    amina: Browser, review: str, app: FastAPI, clock: Clock
) -> None:
    with reading(app.state.engine) as session:
        sealed, today = session.exec(select(Review.id)).one(), clock().date()
        assert open_grant(session, key_of(session, amina), sealed, today) is None
        grants = session.exec(select(Grant.holder_id).where(Grant.assessment_id == sealed)).all()
        assert list(grants) == list(session.exec(select(Review.reviewer_id)).all())


def test_a_review_is_in_no_list_and_is_no_assessment_for_either_side(
    carla: Browser, amina: Browser, review: str, app: FastAPI
) -> None:
    release(carla, amina)
    with reading(app.state.engine) as session:
        sealed = session.exec(select(Review.id)).one()
    for one in (carla, amina):
        assert sealed not in one.get("/assessments").text
        assert one.get(f"/assessments/{sealed}").status_code == 404
        assert one.post(f"/assessments/{sealed}/answers/B1", {"B1:choice": "1"}).status_code == 404
        assert one.post(f"/assessments/{sealed}/delete", {"word": "DELETE"}).status_code == 404


def test_with_nothing_judged_there_is_nothing_to_release(
    carla: Browser, amina: Browser, app: FastAPI
) -> None:
    refused = carla.post(f"{amina.home}/review/release")
    assert refused.status_code == 422
    assert "There is nothing to release yet" in read(refused).words
    judge(carla, amina, "before", {})
    assert carla.post(f"{amina.home}/review/release").status_code == 422
    with reading(app.state.engine) as session:
        assert session.exec(select(Review)).one().released_on is None
