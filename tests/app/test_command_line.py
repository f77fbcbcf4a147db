"""What an operator sees who starts Plumbline with something amiss."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.__main__ import main
from app.settings import ROOT


@pytest.fixture
def taken_port() -> Iterator[str]:
    """A port that somebody else listens on: were Plumbline to start after all, it would soon stop again."""
    with socket.create_server(("127.0.0.1", 0)) as somebody_else:
        yield str(somebody_else.getsockname()[1])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PLUMBLINE_TRUSTED_PROXIES", "127.0.0.1, proxy.example.org"),
        ("PLUMBLINE_RECEIPTS_PER_MINUTE", "0"),
        ("PLUMBLINE_PATIENCE_SECONDS", "soon"),
        ("PLUMBLINE_PACKS", "/nowhere/at/all"),
        ("PLUMBLINE_ADDRESS", "plumbline.example.org"),
        ("PLUMBLINE_ADDRESS", "https://plumbline.example.org/below"),
        ("PLUMBLINE_ADDRESS", "https://plumbline.example.org:door"),
        ("PLUMBLINE_MAIL_FROM", "the safeguarding team"),
        ("PLUMBLINE_MAIL_FROM", "one@example.org, two@example.org"),
        ("PLUMBLINE_MAIL_SERVER", "mail.example.org"),
        ("PLUMBLINE_MAIL_SERVER", "smtps://plumbline@mail.example.org"),
        ("PLUMBLINE_MAIL_SERVER", "smtp://mail.example.org"),
        ("PLUMBLINE_MAIL_SERVER", "smtps://mail.example.org"),  # alone
    ],
)
def test_a_setting_that_makes_no_sense_is_named_and_nothing_is_served(
    name: str,
    value: str,
    taken_port: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(name, value)

    assert main(["serve", "--port", taken_port, "--data", str(tmp_path / "data")]) == 2

    heading, *faults = capsys.readouterr().err.splitlines()
    assert heading == "Plumbline cannot start."
    assert [line.partition(":")[0] for line in faults] == [name]
    assert not (tmp_path / "data").exists()


def test_a_password_in_the_wrong_place_is_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever writes it into the address of the mail server finds it in no log."""
    monkeypatch.setenv("PLUMBLINE_MAIL_SERVER", "smtps://plumbline:gravel-lantern@mail.example.org")
    monkeypatch.setenv("PLUMBLINE_MAIL_PASSWORD", "oboe-tide")

    assert main(["serve", "--data", str(tmp_path / "data")]) == 2

    said = "".join(capsys.readouterr())
    assert "PLUMBLINE_MAIL_SERVER: " in said
    assert "gravel" not in said
    assert "oboe" not in said


def test_a_setting_that_makes_no_sense_is_named_to_an_author_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLUMBLINE_PACKS", "/nowhere/at/all")
    assert main(["packs", "check"]) == 2
    assert "PLUMBLINE_PACKS: " in capsys.readouterr().err


def test_a_faulty_pack_is_named_by_file_line_and_column_and_nothing_is_served(
    taken_port: str, tmp_path: Path
) -> None:
    for folder in ("app", "scoring", "questionnaires", "standards", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    pack = tmp_path / "standards" / "packs" / "ics-style" / "2026.1.yaml"
    faulty = pack.read_text(encoding="utf-8").replace("\nlanguage: en\n", "\nlanguage: no\n")
    pack.write_text(faulty, encoding="utf-8")

    command = [sys.executable, "-m", "app", "serve", "--port", taken_port, "--data", str(tmp_path / "data")]
    started = subprocess.run(
        command, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, check=False, capture_output=True, text=True
    )

    assert started.returncode == 2
    assert started.stderr.splitlines() == [
        "Plumbline cannot start.",
        'ics-style/2026.1.yaml:9:11: language: write it in quotes: "no";'
        " without them some programs read it as true or false",
    ]
