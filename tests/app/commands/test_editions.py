"""An author goes on from an edition: a copy is written where it belongs, and nothing is overwritten."""

from pathlib import Path

import pytest

from standards.loader import load_framework
from tests.app.commands.conftest import Type, change, put
from tests.standards.samples import EDITION

NEW = "packs/standards/sample/1.1.yaml"


def test_the_new_edition_lies_beside_the_earlier_one_and_passes_the_check(
    author: Path, plumbline: Type
) -> None:
    status, said = plumbline("packs", "new-edition", "sample", "1.0", "1.1", "--folder", "packs")
    assert status == 0
    assert said[0] == f"{NEW} is written. Each of its 2 indicators is linked to itself."
    assert "   These do: sample-full 1." in said
    assert said[-1] == f"3. plumbline packs check {NEW}"
    assert plumbline("packs", "check", NEW) == (0, ["1 file: no faults, no warnings."])
    assert load_framework(author / NEW).key == ("sample", "1.1")


def test_an_edition_that_is_there_is_not_overwritten(author: Path, plumbline: Type) -> None:
    put(author / NEW, "somebody's work")
    status, said = plumbline("packs", "new-edition", "sample", "1.0", "1.1", "--folder", "packs")
    assert (status, said) == (1, ["sample 1.1 is there already; expected the name of a new edition"])
    assert (author / NEW).read_text(encoding="utf-8") == "somebody's work"
    assert plumbline("packs", "new-edition", "sample", "1.0", "1.0", "--folder", "packs")[0] == 1


def test_a_shipped_edition_is_copied_into_a_folder_of_ones_own(author: Path, plumbline: Type) -> None:
    assert plumbline("packs", "new-edition", "ics-style", "2026.1", "2027.1", "--folder", "own")[0] == 0
    assert [path.as_posix() for path in Path("own").rglob("*.yaml")] == [
        "own/standards/ics-style/2027.1.yaml"
    ]
    assert plumbline("packs", "check", "own") == (0, ["1 file: no faults, no warnings."])


def test_the_operators_own_folder_is_the_one_that_is_written_to(
    author: Path, plumbline: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLUMBLINE_PACKS", str(author / "packs"))
    assert plumbline("packs", "new-edition", "sample", "1.0", "1.1")[0] == 0
    assert (author / NEW).exists()
    assert plumbline("packs", "new-edition", "policy-review", "2026.1", "2027.1")[0] == 0
    assert (author / "packs/standards/policy-review/2027.1.yaml").exists()


@pytest.mark.parametrize("name", ["../1.1", "1 1", "", "/tmp/1", "a" * 61])
def test_a_name_that_is_none_is_refused_and_nothing_is_written(
    author: Path, plumbline: Type, name: str
) -> None:
    before = sorted(author.rglob("*"))
    status, said = plumbline("packs", "new-edition", "sample", "1.0", name, "--folder", "packs")
    assert status == 1
    assert said[0].startswith(f"{name} cannot name an edition")
    assert sorted(author.rglob("*")) == before


def test_a_faulty_or_missing_edition_is_not_copied(author: Path, plumbline: Type) -> None:
    change(author / "packs/standards/sample/1.0.yaml", "class: major", "class: importnat")
    for name in ("1.0", "3.0"):
        status, said = plumbline("packs", "new-edition", "sample", name, "3.1", "--folder", "packs")
        refusal = f"There is no edition sample {name} without a fault: see plumbline packs check"
        assert (status, said) == (1, [refusal])


def test_a_layout_that_cannot_be_copied_is_said_with_its_file(author: Path, plumbline: Type) -> None:
    inline = EDITION[: EDITION.index("earlier:")] + "earlier: []\n"
    put(author / "packs/standards/sample/1.0.yaml", inline)
    status, said = plumbline("packs", "new-edition", "sample", "1.0", "1.1", "--folder", "packs")
    assert status == 1
    assert said[0].startswith("packs/standards/sample/1.0.yaml:2:1: this layout cannot be copied")
