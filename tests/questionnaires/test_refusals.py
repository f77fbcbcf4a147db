"""An author who makes one mistake in a questionnaire is told where it is and what to do."""

import pytest

from tests.questionnaires.samples import EVERY_KIND, SAMPLE, faults_of_questionnaire, read
from tests.standards.samples import changed

Q1 = "sections.0.questions.0"
Q2 = "sections.1.questions.0"
Q3 = "sections.1.questions.1"
Q9 = "sections.1.questions.7"
KINDS = "level, choice, checklist, percentage, recency, text, number"
CHOICE_KEYS = "id, informs, prompt, help, not_applicable, when, kind, scale"
TREE = "{all: [{fact: online, at_least: some}, {answer: q2, at_least: 1}]}"
ON_Q2 = "{answer: q2, at_least: 1}"
ON_Q4 = '{answer: q4, equals: "yes"}'

WHERE_IT_POINTS = [
    (
        "an indicator that does not exist",
        "informs: [P1.1]",
        "informs: [P9.9]",
        f"23:41: {Q1}.informs.0: P9.9 is not an indicator of sample 1.0; expected one of P1.1, R3.5",
    ),
    (
        "a level question for two indicators",
        "informs: [P1.1]",
        "informs: [P1.1, R3.5]",
        f"23:40: {Q1}.informs: a level question informs exactly one indicator; there are 2",
    ),
    (
        "a level question for none",
        "informs: [R3.5], not_applicable: true",
        "informs: []",
        f"27:40: {Q2}.informs: a level question informs exactly one indicator; there are 0",
    ),
    (
        "a question that leads nowhere",
        "        informs: [{indicator: R3.5, weight: 0.5}]\n",
        "",
        f"28:9: {Q3}.informs: this question leads nowhere; name the indicators that it informs",
    ),
    (
        "the same indicator twice",
        "informs: [{indicator: R3.5, weight: 0.5}]",
        "informs: [R3.5, {indicator: R3.5, weight: 0.5}]",
        f"32:37: {Q3}.informs.1.indicator: R3.5 stands in line 32 already; keep one",
    ),
    (
        "free text that claims to be scored",
        "kind: choice\n        scale: in_place",
        "kind: text",
        f"31:18: {Q3}.informs: a text question is never scored, so it informs nothing; take this key out",
    ),
    (
        "a scale that does not exist",
        "scale: in_place",
        "scale: in_plaice",
        f"30:16: {Q3}.scale: in_plaice is not a scale of this questionnaire; expected one of in_place",
    ),
    (
        "a rating ceiling that does not exist",
        "# rating_ceiling: early",
        "rating_ceiling: erly",
        "10:17: rating_ceiling: erly is not a rating of this edition; expected one of ready, early",
    ),
    (
        "a part of the edition, without a rating ceiling",
        "{id: q1, kind: level, informs: [P1.1]}",
        '{id: q1, kind: text, prompt: "How is it?"}',
        "2:1: rating_ceiling: only 1 of 2 indicators are asked; name the best rating that this part can show",
    ),
    (
        "another edition",
        'edition: "1.0"',
        'edition: "2.0"',
        "4:34: framework.edition: this asks another framework or edition; expected 1.0",
    ),
    (
        "another framework",
        "{id: sample,",
        "{id: simple,",
        "4:17: framework.id: this asks another framework or edition; expected sample",
    ),
]

QUESTIONS = [
    (
        "a question without a prompt",
        '        prompt: "Have children been asked about the rules?"\n',
        "",
        f"28:9: {Q3}.prompt: a choice question needs a prompt; add it",
    ),
    (
        "a kind that does not exist",
        "kind: choice",
        "kind: chioce",
        f"29:15: {Q3}.kind: found chioce, expected one of {KINDS}",
    ),
    (
        "a question without a kind",
        "        kind: choice\n",
        "",
        f"28:9: {Q3}.kind: this key is missing; add it",
    ),
    (
        "a key that is called like the question's kind",
        "kind: choice\n",
        'kind: choice\n        choice: "Yes or no?"\n',
        f"30:9: {Q3}.choice: there is no such key here; expected one of {CHOICE_KEYS}",
    ),
    (
        "such a key in place of one that is missing",
        "        scale: in_place\n",
        '        choice: "Yes or no?"\n',
        f"28:9: {Q3}.scale: this key is missing; add it\n"
        f"30:9: {Q3}.choice: there is no such key here; expected one of {CHOICE_KEYS}",
    ),
    (
        "a key that nobody knows, beside an indicator",
        "weight: 0.5}]",
        "wieght: 0.5}]",
        f"32:37: {Q3}.informs.0.wieght: there is no such key here; expected one of indicator, weight",
    ),
    (
        "not applicable where the indicator always applies",
        "informs: [P1.1]}",
        "informs: [P1.1], not_applicable: true}",
        f"23:64: {Q1}.not_applicable: P1.1 always applies, so this question does too; take this key out",
    ),
    (
        "a number for a truth value",
        "not_applicable: true",
        "not_applicable: 1",
        f"27:64: {Q2}.not_applicable: found 1, expected true or false",
    ),
    (
        "a credit above one",
        "credit: 0.5",
        "credit: 2",
        "14:47: scales.in_place.1.credit: found 2, expected 1 or less",
    ),
    (
        "an option's id that turns into a truth value",
        'id: "yes"',
        "id: yes",
        '13:12: scales.in_place.0.id: write it in quotes: "yes"; '
        "without them some programs read it as true or false",
    ),
    (
        "a fact twice",
        "fact: partners",
        "fact: online",
        "18:12: profile.1.fact: online stands in line 17 already; choose another",
    ),
    (
        "a question's id twice",
        "- id: q3",
        "- id: q1",
        f"28:13: {Q3}.id: q1 stands in line 23 already; choose another",
    ),
    (
        "a section's id twice",
        "- id: procedures",
        "- id: policy",
        "24:9: sections.1.id: policy stands in line 20 already; choose another",
    ),
    (
        "an option's id twice",
        'id: "partly"',
        'id: "yes"',
        "14:12: scales.in_place.1.id: yes stands in line 13 already; choose another",
    ),
]

