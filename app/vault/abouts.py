"""What a session says of itself to its own holder: which browser it is, and when it began.

Sealed with what follows from the holder's private key: each of their sessions can read it, and whoever has
the database can neither read it nor make one up.
"""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from app.vault.holders import KeyHolder
from app.vault.sealing import keyed_hash, seal_data, unseal_data

LABEL = "session.about"


@dataclass(frozen=True)
class Browser:
    """A browser and its system, each by a name of ours; empty where it is none that we know."""

    name: str = ""
    system: str = ""


UNKNOWN = Browser()


@dataclass(frozen=True)
class About:
    """Which browser a session is in, and when it began."""

    began: datetime
    browser: Browser


def sealed_about(holder: KeyHolder, session_id: bytes, about: About) -> bytes:
    """What a session says of itself, bound to its row."""
    data = {"began": about.began.isoformat(), **asdict(about.browser)}
    return seal_data(_key(holder), data, LABEL, session_id, holder.id)


def opened_about(holder: KeyHolder, session_id: bytes, blob: bytes) -> About:
    """What `sealed_about` made.

    Raises:
        DoesNotOpen: when it was altered, or is another session's.
    """
    data = unseal_data(_key(holder), blob, LABEL, session_id, holder.id)
    began = datetime.fromisoformat(data.pop("began")).astimezone(UTC)
    return About(began, Browser(**data))


def _key(holder: KeyHolder) -> bytes:
    return keyed_hash(holder.private_key, LABEL)
