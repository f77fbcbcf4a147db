"""A limit on how often something may be tried, or done, from one address or for one account."""

from datetime import date
from typing import Annotated

from fastapi import Request
from limits import RateLimitItem
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.routes.given import InHandler
from app.vault.addresses import DailyHash


class Limit:
    """Counts what happens, in memory, by address and by account."""

    def __init__(self, allowed: RateLimitItem) -> None:
        """Allow so many in so much time."""
        self._allowed = allowed
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._names = DailyHash()

    def reached(self, request: Request, today: date, account: str = "") -> bool:
        """Whether this address, or whoever uses or tries this account, has to wait."""
        return not all(
            self._limiter.test(self._allowed, name) for name in self._named(request, today, account)
        )

    def count(self, request: Request, today: date, account: str = "") -> None:
        """Count one more."""
        for name in self._named(request, today, account):
            self._limiter.hit(self._allowed, name)

    def _named(self, request: Request, today: date, account: str) -> list[str]:
        address = request.client.host if request.client else ""
        return [self._names.of(name, today) for name in (address, f"account {account}") if name != "account "]


def get_guess_limit(request: Request) -> Limit:
    """The count of wrong receipts, passwords and codes."""
    limit: Limit = request.app.state.guess_limit
    return limit


GuessLimitDep = Annotated[Limit, InHandler(get_guess_limit)]
