"""Handlers: what was put off is worked out in their own thread, and what they wrote is committed there."""

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from app.routes.handling import Later, Route


def test_every_handler_of_the_application_commits_what_it_wrote(app: FastAPI) -> None:
    routes = [context.original_route for context in iter_route_contexts(app.routes)]
    handlers = [route for route in routes if isinstance(route, APIRoute)]
    assert handlers
    assert [route.path for route in handlers if not isinstance(route, Route)] == []


def test_what_was_put_off_is_worked_out_once_and_not_before_it_is_asked_for() -> None:
    asked: list[int] = []

    def count(number: int) -> int:
        asked.append(number)
        return number + 1

    one = Later(count, {"number": 1})
    both = Later(lambda first, second: (first, second), {"first": one, "second": one})
    assert asked == []
    assert both.value == (2, 2)
    assert asked == [1]
