"""Addresses are counted under a name that lasts a day."""

from datetime import timedelta

from app.vault.addresses import DailyHash
from tests.app.vault.cast import TODAY

TOMORROW = TODAY + timedelta(days=1)


def test_an_address_keeps_its_name_for_a_day() -> None:
    names = DailyHash()
    assert names.of("192.0.2.7", TODAY) == names.of("192.0.2.7", TODAY)


def test_two_addresses_have_two_names() -> None:
    names = DailyHash()
    assert names.of("192.0.2.7", TODAY) != names.of("192.0.2.8", TODAY)


def test_an_address_is_not_recognised_on_the_next_day_nor_when_that_day_comes_again() -> None:
    names = DailyHash()
    days = [TODAY, TOMORROW, TODAY]
    assert len({names.of("192.0.2.7", day) for day in days}) == len(days)


def test_another_copy_of_the_program_names_the_same_address_otherwise() -> None:
    assert DailyHash().of("192.0.2.7", TODAY) != DailyHash().of("192.0.2.7", TODAY)


def test_a_name_does_not_hold_the_address() -> None:
    name = DailyHash().of("192.0.2.7", TODAY)
    assert "192" not in bytes.fromhex(name).decode("latin-1")
    assert b"192.0.2.7".hex() not in name
