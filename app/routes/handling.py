"""How a handler runs: what opens the database, the handler itself and the commit, all in one thread.

FastAPI would send each plain dependency to a thread of its own, and go through the whole tree of them on each
request, through what two of them share twice. Both take longer than most of what is done there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial, wraps
from inspect import Parameter, Signature, signature
from typing import Any, get_type_hints

from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute

from app.routes.visits import Visit


@dataclass(frozen=True)
class InHandler:
    """Marks an argument that is worked out in the handler's thread, by a function, once in a request.

    What that function asks for is given to it like a handler's own arguments.
    """

    work: Callable[..., Any]


class Call:
    """A function, and where its arguments come from: from FastAPI, or from what is worked out before."""

    def __init__(self, function: Callable[..., Any]) -> None:
        """Look at what it asks for."""
        self.function = function
        hints = get_type_hints(function, include_extras=True)
        self._asked = {
            name: parameter.replace(annotation=hints[name], kind=Parameter.KEYWORD_ONLY)
            for name, parameter in signature(function).parameters.items()
        }
        self._worked = {
            name: Call(marker.work)
            for name in self._asked
            for marker in getattr(hints[name], "__metadata__", ())
            if isinstance(marker, InHandler)
        }

    def given(self) -> Iterator[tuple[str, Parameter]]:
        """What FastAPI has to give, in the order in which it is asked for."""
        for name, parameter in self._asked.items():
            if name in self._worked:
                yield from self._worked[name].given()
            else:
                yield name, parameter

    def run(self, given: dict[str, Any], done: dict[Callable[..., Any], Any]) -> Any:
        """Run it with what FastAPI gave. `done` is what was worked out already, by the function that did."""
        asked = {
            name: self._worked[name]._once(given, done) if name in self._worked else given[name]
            for name in self._asked
        }
        return self.function(**asked)

    def _once(self, given: dict[str, Any], done: dict[Callable[..., Any], Any]) -> Any:
        if self.function not in done:
            done[self.function] = self.run(given, done)
        return done[self.function]


class Route(APIRoute):
    """A route whose handler waits for its turn, gets what is worked out for it, and commits what it wrote."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **kwargs: Any) -> None:
        """Add a handler at a path."""
        super().__init__(path, _in_one_thread(endpoint), **kwargs)


def _in_one_thread(handler: Callable[..., Any]) -> Callable[..., Any]:
    call = Call(handler)

    @wraps(handler)
    async def handle(**given: Any) -> Any:
        work = partial(call.run, given, {})
        visit = next((one for one in given.values() if isinstance(one, Visit)), None)
        if visit is None:
            return await run_in_threadpool(work)
        # The turn is waited for without holding a thread.
        async with visit.turn():
            return await run_in_threadpool(visit.answer, work)

    # This is what FastAPI looks at.
    vars(handle)["__signature__"] = Signature(list(dict(call.given()).values()))
    return handle
