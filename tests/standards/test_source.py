"""YAML that other programs would read differently, or that hides something, is refused with its place."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from standards.faults import PackError
from standards.loader import read_framework
from standards.scalars import read_unquoted
from standards.source import DEEPEST, LARGEST, Source
from tests.standards.samples import EDITION, changed, faults_of_edition

ASK = "requirements.0.indicators.0.ask: write the text out here; packs do without & and *"
TITLE = "35:20: standards.0.requirements.0.indicators.0.title"
SYNTAX = "look at the quotes, brackets and indentation, here and just above"


@pytest.mark.parametrize(
    ("word", "read_as"),
    [
        ("yes", "true or false"),
        ("No", "true or false"),
        ("on", "true or false"),
        ("OFF", "true or false"),
        ("y", "true or false"),
        ("N", "true or false"),
        ("True", "true or false"),
        ("~", "nothing at all"),
        ("null", "nothing at all"),
        ("2026-01-01", "a date"),
        ("2026-01-01 10:00:00", "a date"),
        ("12:30", "a number, and not all as the same one"),
        ("0x1F", "a number, and not all as the same one"),
        ("010", "a number, and not all as the same one"),
        ("1_000", "a number, and not all as the same one"),
        (".5", "a number, and not all as the same one"),
        (".inf", "a number, and not all as the same one"),
        ("=", "an instruction"),
    ],
)
def test_an_unquoted_word_that_programs_disagree_on_has_to_be_quoted(word: str, read_as: str) -> None:
    said = f'{TITLE}: write it in quotes: "{word}"; without them some programs read it as {read_as}'
    assert faults_of_edition(changed(EDITION, 'title: "Written policy"', f"title: {word}")) == [said]


@pytest.mark.parametrize("word", ["yes", "No", "~", "2026-01-01", "12:30", "010", "<<"])
def test_the_same_word_in_quotes_is_text(word: str) -> None:
    pack = read_framework(changed(EDITION, '"Written policy"', f'"{word}"'), "sample/1.0.yaml")
    assert pack.indicators["P1.1"].title == word


def test_a_word_in_a_block_of_its_own_is_text() -> None:
    pack = read_framework(changed(EDITION, '"Written policy"', "|\n              no"), "sample/1.0.yaml")
    assert pack.indicators["P1.1"].title == "no"


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("true", True),
        ("false", False),
        ("0", 0),
        ("12", 12),
        ("-3", -3),
        ("1.0", "1.0"),
        ("0.50", "0.50"),
        ("none", "none"),
        ("P1.1", "P1.1"),
        ("2026.1", "2026.1"),
        ("any text at all", "any text at all"),
    ],
)
def test_only_true_false_and_whole_numbers_are_not_text(word: str, value: object) -> None:
    read = read_unquoted(word)
    assert (type(read), read) == (type(value), value)


def test_a_decimal_is_a_number_where_a_number_belongs() -> None:
    pack = read_framework(changed(EDITION, "supporting: 1}", "supporting: 0.5}"), "sample/1.0.yaml")
    assert pack.weights.supporting == 0.5


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "language: en\n",
            "language: en\nlanguage: fr\n",
            "9:1: language: this key stands twice, first in line 8; keep one",
        ),
        (
            "language: en\n",
            "language: en\nlanguage: fr\nlanguage: de\n",
            "9:1: language: this key stands twice, first in line 8; keep one\n"
            "10:1: language: this key stands twice, first in line 8; keep one",
        ),
        (
            'licence: "CC-BY-4.0"',
            "licence:",
            "7:9: licence: there is nothing here; write what belongs here, or take the key out",
        ),
        (
            "language: en\n",
            'language: en\nno: "Norway"\n',
            '9:1: no: write it in quotes: "no"; without them some programs read it as true or false',
        ),
        ("language: en\n", 'language: en\n1: "one"\n', '9:1: 1: write it in quotes: "1"; a key is text'),
        (
            "ask: [focal_point, director]",
            "ask: &them [focal_point, director]",
            f"45:18: standards.0.{ASK}",
        ),
        (
            "ask: [it, children]",
            "ask: *them",
            f"71:18: standards.1.{ASK}",
        ),
        (
            "language: en\n",
            "language: en\n<<: {}\n",
            '9:1: <<: write it in quotes: "<<"; without them some programs read it as an instruction',
        ),
        ('"Written policy"', '!!str "Written policy"', f"{TITLE}: take out !!str; packs do without tags"),
        ('"Written policy"', '!mine "Written policy"', f"{TITLE}: take out !mine; packs do without tags"),
        ("ask: [it, children]", "ask: [it, children", f"72:20: did not find expected ',' or ']'; {SYNTAX}"),
        (
            "language: en\n",
            "language: en\n\ttitle: x\n",
            f"9:1: found a tab character that violates indentation; {SYNTAX}",
        ),
        ("overall:", "---\noverall:", "11:1: a second document begins here; expected only one"),
        ("language: en", "language: e\x07n", "8:12: take out the character U+0007; it cannot be printed"),
        (
            "language: en\n",
            "language: en\n[a]: b\n",
            "9:1: expected a word before the colon, not a list or a group",
        ),
    ],
    ids=lambda value: value.strip()[:30],
)
def test_what_hides_or_breaks_something_is_refused(old: str, new: str, said: str) -> None:
    assert faults_of_edition(changed(EDITION, old, new)) == said.splitlines()


@pytest.mark.parametrize("text", ["", "\n# nothing yet\n"])
def test_an_empty_file_is_refused(text: str) -> None:
    assert faults_of_edition(text) == ["1:1: there is nothing in this file"]


def test_a_file_that_holds_a_list_is_refused() -> None:
    assert faults_of_edition("- id: sample\n") == ["1:1: found a list, expected keys, each with a value"]


def test_a_file_that_is_too_long_is_refused() -> None:
    too_long = "#" * LARGEST + "\n"
    assert faults_of_edition(too_long) == ["1:1: the file is too long; expected at most 2,000,000 bytes"]


def test_a_file_that_is_nested_too_deep_is_refused_where_it_becomes_so() -> None:
    bottomless = "sources: " + "[" * 10_000
    path = ".".join(["sources"] + ["0"] * DEEPEST)
    assert faults_of_edition(bottomless) == [
        f"1:{len('sources: ') + DEEPEST + 1}: {path}: nested too deep; expected at most {DEEPEST} levels"
    ]


def test_a_part_that_is_not_there_stands_where_it_is_missing() -> None:
    missing = Source("a:\n  - b: 1\n", "pack").top.at("a", 0, "c", "d")
    assert not missing.present
    assert str(missing.fault("add it")) == "pack:2:5: a.0.c.d: add it"


def test_the_reader_without_the_c_library_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    mistaken = changed(EDITION, "class: major", "class: no")
    mistaken = changed(mistaken, "ask: [it, children]", "ask: &them [it, children]")
    fast = faults_of_edition(mistaken)
    monkeypatch.setattr("standards.source._LOADER", yaml.BaseLoader)
    assert faults_of_edition(mistaken) == fast
    assert len(fast) == 2


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert _refusal(text) is None or str(_refusal(text)).startswith("pack:")


def _refusal(text: str) -> PackError | None:
    try:
        Source(text, "pack")
    except PackError as refusal:
        return refusal
    return None
