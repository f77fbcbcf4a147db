"""Somebody reads a pack in another language, and what is not translated says which language it is in."""

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app import language
from app.main import create_app
from app.pack_words import filled, plain_words, words
from app.settings import Settings
from questionnaires.loader import read_questionnaire
from standards.loader import read_framework
from standards.models import PackModel
from standards.places import PlacedText, texts_of
from standards.words import Words
from tests.conftest import Browser
from tests.questionnaires.samples import EVERY_KIND
from tests.questionnaires.samples import NAME as QUESTIONNAIRE_NAME
from tests.standards.samples import EDITION, NAME

OWN, TRANSLATED = "⁂", "‡"
"""What every text of the pack, and every translation, begins with: so a page shows where each stands."""
HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} %s {x} </span>'"

EDITION_PACK = read_framework(EDITION, NAME)
QUESTIONNAIRE_PACK = read_questionnaire(EVERY_KIND, QUESTIONNAIRE_NAME, EDITION_PACK)


def marked(pack: PackModel, text: str) -> str:
    """The YAML of a pack with each of its texts marked as its own."""
    for own in {str(one.words) for one in texts_of(pack)}:
        text = text.replace(f'"{own}"', f'"{OWN} {own}"')
    return text


def po(pack: PackModel, say: Callable[[PlacedText], str | None]) -> str:
    """A translation of a pack so marked; nothing is said of a text where `say` gives None."""
    return "\n".join(
        f'msgctxt "{text.place}"\nmsgid "{OWN} {text.words}"\nmsgstr "{said}"\n'
        for text in texts_of(pack)
        if (said := say(text)) is not None
    )


def whole(text: PlacedText) -> str:
    return f"{TRANSLATED} {text.place}"


class Spoken(HTMLParser):
    """A page's words, each with the language and the direction that its nearest element gives it."""

    UNMARKED = frozenset({"title", "desc", "textarea", "option"})
    VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[tuple[str, str, str]] = []
        self._open: list[tuple[str, str, str]] = [("", "", "")]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert OWN not in "".join(value or "" for value in given.values() if tag != "input")
        _, lang, dir_ = self._open[-1]
        if tag not in self.VOID:
            self._open.append((tag, given.get("lang") or lang, given.get("dir") or dir_))

    def handle_endtag(self, tag: str) -> None:
        if tag in [one for one, *_ in self._open]:
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        tag, lang, dir_ = self._open[-1]
        if tag not in self.UNMARKED:
            self.words.append((data.strip(), lang, dir_))


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """The sample in a folder of an operator's own."""
    folder = tmp_path / "packs"
    for path, pack, text in (
        (folder / "standards/sample/1.0.yaml", EDITION_PACK, EDITION),
        (folder / "questionnaires/sample-full/1.yaml", QUESTIONNAIRE_PACK, EVERY_KIND),
    ):
        path.parent.mkdir(parents=True)
        path.write_text(marked(pack, text), encoding="utf-8")
    return folder


@pytest.fixture
def translate(packs: Path) -> Callable[..., None]:
    """Lays a translation beside each of the two packs."""

    def lay(tag: str, say: Callable[[PlacedText], str | None] = whole) -> None:
        for path, pack in (
            (packs / f"standards/sample/1.0.{tag}.po", EDITION_PACK),
            (packs / f"questionnaires/sample-full/1.{tag}.po", QUESTIONNAIRE_PACK),
        ):
            path.write_text(po(pack, say), encoding="utf-8")

    return lay


@pytest.fixture
def settings(tmp_path: Path, packs: Path) -> Settings:
    return Settings(data=tmp_path / "data", packs=packs)


@pytest.fixture
def speak() -> Iterator[Callable[[str], None]]:
    """Chooses the language of whoever is answered from now on."""
    token = language.chosen.set("en")

    def choose(tag: str) -> None:
        language.chosen.set(tag)

    yield choose
    language.chosen.reset(token)


@pytest.fixture
def celine(open_browser: Callable[[], Browser]) -> Browser:
    """Somebody who has answered the sample, and has a plan."""
    browser = open_browser()
    browser.start("sample-full", title="Round")
    for question, choice in (("q1", "0"), ("q2", "1"), ("q3", "partly")):
        assert browser.answer(question, choice).status_code == 200
    assert browser.post(f"{browser.home}/plan").status_code == 303
    return browser


@pytest.fixture
def in_french(translate: Callable[..., None]) -> None:
    translate("fr")


@pytest.fixture
def one_text_in_french(translate: Callable[..., None]) -> None:
    translate("fr", lambda text: whole(text) if text.place == "indicator P1.1 statement" else None)


@pytest.fixture
def hostile_french(translate: Callable[..., None]) -> None:
    translate("fr", lambda text: HOSTILE)


def pages(browser: Browser) -> Iterator[tuple[str, str]]:
    """Every page that a text of the pack stands on, by its address."""
    home = browser.home
    own = ["", "/profile", "/sections/policy", "/sections/procedures", "/answers", "/targets"]
    own += ["/report", "/report/workings", "/plan"]
    around = ["/", "/start", "/standards", "/standards/sample/1.0", "/questionnaires/sample-full/1/form"]
    for path in [*around, "/assessments", *(home + one for one in own)]:
        got = browser.get(path)
        assert got.status_code == 200, path
        yield path, got.text


@pytest.mark.parametrize(("tag", "direction"), [("fr", "ltr"), ("ar", "rtl")])
def test_what_is_not_translated_is_marked_as_english_on_every_page(
    celine: Browser, speak: Callable[[str], None], tag: str, direction: str
) -> None:
    speak(tag)
    for path, html in pages(celine):
        assert f'<html lang="{tag}" dir="{direction}">' in html
        own = [one for one in Spoken(html).words if OWN in one[0]]
        assert own, path
        assert [one for one in own if one[1:] != ("en", "ltr")] == [], path


