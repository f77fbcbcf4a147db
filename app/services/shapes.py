"""The shape of what is sealed or hashed, which can be looked at without a key: suite, size, nonce."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from app.database import Session
from app.services.flaws import Flaw, key_of, row_name, rows_where, table_of
from app.vault.passwords import SALT_BYTES
from app.vault.rows import NAME_BYTES
from app.vault.sealing import KEY_BYTES, NONCE_BYTES, SUITE, TAG_BYTES, padded_size

OVERHEAD = 1 + NONCE_BYTES + TAG_BYTES
BOX_OVERHEAD = KEY_BYTES + 16
"""What a SealedBox adds: a public key that is used once, and a tag."""

SEALED = (
    "sealed_row.blob",
    "browser_session.sealed",
    "browser_session.about",
    "person.master_by_password",
    "person.master_by_recovery",
    "person.private_key",
    "person.second_factor",
    "organisation.name",
)
"""Sealed under a key: a suite byte, a nonce, and padded text."""

BOXED = ("access_grant.sealed", "membership.sealed")
"""Sealed to somebody's public key."""

FIXED: Mapping[str, int] = MappingProxyType(
    {
        "holder.locator": KEY_BYTES,
        "holder.public_key": KEY_BYTES,
        "commitment.value": KEY_BYTES,
        "sealed_row.name": NAME_BYTES,
        "submission.form": KEY_BYTES,
        "submission.body": KEY_BYTES,
        "browser_session.id": KEY_BYTES,
        "person.salt": SALT_BYTES,
        "person.verifier": KEY_BYTES,
        "invitation.id": KEY_BYTES,
    }
)
"""Hashes, public keys and salts: their size in bytes."""

ENDED = "access_grant.sealed"
"""The keys in a grant whose last day has passed are deleted, and its row is left empty."""


def shape_flaws(session: Session) -> Iterator[Flaw]:
    """Everything whose shape is not that of something that was sealed, or hashed, here."""
    for column in (*SEALED, *BOXED, *FIXED):
        yield from _odd_sizes(session, column)
    yield from _nonces_twice(session)


def _odd_sizes(session: Session, place: str) -> Iterator[Flaw]:
    """Only sizes and first bytes are read, however large a table is."""
    table, column = place.split(".")
    key = key_of(table_of(table))
    statement = (
        f"SELECT typeof({column}), length({column}), substr({column}, 1, 1), {', '.join(key)} "  # noqa: S608 - names of our own
        f"FROM {table} WHERE {column} IS NOT NULL"
    )
    for kind, size, first, *name in session.connection().exec_driver_sql(statement):
        message = "is no bytes" if kind != "blob" else _oddity(place, size, first)
        if message:
            yield Flaw(table, row_name(name), f"{column} {message}")
    if place == ENDED:
        yield from rows_where(
            session,
            table,
            f"length({column}) = 0 AND this.expires_on IS NULL",
            f"{column} is empty, and the grant has no last day",
        )


def _oddity(place: str, size: int, first: bytes) -> str:
    """What is wrong with some bytes, by their size and the first of them; empty when nothing is."""
    if place in FIXED:
        return "" if size == FIXED[place] else f"has {size} bytes, expected {FIXED[place]}"
    if place in BOXED:
        ended = place == ENDED and size == 0
        return "" if ended or size > BOX_OVERHEAD else f"has {size} bytes, too few for something sealed"
    if first != bytes([SUITE]):
        return f"does not begin with suite {SUITE}"
    return "" if _can_be_padded(size - OVERHEAD) else f"has {size} bytes, a size that no padding makes"


def _can_be_padded(size: int) -> bool:
    return size > 0 and padded_size(size - 1) == size


def _nonces_twice(session: Session) -> Iterator[Flaw]:
    """Each row whose nonce another row has too: somebody copied it, or chance failed."""
    nonces = " UNION ALL ".join(
        f"SELECT '{place}', {_name_in_sql(place)}, substr({place}, 2, {NONCE_BYTES}) "  # noqa: S608 - names of our own
        f"FROM {place.split('.')[0]} WHERE length({place}) > {NONCE_BYTES}"
        for place in SEALED
    )
    statement = (
        f"WITH every (place, name, nonce) AS ({nonces}) SELECT place, name FROM every WHERE nonce IN "  # noqa: S608 - names of our own
        "(SELECT nonce FROM every GROUP BY nonce HAVING count(*) > 1) ORDER BY nonce, place, name"
    )
    for place, name in session.connection().exec_driver_sql(statement):
        table, column = place.split(".")
        yield Flaw(table, name, f"{column} has a nonce that occurs twice")


def _name_in_sql(place: str) -> str:
    """As `row_name`, in SQL."""
    table = table_of(place.partition(".")[0])
    return " || '/' || ".join(
        f"CASE typeof({name}) WHEN 'blob' THEN lower(hex({name})) ELSE {name} END" for name in key_of(table)
    )
