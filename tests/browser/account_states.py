"""The pages of accounts and organisations, in every state, and the ways there."""

import pyotp

from tests.browser.account_ways import gives, signs_up
from tests.browser.behind import (
    PASSWORD,
    Account,
    bring_in,
    found_organisation,
    let_in_to_organisation,
    log_in,
    make_account,
    new_address,
    sends,
    shown,
)
from tests.browser.harbour import harbour
from tests.browser.person import Person
from tests.browser.state import TODAY, State, anybody, with_nothing

OTHER_PASSWORD = "seven boats and a kite"

# Making one, and coming back


def before_the_code(person: Person) -> None:
    signs_up(person)


def sign_up_refused(person: Person) -> None:
    signs_up(person, password="qwerty123456")


def code_refused(person: Person) -> None:
    signs_up(person)
    person.page.get_by_label("type its last four characters").fill("none")
    person.presses("Continue")


def log_in_refused(person: Person) -> None:
    person.goes_to("/log-in")
    gives(person, new_address(), PASSWORD)
    person.presses("Log in", person.page.get_by_role("main"))


def recover_refused(person: Person) -> None:
    person.goes_to("/recover")
    person.page.get_by_label("Your recovery code").fill("half a code")
    gives(person, new_address(), PASSWORD, "A new password")
    person.presses("Set the password")


def recovered(person: Person) -> None:
    account = make_account(person.page.context)
    person.goes_to("/recover")
    person.page.get_by_label("Your recovery code").fill(account.code)
    gives(person, account.email, OTHER_PASSWORD, "A new password")
    person.presses("Set the password")
    person.reads_title("Your new password is set")


# One's own account


def with_account(person: Person) -> Account:
    """Let the person have an account, and be logged in."""
    return make_account(person.page.context)


def account(path: str) -> State:
    def reach(person: Person) -> None:
        with_account(person)
        person.goes_to(f"/account{path}")

    return State(reach)


def types_password(person: Person, password: str = PASSWORD) -> None:
    person.page.get_by_label("Your password", exact=True).fill(password)


def account_changed(person: Person) -> None:
    with_account(person)
    person.goes_to("/account/password")
    types_password(person)
    person.page.get_by_label("A new password").fill(OTHER_PASSWORD)
    person.presses("Change the password")
    person.sees("Your new password is set")


def password_refused(person: Person) -> None:
    with_account(person)
    person.goes_to("/account/password")
    types_password(person, "not this one")
    person.page.get_by_label("A new password").fill("short")
    person.presses("Change the password")


def recovery_code(person: Person) -> None:
    with_account(person)
    person.goes_to("/account/recovery")
    types_password(person)
    person.presses("Make another code")
    person.reads_title("Keep this recovery code")


def account_unkept(person: Person) -> None:
    recovery_code(person)
    person.goes_to("/account")


def second_factor_refused(person: Person) -> None:
    with_account(person)
    person.goes_to("/account/second-factor")
    person.page.get_by_label("The code that it shows now").fill("12")
    types_password(person)
    person.presses("Ask for a code from now on")


def backup_codes(person: Person) -> None:
    with_account(person)
    person.goes_to("/account/second-factor")
    secret = person.page.locator("#code").get_attribute("data-copy-text") or ""
    code = pyotp.TOTP(secret.replace("-", "")).now()
    person.page.get_by_label("The code that it shows now").fill(code)
    types_password(person)
    person.presses("Ask for a code from now on")
    person.reads_title("Your second factor is set up")


def second_factor_removal(person: Person) -> None:
    backup_codes(person)
    person.goes_to("/account")
    person.follows("Remove Second factor")


def sessions(person: Person) -> None:
    """Here, and in two more browsers."""
    account = with_account(person)
    for _ in range(2):
        log_in(person.page.context, account)
    person.goes_to("/account/sessions")
    person.sees("This one")


def account_to_delete(person: Person) -> None:
    with_account(person)
    with_nothing(person).goes_to("/account/delete")
    person.sees("1 assessment that you alone hold")


def account_deletion_refused(person: Person) -> None:
    account_to_delete(person)
    person.presses("Delete for ever")


def account_deleted(person: Person) -> None:
    account_to_delete(person)
    types_password(person)
    person.page.get_by_label("To delete it, type DELETE").fill("DELETE")
    person.presses("Delete for ever")
    person.reads_title("Your account is deleted")


def account_logged_out(person: Person) -> None:
    sessions(person)
    person.presses("Log out everywhere, here too")
    person.reads_title("You are logged out everywhere")


# Organisations


def with_organisation(person: Person, name: str = "Quay Children’s Club") -> Person:
    """Let the person have an organisation."""
    person.home = found_organisation(person.page.context, name)
    return person


def organisation(path: str = "") -> State:
    return State(lambda person: with_organisation(person).goes_home(path))


def organisation_refused(person: Person) -> None:
    with_account(person)
    person.goes_to("/organisations/new")
    person.presses("Set it up")


