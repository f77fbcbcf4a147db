"""Handlers: what they ask for is worked out in their own thread, and what they wrote is committed there."""

from threading import get_ident
from typing import Annotated

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from fastapi.testclient import TestClient

from app.routes.handling import Call, InHandler, Route


def test_every_handler_of_the_application_commits_what_it_wrote(app: FastAPI) -> None:
    routes = [context.original_route for context in iter_route_contexts(app.routes)]
    handlers = [route for route in routes if isinstance(route, APIRoute)]
    assert handlers
    assert [route.path for route in handlers if not isinstance(route, Route)] == []


def test_what_a_handler_asks_for_is_worked_out_once_in_its_thread_and_given_to_all_that_ask() -> None:
    worked_in: list[int] = []

    def find_number(number: int) -> int:
        worked_in.append(get_ident())
        return number + 1

    def find_double(found: Annotated[int, InHandler(find_number)]) -> int:
        return 2 * found

    def handle(
        found: Annotated[int, InHandler(find_number)], double: Annotated[int, InHandler(find_double)]
    ) -> list[int]:
        worked_in.append(get_ident())
        return [found, double]

    app = FastAPI()
    app.router.add_api_route("/{number}", handle, route_class_override=Route)
    with TestClient(app) as browser:
        assert browser.get("/1").json() == [2, 4]
    finding, handling = worked_in
    assert finding == handling


def test_what_fastapi_gives_comes_in_the_order_in_which_a_handler_names_it() -> None:
    def open_visit(turn: str) -> str:
        return turn

    def handle(password: str, visit: Annotated[str, InHandler(open_visit)], form: str) -> None:
        raise AssertionError(password, visit, form)

    assert [name for name, _parameter in Call(handle).given()] == ["password", "turn", "form"]
