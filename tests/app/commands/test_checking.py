"""An author asks what is wrong with some packs, and gets everything at once, with its place."""

from pathlib import Path

import pytest

from standards.crosswalk_loader import CROSSWALKS
from standards.loader import PACKS
from tests.app.commands.conftest import Type, change, put
from tests.questionnaires.samples import SAMPLE
from tests.standards.samples import EDITION, changed

EDITION_FILE = "packs/standards/sample/1.0.yaml"
QUESTIONNAIRE_FILE = "packs/questionnaires/sample-full/1.yaml"


def test_all_shipped_packs_are_without_a_fault_and_without_a_warning(plumbline: Type) -> None:
    status, said = plumbline("packs", "check")
    assert (status, len(said)) == (0, 1)
    assert said[0].endswith("files: no faults, no warnings.")


def test_a_good_folder_is_said_to_be_good(author: Path, plumbline: Type) -> None:
    assert plumbline("packs", "check", "packs") == (0, ["2 files: no faults, no warnings."])


def test_every_fault_of_every_file_is_said_at_once(author: Path, plumbline: Type) -> None:
    change(author / EDITION_FILE, "class: major", "class: importnat")
    change(author / EDITION_FILE, "to: [P1.1]", "to: [P1.7]")
    change(author / QUESTIONNAIRE_FILE, "minutes: 5", "minutes: long")
    status, said = plumbline("packs", "check", "packs")
    assert status == 1
    assert [line.split(": ")[0] for line in said[:-1]] == [
        f"{QUESTIONNAIRE_FILE}:4:12",
        f"{QUESTIONNAIRE_FILE}:7:10",
        f"{EDITION_FILE}:61:20",
        f"{EDITION_FILE}:79:31",
    ]
    assert "sample 1.0 has a fault of its own; mend that first" in said[0]
    assert said[-1] == "2 files: 4 faults, no warnings."


def test_warnings_alone_do_not_fail(author: Path, plumbline: Type) -> None:
    change(
        author / EDITION_FILE,
        'effort_days: 3, owner: focal_point, leaves: "A draft"',
        'effort_days: 0.01, owner: focal_point, leaves: "A draft"',
    )
    status, said = plumbline("packs", "check", "packs")
    assert status == 0
    assert said == [
        f"{EDITION_FILE}:47:82: standards.0.requirements.0.indicators.0.actions.0.effort_days:"
        " warning: found 0.01 days; this effort is still to be estimated; expected 0.1 to 60",
        "2 files: no faults, 1 warning.",
    ]


def test_a_file_may_lie_anywhere_and_is_known_by_what_it_holds(author: Path, plumbline: Type) -> None:
    put(author / "draft.yaml", EDITION)
    put(author / "asks.yaml", SAMPLE)
    assert plumbline("packs", "check", "asks.yaml", "draft.yaml") == (
        0,
        ["2 files: no faults, no warnings."],
    )
    status, said = plumbline("packs", "check", "asks.yaml")
    assert status == 1
    assert "sample 1.0 is not installed" in said[0]


def test_a_questionnaire_may_ask_an_edition_of_the_operators_own_folder(
    author: Path, plumbline: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLUMBLINE_PACKS", str(author / "packs"))
    assert plumbline("packs", "check", QUESTIONNAIRE_FILE)[0] == 0


def test_without_a_file_the_operators_own_folder_is_checked_too(
    author: Path, plumbline: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(author / EDITION_FILE, "class: major", "class: importnat")
    monkeypatch.setenv("PLUMBLINE_PACKS", str(author / "packs"))
    status, said = plumbline("packs", "check")
    assert status == 1
    assert [line.split(": ")[0] for line in said[:-1]] == [
        f"{QUESTIONNAIRE_FILE}:4:12",
        f"{EDITION_FILE}:61:20",
    ]


def test_a_pack_in_a_folder_lies_where_its_name_says(author: Path, plumbline: Type) -> None:
    put(author / "packs/standards/sample/2.0.yaml", EDITION)
    status, said = plumbline("packs", "check", "packs")
    assert status == 1
    assert (
        said[0] == "packs/standards/sample/2.0.yaml:1:1: this is sample 1.0; expected it in sample/1.0.yaml"
    )


def test_two_files_with_one_name_are_not_taken_for_one(author: Path, plumbline: Type) -> None:
    put(author / "one.yaml", EDITION)
    put(author / "other.yaml", EDITION)
    status, said = plumbline("packs", "check", "one.yaml", "other.yaml")
    assert status == 1
    assert said[0].startswith("other.yaml:1:1: this is sample 1.0, and so is ")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere.yaml", "nowhere.yaml:1:1: this file cannot be read: No such file or directory"),
        (
            "packs/standards",
            "packs/standards: expected a pack, or a folder with standards/ or questionnaires/",
        ),
    ],
)
def test_what_is_not_there_is_said_not_to_be(author: Path, plumbline: Type, name: str, said: str) -> None:
    status, lines = plumbline("packs", "check", name)
    assert status != 0
    assert lines[0] == said


