"""What a person should look at: exemptions without documents, absences older than the record, readings that decide.

Source: ECE Funding Handbook 6-5 to 6-8, 7-7, 7-8.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.absence import ABSENCES, ChildAbsences, DayMark, EnrolledDay, Pattern, PatternMonth
from ecegateway.model.attendance import Cause
from ecegateway.model.finding import Severity
from ecegateway.model.period import DAYS_A_WEEK, ONE_DAY
from ecegateway.rules.absence.exemptions import what_is_missing
from ecegateway.rules.absence.long_closures import long_closures, only_by_weekends
from ecegateway.rules.days import in_force
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_THERE = frozenset({DayMark.PRESENT, DayMark.SHORT})
_LONG_ABSENCE = 14
"""An absence of so many days from first to last makes the single day after it worth a look."""


@rule(
    "exemption.not-documented",
    "An exemption that does not count yet",
    message="The exemption from {since} lacks {missing}; {count} absent day(s) wait for it.",
    why="An exemption needs its dates, form EC12 and its document; without them the absence rules apply as to any child.",
    fix="Complete the EC12 (and the EC13 where it applies), and enter its first and last day and where it is kept.",
    cites=cite("7-7", "absence rule exemptions"),
    severity=Severity.WARNS,
    switch="exemption.effect",
    holds="Nothing. The absence rules apply as to any child.",
    condition="An exemption lacks its last day, form EC12 or where its document is kept, or ends before it begins; and on "
    "some day between its dates, without an end on any day after it begins, the child is absent.",
    examples=(
        found("The exemption has no last day."),
        found("Form EC12 is missing."),
        passes("The exemption has both dates, form EC12 and a document."),
    ),
).of_absences
def exemption_not_documented(child: ChildFacts, found: ChildAbsences, asked: Question) -> Iterator[Breach]:
    """Exemptions with something missing, and the absences that would rest on them."""
    for known in child.exemptions:
        missing = what_is_missing(known.record)
        first, last = sorted((known.record.first_day, known.record.last_day or date.max))
        days = tuple(d.day for d in found.days if d.mark in ABSENCES and d.day in asked.days and first <= d.day <= last)
        if missing is not None and days:
            parameters = (("since", str(known.record.first_day)), ("missing", missing), ("count", str(len(days))))
            yield Breach(days, (known.id,), parameters)


@rule(
    "exemption.ends",
    "An exemption ends",
    message="The exemption ends on {last}.",
    why="From the next day on the absence rules apply to this child as to any other.",
    fix="If the need goes on, have a new EC12 completed before that day.",
    cites=cite("7-7", "absence rule exemptions"),
    severity=Severity.INFORMS,
    holds="Nothing.",
    condition="The last day of an exemption that has all its papers lies in the days asked about.",
    examples=(
        found("The exemption ends in the middle of an absence."),
        passes("The exemption that ends lacks form EC12, and never counted."),
    ),
).of_each_child
def exemption_ends(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Exemptions that count and end on a day asked about."""
    for known in child.exemptions:
        last = known.record.last_day
        if last is not None and last in asked.days and what_is_missing(known.record) is None:
            yield Breach((last,), (known.id,), (("last", str(last)),), due=last)


@rule(
    "absence.visit-not-noted",
    "A school visit the enrolment record does not note",
    message="The absence says school visit, and the enrolment record notes no transitional visit on this day.",
    why="A transitional school visit is funded as usual only where it is recorded with the enrolment.",
    fix="Note the visit on the enrolment record, or correct the cause of the absence.",
    cites=cite("7-8", "transitional school visits"),
    severity=Severity.WARNS,
    switch="absence.transitional-visit",
    holds="Nothing. The day is judged as an absence.",
    condition="A record of an absence gives a school visit as its cause, the day counts as an absence, and no agreement in "
    "force notes a transitional visit on it.",
    examples=(
        found("The mark says school visit, and the enrolment record notes none."),
        passes("The enrolment record notes a visit on that day."),
    ),
).of_absences
def visit_not_noted(child: ChildFacts, found: ChildAbsences, asked: Question) -> Iterator[Breach]:
    """Absences whose cause is a visit, on days that are none."""
    for day in found.days:
        if day.day in asked.days and day.mark in ABSENCES:
            visits = tuple(k.id for k in child.absences[day.day] if k.record.cause is Cause.SCHOOL_VISIT)
            if visits:
                yield Breach((day.day,), visits)


@rule(
    "absence.older-than-record",
    "An absence older than the record",
    message="The child was already absent when the record begins, on {begins}; the absence may be older than it looks.",
    why="The three weeks run from the first day of absence, which this record may not hold.",
    fix="Pull or lay down the attendance records of the weeks before, back to the child's last attendance.",
    cites=cite("6-5", "the three week period begins on the first day of absence"),
    severity=Severity.WARNS,
    switch="absence.look-back",
    holds="Nothing. Where the switch says so, the hours of the days found.",
    condition="An agreement was in force on the day before the record begins; on the day found the child is absent from "
    "enrolled hours, and neither on it nor on a day before it does the record say that the child came. The "
    "record begins with the service's first stay or absence, at most twenty-four months back.",
    examples=(
        found("The child is absent on the first three days there is a record of, and enrolled since long before."),
        passes("The child came on the first day of the record."),
        passes("The child is enrolled from the first day of the record on."),
    ),
).of_absences
def older_than_record(child: ChildFacts, found: ChildAbsences, asked: Question) -> Iterator[Breach]:
    """Absences from the first open enrolled day on record, of children enrolled before it."""
    if not in_force(child, asked.look_back.first - ONE_DAY):
        return
    days = []
    for day in found.days:
        if day.mark in _THERE or any(day.day >= stay for stay in child.stays):
            break
        if day.mark in ABSENCES and day.day in asked.days:
            days.append(day.day)
    if days:
        severity = Severity.HOLDS if asked.policy["absence.look-back"] == "hold" else None
        evidence = tuple(known.id for day in days for known in child.absences.get(day, ()))
        yield Breach(tuple(days), evidence, (("begins", str(asked.look_back.first)),), severity)


