"""Every page, and every state of it that somebody may meet: the way there, and the refusals on it."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser import (
    account_states,
    care_states,
    changes_states,
    ratings_states,
    rounds_states,
    sharing_states,
    talk_states,
)
from tests.browser.behind import bring_in
from tests.browser.harbour import culture_talk, harbour, older_eleven, plan, policy_review
from tests.browser.person import Person
from tests.browser.state import TODAY, State, anybody, at_first, at_harbour, with_harbour, with_nothing

POLICY = "/sections/policy"


# Refused


def start_refused(amina: Person) -> None:
    amina.goes_to("/start")
    amina.page.get_by_label("A name for this assessment").fill("x" * 201)
    amina.presses("Start")


def return_refused(amina: Person) -> None:
    amina.goes_to("/return")
    amina.types_receipt("half a receipt")


def import_refused(amina: Person) -> None:
    amina.goes_to("/import")
    amina.page.get_by_label("The file").set_input_files(
        {"name": "letter.json", "mimeType": "application/json", "buffer": b"Dear all"}
    )
    amina.presses("Bring it in")


def name_refused(amina: Person) -> None:
    with_nothing(amina).goes_home("/name")
    amina.page.get_by_label("Your organisation’s name").fill("x" * 201)
    amina.presses("Save")


def delete_refused(amina: Person) -> None:
    with_nothing(amina).goes_home("/delete")
    amina.presses("Delete for ever")


def section_refused(amina: Person) -> None:
    """The whole section sent in, with a reason that is missing and a note that is too long."""
    with_nothing(amina).goes_home("/sections/policy-in-use")
    saves_nothing_by_itself(amina)
    amina.answers("P4.3", "Does not apply to us")
    amina.writes("P3.1", "Note", "x" * 5001)
    amina.presses("Save and stay here")


def question_refused(amina: Person) -> None:
    """One answer refused as one answers, without leaving the page."""
    with_nothing(amina).goes_home("/sections/policy-in-use")
    amina.answers("P4.3", "Does not apply to us")
    amina.sees(re.compile("^Not saved yet: Say in a sentence"))


def action_refused(amina: Person) -> None:
    with_nothing(amina).goes_home("/plan/new")
    amina.page.get_by_label("Due date").fill("2031-03-31")
    amina.presses("Save")


def edit_refused(amina: Person) -> None:
    editing_in_place(amina)
    amina.page.get_by_label("Where it stands").select_option("Dropped")
    amina.presses("Save")
    amina.sees("Say in a sentence why you drop this action.")


def saves_nothing_by_itself(amina: Person) -> None:
    """Keep from htmx that something changes, so that the form itself is what goes."""
    amina.page.evaluate("addEventListener('change', event => event.stopImmediatePropagation(), true)")


# The receipt, and being signed out


def receipt(amina: Person) -> None:
    bring_in(amina.page.context, harbour(TODAY), kept=False)
    amina.goes_to("/receipt")


def receipt_not_kept(amina: Person) -> None:
    receipt(amina)
    amina.presses("Continue")


def assessments_unkept(amina: Person) -> None:
    receipt(amina)
    amina.goes_to("/assessments")


def assessments(amina: Person) -> None:
    with_harbour(amina)
    with_nothing(amina)
    amina.goes_to("/assessments")


def assessments_none(amina: Person) -> None:
    with_nothing(amina).goes_home("/delete")
    amina.page.get_by_label("To delete it, type DELETE").fill("DELETE")
    amina.presses("Delete for ever")
    amina.reads_title("My assessments")


def logged_out(amina: Person) -> None:
    with_nothing(amina).goes_home()
    amina.presses("Log out")


def signed_out_form(amina: Person) -> None:
    """A whole section sent in after the session has ended."""
    with_nothing(amina).goes_home(POLICY)
    amina.page.context.clear_cookies()
    saves_nothing_by_itself(amina)
    amina.writes("P1.1", "Note", "What was typed before lunch")
    amina.presses("Save and stay here")
    amina.reads_title("Please sign in again")
    amina.page.get_by_text("See what you wrote").click()


def signed_out_in_place(amina: Person) -> None:
    with_nothing(amina).goes_home(POLICY)
    amina.page.context.clear_cookies()
    amina.writes("P1.1", "Note", "What was typed before lunch")
    amina.sees("Please sign in again")


def offline(amina: Person) -> None:
    with_nothing(amina).goes_home(POLICY)
    amina.page.context.set_offline(True)
    amina.writes("P1.1", "Note", "Written on the ferry")
    amina.sees("Not saved yet. We will try again.")


# Two windows


def question_conflict(amina: Person) -> None:
    in_two_windows(amina)
    amina.writes("P1.1", "Note", "From this window")
    amina.sees("This answer was changed in another window")


def section_conflict(amina: Person) -> None:
    in_two_windows(amina)
    saves_nothing_by_itself(amina)
    amina.writes("P1.1", "Note", "From this window")
    amina.presses("Save and stay here")
    amina.sees("This answer was changed in another window")


def in_two_windows(amina: Person) -> None:
    with_harbour(amina).goes_home(POLICY)
    other = amina.opens_a_tab()
    other.goes_home(POLICY)
    other.answers("P1.1", "Embedded", "Records show it in use")
    other.writes("P1.1", "Note", "From the other window")
    other.saves("P1.1")
    other.page.close()


def profile_conflict(amina: Person) -> None:
    with_nothing(amina).goes_home("/profile")
    other = amina.opens_a_tab()
    other.goes_home("/profile")
    staff = re.compile("^How often are your staff")
    other.chooses("Often", other.page.get_by_role("group", name=staff))
    other.presses("Save and go on")
    other.reads_title("Full self-assessment")
    other.page.close()
    amina.chooses("Never", amina.page.get_by_role("group", name=staff))
    amina.presses("Save and go on")
    amina.sees("This page was changed in another window")


def targets_conflict(amina: Person) -> None:
    with_nothing(amina).goes_home("/targets")
    other = amina.opens_a_tab()
    other.goes_home("/targets")
    other.page.get_by_label("P1.1").check()
    other.presses("Save")
    other.reads_title("Gap report")
    other.page.close()
    amina.page.get_by_label("P1.2").check()
    amina.presses("Save")
    amina.sees("This page was changed in another window")


def action_conflict(amina: Person) -> None:
    editing_in_place(amina)
    other = amina.opens_a_tab()
    editing(other)
    other.page.get_by_label("Owner").fill("the director")
    other.presses("Save")
    expect(other.page.get_by_label("Owner")).to_have_count(0)
    other.page.close()
    amina.page.get_by_label("Owner").fill("the deputy")
    amina.presses("Save")
    amina.sees("This action was changed in another window")


# Open in place


def editing_in_place(amina: Person) -> None:
    with_harbour(amina, levels={"P1.1": (0, 0), "P2.1": (1, 1)}, plan=plan(TODAY, []))
    editing(amina)


def editing(amina: Person) -> None:
    amina.goes_home("/plan")
    amina.page.get_by_role("link", name=re.compile("^Edit")).first.click()
    expect(amina.page.get_by_label("Owner")).to_be_visible()


def edit_page(amina: Person) -> None:
    with_harbour(amina).goes_home("/plan")
    address = amina.page.get_by_role("link", name=re.compile("^Edit")).first.get_attribute("href")
    amina.goes_to(address or "")


# The quick check


def with_quick(amina: Person) -> Person:
    """Let the person hold a quick check, just begun."""
    said = {"P1.1": {"value": "partly"}, "P2.1": {"unknown": True}, "P2.2": {"value": "yes"}}
    chosen = {"id": "ics-style-quick", "version": "1"}
    return with_harbour(amina, questionnaire=chosen, answers=said, targets=None, plan=None)


def quick(path: str) -> State:
    return State(lambda amina: with_quick(amina).goes_home(path))


def continued(amina: Person) -> None:
    with_quick(amina).goes_home()
    amina.presses("Continue as the full self-assessment")
    amina.follows("A policy of your own")


# The other kinds of framework


def with_review(amina: Person) -> Person:
    """Let the person hold a review of the club's policy, all but done."""
    return with_harbour(amina, **policy_review())


