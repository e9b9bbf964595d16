"""Cross-checks of a day's figures: with the calendar, with the licence, and of children with staff.

Source: ECE Funding Handbook 3-A-2, 4-1, 9-4; the Ministry's bulletin on days without staff hours.
"""

from collections.abc import Iterator

from ecegateway.claim.returns.declare import Asked, Objection, at, return_rule
from ecegateway.facts.calendar import operation
from ecegateway.handbook.citation import cite
from ecegateway.model.claim import Category, StaffColumn
from ecegateway.model.return_check import Place, Sure, Weight
from ecegateway.model.rs7 import DayCounts
from ecegateway.rules.registry import found, passes
from ecegateway.rules.service.staffing import counts_staff

_HOURS_A_PLACE = 6
_FREE = (Category.TWENTY_HOURS, Category.PLUS_TEN)


@return_rule(
    "return.closed-day",
    "Hours on a day the service did not operate",
    message="{hours} {what} hours stand for a day on which the service did not operate ({why_not}).",
    why="A day on which the service is closed is not funded; an approved emergency closure is the exception.",
    fix="If the service was open, correct its sessions, the closure or the holiday in the system the records come from; "
    "otherwise the records of the day are wrong.",
    cites=cite("3-A-2", "funding conditions"),
    weight=Weight.ERROR,
    sure=Sure.PUBLISHED,
    condition="Funded child hours stand for a day without a licensed session on its weekday, within a closure, on a public "
    "holiday the service does not open on, or on a day a source says it did not open; not for an emergency closure. Staff "
    "hours alone on such a day warn.",
    examples=(
        found("Child hours stand for a Sunday, and no session is licensed on Sundays."),
        found("Child hours stand for Waitangi Day, and the service does not open on it."),
        found("Staff hours alone stand for a day of a planned closure: somebody should look."),
        passes("Child hours stand for a day of an emergency closure."),
        passes("Child hours stand for an ordinary Monday."),
    ),
)
def closed_day(asked: Asked) -> Iterator[Objection]:
    """Days that cannot have been claimed."""
    for counts in _of_the_period(asked):
        ran = operation(asked.facts, counts.day)
        if ran.open or ran.emergency:
            continue
        why_not = "public holiday" if ran.holiday else "closure" if ran.closure else "no session that day"
        for what, hours, weight in (("child", counts.child_hours, Weight.ERROR), ("staff", counts.staff_hours, Weight.WARNING)):
            if hours > 0:
                said = (("hours", str(hours)), ("what", what), ("why_not", why_not))
                yield Objection(at(counts.day), said, weight)


@return_rule(
    "return.no-staff-hours",
    "Child hours on a day without staff hours",
    message="{hours} funded child hours stand for the day, and no staff hours.",
    why="A teacher-led day with funded child hours and no staff hours is unfunded unless it is explained.",
    fix="Enter the staff hours of the day, or a note about staff hours that explains it.",
    cites=cite("staff hours", instrument="ministry-bulletin-2019-09"),
    weight=Weight.ERROR,
    sure=Sure.PUBLISHED,
    switch="rs7.zero-staff-day",
    condition="The service fills the staff hour count, a day has funded child hours, both staff columns are nought, no shift "
    "of the day is on record, no note about staff hours explains it, and no emergency closed the service. By the other "
    "reading of the switch it warns.",
    examples=(
        found("Six child hours stand for a Monday on which nobody's shift is on record."),
        passes("A note about the staff hours of that Monday explains it."),
        passes("The service is home-based."),
    ),
)
def no_staff_hours(asked: Asked) -> Iterator[Objection]:
    """Days that would be unfunded."""
    facts = asked.facts
    explained = {known.record.day for known in facts.notes if known.record.about == "staff-hours"}
    weight = Weight.WARNING if asked.reads("rs7.zero-staff-day") == "warn" else None
    for counts in _of_the_period(asked):
        bare = counts.child_hours > 0 and counts.staff_hours == 0 and not facts.shifts.get(counts.day)
        counted = counts_staff(facts.profile(counts.day)) and counts.day not in explained
        if bare and counted and not operation(facts, counts.day).emergency:
            yield Objection(at(counts.day), (("hours", str(counts.child_hours)),), weight)


@return_rule(
    "return.staff-without-children",
    "Staff hours on a day without child hours",
    message="{hours} staff hours stand for the day, and no funded child hours.",
    why="Staff hours count while staff are counted towards regulated staff; with no child there, nobody is. Often the day's "
    "attendance is missing, or its hours are held back.",
    fix="See whether attendance of the day is missing or held back; otherwise correct the staff hours.",
    cites=cite("9-4", "staff counted towards regulated staff"),
    weight=Weight.WARNING,
    sure=Sure.OURS,
    condition="A day the service operated has staff hours and no funded child hours.",
    examples=(
        found("Eight staff hours stand for a Monday for which no child is claimed."),
        passes("Eight staff hours and six child hours stand for a Monday."),
    ),
)
def staff_without_children(asked: Asked) -> Iterator[Objection]:
    """Days on which somebody worked for nobody."""
    for counts in _of_the_period(asked):
        if counts.staff_hours > 0 and counts.child_hours == 0 and operation(asked.facts, counts.day).open:
            yield Objection(at(counts.day), (("hours", str(counts.staff_hours)),))


