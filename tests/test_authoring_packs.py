"""Somebody who writes their first pack follows docs/authoring-packs.md, and sees what it says."""

import argparse
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.__main__ import main
from app.commands.packs import VERBS
from app.main import create_app
from app.settings import ROOT, Settings
from standards import advice
from tests.app.markup import visit
from tests.conftest import OWN_PAGE, Browser

PAGE = (ROOT / "docs" / "authoring-packs.md").read_text(encoding="utf-8")
FIRST_PACK = ROOT / "docs" / "first-pack"
EDITION = FIRST_PACK / "standards" / "club-night" / "1.yaml"


def blocks() -> Iterator[tuple[str, str, str]]:
    """What stands between fences in the first part: its kind, the file that it is for, and its text."""
    walk = PAGE.partition("## Reference")[0]
    yield from re.findall(r"^```(\w+) ?(\S*)\n(.*?)^```$", walk, re.MULTILINE | re.DOTALL)


def type_in(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What a command of the page prints."""
    program, *words = shlex.split(command)
    if program == "cp":
        shutil.copy(ROOT / words[0], words[1])
        return ""
    assert program == "plumbline"
    main(words)
    printed = capsys.readouterr()
    return printed.out + printed.err


def follow(capsys: pytest.CaptureFixture[str]) -> None:
    """Do everything that the page says, and compare what is printed."""
    for kind, file, text in blocks():
        path = Path(file)
        match kind:
            case "yaml" if file:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            case "diff":
                old, new = (line[1:] for line in text.splitlines())
                before = path.read_text(encoding="utf-8")
                assert before.count(f"{old}\n") == 1, old
                path.write_text(before.replace(f"{old}\n", f"{new}\n"), encoding="utf-8")
            case "console":
                for said in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                    command, _, output = said.partition("\n")
                    assert type_in(command, capsys) == output, command


@pytest.fixture
def walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """The folder of packs at the end of the walk."""
    monkeypatch.chdir(tmp_path)
    follow(capsys)
    return tmp_path / "my-packs"


def test_every_command_prints_what_the_page_says(walked: Path) -> None:
    assert sorted(path.name for path in walked.rglob("*.yaml")) == ["1.yaml", "1.yaml", "2.yaml"]


def test_the_pieces_that_the_page_shows_are_pieces_of_the_finished_pack() -> None:
    finished = [path.read_text(encoding="utf-8") for path in FIRST_PACK.rglob("*.yaml")]
    pieces = [text for kind, _file, text in blocks() if kind == "yaml"]
    assert len(pieces) == 3
    assert all(any(piece in text for text in finished) for piece in pieces)
    assert EDITION.read_text(encoding="utf-8").count("- code: ") == 10


def test_the_finished_pack_is_offered_and_can_be_answered(walked: Path, tmp_path: Path) -> None:
    application = create_app(Settings(data=tmp_path / "data", packs=walked))
    with TestClient(
        application, base_url="http://localhost", client=("127.0.0.1", 50000), headers=OWN_PAGE
    ) as client:
        author = Browser(client)
        assert "Safe club night" in visit(author, "/start").words
        author.start("club-night-full")
        for question in ("B1", "B2", "B3", "B4", "D1", "D2", "D3", "D4", "A1", "A2"):
            assert author.answer(question, "2").status_code == 200
        assert "10 of 10 answered" in visit(author, author.home).words


def test_the_lengths_and_efforts_on_the_page_are_those_that_are_checked() -> None:
    said = " ".join(PAGE.split())
    assert (
        f"a title {advice.TITLE} characters, a statement or prompt {advice.STATEMENT}, a `why` {advice.WHY}, "
        f"a level {advice.LEVEL}, an action {advice.ACTION}"
    ) in said
    assert f"less than {advice.LEAST_DAYS:g} or more than {advice.MOST_DAYS:g} days" in said


def test_every_verb_of_packs_is_in_the_table_of_commands() -> None:
    verbs = argparse.ArgumentParser().add_subparsers()
    for add_verb_to in VERBS:
        add_verb_to(verbs)
    documented = PAGE + (ROOT / "docs" / "importing-packs.md").read_text(encoding="utf-8")
    assert [verb for verb in verbs.choices if f"plumbline packs {verb}" not in documented] == []
