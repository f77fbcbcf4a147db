"""An assessment as a whole: its list, its task list, its name, its end; and that nobody else opens it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from sqlmodel import select

from app.database import Session
from app.services.packs import Library
from app.settings import Settings
from app.tables import Grant, SealedRow
from tests.app.consulting import judge, makes_an_account, release, released_address
from tests.app.consulting import let_in as let_review
from tests.app.guests import guest_of, let_in, make_link
from tests.app.markup import Page, read, send, visit
from tests.app.questionnaire import fill_in, save, set_profile
from tests.app.ratings.rating import ask_by_code
from tests.app.talk.cast import comment
from tests.app.test_accounts import sign_up
from tests.conftest import Browser, Clock, found

# The task list


def state_of(page: Page, title: str) -> str:
    """What the task list says of one of its lines."""
    line = found(
        rf'<li class="task">(?:(?!</li>).)*?>{title}</a>(.*?)</li>'.replace(".", r"[\s\S]"), page.html
    )
    return Page(line).words


def test_the_task_list_counts_what_is_answered_section_by_section(amina: Browser) -> None:
    save(amina, "policy", {"P1.1:choice": "2", "P1.2:choice": "-unknown"})
    page = visit(amina, amina.home)
    assert "2 of 53 answered" in page.words
    assert "2 of 6" in state_of(page, "A policy of your own")
    assert "Not started" in state_of(page, "Who leads on child safety")


def test_a_section_is_done_when_each_of_its_questions_has_an_answer(amina: Browser) -> None:
    save(amina, "leads", {"H1.1:choice": "3", "H1.2:choice": "0", "H1.3:choice": "-unknown"})
    assert "3 of 4" in state_of(visit(amina, amina.home), "Who leads on child safety")
    save(amina, "leads", {"H1.4:choice": "1"})
    assert "Done" in state_of(visit(amina, amina.home), "Who leads on child safety")


def test_the_one_primary_button_names_what_comes_next(amina: Browser) -> None:
    assert "Begin: where you meet children" in visit(amina, amina.home).words
    set_profile(amina, staff="some")
    assert "Begin: A policy of your own" in visit(amina, amina.home).words
    save(
        amina, "policy", {f"{code}:choice": "1" for code in ("P1.1", "P1.2", "P1.3", "P2.1", "P2.2", "P2.3")}
    )
    assert "Go on: A policy that people know" in visit(amina, amina.home).words
    fill_in(amina, lambda _question: {"choice": "1"})
    page = visit(amina, amina.home)
    assert "53 of 53 answered" in page.words
    assert "See your report" in page.words


def test_what_the_profile_leaves_out_is_not_counted(amina: Browser) -> None:
    set_profile(amina, partners="none", images="none", online="none")
    page = visit(amina, amina.home)
    assert "0 of 49 answered" in page.words
    assert "3 of 14" in state_of(page, "Where you meet children")


def test_whatever_can_be_done_at_any_time_is_one_link_away(amina: Browser) -> None:
    links = visit(amina, amina.home).links
    for path in ("/profile", "/answers", "/plan", "/name", "/targets", "/export", "/delete"):
        assert amina.home + path in links


def test_the_list_shows_how_far_each_assessment_has_come(amina: Browser) -> None:
    save(amina, "policy", {"P1.1:choice": "2"})
    page = visit(amina, "/assessments")
    assert "1 of 53" in state_of(page, "Round of 2026")
    assert "begun on 21 November 2026" in page.words


def test_the_day_of_the_last_change_is_shown(amina: Browser, clock: Clock) -> None:
    clock.pass_by(timedelta(days=3))
    amina.come_back()
    assert "Last changed on 21 November 2026." in visit(amina, amina.home).words
    save(amina, "policy", {"P1.1:choice": "2"})
    assert "Last changed on 24 November 2026." in visit(amina, amina.home).words


# Its name


def test_a_name_can_be_changed(amina: Browser) -> None:
    form = visit(amina, f"{amina.home}/name").form("/name")
    assert form.fields["organisation"] == "Harbour Children’s Club"
    renamed = send(amina, form, {"organisation": "Harbour Youth", "title": "Autumn"})
    assert (renamed.status_code, renamed.headers["location"]) == (303, amina.home)
    assert "Harbour Youth – Autumn" in visit(amina, amina.home).words
    assert "Harbour Children’s Club" not in visit(amina, "/assessments").words


def test_a_name_that_is_too_long_is_refused_and_kept(amina: Browser) -> None:
    form = visit(amina, f"{amina.home}/name").form("/name")
    refused = send(amina, form, {"title": "x" * 201})
    assert refused.status_code == 422
    assert "201 characters; the most is 200" in read(refused).words
    assert read(refused).form("/name").fields["title"] == "x" * 201
    assert "Round of 2026" in visit(amina, amina.home).words


# Its end


@pytest.mark.parametrize("word", ["", "yes", "DELET", "DELETE it"])
def test_without_the_word_nothing_is_deleted(amina: Browser, word: str) -> None:
    refused = send(amina, visit(amina, f"{amina.home}/delete").form("/delete"), {"word": word})
    assert refused.status_code == 422
    assert "Type the word DELETE to delete this assessment." in read(refused).words
    assert read(refused).form("/delete").fields["word"] == word
    assert visit(amina, amina.home).heading == "Full self-assessment"


@pytest.mark.parametrize("word", ["DELETE", "delete", " Delete "])
def test_with_the_word_it_is_gone_at_once(amina: Browser, word: str) -> None:
    deleted = send(amina, visit(amina, f"{amina.home}/delete").form("/delete"), {"word": word})
    assert deleted.status_code == 303
    assert amina.home not in visit(amina, deleted.headers["location"]).links
    for path in ("", "/report", "/answers", "/plan", "/export.json", "/sections/policy"):
        assert amina.get(amina.home + path).status_code == 404


def test_after_deleting_it_is_said_that_it_is_gone(amina: Browser) -> None:
    deleted = amina.post(f"{amina.home}/delete", {"word": "DELETE"})
    assert "The assessment is deleted" in visit(amina, deleted.headers["location"]).words


def test_of_a_deleted_assessment_no_row_remains_and_no_byte_of_its_grant(
    amina: Browser, bruno: Browser, app: FastAPI, settings: Settings
) -> None:
    save(amina, "policy", {"P1.1:choice": "2", "P1.1:note": "Words"})
    amina.post(f"{amina.home}/plan")
    assessment = amina.home.rpartition("/")[2]
    with Session(app.state.engine) as session:
        sealed = [
            *session.exec(select(Grant.sealed).where(Grant.assessment_id == assessment)),
            *session.exec(select(SealedRow.blob).where(SealedRow.assessment_id == assessment)),
        ]
    assert len(sealed) > 4
    assert any(sealed[0] in content for content in files(settings.data))
    amina.post(f"{amina.home}/delete", {"word": "DELETE"})
    assert mentions(app, assessment) == {}
    assert not [blob for blob in sealed if any(blob[-64:] in content for content in files(settings.data))]
    assert visit(bruno, bruno.home).heading == "Quick check"


def files(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.iterdir()]


def mentions(app: FastAPI, assessment: str) -> dict[str, int]:
    """In which columns of the database the assessment's id stands, and how often."""
    found_in = {}
    with app.state.engine.connect() as connection:
        tables = (
            connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table'").scalars().all()
        )
        for table in tables:
            columns = connection.exec_driver_sql(f"SELECT name FROM pragma_table_info('{table}')").scalars()
            for column in columns.all():
                query = f'SELECT count(*) FROM "{table}" WHERE "{column}" = ?'
                count = connection.exec_driver_sql(query, (assessment,)).scalar()
                if count:
                    found_in[f"{table}.{column}"] = count
    return found_in


