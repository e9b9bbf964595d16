"""What the Frequent Absence Rule asks the service to do at the end of each month.

Source: ECE Funding Handbook 6-7 (how to apply the Frequent Absence Rule), 6-8.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.absence import ChildAbsences, Duty, Pattern, PatternMonth
from ecegateway.model.finding import Severity
from ecegateway.model.period import ONE_DAY, first_of_month_after
from ecegateway.rules.absence.reconfirming import is_by_family
from ecegateway.rules.registry import AbsenceCheck, Breach, Question, found, passes, rule

SITUATIONS: Mapping[Pattern, str] = MappingProxyType(
    {
        Pattern.SAME_WEEKDAY: "absent on the same enrolled day of the week",
        Pattern.FEWER_DAYS: "fewer days in the week than enrolled",
        Pattern.FEWER_HOURS: "fewer hours in the day than enrolled",
        Pattern.HALF_THE_MONTH: "attendance matched the agreement on fewer than half of the days",
    }
)
_MESSAGE = "{month}, month {number} in a row: {situation}, {missed} of {of}{by}."
_SHOWS = (
    "The month, or the part of it under one agreement, shows one of the three situations, as the switches of the rule read "
    "them: the child missed more than half of the days of an enrolled weekday, came on fewer days than enrolled in more than "
    "half of its weeks, or stayed for fewer hours than enrolled, or not at all, on more than half of its days (the last not at "
    "sessional services). "
)
_STEPS = cite("6-7", "how to apply the Frequent Absence Rule")


def _asked_for(duty: Duty) -> AbsenceCheck:
    def check(child: ChildFacts, found: ChildAbsences, asked: Question) -> Iterator[Breach]:
        del child
        return _breaches(found, asked, lambda month: month.duty is duty)

    return check


def _breaches(found: ChildAbsences, asked: Question, speaks_of: Callable[[PatternMonth], bool]) -> Iterator[Breach]:
    evidence = {day.day: day.evidence for day in found.days}
    for month in found.months:
        days = tuple(day for day in month.caused_by if day in asked.days)
        if days and speaks_of(month):
            yield Breach(days, tuple(item for day in days for item in evidence[day]), _words(month), due=month.due)


def _words(month: PatternMonth) -> tuple[tuple[str, str], ...]:
    return (
        ("month", f"{month.days.first:%Y-%m}"),
        ("number", str(month.number)),
        ("situation", SITUATIONS[month.pattern]),
        ("missed", str(month.missed)),
        ("of", str(month.of)),
        ("by", f"; by {month.due}" if month.due is not None else ""),
    )


monitor = rule(
    "absence.monitor",
    "Frequent absence: watch next month",
    message=_MESSAGE,
    why="A pattern of absence was found for a month. Its absences are funded; the next month decides.",
    fix="Note that the child's absences must be monitored in the following month.",
    cites=_STEPS,
    severity=Severity.INFORMS,
    holds="Nothing.",
    condition=_SHOWS + "It is the first such month in a row; or the second, and the agreement is reconfirmed "
    "already; or other days and times are booked from the day after.",
    examples=(
        found("Three of the four Fridays of August are missed, for the first month."),
        found("The third month shows the situation, and the agreement is changed from the first of the fourth."),
        passes("Exactly half of the Wednesdays of the month are missed."),
    ),
).of_absences(_asked_for(Duty.MONITOR))

reconfirm = rule(
    "absence.reconfirm",
    "Frequent absence: reconfirm the agreement",
    message=_MESSAGE,
    why="In the second month of a pattern the agreement must be reconfirmed; else absences in the third are not funded.",
    fix="Have a parent sign and date that the agreement remains valid, or change it to the days and times the child attends.",
    cites=_STEPS,
    severity=Severity.WARNS,
    switch="frequent.reconfirm-window",
    holds="Nothing. The third month's absences are refused as long as nobody has signed.",
    condition=_SHOWS + "It is the second such month in a row, or the third, and no parent or guardian has "
    "reconfirmed or changed the agreement within the window of the switch; no other days and times are booked "
    "from the day after.",
    examples=(
        found("Three of four Fridays are missed in August and again in September, and nobody has signed."),
        passes("A parent reconfirmed the agreement on the last day of the second month."),
    ),
).of_absences(_asked_for(Duty.RECONFIRM))

change = rule(
    "absence.change-agreement",
    "Frequent absence: change the agreement",
    message=_MESSAGE,
    why="Absences in the fourth month of a pattern are not funded, and the agreement must be changed to match attendance.",
    fix="Change the agreement to the days and times the child attends, signed and dated by a parent.",
    cites=_STEPS,
    severity=Severity.WARNS,
    switch="frequent.after-reconfirmation",
    holds="Nothing. The fourth month's absences are refused as long as the agreement is not changed.",
    condition=_SHOWS + "It is the third such month in a row, and the agreement was reconfirmed; or the "
    "fourth or a later one. No other days and times are booked from the day after.",
    examples=(
        found("The third month shows the situation, and the agreement was reconfirmed unchanged."),
        passes("The agreement is changed from the day after the third month."),
    ),
).of_absences(_asked_for(Duty.CHANGE))


@rule(
    "absence.half-the-month",
    "Attendance matched the agreement on fewer than half of the days",
    message=_MESSAGE,
    why="Attendance must match the agreement for at least half of each month; the steps that refuse funding name only three "
    "situations, so this one warns.",
    fix="Ask whether the agreement still fits, before a pattern costs funding.",
    cites=cite("6-7", "Frequent Absence Rule"),
    severity=Severity.WARNS,
    switch="frequent.general-half-test",
    holds="Nothing.",
    condition="On more than half of the enrolled days of a month that count, the child was absent or stayed for fewer hours "
    "than enrolled. Asked only where the switch makes the general sentence advisory.",
    examples=(
        found("On three of four Wednesdays the child stays for three of six hours."),
        passes("On two of four Wednesdays the child stays for three of six hours."),
        passes("Every day of the month is short, and the switch says off."),
    ),
).of_absences
def half_the_month(child: ChildFacts, found: ChildAbsences, asked: Question) -> Iterator[Breach]:
    """Months in which fewer than half of the enrolled days match, where the switch makes that advisory."""
    del child
    if asked.policy["frequent.general-half-test"] == "advisory":
        yield from _breaches(found, asked, lambda month: month.pattern is Pattern.HALF_THE_MONTH)


@rule(
    "absence.reconfirmed-off-time",
    "Reconfirmed early or late: look at it",
    message="The reconfirmation of {signed} lies {when}.",
    why="The agreement is to be reconfirmed at the end of the second month. What was signed earlier or later counts, "
    "and a person should look.",
    fix="Check that the parent signed for this pattern, and note that you have looked.",
    cites=cite("6-7", "step 4; reconfirming an enrolment agreement"),
    severity=Severity.WARNS,
    switch="frequent.reconfirm-window",
    holds="Nothing.",
    condition="The third month in a row of a situation of frequent absence is funded because of a signature dated before "
    "the last day of the second month, or in the third month after its first absence that shows the situation, "
    "or after the end of the third month.",
    examples=(
        found("Signed on 29 September; September is the second month."),
        found("Signed on 9 October, the day after the first absence it answers for."),
        passes("Signed on 30 September, the last day of the second month."),
        passes("Signed after the return that covers the third month was due: it answers nothing."),
    ),
).of_absences
def reconfirmed_off_time(child: ChildFacts, found: ChildAbsences, asked: Question) -> Iterator[Breach]:
    """Third months carried by a signature from before the end of month two, or after an absence it answers for (A22)."""
    del child
    for month in found.months:
        signed = month.reconfirmed_on
        third = asked.law.on("absence.last_funded_month", month.days.first)
        if signed is None or month.number != third or month.refuses or month.duty is Duty.NONE:
            continue
        days = tuple(day for day in month.caused_by if day in asked.days)
        when = _off_time(signed, _month_before(month, found), month)
        if days and when is not None:
            yield Breach(days, (), (("signed", str(signed)), ("when", when)))


def _month_before(month: PatternMonth, found: ChildAbsences) -> PatternMonth:
    """The month of the run before this one; between the two lie only months passed over."""
    earlier = (one for one in found.months if not one.skipped and one.days.first < month.days.first)
    return max((one for one in earlier if one.number == month.number - 1), key=lambda one: one.days)


def _off_time(signed: date, second: PatternMonth, third: PatternMonth) -> str | None:
    if signed < first_of_month_after(second.days.first, 1) - ONE_DAY:
        return "before the end of the second month"
    if signed >= first_of_month_after(third.days.first, 1):
        return "after the end of the third month"
    return "in the third month, after absences it answers for" if signed > third.caused_by[0] else None


@rule(
    "absence.reconfirmed-by-staff",
    "Reconfirmed by somebody who may not",
    message="The reconfirmation of {signed} was signed by a person who is not a parent or guardian of the child.",
    why="An agreement is reconfirmed by the child's parent or guardian; staff cannot sign for a family.",
    fix="Have a parent or guardian sign and date the agreement themselves.",
    cites=cite("6-7", "reconfirming an enrolment agreement"),
    severity=Severity.WARNS,
    holds="Nothing. The signature answers for no month.",
    condition="A reconfirmation signed on a day asked about names a signatory whom the same source has on record as "
    "anything other than a guardian.",
    examples=(
        found("A teacher signed that the agreement remains valid."),
        passes("Somebody on record as a guardian signed."),
    ),
).of_each_child
def reconfirmed_by_staff(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Reconfirmations by staff, given on the days asked about."""
    for known in child.reconfirmations:
        signed = known.record.signed_on
        if signed in asked.days and not is_by_family(known, asked.facts.people):
            yield Breach((signed,), (known.id,), (("signed", str(signed)),))


DUTY_RULES = (monitor, reconfirm, change, half_the_month, reconfirmed_off_time, reconfirmed_by_staff)
