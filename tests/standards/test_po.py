"""The gettext form of a pack's texts: what cannot be used is said with its line, and stops nothing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from standards import po
from standards.faults import Fault, PackError
from standards.po import Entry, read_entries
from standards.source import LARGEST

FILE = "sample/1.0.fr.po"
HEADER = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n\n'
ENTRY = 'msgctxt "standard policy title"\nmsgid "Policy"\nmsgstr "Politique"\n'


def faults_of(text: str) -> list[str]:
    """What is wrong with a file, each line without the file's name."""
    with pytest.raises(PackError) as refusal:
        read_entries(text, FILE)
    return [line.removeprefix(f"{FILE}:") for line in str(refusal.value).splitlines()]


def test_a_text_is_read_with_its_place_its_source_and_its_line() -> None:
    assert read_entries(HEADER + ENTRY, FILE) == [
        Entry("standard policy title", "Policy", "Politique", fuzzy=False, line=6)
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('msgctxt "a b"\nmsgid "c"\nmsgstr "d"\n', ("a b", "c", "d", False)),
        ('msgctxt ""\n"a "\n"b"\nmsgid ""\n"c"\nmsgstr ""\n"d "\n"e"\n', ("a b", "c", "d e", False)),
        ('msgctxt "a"\r\nmsgid "c"\r\nmsgstr "d"\r\n', ("a", "c", "d", False)),
        ('#, fuzzy\nmsgctxt "a"\nmsgid "c"\nmsgstr "d"\n', ("a", "c", "d", True)),
        ('# seen\n#. said\n#: x.yaml:3\nmsgctxt "a"\nmsgid "c"\nmsgstr ""\n', ("a", "c", "", False)),
        ('msgctxt "a"\nmsgid "c"\nmsgstr "  "\n', ("a", "c", "", False)),
        (
            'msgctxt "a"\nmsgid "5 % of \\"x\\" \\\\"\nmsgstr "%s {0}\\n<b>"\n',
            ("a", '5 % of "x" \\', "%s {0}\n<b>", False),
        ),
        (
            'msgctxt "a"\nmsgid "c"\nmsgstr "d"\n\n#~ msgid "gone"\n#~ msgstr[x] "parti"\n#~| msgid "x"\n',
            ("a", "c", "d", False),
        ),
    ],
)
def test_what_translators_write_is_read(written: str, read: tuple[str, str, str, bool]) -> None:
    entry = read_entries("\ufeff" + written, FILE)[0]
    assert (entry.place, entry.source, entry.words, entry.fuzzy) == read


@pytest.mark.parametrize(
    ("written", "faults"),
    [
        ("Bonjour\n", ["1:1: expected msgctxt, msgid or msgstr and a text in quotes"]),
        (
            'msgctxt "a"\n  msgid "c\nmsgstr "d"\n',
            ["2:3: expected msgctxt, msgid or msgstr and a text in quotes"],
        ),
        ('msgctxt "a"\nmsgid "c" d\nmsgstr e\n', ["2:1: expected", "3:1: expected"]),
        ('msgctxt "a"\nmsgid "c"\nmsgstr "\\x41"\n', ["3:1: expected"]),
        ('"alone"\n', ["1:1: this text belongs to nothing"]),
        ('msgstr "d"\n' + ENTRY, ["1:1: found msgstr, expected msgctxt or msgid"]),
        ('msgctxt "a"\nmsgstr "d"\n', ["2:1: found msgstr, expected msgid"]),
        (
            'msgctxt "a"\nmsgid "c"\nmsgstr "d"\nmsgstr "e"\n',
            ["4:1: found msgstr, expected msgctxt or msgid"],
        ),
        (
            'msgctxt "a"\nmsgid "c"\nmsgid_plural "cs"\nmsgstr[0] "d"\n',
            ["3:1: a text of a pack has one form", "4:1: a text of a pack has one form"],
        ),
        ('msgctxt "a"\nmsgid "c"\n', ["2:1: this text is cut off"]),
        ('msgctxt "a"\nmsgid "c"\n# why\nmsgstr "d"\n', ["2:1: this text is cut off"]),
        ('msgid "c"\nmsgstr "d"\n', ["1:1: expected msgctxt above this line"]),
        ('msgctxt "a"\nmsgid ""\nmsgstr "d"\n', ["2:1: a: expected the text that is translated"]),
        (ENTRY + ENTRY, ["5:1: standard policy title: this text stands in line 2 already; keep one"]),
        ('msgctxt "a"\nmsgid "c"\nmsgstr "d\x07"\n', ["3:10: take out the character U+0007"]),
    ],
)
def test_a_fault_is_said_with_its_line(written: str, faults: list[str]) -> None:
    said = faults_of(written)
    assert len(said) == len(faults)
    for line, fault in zip(said, faults, strict=True):
        assert line.startswith(fault)


def test_a_translation_has_a_longest_length() -> None:
    entry = ENTRY.replace("Politique", "x" * po.LONGEST)
    assert len(read_entries(entry, FILE)[0].words) == po.LONGEST
    assert faults_of(entry.replace("xx", "xxx", 1)) == [
        "2:1: standard policy title: expected at most 10,000 characters; there are 10,001"
    ]


def test_a_file_has_a_largest_size() -> None:
    full = "#" * (LARGEST - len(ENTRY) - 1) + "\n" + ENTRY
    assert len(read_entries(full, FILE)) == 1
    assert faults_of("#" + full) == [f"1:1: the file is too long; expected at most {LARGEST:,} bytes"]


LINES = st.sampled_from(
    [
        'msgctxt "a"',
        'msgid "b"',
        'msgstr "c"',
        '"d"',
        "#, fuzzy",
        "#~ msgid x",
        "#: \u2068a",
        "# e",
        "",
        "msgid",
        '"\\"',
        'msgstr[1] "f"',
    ]
)


@given(st.text() | st.lists(LINES | st.text()).map("\n".join))
@example('msgid "Plural-Forms"\nmsgstr "nplurals=9999999999"')
@example(
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=none\\nPlural-Forms: nplurals=x\\nLanguage: ??\\n"'
)
def test_whatever_a_file_holds_it_is_read_or_its_fault_is_said(text: str) -> None:
    for fault in faults_in(text):
        assert 1 <= fault.place.line <= text.count("\n") + 1


def faults_in(text: str) -> tuple[Fault, ...]:
    try:
        read_entries(text, FILE)
    except PackError as refusal:
        return refusal.faults
    return ()
