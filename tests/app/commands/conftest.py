"""A folder of packs that an author works in, and the command line as the author types it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.__main__ import main
from tests.questionnaires.samples import SAMPLE
from tests.standards.samples import EDITION, changed

Said = tuple[int, list[str]]
Type = Callable[..., Said]


@pytest.fixture
def author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the author is; `packs` in it holds the sample."""
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "packs/standards/sample/1.0.yaml", EDITION)
    put(tmp_path / "packs/questionnaires/sample-full/1.yaml", SAMPLE)
    return tmp_path


@pytest.fixture
def plumbline(capsys: pytest.CaptureFixture[str]) -> Type:
    """Type a command; its exit status, and the lines it prints."""

    def typed(*words: str) -> Said:
        status = main([*words])
        printed = capsys.readouterr()
        return status, (printed.out + printed.err).splitlines()

    return typed


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def change(path: Path, old: str, new: str) -> None:
    put(path, changed(path.read_text(encoding="utf-8"), old, new))
