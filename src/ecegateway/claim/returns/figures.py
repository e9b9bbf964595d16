"""Dates, ranges and rounding: whether the return has every figure it must have, and each is one it can have.

Source: ECE Funding Handbook 9-2, 9-4, 9-5, 14-4; the bounds of the public transcription of the return, which our files keep.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from ecegateway.claim.returns.declare import Asked, Objection, at, return_rule
from ecegateway.claim.rounding import whole_hours
from ecegateway.handbook.citation import cite
from ecegateway.model.claim import Verdict
from ecegateway.model.return_check import Place, Sure, Weight
from ecegateway.model.rs7 import COLUMNS, Column, ReturnKind
from ecegateway.rules.registry import found, passes

MOST_HOURS, MOST_DAYS = 9999, 99
"""The largest count of hours of a day, and of advance days of a month, that the return can carry."""
_DAILY_TOTALS = cite("14-4", "daily totals")


@return_rule(
    "return.every-date-once",
    "Each date of the four months once",
    message="{day} {how}.",
    why="The return gives daily totals for each date of its four months; a missing or doubled date is a wrong claim.",
    fix="Prepare the return again from the records; a file that was written by hand is not taken.",
    cites=_DAILY_TOTALS,
    weight=Weight.ERROR,
    sure=Sure.PUBLISHED,
    condition="A date of the period has no counts or more than one, or counts stand for a date outside the period.",
    examples=(
        found("The counts of 4 March are missing."),
        found("The counts of 4 March stand twice."),
        found("Counts stand for the day after the period."),
        passes("Each date of February to May has its counts once, weekends among them."),
    ),
)
def every_date_once(asked: Asked) -> Iterator[Objection]:
    """Dates that are missing, doubled, or none of the period's."""
    days = asked.made.period.days
    times = Counter(counts.day for counts in asked.made.counts)
    wrong = {day: "is missing" for day in days if not times[day]}
    wrong |= {day: "stands more than once" for day, count in times.items() if count > 1}
    wrong |= {day: "is no day of the period" for day in times if day not in days}
    for day in sorted(wrong):
        yield Objection(at(day), (("day", f"{day:%Y-%m-%d}"), ("how", wrong[day])))


@return_rule(
    "return.advance-months",
    "Four advance months",
    message="The advance months are {months}; the period's are {wanted}.",
    why="Advance days are given for each of the four months the next payment is advanced for, and for no other.",
    fix="Prepare the return again from the records.",
    cites=cite("9-5", "each of the next four months"),
    weight=Weight.ERROR,
    sure=Sure.PUBLISHED,
    condition="The advance months are not exactly the four that follow from the period, in order: they begin five months after "
    "the period does.",
    examples=(
        found("A return for February to May gives advance days for June to September."),
        passes("A return for February to May gives advance days for July to October."),
    ),
)
def advance_months(asked: Asked) -> Iterator[Objection]:
    """Other months than the four to come."""
    given = [f"{month.month:%Y-%m}" for month in asked.made.advance]
    wanted = [f"{month.first:%Y-%m}" for month in asked.made.period.advance_months]
    if given != wanted:
        yield Objection(Place(), (("months", ", ".join(given) or "none"), ("wanted", ", ".join(wanted))))


@return_rule(
    "return.hours-range",
    "A count of hours out of range",
    message="{hours} hours stand for the day; a count runs from 0 to 9999.",
    why="The return as it is transcribed in public carries whole hours from 0 to 9999, and so do our files: one that goes "
    "beyond cannot be written.",
    fix="See what the figure is made of in the explanation of the day; the records under it are wrong.",
    cites=_DAILY_TOTALS,
    weight=Weight.ERROR,
    sure=Sure.OURS,
    condition="A count of a day is below 0 or above 9999.",
    examples=(
        found("A day's count is 10000."),
        found("A day's count is below nought."),
        passes("A day's count is 9999."),
    ),
)
def hours_range(asked: Asked) -> Iterator[Objection]:
    """Counts that cannot be sent."""
    for counts in asked.made.counts:
        for column, hours in zip(COLUMNS, counts.figures, strict=True):
            if not 0 <= hours <= MOST_HOURS:
                yield Objection(at(counts.day, column), (("hours", str(hours)),))