def review(path: str) -> State:
    return State(lambda amina: with_review(amina).goes_home(path))


def with_talk(amina: Person, **changed: Any) -> Person:
    """Let the person hold what a leader of the club said about its culture."""
    return with_harbour(amina, **(culture_talk() | changed))


def talk(path: str, **changed: Any) -> State:
    return State(lambda amina: with_talk(amina, **changed).goes_home(path))


def choosing(amina: Person) -> None:
    """Two ticked, and one being written."""
    with_talk(amina).goes_home("/plan/choose")
    for box in amina.page.get_by_role("checkbox").all()[:2]:
        box.check()
    amina.page.get_by_text("An action of your own, number 1").click()


def chosen(amina: Person) -> None:
    """Three chosen, and back on the report."""
    choosing(amina)
    own = amina.page.get_by_role("group").filter(has_text="number 1")
    own.get_by_label("What is to be done").fill("Ask the caretaker what he sees in the evening.")
    own.get_by_label("Owner").fill("the director")
    own.get_by_label("Due date").fill("2031-03-31")
    amina.presses("Put these into the plan")
    amina.reads_title("What to talk about")


def choice_refused(amina: Person) -> None:
    choosing(amina)
    amina.page.get_by_label("Owner").filter(visible=True).first.fill("")
    amina.presses("Put these into the plan")
    amina.sees("Say who sees that it is done: a role rather than a name.")


