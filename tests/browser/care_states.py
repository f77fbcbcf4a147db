"""Warnings of what looks like a child's details, beside every kind of text: in every state."""

from tests.browser.person import Person
from tests.browser.rounds_behind import closes, starts_next
from tests.browser.sharing_states import let_in_to
from tests.browser.state import State, with_harbour
from tests.browser.talk_states import answers, says

POLICY = "/sections/policy"
NOTE = (
    "The girl Kingfisher Quay-Osterhasenbacher told us; her mother has 07700 900123, writes from"
    " kingfisher.quay.of.the.long.address@a-very-long-name-of-a-host-that-nobody-breaks-up.quay.example,"
    " and lives at 12 Old Harbour Road. Born on 3 March 2014, case no. 2024/117."
)


def writes_a_name(amina: Person) -> None:
    """A name, a contact and more in one note, and a name in the field above it."""
    with_harbour(amina).goes_home(POLICY)
    amina.writes("P1.1", "Where is it to be found?", "With the pupil Kingfisher Quay")
    amina.writes("P1.1", "Note", NOTE)
    amina.saves("P1.1")
    amina.sees("This looks like a telephone number:")


def section(amina: Person) -> None:
    writes_a_name(amina)
    amina.goes_home(POLICY)


def closed(amina: Person) -> None:
    writes_a_name(amina)
    closes(amina.page.context, amina.home)
    amina.goes_home(POLICY)


def last_time(amina: Person) -> None:
    """The round after, which carries the note along."""
    closed(amina)
    amina.home = starts_next(amina.page.context, amina.home, "The year after")
    amina.goes_home(POLICY)


def talked_of(amina: Person) -> None:
    """In a comment, and in an earlier version of a note that was mended by hand."""
    context = with_harbour(amina).page.context
    answers(context, amina.home, "P1.1", "1", NOTE)
    answers(context, amina.home, "P1.1", "1", "A girl told us.", made_on=2)
    says(context, amina.home, "Was that the girl Kingfisher?", "Please name nobody here.")
    amina.goes_home("/questions/P1.1")


def adds_action(amina: Person) -> None:
    with_harbour(amina).goes_home("/plan/new")
    amina.page.get_by_label("What is to be done").fill("Walk home with the girl Kingfisher Quay")
    amina.page.get_by_label("Owner").fill("her brother Emil")
    amina.presses("Save")
    amina.sees("This looks like a child’s name:")


def changes_action(amina: Person) -> None:
    adds_action(amina)
    amina.page.get_by_role("article").filter(has_text="Walk home").get_by_role("link", name="Edit").click()
    amina.sees("What is to be done")


def remarks(consultant: Person) -> None:
    let_in_to("review", "/review/sections/policy")(consultant)
    consultant.question("P1.1").get_by_label("Your remark").fill(NOTE)
    consultant.presses("Save and stay here")
    consultant.sees("This looks like a child’s name:")


STATES = {
    "care-in-place": State(writes_a_name),
    "care-section": State(section),
    "care-closed": State(closed),
    "care-last-time": State(last_time),
    "care-question": State(talked_of),
    "care-plan": State(adds_action),
    "care-plan-edit": State(changes_action),
    "care-review": State(remarks),
}