@rule(
    "absence.short-return",
    "A single day between two long absences",
    message="The child came on {day} alone between two absences of two weeks or more.",
    why="Any attendance ends an absence and begins a new three weeks. An auditor would ask whether the child really returned.",
    fix="Check the record of that day, and ask the family whether the agreement still fits.",
    cites=cite("6-5", "funding resumes when the child returns"),
    severity=Severity.INFORMS,
    switch="three-week.spell-ends-on",
    holds="Nothing.",
    condition="Of the enrolled days, one alone was attended between two runs of absent ones, each of fourteen days or more "
    "from its first to its last day.",
    examples=(
        found("One Friday attended between absences of three Fridays each."),
        passes("A Thursday and a Friday attended in a row between two such absences."),
        passes("One day between two absences of eight days."),
    ),
).of_absences
def short_return(child: ChildFacts, found: ChildAbsences, asked: Question) -> Iterator[Breach]:
    """Single attended days between long absences (A6)."""
    open_days = [day for day in found.days if day.mark in ABSENCES | _THERE]
    runs = _runs(open_days)
    for before, alone, after in (runs[n : n + 3] for n in range(len(runs) - 2)):
        day = alone[0]
        if day.mark in _THERE and len(alone) == 1 and day.day in asked.days and _is_long(before) and _is_long(after):
            yield Breach((day.day,), tuple(stay.known.id for stay in child.stays.get(day.day, ())), (("day", str(day.day)),))


def _runs(days: Sequence[EnrolledDay]) -> list[list[EnrolledDay]]:
    """Days in a row that were all attended, or all absent."""
    runs: list[list[EnrolledDay]] = []
    for day in days:
        if runs and (runs[-1][0].mark in _THERE) == (day.mark in _THERE):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _is_long(run: Sequence[EnrolledDay]) -> bool:
    return (run[-1].day - run[0].day).days + 1 >= _LONG_ABSENCE


@rule(
    "absence.changed-in-vain",
    "A pattern that outlived a change of the agreement",
    message="{month}: the agreement was changed after {number} month(s) of a pattern, and the pattern shows again.",
    why="A changed agreement begins a new count. One that changes again and again without matching attendance is no change.",
    fix="Ask the family which days and times the child will attend, and change the agreement to those.",
    cites=cite("6-7", "reconfirming an enrolment agreement"),
    severity=Severity.INFORMS,
    switch="frequent.after-reconfirmation",
    holds="Nothing.",
    condition="A count of a situation begins in a month within a week of the end of another count of the same situation, "
    "and on the same weekday where it speaks of one, which had reached two months or more; between the two the "
    "booked days or times changed.",
    examples=(
        found(
            "Fridays are missed in August and September; the agreement books shorter days from October on, and Fridays "
            "are missed."
        ),
        passes("The changed agreement books no Fridays any more."),
    ),
).of_absences
def changed_in_vain(child: ChildFacts, found: ChildAbsences, asked: Question) -> Iterator[Breach]:
    """First months of a count that begin where a count of the same pattern ended, with the agreement's change between (A23)."""
    del child
    for month in found.months:
        days = tuple(day for day in month.caused_by if day in asked.days)
        # after a single month nobody had to change anything
        before = [one.number for one in found.months if one.number >= 2 and _outlived(one, month)]  # noqa: PLR2004
        if days and month.number == 1 and before:
            yield Breach(days, (), (("month", f"{month.days.first:%Y-%m}"), ("number", str(max(before)))))


def _outlived(one: PatternMonth, month: PatternMonth) -> bool:
    alike = (one.pattern, one.weekday) == (month.pattern, month.weekday) and one.pattern is not Pattern.HALF_THE_MONTH
    return alike and 0 <= (month.days.first - one.days.after).days < DAYS_A_WEEK


@rule(
    "closure.two-weeks-by-weekends",
    "Two weeks only with the weekends beside them",
    message="The service was closed from {first} to {last}, two weeks or more only if the weekends at its ends count.",
    why="Whether weekend days beside a closure make it two weeks is not stated; the absence rules are read as if they did.",
    fix="Ask the Ministry's regional office whether this closure suspends the absence rules.",
    cites=cite("6-6", "if you are unsure"),
    severity=Severity.INFORMS,
    switch="closure.long-threshold",
    holds="Nothing.",
    condition="The service did not operate for a span that is two weeks or more as the switch reads it, and from the first "
    "to the last day of that span on which its licence has a session it is fewer than fourteen days.",
    examples=(
        found("Closed from a Monday to the Friday of the next week, at a service that opens on weekdays."),
        passes("Closed for fourteen days, each with a licensed session."),
        passes("Closed for eleven days, thirteen with the weekend before them."),
    ),
).of_the_service
def two_weeks_by_weekends(asked: Question) -> Iterator[Breach]:
    """Long closures that are long only by the unlicensed days at their ends (A3)."""
    for span in long_closures(asked.operating, asked.law, asked.policy["closure.long-threshold"]):
        days = tuple(day for day in span if day in asked.days)
        if days and only_by_weekends(span, asked.operating, asked.law):
            yield Breach(days, (), (("first", str(span.first)), ("last", str(span.last))))


DOUBT_RULES = (
    exemption_not_documented,
    exemption_ends,
    visit_not_noted,
    older_than_record,
    short_return,
    changed_in_vain,
    two_weeks_by_weekends,
)
