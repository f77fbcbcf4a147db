"""How somebody makes an account, and an organisation, page by page."""

from tests.browser.behind import PASSWORD, new_address
from tests.browser.person import Person


def signs_up(person: Person, password: str = PASSWORD) -> str:
    """Make an account, and stand before the recovery code; the address."""
    email = new_address()
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


def has_organisation(person: Person, name: str = "Quay Children’s Club") -> None:
    """Make an account and an organisation, and stand on its page."""
    has_account(person)
    person.goes_to("/organisations/new")
    person.page.get_by_label("What is it called?").fill(name)
    person.presses("Set it up")
    person.reads_title(name)
    person.home = person.page.url
