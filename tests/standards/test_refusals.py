"""An author who makes one mistake in the sample edition is told where it is and what to do."""

import pytest

from tests.standards.samples import EDITION, changed, faults_of_edition

P11 = "standards.0.requirements.0.indicators.0"
R35 = "standards.1.requirements.0.indicators.0"
NOT_RAISED = "this does not raise the class, which is major; expected a higher one"
FRAMEWORK_KEYS = (
    "id, edition, title, kind, historic, publisher, description, licence, language, sources, overall, "
    "weights, levels, roles, themes, ratings, standards, earlier"
)
INDICATOR_KEYS = (
    "code, title, statement, why, class, class_when, themes, not_applicable, levels, evidence, ask, actions"
)

KEYS = [
    (
        "a key that nobody knows",
        "language: en\n",
        "language: en\nlangauge: fr\n",
        f"9:1: langauge: there is no such key here; expected one of {FRAMEWORK_KEYS}",
    ),
    (
        "a key that nobody knows, deep inside",
        "            class: critical\n",
        "            class: critical\n            clas: major\n",
        f"39:13: {P11}.clas: there is no such key here; expected one of {INDICATOR_KEYS}",
    ),
    (
        "a key that nobody knows, within braces",
        'leaves: "A draft"}',
        'leaves: "A draft", cost: 3}',
        f"47:124: {P11}.actions.0.cost: there is no such key here; "
        "expected one of to, text, effort_days, owner, leaves",
    ),
    (
        "a missing key, shown where its group begins",
        '            title: "Written policy"\n',
        "",
        f"34:13: {P11}.title: this key is missing; add it",
    ),
    (
        "a missing key of the edition",
        'licence: "CC-BY-4.0"\n',
        "",
        "2:1: licence: this key is missing; add it",
    ),
]

VALUES = [
    (
        "a class that does not exist",
        "class: major",
        "class: importnat",
        f"61:20: {R35}.class: found importnat, expected critical, major or supporting",
    ),
    (
        "an overall rule that does not exist",
        "overall: by_weight ",
        "overall: equal ",
        "11:10: overall: found equal, expected by_weight or equal_standards",
    ),
    (
        "a number where text belongs",
        'title: "Written policy"',
        "title: 12",
        f"35:20: {P11}.title: found 12, expected text, in quotes",
    ),
    (
        "a list where text belongs",
        'title: "Written policy"',
        "title: [Written, policy]",
        f"35:20: {P11}.title: found a list, expected text, in quotes",
    ),
    (
        "text of nothing but a space",
        'title: "Written policy"',
        'title: " "',
        f"35:20: {P11}.title: expected some text; there is none",
    ),
    (
        "a name with a space in it",
        "id: R3\n",
        "id: R 3\n",
        "54:13: standards.1.requirements.0.id: found R 3, "
        "expected a short name of letters, digits, dots, dashes and underscores",
    ),
    (
        "text where a list belongs",
        'evidence: ["The policy, with date and version"]',
        'evidence: "The policy, with its date and its version"',
        f"44:23: {P11}.evidence: found The policy, with its date and its versio…, expected a list",
    ),
    (
        "a list where keys belong",
        "weights: {critical: 3, major: 2, supporting: 1}",
        "weights: [3, 2, 1]",
        "12:10: weights: found a list, expected keys, each with a value",
    ),
    (
        "a weight of nothing",
        "supporting: 1}",
        "supporting: 0}",
        "12:46: weights.supporting: found 0, expected more than 0",
    ),
    (
        "a weight that is a truth value",
        "supporting: 1}",
        "supporting: true}",
        "12:46: weights.supporting: found a truth value, expected a number",
    ),
    (
        "a weight in words",
        "supporting: 1}",
        "supporting: heavy}",
        "12:46: weights.supporting: found heavy, expected a number",
    ),
    (
        "a weight without end",
        "supporting: 1}",
        "supporting: infinity}",
        "12:46: weights.supporting: found infinity, expected a number",
    ),
    (
        "a score above a hundred",
        "min_score: 60",
        "min_score: 101",
        "18:16: ratings.0.min_score: found 101, expected 100 or less",
    ),
    (
        "a level above three",
        "classes: {critical: 2}",
        "classes: {critical: 4}",
        "20:25: ratings.0.classes.critical: found 4, expected 3 or less",
    ),
    (
        "a level between two levels",
        "classes: {critical: 2}",
        "classes: {critical: 1.5}",
        "20:25: ratings.0.classes.critical: found 1.5, expected a whole number",
    ),
    (
        "a relation that does not exist",
        "relation: merged",
        "relation: joined",
        "79:48: earlier.0.links.0.relation: found joined, expected same, revised, split or merged",
    ),
]

