"""`plumbline score` and `explain`: the figures of a file of answers, without the web application."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from app.__main__ import main
from app.services import assessments, profiles, results
from app.services.opened import OpenAssessment
from app.settings import ROOT
from scoring.plain import PlainResult, plain_result
from standards.canonical import canonical
from standards.models import PackModel
from tests.app.questionnaire import save, set_profile
from tests.conftest import Browser
from tests.scoring.cast import asking_levels
from tests.scoring.test_worked_cases import CASES, earlier_and_later, scored_packs

EXAMPLES = Path(__file__).parents[2] / "examples"
SAMPLE = ["--framework", "sample-framework.yaml", "--questionnaire", "sample-questionnaire.yaml"]
EDITION = ROOT / "standards" / "packs" / "ics-style" / "2026.1.yaml"
FULL = ROOT / "questionnaires" / "packs" / "ics-style-full" / "1.yaml"

Printed = Callable[..., Any]


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Printed:
    """Runs a command that succeeds, and gives what it printed."""

    def run(*arguments: object) -> str:
        assert main([str(argument) for argument in arguments]) == 0
        return capsys.readouterr().out

    return run


def put(folder: Path, name: str, content: PackModel | dict[str, Any]) -> Path:
    """A file of a pack or of answers. JSON is YAML as well."""
    path = folder / name
    text = canonical(content) if isinstance(content, PackModel) else json.dumps(content)
    path.write_text(text, encoding="utf-8")
    return path


def said(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers of a worked case as a file of answers has them."""
    return {
        code: {"value" if key == "level" else key: value for key, value in one.items()}
        for code, one in answers.items()
    }


@pytest.mark.parametrize("case", CASES["scoring"], ids=lambda case: case["name"])
def test_a_worked_case_comes_out_of_its_files(case: dict[str, Any], tmp_path: Path, printed: Printed) -> None:
    framework, questionnaire = scored_packs(case)
    answers = {
        "answers": said(case["answers"]),
        "profile": case.get("profile", {}),
        "targets": case.get("targets", {}),
    }

    result = json.loads(
        printed(
            *("score", "--framework", put(tmp_path, "framework.yaml", framework)),
            *("--questionnaire", put(tmp_path, "questionnaire.yaml", questionnaire)),
            *("--answers", put(tmp_path, "answers.json", answers), "--on", "2026-11-21"),
        )
    )

    assert {name: result[name] for name in case["expected"]} == case["expected"]


@pytest.mark.parametrize("case", CASES["comparing"], ids=lambda case: case["name"])
def test_a_worked_comparison_comes_out_of_its_files(
    case: dict[str, Any], tmp_path: Path, printed: Printed
) -> None:
    earlier, later = earlier_and_later(case)
    files: list[object] = []
    for prefix, framework, answers in (("before-", earlier, "answers_before"), ("", later, "answers")):
        files += [
            *(f"--{prefix}framework", put(tmp_path, f"{prefix}framework.yaml", framework)),
            *(f"--{prefix}questionnaire", put(tmp_path, f"{prefix}asked.yaml", asking_levels(framework))),
            *(f"--{prefix}answers", put(tmp_path, f"{prefix}answers.json", {"answers": said(case[answers])})),
        ]

    comparison = json.loads(printed("score", *files, "--on", "2026-11-21"))["comparison"]

    shown = {name: comparison[name] for name in case["expected"]}
    assert shown == case["expected"]


def test_a_file_exported_from_the_application_gives_the_figures_that_the_application_shows(
    amina: Browser, app: FastAPI, tmp_path: Path, printed: Printed
) -> None:
    set_profile(amina, online="high", partners="none")
    save(amina, "policy", {"P1.1:choice": "2", "P1.1:evidence": "3", "P1.2:choice": "-unknown"})
    save(amina, "help", {"R5.1:choice": "1", "R5.1:note": "A note"})
    exported = tmp_path / "exported.json"
    exported.write_text(amina.get(f"{amina.home}/export.json").text, encoding="utf-8")

    result = json.loads(
        printed("score", "--framework", EDITION, "--questionnaire", FULL, "--answers", exported)
    )

    assert result == json.loads(shown_by(app, amina).model_dump_json(by_alias=True))
    assert result["overall"]["score"] is not None


def test_every_figure_can_be_explained(printed: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES)
    explained = printed("explain", "R3.5", *SAMPLE, "--answers", "sample-answers.json")
    assert "gap 0.666666667 to level 2; priority = 0.666666667 × 3 × 1.5 = 3; urgent" in explained
    for figure in ("overall", "rating", "policy", "P1", "P1.1"):
        assert printed("explain", figure, *SAMPLE, "--answers", "sample-answers.json")


def test_the_overall_score_is_explained_by_its_terms(
    printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLES)
    explained = printed("explain", *SAMPLE, "--answers", "sample-answers.json").splitlines()
    assert "  score = 100 × 2 / 6; still to answer: weight 0" in explained
    assert "    P1.1: 3 × 0.666666667 = 2" in explained


def test_the_schema_describes_every_key_that_is_printed(
    printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLES)
    schema = json.loads(printed("score-schema"))
    result = json.loads(printed("score", *SAMPLE, "--answers", "sample-answers.json"))
    assert set(result) == set(schema["properties"])
    indicator = schema["$defs"]["PlainIndicator"]
    assert all(set(one) == set(indicator["properties"]) for one in result["indicators"].values())


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("nothing", "answers.json: expected JSON"),
        ("[]", "answers.json: : Input should be a valid dictionary"),
        ('{"answers": {}, "answres": {}}', "answers.json: answres: Extra inputs are not permitted"),
        ('{"answers": {"q1": {"value": 7}}}', "answers.json: q1: expected a whole number from 0 to 3"),
        (
            '{"answers": {"q9": {"value": 1}}}',
            "answers.json: q9: expected a question of this questionnaire",
        ),
        ('{"answers": {}, "profile": {"moon": "high"}}', "answers.json: moon: "),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_printed(
    answers: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(EXAMPLES)
    file = tmp_path / "answers.json"
    file.write_text(answers, encoding="utf-8")

    assert main(["score", *SAMPLE, "--answers", str(file)]) == 2

    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(said)


def test_what_is_missing_to_compare_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(EXAMPLES)
    before = ["--before-framework", "sample-framework.yaml"]
    assert main(["score", *SAMPLE, "--answers", "sample-answers.json", *before]) == 2
    assert capsys.readouterr().err == "to compare, give --before-questionnaire, --before-answers too\n"


def test_a_figure_that_is_not_there_is_named_with_those_that_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(EXAMPLES)
    assert main(["explain", "P7.7", *SAMPLE, "--answers", "sample-answers.json"]) == 2
    assert "there is no figure P7.7; expected one of overall, rating, policy" in capsys.readouterr().err


def shown_by(app: FastAPI, browser: Browser) -> PlainResult:
    """The result as the application works it out for its pages."""
    assessment = opened(app, browser)
    assert profiles.load(assessment).facts
    return plain_result(results.result(assessment, results.open_sheet(assessment), app.state.clock().date()))


def opened(app: FastAPI, browser: Browser) -> OpenAssessment:
    from app import database
    from app.vault.holders import find_receipt_holder
    from app.vault.receipts import read_receipt

    session = database.reading(app.state.engine)
    holder = find_receipt_holder(session, read_receipt(browser.receipt))
    assert holder is not None
    id_ = browser.home.rpartition("/")[2]
    return assessments.find(session, app.state.library, holder, id_, app.state.clock().date())
