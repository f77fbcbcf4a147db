"""The pages of rounds, in every state: open, closed, followed by another, moved to another edition."""

from typing import Any

from tests.browser.harbour import older_eleven
from tests.browser.person import Person
from tests.browser.rounds_behind import closes, starts_next, upgrades
from tests.browser.state import State, Way, at_first, at_harbour, with_harbour


def _older() -> dict[str, Any]:
    return {**older_eleven(), "plan": None, "targets": None, "title": "Round of 2025"}


def older(path: str) -> State:
    """A round in the older edition, which is open."""
    return State(lambda amina: with_harbour(amina, **_older()).goes_home(path))


def closed(path: str, **changed: Any) -> Way:
    def way(amina: Person) -> None:
        closes(with_harbour(amina, **changed).page.context, amina.home)
        amina.goes_home(path)

    return way


def second(path: str) -> Way:
    """The round after the first one, in which what was said then waits to be confirmed."""

    def way(amina: Person) -> None:
        closed("")(amina)
        amina.home = starts_next(amina.page.context, amina.home, "The year after")
        amina.goes_home(path)

    return way


def moved(path: str) -> Way:
    """A round that has gone on in the newer edition."""

    def way(amina: Person) -> None:
        context = with_harbour(amina, **_older()).page.context
        amina.home = upgrades(context, amina.home)
        amina.goes_home(path)

    return way


def set_aside(amina: Person) -> None:
    """The version of a round that does not count any more."""
    upgrades(with_harbour(amina, **_older()).page.context, amina.home)
    amina.goes_home("/sections/policy")


def not_taken(amina: Person) -> None:
    """A section sent in after a colleague has closed the round."""
    with_harbour(amina).goes_home("/sections/policy")
    closes(amina.page.context, amina.home)
    amina.writes("P1.1", "Note", "The welcome pack has the new one now.")
    amina.sees("It was closed on")


def not_taken_as_a_whole(amina: Person) -> None:
    not_taken(amina)
    amina.presses("Save and stay here")


def stale(amina: Person) -> None:
    """An upgrade from a page that shows another edition than there is now."""
    with_harbour(amina, **_older()).goes_home("/rounds/upgrade")
    amina.page.locator("[name=pinned]").evaluate("field => { field.value = 'another'; }")
    amina.presses("Go on in 2026.1")


STATES = {
    "rounds-first": at_first("/rounds"),
    "rounds-newer-edition": older("/rounds"),
    "rounds-closed": State(closed("/rounds?done=closed")),
    "rounds-second": State(second("/rounds")),
    "rounds-moved": State(moved("/rounds?done=upgraded")),
    "round-close": at_harbour("/rounds/close"),
    "round-next": State(closed("/rounds/next", **_older())),
    "round-upgrade": older("/rounds/upgrade"),
    "round-upgrade-stale": State(stale, (409,)),
    "round-closed-section": State(closed("/sections/policy")),
    "round-not-taken": State(not_taken, (409,)),
    "round-not-taken-whole": State(not_taken_as_a_whole, (409,)),
    "round-last-time": State(second("/sections/policy")),
    "round-set-aside": State(set_aside),
    "round-tasks": State(second("")),
}
