"""Addresses are counted, never kept: each is hashed with a key that lives for a day, in memory only."""

from datetime import date

from app.vault.sealing import keyed_hash, random_key


class DailyHash:
    """Names addresses so that they can be counted during one day, and not recognised on the next."""

    def __init__(self) -> None:
        self._day = date.min
        self._key = b""

    def of(self, address: str, today: date) -> str:
        """The day's name for an address."""
        if today != self._day:
            # The key first: another thread that finds the day to be today's must find its key too.
            self._key, self._day = random_key(), today
        return keyed_hash(self._key, "rate.address", address.encode(), size=16).hex()
