"""The sessions of one holder, as one of them sees the others."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import delete
from sqlmodel import col, select

from app.database import Session
from app.tables import BrowserSession
from app.vault.abouts import About, opened_about
from app.vault.holders import KeyHolder
from app.vault.sealing import DoesNotOpen
from app.vault.sessions import ABSOLUTE, SignedIn


@dataclass(frozen=True)
class OwnSession:
    """A session of whoever asks. `about` is None where what it says of itself does not open."""

    id: bytes = field(repr=False)
    about: About | None
    here: bool


def own_sessions(session: Session, signed_in: SignedIn, now: datetime) -> list[OwnSession]:
    """The sessions that may be alive, unless idle for too long: this one first, then the newest."""
    rows = session.execute(
        select(BrowserSession.id, BrowserSession.about).where(
            BrowserSession.holder_id == signed_in.holder.id,
            BrowserSession.expires_on >= now.astimezone(UTC).date(),
        )
    ).all()
    found = [OwnSession(id_, _about(signed_in.holder, id_, blob), id_ == signed_in.id) for id_, blob in rows]
    alive = [one for one in found if one.about is None or now - one.about.began < ABSOLUTE]
    return sorted(alive, key=lambda one: (not one.here, -_began(one), one.id))


def end_session(session: Session, holder_id: str, session_id: bytes) -> None:
    """End one session of a holder; nothing happens where it has ended, or is not theirs."""
    session.execute(
        delete(BrowserSession).where(
            col(BrowserSession.id) == session_id, col(BrowserSession.holder_id) == holder_id
        )
    )


def _about(holder: KeyHolder, session_id: bytes, blob: bytes | None) -> About | None:
    # One that was altered is shown all the same: it has to be possible to end it.
    with suppress(DoesNotOpen):
        return opened_about(holder, session_id, blob) if blob is not None else None
    return None


def _began(one: OwnSession) -> float:
    return one.about.began.timestamp() if one.about else 0
