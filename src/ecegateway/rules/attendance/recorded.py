"""What a day's record must at least say: attended or absent, not both, and when."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from ecegateway.facts.types import ChildFacts, Known, Stay
from ecegateway.handbook.citation import cite
from ecegateway.model.attendance import Absence
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.finding import Severity
from ecegateway.model.spans import minute_of, overlap
from ecegateway.rules.days import bookings_on, in_force
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_WHOLE_DAY = (0, 24 * 60)


@rule(
    "attendance.no-record",
    "Neither attended nor absent",
    message="The child was booked on a day the service was open, and the record says neither present nor absent.",
    why="A day without a record is unknown. It is not attendance, and it is not an absence the absence rules could judge.",
    fix="Find out whether the child came. Enter the attendance with who signed, or mark the absence.",
    cites=cite("6-3", "records must include: actual attendance, and an 'a' for each absence"),
    severity=Severity.HOLDS,
    switch="attendance.no-record",
    holds="The hours of the child's day.",
    condition="The service was open, an agreement in force books the day and notes no school visit on it, and no record "
    "says that the child came or was absent. On a public holiday only if the agreement names that very day.",
    examples=(
        found("The child was booked for Monday, and there is no row for that day."),
        passes("The child is marked absent on Monday."),
        passes("The service is open on Waitangi Day, and the child is enrolled on Fridays, not for that very day."),
    ),
).of_each_child
def no_record(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Open, booked days with neither a stay nor an absence; on a public holiday, of children enrolled for that very day."""
    for day in asked.days:
        expecting = expected_in_vain(child, day, asked)
        if expecting:
            yield Breach((day,), tuple(known.id for known in expecting))


def expected_in_vain(child: ChildFacts, day: date, asked: Question) -> tuple[Known[Enrolment], ...]:
    """The agreements by which a child was expected on an open day of which there is no record at all."""
    operation = asked.operating[day]
    if not operation.open or child.stays.get(day) or child.absences.get(day):
        return ()
    return tuple(
        known
        for known in in_force(child, day)
        if bookings_on(known.record, day)
        and day not in known.record.school_visits
        and (operation.holiday is None or day in known.record.holidays)
    )


@rule(
    "attendance.contradictory",
    "Present and absent at the same time",
    message="The record says both that the child attended and that the child was absent at the same time.",
    why="One of the two is false, and a false record may not support a claim.",
    fix="Find out which is true and have the other one corrected, with who and why.",
    cites=cite("6-3", "incorrect records"),
    severity=Severity.HOLDS,
    doubts_presence=True,
    holds="The hours of the child's day.",
    condition="The time of an absence and the time of a stay of the same day share a minute. An absence without both its "
    "times takes the whole day; a stay without an arrival begins, and one without a departure ends, with the day.",
    examples=(
        found("A child signed in and out on Monday is marked absent for the day."),
        found("The absence ends a minute after the stay began."),
        passes("The absence ends at the minute the stay begins."),
    ),
).of_each_child
def contradictory(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Days on which an absence overlaps a stay."""
    for day, absences in child.absences.items():
        for absence in absences if day in asked.days else ():
            for stay in child.stays.get(day, ()):
                if overlap(_span(absence), (stay.arrives or 0, stay.departs or _WHOLE_DAY[1])):
                    yield Breach((day,), (absence.id, stay.known.id))


def _span(absence: Known[Absence]) -> tuple[int, int]:
    starts, ends = absence.record.starts, absence.record.ends
    if starts is None or ends is None:
        return _WHOLE_DAY
    return minute_of(starts), minute_of(ends)


@rule(
    "attendance.times-given",
    "Attendance without its times",
    message="The attendance does not say {what}.",
    why="The register must hold the days and times of actual attendance.",
    fix="Have the missing time entered by the person who knows it, with the reason.",
    cites=cite("6-3", "records must include: days and times of actual attendance"),
    severity=Severity.HOLDS,
    holds="The hours of the child's day.",
    condition="A stay lacks its arrival, its departure, or both.",
    examples=(
        found("The child was signed in, and neither time is given."),
        found("There is an arrival and no departure."),
        passes("The stay has both its times."),
    ),
).of_each_child
def times_given(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Stays that lack an arrival or a departure."""
    for stay in asked.stays(child):
        missing = missing_times(stay)
        if missing is not None:
            yield Breach((stay.day,), (stay.known.id,), (("what", missing),))


def missing_times(stay: Stay) -> str | None:
    """What a stay does not say of its times."""
    if stay.arrives is None:
        return "when the child came or left" if stay.departs is None else "when the child came"
    return "when the child left" if stay.departs is None else None


@rule(
    "attendance.times-contradict",
    "Times that cannot be",
    message="The attendance {what}.",
    why="A stay that ends before it begins, or lies on another day than it says, is a false record of some kind.",
    fix="Have the true times entered by the person who knows them, with the reason.",
    cites=cite("6-3", "incorrect records"),
    severity=Severity.HOLDS,
    doubts_presence=True,
    holds="The hours of the child's day.",
    condition="A stay arrives on another day than the one it is recorded for; or, with both its times, does not depart "
    "after it arrives, or shares no minute with any of the sessions licensed on that weekday, where there are "
    "some.",
    examples=(
        found("The child left an hour before it came."),
        found("The stay lasts from two to three at night."),
        found("The stay is recorded for Tuesday with the times of Monday."),
        passes("The stay lies within the session of its day."),
    ),
).of_each_child
def times_contradict(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Stays that do not end after they begin, that lie on another day than they say, or miss every session of the day."""
    for stay in asked.stays(child):
        wrong = _impossible(stay, asked)
        if wrong is not None:
            yield Breach((stay.day,), (stay.known.id,), (("what", wrong),))


def _impossible(stay: Stay, asked: Question) -> str | None:
    if stay.arrives is None:
        return None
    if not 0 <= stay.arrives < _WHOLE_DAY[1]:
        return "says one day and gives the times of another"
    if stay.departs is None:
        return None
    if stay.departs <= stay.arrives:
        return "does not end after it begins"
    sessions = asked.operating[stay.day].sessions
    if sessions and not any(overlap((stay.arrives, stay.departs), session.span) for session in sessions):
        return "lies outside every licensed session of the day"
    return None


@rule(
    "attendance.overlapping-stays",
    "Signed in twice at the same time",
    message="Two records place the child at the service at the same time ({sheets}); the time is counted once.",
    why="One child fills one place: overlapping sheets or sessions must not be added up.",
    fix="Take the child off one of the sheets, or correct the times of one session.",
    cites=cite("3-A-2", "a child-place is used by one child at a time"),
    severity=Severity.WARNS,
    holds="Nothing. The time both stays share is counted once.",
    condition="Two stays of a child on one day, one after the other by arrival, each with both its times, share a minute.",
    examples=(
        found("The child stands on the sheets of two rooms from 10:30 to 12:30."),
        passes("The second session begins at the minute the first ends."),
    ),
).of_each_child
def overlapping_stays(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Days on which two stays share time."""
    for day, stays in child.stays.items():
        for earlier, later in pairwise(stays if day in asked.days else ()):
            if _overlap(earlier, later):
                sheets = " and ".join(stay.record.sheet or "no sheet named" for stay in (earlier, later))
                yield Breach((day,), (earlier.known.id, later.known.id), (("sheets", sheets),))


def _overlap(earlier: Stay, later: Stay) -> bool:
    if earlier.arrives is None or earlier.departs is None or later.arrives is None or later.departs is None:
        return False
    return overlap((earlier.arrives, earlier.departs), (later.arrives, later.departs))
