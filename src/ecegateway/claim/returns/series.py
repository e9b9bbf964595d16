"""A return among others: the parts of a split period, and the returns of the same period made before it.

Source: ECE Funding Handbook 14-4; the Ministry's news on managing a change of student management system.
"""

from collections.abc import Iterator

from ecegateway.claim.correction import changes, total
from ecegateway.claim.returns.declare import Asked, Objection, at, return_rule
from ecegateway.handbook.citation import cite
from ecegateway.model.period import DateRange
from ecegateway.model.return_check import Place, Sure, Weight
from ecegateway.model.rs7 import COLUMNS, ReturnKind, Rs7Return
from ecegateway.rules.registry import found, passes

_EACH_DATE = cite("14-4", "daily totals")
_AGAIN = cite("14-4", "a return is corrected by making it again")
_MUCH = 10
"""A total that changes by more than one part in so many is worth a look."""


@return_rule(
    "return.day-claimed-twice",
    "A day claimed twice",
    message="{day} is claimed by {times} parts of the period.",
    why="Where the system was changed within a period, each part of it is claimed by one of them. A day in two parts is "
    "claimed twice.",
    fix="Agree on the day of the change, and prepare the return with parts that do not overlap.",
    cites=_EACH_DATE,
    weight=Weight.ERROR,
    sure=Sure.PUBLISHED,
    condition="A date lies in the days the return claims for and in a part that is claimed elsewhere, or in two such parts.",
    examples=(
        found("The return claims from 1 April, and the old system claims to 1 April."),
        passes("The return claims from 1 April, and the old system claims to 31 March."),
    ),
)
def day_claimed_twice(asked: Asked) -> Iterator[Objection]:
    """Days in more parts than one."""
    for day in asked.made.period.days:
        times = sum(day in part for part in _parts(asked.made))
        if times > 1:
            yield Objection(at(day), (("day", f"{day:%Y-%m-%d}"), ("times", str(times))))


@return_rule(
    "return.day-not-claimed",
    "A day nobody claims",
    message="{day} is neither among the days the return claims for nor claimed elsewhere.",
    why="A day that falls between two systems is lost: its children are not funded, and nobody notices.",
    fix="Prepare the return for that day too, or say by whom it is claimed.",
    cites=_EACH_DATE,
    weight=Weight.ERROR,
    sure=Sure.PUBLISHED,
    condition="A date of the period lies neither in the days the return claims for nor in a part that is claimed elsewhere.",
    examples=(
        found("The return claims from 2 April, and the old system claims to 31 March."),
        passes("The return claims for the whole period."),
    ),
)
def day_not_claimed(asked: Asked) -> Iterator[Objection]:
    """Days in no part."""
    for day in asked.made.period.days:
        if not any(day in part for part in _parts(asked.made)):
            yield Objection(at(day), (("day", f"{day:%Y-%m-%d}"),))


@return_rule(
    "return.hours-outside-part",
    "Hours on a day the return does not claim for",
    message="{hours} hours stand for a day that the return does not claim for.",
    why="The day is claimed elsewhere; its hours here would be claimed twice.",
    fix="Prepare the return again: it leaves out what it does not claim for.",
    cites=_EACH_DATE,
    weight=Weight.ERROR,
    sure=Sure.OURS,
    condition="Counts of a date outside the days the return claims for are not nought.",
    examples=(
        found("The return claims from 1 April and has six hours on 31 March."),
        passes("The return claims from 1 April and has noughts before it."),
    ),
)
def hours_outside_part(asked: Asked) -> Iterator[Objection]:
    """Figures of somebody else's days."""
    for counts in asked.made.counts:
        hours = sum(counts.figures)
        if counts.day not in asked.made.days and hours:
            yield Objection(at(counts.day), (("hours", str(hours)),))


@return_rule(
    "return.part-of-month",
    "A part that does not end with a month",
    message="The return claims from {first} to {last}: not for whole months.",
    why="When a service changes its system, the Ministry takes whole months from the new one; the rest goes on paper.",
    fix="If you can, let the new system claim from the first of a month on.",
    cites=_AGAIN,
    weight=Weight.WARNING,
    sure=Sure.PUBLISHED,
    condition="The return claims for a part of the period that does not begin on the first of a month and end on the last of "
    "one.",
    examples=(
        found("The return claims from 15 April."),
        passes("The return claims for April and May."),
    ),
)
def part_of_month(asked: Asked) -> Iterator[Objection]:
    """Parts that cut a month."""
    days = asked.made.days
    if days.first.day != 1 or days.after.day != 1:
        yield Objection(parameters=(("first", f"{days.first:%Y-%m-%d}"), ("last", f"{days.last:%Y-%m-%d}")))