@pytest.mark.usefixtures("in_french")
def test_a_pack_that_is_wholly_translated_shows_no_english_of_its_own(
    celine: Browser, speak: Callable[[str], None]
) -> None:
    speak("fr")
    for path, html in pages(celine):
        assert OWN not in html, path
        said = [one for one in Spoken(html).words if TRANSLATED in one[0]]
        assert said, path
        assert {one[1] for one in said} == {"fr"}, path


@pytest.mark.usefixtures("in_french")
def test_in_english_a_page_has_no_word_of_a_translation_and_no_mark(
    celine: Browser, speak: Callable[[str], None]
) -> None:
    speak("en")
    for path, html in pages(celine):
        assert TRANSLATED not in html, path
        assert html.count(' lang="') == 1, path


@pytest.mark.usefixtures("one_text_in_french")
def test_a_page_falls_back_text_by_text(stranger: Browser, speak: Callable[[str], None]) -> None:
    speak("fr")
    page = Spoken(stranger.get("/standards/sample/1.0").text)
    assert (f"{TRANSLATED} indicator P1.1 statement", "fr", "ltr") in page.words
    assert (f"{OWN} Written policy", "en", "ltr") in page.words


@pytest.mark.usefixtures("hostile_french")
def test_what_a_translator_writes_is_words_and_never_markup(
    celine: Browser, speak: Callable[[str], None]
) -> None:
    speak("fr")
    for path, html in pages(celine):
        assert "<script>alert" not in html, path
        assert " 49 " not in html, path
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 * 7 }} %s {x} &lt;/span&gt;&#39;" in html, path


def test_the_tag_of_a_language_cannot_bring_markup_in() -> None:
    text = Words("Policy", 'en"><script>')
    assert words(text) == '<span lang="en&#34;&gt;&lt;script&gt;" dir="ltr">Policy</span>'


def test_words_of_a_pack_are_put_into_a_sentence_with_their_mark(speak: Callable[[str], None]) -> None:
    speak("fr")
    text = Words("a < {b}", "en", {})
    assert filled("<{x}>", x=text) == '&lt;<span lang="en" dir="ltr">a &lt; {b}</span>&gt;'
    assert words(Words("Policy", "en", {"fr": "Politique"})) == "Politique"
    assert plain_words(text) == "a < {b}"
    assert words("our own <b>") == "our own &lt;b&gt;"


@pytest.mark.parametrize(
    ("text", "longest", "shown"),
    [("one two three", 13, "one two three"), ("one two three", 12, "one two…"), ("onetwothree", 5, "onet…")],
)
def test_long_words_are_cut_between_two_of_them(text: str, longest: int, shown: str) -> None:
    assert words(text, longest) == words(Words(text), longest) == shown


@pytest.mark.usefixtures("in_french")
def test_a_drafted_action_is_read_in_french_until_somebody_writes_it_anew(
    celine: Browser, speak: Callable[[str], None]
) -> None:
    speak("fr")
    assert f"{TRANSLATED} indicator P1.1 actions 1 text" in celine.get(f"{celine.home}/plan").text
    form = celine.get(f"{celine.home}/plan/actions/P1.1-1").text
    assert f"{TRANSLATED} indicator P1.1 actions 1 text</textarea>" in form
    fields = {"text": "Notre propre pas", "revision": "1", "status": "to_do"}
    assert celine.post(f"{celine.home}/plan/actions/P1.1-1", fields).status_code == 303
    page = Spoken(celine.get(f"{celine.home}/plan").text)
    assert next(lang for text, lang, _ in page.words if text == "Notre propre pas") == "fr"


def test_what_an_assessment_is_pinned_to_is_the_english_text(
    settings: Settings, translate: Callable[..., None]
) -> None:
    before = create_app(settings).state.library.offer("sample-full")
    translate("fr")
    after = create_app(settings).state.library.offer("sample-full")
    assert (after.framework_hash, after.questionnaire_hash) == (
        before.framework_hash,
        before.questionnaire_hash,
    )
    assert after.framework == before.framework
    assert plain_words(after.framework.title) == f"{OWN} Sample framework"


@pytest.mark.usefixtures("in_french")
def test_a_pack_that_is_no_longer_installed_is_read_in_english(
    celine: Browser, app: FastAPI, speak: Callable[[str], None]
) -> None:
    without = create_app(Settings(data=app.state.settings.data), app.state.clock)
    speak("fr")
    with TestClient(without, base_url="http://localhost", headers=dict(celine.client.headers)) as client:
        client.cookies = celine.client.cookies
        html = client.get(f"{celine.home}/sections/policy").text
    own = [one for one in Spoken(html).words if OWN in one[0]]
    assert own
    assert {one[1:] for one in own} == {("en", "ltr")}
    assert TRANSLATED not in html


def test_a_faulty_translation_is_left_out_and_logged_and_the_rest_runs(
    settings: Settings, packs: Path, translate: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    translate("fr")
    faulty = packs / "standards/sample/1.0.de.po"
    faulty.write_text('msgctxt "framework title"\nmsgid broken\n', encoding="utf-8")

    library = create_app(settings).state.library

    said = [record.getMessage() for record in caplog.records if record.name == "plumbline"]
    assert [line.partition(";")[0] for line in said] == [
        "A translation is left out: sample/1.0.de.po:2:1:"
        " expected msgctxt, msgid or msgstr and a text in quotes"
    ]
    title = library.offer("sample-full").framework.title
    assert title.translations == {"fr": f"{TRANSLATED} framework title"}
