"""What a handler is given: what it may ask for, and where each of it comes from.

FastAPI would send each plain dependency to a thread of its own, and go through the whole tree of them on each
request, through what two of them share twice. Both take longer than most of what is done there.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from inspect import Parameter, signature
from typing import Any, get_type_hints

from fastapi import Request

Done = dict[Callable[..., Any], Any]
"""What was worked out already in a request, by the function that did."""

Source = Callable[[Request, Done], Any]


@dataclass(frozen=True)
class InHandler:
    """Marks an argument that is worked out in the handler's thread, by a function, once in a request.

    What that function asks for is given to it like a handler's own arguments.
    """

    work: Callable[..., Any]


@dataclass(frozen=True)
class Ahead:
    """Marks an argument that is worked out by a coroutine, once in a request, before its turn is waited for.

    It holds no thread, and may take long. It may ask for what is worked out ahead of it in the same way.
    """

    work: Callable[..., Coroutine[Any, Any, Any]]


class Call:
    """A function, and where its arguments come from.

    One that is not marked is the request itself, or else a text: with a default it is taken from the query,
    without one it is a part of the path.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        """Look at what it asks for."""
        self.function = function
        self._ahead: dict[Callable[..., Any], Call] = {}
        hints = get_type_hints(function, include_extras=True)
        self._sources = {
            name: self._source(parameter, hints[name])
            for name, parameter in signature(function).parameters.items()
        }

    @property
    def ahead(self) -> list[Callable[..., Any]]:
        """The coroutines that are worked out before it runs, in their order."""
        return list(self._ahead)

    async def work_ahead(self, request: Request, done: Done) -> None:
        """Work out all that it needs to be there before it runs."""
        for function, call in self._ahead.items():
            done[function] = await call.run(request, done)

    def run(self, request: Request, done: Done) -> Any:
        """Run it with what it asks for, which is worked out unless that was done."""
        return self.function(**{name: source(request, done) for name, source in self._sources.items()})

    def _source(self, parameter: Parameter, hint: Any) -> Source:
        if hint is Request:
            return lambda request, _done: request
        for marker in getattr(hint, "__metadata__", ()):
            if isinstance(marker, InHandler | Ahead):
                asked = Call(marker.work)
                self._ahead |= asked._ahead
                if isinstance(marker, Ahead):
                    self._ahead.setdefault(marker.work, asked)
                return asked._once
        return _text(parameter)

    def _once(self, request: Request, done: Done) -> Any:
        if self.function not in done:
            done[self.function] = self.run(request, done)
        return done[self.function]


def _text(parameter: Parameter) -> Source:
    name, default = parameter.name, parameter.default
    if default is Parameter.empty:
        return lambda request, _done: request.path_params[name]
    return lambda request, _done: request.query_params.get(name, default)