def test_the_search_for_remains_finds_what_is_there(amina: Browser, app: FastAPI) -> None:
    assert {"assessment.id", "access_grant.assessment_id"} <= set(
        mentions(app, amina.home.rpartition("/")[2])
    )


# Nobody else


@pytest.fixture
def brunos(app: FastAPI, bruno: Browser, open_browser: Callable[[], Browser]) -> dict[str, str]:
    """What stands for each part of an address in Bruno's assessment, which has all that one can have."""
    save(bruno, "policy", {"P1.1:choice": "no", "P2.1:choice": "partly"})
    consultant = makes_an_account(open_browser(), "consultant@quay.example")
    let_review(app, bruno, "consultant@quay.example")
    judge(consultant, bruno, "policy", {"P1.1:level": "2"})
    release(consultant, bruno)
    bruno.post(f"{bruno.home}/plan")
    let_in_too = open_browser()
    sign_up(let_in_too)
    guest = guest_of(app, let_in_too)
    let_in(app, bruno, guest)
    make_link(bruno)
    return {
        "assessment_id": bruno.home.rpartition("/")[2],
        "section_id": "policy",
        "question_id": "P1.1",
        "framework": "common-features",
        "edition": "2010",
        "holder_id": guest.id,
        "reference": found(r"/invitations/([^/]+)/take-back", bruno.get(f"{bruno.home}/sharing").text),
        "comment_id": comment(bruno, "Look at this again").headers["location"].rpartition("#comment-")[2],
        "sheet_id": ask_by_code(bruno, "Deputy head")[0].rpartition("/")[2],
        "review_id": released_address(bruno).rpartition("/")[2],
        "action_id": found(r'id="action-([^"]+)"', bruno.get(f"{bruno.home}/plan").text),
    }


