"""The least that FastAPI can do for a durable save: what Plumbline's saves are measured against.

One upsert of one row for each request, through the same database settings and the same write turn; no
session, no keys, no history, no page.
"""

import argparse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

import uvicorn
from fastapi import Depends, FastAPI, Form, Request
from fastapi.responses import PlainTextResponse
from sqlalchemy import Engine, text

from app.database import open_database
from app.settings import Settings
from app.turns import Turn

TABLE = text(
    "CREATE TABLE IF NOT EXISTS answer (name TEXT PRIMARY KEY, note TEXT NOT NULL, revision INTEGER NOT NULL)"
)
UPSERT = text(
    "INSERT INTO answer VALUES (:name, :note, 1) "
    "ON CONFLICT (name) DO UPDATE SET note = excluded.note, revision = revision + 1 RETURNING revision"
)


def create_bare_app(data: Path) -> FastAPI:
    """An application with one endpoint, its database in this folder."""
    settings = Settings(data=data)
    app = FastAPI(lifespan=_lifespan)
    app.state.engine = open_database(settings.database).execution_options(writes=True)
    app.state.turn = Turn(settings.waiting_writers, settings.patience_seconds)
    app.get("/")(show)
    app.post("/answers/{name}")(save)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    with app.state.engine.begin() as connection:
        connection.execute(TABLE)
    yield
    app.state.engine.dispose()


async def take_turn(request: Request) -> AsyncIterator[None]:
    """The turn to write."""
    async with request.app.state.turn.taken():
        yield


def show() -> PlainTextResponse:
    """Say that it is here."""
    return PlainTextResponse("Here")


def save(
    request: Request,
    name: str,
    note: Annotated[str, Form()],
    _turn: Annotated[None, Depends(take_turn, scope="function")],
) -> PlainTextResponse:
    """Save one text; the reply is its revision."""
    engine: Engine = request.app.state.engine
    with engine.begin() as connection:
        revision = connection.execute(UPSERT, {"name": name, "note": note}).scalar_one()
    return PlainTextResponse(str(revision))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="benchmarks.bare")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True)
    given = parser.parse_args()
    uvicorn.run(
        create_bare_app(given.data),
        port=given.port,
        access_log=False,
        log_level="warning",
        server_header=False,
    )
