"""What each kind of edition has to have, and what it has no use for: an author who mixes them up is told."""

import re

import pytest

from standards.loader import read_framework
from tests.standards.samples import EDITION, NAME, changed, faults_of_edition

P11 = "standards.0.requirements.0.indicators.0"

LEVELS = 'levels: ["Not in place", "Started", "In place", "Embedded"]\n'
LEVELS_OF_P11 = "".join(EDITION.splitlines(keepends=True)[38:43])
RATINGS = "".join(EDITION.splitlines(keepends=True)[13:25])

STANDARDS = EDITION
CULTURE = changed(changed(EDITION, RATINGS, ""), "language: en\n", "language: en\nkind: culture\n")
DOCUMENT = re.sub(
    r"            levels:\n(              - .*\n){4}|              - {to: [13], .*\n",
    "",
    changed(CULTURE, LEVELS, ""),
).replace("kind: culture", "kind: document")

RATED = 'ratings:\n  - {id: early, label: "Early", meaning: "A start."}\n'
STEPS = "expected three actions, to 1, to 2 and to 3, in this order"
ANY_STEPS = "expected one action or more, each to another level, in order"
ONE_STEP = "expected one action, to 2: what to add to the document"


@pytest.mark.parametrize(
    ("text", "kind"), [(STANDARDS, "standards"), (CULTURE, "culture"), (DOCUMENT, "document")]
)
def test_a_good_edition_of_each_kind_is_read(text: str, kind: str) -> None:
    assert read_framework(text, NAME).kind == kind


def lines(number: int, count: int) -> str:
    return "".join(STANDARDS.splitlines(keepends=True)[number - 1 : number - 1 + count])


ROWS = [
    ("standards without ratings", STANDARDS, RATINGS, "", "2:1: ratings: this key is missing; add it"),
    (
        "standards with an empty list of ratings",
        STANDARDS,
        RATINGS,
        "ratings: []\n",
        "14:10: ratings: expected one rating or more; there is none",
    ),
    (
        "standards without words for the levels",
        STANDARDS,
        LEVELS,
        "",
        "2:1: levels: this key is missing; add it",
    ),
    (
        "a standard's indicator without levels",
        STANDARDS,
        LEVELS_OF_P11,
        "",
        f"34:13: {P11}.levels: this key is missing; add it",
    ),
    ("standards with two actions only", STANDARDS, lines(49, 1), "", f"47:15: {P11}.actions: {STEPS}"),
    (
        "standards with actions out of order",
        STANDARDS,
        lines(47, 2),
        lines(48, 1) + lines(47, 1),
        f"47:15: {P11}.actions: {STEPS}",
    ),
    (
        "a kind that there is not",
        CULTURE,
        "kind: culture",
        "kind: cultural",
        "9:7: kind: found cultural, expected standards, culture or document",
    ),
    (
        "a culture with ratings",
        CULTURE,
        "standards:\n",
        RATED + "standards:\n",
        "15:1: ratings: a culture is talked about, not rated; take this key out",
    ),
    (
        "a culture without words for the levels",
        CULTURE,
        LEVELS,
        "",
        "2:1: levels: this key is missing; add it",
    ),
    (
        "a culture's indicator without levels",
        CULTURE,
        LEVELS_OF_P11,
        "",
        f"23:13: {P11}.levels: this key is missing; add it",
    ),
    (
        "a culture's indicator without an action",
        CULTURE,
        "            actions:\n" + lines(47, 3),
        "            actions: []\n",
        f"35:22: {P11}.actions: {ANY_STEPS}",
    ),
    (
        "a culture's indicator with two actions for one level",
        CULTURE,
        lines(47, 1),
        lines(47, 1) + lines(47, 1),
        f"36:15: {P11}.actions: {ANY_STEPS}",
    ),
    (
        "a culture's indicator with actions out of order",
        CULTURE,
        lines(47, 2),
        lines(48, 1) + lines(47, 1),
        f"36:15: {P11}.actions: {ANY_STEPS}",
    ),
    (
        "a document with ratings",
        DOCUMENT,
        "standards:\n",
        RATED + "standards:\n",
        "14:1: ratings: a document is completed, not rated; take this key out",
    ),
    (
        "a document with words for levels",
        DOCUMENT,
        "standards:\n",
        LEVELS + "standards:\n",
        "14:1: levels: a point of a document has no levels; take this key out",
    ),
    (
        "a point of a document with levels",
        DOCUMENT,
        '            evidence: ["The policy, with date and version"]\n',
        LEVELS_OF_P11 + '            evidence: ["The policy, with date and version"]\n',
        f"27:13: {P11}.levels: a point of a document has no levels; take this key out",
    ),
    (
        "a point of a document with two actions",
        DOCUMENT,
        lines(48, 1),
        lines(47, 2),
        f"30:15: {P11}.actions: {ONE_STEP}",
    ),
    (
        "a point of a document with an action to another level",
        DOCUMENT,
        '{to: 2, text: "Have it approved',
        '{to: 3, text: "Have it approved',
        f"30:15: {P11}.actions: {ONE_STEP}",
    ),
    (
        "a point of a document without an action",
        DOCUMENT,
        "            actions:\n" + lines(48, 1),
        "            actions: []\n",
        f"29:22: {P11}.actions: {ONE_STEP}",
    ),
]


@pytest.mark.parametrize(
    ("text", "old", "new", "said"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_an_author_is_told_what_a_kind_needs_and_what_it_has_no_use_for(
    text: str, old: str, new: str, said: str
) -> None:
    assert faults_of_edition(changed(text, old, new)) == [said]


@pytest.mark.parametrize("steps", [[1], [2], [3], [1, 2], [1, 3], [2, 3], [1, 2, 3]])
def test_a_culture_has_actions_to_any_levels_as_long_as_they_climb(steps: list[int]) -> None:
    actions = "".join(lines(46 + step, 1) for step in steps)
    edition = read_framework(changed(CULTURE, lines(47, 3), actions), NAME)
    assert [action.to for action in edition.indicators["P1.1"].actions] == steps
