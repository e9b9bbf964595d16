"""Months that another named reading of the Handbook would judge otherwise, and services for which a reading decides.

Source: ECE Funding Handbook 6-7, 6-8; policy switches A11, A15, A16, A19, A24.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.handbook.policy import Policy
from ecegateway.model.absence import ChildAbsences, Pattern, PatternMonth
from ecegateway.model.finding import Severity
from ecegateway.rules.absence.patterns import MonthPart, Tally, counted, made_up_days, tallies
from ecegateway.rules.absence.runs import in_a_row
from ecegateway.rules.registry import Breach, Question, found, passes, rule


@rule(
    "absence.another-reading",
    "A month that another reading would judge otherwise",
    message="{month}, month {number} in a row: read as {reading}, the month would be judged otherwise.",
    why="The Handbook leaves room here; the switch says how this claim reads it, and a person should know that it decides.",
    fix="Compare with `ecegateway claim --what-if`, and ask the Ministry's regional office if hours hang on it.",
    cites=cite("6-7", "when to apply the Frequent Absence Rule"),
    severity=Severity.INFORMS,
    switch="frequent.week",
    holds="Nothing.",
    condition="A month shows a situation of frequent absence, and by any situation it stands later in a row than by its "
    "own; or it is the second or a later month in a row, and the situation would not show without weeks cut by "
    "the month's end, or without days not attended at all; or weeks are short once the weekdays of the first "
    "situation count too. It warns where the other reading would refuse more.",
    examples=(
        found("Fridays were missed for two months and Thursdays too in the third: by any situation, a third month."),
        found("Two months are short only by the weeks that the months' ends cut."),
        passes("The Fridays missed were made up in their weeks: by no reading is a week short."),
    ),
).of_absences
def another_reading(child: ChildFacts, found: ChildAbsences, asked: Question) -> Iterator[Breach]:
    """Months from the second on, by whatever count, in which a named reading decides (A11, A15, A16, A24)."""
    counts = in_a_row(found.months)
    for month in found.months:
        days = tuple(day for day in month.caused_by if day in asked.days)
        if not days:
            continue
        if counts.get(month.days.first.replace(day=1), 0) > month.number:
            yield _otherwise(days, month, "frequent.run-identity=any-rule", Severity.WARNS)
        if month.number < 2:  # noqa: PLR2004 - nothing hangs on a first month yet
            continue
        for switch, value in _READINGS.get(month.pattern, ()):
            again = _again(month, child, found, asked.policy.reading(switch, value), asked)
            if not any(tally.shows and tally.pattern is month.pattern for tally in again):
                yield _otherwise(days, month, f"{switch}={value}")
        if month.pattern is Pattern.SAME_WEEKDAY and not _shows(found, month, Pattern.FEWER_DAYS):
            switch, value = "frequent.rule1-rule2", "union"
            again = _again(month, child, found, asked.policy.reading(switch, value), asked)
            if any(tally.shows and tally.pattern is Pattern.FEWER_DAYS for tally in again):
                yield _otherwise(days, month, f"{switch}={value}", Severity.WARNS)


_READINGS = {
    Pattern.FEWER_DAYS: (("frequent.week", "ignore-part-weeks"),),
    Pattern.FEWER_HOURS: (("frequent.rule3-absent-days", "attended-short-days-only"),),
}


def _again(month: PatternMonth, child: ChildFacts, found: ChildAbsences, policy: Policy, asked: Question) -> tuple[Tally, ...]:
    """The month's situations counted anew under another reading."""
    first, after = (bisect_left(found.days, day, key=lambda one: one.day) for day in (month.days.first, month.days.after))
    inside = found.days[first:after]
    counting = tuple(kept for day in inside if (kept := counted(day, policy)) is not None)
    enrolled = frozenset(day.day for day in inside)
    extra = tuple(day for day in child.stays if day in month.days and day not in enrolled)
    part = MonthPart(month.days, counting, extra, made_up_days(child, frozenset(child.stays)))
    return tallies(part, policy, asked.law.on("absence.frequent_share", month.days.first))


def _shows(found: ChildAbsences, month: PatternMonth, pattern: Pattern) -> bool:
    return any(other.pattern is pattern and other.days == month.days and not other.skipped for other in found.months)


def _otherwise(days: tuple[date, ...], month: PatternMonth, reading: str, severity: Severity | None = None) -> Breach:
    """What another reading would judge otherwise; a warning where it would refuse more than this claim does."""
    words = (("month", f"{month.days.first:%Y-%m}"), ("number", str(month.number)), ("reading", reading))
    return Breach(days, (), words, severity)


@rule(
    "absence.mixed-licence",
    "Licensed for all-day and for sessions",
    message="The service is licensed for both; fewer hours a day than enrolled are looked for as {reading} reads it.",
    why="Fewer hours a day do not count at sessional services, and the Handbook does not speak of services that are both.",
    fix="Ask the Ministry's regional office how to apply the rule here, and set the switch if it says otherwise.",
    cites=cite("6-7", "note on fewer hours"),
    severity=Severity.INFORMS,
    switch="frequent.rule3-mixed-services",
    holds="Nothing.",
    condition="On some day asked about the licence in force is for all-day and for sessional operation.",
    examples=(
        found("The service is licensed for both."),
        passes("The service is licensed for all-day operation."),
    ),
).of_the_service
def mixed_licence(asked: Question) -> Iterator[Breach]:
    """Days under a licence for both, as one finding (A19)."""
    days = tuple(day for day in asked.days if asked.facts.profile(day).licence_class == "mixed")
    if days:
        yield Breach(days, (), (("reading", asked.policy["frequent.rule3-mixed-services"]),))


READING_RULES = (another_reading, mixed_licence)
