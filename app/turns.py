"""Taking turns: at writing, and at whatever else would stop a small machine if all did it at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Busy(Exception):
    """Too many people are doing this at once; nothing was written."""


class Turn:
    """So many at a time, waited for without holding a thread, and not without end."""

    def __init__(self, waiting: int, patience: float, places: int = 1) -> None:
        """Let at most `waiting` requests stand in line, each for at most `patience` seconds."""
        self._places = asyncio.Semaphore(places)
        self._waiting = 0
        self._most = waiting
        self._patience = patience

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Hold a place for the length of the block.

        Raises:
            Busy: when the line is full or did not move in time.
        """
        if self._waiting >= self._most:
            raise Busy
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._places.acquire()
        except TimeoutError as late:
            raise Busy from late
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._places.release()
