"""What has changed, in every state: one round, two, two editions, other frameworks, and what is refused."""

import re
from typing import Any

from tests.browser.behind import sends
from tests.browser.harbour import EDITION, culture_talk, older_eleven, policy_review
from tests.browser.person import Person
from tests.browser.rounds_behind import closes, starts_next, upgrades
from tests.browser.state import State, Way, at_first, with_harbour

SECTION = re.compile(r'href="[^"]+(/sections/[\w-]+)"')


def _older() -> dict[str, Any]:
    return {**older_eleven(), "plan": None, "targets": None}


def one_more(amina: Person, **levels: int) -> None:
    """Close the round, start the next, say that it is all still true but for some levels."""
    context = amina.page.context
    closes(context, amina.home)
    amina.home = starts_next(context, amina.home, "The year after")
    for question, level in levels.items():
        code = question.replace("_", ".")
        sends(context, f"{amina.home}/answers/{code}", **said(code, level))
    for section in dict.fromkeys(SECTION.findall(context.request.get(amina.home).text())):
        sends(context, f"{amina.home}{section}", confirm="all")


def said(code: str, level: int) -> dict[str, Any]:
    """The fields of an answer that is the first in its round."""
    return {f"{code}:choice": level, f"{code}:evidence": 3, f"{code}:revision": 0, "form_key": f"key-{code}"}


def year_on_year(amina: Person) -> None:
    one_more(with_harbour(amina), R1_1=3, R5_2=2, H1_1=1, P2_1=1)
    amina.goes_home("/changes")


def all_folded_out(amina: Person) -> None:
    year_on_year(amina)
    amina.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")


def across_editions(amina: Person) -> None:
    """A round in the older edition, then one in the newer."""
    context = with_harbour(amina, **_older()).page.context
    closes(context, amina.home)
    amina.home = upgrades(context, amina.home)
    for place, code in enumerate(EDITION.indicators):
        sends(context, f"{amina.home}/answers/{code}", **said(code, place % 4))
    amina.goes_home("/changes")


def older_again(amina: Person) -> None:
    """Two rounds of eleven standards: too many lines for one drawing."""
    context = with_harbour(amina, **_older()).page.context
    closes(context, amina.home)
    amina.home = starts_next(context, amina.home, "")
    amina.goes_home("/changes")


def without_score(**changed: Any) -> Way:
    def way(amina: Person) -> None:
        one_more(with_harbour(amina, **changed))
        amina.goes_home("/changes")

    return way


def the_same_twice(amina: Person) -> None:
    year_on_year(amina)
    amina.page.locator("select#from").select_option(index=0)
    amina.page.locator("select#to").select_option(index=0)
    amina.presses("Compare these two")


def of_two_frameworks(amina: Person) -> None:
    other = with_harbour(amina, **policy_review()).home.rpartition("/")[2]
    with_harbour(amina).goes_home(f"/changes?from={other}")


def beside_another(amina: Person) -> None:
    """One round, and another assessment with the same standards."""
    with_harbour(amina, title="Summer camps")
    with_harbour(amina).goes_home("/changes")


STATES = {
    "changes-first": at_first("/changes"),
    "changes": State(year_on_year),
    "changes-folded-out": State(all_folded_out),
    "changes-editions": State(across_editions),
    "changes-eleven": State(older_again),
    "changes-document": State(without_score(**policy_review())),
    "changes-culture": State(without_score(**culture_talk())),
    "changes-beside": State(beside_another),
    "changes-same": State(the_same_twice, (422,)),
    "changes-refused": State(of_two_frameworks, (422,)),
}
