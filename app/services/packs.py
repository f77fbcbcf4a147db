"""The installed packs, and those that assessments are pinned to by content hash."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Self, TypeVar

from sqlalchemy.dialects.sqlite import insert

from app.database import Session
from app.services.faults import NotFound
from app.tables import Content
from app.vault.content import content_hash
from app.vault.sealing import DoesNotOpen
from questionnaires.models import Questionnaire
from questionnaires.shelves import Shelf, files_in, read_shelf, shipped_files
from standards.canonical import canonical
from standards.crosswalks import Crosswalk, Crosswalks, by_editions
from standards.faults import Fault
from standards.loader import Gathered, newest_last
from standards.models import Framework
from standards.translations import translated, translations_beside

Pack = TypeVar("Pack", Framework, Questionnaire, Crosswalk)
NO_CROSSWALKS: Crosswalks = MappingProxyType({})


@dataclass(frozen=True)
class Pinned:
    """A questionnaire and the edition it asks, with the hashes under which they are kept."""

    framework: Framework
    questionnaire: Questionnaire
    framework_hash: str
    questionnaire_hash: str

    @property
    def hashes(self) -> tuple[str, str]:
        """Both hashes: what a round is pinned to for good."""
        return self.framework_hash, self.questionnaire_hash


class Library:
    """Every pack at hand: the installed ones, and any that an assessment still needs."""

    def __init__(
        self,
        offered: Iterable[Pinned],
        left_out: Iterable[Fault] = (),
        left_out_translations: Iterable[Fault] = (),
        crosswalks: Crosswalks = NO_CROSSWALKS,
    ) -> None:
        """Offer the newest of these to whoever starts an assessment; `left_out` is why others are missing."""
        in_order = sorted(offered, key=lambda pinned: newest_last(pinned.questionnaire.key))
        self.offered = {pinned.questionnaire.id: pinned for pinned in in_order}
        self.left_out = tuple(left_out)
        self.left_out_translations = tuple(left_out_translations)
        self.crosswalks = crosswalks
        self._read = {(pinned.framework_hash, pinned.questionnaire_hash): pinned for pinned in in_order}

    @classmethod
    def installed(cls, folder: Path | None = None) -> Self:
        """The library of the packs that come with this copy, and of those in a folder of the operator's own.

        Raises:
            PackError: when one that comes with this copy is faulty. A faulty one of the folder is left out,
                with what rests on it; so is a faulty translation, wherever it lies.
        """
        shipped = _shipped_shelf()
        own = _own_shelf(folder, shipped) if folder else Shelf()
        own_in_all = _in_all_languages(own, shipped)
        together = own_in_all.beside(shipped)
        pinned = [_pin(together, one) for one in together.questionnaires.packs.values()]
        crosswalks = by_editions(together.crosswalks.packs.values())
        return cls(pinned, own.faults, shipped.faults + own_in_all.faults, crosswalks)

    def offer(self, questionnaire_id: str) -> Pinned:
        """The installed questionnaire of that name.

        Raises:
            NotFound: when there is none.
        """
        if questionnaire_id not in self.offered:
            raise NotFound
        return self.offered[questionnaire_id]

    def keep(self, session: Session, pinned: Pinned) -> None:
        """Keep both texts in the database, so that the pack's files may change or go."""
        for kind, pack, hash_ in (
            ("framework", pinned.framework, pinned.framework_hash),
            ("questionnaire", pinned.questionnaire, pinned.questionnaire_hash),
        ):
            session.execute(
                insert(Content).values(hash=hash_, kind=kind, body=canonical(pack)).on_conflict_do_nothing()
            )

    def pinned(self, session: Session, framework_hash: str, questionnaire_hash: str) -> Pinned:
        """What an assessment is pinned to, read from the database when it is no longer installed.

        Raises:
            DoesNotOpen: when what is kept there is not what was pinned.
        """
        key = (framework_hash, questionnaire_hash)
        if key not in self._read:
            framework = Framework.model_validate_json(_kept(session, framework_hash))
            questionnaire = Questionnaire.model_validate_json(_kept(session, questionnaire_hash))
            self._read[key] = Pinned(
                translated(framework, framework.language),
                translated(questionnaire, framework.language),
                framework_hash,
                questionnaire_hash,
            )
        return self._read[key]


def _kept(session: Session, hash_: str) -> str:
    body = session.get_one(Content, hash_).body
    if content_hash(body) != hash_:
        raise DoesNotOpen
    return body


@cache
def _shipped_shelf() -> Shelf:
    """What comes with Plumbline, in all languages, read once: its files are part of this copy.

    Its faults are those of translations.
    """
    shelf = read_shelf(shipped_files())
    for gathered in (shelf.editions, shelf.questionnaires, shelf.crosswalks):
        gathered.or_refused()
    return _in_all_languages(shelf, Shelf())


def _own_shelf(folder: Path, shipped: Shelf) -> Shelf:
    return read_shelf(files_in(folder), shipped, called=lambda path: path.relative_to(folder).as_posix())


def _in_all_languages(shelf: Shelf, beside: Shelf) -> Shelf:
    """The same packs with the translations that lie beside them; its faults are those of translations.

    They rest on each other, and on those `beside`.
    """
    editions = _translated(shelf.editions, lambda edition: edition.language)
    at_hand = {**beside.editions.packs, **editions.packs}

    def language_of(questionnaire: Questionnaire) -> str:
        return at_hand[questionnaire.framework.id, questionnaire.framework.edition].language

    return Shelf(
        editions,
        _translated(shelf.questionnaires, language_of),
        _translated(shelf.crosswalks, lambda crosswalk: crosswalk.language),
    )


def _translated(gathered: Gathered[Pack], language_of: Callable[[Pack], str]) -> Gathered[Pack]:
    beside = {key: translations_beside(path) for key, path in gathered.paths.items()}
    packs = {
        key: translated(pack, language_of(pack), beside[key].good) for key, pack in gathered.packs.items()
    }
    return Gathered(packs, gathered.paths, tuple(fault for one in beside.values() for fault in one.faults))


def _pin(shelf: Shelf, questionnaire: Questionnaire) -> Pinned:
    framework = shelf.editions.packs[questionnaire.framework.id, questionnaire.framework.edition]
    return Pinned(
        framework, questionnaire, content_hash(canonical(framework)), content_hash(canonical(questionnaire))
    )
