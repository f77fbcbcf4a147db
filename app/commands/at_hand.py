"""The packs that a command looks at, and how it calls their files."""

from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from app.settings import Settings
from questionnaires.shelves import PackFiles, Shelf, files_in, read_shelf, shipped_files
from standards.crosswalks import FOLDER
from standards.faults import PackError
from standards.loader import pack_name, read_pack
from standards.source import Source


def own_files(folder: Path | None = None) -> PackFiles:
    """The packs in a folder; if none is given, in the one that the settings name."""
    folder = folder or Settings().packs
    return files_in(folder) if folder else PackFiles()


def good_packs(folder: Path | None = None) -> Shelf:
    """The good ones of the packs that come with Plumbline and of those in a folder, as in `own_files`."""
    shipped = read_shelf(shipped_files())
    return read_shelf(own_files(folder), shipped).beside(shipped)


def files_of(named: Iterable[Path]) -> PackFiles:
    """The files that somebody named: packs, wherever they lie, and folders of packs.

    Raises: NotAFolderOfPacks.
    """
    files = PackFiles()
    for path in named:
        files = files.and_also(_files_in(path) if path.is_dir() else _loose(path))
    return files


def shelves_of(asked: PackFiles | None) -> Iterator[tuple[PackFiles, Shelf]]:
    """The files to look at, and what they hold: those that are named, or all that is installed."""
    shipped, own = shipped_files(), own_files()
    if asked is None:
        shelf = read_shelf(shipped, called=called)
        yield shipped, shelf
        yield own, read_shelf(own, shelf, called=called)
        return
    base = read_shelf(shipped.without(asked))
    others = read_shelf(own.without(asked), base).beside(base)
    yield asked, read_shelf(asked, base, others, called)


class NotAFolderOfPacks(ValueError):
    """A folder that holds none of the folders that packs lie in."""


def _files_in(folder: Path) -> PackFiles:
    if not any((folder / name).is_dir() for name in ("standards", "questionnaires", FOLDER)):
        raise NotAFolderOfPacks(f"{folder}: expected a pack, or a folder with standards/ or questionnaires/")
    return files_in(folder)


def _loose(path: Path) -> PackFiles:
    keys = _keys_in(path)
    if "crossings" in keys:
        return PackFiles(crosswalks=[path], loose=[path])
    if keys & {"framework", "sections"}:
        return PackFiles(questionnaires=[path], loose=[path])
    return PackFiles(editions=[path], loose=[path])


def _keys_in(path: Path) -> Set[str | int]:
    try:
        return Source(read_pack(path), pack_name(path)).top.parts.keys()
    except (PackError, OSError):
        return frozenset()


def called(path: Path) -> str:
    """How a file is called where somebody is: from the present folder, if it lies in there."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