@return_rule(
    "return.place-limit",
    "More child hours than the licensed places allow",
    message="{hours} hours of {what} stand for the day; {places} places are at most {most} hours.",
    why="At most six hours a day are funded for one child-place.",
    fix="See that the licensed places are right; otherwise prepare the return again from the claim, which keeps the limit.",
    cites=cite("3-A-2", "maximum ECE Subsidy"),
    weight=Weight.ERROR,
    sure=Sure.PUBLISHED,
    condition="The two columns of the subsidy exceed six hours for each licensed place on a day, by more than rounding each "
    "column can add, half an hour. All four columns together exceeding it warn: 20 Hours ECE is limited by the child.",
    examples=(
        found("Forty places, and 250 hours of subsidy on a day."),
        found("Forty places, and 250 hours of subsidy and 20 Hours ECE together: somebody should look."),
        passes("Forty places, and 241 hours in two columns, each rounded up."),
    ),
)
def place_limit(asked: Asked) -> Iterator[Objection]:
    """Days with more hours than places."""
    for counts in _of_the_period(asked):
        places = asked.facts.profile(counts.day).places
        subsidy = (counts.under_two, counts.two_and_over)
        every = (*subsidy, counts.twenty_hours, counts.plus_ten)
        for what, figures, weight in (("subsidy", subsidy, Weight.ERROR), ("all four columns", every, Weight.WARNING)):
            over = sum(figures) - places * _HOURS_A_PLACE
            if 2 * over > sum(hours > 0 for hours in figures):
                most = str(places * _HOURS_A_PLACE)
                said = (("hours", str(sum(figures))), ("what", what), ("places", str(places)), ("most", most))
                yield Objection(at(counts.day), said, weight)
                break


@return_rule(
    "return.under-two-places",
    "Under-2 hours at a service without under-2 places",
    message="{hours} hours of children under two stand for {count} day(s) on which the licence has no place for them.",
    why="A licence says how many places are for children under two. With none, either the licence on record or a birth date is "
    "wrong.",
    fix="Correct the licence's under-2 places or the children's birth dates in the system the records come from.",
    cites=cite("3-A-2", "funding conditions"),
    weight=Weight.WARNING,
    sure=Sure.OURS,
    condition="The under-2 column has hours on days for which the licence on record has no places for children under two.",
    examples=(
        found("Six hours under two, and the licence has forty places, none for children under two."),
        passes("Six hours under two, and ten places for children under two."),
    ),
)
def under_two_places(asked: Asked) -> Iterator[Objection]:
    """Hours of children the licence has no place for."""
    days = [one for one in _of_the_period(asked) if one.under_two > 0 and not asked.facts.profile(one.day).under_two_places]
    if days:
        said = (("hours", str(sum(one.under_two for one in days))), ("count", str(len(days))))
        yield Objection(Place(column=Category.UNDER_TWO.value), said)


@return_rule(
    "return.twenty-hours-not-offered",
    "20 Hours ECE at a service that does not offer it",
    message="{hours} hours stand in this column for {count} day(s) on which the service is not on record as offering 20 Hours "
    "ECE.",
    why="20 Hours ECE is claimed by services that offer it. The receiving side is said to take it of every type of service, "
    "of te kōhanga reo only where they are set up to offer it.",
    fix="If the service offers 20 Hours ECE, say so in the system the records come from; otherwise the attestations are wrong.",
    cites=cite("4-1"),
    weight=Weight.WARNING,
    sure=Sure.OVERHEARD,
    condition="The column 20 Hours ECE or Plus 10 has hours on days for which the service's profile does not say that it "
    "offers 20 Hours ECE.",
    examples=(
        found("Six hours of 20 Hours ECE stand for a day, and the service does not offer it."),
        passes("Six hours of 20 Hours ECE stand for a day, and the service offers it."),
    ),
)
def twenty_hours_not_offered(asked: Asked) -> Iterator[Objection]:
    """Hours of a scheme the service is not in."""
    days = [one for one in _of_the_period(asked) if not asked.facts.profile(one.day).offers_twenty_hours]
    for column in _FREE:
        hours = [one.of(column) for one in days if one.of(column)]
        if hours:
            yield Objection(Place(column=column.value), (("hours", str(sum(hours))), ("count", str(len(hours)))))


@return_rule(
    "return.staff-not-asked",
    "Staff hours of a service that is not asked for them",
    message="{hours} staff hours stand in this column for {count} day(s); a service of this type does not fill the staff hour "
    "count.",
    why="Sessional kindergartens, playcentres, home-based services and te kōhanga reo are not asked for staff hours, and the "
    "receiving side is said not to take them.",
    fix="See that the type of service and the licence class are right; otherwise leave the columns empty.",
    cites=cite("9-4", "who fills the staff hour count"),
    weight=Weight.WARNING,
    sure=Sure.OVERHEARD,
    condition="A staff column has hours on days on which the service, by its type, licence class and whether it is "
    "teacher-led, does not fill the staff hour count.",
    examples=(
        found("A home-based service gives staff hours."),
        passes("An education and care service gives staff hours."),
    ),
)
def staff_not_asked(asked: Asked) -> Iterator[Objection]:
    """Staff hours nobody asked for."""
    days = [one for one in _of_the_period(asked) if not counts_staff(asked.facts.profile(one.day))]
    for column in StaffColumn:
        hours = [one.of(column) for one in days if one.of(column)]
        if hours:
            yield Objection(Place(column=column.value), (("hours", str(sum(hours))), ("count", str(len(hours)))))


def _of_the_period(asked: Asked) -> tuple[DayCounts, ...]:
    """The counts of the period's own dates: of others another check speaks."""
    return tuple(counts for counts in asked.made.counts if counts.day in asked.made.period.days)


RULES = (
    closed_day,
    no_staff_hours,
    staff_without_children,
    place_limit,
    under_two_places,
    twenty_hours_not_offered,
    staff_not_asked,
)
