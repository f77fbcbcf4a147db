"""A consultant's review once it is released: read, answered, and never changed."""

from fastapi import FastAPI
from sqlmodel import col, delete, select

from app.database import Session, reading, writing
from app.services import apart
from app.tables import Assessment, Grant, Holder, Review, SealedRow
from app.vault.grants import give_grant, open_grant
from app.vault.holders import KeyHolder, add_receipt_holder
from app.vault.receipts import new_receipt
from tests.app.consulting import (
    id_of,
    key_of,
    opened_by,
    release,
    released_address,
    shut_out,
)
from tests.app.markup import read, send, visit
from tests.app.questionnaire import save
from tests.app.reviews.said import CARLA, FOUND, table
from tests.conftest import Browser

REPLY = "From June on two leaders open together."


# After it


def test_the_organisation_reads_and_answers_and_the_reviewer_reads_the_answer(
    carla: Browser, amina: Browser, review: str
) -> None:
    release(carla, amina)
    assert "A review was released on 21 November 2026" in visit(amina, amina.home).words
    address = released_address(amina)
    page = visit(amina, address)
    assert FOUND["B1:remark"] in page.words
    assert CARLA in page.words
    assert table(page)["Score, of 100"] == ["59", "50"]
    answered = send(amina, page.form(address), {"B1:reply": REPLY})
    assert "Your answers are saved." in visit(amina, answered.headers["location"]).words
    assert visit(amina, address).form(address).fields["B1:reply"] == REPLY
    seen = visit(carla, review)
    assert REPLY in seen.words
    assert [form.action for form in seen.forms] == ["/log-out"]


def test_a_released_review_is_changed_no_more_and_the_reviewer_is_told(
    carla: Browser, amina: Browser, review: str
) -> None:
    form = visit(carla, f"{review}/sections/before").form("/sections/before")
    release(carla, amina)
    late = send(carla, form, {"B1:level": "0", "B1:remark": "Thought better of it"})
    assert late.status_code == 409
    assert "It was released on 21 November 2026, and is not changed any more." in read(late).words
    assert "Thought better of it" in read(late).words
    assert carla.get(f"{review}/sections/before").headers["location"] == review
    assert carla.get(f"{review}/release").headers["location"] == review
    assert carla.post(f"{review}/release").status_code == 303
    words = visit(carla, review).words
    assert "The assessor says Started" in words
    assert "Thought better of it" not in words


def test_what_the_organisation_says_later_does_not_change_what_was_compared(
    carla: Browser, amina: Browser, review: str
) -> None:
    release(carla, amina)
    save(amina, "before", {"B1:choice": "1", "B2:choice": "3"})
    page = visit(amina, released_address(amina))
    assert "B1 Enough adults The organisation says Embedded The assessor says Started" in page.words
    assert table(page)["Score, of 100"] == ["59", "50"]


def test_of_two_answers_to_one_finding_neither_overwrites_the_other(
    carla: Browser, amina: Browser, review: str
) -> None:
    release(carla, amina)
    address = released_address(amina)
    form = visit(amina, address).form(address)
    send(amina, visit(amina, address).form(address), {"B1:reply": "First"})
    conflict = send(amina, form, {"B1:reply": "Second"})
    assert conflict.status_code == 409
    assert "First" in read(conflict).words
    assert send(amina, read(conflict).form(address)).status_code == 303
    assert visit(amina, address).form(address).fields["B1:reply"] == "Second"


def test_an_answer_that_is_too_long_comes_back(carla: Browser, amina: Browser, review: str) -> None:
    release(carla, amina)
    address = released_address(amina)
    refused = send(amina, visit(amina, address).form(address), {"B1:reply": "x" * 5001})
    assert refused.status_code == 422
    assert "B1: This text has 5,001 characters; the most is 5,000." in read(refused).words
    assert read(refused).form(address).fields["B1:reply"] == "x" * 5001


def test_a_released_review_does_not_go_with_the_reviewer(
    carla: Browser, amina: Browser, review: str, app: FastAPI
) -> None:
    release(carla, amina)
    shut_out(app, amina, CARLA)
    with writing(app.state.engine) as session:
        session.execute(delete(Holder).where(col(Holder.kind) == "person"))
        session.commit()
    page = visit(amina, released_address(amina))
    assert "The assessor’s account was deleted since." in page.words
    assert FOUND["B1:remark"] in page.words
    rounds = [link for link in visit(amina, "/assessments").links if link.startswith("/assessments/")]
    assert rounds == [amina.home.removeprefix("http://localhost")]


def test_with_the_assessment_its_reviews_are_deleted(
    carla: Browser, amina: Browser, review: str, app: FastAPI
) -> None:
    release(carla, amina)
    amina.post(f"{amina.home}/delete", {"word": "DELETE"})
    with reading(app.state.engine) as session:
        for rows in (Review, Assessment, SealedRow, Grant):
            assert session.exec(select(rows)).all() == []
    assert carla.get(review).status_code == 404


# Who is let in later, or out


def bring_in_step(session: Session, app: FastAPI, owner: Browser) -> None:
    apart.keep_in_step(session, id_of(owner), key_of(session, owner), app.state.clock().date())


def second_receipt(session: Session, app: FastAPI, owner: Browser) -> KeyHolder:
    """Somebody else who is let in to the whole of the assessment."""
    today = app.state.clock().date()
    holder = add_receipt_holder(session, new_receipt(), today)
    opened = opened_by(session, owner, today)
    give_grant(session, session.get_one(Assessment, id_of(owner)), holder.id, "fill", opened.key)
    return holder


def test_whoever_is_let_in_to_the_whole_later_reads_the_released_review(
    carla: Browser, amina: Browser, review: str, app: FastAPI
) -> None:
    release(carla, amina)
    with writing(app.state.engine) as session:
        later = second_receipt(session, app, amina)
        sealed, today = session.exec(select(Review.id)).one(), app.state.clock().date()
        assert open_grant(session, later, sealed, today) is None
        bring_in_step(session, app, amina)
        assert open_grant(session, later, sealed, today) is not None
        session.commit()
    assert FOUND["B1:remark"] in visit(amina, released_address(amina)).words


def test_whoever_is_let_out_of_the_whole_loses_the_review_with_a_new_key(
    carla: Browser, amina: Browser, review: str, app: FastAPI
) -> None:
    with writing(app.state.engine) as session:
        other = second_receipt(session, app, amina)
        session.commit()
    release(carla, amina)
    with writing(app.state.engine) as session:
        sealed, today = session.exec(select(Review.id)).one(), app.state.clock().date()
        assert open_grant(session, other, sealed, today) is not None
        session.execute(
            delete(Grant).where(col(Grant.assessment_id) == id_of(amina), col(Grant.holder_id) == other.id)
        )
        bring_in_step(session, app, amina)
        assert open_grant(session, other, sealed, today) is None
        assert session.get_one(Assessment, sealed).epoch == 2
        session.commit()
    for reader, address in ((amina, released_address(amina)), (carla, review)):
        assert FOUND["B1:remark"] in visit(reader, address).words