def addresses(app: FastAPI, parts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every method and address of the application that names an assessment. A new part needs a value here."""
    for route in iter_route_contexts(app.routes):
        if "{assessment_id}" in (route.path or ""):
            for method in route.methods or ():
                yield method, str(route.path).format_map(parts)


def statuses(app: FastAPI, browser: Browser, parts: dict[str, str]) -> dict[str, int]:
    """What somebody gets at each of those addresses."""
    fields = {"word": "DELETE", "text": "Mine", "P1.1:choice": "yes", "P1.1:revision": "1"}
    return {
        f"{method} {address}": browser.post(address, fields).status_code
        if method == "POST"
        else browser.get(address).status_code
        for method, address in addresses(app, parts)
    }


def everything_of(app: FastAPI, assessment: str) -> list[tuple[object, ...]]:
    with app.state.engine.connect() as connection:
        tables = ("assessment", "access_grant", "commitment", "sealed_row", "submission", "invitation")
        return [
            tuple(row)
            for table in tables
            for row in connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1, 2, 3")
            if assessment in tuple(row)
        ]


def test_the_walk_meets_every_page_of_an_assessment(
    app: FastAPI, bruno: Browser, brunos: dict[str, str]
) -> None:
    walk = list(addresses(app, brunos))
    assert {"GET", "POST"} == {method for method, _address in walk}
    assert len(walk) > 20
    # Three actions are chosen at the end of a talk about culture, and nowhere else; a review is written by
    # whoever was let in to review; a round follows a closed one, and an upgrade leads to a newer edition; an
    # answer is agreed on once a rating has ended, and a sheet is handed in by its rater.
    rounds = ("/rounds/next", "/rounds/upgrade")
    rated = ("/rating/questions/P1.1", "/hand-in")
    others = (*rated, "/plan/choose", "/review", "/review/release", "/review/sections/policy", *rounds)
    pages = [address for method, address in walk if method == "GET" and not address.endswith(others)]
    assert {bruno.get(address).status_code for address in pages} == {200}


def test_nobody_opens_or_changes_another_persons_assessment_by_any_address(
    app: FastAPI, amina: Browser, brunos: dict[str, str]
) -> None:
    before = everything_of(app, brunos["assessment_id"])
    assert {reply: status for reply, status in statuses(app, amina, brunos).items() if status != 404} == {}
    assert everything_of(app, brunos["assessment_id"]) == before


def test_a_stranger_is_asked_to_sign_in_at_every_address(
    app: FastAPI, stranger: Browser, brunos: dict[str, str]
) -> None:
    before = everything_of(app, brunos["assessment_id"])
    assert {reply: status for reply, status in statuses(app, stranger, brunos).items() if status != 401} == {}
    assert everything_of(app, brunos["assessment_id"]) == before


def test_what_is_forbidden_looks_just_like_what_does_not_exist(
    amina: Browser, bruno: Browser, brunos: dict[str, str]
) -> None:
    forbidden = amina.get(bruno.home)
    unknown = amina.get(f"/assessments/{'0' * 32}")
    assert (forbidden.status_code, forbidden.text) == (unknown.status_code, unknown.text)


@pytest.mark.parametrize(
    "path",
    [
        "/sections/no-such-section",
        "/answers/no-such-question",
        "/plan/actions/no-such-action",
        "/plan/actions/no-such-action/row",
        "/no-such-page",
    ],
)
def test_what_is_not_in_the_assessment_is_not_found(amina: Browser, path: str) -> None:
    replies = [amina.get(amina.home + path), amina.post(amina.home + path, {"text": "Words"})]
    assert {reply.status_code for reply in replies} <= {404, 405}
    assert "There is nothing here" in {read(reply).heading for reply in replies}


def test_an_assessment_whose_pack_is_no_longer_installed_still_opens(amina: Browser, app: FastAPI) -> None:
    app.state.library = Library([])
    assert visit(amina, amina.home).heading == "Full self-assessment"
    assert "53 questions" not in visit(amina, "/start").words
