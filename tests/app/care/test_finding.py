"""What is found in a text, rule by rule; that nothing else is; and that finding takes as long as the text."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from app.care.finding import FOLDER, KINDS, find, find_in, languages, read_rules
from app.care.rules import BadRule, Reader
from app.care.tokens import Tokens
from app.settings import ROOT

LONGEST = 5000


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in find(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the girl Amina was there", "Amina"),
        ("THE girl Amina Quay was there", "Amina Quay"),
        ("pupils: Bruno", "Bruno"),
        ("a boy in year 4 who is called Bruno", "Bruno"),
        ("one of the girls, Fay, said so", "Fay"),
        ("her son, Emil.", "Emil"),
        ("her son, Emil", "Emil"),
        ("the pupil (Dora)", "Dora"),
        ("Amina’s mum", "Amina"),
        ("Amina's foster carer", "Amina"),
        ("parents of Jean-Luc Quay", "Jean-Luc Quay"),
        ("the student Zoë O’Quay", "Zoë O’Quay"),
        ("his sister Ana de la Quay", "Ana de la Quay"),
        ("a child named Omar al-Quay", "Omar al-Quay"),
        ("Carla H, aged 9", "Carla H"),
        ("Carla (9)", "Carla"),
        ("Carla, 9, cried", "Carla"),
        ("Carla is 9 years old", "Carla"),
        ("nine-year-old Carla", "Carla"),
        ("Carla (dob 1.2.2015)", "Carla"),
        ("we told Carla in Year 4", "Carla"),
        ("child’s name: Carla", "Carla"),
    ],
)
def test_a_name_is_found_beside_what_says_that_it_is_a_childs(text: str, name: str) -> None:
    assert ("name", name) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Child Protection Officer",
        "Children Act",
        "Pupil Premium",
        "the child Rights convention",
        "the girl I spoke to",
        "a child. Staff came",
        "Child A and Child B",
        "when a child cries, Amina comes",
        "pupils in Year 4",
        "a child in March",
        "each pupil’s form called Blue Sheet",
        "a project called Open Door for girls",
        "our Child Safe Champion",
        "Ms Quay’s family",
        "Sister Carla",
        "in Harbour, a child is welcome",
        "Girls aged 9",
        "the boy\n\nAmina",
        "the student BBC",
        "Child, Curious, Clear.",
    ],
)
def test_a_capital_letter_alone_makes_no_name(text: str) -> None:
    assert found(text) == []


def test_a_name_is_found_again_wherever_it_stands_and_the_given_name_alone_too() -> None:
    text = "The girl Amina Quay came late. Amina had missed the bus. Tell Amina Quay."
    assert found(text) == [("name", "Amina Quay"), ("name", "Amina"), ("name", "Amina Quay")]


@pytest.mark.parametrize(
    "date",
    [
        "3/4/2014",
        "03.04.14",
        "2014-04-03",
        "3 April 2014",
        "3rd of April",
        "April 3rd, 2014",
        "Apr. 2014",
        "3-Apr-2014",
        "03 04 2014",
    ],
)
@pytest.mark.parametrize("before", ["born on ", "DOB: ", "date of birth is ", "D.O.B. ", "his birthday is "])
def test_a_date_is_one_of_birth_only_beside_a_word_that_says_so(before: str, date: str) -> None:
    assert found(before + date) == [("birth", date)]
    assert found(f"approved on {date}") == []


@pytest.mark.parametrize(
    "text", ["born before 1 May 2014", "the club was born on 1 May 1998", "date of birth"]
)
def test_an_age_group_or_a_founding_day_is_no_date_of_birth(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("email", "write to a.b+c@quay.example.", "a.b+c@quay.example"),
        ("email", "to: _mia@quay.example", "_mia@quay.example"),
        ("email", "amina (at) quay.example", "amina (at) quay.example"),
        ("email", "amina at quay dot example", "amina at quay dot example"),
        ("phone", "it is 07700 900123.", "07700 900123"),
        ("phone", "it is +44 (0)20 7946 0123", "+44 (0)20 7946 0123"),
        ("phone", "it is (020) 7946 0123", "(020) 7946 0123"),
        ("phone", "(mum: 07700 900123)", "07700 900123"),
        ("phone", "it is (555) 555-0142", "(555) 555-0142"),
        ("phone", "ring her on 555-0142", "555-0142"),
        ("address", "at 12 Quay Lane now", "12 Quay Lane"),
        ("address", "at 12a, St Mary’s Rd", "12a, St Mary’s Rd"),
        ("address", "Flat 3b, 12 Old Quay Street", "Flat 3b, 12 Old Quay Street"),
        ("address", "lives at 12 quay lane", "12 quay lane"),
        ("address", "lives in Quay Street", "Quay Street"),
        ("address", "near AB12 3CD", "AB12 3CD"),
        ("address", "P.O. Box 12", "P.O. Box 12"),
        ("case", "case no. 17", "17"),
        ("case", "case number: SG-2025/014.", "SG-2025/014"),
        ("case", "NHS number 943 476 5919", "943 476 5919"),
        ("case", "incident #12", "12"),
        ("case", "see SG-2025-014", "SG-2025-014"),
    ],
)
def test_a_contact_or_a_number_is_found_as_a_whole(kind: str, text: str, words: str) -> None:
    assert found(text) == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "amina@localhost",
        "@quay on every platform",
        "call 999, 112 or 0800 1111",
        "open 09:00 to 17:30, 24/7",
        "charity number 1098345",
        "ISBN 0-306-40615-2",
        "0.123456789 of it",
        "120 000 people in 2024 2025 2026",
        "a 10 Minute Walk",
        "the 2026 Sponsored Walk",
        "Quay Street is closed",
        "in case 100 come",
        "policy number 1234",
        "the file of 2024, report 2023/24",
        "ISO 9001-2015-001",
        "see P1.1 and R7.2",
        "",
        "²³ ½ Ⅳ 👧🏽 \u0301",
    ],
)
def test_what_only_looks_a_little_like_a_contact_is_innocent(text: str) -> None:
    assert found(text) == []


PIECES = [
    "girl", "Amina", "Quay", "born", "on", "3", "/", "04", "2014", "@", ".", "example", "07700",
    "900123", "Lane", "case", "no", "#", "+", "(", ")", ",", "’", "s", "mother", "\n", "\n\n", " ", "  ",
    "-", "é", "²", "aged", "9",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=200))
def test_findings_are_whole_ranges_in_the_order_of_the_text_and_none_lies_over_another(text: str) -> None:
    last = 0
    for one in find(text):
        assert last <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        last = one.end


NASTY = [
    "a", "A", "Amina ", "Amina Quay ", "Amina-", "Amina’s ", "0", "0 ", "0-", "(0", "+0", "1/2/", "12.",
    "a@", "a.", "@", "a.b@c.", "child ", "the girl Amina ", "the girls Amina, ",
    "child a b c d e called ", "born on ", "born in May ", "flat 1 ", "12 Quay ", "12 Quay and Quay ",
    "lives at the ", "case no ", "ref ref ", "SG-2025-", "’", "\n", "\n ", "phone on at is ",
    "name of the child is ", "Amina de la ", "at dot ", "9-year-old ", "\u0301", "year 4 ", "((((",
]  # fmt: skip


def looked(piece: str, length: int) -> int:
    tokens = Tokens((piece * length)[:length])
    find_in(tokens, languages())
    return tokens.looked


@pytest.mark.parametrize("piece", NASTY)
def test_a_text_of_twice_the_length_takes_twice_the_looks_and_no_more(piece: str) -> None:
    """Counted in looks at a token: a time limit would say more of the machine than of the rules."""
    half, whole = looked(piece, LONGEST // 2), looked(piece, LONGEST)
    assert whole <= 2.1 * half + 100
    assert whole <= 200 * LONGEST


@given(st.text() | st.text("aB1 \t\n\r.’_\u0301²"))
def test_a_text_is_cut_up_from_its_beginning_to_its_end(text: str) -> None:
    tokens, before = Tokens(text), 0
    for start, after in (tokens.span(place, place + 1) for place in range(len(tokens))):
        assert text[before:start].strip() == ""
        assert start < after
        before = after
    assert text[before:].strip() == ""


VOCABULARY = (
    "the girl boys Amina Bruno Quay aged 9 12 2019 ( ) , . : - + @ # class year 4B born in May door flat BS1 "
    "phone 07700 900123 case ref no called old is of and Street 3rd lives at"
)


@given(st.lists(st.sampled_from(VOCABULARY.split()), max_size=12).map(" ".join))
def test_no_rule_matches_where_it_is_not_tried(text: str) -> None:
    tokens = Tokens(text)
    english = languages()["en"]
    for choice in (english.find, *english.innocent.values()):
        possible = choice.possible(tokens)
        for row in choice.rows:
            matched = {at for at in range(len(tokens)) if any(True for _match in row.matches(tokens, at))}
            assert matched <= row.places(tokens)
            assert not matched or row in possible


LISTS = {"either": ["=9A", "=A9", "12 a"], "deep": ["{either} b", "a"], "maybe": ["a? 12?"]}
PARTS = {
    "a": ["a", "A"], "12": ["12"], "<day>": ["3", "31"], "<year>": ["2019"], "<word>": ["b"],
    "<name>": ["Al", "Al Bo"], "<digits 2-4>": ["12", "2019"], "<code 2-5>": ["A12", "1-2"],
    "<figures 4-9>": ["1234", "(12) 34"], "<email>": ["a@b.c", "_a@b.c"], "<end>": [".", ""],
    "=9A": ["4A"], "=AA99": ["AB12"], "=A9-9": ["A1-2"],
    "{either}": ["4A", "A4", "12 a"], "{deep}": ["4A b", "a"], "{maybe}": ["", "a", "12", "a 12"],
}  # fmt: skip
"""Parts of a rule, and what each matches."""

PART_AND_TEXT = [(part, text) for part, texts in PARTS.items() for text in texts]
OPTIONAL = [(f"{part}?", text) for part, texts in PARTS.items() for text in (texts[0], "")]


@st.composite
def rules_and_texts(draw: st.DrawFn) -> tuple[str, str]:
    """A rule, and a text that holds, more often than not, what it matches."""
    chosen = st.sampled_from(PART_AND_TEXT)
    before, after = draw(st.lists(chosen, max_size=1)), draw(st.lists(chosen, max_size=1))
    parts = draw(st.lists(chosen | chosen | st.sampled_from(OPTIONAL), min_size=1, max_size=3))
    between = draw(st.sampled_from(["", " "]))
    return " ".join(part for part, _ in parts), between.join(text for _, text in [*before, *parts, *after])


@settings(max_examples=1500)
@given(rules_and_texts())
def test_a_rule_of_any_parts_is_tried_wherever_it_matches(rule_and_text: tuple[str, str]) -> None:
    rule, text = rule_and_text
    choice, tokens = Reader(LISTS).choice([rule]), Tokens(text)
    [row] = choice.rows
    matched = {at for at in range(len(tokens)) if any(True for _match in row.matches(tokens, at))}
    assert matched <= row.places(tokens)
    assert not matched or row in choice.possible(tokens)


def test_the_rules_of_every_language_name_kinds_that_there_are() -> None:
    assert [path.stem for path in FOLDER.glob("*.yaml")] == ["en"]
    for language in languages().values():
        assert {row.kind for row in language.find.rows} == set(language.innocent) == set(KINDS)


FRENCH = """
lists:
  enfant: [fille, fils, élève]
  rue: [rue, avenue]
