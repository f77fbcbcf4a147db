"""Ways to the pages of accounts: somebody makes one, mistypes, and loses the password."""

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
