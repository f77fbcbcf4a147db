"""A translation speaks for the very text it was made from, in the place where that stands."""

from collections.abc import Callable
from pathlib import Path

import pytest

from standards.canonical import canonical
from standards.loader import load_framework, read_framework
from standards.places import texts_of
from standards.po import Entry
from standards.translations import (
    Translation,
    Translations,
    read_translation,
    share_of,
    translated,
    translations_beside,
)
from standards.words import Words
from tests.standards.samples import EDITION, NAME, changed

SAMPLE = read_framework(EDITION, NAME)
TITLE = Entry("standard policy title", "Policy", "Politique", fuzzy=False, line=3)

Lay = Callable[[str, str], Path]


@pytest.fixture
def lay(tmp_path: Path) -> Lay:
    """Lays a file into the folder of the sample edition."""
    folder = tmp_path / "sample"
    folder.mkdir()

    def lay_file(name: str, text: str) -> Path:
        (folder / name).write_text(text, encoding="utf-8")
        return folder / name

    lay_file("1.0.yaml", EDITION)
    return lay_file


def french(*entries: Entry) -> Translation:
    return Translation("fr", entries)


def entry(place: str, source: str, words: str, *, fuzzy: bool = False) -> Entry:
    return Entry(place, source, words, fuzzy, line=1)


def po(place: str, source: str, words: str) -> str:
    return f'msgctxt "{place}"\nmsgid "{source}"\nmsgstr "{words}"\n'


@pytest.mark.parametrize(
    ("one", "shown"),
    [
        (entry("standard policy title", "Policy", "Politique"), ("Politique", "fr")),
        (entry("standard policy title", "Our policy", "Notre politique"), ("Policy", "en")),
        (entry("requirement P1 title", "Policy", "Politique"), ("Policy", "en")),
        (entry("standard policy title", "Policy", ""), ("Policy", "en")),
        (entry("standard policy title", "Policy", "Politique", fuzzy=True), ("Policy", "en")),
    ],
    ids=["translated", "the source has changed", "another place", "empty", "fuzzy"],
)
def test_a_text_is_said_in_french_only_where_its_very_words_are_translated(
    one: Entry, shown: tuple[str, str]
) -> None:
    pack = translated(SAMPLE, "en", [french(one)])
    title = pack.standards[0].title
    assert isinstance(title, Words)
    assert title.said_in("fr") == shown


def test_one_sentence_in_two_places_can_have_two_translations() -> None:
    text = changed(EDITION, 'title: "Procedures"', 'title: "Policy"')
    entries = [
        entry("standard policy title", "Policy", "Politique"),
        entry("standard procedures title", "Policy", "Règles"),
    ]
    pack = translated(read_framework(text, NAME), "en", [french(*entries)])
    assert [Words.said_in(one.title, "fr")[0] for one in pack.standards] == ["Politique", "Règles"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Policy", "en")),
        ("fr", ("Politique", "fr")),
        ("fr-CA", ("Politique", "fr")),
        ("pt-BR", ("Regras", "pt-BR")),
        ("pt", ("Policy", "en")),
        ("ar", ("Policy", "en")),
    ],
)
def test_a_region_is_answered_in_its_language_and_never_the_other_way_round(
    language: str, said: tuple[str, str]
) -> None:
    assert Words("Policy", "en", {"fr": "Politique", "pt-BR": "Regras"}).said_in(language) == said


def test_a_pack_in_another_language_falls_back_to_that_one() -> None:
    assert Words("Política", "es", {"fr": "Politique"}).said_in("en") == ("Política", "es")
    assert Words("Política", "es", {"es": "x"}).said_in("es") == ("Política", "es")


def test_the_pinned_text_of_a_pack_is_the_same_with_and_without_translations() -> None:
    with_french = translated(SAMPLE, "en", [french(TITLE)])
    assert with_french == SAMPLE
    assert canonical(with_french) == canonical(SAMPLE)


def test_the_share_counts_what_is_said_and_names_what_waits() -> None:
    waiting = entry("standard procedures title", "Procedures", "Procédures ?", fuzzy=True)
    stale = entry("indicator P1.1 title", "A written policy", "Une politique écrite")
    gone = entry("indicator P9.9 title", "Gone", "Parti")
    share = share_of(SAMPLE, french(TITLE, waiting, stale, gone))
    assert str(share) == "fr: 1 of 48 texts, 2 %"
    assert share.fuzzy == (waiting,)
    assert share.stale == (stale, gone)


def test_only_a_whole_translation_is_100_percent() -> None:
    entries = [Entry(text.place, text.words, "x", False, 1) for text in texts_of(SAMPLE)]
    assert str(share_of(SAMPLE, french(*entries))) == "fr: 48 of 48 texts, 100 %"
    assert str(share_of(SAMPLE, french(*entries[1:]))) == "fr: 47 of 48 texts, 97 %"


def test_translations_are_found_beside_their_pack(lay: Lay) -> None:
    lay("1.0.fr.po", po("standard policy title", "Policy", "Politique"))
    lay("1.0.pt-BR.po", po("standard policy title", "Policy", "Política"))
    pack = lay("1.0.pot", "")
    beside = translations_beside(pack.with_name("1.0.yaml"))
    assert [one.language for one in beside.good] == ["fr", "pt-BR"]
    assert beside.faults == ()
    title = translated(load_framework(pack.with_name("1.0.yaml")), "en", beside.good).standards[0].title
    assert isinstance(title, Words)
    assert title.translations == {"fr": "Politique", "pt-BR": "Política"}


def test_an_edition_is_not_given_the_translations_of_one_whose_name_goes_on(lay: Lay) -> None:
    lay("1.0.2.yaml", EDITION)
    lay("1.0.2.fr.po", po("standard policy title", "Policy", "Politique"))
    pack = lay("1.0.yaml", EDITION)
    assert translations_beside(pack) == Translations((), ())
    assert [one.language for one in translations_beside(pack.with_name("1.0.2.yaml")).good] == ["fr"]


def test_a_faulty_translation_is_left_out_and_the_others_stay(lay: Lay) -> None:
    lay("1.0.fr.po", po("standard policy title", "Policy", "Politique"))
    lay("1.0.de.po", 'msgctxt "standard policy title\n')
    lay("1.0.french.po", "")
    latin = lay("1.0.es.po", "")
    latin.write_bytes(po("standard policy title", "Policy", "Política").encode("latin-1"))
    latin.with_name("1.0.it.po").mkdir()

    beside = translations_beside(latin.with_name("1.0.yaml"))

    assert [one.language for one in beside.good] == ["fr"]
    assert [str(fault).partition(";")[0] for fault in beside.faults] == [
        "sample/1.0.de.po:1:1: expected msgctxt, msgid or msgstr and a text in quotes",
        "sample/1.0.es.po:3:12: this is not UTF-8 text",
        "sample/1.0.french.po:1:1: found the language french",
        "sample/1.0.it.po:1:1: this file cannot be read: Is a directory",
    ]


@pytest.mark.parametrize("language", ["fr", "pt-BR", "zh-Hant", "zh-Hant-TW", "es-419", "prs"])
def test_languages_are_named_by_their_tag(lay: Lay, language: str) -> None:
    assert read_translation(lay(f"1.0.{language}.po", ""), language).language == language
