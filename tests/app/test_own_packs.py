"""An operator adds packs from a folder of their own; a faulty one is left out, and the rest runs."""

import re
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.main import create_app
from app.settings import ROOT, Settings
from tests.app.markup import visit
from tests.conftest import Browser
from tests.questionnaires.samples import SAMPLE
from tests.standards.samples import EDITION, changed

SHIPPED = ROOT / "standards" / "packs" / "ics-style" / "2026.1.yaml"


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def asking(text: str, framework: str, id_: str) -> str:
    text = changed(text, "id: sample,", f"id: {framework},")
    return changed(text, "id: sample-full\n", f"id: {id_}\n")


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A good edition and what asks it; a faulty one, and what rests on it; one in a shipped one's name."""
    folder = tmp_path / "packs"
    put(folder / "standards/sample/1.0.yaml", EDITION)
    put(folder / "questionnaires/sample-full/1.yaml", SAMPLE)
    broken = changed(EDITION, "id: sample\n", "id: broken\n")
    put(folder / "standards/broken/1.0.yaml", changed(broken, "class: major", "class: importnat"))
    put(folder / "questionnaires/broken-full/1.yaml", asking(SAMPLE, "broken", "broken-full"))
    leading_on = changed(SAMPLE, "minutes: 5", "minutes: 5\ncontinues_as: broken-full")
    put(folder / "questionnaires/broken-quick/1.yaml", asking(leading_on, "sample", "broken-quick"))
    in_disguise = SHIPPED.read_text(encoding="utf-8").replace("Nobody", "Somebody")
    put(folder / "standards/ics-style/2026.1.yaml", in_disguise)
    return folder


@pytest.fixture
def settings(tmp_path: Path, packs: Path) -> Settings:
    return Settings(data=tmp_path / "data", packs=packs)


def test_a_pack_of_ones_own_is_offered_beside_those_that_are_shipped(stranger: Browser) -> None:
    offered = visit(stranger, "/start").form("/start").offered["questionnaire"] or []
    assert {"sample-full", "ics-style-full", "ics-style-quick"} <= set(offered)
    assert "Sample self-assessment" in visit(stranger, "/start").words


def test_progress_is_told_where_an_answer_decides_what_else_is_asked(stranger: Browser) -> None:
    stranger.start("sample-full")
    replies = [stranger.answer("q2", level).text for level in ("0", "0", "1", "2")]
    told = [re.findall(r"\d of \d answered", reply) for reply in replies]
    assert told == [["1 of 1 answered"], [], ["1 of 2 answered"], ["1 of 2 answered"]]


def test_a_pack_of_ones_own_is_answered_and_shows_on_the_report(stranger: Browser) -> None:
    stranger.start("sample-full")
    assert stranger.answer("q1", "2").status_code == 200
    assert stranger.revision("q1") == 1
    report = visit(stranger, f"{stranger.home}/report")
    assert "Sample framework 1.0." in report.words


def test_a_faulty_pack_is_not_offered_nor_what_asks_it_or_leads_on_to_it(stranger: Browser) -> None:
    offered = visit(stranger, "/start").form("/start").offered["questionnaire"] or []
    assert not {"broken-full", "broken-quick"} & set(offered)


