"""The sealed rows of one assessment: named blindly, revision upon revision.

None is ever rewritten, but where something is taken out of all that it ever said: see `SealedRows.erase`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import delete
from sqlmodel import col

from app.database import Session
from app.tables import Submission
from app.vault.data_keys import DataKey, Label
from app.vault.sealing import bind, keyed_hash, seal_data, unseal_data

NAME_BYTES = 16
REMEMBERED = timedelta(days=31)
"""For how long a form that was sent twice is known to be the same."""

Place: TypeAlias = tuple[Label, str]
"""Where a text is sealed: the label of its key, and the name of its row."""

_Found: TypeAlias = tuple[bytes, int, bytes, str]
"""Name, revision, sealed text, and the day as the database writes it."""

# Every page asks these, so they are plain text: to put a statement together takes longer than to run it.
_EVERY = (
    "SELECT name, revision, blob, changed_on FROM sealed_row "
    "WHERE assessment_id = ? AND name = ? ORDER BY revision"
)
_ADD = (
    "INSERT INTO sealed_row (assessment_id, name, revision, epoch, blob, changed_on) "
    "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_RESEAL = "UPDATE sealed_row SET blob = ? WHERE assessment_id = ? AND name = ? AND revision = ? AND epoch = ?"
_MAX = "SELECT max(revision) FROM sealed_row WHERE assessment_id = ? AND name ="
_DAY = "SELECT changed_on FROM assessment WHERE id = ? AND epoch = ?"
_TOUCH = "UPDATE assessment SET changed_on = ? WHERE id = ? AND epoch = ?"


@cache
def _newest(count: int) -> str:
    """Asks for the newest revisions of so many rows, each looked up by its name, however long its history."""
    names = ", ".join(["(?)"] * count)
    return (
        f"WITH wanted (name) AS (VALUES {names}) "  # noqa: S608 - nothing but placeholders is put in
        "SELECT row.name, row.revision, row.blob, row.changed_on FROM wanted JOIN sealed_row AS row "
        f"ON row.assessment_id = ? AND row.name = wanted.name AND row.revision = ({_MAX} wanted.name)"
    )


@cache
def _revisions(count: int) -> str:
    """Asks at which revisions so many rows stand, a column for each: of those, SQLite takes 2,000."""
    return "SELECT " + ", ".join([f"({_MAX} ?)"] * count)


def blind_name(key: DataKey, label: Label, name: str) -> bytes:
    """The name under which a row is stored: without the key nobody can tell what it is about."""
    return keyed_hash(key.index, "row.name", bind(label, name), size=NAME_BYTES)


def place_of(
    assessment_id: str, epoch: int, label: Label, blind: bytes, revision: int
) -> tuple[str | int | bytes, ...]:
    """Everything that a sealed text belongs to: anywhere else, it does not open."""
    return assessment_id, epoch, label, blind, revision


class RowMoved(Exception):
    """Somebody else has written this row since it was read."""


@dataclass(frozen=True)
class Revision:
    """One sealed text, opened. Revision 0 with no data stands for a row that was never written.

    `form` is the key of the form that wrote it, empty where none is known.
    """

    revision: int = 0
    data: Any = field(default=None, repr=False)
    author: str | None = None
    day: date | None = None
    form: str = ""


NEVER_WRITTEN = Revision()


class SealedRows:
    """Reads and writes the sealed rows of an assessment whose data key is at hand.

    They last as long as the session's transaction, in which nobody else's writing shows: so what was read or
    written once is not opened again.
    """

    def __init__(
        self, session: Session, assessment_id: str, epoch: int, key: DataKey, author: str, today: date
    ) -> None:
        """Work in a session, on behalf of the holder `author`, on the day `today`."""
        self._session = session
        self._assessment_id = assessment_id
        self._epoch = epoch
        self._key = key
        self._author = author
        self._today = today
        self._names: dict[Place, bytes] = {}
        self._current: dict[Place, Revision] = {}

    @property
    def author(self) -> str:
        """The holder on whose behalf they are written."""
        return self._author

    @property
    def today(self) -> date:
        """The day on which they are read and written."""
        return self._today

    def read(self, label: Label, name: str) -> Revision:
        """The current revision of one row."""
        return self.read_many([(label, name)])[label, name]

    def read_many(self, places: Iterable[Place]) -> dict[Place, Revision]:
        """The current revisions of some rows, by their places.

        Raises:
            DoesNotOpen: when a row was moved, altered, or put back under another revision.
        """
        wanted = list(places)
        blind = {self._blind(*place): place for place in wanted if place not in self._current}
        found = dict.fromkeys(blind.values(), NEVER_WRITTEN)
        for row in self._newest(blind):
            place = blind[row[0]]
            found[place] = self._open(place[0], row)
        self._current |= found
        return {place: self._current[place] for place in wanted}

    def revisions(self, places: Iterable[Place]) -> dict[Place, int]:
        """At which revisions some rows stand, 0 where one was never written. Nothing is opened."""
        blind = {self._blind(*place): place for place in places}
        if not blind:
            return {}
        asked = [part for name in blind for part in (self._assessment_id, name)]
        [found] = self._session.ask(_revisions(len(blind)), asked)
        return {place: revision or 0 for place, revision in zip(blind.values(), found, strict=True)}

    def history(self, label: Label, name: str) -> list[Revision]:
        """Every revision of one row, oldest first."""
        wanted = (self._assessment_id, self._blind(label, name))
        return [self._open(label, row) for row in self._session.ask(_EVERY, wanted)]

    def write(self, label: Label, name: str, data: Any, made_on: int, form: str = "") -> Revision:
        """Write the revision after `made_on`, on behalf of a form.

        Raises:
            RowMoved: as `write_parts`.
        """
        return self.write_parts(name, {label: data}, made_on, form)[label]

    def write_parts(
        self, name: str, parts: Mapping[Label, Any], made_on: int, form: str = ""
    ) -> dict[Label, Revision]:
        """Write the revision after `made_on` of all the rows of one name, by label, on behalf of a form.

        Raises:
            RowMoved: when that revision is there already, or the epoch has moved on; to be rolled back.
        """
        if not self._touched():
            raise RowMoved
        revision = made_on + 1
        rows = [
            (
                self._assessment_id,
                self._blind(label, name),
                revision,
                self._epoch,
                self._seal(label, name, revision, data, form, self._author),
                self._today.isoformat(),
            )
            for label, data in parts.items()
        ]
        if sum(self._session.change(_ADD, row) for row in rows) != len(rows):
            raise RowMoved
        written = {
            label: Revision(revision, data, self._author, self._today, form) for label, data in parts.items()
        }
        self._current |= {(label, name): written[label] for label in parts}
        return written

    def write_newest(self, label: Label, name: str, data: Any) -> Revision:
        """Write over whatever revision is current, unless it says the same already.

        For rows whose form does not name a revision; the session's write lock keeps others out meanwhile.
        """
        current = self.read(label, name)
        return current if current.data == data else self.write(label, name, data, current.revision)

    def erase(self, label: Label, name: str, change: Callable[[Any], Any], before: int | None = None) -> None:
        """Take something out of what one row ever said, or said before a revision: each is sealed anew.

        This is the one way in which a revision is rewritten. `change` gives what stays of what a revision
        holds. Its author, form and day stay. That the old bytes go from the file too is for `forget_deleted`.

        Raises:
            RowMoved: when the epoch has moved on; to be rolled back.
        """
        if not self._touched():
            raise RowMoved
        wanted = (self._assessment_id, self._blind(label, name))
        for row in self._session.ask(_EVERY, wanted):
            stood = self._open(label, row)
            left = change(stood.data)
            if left == stood.data or (before is not None and stood.revision >= before):
                continue
            sealed = self._seal(label, name, stood.revision, left, stood.form, stood.author)
            place = (*wanted, stood.revision, self._epoch)
            self._session.change(_RESEAL, (sealed, *place))
        self._current.pop((label, name), None)

    def taken(self, form: str, body: Iterable[tuple[str, str]]) -> bool:
        """Whether this form was taken in before, with this very body; never known of a form without a key."""
        if not form:
            return False
        submitted = self._submitted(form, body)
        return (
            self._session.get(Submission, (self._assessment_id, submitted["form"], submitted["body"]))
            is not None
        )

    def note_taken(self, form: str, body: Iterable[tuple[str, str]]) -> None:
        """Note that a form was taken in, and forget those of more than a month ago."""
        if not form:
            return
        self._session.execute(
            delete(Submission).where(
                col(Submission.assessment_id) == self._assessment_id,
                col(Submission.taken_on) < self._today - REMEMBERED,
            )
        )
        self._session.add(
            Submission(assessment_id=self._assessment_id, taken_on=self._today, **self._submitted(form, body))
        )

    def _submitted(self, form: str, body: Iterable[tuple[str, str]]) -> dict[str, bytes]:
        flat = bind(*(part for pair in body for part in pair))
        return {
            "form": keyed_hash(self._key.index, "form.key", form.encode()),
            "body": keyed_hash(self._key.index, "form.body", flat),
        }

    def _touched(self) -> bool:
        """Note the day of the change, if the assessment is still in the epoch that this key is for."""
        today, wanted = self._today.isoformat(), (self._assessment_id, self._epoch)
        noted = self._session.ask(_DAY, wanted)
        return noted == [(today,)] or self._session.change(_TOUCH, (today, *wanted)) == 1

    def _newest(self, blind: Iterable[bytes]) -> Sequence[_Found]:
        names = tuple(blind)
        if not names:
            return []
        wanted = (*names, self._assessment_id, self._assessment_id)
        return self._session.ask(_newest(len(names)), wanted)

    def _seal(
        self, label: Label, name: str, revision: int, data: Any, form: str, author: str | None
    ) -> bytes:
        sealed = {"name": name, "by": author, "form": form, "data": data}
        place = place_of(self._assessment_id, self._epoch, label, self._blind(label, name), revision)
        return seal_data(self._key.subkey(label), sealed, *place)

    def _open(self, label: Label, row: _Found) -> Revision:
        blind, revision, blob, changed_on = row
        place = place_of(self._assessment_id, self._epoch, label, blind, revision)
        sealed = unseal_data(self._key.subkey(label), blob, *place)
        return Revision(
            revision, sealed["data"], sealed["by"], date.fromisoformat(changed_on), sealed["form"]
        )

    def _blind(self, label: Label, name: str) -> bytes:
        place = (label, name)
        if place not in self._names:
            self._names[place] = blind_name(self._key, label, name)
        return self._names[place]
