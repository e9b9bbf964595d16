"""The forms a cell of a canonical CSV file may take: text to plain JSON values, and back."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from ecegateway.model.period import Weekday


class FormError(ValueError):
    """A cell that does not have its form; the message says what to write, without the cell's value."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of cell.

    ``read`` takes a cell that is not blank and gives the JSON value; ``write`` is its inverse. ``json_type`` is what the
    same field is in JSON Lines. ``words``, ``example`` and ``choices`` are for the documentation; whether a word is one of
    the choices is for the record's own check.
    """

    words: str
    example: str
    json_type: type
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    choices: tuple[str, ...] = ()


def _read_date(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise FormError("not a date; write YYYY-MM-DD, for instance 2026-03-02")
    return text


def _read_time(text: str) -> str:
    if not re.fullmatch(r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?", text):
        raise FormError("not a time; write HH:MM by the 24-hour clock, for instance 08:30")
    try:
        return time.fromisoformat(text.rjust(8 if text.count(":") > 1 else 5, "0")).isoformat()
    except ValueError:
        raise FormError("no such time of day; write HH:MM by the 24-hour clock, 00:00 to 23:59") from None


def _write_time(value: str) -> str:
    return value.removesuffix(":00") if value.count(":") > 1 else value


def _read_instant(text: str) -> str:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise FormError("not a date and time; write it with its offset from UTC, for instance 2026-03-02T08:31+13:00") from None
    if instant.tzinfo is None:
        raise FormError(
            "a local time without its offset from UTC: when daylight saving begins some times do not exist, and when "
            "it ends some happen twice; write the offset, for instance 2026-03-02T08:31+13:00"
        )
    return instant.isoformat()


def _read_yes_no(text: str) -> bool:
    answer = {"yes": True, "no": False}.get(text.casefold())
    if answer is None:
        raise FormError("write yes or no")
    return answer


def _read_whole(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise FormError("not a whole number; write digits only")
    return int(text)


def _list_of(read: Callable[[str], Any]) -> Callable[[str], list[Any]]:
    return lambda text: [read(part.strip()) for part in text.split(";") if part.strip()]


def _joined(write: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda values: "; ".join(write(value) for value in values)


_WEEKDAY = "|".join(Weekday)
_CLOCK = r"[0-9]{1,2}:[0-9]{2}"
_BOOKING = re.compile(
    rf"({_WEEKDAY}) ({_CLOCK})-({_CLOCK})(?: every ([0-9]))?(?: from ([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}))?( conditional)?"
)
_SESSION = re.compile(rf"({_WEEKDAY}) ({_CLOCK})-({_CLOCK}) (all-day|sessional)")
_ALLOCATION = re.compile(rf"({_WEEKDAY}) ([0-9]{{1,2}}):([0-5][0-9])")


def _read_booking(text: str) -> dict[str, Any]:
    found = _BOOKING.fullmatch(text)
    if found is None:
        raise FormError("not a booking; write for instance Mo 08:30-14:30 or We 08:30-12:30 every 2 from 2026-02-02")
    weekday, starts, ends, every, counted_from, conditional = found.groups()
    return {
        "weekday": weekday,
        "starts": _read_time(starts),
        "ends": _read_time(ends),
        "every_weeks": int(every or 1),
        "counted_from": _read_date(counted_from) if counted_from else None,
        "conditional": conditional is not None,
    }


def _write_booking(booking: dict[str, Any]) -> str:
    text = f"{booking['weekday']} {_write_time(booking['starts'])}-{_write_time(booking['ends'])}"
    if booking["every_weeks"] > 1:
        text += f" every {booking['every_weeks']}"
    if booking["counted_from"]:
        text += f" from {booking['counted_from']}"
    return f"{text} conditional" if booking["conditional"] else text


def _read_session(text: str) -> dict[str, Any]:
    found = _SESSION.fullmatch(text)
    if found is None:
        raise FormError("not a session; write for instance Mo 07:30-17:30 all-day or Tu 08:30-12:30 sessional")
    weekday, opens, closes, mode = found.groups()
    return {"weekday": weekday, "opens": _read_time(opens), "closes": _read_time(closes), "mode": mode}


def _write_session(session: dict[str, Any]) -> str:
    return f"{session['weekday']} {_write_time(session['opens'])}-{_write_time(session['closes'])} {session['mode']}"


def _read_week(text: str) -> list[int]:
    minutes = dict.fromkeys(Weekday, 0)
    seen: set[str] = set()
    for part in text.split(";"):
        found = _ALLOCATION.fullmatch(part.strip())
        if found is None or found[1] in seen:
            raise FormError("not hours by weekday, each once; write for instance Mo 4:00; We 6:00; days left out are 0:00")
        seen.add(found[1])
        minutes[Weekday(found[1])] = int(found[2]) * 60 + int(found[3])
    return list(minutes.values())


def _write_week(minutes: list[int]) -> str:
    days = [(day, amount) for day, amount in zip(Weekday, minutes, strict=True) if amount]
    return "; ".join(f"{day} {amount // 60}:{amount % 60:02}" for day, amount in days or [(Weekday.MONDAY, 0)])


TEXT = Form("text", "", str, str, str)
DATE = Form("date, `YYYY-MM-DD`", "2026-03-02", str, _read_date, str)
TIME = Form("time of day, `HH:MM`, 24-hour, by the local wall clock", "08:30", str, _read_time, _write_time)
INSTANT = Form("date and time with its offset from UTC", "2026-03-02T08:31+13:00", str, _read_instant, str)
YES_NO = Form("`yes` or `no`", "yes", bool, _read_yes_no, lambda value: "yes" if value else "no")
WHOLE = Form("whole number", "300", int, _read_whole, str)
TEXTS = Form("texts, parted by `;`", "Hana; Mererangi", list, _list_of(str), _joined(str))
DATES = Form("dates, parted by `;`", "2026-04-03; 2026-04-06", list, _list_of(_read_date), _joined(str))
BOOKINGS = Form(
    "bookings, parted by `;` (see above)",
    "Mo 08:30-14:30; We 08:30-12:30 every 2 from 2026-02-02; Fr 08:30-14:30 conditional",
    list,
    _list_of(_read_booking),
    _joined(_write_booking),
)
SESSIONS = Form(
    "sessions, parted by `;` (see above)",
    "Mo 07:30-17:30 all-day; Tu 08:30-12:30 sessional",
    list,
    _list_of(_read_session),
    _joined(_write_session),
)
WEEK = Form("hours by weekday, parted by `;` (see above)", "Mo 4:00; Tu 4:00; We 6:00", list, _read_week, _write_week)


def choice(words: tuple[str, ...]) -> Form:
    """One of some words."""
    return Form("one of the words", words[0], str, str, str, words)


def choices(words: tuple[str, ...]) -> Form:
    """Several of some words."""
    return Form("some of the words, parted by `;`", "; ".join(words), list, _list_of(str), _joined(str), words)
