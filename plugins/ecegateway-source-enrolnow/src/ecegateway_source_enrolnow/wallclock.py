"""Reads the days and wall-clock times of the files, and turns local times into instants, never by guess.

The forms are our assumption: EnrolNow documents the fields, not how their values are written.
"""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAYS = ("%Y-%m-%d", "%d/%m/%Y")
_TIMES = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p")


class UnreadableError(Exception):
    """A cell that cannot be read; the message says why and what to do, without the cell's value."""


def read_day(text: str) -> date:
    """A calendar day: ``2026-03-02`` or ``02/03/2026``, the day first.

    Raises:
        UnreadableError: neither form.
    """
    for form in _DAYS:
        with suppress(ValueError):
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a calendar day has no zone
    raise UnreadableError("not a date; expected YYYY-MM-DD or DD/MM/YYYY")


def day_in_key(text: str) -> str:
    """A day as it stands in a record's key, or the text itself where it is no day."""
    with suppress(UnreadableError):
        return read_day(text).isoformat()
    return text


def read_time(text: str) -> time:
    """A time of day: ``08:30``, with or without seconds, or ``8:30 AM``.

    Raises:
        UnreadableError: no such form.
    """
    for form in _TIMES:
        with suppress(ValueError):
            return datetime.strptime(text, form).time()  # noqa: DTZ007 - the zone is the service's, and comes later
    raise UnreadableError("not a time; expected HH:MM, HH:MM:SS or H:MM AM/PM")


def read_moment(text: str, day: date) -> datetime:
    """A date and time, or a time alone, which is then of ``day``. Aware only if the text has an offset.

    Raises:
        UnreadableError: no such form.
    """
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        if len(text) > len("YYYY-MM-DD"):
            return moment
    first, _, rest = text.partition(" ")
    if "/" in first:
        return datetime.combine(read_day(first), read_time(rest.strip()))
    return datetime.combine(day, read_time(text))


def is_time_alone(text: str) -> bool:
    """Whether the text gives no date of its own."""
    return "/" not in text and "-" not in text


def instant(moment: datetime, zone: str) -> datetime:
    """The instant a wall clock of ``zone`` showed ``moment``; an aware moment is taken as it is.

    Raises:
        UnreadableError: the clock skipped this time (spring), or showed it twice (autumn).
    """
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    place = ZoneInfo(zone)
    earlier, later = moment.replace(tzinfo=place, fold=0), moment.replace(tzinfo=place, fold=1)
    if earlier.utcoffset() == later.utcoffset():
        return earlier.astimezone(UTC)
    if earlier.astimezone(UTC).astimezone(place).replace(tzinfo=None) != moment:
        raise UnreadableError("the clocks skipped this time when daylight saving began; correct it in EnrolNow")
    raise UnreadableError(
        "the clocks showed this time twice when daylight saving ended, and the file does not say which; "
        "record the stay on paper and bring it by the folder source"
    )


def end_of(day: date) -> datetime:
    """Midnight at the end of a day."""
    return datetime.combine(day + timedelta(days=1), time())
