"""Handlers: what they ask for is worked out in their own thread, and what they wrote is committed there."""

from collections.abc import Callable, Iterator
from inspect import iscoroutinefunction, signature
from threading import get_ident
from typing import Annotated, Any, get_type_hints

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse
from fastapi.routing import APIRoute, iter_route_contexts

from app.routes.given import Ahead, InHandler
from app.routes.handling import Route
from app.routes.visits import VisitDep
from tests.conftest import Browser

Running = Callable[[Callable[..., Any]], Browser]


@pytest.fixture
def running(app: FastAPI, open_browser: Callable[[], Browser]) -> Running:
    """Puts a handler at `/in/{number}` of the running application."""

    def run(handler: Callable[..., Any]) -> Browser:
        app.router.add_api_route("/in/{number}", handler, methods=["GET", "POST"], route_class_override=Route)
        return open_browser()

    return run


def test_every_handler_of_the_application_commits_what_it_wrote(app: FastAPI) -> None:
    routes = [context.original_route for context in iter_route_contexts(app.routes)]
    handlers = [route for route in routes if isinstance(route, APIRoute)]
    assert handlers
    assert [route.path for route in handlers if not isinstance(route, Route)] == []


def test_every_handler_asks_in_a_way_in_which_it_can_be_given(app: FastAPI) -> None:
    """Coroutines are ahead, and only they: a password stretched in a handler would hold up all who write."""
    routes = [context.original_route for context in iter_route_contexts(app.routes)]
    for route in [one for one in routes if isinstance(one, Route)]:
        for by, name, hint, default in asked_of(route.call.function):
            marker = marker_of(hint)
            if marker is not None:
                assert isinstance(marker, Ahead) == iscoroutinefunction(marker.work), (route.path, name)
                assert isinstance(marker, Ahead) or not iscoroutinefunction(by), (route.path, name)
            elif hint is not Request:
                assert hint is str, (route.path, name)
                assert default == "" or f"{{{name}}}" in route.path, (route.path, name)


def marker_of(hint: Any) -> Ahead | InHandler | None:
    return next(
        (one for one in getattr(hint, "__metadata__", ()) if isinstance(one, Ahead | InHandler)), None
    )


def asked_of(function: Callable[..., Any]) -> Iterator[tuple[Callable[..., Any], str, Any, Any]]:
    """What a handler asks for, and what is asked for to work that out: by whom, name, hint and default."""
    hints = get_type_hints(function, include_extras=True)
    for name, parameter in signature(function).parameters.items():
        yield function, name, hints[name], parameter.default
        if marker := marker_of(hints[name]):
            yield from asked_of(marker.work)


def test_what_a_handler_asks_for_is_worked_out_once_in_its_thread_and_given_to_all_that_ask(
    running: Running,
) -> None:
    worked_in: list[int] = []

    def find_number(number: str) -> int:
        worked_in.append(get_ident())
        return int(number) + 1

    def find_double(found: Annotated[int, InHandler(find_number)]) -> int:
        return 2 * found

    def handle(
        found: Annotated[int, InHandler(find_number)], double: Annotated[int, InHandler(find_double)]
    ) -> Response:
        worked_in.append(get_ident())
        return PlainTextResponse(f"{found} {double}")

    assert running(handle).get("/in/1").text == "2 4"
    finding, handling = worked_in
    assert finding == handling


def test_what_may_take_long_is_worked_out_once_and_before_a_request_takes_its_turn_to_write(
    running: Running,
) -> None:
    worked_out: list[str] = []

    async def takes_turns(request: Request, number: str) -> str:
        async with request.app.state.write_turn.taken():
            worked_out.append(number)
        return number

    async def spell(number: Annotated[str, Ahead(takes_turns)]) -> str:
        return f"number {number}"

    def handle(
        visit: VisitDep,
        spelled: Annotated[str, Ahead(spell)],
        number: Annotated[str, Ahead(takes_turns)],
    ) -> Response:
        visit.session.ask("SELECT 1")
        return PlainTextResponse(f"{spelled} is {number}")

    assert running(handle).post("/in/1", {}).text == "number 1 is 1"
    assert worked_out == ["1"]


def test_a_text_is_a_part_of_the_path_or_with_a_default_of_the_query(running: Running) -> None:
    def handle(number: str, done: str = "not yet") -> Response:
        return PlainTextResponse(f"{number} {done}")

    browser = running(handle)
    assert browser.get("/in/1").text == "1 not yet"
    assert browser.get("/in/1?done=yes&number=2").text == "1 yes"