INDICATORS = [
    (
        "an indicator with a descriptor too few",
        '              - "There is a rule about social media."\n',
        "",
        f"66:15: {R35}.levels: expected four texts, one for each level from 0 to 3; there are 3",
    ),
    (
        "an indicator with an empty descriptor",
        '              - "There is a rule about social media."\n',
        '              - ""\n',
        f"67:17: {R35}.levels.1: expected some text; there is none",
    ),
    (
        "an indicator without an action for a step",
        '              - {to: 2, text: "Write rules for each place on the list.", effort_days: 4, owner: it, '
        'leaves: "The rules"}\n',
        "",
        f"73:15: {R35}.actions: expected three actions, to 1, to 2 and to 3, in this order",
    ),
    (
        "an indicator with two actions for one step",
        '- {to: 1, text: "List',
        '- {to: 2, text: "List',
        f"73:15: {R35}.actions: expected three actions, to 1, to 2 and to 3, in this order",
    ),
    (
        "a class_when that lowers the class",
        "at_least: some}, class: critical}",
        "at_least: some}, class: supporting}",
        f"62:69: {R35}.class_when.class: {NOT_RAISED}",
    ),
    (
        "a class_when that leaves the class as it is",
        "at_least: some}, class: critical}",
        "at_least: some}, class: major}",
        f"62:69: {R35}.class_when.class: {NOT_RAISED}",
    ),
    (
        "a class_when that always holds",
        "at_least: some",
        "at_least: none",
        f"62:55: {R35}.class_when.if.at_least: "
        "this always holds, so it decides nothing; expected another comparison",
    ),
    (
        "a class_when with two comparisons",
        "at_least: some",
        "at_least: some, at_most: some",
        f"62:30: {R35}.class_when.if: expected exactly one of at_least, at_most and equals",
    ),
    (
        "a class_when without a comparison",
        ", at_least: some",
        "",
        f"62:30: {R35}.class_when.if: expected exactly one of at_least, at_most and equals",
    ),
    (
        "a class_when with an intensity that does not exist",
        "at_least: some",
        "at_least: lots",
        f"62:55: {R35}.class_when.if.at_least: found lots, expected none, some or high",
    ),
]

CODES = [
    (
        "a code twice",
        "code: R3.5",
        "code: P1.1",
        f"57:19: {R35}.code: P1.1 stands in line 34 already; choose another",
    ),
    (
        "a standard's id twice",
        "- id: procedures",
        "- id: policy",
        "50:9: standards.1.id: policy stands in line 27 already; choose another",
    ),
    (
        "a requirement's id twice",
        "id: R3\n",
        "id: P1\n",
        "54:13: standards.1.requirements.0.id: P1 stands in line 31 already; choose another",
    ),
    (
        "a rating's id twice",
        "id: early",
        "id: ready",
        "23:9: ratings.1.id: ready stands in line 15 already; choose another",
    ),
    (
        "a role that the edition does not name",
        'levels: ["Not in place"',
        'roles: {it: "IT", focal_point: "the focal point", director: "?"}\nlevels: ["Not in place"',
        f"72:23: {R35}.ask.1: children is not a role of this edition; "
        "expected one of it, focal_point, director",
    ),
    (
        "an owner that the edition does not name",
        'levels: ["Not in place"',
        'roles: {it: "IT", focal_point: "the focal point", children: "children"}\nlevels: ["Not in place"',
        f"46:32: {P11}.ask.1: director is not a role of this edition; "
        "expected one of it, focal_point, children\n"
        f"49:93: {P11}.actions.1.owner: director is not a role of this edition; "
        "expected one of it, focal_point, children",
    ),
    (
        "a theme that the edition does not name",
        'levels: ["Not in place"',
        'themes: {online: "Online"}\nlevels: ["Not in place"',
        f"64:30: {R35}.themes.1: data is not a theme of this edition; expected one of online",
    ),
]

RATINGS_AND_LINKS = [
    (
        "a last rating with a condition",
        '    label: "Early"\n',
        '    label: "Early"\n    min_score: 10\n',
        "25:16: ratings.1.min_score: the last rating is for every other result; expected no condition",
    ),
    (
        "another rating without a condition",
        "  - id: early\n",
        '  - id: middle\n    label: "Middle"\n    meaning: "Half way."\n  - id: early\n',
        "23:5: ratings.1: only the last rating can be without a condition; add one, such as min_score",
    ),
    (
        "a rating on a standard that does not exist",
        "standards: {policy: 50}",
        "standards: {polcy: 50}",
        "22:17: ratings.0.standards.polcy: polcy is not a standard; expected one of policy, procedures",
    ),
    (
        "a rating on a class that does not exist",
        "classes: {critical: 2}",
        "classes: {vital: 2}",
        "20:15: ratings.0.classes.vital: found vital, expected critical, major or supporting",
    ),
    (
        "a link to a code that does not exist",
        "to: [P1.1]",
        "to: [P1.7]",
        "79:31: earlier.0.links.0.to.0: P1.7 is not an indicator of this edition; expected one of P1.1, R3.5",
    ),
    (
        "an earlier code in two links",
        "relation: merged}\n",
        "relation: merged}\n      - {from: [S6], to: [R3.5], relation: same}\n",
        "80:17: earlier.0.links.1.from.0: S6 stands in line 79 already; keep one",
    ),
    (
        "a code of this edition in two links",
        "relation: merged}\n",
        "relation: merged}\n      - {from: [S7], to: [P1.1], relation: same}\n",
        "80:27: earlier.0.links.1.to.0: P1.1 stands in line 79 already; keep one",
    ),
    (
        "an edition that is earlier than itself",
        'edition: "0.9"',
        'edition: "1.0"',
        "77:14: earlier.0.edition: 1.0 stands in line 3 already; choose another",
    ),
]


MISTAKES = [*KEYS, *VALUES, *INDICATORS, *CODES, *RATINGS_AND_LINKS]


@pytest.mark.parametrize(
    ("old", "new", "said"), [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES]
)
def test_an_author_is_told_where_a_mistake_is_and_what_to_do(old: str, new: str, said: str) -> None:
    assert faults_of_edition(changed(EDITION, old, new)) == said.splitlines()
