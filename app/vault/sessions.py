"""Signed-in browsers: the cookie opens the row, and the row holds the holder's private key, sealed."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import col

from app.database import Session, changed_rows
from app.tables import BrowserSession
from app.vault.abouts import UNKNOWN, About, Browser, sealed_about
from app.vault.holders import KeyHolder
from app.vault.sealing import KEY_BYTES, DoesNotOpen, keyed_hash, random_key, seal_data, unseal_data

IDLE = timedelta(minutes=60)
ABSOLUTE = timedelta(hours=12)
TOUCH_AFTER = timedelta(minutes=1)

# Every page asks this, so it is plain text: to put a statement together takes longer than to run it.
_FIND = (
    "SELECT holder.id, holder.public_key, browser_session.revision, browser_session.sealed, "
    "EXISTS (SELECT 1 FROM membership WHERE membership.member_id = holder.id) "
    "FROM browser_session JOIN holder ON holder.id = browser_session.holder_id WHERE browser_session.id = ?"
)


@dataclass(frozen=True)
class SignedIn:
    """A browser whose session is alive.

    `unkept_code` is a new receipt or recovery code, until it is said to be kept. `account` says that the
    holder is a person with an account, and not a receipt; `second_factor`, that it asks for a code too;
    `belongs`, that the holder belonged to an organisation as it was found.
    """

    id: bytes = field(repr=False)
    token: bytes = field(repr=False)
    holder: KeyHolder
    revision: int
    began: datetime
    seen: datetime
    unkept_code: str | None = field(default=None, repr=False)
    account: bool = False
    second_factor: bool = False
    belongs: bool = False


def sign_in(
    session: Session,
    holder: KeyHolder,
    now: datetime,
    unkept_code: str | None = None,
    *,
    account: bool = False,
    second_factor: bool = False,
    browser: Browser = UNKNOWN,
) -> SignedIn:
    """Begin a session under a cookie that nobody has had before, and clear away those that are over."""
    clear_expired(session, now)
    token = random_key()
    id_ = _row_id(token)
    signed_in = SignedIn(id_, token, holder, 1, now, now, unkept_code, account, second_factor)
    session.add(
        BrowserSession(
            id=id_,
            holder_id=holder.id,
            revision=1,
            sealed=_seal(signed_in),
            expires_on=(now + ABSOLUTE).date(),
            about=sealed_about(holder, id_, About(now, browser)),
        )
    )
    session.flush()
    return signed_in


def find_signed_in(session: Session, cookie: str, now: datetime) -> SignedIn | None:
    """The session that a cookie belongs to, or None when it is unknown, idle for too long, or too old."""
    token = _token(cookie)
    if token is None:
        return None
    id_ = _row_id(token)
    rows = session.ask(_FIND, (id_,))
    if not rows:
        return None
    [(holder_id, public_key, revision, sealed, belongs)] = rows
    try:
        data = unseal_data(_session_key(token), sealed, "session", id_, holder_id, revision)
    except DoesNotOpen:
        return None
    signed_in = SignedIn(
        id=id_,
        token=token,
        holder=KeyHolder(holder_id, bytes.fromhex(data["private_key"]), public_key),
        revision=revision,
        began=_moment(data["began"]),
        seen=_moment(data["seen"]),
        unkept_code=data["unkept_code"],
        account=data["account"] > 0,
        second_factor=data["account"] > 1,
        belongs=bool(belongs),
    )
    alive = now - signed_in.seen < IDLE and now - signed_in.began < ABSOLUTE
    return signed_in if alive else None


def touch(session: Session, signed_in: SignedIn, now: datetime) -> SignedIn:
    """Note that the browser was here. Where another request has just done so, that is as good."""
    return _rewrite(session, signed_in, replace(signed_in, seen=now, revision=signed_in.revision + 1))


def show_code(session: Session, signed_in: SignedIn, code: str) -> SignedIn:
    """Keep a new code in the session, in the place of an earlier one, until it is said to be kept."""
    return _rewrite(session, signed_in, replace(signed_in, unkept_code=code, revision=signed_in.revision + 1))


def forget_code(session: Session, signed_in: SignedIn) -> SignedIn:
    """Drop the new code from the session: the person has said that it is kept."""
    return _rewrite(session, signed_in, replace(signed_in, unkept_code=None, revision=signed_in.revision + 1))


def sign_out(session: Session, signed_in: SignedIn) -> None:
    """End a session; its cookie opens nothing any more."""
    session.execute(delete(BrowserSession).where(col(BrowserSession.id) == signed_in.id))


def sign_out_everywhere(session: Session, holder_id: str, but: SignedIn | None = None) -> int:
    """End every session of a holder, but one if it is named; how many there were."""
    ended = delete(BrowserSession).where(col(BrowserSession.holder_id) == holder_id)
    if but is not None:
        ended = ended.where(col(BrowserSession.id) != but.id)
    return changed_rows(session, ended)


def clear_expired(session: Session, now: datetime) -> int:
    """Remove the sessions whose last day, in UTC, has passed; how many there were."""
    today = now.astimezone(UTC).date()
    return changed_rows(session, delete(BrowserSession).where(col(BrowserSession.expires_on) < today))


def cookie_value(signed_in: SignedIn) -> str:
    """What the browser keeps."""
    return signed_in.token.hex()


def _rewrite(session: Session, before: SignedIn, after: SignedIn) -> SignedIn:
    session.execute(
        update(BrowserSession)
        .where(col(BrowserSession.id) == before.id, col(BrowserSession.revision) == before.revision)
        .values(revision=after.revision, sealed=_seal(after))
        .execution_options(synchronize_session=False)
    )
    return after


def _seal(signed_in: SignedIn) -> bytes:
    data = {
        "private_key": signed_in.holder.private_key.hex(),
        "began": signed_in.began.isoformat(),
        "seen": signed_in.seen.isoformat(),
        "unkept_code": signed_in.unkept_code,
        # One figure for both, so that no session is larger than another: none, an account, one with a code.
        "account": signed_in.account + (signed_in.account and signed_in.second_factor),
    }
    key = _session_key(signed_in.token)
    return seal_data(key, data, "session", signed_in.id, signed_in.holder.id, signed_in.revision)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _token(cookie: str) -> bytes | None:
    try:
        token = bytes.fromhex(cookie)
    except ValueError:
        return None
    return token if len(token) == KEY_BYTES else None


def _row_id(token: bytes) -> bytes:
    return keyed_hash(token, "session.find")


def _session_key(token: bytes) -> bytes:
    return keyed_hash(token, "session.key")
