"""A limit on how often one address, or one account, may be tried with what does not open it."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.vault.addresses import DailyHash


class GuessLimit:
    """Counts wrong receipts, passwords and codes, in memory, for a minute: by address, and by account."""

    def __init__(self, per_minute: int) -> None:
        self._allowed = RateLimitItemPerMinute(per_minute)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._names = DailyHash()

    def reached(self, request: Request, today: date, account: str = "") -> bool:
        """Whether this address, or whoever tries this account, has to wait."""
        return not all(
            self._limiter.test(self._allowed, name) for name in self._named(request, today, account)
        )

    def note_wrong(self, request: Request, today: date, account: str = "") -> None:
        """Count one that was wrong."""
        for name in self._named(request, today, account):
            self._limiter.hit(self._allowed, name)

    def _named(self, request: Request, today: date, account: str) -> list[str]:
        address = request.client.host if request.client else ""
        return [self._names.of(name, today) for name in (address, f"account {account}") if name != "account "]


def get_guess_limit(request: Request) -> GuessLimit:
    """The count of what was wrong."""
    limit: GuessLimit = request.app.state.guess_limit
    return limit


GuessLimitDep = Annotated[GuessLimit, Depends(get_guess_limit)]