CONDITIONS = [
    (
        "a fact that the profile does not have",
        "when: {fact: online, at_least: some}}",
        "when: {fact: onlin, at_least: some}}",
        f"27:83: {Q2}.when.fact: onlin is not a fact of this questionnaire's profile; "
        "expected one of online, partners",
    ),
    (
        "a fact that the profile does not have, deep inside",
        "{all: [{fact: online",
        "{all: [{fact: onlin",
        f"33:29: {Q3}.when.all.0.fact: onlin is not a fact of this questionnaire's profile; "
        "expected one of online, partners",
    ),
    (
        "a comparison with a fact that always holds",
        ON_Q2,
        "{not: {fact: online, at_most: high}}",
        f"33:84: {Q3}.when.all.1.not.at_most: "
        "this always holds, so it decides nothing; expected another comparison",
    ),
    (
        "a question that depends on itself",
        "{answer: q2",
        "{answer: q3",
        f"33:63: {Q3}.when.all.1.answer: "
        "a question cannot depend on its own answer; expected an earlier question",
    ),
    (
        "a question that does not exist",
        "{answer: q2",
        "{answer: q7",
        f"33:63: {Q3}.when.all.1.answer: there is no question q7; expected an earlier one",
    ),
    (
        "a question that is asked later",
        "when: {fact: online, at_least: some}}",
        'when: {answer: q3, equals: "yes"}}',
        f"27:85: {Q2}.when.answer: q3 is asked only after this question; expected an earlier one",
    ),
    (
        "two questions that wait for each other",
        "when: {fact: online, at_least: some}}",
        'when: {any: [{answer: q3, equals: "yes"}]}}',
        f"27:92: {Q2}.when.any.0.answer: q3 is asked only after this question; expected an earlier one",
    ),
    (
        "a level above three",
        ON_Q2,
        "{answer: q2, at_least: 4}",
        f"33:77: {Q3}.when.all.1.at_least: expected a level, 0 to 3",
    ),
    (
        "a level between two levels",
        ON_Q2,
        "{answer: q2, at_least: 1.5}",
        f"33:77: {Q3}.when.all.1.at_least: expected a level, 0 to 3",
    ),
    (
        "a level compared with a word",
        ON_Q2,
        '{answer: q2, equals: "yes"}',
        f"33:75: {Q3}.when.all.1.equals: expected a level, 0 to 3",
    ),
    (
        "a level compared with a truth value",
        ON_Q2,
        "{answer: q2, equals: true}",
        f"33:75: {Q3}.when.all.1.equals: found a truth value, expected a number",
    ),
    (
        "no comparison",
        ON_Q2,
        "{answer: q2}",
        f"33:54: {Q3}.when.all.1: expected exactly one of at_least, at_most and equals",
    ),
    (
        "two comparisons",
        ON_Q2,
        "{answer: q2, at_least: 1, at_most: 2}",
        f"33:54: {Q3}.when.all.1: expected exactly one of at_least, at_most and equals",
    ),
    (
        "a condition of an unknown form",
        ON_Q2,
        "{question: q2, at_least: 1}",
        f"33:54: {Q3}.when.all.1: expected a condition that begins with one of fact, answer, all, any, not",
    ),
    (
        "a comparison that does not exist",
        ON_Q2,
        "{answer: q2, atleast: 1}",
        f"33:67: {Q3}.when.all.1.atleast: there is no such key here; "
        "expected one of answer, at_least, at_most, equals",
    ),
    (
        "a condition of no parts",
        TREE,
        "{all: []}",
        f"33:21: {Q3}.when.all: expected 1 or more here; there are 0",
    ),
    (
        "a condition of no choices",
        TREE,
        "{any: []}",
        f"33:21: {Q3}.when.any: expected 1 or more here; there are 0",
    ),
    (
        "a condition whose parts are no list",
        TREE,
        "{all: {fact: online, at_least: some}}",
        f"33:21: {Q3}.when.all: found keys, expected a list",
    ),
    (
        "a condition that is only a word",
        TREE,
        "online",
        f"33:15: {Q3}.when: expected a condition that begins with one of fact, answer, all, any, not",
    ),
    (
        "a condition that is only one of the words that it may begin with",
        TREE,
        "fact",
        f"33:15: {Q3}.when: expected a condition that begins with one of fact, answer, all, any, not",
    ),
    (
        "a condition that is only a number",
        TREE,
        "7",
        f"33:15: {Q3}.when: expected a condition that begins with one of fact, answer, all, any, not",
    ),
]

