"""The examples of single rules in docs/scoring.md, worked out again."""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any, get_args

import pytest
import yaml

from questionnaires.models import Questionnaire
from questionnaires.visibility import visible_questions
from scoring.answers import Answer, read_answer
from scoring.assessment import Result, assess
from scoring.changes import Changes, changes
from scoring.compare import Comparison, Round, Split, compare
from scoring.critical_change import Fate
from scoring.plan import Step, draft
from scoring.projection import LEAVES, Month, project_by_month
from scoring.raters import JointResult, assess_jointly
from scoring.rounding import one_decimal
from scoring.sites import ParentResult, Site, assess_parent
from scoring.trends import trends
from standards.models import Framework
from tests.scoring.cast import (
    TODAY,
    asking,
    asking_levels,
    assess_on_today,
    edition,
    indicator,
    level_question,
)
from tests.scoring.test_documented_example import (
    ICS_STYLE,
    SAID,
    TEXT,
    Row,
    figure,
    framework,
    result,
    table,
)

__all__ = ["framework", "result"]  # fixtures

COMES_TO = ("credit", "attainment", "exactly", "value")
RATINGS = [rating.model_dump(by_alias=True, exclude_defaults=True) for rating in ICS_STYLE.ratings]


def said(text: str) -> Answer:
    """An answer as the tables write it."""
    return {"nothing yet": Answer(), "level 0": Answer(value=0), **SAID}[text]


def code(cell: str) -> Any:
    """What a pack would say in this cell."""
    return yaml.load(cell.strip("`"), yaml.BaseLoader)


def nearly(cell: str) -> Any:
    return pytest.approx(figure(cell)) if cell else None


def sums() -> Iterator[tuple[str, str]]:
    """Every sum that is written out, and what it is said to come to."""
    for heads in ("to | is said", "combine | worked out", "figure | worked out", "comparing | worked out"):
        for row in table(heads):
            yield row["worked out"], next(row[head] for head in COMES_TO if head in row)
    yield (
        TEXT.partition("Its score is ")[2].partition(" = ")[0],
        TEXT.partition(" = **")[2].partition("**")[0],
    )


@pytest.mark.parametrize(
    ("written", "exactly"), [one for one in sums() if re.fullmatch(r"[0-9 ·+/()]+", one[0])]
)
def test_each_sum_that_is_written_out_comes_to_what_is_said(written: str, exactly: str) -> None:
    exact = re.sub(r"\d+", r"Fraction(\g<0>)", written.replace("·", "*"))

    assert eval(exact, {"Fraction": Fraction}) == Fraction(exactly)


# 2. Credits


def questions() -> list[dict[str, Any]]:
    return [
        level_question("A", id=row["example"], kind=row["kind"].strip("`"), **_settings(row["settings"]))
        for row in table("example | kind")
    ]


def _settings(cell: str) -> dict[str, Any]:
    settings: dict[str, Any] = code(f"{{{cell.strip('`')}}}") or {}
    if "scale" in settings:
        settings["scale"] = "of_the_example"
    for box in settings.get("boxes", ()):
        box["label"] = box["id"]
        box["required"] = box.get("required") == "true"
    return settings


def scale() -> list[dict[str, Any]]:
    (options,) = [
        code(f"{{{row['settings'].strip('`')}}}")["scale"]
        for row in table("example | kind")
        if "scale" in row["settings"]
    ]
    return [{"label": option["id"], **option} for option in options]


@pytest.fixture(scope="module")
def asked() -> Questionnaire:
    return asking(*questions(), scales={"of_the_example": scale()})