def test_each_fault_of_what_is_left_out_is_in_the_log_with_its_place(
    app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    said = [record.getMessage() for record in caplog.get_records("setup") if record.name == "plumbline"]
    assert said == [
        "A pack is left out: standards/broken/1.0.yaml:61:20: standards.1.requirements.0.indicators.0.class:"
        " found importnat, expected critical, major or supporting",
        "A pack is left out: standards/ics-style/2026.1.yaml:1:1: ics-style 2026.1 comes with Plumbline;"
        " expected another id, or another edition or version",
        "A pack is left out: questionnaires/broken-full/1.yaml:4:12: framework:"
        " broken 1.0 has a fault of its own; mend that first",
        "A pack is left out: questionnaires/broken-quick/1.yaml:8:15: continues_as:"
        " broken-full is not installed; expected a questionnaire that is",
    ]


def test_a_pack_in_the_name_of_a_shipped_one_changes_nothing_of_it(app: FastAPI) -> None:
    shipped = create_app(Settings(data=app.state.settings.data)).state.library
    library = app.state.library
    assert library.offer("ics-style-full").framework_hash == shipped.offer("ics-style-full").framework_hash


def test_of_one_questionnaire_the_newest_version_is_offered_wherever_it_comes_from(
    packs: Path, tmp_path: Path
) -> None:
    shipped = ROOT / "questionnaires" / "packs" / "ics-style-quick" / "1.yaml"
    for version in ("0", "10", "2"):
        text = changed(shipped.read_text(encoding="utf-8"), 'version: "1"', f'version: "{version}"')
        put(packs / f"questionnaires/ics-style-quick/{version}.yaml", text)
        library = create_app(Settings(data=tmp_path, packs=packs)).state.library
        newest = "1" if version == "0" else "10"
        assert library.offer("ics-style-quick").questionnaire.version == newest


def test_a_file_that_cannot_be_read_is_left_out_too(packs: Path, tmp_path: Path) -> None:
    (packs / "standards/odd/1.yaml").mkdir(parents=True)
    library = create_app(Settings(data=tmp_path, packs=packs)).state.library
    assert "standards/odd/1.yaml:1:1: this file cannot be read: Is a directory" in map(str, library.left_out)
    assert library.offer("sample-full")


def test_what_began_with_a_pack_goes_on_when_the_pack_is_gone(
    stranger: Browser, app: FastAPI, settings: Settings
) -> None:
    stranger.start("sample-full")
    stranger.answer("q1", "2")
    without = create_app(Settings(data=settings.data)).state.library
    assert "sample-full" not in without.offered
    app.state.library = without
    assert stranger.revision("q1") == 1


JOINING = """\
from: {id: ics-style, edition: "2026.1"}
to: {id: sample, edition: "1.0"}
publisher: "Ours"
description: "What the ICS-style answers tell about our own framework."
licence: "CC-BY-4.0"
language: "en"
sources: ["Our own reading."]
crossings:
  - {to: P1.1, from: [P1.1], relation: part, note: "Our own date is not asked."}
  - {to: R3.5, from: [], relation: none}
"""
JOINED = "crosswalks/ics-style-2026.1--sample-1.0.yaml"


def test_answers_are_seen_through_a_framework_of_ones_own(packs: Path, amina: Browser, app: FastAPI) -> None:
    put(packs / JOINED, JOINING)
    app.state.library = create_app(app.state.settings).state.library
    amina.answer("P1.1", "2")
    assert f"{amina.home}/report/through/sample/1.0" in visit(amina, f"{amina.home}/report").links
    assert "Our own date is not asked." in visit(amina, f"{amina.home}/report/through/sample/1.0").words


def test_a_faulty_crosswalk_is_left_out_and_named(packs: Path, tmp_path: Path) -> None:
    shipped = create_app(Settings(data=tmp_path)).state.library
    put(packs / JOINED, changed(JOINING, "from: [P1.1]", "from: [P9.9]"))
    theirs = ROOT / "standards/crosswalks/ics-style-2026.1--policy-review-2026.1.yaml"
    put(packs / "crosswalks" / theirs.name, theirs.read_text(encoding="utf-8"))
    library = create_app(Settings(data=tmp_path, packs=packs)).state.library
    assert [str(fault).partition(": ")[0] for fault in library.left_out][-2:] == [
        f"crosswalks/{theirs.name}:1:1",
        f"{JOINED}:9:23",
    ]
    assert library.crosswalks == shipped.crosswalks
    assert "sample-full" in library.offered


def test_a_note_of_a_crosswalk_is_shown_in_the_reader_s_language(packs: Path, tmp_path: Path) -> None:
    put(packs / JOINED, JOINING)
    said = (
        'msgctxt "crosswalk crossings P1.1 note"\nmsgid "Our own date is not asked."\nmsgstr "Pas la date."\n'
    )
    put(packs / f"{JOINED.removesuffix('.yaml')}.fr.po", said)
    library = create_app(Settings(data=tmp_path, packs=packs)).state.library
    note = library.crosswalks[("ics-style", "2026.1"), ("sample", "1.0")].by_target["P1.1"].note
    assert note.said_in("fr") == ("Pas la date.", "fr")


def test_a_folder_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="packs\n  Path does not point to a directory"):
        Settings(packs=tmp_path / "nowhere")


def test_an_empty_setting_names_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUMBLINE_PACKS", "")
    assert Settings().packs is None
