"""The pages that let somebody in from outside, and those of whoever was let in: in every state."""

from tests.browser.behind import let_in_to_assessment, log_in, make_account
from tests.browser.person import Person
from tests.browser.state import TODAY, State, Way, at_harbour, with_harbour

# Letting in


def sharing_link(amina: Person) -> None:
    with_harbour(amina).goes_home("/sharing")
    amina.chooses("Review")
    amina.presses("Make the link")
    amina.reads_title("The link to hand over")


def link_not_sent(amina: Person) -> None:
    """There is a mail server, but it does not answer."""
    sharing_link(amina)
    amina.page.get_by_label("Their e-mail address").fill("carla@quay.example")
    amina.presses("Send the link")
    amina.sees("The e-mail could not be sent.")


def sharing_unused(amina: Person) -> None:
    sharing_link(amina)
    amina.goes_home("/sharing")


def sharing_guest(amina: Person) -> None:
    with_harbour(amina)
    let_in_to_assessment(amina.page.context, amina.home, "review", TODAY)
    amina.goes_home("/sharing")


def sharing_refused(amina: Person) -> None:
    with_harbour(amina).goes_home("/sharing")
    amina.page.get_by_label("Their last day").fill("2020-03-31")
    amina.presses("Make the link")


# Let in


def let_in_to(scope: str, path: str) -> Way:
    """The way of somebody who was let in to the club's assessment, all in one browser."""

    def way(person: Person) -> None:
        context = with_harbour(person).page.context
        log_in(context, let_in_to_assessment(context, person.home, scope, TODAY))
        person.goes_home(path)

    return way


def portfolio_none(consultant: Person) -> None:
    make_account(consultant.page.context)
    consultant.goes_to("/portfolio")


def portfolio(consultant: Person) -> None:
    let_in_to("review", "/review")(consultant)
    consultant.goes_to("/portfolio")


def review_refused(consultant: Person) -> None:
    """A finding without a remark."""
    let_in_to("review", "/review/sections/policy")(consultant)
    consultant.question("P1.1").get_by_label("Is it a finding?").select_option(label="Observation")
    consultant.presses("Save and stay here")


def review_released(consultant: Person) -> None:
    let_in_to("review", "/review/sections/policy")(consultant)
    point = consultant.question("P1.1")
    point.get_by_label("Your remark").fill(
        "The policy is on the shelf, and nobody in the boathouse knows it."
    )
    point.get_by_label("Is it a finding?").select_option(label="Minor non-conformity")
    consultant.chooses("Started", point.get_by_role("group", name="The level that you found"))
    consultant.presses("Save and stay here")
    consultant.goes_home("/review/release")
    consultant.presses("Release this review")
    consultant.reads_title("Review")


STATES: dict[str, State] = {
    "sharing": at_harbour("/sharing"),
    "sharing-unused": State(sharing_unused),
    "sharing-guest": State(sharing_guest),
    "sharing-link": State(sharing_link),
    "sharing-link-not-sent": State(link_not_sent, (503,)),
    "sharing-refused": State(sharing_refused, (422,)),
    "portfolio-none": State(portfolio_none),
    "portfolio": State(portfolio),
    "report-read": State(let_in_to("read", "/report")),
    "review": State(let_in_to("review", "/review")),
    "review-section": State(let_in_to("review", "/review/sections/policy")),
    "review-refused": State(review_refused, (422,)),
    "review-released": State(review_released),
}
