"""Pūāwai's staff mark the register twice a day, on paper; the office types in when, and who."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from ecegateway.demo.identities import Place, filed
from ecegateway.demo.ledger import Ledger
from ecegateway.demo.planted import Effect
from ecegateway.demo.puawai import open_days
from ecegateway.demo.season import dice, instant
from ecegateway.model.ids import PersonKey, RecordKey
from ecegateway.model.people import RegisterMarking

MARKED_ONCE: Final = date(2026, 4, 29)
_HALVES: Final = ((9 * 60 + 5, 9 * 60 + 40), (13 * 60, 13 * 60 + 35))
"""Between which minutes of the day the register is marked, in the morning and after lunch."""
_BY: Final = ("s-01", "s-02", "s-03")


def add(ledger: Ledger, place: Place) -> None:
    """The markings of every day open, and the day on which somebody forgot one."""
    ledger.add(*(marking for day in open_days() for marking in _of(place, day)))
    text = "Staff marked the register in the morning and not again."
    ledger.plant("register marked once", None, (MARKED_ONCE,), text, Effect.REPORTED)


def _of(place: Place, day: date) -> Iterator[RegisterMarking]:
    for half, (first, last) in enumerate(_HALVES[: 1 if day == MARKED_ONCE else 2]):
        chance = dice(place.seed, "marking", day, half)
        yield RegisterMarking(
            service=place.service,
            key=RecordKey(f"marked-{day}-{half + 1}"),
            recorded_at=filed(day),
            day=day,
            by=PersonKey(chance.choice(_BY)),
            at=instant(day, chance.randint(first, last), chance.randint(0, 59)),
        )
