"""The command line: `plumbline serve`, and what app.commands adds."""

import argparse
import gc
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from app.commands import check, clean, explain, packs, people, score, storage
from app.settings import Settings
from standards.faults import PackError


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status."""
    parser = argparse.ArgumentParser(
        prog="plumbline", description="A confidential self-assessment for child safeguarding."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serve_command = commands.add_parser("serve", help="start the server on this machine")
    serve_command.add_argument("--port", type=int, default=8000, help="the port to listen on (default: 8000)")
    serve_command.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (default: this machine only)"
    )
    serve_command.add_argument(
        "--data", type=Path, help="the folder that holds the database (default: PLUMBLINE_DATA)"
    )
    serve_command.set_defaults(run=lambda given: serve(given.host, given.port, given.data))
    messages_command = commands.add_parser(
        "messages", help="write the template of the product's texts to be translated"
    )
    messages_command.add_argument(
        "--check", action="store_true", help="only say whether the template is up to date"
    )
    messages_command.set_defaults(run=lambda given: messages(check=given.check))
    for noun in (packs, score, explain, people, storage, check, clean):
        noun.add_to(commands)
    given = parser.parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = given.run
    try:
        return run(given)
    except (ValidationError, PackError) as fault:
        print(f"Plumbline cannot start.\n{_in_words(fault)}", file=sys.stderr)
        return 2


def serve(host: str, port: int, data: Path | None) -> int:
    """Serve until interrupted."""
    with _nothing_to_collect():
        import uvicorn

        from app.main import create_app

        logging.basicConfig(
            format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO, stream=sys.stderr
        )
        # It lists its own parts, which says nothing to whoever starts this.
        logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)
        settings = Settings() if data is None else Settings(data=data)
        app = create_app(settings)
    shown = f"[{host}]" if ":" in host else host
    print(f"Plumbline: http://{shown}:{port}/   data in {settings.data.resolve()}", flush=True)
    # Its own log would name people's addresses and the pages they look at.
    uvicorn.run(
        app,
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
    )
    return 0


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """For the start: what is read then stays, and to look through it for what can go takes its time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _in_words(fault: ValidationError | PackError) -> str:
    """A line for each setting, or each place in a pack, that is not as it should be."""
    if isinstance(fault, PackError):
        return str(fault)
    return "\n".join(f"PLUMBLINE_{str(one['loc'][0]).upper()}: {one['msg']}" for one in fault.errors())


def messages(check: bool) -> int:
    """Write, or check, the template of the product's texts."""
    from app.messages import TEMPLATE, is_up_to_date, write_template

    if not check:
        write_template()
        return 0
    if is_up_to_date():
        return 0
    print(f"{TEMPLATE.name} is not up to date; run: plumbline messages", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
