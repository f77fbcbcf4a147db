"""Saving without losing: what was typed is compared with what it was made on and with what stands now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.vault.data_keys import Label
from app.vault.rows import Revision, SealedRows

Parts = Mapping[Label, Any]
"""One thing that is saved as a whole, by the label under which each part is sealed."""


@dataclass(frozen=True)
class Standing:
    """What stands now: its parts (None where never written), its revision (0: never written) and its day.

    `form` is the key of the form that wrote it, `author` the holder who sent that.
    """

    parts: Parts = field(repr=False)
    revision: int
    day: date | None
    form: str = ""
    author: str | None = None


@dataclass(frozen=True)
class Settled:
    """What became of something that was sent in. With a conflict, nothing of it was written."""

    standing: Standing
    conflict: bool = False


def standing(rows: SealedRows, name: str, labels: tuple[Label, ...]) -> Standing:
    """What stands under a name now."""
    found = rows.read_many((label, name) for label in labels)
    return _together({label: found[label, name] for label in labels})


def past(rows: SealedRows, name: str, labels: tuple[Label, ...]) -> list[Standing]:
    """Everything that ever stood under a name, oldest first."""
    columns = [rows.history(label, name) for label in labels]
    return [_together(dict(zip(labels, row, strict=True))) for row in zip(*columns, strict=True)]


def settle(
    rows: SealedRows, name: str, typed: Parts, made_on: int, untouched: Parts, form: str = ""
) -> Settled:
    """Save what was typed, unless it says nothing new, or somebody else wrote meanwhile.

    `untouched` is what a form shows while nothing was ever written. `form` is the key of the form that it
    came in: where all that was written since came in the very same form, nobody else wrote.
    """
    labels = tuple(typed)
    now = standing(rows, name, labels)
    if now.parts == typed or (now.revision == 0 and untouched == typed):
        return Settled(now)
    if made_on != now.revision:
        earlier = past(rows, name, labels)
        since = [one.form for one in earlier if one.revision > made_on]
        if not form or set(since) != {form}:
            base = next((one.parts for one in earlier if one.revision == made_on), untouched)
            return Settled(now, conflict=typed != base)
    return Settled(_together(rows.write_parts(name, typed, now.revision, form)))


def _together(parts: Mapping[Label, Revision]) -> Standing:
    first = next(iter(parts.values()))
    data = {label: one.data for label, one in parts.items()}
    return Standing(data, first.revision, first.day, first.form, first.author)
