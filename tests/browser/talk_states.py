"""Several people on one assessment, in every state: what they say about a question, and who answers what."""

from playwright.sync_api import BrowserContext

from tests.browser.behind import Account, let_in_to_assessment, log_in, sends
from tests.browser.person import Person
from tests.browser.state import TODAY, State, at_first, with_harbour

LONG = (
    "The policy hangs in the boathouse, but the coaches of the older groups have not been there since June. "
    "Kinderschutzbeauftragtenvertretungsregelung, https://example.org/a-very-long-address-that-nobody-breaks-up"
)
ARABIC = "هل قرأ المدربون السياسة الجديدة؟ اسأل قبل نهاية الشهر."
QUESTION = "/questions/P1.1"


def back_as(person: Person) -> None:
    """Let whoever holds the receipt be here again."""
    person.page.context.clear_cookies()
    sends(person.page.context, "/return", receipt=person.receipt)


def says(context: BrowserContext, home: str, *texts: str, question: str = "P1.1") -> None:
    for text in texts:
        sends(context, f"{home}/questions/{question}", comment=text, form_key=f"{question} {text[:40]}")


def with_guest(amina: Person) -> Account:
    """Let a guest fill in the club's assessment; Amina stays here."""
    context = with_harbour(amina).page.context
    return let_in_to_assessment(context, amina.home, "fill", TODAY)


def as_guest(amina: Person, guest: Account) -> BrowserContext:
    """Let the guest be here in Amina's place."""
    log_in(amina.page.context, guest)
    return amina.page.context


def answers(context: BrowserContext, home: str, code: str, choice: str, note: str, made_on: int = 1) -> None:
    fields = {f"{code}:choice": choice, f"{code}:note": note, f"{code}:revision": str(made_on)}
    context.request.post(
        f"{home}/answers/{code}",
        form={**fields, "form_key": note[:40]},
        headers={"Sec-Fetch-Site": "same-origin", "HX-Request": "true"},
    )


def with_talk(amina: Person) -> Account:
    """Two have answered and talked about a question; one comment is resolved."""
    guest = with_guest(amina)
    context = as_guest(amina, guest)
    answers(context, amina.home, "P1.1", "1", "It is older than the club’s new rules. Say so.")
    says(context, amina.home, LONG, "Shall I bring copies?")
    says(context, amina.home, ARABIC, question="P1.2")
    back_as(amina)
    answers(context, amina.home, "P1.1", "2", "The new one was signed on Monday.", made_on=2)
    says(context, amina.home, "Now they have. We read it together.", ARABIC)
    amina.goes_home(QUESTION)
    amina.page.get_by_role("button", name="Mark as resolved").nth(1).click()
    amina.sees("Resolved on")
    return guest


def question(amina: Person) -> None:
    with_talk(amina)
    amina.goes_home(QUESTION)


def question_refused(amina: Person) -> None:
    with_harbour(amina).goes_home(QUESTION)
    amina.page.get_by_label("Add a comment").fill("x" * 5001)
    amina.presses("Add the comment")


def question_reviewed(amina: Person) -> None:
    """As a consultant reads it: days, but no addresses."""
    with_talk(amina)
    context = amina.page.context
    log_in(context, let_in_to_assessment(context, amina.home, "review", TODAY))
    amina.goes_home(QUESTION)


def talked_about(path: str) -> State:
    def reach(amina: Person) -> None:
        with_talk(amina)
        amina.goes_home(path)

    return State(reach)


def with_assigned(amina: Person) -> Account:
    """Two sections are for the guest."""
    guest = with_talk(amina)
    amina.goes_home("/who")
    for section in ("A policy of your own", "A policy that people know"):
        amina.page.get_by_role("region", name=section).get_by_role("combobox").select_option(
            label=guest.email
        )
    amina.presses("Save")
    amina.sees("Saved")
    return guest


def who(amina: Person) -> None:
    with_assigned(amina)
    amina.goes_home("/who")


def who_conflict(amina: Person) -> None:
    """Somebody else has assigned a section meanwhile."""
    guest = with_assigned(amina)
    amina.goes_home("/who")
    other = amina.opens_a_tab()
    other.goes_home("/who")
    amina.page.get_by_role("combobox").nth(0).select_option(label="Nobody in particular")
    other.page.get_by_role("combobox").nth(2).select_option(label=guest.email)
    other.presses("Save")
    other.sees("Saved")
    other.page.close()
    amina.presses("Save")
    amina.sees("Somebody else changed this page meanwhile")


def who_gone(amina: Person) -> None:
    """Whoever it was for has been shut out."""
    with_assigned(amina)
    amina.goes_home("/sharing")
    amina.page.get_by_role("link", name="Take access away").click()
    amina.presses("Take access away")
    amina.sees("Access is taken away")
    amina.goes_home("/who")


def assigned(path: str) -> State:
    def reach(amina: Person) -> None:
        with_assigned(amina)
        amina.goes_home(path)

    return State(reach)


def meanwhile(amina: Person) -> None:
    """Somebody else has saved an answer since Amina opened the page; and she has saved another."""
    guest = with_guest(amina)
    amina.goes_home("/sections/policy")
    cookies = amina.page.context.cookies()
    answers(as_guest(amina, guest), amina.home, "P1.2", "0", "Nobody has it")
    amina.page.context.clear_cookies()
    amina.page.context.add_cookies(cookies)  # type: ignore[arg-type]
    amina.answers("P1.1", "Embedded")
    amina.sees("Changed meanwhile by")


def conflict(amina: Person) -> None:
    """Both changed the same answer."""
    meanwhile(amina)
    amina.answers("P1.2", "Started")
    amina.sees("This answer was changed meanwhile by")


STATES: dict[str, State] = {
    "question": State(question),
    "question-first": at_first(QUESTION),
    "comment-refused": State(question_refused, (422,)),
    "question-reviewed": State(question_reviewed),
    "answers-talked": talked_about("/answers"),
    "answers-open-comments": talked_about("/answers?comments=open"),
    "who": State(who),
    "who-alone": at_first("/who"),
    "who-conflict": State(who_conflict, (409,)),
    "who-gone": State(who_gone),
    "tasks-assigned": assigned(""),
    "section-assigned": assigned("/sections/policy"),
    "section-meanwhile": State(meanwhile),
    "question-changed-by-another": State(conflict, (409,)),
}
