"""What the repository promises about itself."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "run"), *arguments]
    return subprocess.run(command, env=environment, check=False, capture_output=True, text=True)


def test_the_lock_names_no_host_and_no_folder() -> None:
    assert not re.search(r"://|--(extra-)?index|--find-links|file:|(^|\s)/\w|[A-Z]:\\", LOCK)


def test_every_locked_release_has_hashes() -> None:
    releases = re.split(r"\n(?=\w)", LOCK.strip())
    assert [each.split()[0] for each in releases if "--hash=sha256:" not in each] == []


@pytest.mark.parametrize(
    "needed", [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["test"]], ids=str
)
def test_what_we_depend_on_is_locked_at_or_above_its_lower_bound(needed: str) -> None:
    name, lowest = needed.lower().split(">=")
    locked = re.search(rf"^{name}==([\d.]+)", LOCK, re.MULTILINE)
    assert locked is not None
    assert _numbers(locked[1]) >= _numbers(lowest)


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def test_run_says_what_it_can_do() -> None:
    answer = run("--help")
    assert answer.returncode == 0
    assert {"./run serve", "./run test", "./run messages"} <= set(re.findall(r"\./run \w+", answer.stdout))


def test_run_refuses_a_word_it_does_not_know() -> None:
    answer = run("sevre")
    assert answer.returncode == 2
    assert "./run serve" in answer.stderr


def test_run_never_empties_a_folder_that_it_did_not_make(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all")
    answer = run("serve", PLUMBLINE_VENV=str(tmp_path))
    assert answer.returncode == 1
    assert "was not made by this script" in answer.stderr
    assert letter.read_text() == "Dear all"