def older(path: str) -> State:
    changed = {**older_eleven(), "plan": None, "targets": None}
    return State(lambda amina: with_harbour(amina, **changed).goes_home(path))


STATES: dict[str, State] = {
    "home": anybody("/"),
    "confidentiality": anybody("/confidentiality"),
    "help": anybody("/help"),
    "start": anybody("/start"),
    "start-older": anybody("/start?questionnaire=ics-style-eleven"),
    "standards": anybody("/standards"),
    "edition": anybody("/standards/ics-style/2026.1"),
    "edition-older": anybody("/standards/common-features/2010"),
    "edition-document": anybody("/standards/policy-review/2026.1"),
    "form": anybody("/questionnaires/ics-style-full/1/form"),
    "form-document": anybody("/questionnaires/policy-review-full/1/form"),
    "start-refused": State(start_refused, (422,)),
    "receipt": State(receipt),
    "receipt-not-kept": State(receipt_not_kept, (422,)),
    "return": anybody("/return"),
    "return-refused": State(return_refused, (422,)),
    "import": anybody("/import"),
    "import-refused": State(import_refused, (422,)),
    "assessments": State(assessments),
    "assessments-unkept": State(assessments_unkept),
    "assessments-none": State(assessments_none),
    "tasks": at_harbour(""),
    "tasks-first": at_first(""),
    "tasks-quick": quick(""),
    "profile": at_harbour("/profile"),
    "profile-first": at_first("/profile"),
    "profile-conflict": State(profile_conflict, (409,)),
    "section": at_harbour(POLICY),
    "section-first": at_first(POLICY),
    "section-quick": quick(POLICY),
    "section-continued": State(continued),
    "section-refused": State(section_refused, (422,)),
    "section-conflict": State(section_conflict, (409,)),
    "question-refused": State(question_refused, (422,)),
    "question-conflict": State(question_conflict, (409,)),
    "offline": State(offline),
    "signed-out-in-place": State(signed_out_in_place, (401,)),
    "signed-out-form": State(signed_out_form, (401,)),
    "answers": at_harbour("/answers"),
    "answers-first": at_first("/answers"),
    "report": at_harbour("/report"),
    "report-first": at_first("/report"),
    "report-quick": quick("/report"),
    "workings": at_harbour("/report/workings"),
    "through": at_harbour("/report/through/common-features/2010"),
    "through-first": at_first("/report/through/common-features/2010"),
    "through-policy": at_harbour("/report/through/policy-review/2026.1"),
    "report-document": review("/report"),
    "report-culture": talk("/report"),
    "report-culture-chosen": State(chosen),
    "report-older": older("/report"),
    "tasks-document": review(""),
    "tasks-culture": talk("", answers={}),
    "section-document": review("/sections/basics"),
    "section-culture": talk("/sections/accountability"),
    "workings-document": review("/report/workings"),
    "workings-culture": talk("/report/workings"),
    "plan-culture": talk("/plan"),
    "choose": State(choosing),
    "choose-refused": State(choice_refused, (422,)),
    "targets": at_harbour("/targets"),
    "targets-conflict": State(targets_conflict, (409,)),
    "plan": at_harbour("/plan"),
    "plan-first": at_first("/plan"),
    "plan-to-draft": State(lambda amina: with_harbour(amina, plan=None).goes_home("/plan")),
    "plan-new": at_first("/plan/new"),
    "plan-new-refused": State(action_refused, (422,)),
    "plan-edit": State(edit_page),
    "plan-edit-in-place": State(editing_in_place),
    "plan-edit-refused": State(edit_refused, (422,)),
    "plan-edit-conflict": State(action_conflict, (409,)),
    "export": at_first("/export"),
    "name": at_harbour("/name"),
    "name-refused": State(name_refused, (422,)),
    "delete": at_first("/delete"),
    "delete-refused": State(delete_refused, (422,)),
    "logged-out": State(logged_out),
    "not-signed-in": State(lambda amina: amina.goes_to("/assessments"), (401,)),
    "not-found": State(lambda amina: amina.goes_to("/nowhere"), (404,)),
    **account_states.STATES,
    **sharing_states.STATES,
    **rounds_states.STATES,
    **changes_states.STATES,
    **talk_states.STATES,
    **ratings_states.STATES,
    **care_states.STATES,
}