OTHER_KINDS = [
    (
        "percentages that do not increase",
        "[50, 0.5]",
        "[0, 0.5]",
        "39:86: sections.1.questions.3.points.1: the percentages have to increase; expected more than 0",
    ),
    (
        "a percentage above a hundred",
        "[100, 1]",
        "[101, 1]",
        "39:98: sections.1.questions.3.points.2.0: found 101, expected 100 or less",
    ),
    (
        "a single point",
        "[[0, 0], [50, 0.5], [100, 1]]",
        "[[0, 0]]",
        "39:77: sections.1.questions.3.points: expected 2 or more here; there are 1",
    ),
    (
        "a point that is not a pair",
        "[100, 1]",
        "[100, 1, 2]",
        "39:97: sections.1.questions.3.points.2: expected at most 2 here; there are 3",
    ),
    (
        "something stale before it is no longer fresh",
        "stale_months: 24",
        "stale_months: 12",
        "40:104: sections.1.questions.4.stale_months: expected more than fresh_months, so more than 12",
    ),
    (
        "a box's id twice",
        "id: films",
        "id: calls",
        "45:51: sections.1.questions.5.boxes.1.id: calls stands in line 45 already; choose another",
    ),
    (
        "a question of words without a prompt",
        '        prompt: "What else?"\n',
        "",
        f"47:9: {Q9}.prompt: a text question needs a prompt; add it",
    ),
    (
        "a choice compared by rank",
        ON_Q4,
        "{answer: q4, at_least: 1}",
        f'50:38: {Q9}.when.at_least: expected equals, with an option of that question: "yes", "partly", "no"',
    ),
    (
        "a choice compared with what is no option",
        ON_Q4,
        '{answer: q4, equals: "maybe"}',
        f'50:36: {Q9}.when.equals: expected equals, with an option of that question: "yes", "partly", "no"',
    ),
    (
        "a checklist compared with what is no box",
        ON_Q4,
        "{answer: q7, equals: talks}",
        f'50:36: {Q9}.when.equals: expected equals, with a box of that question: "calls", "films"',
    ),
    (
        "a percentage compared with more than a hundred",
        ON_Q4,
        "{answer: q5, at_least: 101}",
        f"50:38: {Q9}.when.at_least: expected a number, 0 to 100",
    ),
    (
        "a percentage that equals a fraction",
        ON_Q4,
        "{answer: q5, equals: 12.5}",
        f"50:36: {Q9}.when.equals: expected a whole number, 0 to 100",
    ),
    (
        "a number compared with a word",
        ON_Q4,
        "{answer: q8, at_most: few}",
        f"50:37: {Q9}.when.at_most: found few, expected a number",
    ),
    (
        "a date compared",
        ON_Q4,
        "{answer: q6, at_least: 1}",
        f"50:24: {Q9}.when.answer: the answer to a recency question cannot be compared",
    ),
]

MISTAKES = [
    *((SAMPLE, *row) for row in [*WHERE_IT_POINTS, *QUESTIONS, *CONDITIONS]),
    *((EVERY_KIND, *row) for row in OTHER_KINDS),
]


@pytest.mark.parametrize(
    ("text", "old", "new", "said"),
    [(text, *row) for text, _, *row in MISTAKES],
    ids=[mistake for _, mistake, *_ in MISTAKES],
)
def test_an_author_is_told_where_a_mistake_is_and_what_to_do(
    text: str, old: str, new: str, said: str
) -> None:
    assert faults_of_questionnaire(changed(text, old, new)) == said.splitlines()


@pytest.mark.parametrize(
    "condition",
    [
        "{answer: q2, equals: 0}",
        "{answer: q4, equals: partly}",
        "{answer: q5, at_least: 12.5}",
        "{answer: q5, equals: 12}",
        "{answer: q7, equals: calls}",
        "{answer: q8, at_most: -3.5}",
        "{not: {any: [{fact: online, equals: none}, {answer: q2, at_most: 2}]}}",
    ],
)
def test_a_condition_that_can_be_decided_is_read(condition: str) -> None:
    assert read(changed(EVERY_KIND, ON_Q4, condition)).questions["q9"].when is not None


def test_every_fault_of_a_questionnaire_is_told_at_once_in_the_order_of_the_file() -> None:
    text = changed(SAMPLE, "minutes: 5", "minutes: yes")
    text = changed(text, "informs: [P1.1]", "informs: [P9.9]")
    text = changed(text, "scale: in_place", "scale: in_plaice")
    text = changed(text, "{answer: q2", "{answer: q3")
    places = [fault.split(": ")[0] for fault in faults_of_questionnaire(text)]
    assert places == ["7:10", "23:41", "30:16", "33:63"]
