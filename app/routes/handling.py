"""How a handler runs: what opens the database, the handler itself and the commit, all in one thread."""

from collections.abc import Callable, Coroutine
from functools import partial, wraps
from inspect import Signature
from typing import Any

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from starlette.routing import request_response

from app.routes.given import Call, Done
from app.routes.visits import Visit


class Route(APIRoute):
    """A route whose handler waits for its turn, gets what it asks for, and commits what it wrote."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **kwargs: Any) -> None:
        """Add a handler at a path."""
        self.call = Call(endpoint)
        super().__init__(path, _asking_for_nothing(endpoint), **kwargs)
        # FastAPI's own looks after its dependencies around this, and there are none.
        self.app = request_response(self.get_route_handler())

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request, in the place of what FastAPI would do."""
        return partial(_answer, self.call)


async def _answer(call: Call, request: Request) -> Response:
    done: Done = {}
    await call.work_ahead(request, done)
    work = partial(call.run, request, done)
    visit = next((one for one in done.values() if isinstance(one, Visit)), None)
    if visit is None:
        return await run_in_threadpool(work)
    # The turn is waited for without holding a thread.
    async with visit.turn():
        return await run_in_threadpool(visit.answer, work)


def _asking_for_nothing(handler: Callable[..., Any]) -> Callable[..., Any]:
    """What FastAPI is to see of a handler: it has nothing to work out for it."""

    @wraps(handler)
    def seen(*args: Any, **kwargs: Any) -> Any:
        return handler(*args, **kwargs)

    vars(seen)["__signature__"] = Signature()
    return seen
