"""How the absence rules read to a person: the marks of the calendar, the patterns, and what to do.

Every mark differs by its letters, not by colour alone.
"""

from types import MappingProxyType

from ecegateway.export.words import clock, count, plain_day, short_days, weekday_name
from ecegateway.model.absence import DayMark, Duty, GridDay, Pattern, PatternMonth, Standing
from ecegateway.model.period import DateRange

CITES = "ECE Funding Handbook 6-7 The Frequent Absence Rule"
COUNTS, STOPPED = "!", "✕"
"""Stand beside the mark of a day that counts towards a pattern, and of one whose absent hours are not funded."""
MARKS = MappingProxyType(
    {
        DayMark.PRESENT: ("✓", "present"),
        DayMark.SHORT: ("<", "came for fewer hours than enrolled"),
        DayMark.ABSENT: ("a", "absent"),
        DayMark.ON_HOLIDAY: ("ah", "absent on holiday"),
        DayMark.EXEMPT: ("e", "absent with exemption"),
        DayMark.VISIT: ("v", "on a school visit"),
        DayMark.UNKNOWN: ("?", "no record"),
        DayMark.CLOSED: ("-", "closed"),
        DayMark.EMERGENCY: ("EC", "emergency closure"),
    }
)
"""Sign and words of each mark. A shorter day shows its hours in place of the sign, where they are known."""
NOT_ENROLLED = "not enrolled"
PATTERNS = MappingProxyType(
    {
        Pattern.SAME_WEEKDAY: "Same weekday",
        Pattern.FEWER_DAYS: "Fewer days a week",
        Pattern.FEWER_HOURS: "Fewer hours a day",
        Pattern.HALF_THE_MONTH: "Half the month",
    }
)
DUTIES = MappingProxyType(
    {
        Duty.NONE: "nothing to do",
        Duty.MONITOR: "watch next month",
        Duty.RECONFIRM: "have the agreement reconfirmed, or changed, signed and dated by a parent",
        Duty.CHANGE: "the agreement must be changed to match attendance; absences are not funded",
    }
)
STANDINGS = MappingProxyType(
    {
        Standing.CLEAR: "",
        Standing.WARNING: f"{COUNTS} funding at risk",
        Standing.STOPPED: f"{STOPPED} funding stopped",
    }
)
LEGEND: tuple[tuple[str, str, str], ...] = (
    *(
        ("3", DayMark.SHORT.value, f"{words}: its hours") if mark is DayMark.SHORT else (sign, mark.value, words)
        for mark, (sign, words) in MARKS.items()
    ),
    ("", "none", NOT_ENROLLED),
    (f"a{COUNTS}", "counts", "counts towards a pattern: a warning"),
    (f"a{STOPPED}", "stopped", "funding stopped: absent hours of the day not funded"),
)
"""Sign, kind and words of everything a cell can show."""


def day_sign(day: GridDay) -> str:
    """The letters of a day's cell: ``a``; for a shorter day its hours, ``3`` or ``2:30``."""
    if day.mark is not DayMark.SHORT or day.attended is None:
        return MARKS[day.mark][0]
    return clock(day.attended).removesuffix(":00")


def day_words(day: GridDay) -> str:
    """``absent; enrolled 6:00``; ``came for fewer hours than enrolled; enrolled 6:00, attended 3:00; not funded 3:00``."""
    words = f"{MARKS[day.mark][1]}; enrolled {clock(day.booked)}"
    if day.attended:
        words += f", attended {clock(day.attended)}"
    elif day.attended is None and day.mark in (DayMark.PRESENT, DayMark.SHORT):
        words += ", times not known"
    return f"{words}; not funded {clock(day.refused)}" if day.refused else words


def pattern_words(shown: PatternMonth, month: DateRange) -> str:
    """``absent on 3 of 4 Fridays``, with the days of the part of ``month`` it was judged on, where that is not all of it."""
    if shown.skipped:
        words = "not judged: closed two weeks or more"
    elif shown.pattern is Pattern.SAME_WEEKDAY and shown.weekday is not None:
        words = f"absent on {shown.missed} of {count(shown.of, weekday_name(shown.weekday))}"
    elif shown.pattern is Pattern.FEWER_DAYS:
        words = f"came on fewer days than enrolled in {shown.missed} of {count(shown.of, 'week')}"
    elif shown.pattern is Pattern.FEWER_HOURS:
        words = f"came for fewer hours than enrolled on {shown.missed} of {count(shown.of, 'day')}"
    else:
        words = f"attendance did not match the agreement on {shown.missed} of {count(shown.of, 'day')}"
    return words if shown.days == month else f"{words}, {plain_day(shown.days.first)} to {plain_day(shown.days.last)}"


def run_words(shown: PatternMonth) -> str:
    """``month 2 in a row``; for a month that was skipped, the count that waits."""
    run = f"month {shown.number} in a row" if shown.number else "no month in a row"
    return f"{run}, waiting" if shown.skipped else run


def reason_words(shown: PatternMonth, month: DateRange) -> str:
    """A pattern with its run and its days: ``absent on 3 of 4 Fridays, month 2 in a row: 6, 13 and 20 March 2026``."""
    days = f": {short_days(shown.caused_by)}" if shown.caused_by else ""
    return f"{pattern_words(shown, month)}, {run_words(shown)}{days}"


def column_words(shown: PatternMonth, month: DateRange) -> str:
    """What stands in a rule's column: months in a row, with the weekday and the part of the month where there is one.

    ``Fri 3``; ``2 (1 to 15)``; ``1 waiting`` for a month that was skipped.
    """
    words = (weekday_name(shown.weekday)[:3],) if shown.weekday is not None else ()
    part = () if shown.days == month else (f"({shown.days.first.day} to {shown.days.last.day})",)
    return " ".join((*words, str(shown.number), *part, *(("waiting",) if shown.skipped else ())))