def organisation_of_long_names(person: Person) -> None:
    """Two hundred characters, and an assessment of the organisation."""
    with_organisation(person, "Verein zur Förderung der Kinder und Jugendlichen " * 4).goes_home()
    person.follows("Start an assessment")
    person.chooses("Quick check")
    person.page.get_by_label("A name for this assessment").fill("Kinderschutzselbsteinschätzung " * 6)
    person.presses("Start")
    person.goes_home()


def link_made(person: Person) -> None:
    with_organisation(person).goes_home()
    person.presses("Make the link")


def invited(person: Person) -> None:
    """Before the page of an invitation, which somebody with an account has opened."""
    context = with_organisation(person).page.context
    person.goes_to(shown(sends(context, f"{person.home}/invitations", role="reader")[1]))


def invited_without_account(person: Person) -> None:
    invited(person)
    person.page.context.clear_cookies()
    person.page.reload()


def waits(person: Person) -> None:
    invited(person)
    person.presses("Accept, and wait to be let in")
    person.reads_title("Now they let you in")


def has_waiting(person: Person) -> None:
    """Somebody waits at the organisation's door."""
    waits(person)
    person.goes_home()


def sheet_made(person: Person) -> None:
    with_organisation(person).goes_home()
    person.presses("Make a recovery sheet")
    person.reads_title("Recovery sheet")


def last_to_leave(person: Person) -> None:
    with_organisation(person).goes_home()
    person.follows("Leave")
    person.presses("Leave")


def claim_refused(person: Person) -> None:
    with_organisation(person).goes_home("/claim")
    person.page.get_by_label("The receipt").fill("half a receipt")
    person.presses("Bring it in")


def import_refused(person: Person) -> None:
    with_account(person)
    person.goes_to("/organisations/import")
    person.page.get_by_label("The file").set_input_files(
        {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"Dear all"}
    )
    person.presses("Bring it in")


def with_members(owner: Person) -> Account:
    """The club's assessment, handed over to an organisation of an owner, a contributor and a reader.

    The owner stays logged in; the account of the reader comes back.
    """
    context = owner.page.context
    brought = bring_in(context, harbour(TODAY))
    context.clear_cookies()
    club = with_organisation(owner).home
    sends(context, f"{club}/claim", receipt=brought.receipt)
    let_in_to_organisation(context, club, "contributor")
    return let_in_to_organisation(context, club, "reader")


def members(owner: Person) -> None:
    with_members(owner)
    owner.goes_home()


def reading_along(path: str = "") -> State:
    """What a reader sees, of the organisation, or of its assessment."""

    def reach(reader: Person) -> None:
        log_in(reader.page.context, with_members(reader))
        reader.goes_home()
        if path:
            reader.follows("Autumn round")
            reader.goes_to(reader.page.url + path.removesuffix("/"))

    return State(reach)


STATES: dict[str, State] = {
    "sign-up": anybody("/sign-up"),
    "sign-up-refused": State(sign_up_refused, (422,)),
    "recovery-code": State(before_the_code),
    "recovery-code-refused": State(code_refused, (422,)),
    "log-in": anybody("/log-in"),
    "log-in-refused": State(log_in_refused, (401,)),
    "recover": anybody("/recover"),
    "recover-refused": State(recover_refused, (401,)),
    "recovered": State(recovered),
    "account": account(""),
    "account-changed": State(account_changed),
    "account-unkept": State(account_unkept),
    "account-password": account("/password"),
    "account-password-refused": State(password_refused, (422,)),
    "account-recovery": account("/recovery"),
    "account-recovery-code": State(recovery_code),
    "account-second-factor": account("/second-factor"),
    "account-second-factor-refused": State(second_factor_refused, (422,)),
    "account-backup-codes": State(backup_codes),
    "account-second-factor-removal": State(second_factor_removal),
    "account-sessions": State(sessions),
    "account-delete": State(account_to_delete),
    "account-delete-refused": State(account_deletion_refused, (422,)),
    "account-deleted": State(account_deleted),
    "account-logged-out": State(account_logged_out),
    "organisation-new-refused": State(organisation_refused, (422,)),
    "organisation": organisation(),
    "organisation-long": State(organisation_of_long_names),
    "organisation-waiting": State(has_waiting),
    "organisation-link": State(link_made),
    "organisation-sheet": State(sheet_made),
    "organisation-last-to-leave": State(last_to_leave, (422,)),
    "organisation-claim": organisation("/claim"),
    "organisation-claim-refused": State(claim_refused, (422,)),
    "organisation-export": organisation("/export"),
    "organisation-delete": organisation("/delete"),
    "organisation-import-refused": State(import_refused, (422,)),
    "organisation-members": State(members),
    "organisation-read": reading_along(),
    "read-along": reading_along("/"),
    "read-along-section": reading_along("/sections/policy"),
    "read-along-profile": reading_along("/profile"),
    "read-along-targets": reading_along("/targets"),
    "read-along-plan": reading_along("/plan"),
    "invitation": State(invited),
    "invitation-without-account": State(invited_without_account),
    "invitation-used": State(waits),
}
