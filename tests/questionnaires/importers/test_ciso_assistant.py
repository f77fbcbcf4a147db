"""What a CISO Assistant library becomes."""

from typing import Any

import pytest
import yaml

from questionnaires.importers.ciso_assistant import read_ciso_assistant
from questionnaires.importers.draft import Draft, DraftStandard
from questionnaires.importers.limits import DEEPEST_TREE, MOST_NODES, CannotImport
from questionnaires.models import ChecklistQuestion, ChoiceQuestion, LevelQuestion, TextQuestion
from tests.questionnaires.importers.reading import read_back


def node(name: str, parent: str | None = None, assessable: bool = True, **more: Any) -> dict[str, Any]:
    data = {
        "urn": f"urn:harbour:{name}",
        "ref_id": name,
        "assessable": assessable,
        "name": f"About {name}",
        **more,
    }
    return data if parent is None else {**data, "parent_urn": f"urn:harbour:{parent}"}


def drafted(*nodes: dict[str, Any], framework: dict[str, Any] | None = None, **library: Any) -> Draft:
    objects = {"framework": {"name": "Clubs", **(framework or {}), "requirement_nodes": [*nodes]}}
    return read_ciso_assistant(
        yaml.safe_dump({"locale": "en", **library, "objects": objects}, sort_keys=False).encode()
    )


def outline(draft: Draft) -> list[tuple[str, str, list[str]]]:
    """Each requirement: its standard's title, its own, and the codes of its indicators."""
    return [
        (standard.title, requirement.title, [one.code for one in requirement.indicators])
        for standard in draft.standards
        for requirement in standard.requirements
    ]


def heading(name: str, parent: str | None = None, **more: Any) -> dict[str, Any]:
    return node(name, parent, assessable=False, **more)


def test_headings_become_standards_and_requirements_and_assessable_nodes_indicators() -> None:
    draft = drafted(
        heading("1"),
        heading("1.1", "1"),
        node("1.1.1", "1.1"),
        node("1.2", "1"),
        heading("2"),
        node("2.1", "2"),
    )
    assert outline(draft) == [
        ("About 1", "About 1", ["1.2"]),
        ("About 1", "About 1.1", ["1.1.1"]),
        ("About 2", "About 2", ["2.1"]),
    ]
    assert [*read_back(draft)[0].indicators] == ["1.2", "1.1.1", "2.1"]


def test_a_deeper_heading_keeps_the_words_of_those_above_it() -> None:
    draft = drafted(heading("1"), heading("1.1", "1"), heading("1.1.1", "1.1"), node("a", "1.1.1"))
    assert outline(draft) == [("About 1", "About 1.1: About 1.1.1", ["a"])]
    assert draft.losses.sentences == [
        "1 heading stands deeper than a requirement and was joined to the one above it: “About 1.1.1”."
    ]


def test_one_heading_above_all_the_others_is_not_a_standard() -> None:
    draft = drafted(heading("0"), heading("1", "0"), node("1.1", "1"), heading("2", "0"), node("2.1", "2"))
    assert [standard.title for standard in draft.standards] == ["About 1", "About 2"]


def test_without_the_names_of_parents_the_depth_says_what_stands_where() -> None:
    rows = [
        ("1", 1, False),
        ("1.1", 2, False),
        ("a", 3, True),
        ("b", 2, True),
        ("2", 1, False),
        ("c", 3, True),
    ]
    draft = drafted(*(node(name, assessable=judged, depth=depth) for name, depth, judged in rows))
    assert outline(draft) == [
        ("About 1", "About 1", ["b"]),
        ("About 1", "About 1.1", ["a"]),
        ("About 2", "About 2", ["c"]),
    ]


@pytest.mark.parametrize(
    ("nodes", "sentence"),
    [
        (
            [node("a", "b"), node("b", "a")],
            "1 entry stood under itself, in a circle, and now stands at the top: “About a”.",
        ),
        ([node("a", "a")], "1 entry stood under itself, in a circle, and now stands at the top: “About a”."),
        (
            [node("a", "lost")],
            "1 entry stood under one that is not in the file and now stands at the top: “About a”.",
        ),
    ],
)
def test_entries_under_themselves_or_under_nothing_come_to_the_top(
    nodes: list[dict[str, Any]], sentence: str
) -> None:
    draft = drafted(*nodes)
    assert sentence in draft.losses.sentences
    assert len(read_back(draft)[0].indicators) == len(nodes)


