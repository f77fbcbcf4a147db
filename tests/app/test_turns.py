"""Taking turns: one at a time, in the order they came, and nobody waits without end."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import pytest

from app.turns import Busy, Turn


def test_one_writer_has_the_turn_at_a_time_in_the_order_they_came() -> None:
    told: list[str] = []

    async def write(turn: Turn, name: str) -> None:
        async with turn.taken():
            told.append(f"{name} begins")
            for _ in range(3):
                await asyncio.sleep(0)
            told.append(f"{name} ends")

    async def all_at_once() -> None:
        turn = Turn(waiting=10, patience=60)
        await asyncio.gather(*(write(turn, name) for name in "abc"))

    asyncio.run(all_at_once())
    assert told == ["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]


def test_whoever_finds_the_line_full_is_told_at_once() -> None:
    async def three_come() -> tuple[object, ...]:
        turn = Turn(waiting=1, patience=60)
        async with AsyncExitStack() as first:
            await first.enter_async_context(turn.taken())
            second = asyncio.ensure_future(_take(turn))
            await asyncio.sleep(0)
            third = await asyncio.gather(_take(turn), return_exceptions=True)
        return (*third, await second)

    third, second = asyncio.run(three_come())
    assert isinstance(third, Busy)
    assert second == "taken"


def test_nobody_waits_without_end() -> None:
    async def two_come() -> object:
        turn = Turn(waiting=10, patience=0.01)
        async with turn.taken():
            [second] = await asyncio.gather(_take(turn), return_exceptions=True)
        assert await _take(turn) == "taken"
        return second

    assert isinstance(asyncio.run(two_come()), Busy)


def test_those_who_were_told_to_come_again_leave_their_place_in_the_line() -> None:
    async def three_come_one_after_another() -> list[Any]:
        turn = Turn(waiting=1, patience=0.01)
        async with turn.taken():
            told = [(await asyncio.gather(_take(turn), return_exceptions=True))[0] for _ in range(3)]
        return [*told, await _take(turn)]

    *told, last = asyncio.run(three_come_one_after_another())
    assert all(isinstance(each, Busy) for each in told)
    assert last == "taken"


def test_the_turn_is_given_back_after_a_fault() -> None:
    async def one_fails() -> object:
        turn = Turn(waiting=1, patience=60)
        with pytest.raises(ZeroDivisionError):
            async with turn.taken():
                raise ZeroDivisionError
        return await _take(turn)

    assert asyncio.run(one_fails()) == "taken"


def test_whoever_goes_away_while_waiting_keeps_nobody_from_the_turn() -> None:
    async def one_goes() -> object:
        turn = Turn(waiting=1, patience=60)
        async with turn.taken():
            waiting = asyncio.ensure_future(_take(turn))
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
            following = asyncio.ensure_future(_take(turn))
            await asyncio.sleep(0)
        return await following

    assert asyncio.run(one_goes()) == "taken"


async def _take(turn: Turn) -> str:
    async with turn.taken():
        return "taken"