@pytest.mark.parametrize("row", table("to | is said"), ids=lambda row: f"{row['to']} {row['is said']}")
def test_each_credit_is_as_documented(row: Row, asked: Questionnaire) -> None:
    edition_ = edition({"policy": [indicator("A", "critical")]})
    value = _value(row["is said"].strip("`"))
    answer = read_answer(asked, row["to"], {"value": value}, on=TODAY)

    (term,) = [
        term
        for term in assess(edition_, asked, {row["to"]: answer}, on=TODAY).indicators["A"].terms
        if term.question == row["to"]
    ]

    assert term.credit == nearly(row["credit"])


def _value(text: str) -> Any:
    return int(text) if text.isdigit() else code(text)


# 3. Attainment and conditions


@pytest.mark.parametrize("row", table("combine | worked out"), ids=lambda row: row["combine"])
def test_each_way_to_combine_is_as_documented(row: Row) -> None:
    rows = table("asked of it | weight")
    asked = asking(
        *(
            level_question(
                "A", id=one["asked of it"], informs=[{"indicator": "A", "weight": float(one["weight"])}]
            )
            for one in rows
        ),
        combine=row["combine"],
    )
    answers = {one["asked of it"]: said(one["what was said"]) for one in rows}

    judged = assess(edition({"policy": [indicator("A", "critical")]}), asked, answers, on=TODAY).indicators[
        "A"
    ]

    assert [term.credit for term in judged.terms] == [nearly(one["credit"]) for one in rows]
    assert judged.attainment == nearly(row["attainment"])


@pytest.mark.parametrize("row", table("online | rules"), ids=lambda row: f"{row['online']}, {row['rules']}")
def test_the_condition_shows_its_question_as_documented(row: Row) -> None:
    written = TEXT.partition("```yaml\n")[2].partition("```")[0]
    condition = {"id": "more", "kind": "text", **yaml.safe_load(written)}
    asked = asking(
        level_question("A", id="rules"), condition, profile=[{"fact": "online", "prompt": "Online?"}]
    )
    profile: dict[str, Any] = {} if row["online"] == "not given" else {"online": row["online"]}
    value = said(row["rules"]).value

    shown = visible_questions(asked, profile, {"rules": value} if isinstance(value, int) else {})

    assert ("more" in shown) is (row["asked"] == "yes")


# 8. Plan and projection


def test_the_documented_evidence_that_a_level_leaves_is_what_holds() -> None:
    documented = {
        int(row["level that is reached"]): int(row["evidence it leaves"])
        for row in table("level that is reached")
    }

    assert documented == {level: LEAVES[level] for level in (1, 2, 3)}


