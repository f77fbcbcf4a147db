"""Who opens a sheet: by keys its rater alone until it is handed in, by the server until the rating ends."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlmodel import select

from app.database import Session, reading, writing
from app.services import apart, assessments, joint, ratings
from app.services.faults import NotFound
from app.services.opened import Access
from app.tables import Assessment, Grant, Holder, Review, SealedRow
from app.vault.grants import open_grant
from app.vault.holders import KeyHolder
from tests.app.carla import makes_account
from tests.app.consulting import id_of, key_of
from tests.app.guests import Guest, guest_of, let_in, take_away
from tests.app.markup import visit
from tests.app.ratings.rating import answer, ask_by_code, end, hand_in, levels, opens, question_path, words
from tests.conftest import Browser, Clock

SECRET = "The key hangs where anybody can take it"


def holders_of(session: Session, sheet_id: str) -> set[str]:
    return set(session.exec(select(Grant.holder_id).where(Grant.assessment_id == sheet_id)))


def opens_it(session: Session, key: KeyHolder, sheet: Browser, app: FastAPI) -> bool:
    return open_grant(session, key, id_of(sheet), app.state.clock().date()) is not None


# By keys


def test_until_it_is_handed_in_only_the_raters_key_opens_a_sheet(
    app: FastAPI, amina: Browser, deputy: Browser
) -> None:
    answer(deputy, levels(B1="3"))
    with reading(app.state.engine) as session:
        assert holders_of(session, id_of(deputy)) == {key_of(session, deputy).id}
        assert not opens_it(session, key_of(session, amina), deputy, app)
        assert opens_it(session, key_of(session, deputy), deputy, app)


def test_once_it_is_handed_in_whoever_has_the_whole_has_its_key_and_no_other_rater(
    app: FastAPI, amina: Browser, deputy: Browser, trainer: Browser
) -> None:
    answer(deputy, levels(B1="3"))
    hand_in(deputy)
    with reading(app.state.engine) as session:
        expected = {key_of(session, deputy).id, key_of(session, amina).id}
        assert holders_of(session, id_of(deputy)) == expected
        assert holders_of(session, id_of(trainer)) == {key_of(session, trainer).id}


def test_a_raters_key_opens_nothing_of_the_assessment(
    app: FastAPI, amina: Browser, ended: Browser, deputy: Browser
) -> None:
    with reading(app.state.engine) as session:
        assert holders_of(session, id_of(amina)) == {key_of(session, amina).id}
        assert not opens_it(session, key_of(session, deputy), amina, app)


def test_a_sheet_that_is_not_handed_in_stays_closed_to_the_organisation_after_the_end(
    app: FastAPI, amina: Browser, deputy: Browser, trainer: Browser
) -> None:
    answer(deputy, levels(B1="3"))
    answer(trainer, levels(B1="0"))
    hand_in(deputy)
    end(amina)
    with reading(app.state.engine) as session:
        assert holders_of(session, id_of(trainer)) == {key_of(session, trainer).id}
        assert session.get_one(Review, id_of(trainer)).ended_on is not None


def test_nothing_in_the_clear_says_who_a_rater_is(app: FastAPI, amina: Browser, deputy: Browser) -> None:
    with reading(app.state.engine) as session:
        row = session.get_one(Review, id_of(deputy))
        assert (row.kind, row.assessment_id) == ("sheet", id_of(amina))
        assert session.get_one(Holder, row.reviewer_id).kind == "receipt"


# By the server


@pytest.fixture
def handed_in_one(deputy: Browser) -> Browser:
    answer(deputy, levels(B1="3") | {"B1:note": SECRET})
    hand_in(deputy)
    return deputy


def test_before_the_end_the_owner_is_shown_nothing_of_a_sheet_though_they_have_its_key(
    amina: Browser, handed_in_one: Browser
) -> None:
    for path in ("", "/sections/before", "/answers", "/hand-in", "/report"):
        assert amina.get(handed_in_one.home + path).status_code == 404
    assert amina.get(question_path(amina, "B1")).status_code == 404
    for path in ("", "/rating", "/rating/end", "/answers", "/report", "/export.json"):
        assert SECRET not in amina.get(amina.home + path).text
    assert visit(amina, f"{amina.home}/sections/before").form("/before").fields["B1:choice"] == "0"


def test_before_the_end_the_service_refuses_the_sheets_to_whoever_asks(
    app: FastAPI, amina: Browser, handed_in_one: Browser
) -> None:
    with reading(app.state.engine) as session:
        library, today = app.state.library, app.state.clock().date()
        opened = assessments.find(session, library, key_of(session, amina), id_of(amina), today)
        assert joint.load(opened) is None
        with pytest.raises(NotFound):
            ratings.open_sheets(session, library, opened, today)


def test_a_sheet_is_no_assessment_for_whoever_has_its_key(
    app: FastAPI, amina: Browser, ended: Browser, deputy: Browser
) -> None:
    with reading(app.state.engine) as session:
        for key in (key_of(session, amina), key_of(session, deputy)):
            with pytest.raises(NotFound):
                assessments.find_with(
                    session, app.state.library, [Access(key)], id_of(deputy), app.state.clock().date()
                )


def test_a_rater_sees_nothing_of_the_others_after_the_end_either(
    ended: Browser, deputy: Browser, trainer: Browser
) -> None:
    assert ended.get(deputy.home).status_code == 404
    for path in ("/rating", "/rating/questions/B1", "/report", "/answers"):
        assert trainer.get(ended.home + path).status_code == 404
    assert trainer.get(deputy.home).status_code == 404
    assert "The rule hangs beside the door." not in trainer.get(f"{trainer.home}/answers").text


# Guests


@pytest.fixture
def guest(app: FastAPI, open_browser: Callable[[], Browser]) -> Guest:
    return guest_of(app, makes_account(open_browser(), "dora@quay.example"))


def test_who_may_only_read_the_report_reads_the_middle_and_not_whose_it_is(
    app: FastAPI, ended: Browser, guest: Guest
) -> None:
    let_in(app, ended, guest, "read")
    report = visit(guest.browser, f"{ended.home}/report")
    assert "answers are the middle of what 2 people said, until you agree" in report.words
    assert "Deputy head" not in report.html
    assert f"{ended.home}/rating" not in report.links
    assert guest.browser.get(f"{ended.home}/rating").status_code == 404
    assert visit(ended, f"{ended.home}/report").words.count("of 100") > 0


def test_a_consultant_reads_the_middle_in_the_answers(app: FastAPI, ended: Browser, guest: Guest) -> None:
    let_in(app, ended, guest, "review")
    answers = visit(guest.browser, f"{ended.home}/answers")
    assert "The middle of what 2 people said, until you agree" in answers.words
    judged = visit(guest.browser, f"{ended.home}/review/sections/before").words
    assert "The organisation says Started" in judged, "the middle, and not what Amina had said herself"


def test_a_guest_who_is_taken_away_opens_no_sheet_and_the_rest_still_do(
    app: FastAPI, amina: Browser, handed_in: None, deputy: Browser, guest: Guest
) -> None:
    let_in(app, amina, guest, "fill")
    with reading(app.state.engine) as session:
        assert guest.id in holders_of(session, id_of(deputy)), "let in to what was handed in before"
    take_away(amina, guest)
    with reading(app.state.engine) as session:
        assert guest.id not in holders_of(session, id_of(deputy))
        assert session.get_one(Assessment, id_of(deputy)).epoch == 2
        assert opens_it(session, key_of(session, amina), deputy, app)
    assert "Embedded" in visit(deputy, f"{deputy.home}/answers").words
    assert end(amina).status_code == 303
    assert "The rule hangs beside the door." in visit(amina, f"{amina.home}/rating").words


def test_when_a_guests_last_day_has_passed_the_keys_of_the_sheets_are_changed_too(
    app: FastAPI, amina: Browser, handed_in: None, deputy: Browser, guest: Guest, clock: Clock
) -> None:
    let_in(app, amina, guest, "fill", until=clock.now.date() + timedelta(days=1))
    clock.pass_by(timedelta(days=2))
    amina.come_back()
    assert amina.post(f"{amina.home}/sharing/keys").status_code == 303
    with reading(app.state.engine) as session:
        assert guest.id not in holders_of(session, id_of(deputy))
        assert session.get_one(Assessment, id_of(deputy)).epoch == 2


def test_a_sheet_with_a_raters_key_put_in_another_raters_place_opens_for_neither(
    app: FastAPI, deputy: Browser, trainer: Browser
) -> None:
    """Whoever can write into the database can name another rater, and still opens nothing."""
    with writing(app.state.engine) as session:
        session.get_one(Review, id_of(deputy)).reviewer_id = key_of(session, trainer).id
        session.commit()
    assert trainer.get(deputy.home).status_code == 404
    assert deputy.get(deputy.home).status_code == 404


# Its end


def test_with_the_assessment_its_sheets_go_and_so_do_the_codes(
    app: FastAPI, amina: Browser, handed_in: None, deputy: Browser, stranger: Browser
) -> None:
    amina.post(f"{amina.home}/delete", {"word": "DELETE"})
    with reading(app.state.engine) as session:
        for rows in (Review, Assessment, SealedRow, Grant):
            assert session.exec(select(rows)).all() == []
        assert len(session.exec(select(Holder)).all()) == 1, "Amina's receipt, which may open other things"
    assert deputy.get(deputy.home).status_code == 401
    assert stranger.come_back(deputy.receipt).status_code == 401


def test_keeping_in_step_leaves_what_is_not_handed_in_alone(
    app: FastAPI, amina: Browser, deputy: Browser
) -> None:
    with writing(app.state.engine) as session:
        apart.keep_in_step(session, id_of(amina), key_of(session, amina), app.state.clock().date())
        assert holders_of(session, id_of(deputy)) == {key_of(session, deputy).id}


# A second code for a sheet there is none of


def test_two_codes_are_never_the_same(amina: Browser, open_browser: Callable[[], Browser]) -> None:
    first, second = ask_by_code(amina, "Deputy head"), ask_by_code(amina, "Trainer")
    assert first[1] != second[1]
    crossed = open_browser().post(first[0], {"receipt": second[1]})
    assert crossed.status_code == 401
    assert "do not fit together" in words(crossed)
    assert opens(open_browser(), *first).home != opens(open_browser(), *second).home
