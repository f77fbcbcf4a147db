from typing import Any

import pytest

from questionnaires.conditions import Profile
from scoring.answers import Answer
from scoring.assessment import assess
from scoring.attainment import Judged, QuestionTerm
from scoring.refusals import BadAnswer
from tests.scoring.cast import (
    NOT_APPLICABLE,
    TODAY,
    UNKNOWN,
    asking,
    at,
    critical,
    edition,
    level_question,
    major,
)

ONLINE = {"fact": "online", "prompt": "Online?"}


def judged(
    answers: dict[str, Answer], *questions: dict[str, Any], profile: Profile | None = None, **more: Any
) -> Judged:
    """Indicator A, asked by these questions."""
    framework = edition({"policy": [critical("A"), critical("other")]})
    questionnaire = asking(*questions, **({"profile": [ONLINE]} | more))
    return assess(framework, questionnaire, answers, on=TODAY, profile=profile or {}).indicators["A"]


Q1, Q2, Q3 = (level_question(name, informs=["A"]) for name in ("q1", "q2", "q3"))
HALF_Q2 = Q2 | {"informs": [{"indicator": "A", "weight": 0.5}]}


@pytest.mark.parametrize(
    ("answers", "status", "attainment"),
    [
        ({"q1": at(3), "q2": at(0)}, "answered", 1 / 1.5),
        ({"q1": at(0), "q2": at(3)}, "answered", 0.5 / 1.5),
        ({"q1": at(3)}, "answered", 1),
        ({"q1": UNKNOWN, "q2": at(3)}, "answered", 0.5 / 1.5),
        ({"q1": UNKNOWN}, "answered", 0),
        ({"q1": UNKNOWN, "q2": UNKNOWN}, "answered", 0),
        ({"q1": NOT_APPLICABLE, "q2": at(2)}, "answered", 2 / 3),
        ({"q1": NOT_APPLICABLE, "q2": UNKNOWN}, "answered", 0),
        ({"q1": NOT_APPLICABLE}, "unanswered", None),
        ({"q1": NOT_APPLICABLE, "q2": NOT_APPLICABLE}, "not_applicable", None),
        ({"q1": Answer(evidence=2)}, "unanswered", None),
        ({}, "unanswered", None),
    ],
)
def test_attainment_is_the_weighted_mean_of_what_was_answered_and_applies(
    answers: dict[str, Answer], status: str, attainment: float | None
) -> None:
    one = judged(answers, Q1, HALF_Q2)

    assert one.status == status
    assert one.attainment == (None if attainment is None else pytest.approx(attainment))


@pytest.mark.parametrize(
    ("answers", "attainment"),
    [
        ({"q1": at(3), "q2": at(1)}, 1 / 3),
        ({"q1": at(3), "q2": UNKNOWN}, 0),
        ({"q1": at(3), "q2": NOT_APPLICABLE}, 1),
        ({"q1": at(2)}, 2 / 3),
        ({}, None),
    ],
)
def test_a_questionnaire_can_ask_for_the_weakest_instead(
    answers: dict[str, Answer], attainment: float | None
) -> None:
    assert judged(answers, Q1, HALF_Q2, combine="weakest").attainment == attainment


def test_an_indicator_that_no_question_asks_is_not_asked() -> None:
    one = judged({}, level_question("q1", informs=["other"]))

    assert (one.status, one.terms) == ("not_asked", ())


def test_words_beside_an_indicator_do_not_make_it_asked_or_answered() -> None:
    words = {"id": "words", "kind": "text"}

    assert judged({"words": Answer(value="Ours.")}, words).status == "not_asked"
    assert judged({"words": Answer(value="Ours.")}, words, Q1).status == "unanswered"
    assert judged({"words": UNKNOWN, "q1": at(3, 4)}, words, Q1).attainment == 1


def test_one_answer_can_speak_for_several_indicators() -> None:
    framework = edition({"policy": [critical("A"), critical("B")]})
    both = asking(level_question("q1", informs=["A", {"indicator": "B", "weight": 2}]))

    result = assess(framework, both, {"q1": at(2)}, on=TODAY)

    assert [one.attainment for one in result.indicators.values()] == [2 / 3, 2 / 3]
    assert [one.terms[0].weight for one in result.indicators.values()] == [1, 2]


@pytest.mark.parametrize(
    ("profile", "status"),
    [({"online": "none"}, "not_asked"), ({"online": "some"}, "answered"), ({}, "answered")],
)
def test_an_indicator_is_not_asked_while_its_only_question_is_hidden(profile: Profile, status: str) -> None:
    hidden = Q1 | {"when": {"fact": "online", "at_least": "some"}}

    assert judged({"q1": at(3)}, hidden, profile=profile).status == status


def test_leaving_the_profile_out_leaves_its_questions_to_be_answered() -> None:
    hidden = Q1 | {"when": {"fact": "online", "at_least": "some"}}

    assert judged({}, hidden).status == "unanswered"


