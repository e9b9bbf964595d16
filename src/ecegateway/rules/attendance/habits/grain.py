"""To how many minutes people round the times they record, told by the times themselves."""

from collections import Counter
from enum import IntEnum

_MOSTLY_FIVES, _MOSTLY_QUARTERS = 0.4, 0.5
"""Shares of multiples of five and of a quarter above which times are taken for rounded; by chance a fifth and a fifteenth."""


class Grain(IntEnum):
    """To how many minutes times are rounded."""

    MINUTE = 1
    FIVE = 5
    QUARTER = 15


def grain_of(minutes: Counter[int], enough: int) -> Grain | None:
    """The grain of some minutes of the hour; ``None`` if there are too few to tell."""
    count = minutes.total()
    if count < enough:
        return None
    if sum(n for minute, n in minutes.items() if minute % Grain.FIVE == 0) <= _MOSTLY_FIVES * count:
        return Grain.MINUTE
    quarters = sum(n for minute, n in minutes.items() if minute % Grain.QUARTER == 0)
    return Grain.FIVE if quarters <= _MOSTLY_QUARTERS * count else Grain.QUARTER