def test_a_pack_in_the_name_of_a_shipped_one_is_refused_but_the_shipped_one_itself_is_not(
    author: Path, plumbline: Type
) -> None:
    shipped = PACKS / "ics-style" / "2026.1.yaml"
    copy = put(author / "copy.yaml", shipped.read_text(encoding="utf-8"))
    assert plumbline("packs", "check", str(shipped))[0] == 0
    status, said = plumbline("packs", "check", str(copy))
    assert (status, said[0].partition(";")[0]) == (
        1,
        "copy.yaml:1:1: ics-style 2026.1 comes with Plumbline",
    )


# Released packs


def test_a_released_pack_that_says_something_else_fails_the_check(author: Path, plumbline: Type) -> None:
    folder = ("--folder", "packs")
    assert plumbline("packs", "release", "sample", "1.0", *folder)[0] == 0
    assert plumbline("packs", "release", "sample-full", "1", *folder)[0] == 0
    assert plumbline("packs", "check", "packs")[0] == 0

    change(author / EDITION_FILE, "Nobody has looked at it.", "Nobody has looked at that.")
    status, said = plumbline("packs", "check", "packs")
    assert status == 1
    assert said[0] == (
        f"{EDITION_FILE}:1:1: sample 1.0 is released, and what it says has changed since;"
        " take the change back, and make it in a new edition or version"
    )
    assert plumbline("packs", "check", EDITION_FILE, QUESTIONNAIRE_FILE)[0] == 1
    assert plumbline("packs", "release", "sample", "1.0", *folder)[0] == 1


def test_comments_and_layout_of_a_released_pack_may_change(author: Path, plumbline: Type) -> None:
    plumbline("packs", "release", "sample", "1.0", "--folder", "packs")
    change(author / EDITION_FILE, "language: en\n", "language:   en   # what it is written in\n")
    assert plumbline("packs", "check", "packs") == (0, ["2 files: no faults, no warnings."])


def test_a_released_pack_that_is_gone_fails_the_check(author: Path, plumbline: Type) -> None:
    plumbline("packs", "release", "sample-full", "1", "--folder", "packs")
    (author / QUESTIONNAIRE_FILE).rename(author / "away.yaml")
    put(author / "packs/questionnaires/sample-full/2.yaml", changed(SAMPLE, 'version: "1"', 'version: "2"'))
    status, said = plumbline("packs", "check", "packs")
    assert status == 1
    assert said[0] == "packs/questionnaires/released.txt:2:1: sample-full 1 is released, and its file is gone"


def test_a_release_is_one_line_with_hash_id_and_edition_and_twice_is_once(
    author: Path, plumbline: Type
) -> None:
    for _ in range(2):
        status, said = plumbline("packs", "release", "sample", "1.0", "--folder", "packs")
        assert (status, said) == (
            0,
            [
                f"{EDITION_FILE} is released, as packs/standards/released.txt says."
                " From now on, only its comments may change."
            ],
        )
    head, line = (author / "packs/standards/released.txt").read_text(encoding="utf-8").splitlines()
    assert head.startswith("# ")
    hash_, name = line.split("  ")
    assert (len(hash_), name) == (64, "sample 1.0")


def test_a_pack_with_a_fault_is_not_released(author: Path, plumbline: Type) -> None:
    change(author / EDITION_FILE, "class: major", "class: importnat")
    status, said = plumbline("packs", "release", "sample", "1.0", "--folder", "packs")
    assert (status, said) == (1, ["There is no pack sample 1.0 without a fault: see plumbline packs check"])
    assert not (author / "packs/standards/released.txt").exists()


def test_a_record_of_releases_that_cannot_be_read_is_a_fault(author: Path, plumbline: Type) -> None:
    put(author / "packs/standards/released.txt", "# a heading\n\nsample 1.0\n")
    status, said = plumbline("packs", "check", "packs")
    assert status == 1
    assert said[0] == (
        "packs/standards/released.txt:3:1:"
        " expected a hash, two spaces, an id, a space and an edition; found sample 1.0"
    )


# What lies beside packs


def test_a_faulty_translation_beside_a_pack_fails_the_check(author: Path, plumbline: Type) -> None:
    put(author / "packs/standards/sample/1.0.French.po", 'msgid ""\nmsgstr ""\n')
    status, said = plumbline("packs", "check", "packs")
    assert status == 1
    assert said[0].startswith(
        "packs/standards/sample/1.0.French.po:1:1: found the language French; expected a tag"
    )


def test_a_crosswalk_that_leads_to_nowhere_fails_the_check(author: Path, plumbline: Type) -> None:
    shipped = CROSSWALKS / "policy-review-2026.1--ics-style-2026.1.yaml"
    assert plumbline("packs", "check", str(shipped)) == (0, ["1 file: no faults, no warnings."])
    text = shipped.read_text(encoding="utf-8")
    put(
        author / "crossing.yaml",
        text.replace('id: ics-style, edition: "2026.1"', 'id: ics-style, edition: "2"'),
    )
    status, said = plumbline("packs", "check", "crossing.yaml")
    assert status == 1
    assert said[0] == "crossing.yaml:3:5: to: this edition is not installed; expected one that is"
