"""Editions are found in their folders, and a file in the wrong place or coding is refused."""

from pathlib import Path

import pytest

from standards.faults import PackError
from standards.loader import installed_frameworks, load_framework, pack_files
from standards.source import LARGEST
from tests.standards.samples import EDITION, EXAMPLES, changed


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_the_sample_edition_loads() -> None:
    edition = load_framework(EXAMPLES / "sample-framework.yaml")
    assert (edition.id, edition.edition) == ("sample", "1.0")
    assert [*edition.indicators] == ["P1.1", "R3.5"]


def test_installed_editions_are_found_by_id_and_edition(tmp_path: Path) -> None:
    put(tmp_path, "sample/1.0.yaml", EDITION)
    put(tmp_path, "sample/1.1.yaml", changed(EDITION, 'edition: "1.0"', 'edition: "1.1"'))
    put(tmp_path, "sample/1.1.fr.po", "a translation")
    assert [*installed_frameworks(tmp_path)] == [("sample", "1.0"), ("sample", "1.1")]


def test_packs_are_read_with_the_newest_of_an_id_last(tmp_path: Path) -> None:
    in_order = ["one/2.yaml", "one/10.yaml", "one/2026.1.yaml", "one/2026.12.yaml", "two/1.yaml"]
    for name in sorted(in_order):
        put(tmp_path, name, "")
    assert [str(path.relative_to(tmp_path)) for path in pack_files(tmp_path)] == in_order


def test_an_edition_in_the_place_of_another_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "sample/2.0.yaml", EDITION)
    with pytest.raises(PackError) as refusal:
        installed_frameworks(tmp_path)
    said = "sample/2.0.yaml:1:1: this is sample 1.0; expected it in sample/1.0.yaml"
    assert str(refusal.value) == said


def test_a_file_in_another_coding_is_refused_at_the_first_odd_byte(tmp_path: Path) -> None:
    path = put(tmp_path, "sample/1.0.yaml", EDITION.encode().replace(b"Written policy", b"Written p\xe9licy"))
    with pytest.raises(PackError) as refusal:
        load_framework(path)
    assert str(refusal.value) == "sample/1.0.yaml:35:30: this is not UTF-8 text; save the file as UTF-8"


def test_a_mark_that_some_editors_put_first_does_no_harm(tmp_path: Path) -> None:
    path = put(tmp_path, "sample/1.0.yaml", b"\xef\xbb\xbf" + EDITION.encode())
    assert load_framework(path).id == "sample"


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "sample/1.0.yaml", b"# \xc3\xa9" * LARGEST)
    with pytest.raises(PackError) as refusal:
        load_framework(path)
    said = "sample/1.0.yaml:1:1: the file is too long; expected at most 2,000,000 bytes"
    assert str(refusal.value) == said
