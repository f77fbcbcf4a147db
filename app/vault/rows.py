"""The sealed rows of one assessment: named blindly, revision upon revision, none ever rewritten."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, func, update
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import Session, col, select

from app.tables import Assessment, SealedRow, Submission
from app.vault.data_keys import DataKey, Label
from app.vault.sealing import bind, keyed_hash, seal_data, unseal_data

NAME_BYTES = 16
REMEMBERED = timedelta(days=31)
"""For how long a form that was sent twice is known to be the same."""


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
    """Reads and writes the sealed rows of an assessment whose data key is at hand."""

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

    def read(self, label: Label, name: str) -> Revision:
        """The current revision of one row."""
        return self.read_many(label, [name])[name]

    def read_many(self, label: Label, names: Iterable[str]) -> dict[str, Revision]:
        """The current revisions of some rows, by their names.

        Raises:
            DoesNotOpen: when a row was moved, altered, or put back under another revision.
        """
        blind = {self._blind(label, name): name for name in names}
        found = dict.fromkeys(blind.values(), NEVER_WRITTEN)
        for row in self._newest(blind):
            found[blind[row.name]] = self._open(label, blind[row.name], row)
        return found

    def history(self, label: Label, name: str) -> list[Revision]:
        """Every revision of one row, oldest first."""
        rows = self._session.exec(
            select(SealedRow)
            .where(SealedRow.assessment_id == self._assessment_id, SealedRow.name == self._blind(label, name))
            .order_by(col(SealedRow.revision))
        )
        return [self._open(label, name, row) for row in rows]

    def write(self, label: Label, name: str, data: Any, made_on: int, form: str = "") -> Revision:
        """Write the revision after `made_on`, on behalf of a form.

        Raises:
            RowMoved: when that revision is there already, or the epoch has moved on; no row was written.
        """
        if not self._touched():
            raise RowMoved
        blind, revision = self._blind(label, name), made_on + 1
        sealed = seal_data(
            self._key.subkey(label),
            {"by": self._author, "form": form, "data": data},
            *self._belongs_to(label, name, revision),
        )
        written = self._session.connection().execute(
            insert(SealedRow)
            .values(
                assessment_id=self._assessment_id,
                name=blind,
                revision=revision,
                epoch=self._epoch,
                blob=sealed,
                changed_on=self._today,
            )
            .on_conflict_do_nothing()
        )
        if written.rowcount != 1:
            raise RowMoved
        return Revision(revision, data, self._author, self._today, form)

    def write_newest(self, label: Label, name: str, data: Any) -> Revision:
        """Write over whatever revision is current, unless it says the same already.

        For rows whose form does not name a revision; the session's write lock keeps others out meanwhile.
        """
        current = self.read(label, name)
        return current if current.data == data else self.write(label, name, data, current.revision)

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
        touched = self._session.connection().execute(
            update(Assessment)
            .where(col(Assessment.id) == self._assessment_id, col(Assessment.epoch) == self._epoch)
            .values(changed_on=self._today)
        )
        return touched.rowcount == 1

    def _newest(self, blind: dict[bytes, str]) -> Sequence[SealedRow]:
        newest = (
            select(SealedRow.name, func.max(SealedRow.revision).label("revision"))
            .where(SealedRow.assessment_id == self._assessment_id, col(SealedRow.name).in_(blind))
            .group_by(col(SealedRow.name))
            .subquery()
        )
        return self._session.exec(
            select(SealedRow).where(
                SealedRow.assessment_id == self._assessment_id,
                SealedRow.name == newest.c.name,
                SealedRow.revision == newest.c.revision,
            )
        ).all()

    def _open(self, label: Label, name: str, row: SealedRow) -> Revision:
        sealed = unseal_data(self._key.subkey(label), row.blob, *self._belongs_to(label, name, row.revision))
        return Revision(row.revision, sealed["data"], sealed["by"], row.changed_on, sealed["form"])

    def _blind(self, label: Label, name: str) -> bytes:
        return keyed_hash(self._key.index, "row.name", bind(label, name), size=NAME_BYTES)

    def _belongs_to(self, label: Label, name: str, revision: int) -> tuple[str | int, ...]:
        return self._assessment_id, self._epoch, label, name, revision
