"""The clients save for good and notice when nothing was saved; the figures are what they are called."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import scoring_alone
from benchmarks.client import Unexpected
from benchmarks.people import QUESTIONS, Caller, FocalPoint
from benchmarks.servers import BARE, PLUMBLINE, Server
from benchmarks.timing import UNCOUNTED, Times, in_turns, timed


@pytest.fixture(scope="module")
def plumbline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(PLUMBLINE, tmp_path_factory.mktemp("plumbline")) as running:
        yield running


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(BARE, tmp_path_factory.mktemp("bare")) as running:
        yield running


def test_a_focal_point_answers_everything_and_then_changes_the_first_answer_again(plumbline: Server) -> None:
    person = FocalPoint(plumbline.port)
    person.answer_everything()
    with person.connect() as connection:
        person.save(connection)
        page = connection.get(f"{person.home}/answers").expect(200).body.decode()
    assert f"({len(QUESTIONS)})" in page  # the note of the save after all the others
    assert "(0)" not in page


def test_a_focal_point_notices_a_save_that_was_none(plumbline: Server) -> None:
    person, other_window = FocalPoint(plumbline.port), FocalPoint(plumbline.port)
    person.answer_everything()
    with person.connect() as connection:
        person.save(connection)
        other_window.home = person.home
        with pytest.raises(Unexpected):
            other_window.save(connection)


def test_a_caller_notices_a_save_that_was_none(bare: Server) -> None:
    caller, other = Caller(bare.port, "one"), Caller(bare.port, "one")
    with caller.connect() as connection:
        caller.save(connection)
        with pytest.raises(Unexpected):
            other.save(connection)


def test_a_server_has_ended_when_its_block_is_left(tmp_path: Path) -> None:
    with Server(BARE, tmp_path) as running:
        caller = Caller(running.port, "one")
    with pytest.raises(ConnectionError):
        caller.connect()


@pytest.mark.parametrize(
    ("milliseconds", "median", "p99"),
    [([5], 5, 5), ([1, 2, 9], 2, 9), ([*range(1, 101)], 50.5, 99), ([1] * 199 + [70], 1, 1)],
)
def test_the_median_and_the_99th_percentile_by_nearest_rank(
    milliseconds: list[int], median: float, p99: float
) -> None:
    times = Times.of([one / 1000 for one in milliseconds], elapsed=2)
    assert (times.per_second, times.median, times.p99) == pytest.approx((len(milliseconds) / 2, median, p99))


def test_of_several_rounds_each_figure_is_the_median() -> None:
    rounds = [Times(100, 4, 9), Times(300, 2, 7), Times(200, 3, 50)]
    assert Times.over(rounds) == Times(200, 3, 9)


def test_a_thing_is_done_at_most_as_often_as_said_and_once_at_least() -> None:
    done: list[int] = []
    timed([lambda: done.append(1)], seconds=60, most=3)
    timed([lambda: done.append(2)], seconds=0)
    assert done == [1, 1, 1, 2]


@pytest.mark.parametrize("wanted", [53, 60, 1000])
def test_an_enlarged_edition_has_as_many_indicators_as_were_asked_for_each_with_a_question(
    wanted: int,
) -> None:
    framework, questionnaire = scoring_alone.enlarged(wanted)
    assert len(framework.indicators) == wanted
    assert [*questionnaire.questions] == [*framework.indicators]


def test_in_turns_each_is_as_often_the_first_as_the_last() -> None:
    done: list[str] = []
    taken = in_turns([lambda: done.append("one"), lambda: done.append("other")], 4)
    assert [len(row) for row in taken] == [2] * 4
    assert min(min(row) for row in taken) > 0
    assert len(done) == 2 * (UNCOUNTED + 4)
    assert done[-4:] in (["one", "other", "other", "one"], ["other", "one", "one", "other"])