@return_rule(
    "return.unchanged",
    "The same return again",
    message="The return says the same as number {number} of this period.",
    why="A return that changes nothing is work for both sides, and a receiving system may refuse it.",
    fix="Nothing is to be sent. If a correction was meant, see whether it reached the records.",
    cites=_AGAIN,
    weight=Weight.ERROR,
    sure=Sure.OURS,
    condition="The return is to take the place of an earlier one and has the same days, parts, counts, advance days and "
    "attestation. Of a return that is not attested yet, in place of one that was, nothing is said.",
    examples=(
        found("A revised return has the figures and the attestation of the first."),
        passes("A revised return has one hour more on one day."),
        passes("A revised return differs in its parity attestation alone."),
    ),
)
def unchanged(asked: Asked) -> Iterator[Objection]:
    """A return that would change nothing."""
    made, before = asked.made, asked.before
    if before is not None and _said(made) == _said(before):
        yield Objection(parameters=(("number", str(before.revision)),))


@return_rule(
    "return.sequence",
    "Out of its place among the period's returns",
    message="The return is a {kind} one, and {what}.",
    why="A second first return for the same service and period is said to be refused as a duplicate: corrections are made to "
    "the return that is there.",
    fix="Prepare the return again: it takes the place of the one before it by itself. If the one before was made elsewhere, "
    "nothing.",
    cites=_AGAIN,
    weight=Weight.WARNING,
    sure=Sure.OVERHEARD,
    condition="A first return though an earlier one of the period is on record here, or a revised one though none is.",
    examples=(
        found("A first return, and a first return of the period is on record."),
        found("A revised return, and no other of the period is on record."),
        passes("A revised return after the first."),
        passes("A zero return that takes the place of a first one."),
    ),
)
def sequence(asked: Asked) -> Iterator[Objection]:
    """A return that does not follow from what was made before."""
    kind, before = asked.made.kind, asked.before
    what = ""
    if kind is ReturnKind.FIRST and before is not None:
        what = f"number {before.revision} is on record"
    elif kind is ReturnKind.REVISED and before is None:
        what = "no earlier one of the period is on record here"
    if what:
        yield Objection(parameters=(("kind", kind.value), ("what", what)))


@return_rule(
    "return.changed-much",
    "Much changed since the last return",
    message="{was} hours stood in this column before, {now} do now: more than a tenth changed, on {count} day(s).",
    why="A large change of a past period is where mistakes of a correction show, and what an officer asks about first.",
    fix="Go through the differences day by day, and say in the reason what happened.",
    cites=_AGAIN,
    weight=Weight.WARNING,
    sure=Sure.OURS,
    condition="The return takes the place of an earlier one, and the total of a column in the period differs from the earlier "
    "one's by more than a tenth of it.",
    examples=(
        found("A column had 100 hours and has 111."),
        passes("A column had 100 hours and has 110."),
    ),
)
def changed_much(asked: Asked) -> Iterator[Objection]:
    """Columns that are not what they were."""
    made, before = asked.made, asked.before
    if before is None:
        return
    for column in COLUMNS:
        was, now = total(before, column), total(made, column)
        if abs(now - was) * _MUCH > was:
            days = sum(one.column is column for one in changes(before, made))
            yield Objection(Place(column=column.value), (("was", str(was)), ("now", str(now)), ("count", str(days))))


def _parts(made: Rs7Return) -> tuple[DateRange, ...]:
    return (made.days, *(part.days for part in made.elsewhere))


def _said(made: Rs7Return) -> tuple[object, ...]:
    """What a return says, whoever says it and when."""
    attested = made.attestation
    paid = None if attested is None else (attested.salaries, attested.parity, attested.parity_code)
    return made.days, frozenset(made.elsewhere), made.counts, made.advance, paid


RULES = (
    day_claimed_twice,
    day_not_claimed,
    hours_outside_part,
    part_of_month,
    unchanged,
    sequence,
    changed_much,
)
