"""How a handler runs: what opens the database, the handler itself and the commit, all in one thread.

FastAPI would send each plain dependency to a thread of its own, and the way there and back takes longer than
most of what is done there.
"""

from collections.abc import Callable, Coroutine, Mapping
from contextvars import ContextVar
from functools import cached_property, wraps
from typing import Any, Generic, TypeVar

from fastapi.routing import APIRoute

from app.database import Session

T = TypeVar("T")

written: ContextVar[Session | None] = ContextVar("written", default=None)
"""The session that this request writes in, if it writes."""


class Later(Generic[T]):
    """What a dependency gives once the handler's thread asks for it: worked out then, and once."""

    def __init__(self, work: Callable[..., T], given: Mapping[str, Any]) -> None:
        """Put off some work, with the arguments that it is given."""
        self._work = work
        self._given = given

    @cached_property
    def value(self) -> T:
        """What it gives."""
        return self._work(**_worked_out(self._given))


def in_handler(dependency: Callable[..., T]) -> Callable[..., Coroutine[Any, Any, Later[T]]]:
    """Let a dependency do its work in the thread of the handler that asks for it."""

    @wraps(dependency)
    async def put_off(**given: Any) -> Later[T]:
        return Later(dependency, given)

    return put_off


class Route(APIRoute):
    """A route whose handler gets what was put off for it, and commits what it wrote."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **kwargs: Any) -> None:
        """Add a handler at a path."""
        super().__init__(path, _in_one_thread(endpoint), **kwargs)


def _in_one_thread(handler: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(handler)
    def handle(**given: Any) -> Any:
        answer = handler(**_worked_out(given))
        session = written.get()
        if session is not None:
            session.commit()
        return answer

    return handle


def _worked_out(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one.value if isinstance(one, Later) else one for name, one in given.items()}
