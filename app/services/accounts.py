"""Accounts: what may be a password or an address, and the words for what may not."""

from collections.abc import Iterator

from app.language import gettext as _

SHORTEST, LONGEST = 12, 200
LONGEST_ADDRESS = 254


def email_problems(email: str) -> Iterator[tuple[str, str]]:
    """What is wrong with an address. Nothing is sent to it, so its form alone is looked at."""
    tidy = email.strip()
    name, _at, host = tidy.rpartition("@")
    if not (name and host) or len(tidy) > LONGEST_ADDRESS or any(one.isspace() for one in tidy):
        yield "email", _("Write an e-mail address, like amina@example.org.")


def password_problems(password: str, field: str = "password") -> Iterator[tuple[str, str]]:
    """What is wrong with a new password: too short, too long, or one that everybody tries first."""
    if len(password) < SHORTEST:
        said = _("Use at least {least} characters. A few words that do not belong together are good.")
        yield field, said.format(least=SHORTEST)
    elif len(password) > LONGEST:
        yield field, _("Use at most {most} characters.").format(most=LONGEST)
    elif is_common(password):
        yield field, _("This is one of the passwords that are tried first. Choose another.")


def is_common(password: str) -> bool:
    """Whether a password is in a list of common ones, or is such a one repeated or followed by figures.

    Source of the list: zxcvbn, 30,000 passwords from published breaches.
    """
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    common = FREQUENCY_LISTS["passwords"]
    plain = password.casefold()
    candidates = {plain, plain.rstrip("0123456789!?.*-_"), _once(plain)}
    return any(one in common or len(set(one)) < 3 for one in candidates)


def _once(text: str) -> str:
    """What a text repeats, or the text itself where it repeats nothing."""
    return text[: (text + text).find(text, 1)]
