"""Crosswalks: which indicators of one framework's edition speak for which of another's."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from standards.models import Name, PackModel, Text

FOLDER = "crosswalks"
"""The folder that crosswalks lie in."""

Relation = Literal["equal", "part", "overlaps", "none"]
Edition: TypeAlias = tuple[str, str]
Crosswalks: TypeAlias = Mapping[tuple[Edition, Edition], "Crosswalk"]


class EditionReference(PackModel):
    """One edition of a framework."""

    id: Name
    edition: Name

    @property
    def key(self) -> Edition:
        """Its id and edition, as installed frameworks are found by."""
        return self.id, self.edition


class Crossing(PackModel):
    """What speaks for one indicator, `to`, of the framework that is looked through.

    `equal`: the sources together ask all that it asks, level by level. `part`: they ask a piece of it, and
    the note says what is missing. `overlaps`: they touch its subject, and no answer follows. `none`: nothing
    speaks for it.
    """

    to: Name
    from_: Annotated[tuple[Name, ...], Field(alias="from")]
    relation: Relation
    note: Text | None = None


class Crosswalk(PackModel):
    """How one framework's edition is seen through another: each indicator of `to` exactly once."""

    from_: Annotated[EditionReference, Field(alias="from")]
    to: EditionReference
    publisher: Text
    description: Text
    licence: Text
    language: Name
    sources: Annotated[tuple[Text, ...], Field(min_length=1)]
    crossings: tuple[Crossing, ...]

    @cached_property
    def by_target(self) -> Mapping[str, Crossing]:
        """What speaks for each indicator of `to`, by its code."""
        return {crossing.to: crossing for crossing in self.crossings}

    @property
    def key(self) -> tuple[str, str]:
        """The folder and the name of the file that it belongs in."""
        return FOLDER, f"{'-'.join(self.from_.key)}--{'-'.join(self.to.key)}"


def by_editions(crosswalks: Iterable[Crosswalk]) -> Crosswalks:
    """Crosswalks by the editions that each leads from and to."""
    return {(crosswalk.from_.key, crosswalk.to.key): crosswalk for crosswalk in crosswalks}
