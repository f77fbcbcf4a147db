"""`plumbline clean`: what is over goes."""

import argparse
from datetime import UTC, datetime

from app.commands.at_the_database import NoDatabase, add_data, changing, database_of, refused
from app.services.operating import clear_away


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb."""
    verb = commands.add_parser("clean", help="remove sessions, invitations and grants that are over")
    add_data(verb)
    verb.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Clear away what is over, and say how much that was."""
    try:
        with changing(database_of(given)) as session:
            cleared = clear_away(session, datetime.now(UTC))
    except NoDatabase as reason:
        return refused(reason)
    print(
        f"Removed: sessions that are over: {cleared.sessions}; invitations that are over: "
        f"{cleared.invitations}; keys of grants past their last day: {cleared.grants}."
    )
    return 0
