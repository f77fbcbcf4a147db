"""`plumbline storage`: how much room everything takes."""

import argparse
from pathlib import Path

from app.commands.at_the_database import NoDatabase, add_data, database_of, looking, refused
from app.commands.columns import in_columns
from app.services.stored_sizes import assessments_by_rows, table_sizes


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb."""
    verb = commands.add_parser("storage", help="how much room the database takes, and what in it")
    add_data(verb)
    verb.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print the sizes of the files and tables, and how many assessments there are of which size."""
    try:
        path = database_of(given)
        with looking(path) as session:
            files = [path.name, _size(path)], [f"{path.name}-wal", _size(Path(f"{path}-wal"))]
            tables, groups = table_sizes(session), assessments_by_rows(session)
    except NoDatabase as reason:
        return refused(reason)
    print(in_columns([["file", "bytes"], *files]))
    rows = [[one.table, str(one.rows), str(one.bytes)] for one in tables]
    print("\n" + in_columns([["table", "rows", "bytes of content"], *rows]))
    counted = [[rows, str(number)] for rows, number in groups.items()]
    print("\n" + in_columns([["sealed rows", "assessments"], *counted]))
    return 0


def _size(path: Path) -> str:
    return str(path.stat().st_size if path.exists() else 0)