kinds:
  name:
    find: ["{enfant} s'appelle? *<name>"]
  address:
    find: ["<house> ,? {rue} de? <capital>"]
"""


def test_another_language_is_another_file_and_no_code(tmp_path: Path) -> None:
    (tmp_path / "fr.yaml").write_text(FRENCH, encoding="utf-8")
    text = "La fille Amina habite 12, rue de Harbour."
    seen = find_in(Tokens(text), languages(tmp_path))
    assert [(one.kind, text[one.start : one.end]) for one in seen] == [
        ("name", "Amina"),
        ("address", "12, rue de Harbour"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"lists": {}, "kinds": {"name": {"find": ["{nobody} *<name>"]}}},
        {"lists": {}, "kinds": {"name": {"find": ["girl <nobody>"]}}},
        {"lists": {}, "kinds": {"name": {"find": ["girl <digits>"]}}},
        {"lists": {"a": ["{b}"], "b": ["{a}"]}, "kinds": {"name": {"find": ["{a}"]}}},
        {"lists": {}, "kinds": {"name": {"find": ["girl {"]}}},
        {"lists": {}, "kinds": {"nobody": {"find": ["girl"]}}},
        {"lists": {"a": ["", "boy"]}, "kinds": {"name": {"find": ["{a} girl"]}}},
    ],
)
def test_a_rule_that_names_what_there_is_not_is_refused_with_its_file(wrong: object, tmp_path: Path) -> None:
    path = tmp_path / "fr.yaml"
    path.write_text(yaml.safe_dump(wrong), encoding="utf-8")
    with pytest.raises(BadRule, match="fr.yaml"):
        read_rules(path)


def texts_of_packs() -> list[str]:
    """Every text of every standard and questionnaire of ours, as it stands in its file."""
    files = [
        path for name in ("standards", "questionnaires") for path in (ROOT / name / "packs").rglob("*.yaml")
    ]
    assert files
    return [
        str(token.value)
        for path in files
        for token in yaml.scan(path.read_text("utf-8"))
        if isinstance(token, yaml.ScalarToken)
    ]


def test_nothing_that_the_packs_say_looks_like_a_childs_details() -> None:
    """They speak of children, pupils, officers and acts on every page: our largest innocent text."""
    assert [(text, found(text)) for text in texts_of_packs() if found(text)] == []
