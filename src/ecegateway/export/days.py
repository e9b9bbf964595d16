"""Gathers the dated parts of a claim under their days."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class OfDay(Protocol):
    """Anything that belongs to one calendar day."""

    @property
    def day(self) -> date:
        """The day it belongs to."""


Dated = TypeVar("Dated", bound=OfDay)


def by_day(dated: Iterable[Dated]) -> dict[date, list[Dated]]:
    """Values gathered under their day, in the order they came."""
    days: dict[date, list[Dated]] = {}
    for value in dated:
        days.setdefault(value.day, []).append(value)
    return days
