"""Shelves: editions, what asks them and what joins them, read together from files that may be faulty."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from questionnaires import loader as questionnaires
from questionnaires.models import Questionnaire
from standards import loader as standards
from standards.crosswalk_loader import CROSSWALKS, crosswalk_files, load_crosswalk
from standards.crosswalks import FOLDER, Crosswalk
from standards.faults import Fault
from standards.loader import Gathered, Key, gather, pack_files, placed
from standards.models import Framework


@dataclass(frozen=True)
class PackFiles:
    """Which files to read. Those in `loose` may lie anywhere, the others only where their names say."""

    editions: Collection[Path] = ()
    questionnaires: Collection[Path] = ()
    crosswalks: Collection[Path] = ()
    loose: Collection[Path] = ()

    def and_also(self, more: "PackFiles") -> "PackFiles":
        """These files and some more."""
        return PackFiles(
            [*self.editions, *more.editions],
            [*self.questionnaires, *more.questionnaires],
            [*self.crosswalks, *more.crosswalks],
            [*self.loose, *more.loose],
        )

    def without(self, others: "PackFiles") -> "PackFiles":
        """These files but for some others, however their paths are written."""
        named = (*others.editions, *others.questionnaires, *others.crosswalks)
        left_out = {path.resolve() for path in named}
        return PackFiles(
            [path for path in self.editions if path.resolve() not in left_out],
            [path for path in self.questionnaires if path.resolve() not in left_out],
            [path for path in self.crosswalks if path.resolve() not in left_out],
            self.loose,
        )


def shipped_files() -> PackFiles:
    """The packs that come with Plumbline."""
    return PackFiles(
        pack_files(standards.PACKS), pack_files(questionnaires.PACKS), crosswalk_files(CROSSWALKS)
    )


def files_in(folder: Path) -> PackFiles:
    """The packs in a folder that holds `standards/`, `questionnaires/` or `crosswalks/`."""
    return PackFiles(
        pack_files(folder / "standards"),
        pack_files(folder / "questionnaires"),
        crosswalk_files(folder / FOLDER),
    )


@dataclass(frozen=True)
class Shelf:
    """What could be read of some files: the good packs, and what is wrong with the rest."""

    editions: Gathered[Framework] = field(default_factory=lambda: Gathered({}, {}))
    questionnaires: Gathered[Questionnaire] = field(default_factory=lambda: Gathered({}, {}))
    crosswalks: Gathered[Crosswalk] = field(default_factory=lambda: Gathered({}, {}))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that is wrong."""
        return self.editions.faults + self.questionnaires.faults + self.crosswalks.faults

    def beside(self, other: "Shelf") -> "Shelf":
        """The good packs of both, which have different names."""
        return Shelf(
            _joined(other.editions, self.editions),
            _joined(other.questionnaires, self.questionnaires),
            _joined(other.crosswalks, self.crosswalks),
        )


def _joined(first: Gathered[standards.Pack], second: Gathered[standards.Pack]) -> Gathered[standards.Pack]:
    return Gathered({**first.packs, **second.packs}, {**first.paths, **second.paths})


def read_shelf(
    files: PackFiles,
    shipped: Shelf | None = None,
    beside: Shelf | None = None,
    called: Callable[[Path], str] | None = None,
) -> Shelf:
    """The packs in these files; one that rests on a faulty or a missing one is left out with it.

    They may rest on those `beside`, and none may have the name of a `shipped` one.
    """
    shipped = shipped or Shelf()
    beside = beside or shipped
    load_edition = _placed_unless(files.loose, standards.load_framework)
    editions = gather(files.editions, load_edition, shipped.editions.packs, called)
    at_hand: Mapping[Key, Framework] = {**beside.editions.packs, **editions.packs}
    load_questionnaire = _placed_unless(
        files.loose, partial(questionnaires.load_on_one_of, frameworks=at_hand, faulty=editions.faulty)
    )
    asking = gather(files.questionnaires, load_questionnaire, shipped.questionnaires.packs, called)
    load_joining = _placed_unless(files.loose, partial(load_crosswalk, frameworks=at_hand))
    return Shelf(
        editions,
        questionnaires.ending_well(asking, beside.questionnaires.packs, called),
        gather(files.crosswalks, load_joining, shipped.crosswalks.packs, called),
    )


def _placed_unless(
    loose: Collection[Path], load: Callable[[Path], standards.Pack]
) -> Callable[[Path], standards.Pack]:
    load_in_its_place = placed(load)
    return lambda path: (load if path in loose else load_in_its_place)(path)
