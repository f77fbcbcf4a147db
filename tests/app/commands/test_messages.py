"""`plumbline packs messages`: what a translator is given, and told."""

import shutil
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from app.__main__ import main
from questionnaires.loader import installed_questionnaires
from questionnaires.shelves import read_shelf, shipped_files
from standards.loader import installed_frameworks
from standards.models import PackModel
from standards.places import texts_of
from standards.po import read_entries
from tests.standards.samples import EDITION, EXAMPLES

FRENCH = (EXAMPLES / "sample-framework.fr.po").read_text(encoding="utf-8")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The sample edition in a folder of its own."""
    path = tmp_path / "sample" / "1.0.yaml"
    path.parent.mkdir()
    path.write_text(EDITION, encoding="utf-8")
    return path


def filled(template: Path, words: str) -> str:
    """A template with every text translated by the same words."""
    return template.read_text(encoding="utf-8").replace('msgstr ""\n\n', f'msgstr "{words}"\n\n')


def test_every_text_of_every_shipped_pack_is_in_its_template_exactly_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["packs", "messages", "--to", str(tmp_path)]) == 0, capsys.readouterr().err

    frameworks = installed_frameworks()
    packs: dict[tuple[str, str], PackModel] = {
        **frameworks,
        **installed_questionnaires(frameworks),
        **read_shelf(shipped_files()).crosswalks.packs,
    }
    for (name, edition), pack in packs.items():
        template = tmp_path / name / f"{edition}.pot"
        entries = read_entries(template.read_text(encoding="utf-8"), template.name)
        written = Counter((entry.place, entry.source) for entry in entries)
        assert written == Counter((text.place, str(text.words)) for text in texts_of(pack))
        template.unlink()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_template_that_is_filled_in_translates_the_whole_pack(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["packs", "messages", str(pack)]) == 0
    assert capsys.readouterr().out.splitlines()[0].endswith("1.0.pot: 48 texts")
    template = pack.with_name("1.0.pot")
    pack.with_name("1.0.fr.po").write_text(filled(template, "«100 % {0} %s»"), encoding="utf-8")

    assert main(["packs", "messages", str(pack), "--check"]) == 0

    assert capsys.readouterr().out.splitlines()[1:] == ["  fr: 48 of 48 texts, 100 %"]


def test_a_text_in_the_template_says_in_which_line_of_the_pack_it_stands(pack: Path) -> None:
    main(["packs", "messages", str(pack)])
    catalog = read_po(BytesIO(pack.with_name("1.0.pot").read_bytes()))
    message = catalog.get("Written policy", context="indicator P1.1 title")
    assert message is not None
    line = EDITION.splitlines().index('            title: "Written policy"') + 1
    assert message.locations == [("sample/1.0.yaml", line)]


def test_a_per_cent_sign_is_not_taken_for_a_place_to_fill_in(pack: Path) -> None:
    pack.write_text(EDITION.replace('title: "Policy"', 'title: "100 % of {us}: %s"'), encoding="utf-8")
    main(["packs", "messages", str(pack)])
    assert "-format" not in pack.with_name("1.0.pot").read_text(encoding="utf-8")


def test_a_check_writes_nothing_and_says_what_is_translated_and_what_is_of_no_use(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack.with_name("1.0.fr.po").write_text(FRENCH, encoding="utf-8")

    assert main(["packs", "messages", str(pack), "--check"]) == 0

    said = capsys.readouterr().out.splitlines()
    assert said[1:] == [
        "  fr: 6 of 48 texts, 12 %",
        "  sample/1.0.fr.po:29:1: indicator R3.5 title: marked as fuzzy; look at it, and take the mark away",
        "  sample/1.0.fr.po:33:1: requirement R3 title:"
        " the pack has no such text in this place, or no longer; translate it anew",
    ]
    assert not pack.with_name("1.0.pot").exists()


def test_a_faulty_translation_is_named_by_file_and_line_and_fails(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack.with_name("1.0.de.po").write_text('msgctxt "framework title"\nmsgid x\n', encoding="utf-8")
    pack.with_name("1.0.fr.po").write_text(FRENCH, encoding="utf-8")

    assert main(["packs", "messages", str(pack), "--check"]) == 1

    said = capsys.readouterr()
    assert said.err.startswith("sample/1.0.de.po:2:1: expected msgctxt, msgid or msgstr")
    assert "fr: 6 of 48 texts" in said.out


def test_a_faulty_pack_is_named_and_no_template_is_written(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack.write_text(EDITION.replace("class: critical", "class: dire"), encoding="utf-8")
    assert main(["packs", "messages", str(pack)]) == 1
    assert "found dire" in capsys.readouterr().err
    assert not pack.with_name("1.0.pot").exists()


def test_where_nothing_can_be_written_a_person_is_told_what_to_do(
    pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file", encoding="utf-8")
    assert main(["packs", "messages", str(pack), "--to", str(taken)]) == 2
    assert "name a folder with --to" in capsys.readouterr().err


def test_a_questionnaire_has_a_template_and_translations_of_its_own(
    pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "packs"
    asked = folder / "questionnaires" / "sample-full" / "1.yaml"
    asked.parent.mkdir(parents=True)
    shutil.copytree(pack.parent, folder / "standards" / "sample")
    shutil.copy(EXAMPLES / "sample-questionnaire.yaml", asked)
    asked.with_name("1.fr.po").write_text(
        'msgctxt "question q3 prompt"\nmsgid "Have children been asked about the rules?"\n'
        'msgstr "Et les enfants ?"\n',
        encoding="utf-8",
    )

    assert main(["packs", "messages", str(folder)]) == 0

    assert capsys.readouterr().out.splitlines()[-1] == "  fr: 1 of 10 texts, 10 %"
    assert asked.with_name("1.pot").exists()
