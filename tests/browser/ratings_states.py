"""The pages of a rating, for whoever asks and for those who answer apart, in every state."""

from collections.abc import Callable

from tests.browser.behind import sends
from tests.browser.person import Person
from tests.browser.ratings_behind import (
    DEPUTY,
    SAID,
    TRAINER,
    Asked,
    agrees,
    all_answer,
    answers_apart,
    asks,
    rates,
    signs_in,
)
from tests.browser.state import State, Way, at_harbour, with_harbour

QUESTION = "/rating/questions/P1.1"


# Asking


def asked(path: str) -> Way:
    """Three were asked: one has handed in, one has begun, one has not come yet."""

    def way(amina: Person) -> None:
        context = with_harbour(amina).page.context
        for tag, handed_in in ((DEPUTY, True), (TRAINER, False)):
            answers_apart(context, asks(context, amina.home, tag), SAID[tag], handed_in=handed_in)
        asks(context, amina.home, "مديرة النادي")
        amina.goes_home(path)

    return way


def code(amina: Person) -> None:
    with_harbour(amina).goes_home("/rating")
    amina.page.get_by_label("Name tag").fill(DEPUTY)
    amina.presses("Ask them")
    amina.reads_title("A link, and a code")


def tag_refused(amina: Person) -> None:
    with_harbour(amina).goes_home("/rating")
    amina.presses("Ask them")


def end_refused(amina: Person) -> None:
    context = with_harbour(amina).page.context
    asks(context, amina.home, DEPUTY)
    amina.goes_home("/rating/end")
    amina.presses("End the rating")


def removing(amina: Person) -> None:
    asked("/rating")(amina)
    amina.follows(f"Take out {DEPUTY}")
    amina.reads_title("Take somebody out")


# Afterwards


def rated(path: str) -> Way:
    def way(amina: Person) -> None:
        rates(with_harbour(amina).page.context, amina.home)
        amina.goes_home(path)

    return way


def agreed(amina: Person) -> None:
    rated("")(amina)
    agrees(amina.page.context, amina.home, "P1.1", "2")
    amina.goes_home("/rating?done=agreed")
    amina.opens_all_help()


def agreement_refused(amina: Person) -> None:
    rated(QUESTION)(amina)
    amina.chooses("In place")
    amina.presses("Record it")


def agreement_conflict(amina: Person) -> None:
    rated(QUESTION)(amina)
    agrees(amina.page.context, amina.home, "P1.1", "2")
    amina.chooses("Started")
    amina.page.get_by_label("Why do you agree on this?").fill("The trainer is right: nobody knows it there.")
    amina.presses("Record it")


def late(amina: Person) -> None:
    """An answer saved on a page from before the end, to what people have answered apart."""
    context = with_harbour(amina, levels={}).page.context
    all_answer(context, amina.home)
    amina.goes_home("/sections/policy")
    sends(context, f"{amina.home}/rating/end")
    amina.writes("P1.1", "Note", "It is on the wall now.")
    amina.sees("Not saved: people have answered this apart")


def late_section(amina: Person) -> None:
    late(amina)
    amina.presses("Save and stay here")
    amina.sees("What you typed here is not saved")


# Answering apart


def as_rater(path: str, then: Callable[[Person], None] = lambda rater: None) -> Way:
    """A rater who has begun, signed in with the code, on a page of the sheet."""

    def way(rater: Person) -> None:
        context = with_harbour(rater).page.context
        asked = asks(context, rater.home, DEPUTY)
        answers_apart(context, asked, SAID[DEPUTY], handed_in=False)
        signs_in(context, asked)
        rater.home = asked.home
        rater.goes_home(path)
        then(rater)

    return way


def hands_in(rater: Person) -> None:
    rater.presses("Hand in")
    rater.sees("You handed this in on")


def at_the_link(typed: str = "") -> Way:
    def way(rater: Person) -> None:
        context = with_harbour(rater).page.context
        asked: Asked = asks(context, rater.home, DEPUTY)
        context.clear_cookies()
        rater.goes_to(asked.link)
        if typed:
            rater.page.get_by_label("Your code").fill(typed)
            rater.presses("Open my sheet")

    return way


def list_of_a_rater(rater: Person) -> None:
    as_rater("")(rater)
    rater.goes_to("/assessments")


STATES = {
    "rating-first": at_harbour("/rating"),
    "rating-asked": State(asked("/rating")),
    "rating-tasks": State(asked("")),
    "rating-code": State(code),
    "rating-refused": State(tag_refused, (422,)),
    "rating-end": State(asked("/rating/end")),
    "rating-end-refused": State(end_refused, (422,)),
    "rating-remove": State(removing),
    "rating-results": State(rated("/rating")),
    "rating-agreed": State(agreed),
    "rating-agree": State(rated(QUESTION)),
    "rating-agree-refused": State(agreement_refused, (422,)),
    "rating-agree-conflict": State(agreement_conflict, (409,)),
    "rating-section": State(rated("/sections/policy")),
    "rating-late": State(late, (409,)),
    "rating-section-late": State(late_section, (409,)),
    "rating-answers": State(rated("/answers")),
    "rating-report": State(rated("/report")),
    "rating-link": State(at_the_link()),
    "rating-link-refused": State(at_the_link("half a code"), (422,)),
    "sheet-list": State(list_of_a_rater),
    "sheet-tasks": State(as_rater("")),
    "sheet-section": State(as_rater("/sections/policy")),
    "sheet-answers": State(as_rater("/answers")),
    "sheet-hand-in": State(as_rater("/hand-in")),
    "sheet-handed-in": State(as_rater("/hand-in", hands_in)),
}
