"""`plumbline people`: who has an account, and shutting one out."""

import argparse
import sys
from collections.abc import Sequence

from app.commands.at_the_database import NoDatabase, add_data, changing, database_of, looking, refused
from app.commands.columns import in_columns, printable
from app.services.operating import Account, accounts, set_disabled, with_fingerprint

HEAD = ("address", "since", "organisations", "key", "")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun and its verbs."""
    noun = commands.add_parser("people", help="list accounts, and disable one")
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    listing = verbs.add_parser("list", help="every account, with its address, day, organisations and key")
    add_data(listing)
    listing.set_defaults(run=list_people)
    for name, disabled, help_ in (
        ("disable", True, "let an account in no more, and end its sessions"),
        ("enable", False, "let an account in again"),
    ):
        verb = verbs.add_parser(name, help=help_)
        verb.add_argument("email", metavar="EMAIL", help="the address of the account")
        verb.add_argument(
            "--fingerprint", metavar="F", help="the fingerprint of its key, where several have the address"
        )
        add_data(verb)
        verb.set_defaults(run=set_people, disabled=disabled)


def list_people(given: argparse.Namespace) -> int:
    """Print a line for each account."""
    try:
        with looking(database_of(given)) as session:
            found = accounts(session)
    except NoDatabase as reason:
        return refused(reason)
    if not found:
        print("Nobody has an account.")
        return 0
    print(in_columns([HEAD, *map(_line, found)]))
    return 0


def set_people(given: argparse.Namespace) -> int:
    """Disable or enable the one account that is meant; do nothing where it is not clear which that is."""
    try:
        with changing(database_of(given)) as session:
            found = accounts(session, given.email)
            if given.fingerprint is not None:
                found = with_fingerprint(found, given.fingerprint)
            if len(found) != 1:
                return _not_one(found)
            ended = set_disabled(session, found[0], given.disabled)
    except NoDatabase as reason:
        return refused(reason)
    print(f"{printable(found[0].email)} ({found[0].fingerprint}) {_done(given.disabled, ended)}")
    return 0


def _done(disabled: bool, ended: int) -> str:
    if not disabled:
        return "is let in again."
    return f"is let in no more. {ended} {'session was' if ended == 1 else 'sessions were'} ended."


def _not_one(found: Sequence[Account]) -> int:
    if not found:
        print("There is no such account: see plumbline people list", file=sys.stderr)
    else:
        print(f"{len(found)} accounts have that address; name one by --fingerprint:", file=sys.stderr)
        print(in_columns([HEAD, *map(_line, found)]), file=sys.stderr)
    return 1


def _line(account: Account) -> tuple[str, ...]:
    state = "disabled" if account.disabled else ""
    made, count = account.created_on.isoformat(), str(account.organisations)
    return printable(account.email), made, count, account.fingerprint, state