def test_the_plan_with_a_capacity_is_as_documented(framework: Framework, result: Result) -> None:
    rows = table("action | days")
    capacity = float(TEXT.partition("With a capacity of ")[2].partition(" ")[0])

    plan = draft(framework, result.gaps, start=result.on, capacity=capacity)

    total = 0.0
    for action, row in zip(plan, rows, strict=True):
        total += action.effort_days
        assert f"{action.indicator} to {action.to}" == row["action"]
        assert (action.effort_days, total) == (float(row["days"]), float(row["all so far"]))
        assert action.due.isoformat() == row["due then"]
        assert action.late is (row["late"] == "yes")
        # The month in which the work is done ends on the day on which it would be due without its tier.
        assert action.due == max(date.fromisoformat(row["ends"]), _of_tier(framework, result, action.step))
        assert -(-total // capacity) == int(row["done in month"])


def _of_tier(framework: Framework, result: Result, step: Step) -> date:
    (due,) = [one.due for one in draft(framework, result.gaps, start=result.on) if one.step == step]
    return due


def test_the_projection_of_the_plan_is_as_documented(framework: Framework, result: Result) -> None:
    asked = asking_levels(framework, profile=[{"fact": "online", "prompt": "Online?"}])
    plan = draft(framework, result.gaps, start=result.on, capacity=2)

    months = project_by_month(framework, asked, result, {one.step: one.due for one in plan}, start=result.on)

    rows = table("month | up to")
    for month, row in zip(months, rows, strict=True):
        assert (month.number, month.ends.isoformat()) == (int(row["month"]), row["up to"])
        code_, level = row["done by then"].split(" at ")
        assert month.projection.indicators[code_].level == int(level)
        for outcome in (month.projection.evidence_as_now, month.projection.evidence_as_left):
            assert outcome.overall.score == nearly(row["projected score"])
        assert _ratings(month) == (
            row["rating on the evidence of now"],
            row["rating on the evidence left"],
        )
    last = months[-1].projection
    assert (last.unanswered, last.lacks_only_evidence) == (("E4",), ("E3",))
    following = last.evidence_as_left.verdict.next
    assert following is not None
    assert (following.rating.label, [one.in_the_way for one in following.waiting]) == (
        "Framework-ready",
        [("E4",)],
    )


def _ratings(month: Month) -> tuple[str | None, ...]:
    both = month.projection.evidence_as_now.verdict, month.projection.evidence_as_left.verdict
    return tuple(verdict.reached and verdict.reached.rating.label for verdict in both)


# 9. Comparing


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(_round(_before(), "before"), _round(_after(), "after"))


def _before() -> Framework:
    indicators = [indicator(row["before"], row["class"]) for row in table("before | class")]
    return edition({"old": indicators}, edition="0.9")


def _after() -> Framework:
    rows = table("after | class")
    links: dict[str, list[str]] = {}
    for row in rows:
        if row["linked from"]:
            links.setdefault(row["linked from"], []).append(row["after"])
    described = [{"from": [from_], "to": to, "relation": "revised"} for from_, to in links.items()]
    return edition(
        {"new": [indicator(row["after"], row["class"]) for row in rows]},
        earlier=[{"edition": "0.9", "links": described}],
    )


def _round(framework: Framework, heads: str) -> Round:
    answers = {row[heads]: said(row["what was said"]) for row in table(f"{heads} | class")}
    return Round(framework, assess_on_today(framework, asking_levels(framework), answers))


def test_the_groups_of_the_comparison_are_as_documented(comparison: Comparison) -> None:
    for group, row in zip(comparison.groups, table("from | to"), strict=True):
        assert (", ".join(group.from_), ", ".join(group.to)) == (row["from"], row["to"])
        assert group.weight == float(row["weight"])
        assert group.before == nearly(row["earlier"])
        assert group.after == nearly(row["later"])
        assert group.change == row["change"]
    assert (comparison.retired, comparison.new) == (("X3",), ("N4",))
    assert comparison.not_comparable == ()


@pytest.mark.parametrize("row", table("comparing | worked out"), ids=lambda row: row["comparing"])
def test_each_figure_of_the_comparison_is_as_documented(row: Row, comparison: Comparison) -> None:
    split = comparison.split
    assert split is not None

    assert _figures(comparison, split)[row["comparing"]] == nearly(row["value"])
    if row["as shown"]:
        assert str(getattr(split.shown, row["comparing"])) == row["as shown"]


def _figures(comparison: Comparison, split: Split) -> dict[str, float | None]:
    return {
        "H1": split.headline[0],
        "H2": split.headline[1],
        "C1": split.like_for_like[0],
        "C2": split.like_for_like[1],
        "change": split.change,
        "practice": split.practice,
        "left": split.left,
        "joined": split.joined,
        "share": comparison.share,
    }


def test_practice_alone_would_be_shown_as_documented(comparison: Comparison) -> None:
    assert comparison.split is not None

    assert f"Practice alone would be shown as {one_decimal(comparison.split.practice)};" in TEXT


@pytest.fixture(scope="module")
def changed() -> Changes:
    return changes(_round(_before(), "before"), _round(_after(), "after"))


def test_what_became_of_each_indicator_is_as_documented(changed: Changes) -> None:
    (standard,) = changed.standards

    assert [(one.code, one.became) for one in standard.indicators] == [
        (row["indicator now"], row["what became of it"]) for row in table("indicator now | what became of it")
    ]


def test_the_critical_gaps_are_as_documented(changed: Changes) -> None:
    told = {fate: [(one.from_, one.to) for one in critical] for fate, critical in changed.critical.items()}

    assert "X1 had a critical gap and N1 has none:\nit is closed. N4 has one that is new" in TEXT
    assert told == {"closed": [(("X1",), ("N1",))], "new_in_edition": [((), ("N4",))]}


def test_every_fate_of_a_critical_gap_is_documented() -> None:
    words = [row["word"] for row in table("before | now")]

    assert words == [_FATES.get(fate, fate.replace("_", " ")) for fate in get_args(Fate)]


_FATES = {"not_answered": "not answered now", "new_in_edition": "new in this edition"}


def test_the_trend_of_the_example_is_as_documented() -> None:
    (trend,) = trends([_round(_before(), "before"), _round(_after(), "after")]).standards
    score, share = (
        TEXT.partition("read by the links, is at ")[2].split(" percent")[0].split(" and speaks for ")
    )

    assert (trend.points[0].score, trend.points[0].translated) == (nearly(score), True)
    assert trend.points[0].share == nearly(share)


# 10. Raters


@pytest.fixture(scope="module")
def jointly() -> JointResult:
    rows = table("question | R1")
    framework = edition({"policy": [indicator(row["question"], "major") for row in rows]})
    raters = {rater: {row["question"]: said(row[rater]) for row in rows} for rater in ("R1", "R2", "R3")}
    return assess_jointly(framework, asking_levels(framework), raters, {}, on=TODAY)


@pytest.mark.parametrize("row", table("question | R1"), ids=lambda row: row["question"])
def test_what_the_raters_said_comes_out_as_documented(row: Row, jointly: JointResult) -> None:
    rated = jointly.questions[row["question"]]

    for name in ("median", "lowest", "highest", "spread"):
        assert getattr(rated, name) == nearly(row[name])
    assert (row["question"] in jointly.to_discuss) is (row["talk about it"] == "yes")
    assert jointly.result.indicators[row["question"]].attainment == nearly(row["median"])
    assert row["question"] in jointly.not_agreed


# 11. Sites


@pytest.fixture(scope="module")
def parent() -> ParentResult:
    rows = table("at the parent | class")
    framework = edition(
        {"policy": [indicator(row["at the parent"], row["class"]) for row in rows]}, ratings=RATINGS
    )
    asked = asking_levels(framework)
    sites = {}
    for head in (head for head in rows[0] if " (weight " in head):
        name, _, weight = head.rstrip(")").partition(" (weight ")
        answers = {row["at the parent"]: said(row[head]) for row in rows}
        sites[name] = Site(asked, assess(framework, asked, answers, on=TODAY), {}, float(weight))
    return assess_parent(framework, sites, on=TODAY)


@pytest.mark.parametrize("row", table("at the parent | class"), ids=lambda row: row["at the parent"])
def test_each_indicator_of_the_parent_is_as_documented(row: Row, parent: ParentResult) -> None:
    across = parent.across[row["at the parent"]]

    assert parent.result.indicators[row["at the parent"]].attainment == nearly(row["mean"])
    assert ", ".join(across.worst) == row["worst"]
    assert ", ".join(across.failing) == row["critical failing"]


def test_the_score_and_the_rating_of_the_parent_are_as_documented(parent: ParentResult) -> None:
    score, rating = TEXT.partition("Its score is ")[2].split("**")[1:4:2]
    reached, following = parent.result.verdict.reached, parent.result.verdict.next

    assert parent.result.overall.score == pytest.approx(float(Fraction(score)))
    assert reached is not None
    assert reached.rating.label == rating
    assert following is not None
    assert [(one.kind, one.actual) for one in following.waiting] == [("class", 0)]
    assert f"enough for {following.rating.label} in part 6" in TEXT
