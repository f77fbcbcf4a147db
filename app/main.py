"""The application: everything put together."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from limits import RateLimitItemPerHour, RateLimitItemPerMinute

from app import database
from app.errors import LastResort, add_error_pages
from app.guards import CrossOrigin, PlainHttp, RequestLog, SecurityHeaders
from app.pages import STATIC
from app.routes import (
    account,
    accounts,
    agreeing,
    answers,
    assessments,
    assigned,
    care,
    changes,
    choosing,
    claiming,
    export,
    frameworks,
    home,
    invitations,
    leaving,
    mailing,
    moving,
    organisations,
    own_sessions,
    plan,
    portfolio,
    profile,
    ratings,
    receipts,
    released,
    report,
    reviews,
    rounds,
    second_factor,
    sections,
    sharing,
    sheets,
    talk,
    targets,
    through,
    upgrades,
)
from app.routes.limiting import Limit
from app.routes.starting import RecentStarts
from app.routes.stretching import Stretching
from app.services.mailing import Mailing
from app.services.packs import Library
from app.settings import Settings
from app.turns import Turn
from app.vault.grants import empty_ended
from app.vault.sessions import clear_expired

log = logging.getLogger("plumbline")


def create_app(
    settings: Settings | None = None, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> FastAPI:
    """The application for these settings. `clock` tells the time, in any time zone."""
    settings = settings or Settings()
    app = FastAPI(title="Plumbline", openapi_url=None, lifespan=_lifespan)
    app.state.settings = settings
    app.state.clock = clock
    app.state.library = Library.installed(settings.packs)
    for fault in app.state.library.left_out:
        log.warning("A pack is left out: %s", fault)
    for fault in app.state.library.left_out_translations:
        log.warning("A translation is left out: %s", fault)
    app.state.guess_limit = Limit(RateLimitItemPerMinute(settings.receipts_per_minute))
    app.state.mail_limit = Limit(RateLimitItemPerHour(settings.mails_per_hour))
    app.state.mailing = Mailing(settings)
    app.state.recent_starts = RecentStarts()
    app.state.stretching = Stretching(settings)
    app.state.write_turn = Turn(settings.waiting_writers, settings.patience_seconds)
    # Routes are tried in order: saving comes first, then what people look at most. They stand in one list: a
    # router within another asks, on each request, what the outer one adds to its routes, which is nothing.
    for module in (
        sections,
        assessments,
        answers,
        report,
        plan,
        talk,
        profile,
        assigned,
        home,
        receipts,
        frameworks,
        choosing,
        targets,
        through,
        export,
        accounts,
        account,
        second_factor,
        own_sessions,
        leaving,
        moving,
        organisations,
        claiming,
        mailing,
        invitations,
        sharing,
        portfolio,
        reviews,
        released,
        rounds,
        upgrades,
        changes,
        sheets,
        agreeing,
        ratings,
        care,
    ):
        app.router.routes.extend(module.router.routes)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    add_error_pages(app)
    app.add_middleware(CrossOrigin)
    app.add_middleware(PlainHttp, proxies=settings.proxies)
    app.add_middleware(LastResort)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(RequestLog)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    engine = database.open_database(app.state.settings.database)
    database.migrate(engine)
    with database.writing(engine) as session:
        now = app.state.clock()
        clear_expired(session, now)
        empty_ended(session, now.astimezone(UTC).date())
        session.commit()
    # Had the power failed right after something was deleted, it would still lie in the log.
    database.forget_deleted(engine)
    app.state.engine = engine
    yield
    engine.dispose()
