"""What an author should look at again: none of it is a fault."""

import pytest

from standards.advice import framework_advice
from standards.placeholders import UNESTIMATED_DAYS, UNWRITTEN
from standards.source import Source
from tests.standards.samples import EDITION, NAME, changed

P11 = "standards.0.requirements.0.indicators.0"
R35 = "standards.1.requirements.0.indicators.0"
STARTED = "There is a draft, or one copied from elsewhere and not fitted to us."
IN_PLACE = "Our own policy is dated, approved and in force."
LEVELS = 'levels: ["Not in place"'


def advice_on(text: str) -> list[str]:
    return [str(said).removeprefix(f"{NAME}:") for said in framework_advice(Source(text, NAME).top)]


def test_the_sample_needs_none() -> None:
    assert advice_on(EDITION) == []


ROWS = [
    (
        "a title over its length",
        'title: "Written policy"',
        f'title: "{"a" * 61}"',
        f"35:20: {P11}.title: this is long: 61 characters; expected at most 60",
    ),
    (
        "a standard's title over its length",
        'title: "Policy"',
        f'title: "{"a" * 61}"',
        "28:12: standards.0.title: this is long: 61 characters; expected at most 60",
    ),
    (
        "a statement over its length",
        "We have our own written child-safeguarding policy, dated and in force.",
        "a" * 251,
        f"36:24: {P11}.statement: this is long: 251 characters; expected at most 250",
    ),
    (
        "a why over its length",
        "Without it, each person decides alone what is safe.",
        "a" * 301,
        f"37:18: {P11}.why: this is long: 301 characters; expected at most 300",
    ),
    (
        "a level over its length",
        IN_PLACE,
        "a" * 261,
        f"42:17: {P11}.levels.2: this is long: 261 characters; expected at most 260",
    ),
    (
        "an action over its length",
        "Draft a policy from the checklist.",
        "a" * 321,
        f"47:31: {P11}.actions.0.text: this is long: 321 characters; expected at most 320",
    ),
    (
        "two levels too alike",
        IN_PLACE,
        STARTED.replace("a draft", "a text"),
        f"42:17: {P11}.levels.2: level 2 reads nearly like level 1;"
        " expected what one would see at 2 and not at 1",
    ),
    (
        "an effort that nobody has estimated",
        "effort_days: 4",
        f"effort_days: {UNESTIMATED_DAYS}",
        f"74:87: {R35}.actions.1.effort_days: found 0.01 days;"
        " this effort is still to be estimated; expected 0.1 to 60",
    ),
    (
        "an effort of several actions",
        "effort_days: 4",
        "effort_days: 61",
        f"74:87: {R35}.actions.1.effort_days: found 61 days;"
        " this is more than one action; expected 0.1 to 60",
    ),
    (
        "a role that nobody has",
        LEVELS,
        "roles: {it: I, focal_point: F, director: D, children: C, cook: K}\n" + LEVELS,
        "13:58: roles.cook: nobody of this role is asked or owns an action; use cook, or take it out",
    ),
    (
        "a theme that no indicator has",
        LEVELS,
        "themes: {online: O, data: D, travel: T}\n" + LEVELS,
        "13:30: themes.travel: no indicator has this theme; use travel, or take it out",
    ),
    (
        "a text that is still to be written",
        "The policy, with date and version",
        f"The policy {UNWRITTEN}",
        f"44:24: {P11}.evidence.0: this text is still to be written",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_an_author_is_told_what_to_look_at_again(old: str, new: str, said: str) -> None:
    assert advice_on(changed(EDITION, old, new)) == [said]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title: "Written policy"', f'title: "{"a" * 60}"'),
        ("effort_days: 4", "effort_days: 0.1"),
        ("effort_days: 4", "effort_days: 60"),
        (IN_PLACE, "There is a paper, and it fits us, but it was copied."),
    ],
)
def test_what_is_just_within_bounds_is_not_mentioned(old: str, new: str) -> None:
    assert advice_on(changed(EDITION, old, new)) == []


def test_levels_that_nobody_has_written_are_not_said_to_be_alike_as_well() -> None:
    text = EDITION.replace(STARTED, UNWRITTEN).replace(IN_PLACE, UNWRITTEN)
    assert [said.partition(": ")[2] for said in advice_on(text)] == [
        f"{P11}.levels.1: this text is still to be written",
        f"{P11}.levels.2: this text is still to be written",
    ]
