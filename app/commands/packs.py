"""`plumbline packs`: what people need who write packs."""

import argparse
from collections.abc import Callable

from app.commands import checking, editions, importing, messages, releasing, schemas

Adder = Callable[["argparse._SubParsersAction[argparse.ArgumentParser]"], None]

VERBS: tuple[Adder, ...] = (
    checking.add_to,
    editions.add_to,
    releasing.add_to,
    importing.add_to,
    schemas.add_to,
    messages.add_to,
)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun and its verbs."""
    noun = commands.add_parser("packs", help="check, copy and release packs, for people who write them")
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    for add_verb_to in VERBS:
        add_verb_to(verbs)
