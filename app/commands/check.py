"""`plumbline check`: whether what is stored is whole, as far as that can be told without any key."""

import argparse

from app.commands.at_the_database import NoDatabase, add_data, database_of, looking, refused
from app.services.integrity import flaws
from app.services.stored_sizes import table_sizes


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb."""
    verb = commands.add_parser("check", help="check all that is stored, without any key")
    add_data(verb)
    verb.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print a line for each thing that is amiss; the exit status is 1 when there is one."""
    found = 0
    try:
        with looking(database_of(given)) as session:
            for flaw in flaws(session):
                print(flaw)
                found += 1
            if not found:
                sizes = table_sizes(session)
                print(f"{sum(one.rows for one in sizes)} rows in {len(sizes)} tables: nothing is amiss.")
    except NoDatabase as reason:
        return refused(reason)
    return 1 if found else 0
