"""Ways to the pages of accounts: somebody makes one, mistypes, and loses the password."""

from collections.abc import Callable
from itertools import count

from tests.browser.person import Person

PASSWORD, OTHER_PASSWORD = "lantern gravel oboe tide", "seven boats and a kite"
_numbers = count(1)


def new_address() -> str:
    """An address that nobody has used in this run."""
    return f"carla.{next(_numbers)}@quay.example"


def signs_up(person: Person, email: str = "", password: str = PASSWORD) -> str:
    """Make an account, and stand before the recovery code; the address."""
    email = email or new_address()
    person.goes_to("/sign-up")
    gives(person, email, password, "A new password")
    person.presses("Make the account")
    return email


def has_account(person: Person) -> str:
    """Make an account and go on, the recovery code written down; the address."""
    email = signs_up(person)
    person.receipt = person.reads_code()
    person.page.get_by_label("type its last four characters").fill(person.receipt[-4:])
    person.presses("Continue")
    return email


def gives(person: Person, email: str, password: str, label: str = "Your password") -> None:
    person.page.get_by_label("Your e-mail address").fill(email)
    person.page.get_by_label(label).fill(password)


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
    email = has_account(person)
    person.goes_to("/recover")
    person.page.get_by_label("Your recovery code").fill(person.receipt)
    gives(person, email, OTHER_PASSWORD, "A new password")
    person.presses("Set the password")
    person.reads_title("Your new password is set")


# Organisations


def has_organisation(person: Person, name: str = "Quay Children’s Club") -> None:
    """Make an account and an organisation, and stand on its page."""
    has_account(person)
    person.goes_to("/organisations/new")
    person.page.get_by_label("What is it called?").fill(name)
    person.presses("Set it up")
    person.reads_title(name)
    person.home = person.page.url


def organisation_refused(person: Person) -> None:
    has_account(person)
    person.goes_to("/organisations/new")
    person.presses("Set it up")


def organisation_of_long_names(person: Person) -> None:
    """Two hundred characters, and an assessment of the organisation."""
    has_organisation(person, "Verein zur Förderung der Kinder und Jugendlichen " * 4)
    person.follows("Start an assessment")
    person.chooses("Quick check")
    person.page.get_by_label("A name for this assessment").fill("Kinderschutzselbsteinschätzung " * 6)
    person.presses("Start")
    person.goes_home()


def invites(person: Person) -> str:
    """Make a link, and stand before it; its path."""
    has_organisation(person)
    person.presses("Make the link")
    link = person.page.locator("#link").inner_text()
    return "/invitations/" + link.rpartition("/")[2]


def link_made(person: Person) -> None:
    invites(person)


def invited(person: Person) -> None:
    person.goes_to(invites(person))


def invited_without_account(person: Person) -> None:
    path = invites(person)
    person.presses("Log out")
    person.goes_to(path)


def waits(person: Person) -> None:
    invited(person)
    person.presses("Accept, and wait to be let in")
    person.reads_title("Now they let you in")


def has_waiting(person: Person) -> None:
    """Somebody waits at the organisation's door."""
    waits(person)
    person.goes_home()


def sheet_made(person: Person) -> None:
    has_organisation(person)
    person.presses("Make a recovery sheet")
    person.reads_title("Recovery sheet")


def last_to_leave(person: Person) -> None:
    has_organisation(person)
    person.follows("Leave")
    person.presses("Leave")


def claim_refused(person: Person) -> None:
    has_organisation(person)
    person.goes_home("/claim")
    person.page.get_by_label("The receipt").fill("half a receipt")
    person.presses("Bring it in")


def import_refused(person: Person) -> None:
    has_account(person)
    person.goes_to("/organisations/import")
    person.page.get_by_label("The file").set_input_files(
        {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"Dear all"}
    )
    person.presses("Bring it in")


def at_organisation(path: str) -> Callable[[Person], None]:
    """The way to a page of an organisation."""

    def way(person: Person) -> None:
        has_organisation(person)
        person.goes_home(path)

    return way