def test_nodes_without_names_and_with_the_same_reference_are_all_taken() -> None:
    bare: dict[str, Any] = {"assessable": True}
    draft = drafted(
        heading("1"), node("x y", "1"), node("x y", "1"), bare, {**bare, "description": "Boats are dry."}
    )
    framework, _ = read_back(draft)
    assert [(one.code, one.title) for one in framework.indicators.values()] == [
        ("x-y", "About x y"),
        ("x-y-2", "About x y"),
        ("indicator", "[to be written] its short title"),
        ("indicator-2", "Boats are dry."),
    ]


YES_NO = [
    {"value": "Yes", "add_score": 4},
    {"value": "Partly", "add_score": 1},
    {"value": "No", "add_score": 0},
]


def asked(kind: str, choices: list[Any], **more: Any) -> dict[str, Any]:
    return {"questions": {"urn:q": {"type": kind, "text": "Are boats dry?", "choices": choices, **more}}}


@pytest.mark.parametrize(
    ("choices", "credits"),
    [
        (YES_NO, [1, 0.25, 0]),
        ([{"value": "Yes", "compute_result": True}, {"value": "No", "compute_result": "false"}], [1, 0]),
        (
            [
                {"value": "Y", "compute_result": "compliant"},
                {"value": "P", "compute_result": "partially_compliant"},
            ],
            [1, 0.5],
        ),
    ],
)
def test_choices_bring_the_credit_of_their_scores_or_results(
    choices: list[Any], credits: list[float]
) -> None:
    _, asking = read_back(drafted(node("a", **asked("unique_choice", choices))))
    questionnaire = asking["harbour-full"]
    question = questionnaire.questions["a"]
    assert isinstance(question, ChoiceQuestion)
    assert question.prompt == "Are boats dry?"
    assert [option.credit for option in questionnaire.scales[question.scale]] == credits


def test_equal_choices_share_a_scale() -> None:
    draft = drafted(node("a", **asked("unique_choice", YES_NO)), node("b", **asked("unique_choice", YES_NO)))
    assert [*read_back(draft)[1]["harbour-full"].scales] == ["scale-1"]


def test_choices_without_a_score_are_told_in_the_help_of_a_level_question() -> None:
    draft = drafted(node("a", **asked("unique_choice", ["Oui", "Non"])))
    question = read_back(draft)[1]["harbour-full"].questions["a"]
    assert isinstance(question, LevelQuestion)
    assert question.help == "Answers in the source: Oui; Non."
    assert len(draft.losses.sentences) == 1


def test_not_applicable_is_an_answer_of_its_own() -> None:
    choices = [*YES_NO, {"value": "N/A"}]
    framework, asking = read_back(drafted(node("a", **asked("unique_choice", choices))))
    assert asking["harbour-full"].questions["a"].not_applicable
    assert (
        framework.indicators["a"].not_applicable == "[to be written] what is true where this does not apply"
    )


def test_several_choices_become_a_checklist_with_their_scores_as_weights() -> None:
    choices = [
        {"value": "Oars", "add_score": 2},
        {"value": "Sails", "add_score": 1},
        {"value": "Neither", "add_score": 0},
    ]
    draft = drafted(node("a", **asked("multiple_choice", choices)))
    question = read_back(draft)[1]["harbour-full"].questions["a"]
    assert isinstance(question, ChecklistQuestion)
    assert [(box.label, box.weight) for box in question.boxes] == [("Oars", 2), ("Sails", 1)]
    assert draft.losses.sentences == ["1 box without a score was left out."]


def test_a_question_for_words_stands_beside_the_one_for_a_level() -> None:
    _, asking = read_back(drafted(node("a", questions={"urn:q": {"type": "text", "text": "How?"}})))
    questions = [*asking["harbour-full"].questions.values()]
    assert [type(one) for one in questions] == [LevelQuestion, TextQuestion]


def test_the_older_form_of_questions_is_read_with_its_aliases() -> None:
    library = b"""
objects:
  framework:
    requirement_nodes:
    - {urn: a, assessable: true, question: {question_type: unique_choice, question_choices: &c [Yes, No],
       questions: [{text: One?}]}}
    - {urn: b, assessable: true, question: {question_type: unique_choice, question_choices: *c,
       questions: [{text: Two?}]}}
"""
    _, asking = read_back(read_ciso_assistant(library))
    assert [one.help for one in asking["harbour-full"].questions.values()] == [
        "Answers in the source: Yes; No."
    ] * 2


def test_each_implementation_group_that_asks_a_part_gets_a_questionnaire_that_leads_on_to_the_whole() -> None:
    groups = [
        {"ref_id": "B", "name": "Basic"},
        {"ref_id": "All", "name": "All"},
        {"ref_id": "None", "name": "None"},
    ]
    draft = drafted(
        node("a", implementation_groups=["B", "All"]),
        node("b", implementation_groups=["All"]),
        framework={"implementation_groups_definition": groups},
    )
    _, asking = read_back(draft)
    assert {name: [*one.questions] for name, one in asking.items()} == {
        "harbour-full": ["a", "b"],
        "harbour-B": ["a"],
    }
    assert (asking["harbour-B"].title, asking["harbour-B"].continues_as) == ("Basic", "harbour-full")
    (sentence,) = draft.losses.sentences
    assert sentence.startswith("2 groups got no questionnaire of their own")
    assert sentence.endswith(": All; None.")