@return_rule(
    "return.advance-range",
    "Advance days out of range",
    message="{days} days stand for the month; advance days run from 0 to 99.",
    why="The return as it is transcribed in public carries 0 to 99 days for a month, and so do our files: one that goes beyond "
    "cannot be written.",
    fix="Correct the advance days.",
    cites=cite("9-5", "each of the next four months"),
    weight=Weight.ERROR,
    sure=Sure.OURS,
    condition="Advance days of a month and kind are below 0 or above 99.",
    examples=(
        found("A month has 100 advance days."),
        passes("A month has no advance days."),
    ),
)
def advance_range(asked: Asked) -> Iterator[Objection]:
    """Advance days that cannot be sent."""
    for month in asked.made.advance:
        for kind, days in (("all-day", month.all_day), ("sessional", month.sessional), ("parent-led", month.parent_led)):
            if not 0 <= days <= MOST_DAYS:
                yield Objection(Place(month=month.month, column=kind), (("days", str(days)),))


@return_rule(
    "return.rounding",
    "Not the rounded total of the day",
    message="The return says {hours} hours; the day's total of {minutes} rounds to {rounded}.",
    why="A day's total of a column is rounded once, to the nearest whole hour, half an hour up.",
    fix="Prepare the return again from the claim; figures are not changed by hand.",
    cites=cite("9-2", "step 5"),
    weight=Weight.ERROR,
    sure=Sure.PUBLISHED,
    switch="rs7.rounding",
    condition="The claim is at hand, and a figure of a day the return claims for is not the claim's total of that day and "
    "column, rounded as the switch says. Of a zero return nothing is said.",
    examples=(
        found("The day's total is 5 hours and 58 minutes, and the return says 5."),
        passes("The day's total is 5 hours and 58 minutes, and the return says 6."),
    ),
)
def rounding(asked: Asked) -> Iterator[Objection]:
    """Figures that are not what the claim rounds to."""
    made, claim = asked.made, asked.claim
    if claim is None or made.kind is ReturnKind.ZERO:
        return
    reading = asked.reads("rs7.rounding") or "daily-total-half-up"
    counted = {counts.day: counts for counts in made.counts}
    totals: list[tuple[date, Column, int]] = [(cell.day, cell.category, cell.minutes) for cell in claim.cells]
    totals += [(line.day, line.column, line.minutes) for line in claim.staff]
    for day, column, minutes in totals:
        if day in made.days and day in counted and counted[day].of(column) != (rounded := whole_hours(minutes, reading)):
            said = (("hours", str(counted[day].of(column))), ("minutes", _clock(minutes)), ("rounded", str(rounded)))
            yield Objection(at(day, column), said)


@return_rule(
    "return.held-hours",
    "Hours held back are not in the return",
    message="{minutes} hours are held back on {count} day(s) and are not in the return.",
    why="What is held back is not claimed now. Once the reason is put right it can be, in this return or a revised one.",
    fix="Go through the findings first; sign without these hours if their reasons cannot be put right in time.",
    cites=_DAILY_TOTALS,
    weight=Weight.WARNING,
    sure=Sure.OURS,
    condition="The claim is at hand and holds minutes back on days the return claims for. Of a zero return nothing is said.",
    examples=(
        found("A child's six hours are held back for want of a signature."),
        passes("Hours of the claim are refused, and none is held back."),
    ),
)
def held_hours(asked: Asked) -> Iterator[Objection]:
    """Hours that could have been claimed."""
    if asked.claim is None or asked.made.kind is ReturnKind.ZERO:
        return
    held = [(one.day, one.minutes_with(Verdict.HELD)) for one in asked.claim.child_days if one.day in asked.made.days]
    days = {day for day, minutes in held if minutes}
    if days:
        yield Objection(Place(), (("minutes", _clock(sum(minutes for _, minutes in held))), ("count", str(len(days)))))


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


RULES = (every_date_once, advance_months, hours_range, advance_range, rounding, held_hours)
