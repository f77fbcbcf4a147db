"""Translations of a pack: `<edition>.<language>.po` beside it, matched text by text."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from standards.faults import Fault, PackError, Place
from standards.loader import pack_name, read_pack
from standards.models import PackModel
from standards.places import Pack, PlacedText, rewritten, texts_of
from standards.po import Entry, read_entries
from standards.words import Words

TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
"""A language as pages name it: fr, pt-BR, zh-Hant."""


@dataclass(frozen=True)
class Translation:
    """What one file holds, in one language."""

    language: str
    entries: tuple[Entry, ...]

    @cached_property
    def words(self) -> Mapping[tuple[str, str], str]:
        """What is translated, by its place and the text that it was translated from."""
        return {
            (entry.place, entry.source): entry.words
            for entry in self.entries
            if entry.words and not entry.fuzzy
        }

    def of(self, text: PlacedText) -> str | None:
        """The translation of a text; None where there is none, or where the text was another one then."""
        return self.words.get((text.place, str(text.words)))


@dataclass(frozen=True)
class Share:
    """How much of a pack is translated.

    `fuzzy` waits for somebody to look at it; of `stale` the pack has no such text, or no longer.
    """

    language: str
    translated: int
    texts: int
    fuzzy: tuple[Entry, ...]
    stale: tuple[Entry, ...]

    @property
    def percent(self) -> int:
        """The share in percent, rounded down: 100 says that nothing is missing."""
        return 100 * self.translated // self.texts

    def __str__(self) -> str:
        return f"{self.language}: {self.translated} of {self.texts} texts, {self.percent} %"


@dataclass(frozen=True)
class Translations:
    """The good translations beside a pack, and what is wrong with the others."""

    good: tuple[Translation, ...]
    faults: tuple[Fault, ...]


def read_translation(path: Path, language: str) -> Translation:
    """The translation in a file.

    Raises: PackError with its faults; OSError.
    """
    if not TAG.fullmatch(language):
        message = f"found the language {language[:40]}; expected a tag such as fr or pt-BR"
        raise PackError([Fault(pack_name(path), Place(1, 1), (), message)])
    return Translation(language, tuple(read_entries(read_pack(path), pack_name(path))))


def translations_beside(pack_file: Path) -> Translations:
    """The translations that lie beside a pack's file; a faulty one is left out."""
    good: list[Translation] = []
    faults: list[Fault] = []
    for path, language in _files_beside(pack_file):
        try:
            good.append(read_translation(path, language))
        except PackError as refusal:
            faults += refusal.faults
        except OSError as error:
            message = f"this file cannot be read: {error.strerror}"
            faults.append(Fault(pack_name(path), Place(1, 1), (), message))
    return Translations(tuple(good), tuple(faults))


def file_of(pack_file: Path, language: str) -> Path:
    """Where the translation of a pack into a language lies."""
    return pack_file.with_name(f"{pack_file.stem}.{language}.po")


def _files_beside(pack_file: Path) -> list[tuple[Path, str]]:
    """The files of a pack's translations with their languages: not those of 2026.1 for 2026."""
    packs = [path.stem for path in pack_file.parent.glob("*.yaml")]
    found = []
    for path in sorted(pack_file.parent.glob("*.po")):
        owners = [stem for stem in packs if path.name.startswith(f"{stem}.")]
        if owners and max(owners, key=len) == pack_file.stem:
            found.append((path, path.stem[len(pack_file.stem) + 1 :]))
    return found


def share_of(pack: PackModel, translation: Translation) -> Share:
    """How much of a pack a translation covers."""
    texts = {(text.place, str(text.words)): text for text in texts_of(pack)}
    return Share(
        translation.language,
        sum(translation.of(text) is not None for text in texts.values()),
        len(texts),
        tuple(entry for entry in translation.entries if entry.words and entry.fuzzy),
        tuple(entry for entry in translation.entries if (entry.place, entry.source) not in texts),
    )


def translated(pack: Pack, language: str, translations: Iterable[Translation] = ()) -> Pack:
    """An equal pack whose texts know their own language, and what they are in others."""
    known = [*translations]

    def with_translations(text: PlacedText) -> Words:
        in_others = {each.language: words for each in known if (words := each.of(text)) is not None}
        return Words(text.words, language, in_others)

    return rewritten(pack, with_translations)