@pytest.mark.parametrize(
    ("names", "levels"),
    [
        (["Nothing", "Begun", "Done", "Lived"], ("Nothing", "Begun", "Done", "Lived")),
        (["No", "Yes"], ("Not in place", "Started", "In place", "Embedded")),
    ],
)
def test_a_scale_of_four_names_the_levels_and_any_other_is_kept_as_a_note(
    names: list[str], levels: tuple[str, ...]
) -> None:
    scores = [{"score": at, "name": name, "description": "As it is."} for at, name in enumerate(names)]
    draft = drafted(node("a"), framework={"scores_definition": scores})
    framework, _ = read_back(draft)
    assert framework.levels == levels
    assert f"Score of the source: 0 · {names[0]} · As it is." in framework.sources
    assert len(draft.losses.sentences) == int(len(names) != 4)


def test_evidence_help_and_language_are_carried_over_and_translations_counted() -> None:
    translated: dict[str, Any] = {"translations": {"fr": {"name": "x"}, "de": {"name": "y"}}}
    draft = drafted(
        node(
            "a",
            typical_evidence="- A list\n- A photo",
            annotation="Count.",
            reference_controls=["urn:x"],
            **translated,
        ),
        node("b", **translated),
        locale="nl",
    )
    framework, asking = read_back(draft)
    assert (framework.language, framework.indicators["a"].evidence) == ("nl", ("A list", "A photo"))
    assert asking["harbour-full"].questions["a"].help == "Count."
    assert draft.losses.sentences == [
        "4 translations were left out, in the languages: fr; de.",
        "1 reference to a control or a threat was left out.",
    ]


def test_the_licence_is_the_authors_to_decide_and_the_source_is_named() -> None:
    framework, _ = read_back(
        drafted(node("a"), copyright="Harbour, all rights kept", name="Clubs", provider="Harbour")
    )
    assert (
        framework.licence
        == "[to be written] the licence of this pack; the source says: Harbour, all rights kept"
    )
    assert framework.sources == ("Drafted from a CISO Assistant library: Clubs, Harbour",)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"objects: {threats: [{urn: a}]}", "there is no framework in this file"),
        (b"objects: [1]", "there is no framework in this file"),
        (b"- a", "there is no framework in this file"),
        (b"objects: {framework: {requirement_nodes: [{name: x}]}}", "nothing in this file that could become"),
        (b"objects: {framework: [}", "not well-formed YAML in line 1"),
        (b"\xff\xfeo", "not UTF-8"),
        (b"a: \x00", "cannot be printed|not well-formed"),
    ],
)
def test_what_is_no_library_with_a_framework_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(CannotImport, match=reason):
        read_back(read_ciso_assistant(content))


def chain(length: int) -> Draft:
    return drafted(
        heading("0"), *(heading(str(at), str(at - 1)) for at in range(1, length)), node("a", str(length - 1))
    )


def test_a_deep_tree_is_taken_and_a_bottomless_one_refused() -> None:
    assert len(read_back(chain(DEEPEST_TREE))[0].indicators) == 1
    with pytest.raises(CannotImport, match="the tree is too deep"):
        chain(DEEPEST_TREE + 2)


def test_more_nodes_than_anybody_reads_are_refused() -> None:
    listed = ", ".join(["{}"] * (MOST_NODES + 1))
    with pytest.raises(CannotImport, match="too many entries"):
        read_ciso_assistant(f"objects: {{framework: {{requirement_nodes: [{listed}]}}}}".encode())


def test_a_library_of_thousands_of_nodes_says_which_standards_can_be_taken_alone() -> None:
    chapters = [
        each
        for at in range(8)
        for each in (heading(f"c{at}"), *(node(f"c{at}.{n}", f"c{at}") for n in range(400)))
    ]
    draft = drafted(*chapters)
    with pytest.raises(
        CannotImport, match=r"expected at most 2,000,000\. Take only some of the standards: c0, c1"
    ):
        read_back(draft)
    standards: tuple[DraftStandard, ...] = draft.only(["c0", "c7"]).standards
    assert [standard.id for standard in standards] == ["c0", "c7"]
    with pytest.raises(CannotImport, match="c9 is not a standard of the draft; expected one of c0, c1"):
        draft.only(["c9"])
