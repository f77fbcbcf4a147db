"""An organisation moves: everything to read, and one sealed file that another installation takes in."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from fastapi import FastAPI

from app.database import Session, writing
from app.services import answers, assessments, closing, moving, next_round, rounds
from app.services.faults import Refused
from app.services.opened import Title
from app.services.packs import Library
from app.services.said import Said
from app.vault.grants import granted_assessments
from app.vault.holders import KeyHolder
from app.vault.key_codes import KeyCode
from app.vault.moving import new_moving_code, opened_file, sealed_file
from app.vault.organisations import OpenOrganisation, found, open_organisations
from app.vault.passwords import Stretched
from app.vault.people import add_person
from app.vault.sealing import DoesNotOpen, random_bytes, random_key
from scoring.answers import Answer
from tests.conftest import Browser

TODAY = date(2026, 11, 21)
NOTE = "kept in the boathouse\nbehind the oars"


def somebody(session: Session, email: str) -> KeyHolder:
    return add_person(session, email, Stretched(random_key(), random_key()), random_bytes(16), TODAY)[0]


@pytest.fixture
def session(app: FastAPI, open_browser: Callable[[], Browser]) -> Iterator[Session]:
    with writing(app.state.engine) as session:
        yield session


@pytest.fixture
def library(app: FastAPI) -> Library:
    library: Library = app.state.library
    return library


@pytest.fixture
def club(session: Session, library: Library) -> OpenOrganisation:
    """An organisation with two assessments, one of them answered."""
    club = found(session, somebody(session, "carla@quay.example"), "Quay Club", TODAY)
    for form, questionnaire in (("one", "ics-style-full"), ("two", "ics-style-quick")):
        begun = assessments.begin(session, library, club.key, library.offer(questionnaire), TODAY, form)
        assessments.rename(begun, Title("", f"Round {form}"))
        if form == "one":
            question = begun.questionnaire.questions["P1.1"]
            answers.take_in(begun, question, Said(Answer(2, evidence=3), note=NOTE), TODAY)
    return club


def exported(session: Session, library: Library, club: OpenOrganisation) -> tuple[dict[str, bytes], KeyCode]:
    code = new_moving_code()
    packed = moving.export(session, library, club, code, TODAY)
    with ZipFile(BytesIO(packed)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}, code


def test_everything_is_there_to_read(session: Session, library: Library, club: OpenOrganisation) -> None:
    files, _ = exported(session, library, club)
    assert sorted(files) == [
        "01-ics-style-full.json",
        "01-ics-style-full.txt",
        "02-ics-style-quick.json",
        "02-ics-style-quick.txt",
        "move.plumbline",
    ]
    [as_json] = [json.loads(text) for name, text in files.items() if name.endswith("full.json")]
    assert as_json["answers"]["P1.1"] == {"value": 2, "evidence": 3, "note": NOTE}
    [as_text] = [text.decode() for name, text in files.items() if name.endswith("full.txt")]
    assert "Quay Club – Round one" in as_text
    assert "Note: kept in the boathouse\n    behind the oars" in as_text


def test_another_installation_takes_it_in_with_its_code(
    session: Session, library: Library, club: OpenOrganisation
) -> None:
    files, code = exported(session, library, club)
    new_owner = somebody(session, "dara@quay.example")
    typed = code.code.lower().replace("-", " ")
    taken = moving.take_in(session, library, new_owner, files["move.plumbline"], typed, TODAY)
    [theirs] = open_organisations(session, new_owner)
    assert (theirs.id, theirs.name, theirs.role) == (taken.id, "Quay Club", "owner")
    again, _ = exported(session, library, theirs)
    to_read = files.keys() - {"move.plumbline"}
    assert {name: again[name] for name in to_read} == {name: files[name] for name in to_read}
    assert len(granted_assessments(session, theirs.key.id, TODAY)) == 2


def test_rounds_stay_in_their_line_and_closed_ones_closed(
    session: Session, library: Library, club: OpenOrganisation
) -> None:
    [first] = [
        opened
        for held in granted_assessments(session, club.key.id, TODAY)
        if (opened := assessments.find(session, library, club.key, held.id, TODAY)).questionnaire.id
        == "ics-style-full"
    ]
    closing.close(first, TODAY)
    title = Title("", "Round two")
    next_round.follow(session, library, first, first.pinned, title, TODAY)
    files, code = exported(session, library, club)
    new_owner = somebody(session, "dara@quay.example")
    taken = moving.take_in(session, library, new_owner, files["move.plumbline"], code.code, TODAY)
    theirs = [
        assessments.find(session, library, taken.key, held.id, TODAY)
        for held in granted_assessments(session, taken.key.id, TODAY)
    ]
    [last] = [one for one in theirs if one.line.number == 2]
    line = rounds.line(session, library, last, TODAY)
    assert [(one.title.title, one.closed_on) for one in line] == [("Round one", TODAY), ("Round two", None)]


def test_a_round_that_is_said_to_be_closed_in_days_to_come_is_refused(
    session: Session, library: Library, club: OpenOrganisation
) -> None:
    files, code = exported(session, library, club)
    whole = json.loads(opened_file(code, files["move.plumbline"]))
    whole["assessments"][0]["closed_on"] = (TODAY + timedelta(days=1)).isoformat()
    content = sealed_file(code, json.dumps(whole))
    with pytest.raises(Refused) as refused:
        moving.take_in(session, library, somebody(session, "dara@quay.example"), content, code.code, TODAY)
    assert "closed_on" in refused.value.problems[0][1]


def test_without_its_code_the_sealed_file_says_nothing(
    session: Session, library: Library, club: OpenOrganisation
) -> None:
    files, code = exported(session, library, club)
    assert b"boathouse" not in files["move.plumbline"]
    assert "boathouse" in opened_file(code, files["move.plumbline"])
    with pytest.raises(DoesNotOpen):
        opened_file(new_moving_code(), files["move.plumbline"])
    assert str(code.secret) not in repr(code)


@pytest.mark.parametrize("spoil", ["code", "no code", "a byte", "cut", "empty", "another file"])
def test_what_does_not_fit_is_refused_and_nothing_is_made(
    session: Session, library: Library, club: OpenOrganisation, spoil: str
) -> None:
    files, code = exported(session, library, club)
    content, typed = files["move.plumbline"], code.code
    match spoil:
        case "code":
            typed = new_moving_code().code
        case "no code":
            typed = "half a code"
        case "a byte":
            content = content[:100] + bytes([content[100] ^ 1]) + content[101:]
        case "cut":
            content = content[:-1]
        case "empty":
            content = b""
        case _:
            content = files["01-ics-style-full.txt"]
    new_owner = somebody(session, "dara@quay.example")
    with pytest.raises(Refused) as refused:
        moving.take_in(session, library, new_owner, content, typed, TODAY)
    assert "File and code do not fit together." in refused.value.problems[0][1]
    assert open_organisations(session, new_owner) == []


def test_what_is_sealed_rightly_but_is_no_organisation_is_refused(session: Session, library: Library) -> None:
    code = new_moving_code()
    content = sealed_file(code, json.dumps({"format": "something else", "name": "x", "assessments": []}))
    with pytest.raises(Refused) as refused:
        moving.take_in(session, library, somebody(session, "dara@quay.example"), content, code.code, TODAY)
    assert "cannot be read as an exported organisation" in refused.value.problems[0][1]
