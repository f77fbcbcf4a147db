"""A state of a page: how somebody gets there, with the club's assessment in hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.browser.behind import bring_in
from tests.browser.harbour import harbour
from tests.browser.person import Person

TODAY = datetime.now(UTC).date()

Way = Callable[[Person], None]


@dataclass(frozen=True)
class State:
    """A state of a page, and the statuses of the refusals that lead there."""

    reach: Way
    refusals: tuple[int, ...] = ()


def with_harbour(amina: Person, **changed: Any) -> Person:
    """Let the person hold the club's assessment, well filled in."""
    return amina.holds(bring_in(amina.page.context, harbour(TODAY, **changed)))


def with_nothing(amina: Person) -> Person:
    """Let the person hold an assessment in which nothing is answered yet."""
    return with_harbour(amina, levels={}, profile=None, targets=None, plan=None, title="Summer camps")


def anybody(path: str) -> State:
    return State(lambda amina: amina.goes_to(path))


def at_harbour(path: str) -> State:
    return State(lambda amina: with_harbour(amina).goes_home(path))


def at_first(path: str) -> State:
    return State(lambda amina: with_nothing(amina).goes_home(path))
