"""A limit on how often one address may offer a receipt that does not exist."""

from datetime import date

from fastapi import Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.vault.addresses import DailyHash


class GuessLimit:
    """Counts wrong receipts by address, in memory, for a minute."""

    def __init__(self, per_minute: int) -> None:
        self._allowed = RateLimitItemPerMinute(per_minute)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._names = DailyHash()

    def reached(self, request: Request, today: date) -> bool:
        """Whether this address has to wait."""
        return not self._limiter.test(self._allowed, self._name(request, today))

    def note_wrong(self, request: Request, today: date) -> None:
        """Count one wrong receipt."""
        self._limiter.hit(self._allowed, self._name(request, today))

    def _name(self, request: Request, today: date) -> str:
        return self._names.of(request.client.host if request.client else "", today)
