"""Whole hours from a day's minutes: the total is rounded, never each child or person.

Source: ECE Funding Handbook 9-2 step 5, 9-4; policy switch ``rs7.rounding``.
"""

_HOUR = 60
_HALF = 30


def whole_hours(minutes: int, reading: str = "daily-total-half-up") -> int:
    """Minutes to the nearest whole hour, half an hour up; ``bankers`` takes a half to the even hour."""
    hours, rest = divmod(minutes, _HOUR)
    if reading == "bankers" and rest == _HALF:
        return hours + hours % 2
    return hours + (rest >= _HALF)