@pytest.mark.parametrize(
    ("first", "asked", "attainment"),
    [
        (at(0), ["q1"], 0),
        (at(1), ["q1", "q2"], 2 / 3),
        (UNKNOWN, ["q1"], 0),
        (NOT_APPLICABLE, ["q1"], None),
        (Answer(), ["q1"], None),
    ],
)
def test_an_answer_to_a_hidden_question_is_kept_and_not_scored(
    first: Answer, asked: list[str], attainment: float | None
) -> None:
    follow_up = Q2 | {"when": {"answer": "q1", "at_least": 1}}

    one = judged({"q1": first, "q2": at(3)}, Q1, follow_up)

    assert [term.question for term in one.terms] == asked
    assert one.attainment == attainment


def test_a_hidden_answer_is_checked_all_the_same() -> None:
    follow_up = Q2 | {"when": {"answer": "q1", "at_least": 1}}

    with pytest.raises(BadAnswer, match="q2"):
        judged({"q1": at(0), "q2": at(7)}, Q1, follow_up)


def test_every_term_is_told() -> None:
    one = judged(
        {"q1": at(2, 3), "q2": UNKNOWN, "q3": NOT_APPLICABLE},
        Q1,
        HALF_Q2,
        Q3,
        level_question("q4", informs=["A"]),
    )

    assert one.terms == (
        QuestionTerm("q1", 1, "answered", 2, 2 / 3, 3),
        QuestionTerm("q2", 0.5, "unknown", None, 0, 0),
        QuestionTerm("q3", 1, "not_applicable"),
        QuestionTerm("q4", 1, "unanswered"),
    )
    assert one.unknown


@pytest.mark.parametrize(
    ("answers", "strength", "evidenced"),
    [
        ({"q1": at(3, 0)}, 0, 1 / 3),
        ({"q1": at(3, 1)}, 1, 1 / 3),
        ({"q1": at(3, 2)}, 2, 2 / 3),
        ({"q1": at(3, 3)}, 3, 1),
        ({"q1": at(3, 4)}, 4, 1),
        ({"q1": at(1, 4)}, 4, 1 / 3),
        ({"q1": at(0, 0)}, 0, 0),
        ({"q1": at(3)}, 0, 1 / 3),
        ({"q1": at(3, 4), "q2": at(3, 2)}, 2, 2 / 3),
        ({"q1": at(3, 2), "q2": at(3, 4)}, 2, 2 / 3),
        ({"q1": at(3, 4), "q2": at(3)}, 0, 1 / 3),
        ({"q1": at(3, 4), "q2": Answer(unknown=True, evidence=4)}, 0, 1 / 3),
        ({"q1": at(3, 4), "q2": Answer(not_applicable=True, evidence=0)}, 4, 1),
        ({"q1": at(3, 4), "q2": Answer(evidence=0)}, 4, 1),
        ({"q2": at(3, 0)}, 0, 1 / 3),
        ({}, None, None),
    ],
)
def test_the_weakest_evidence_says_how_much_can_be_shown(
    answers: dict[str, Answer], strength: int | None, evidenced: float | None
) -> None:
    one = judged(answers, Q1, Q2)

    assert (one.strength, one.evidenced) == (strength, evidenced)


@pytest.mark.parametrize(
    ("answer", "flagged"),
    [
        (at(2, 1), True),
        (at(3), True),
        (at(2, 2), False),
        (at(1, 0), False),
        (UNKNOWN, False),
        (NOT_APPLICABLE, False),
        (Answer(), False),
    ],
)
def test_what_is_claimed_on_somebodys_word_alone_is_flagged(answer: Answer, flagged: bool) -> None:
    assert judged({"q1": answer}, Q1).claimed_not_evidenced is flagged


def test_nothing_is_said_of_evidence_where_it_is_not_asked_for() -> None:
    one = judged({"q1": at(3, 4), "q2": UNKNOWN}, Q1, Q2, asks_evidence=False)

    assert (one.strength, one.evidenced, one.claimed_not_evidenced) == (None, None, False)
    assert [term.strength for term in one.terms] == [None, None]


RAISED = major("A", class_when={"if": {"fact": "online", "at_least": "some"}, "class": "critical"})


@pytest.mark.parametrize(
    ("profile", "class_", "weight"),
    [
        ({"online": "none"}, "major", 5),
        ({"online": "some"}, "critical", 7),
        ({"online": "high"}, "critical", 7),
    ],
)
def test_the_profile_raises_a_class_before_weights_are_taken(
    profile: Profile, class_: str, weight: float
) -> None:
    framework = edition({"policy": [RAISED]}, weights={"critical": 7, "major": 5, "supporting": 1})
    questionnaire = asking(level_question("A"), profile=[ONLINE])

    one = assess(framework, questionnaire, {}, on=TODAY, profile=profile).indicators["A"]

    assert (one.class_, one.weight) == (class_, weight)
