"""Months of a pattern in a row, and what each asks of the service.

A run is counted for each situation, and for the first for each weekday. A month without the pattern ends it; a month in
which nothing could be attended says nothing; a closure of two weeks or more is passed over; other booked days and times,
or a month without an enrolment, begin a new run.

Source: ECE Funding Handbook 6-7 (how to apply the Frequent Absence Rule, extension for extended non-operation); policy
switches A21 to A27.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ecegateway.handbook.lookup import Handbook
from ecegateway.handbook.policy import Policy
from ecegateway.model.absence import Duty, Pattern, PatternMonth
from ecegateway.model.period import DateRange, Weekday, first_of_month_after
from ecegateway.rules.absence.month_parts import Judged
from ecegateway.rules.absence.patterns import Tally, tallies
from ecegateway.rules.absence.reconfirming import Signatures

Situation = tuple[Pattern, Weekday | None]


@dataclass(slots=True)
class _Run:
    """Months in a row. ``second`` is the part that was month two; ``situations`` are those that showed last."""

    number: int = 0
    second: DateRange | None = None
    reconfirmed_on: date | None = None
    situations: set[Situation] = field(default_factory=set)


def pattern_months(judged: Sequence[Judged], signatures: Signatures, policy: Policy, law: Handbook) -> tuple[PatternMonth, ...]:
    """Every month in which a pattern shows, or is passed over, by month; ``judged`` ascend."""
    found: list[PatternMonth] = []
    runs: dict[object, _Run] = {}
    for number, month in enumerate(judged):
        if number and not _goes_on(judged[number - 1], month):
            runs = {}
        counts = tallies(month.part, policy, law.on("absence.frequent_share", month.part.span.first))
        by_run: dict[object, list[Tally]] = {key: [] for key in runs}
        for tally in counts:
            by_run.setdefault(_run_of((tally.pattern, tally.weekday), policy), []).append(tally)
        judging = _Month(month, signatures, policy, law)
        for key, of_run in by_run.items():
            found += judging.judge(runs.setdefault(key, _Run()), of_run)
    return tuple(found)


def _goes_on(before: Judged, month: Judged) -> bool:
    """Whether a run may go on: the same days and times booked, and no month between without an enrolment."""
    return before.bookings == month.bookings and month.month.first <= first_of_month_after(before.month.first, 1)


def _run_of(situation: Situation, policy: Policy) -> object:
    """What makes the pattern the same as in the previous month (A24)."""
    pattern, reading = situation[0], policy["frequent.run-identity"]
    if _is_advisory(pattern, policy):
        return pattern  # it may neither begin nor lengthen a run that refuses
    if reading == "any-rule":
        return reading
    return pattern if reading == "per-rule" else situation


def _is_advisory(pattern: Pattern, policy: Policy) -> bool:
    """Whether a pattern only warns (A30)."""
    return pattern is Pattern.HALF_THE_MONTH and policy["frequent.general-half-test"] != "refuse"


@dataclass(frozen=True, slots=True)
class _Month:
    judged: Judged
    signatures: Signatures
    policy: Policy
    law: Handbook

    def judge(self, run: _Run, counts: list[Tally]) -> Iterator[PatternMonth]:
        """Move a run on by this month, and tell what shows."""
        showing = [tally for tally in counts if tally.shows]
        if self.judged.touched and self.policy["frequent.long-closure"] == "skip-touched-months":
            if run.number:
                yield from self._passed_over(run)
                return
            if self.policy["frequent.touched-month-without-run"] == "information-only":
                return
        if showing:
            self._go_on(run, showing)
            yield from (self._told(run, tally) for tally in showing)
        elif counts and run.number:
            yield from self._after_two(run, counts)
            run.number, run.second, run.reconfirmed_on = 0, None, None

    def _go_on(self, run: _Run, showing: list[Tally]) -> None:
        span = self.judged.part.span
        run.number += 1
        run.situations = {(tally.pattern, tally.weekday) for tally in showing}
        reconfirm_month = self.law.on("absence.reconfirm_month", span.first)
        if run.number == reconfirm_month:
            run.second = span
        if run.second is not None and run.number <= reconfirm_month + 1:
            third = span if run.number > reconfirm_month else None
            run.reconfirmed_on = self.signatures.answering(run.second, third)

    def _told(self, run: _Run, tally: Tally) -> PatternMonth:
        advisory = _is_advisory(tally.pattern, self.policy)
        duty, due = (Duty.NONE, None) if advisory else self._duty(run)
        return PatternMonth(
            pattern=tally.pattern,
            weekday=tally.weekday,
            days=self.judged.part.span,
            missed=tally.missed,
            of=tally.of,
            caused_by=tally.caused_by,
            number=run.number,
            skipped=False,
            reconfirmed_on=run.reconfirmed_on,
            refuses=not advisory and self._refuses(run),
            duty=duty,
            due=due,
        )

    def _refuses(self, run: _Run) -> bool:
        """Steps 5 and 6: the third month unless reconfirmed, the fourth in any case (A23)."""
        first = self.judged.part.span.first
        if run.number > self.law.on("absence.last_funded_month", first):
            return True
        after = self.law.on("absence.reconfirm_month", first)
        if self.policy["frequent.after-reconfirmation"] == "vendor-second-reconfirmation":
            again = run.number > after
            return run.number >= after and (
                run.reconfirmed_on is None or (again and not self.signatures.again(self.judged.part.span, run.reconfirmed_on))
            )
        return run.number > after and run.reconfirmed_on is None

    def _duty(self, run: _Run) -> tuple[Duty, date | None]:
        """What is to be done now, and by when; a changed agreement leaves nothing to do but to watch."""
        span = self.judged.part.span
        reconfirm_month = self.law.on("absence.reconfirm_month", span.first)
        if self.judged.changed or run.number < reconfirm_month:
            return Duty.MONITOR, None
        if run.number == reconfirm_month:
            return (
                (Duty.RECONFIRM, self.signatures.last_day_of_next_month(span))
                if run.reconfirmed_on is None
                else (Duty.MONITOR, None)
            )
        if run.number == reconfirm_month + 1 and run.reconfirmed_on is None:
            return Duty.RECONFIRM, self.signatures.window_closes(span.first)
        return Duty.CHANGE, self.judged.month.last

    def _after_two(self, run: _Run, counts: list[Tally]) -> Iterator[PatternMonth]:
        """The month after two of a pattern, when it does not show: refused only under the stricter reading (A21)."""
        span = self.judged.part.span
        if run.number != self.law.on("absence.reconfirm_month", span.first):
            return
        if self.policy["frequent.month3-needs-pattern"] == "yes":
            return
        self._go_on(run, [tally for tally in counts if (tally.pattern, tally.weekday) in run.situations])
        yield from (self._told(run, tally) for tally in counts if (tally.pattern, tally.weekday) in run.situations)

    def _passed_over(self, run: _Run) -> Iterator[PatternMonth]:
        """A month touched by a long closure neither adds to a run nor ends it; a refusal already reached stands (A26)."""
        span = self.judged.part.span
        refuses = run.number > self.law.on("absence.last_funded_month", span.first)
        for pattern, weekday in sorted(run.situations, key=str):
            yield PatternMonth(
                pattern=pattern,
                weekday=weekday,
                days=span,
                missed=0,
                of=0,
                caused_by=(),
                number=run.number,
                skipped=True,
                reconfirmed_on=run.reconfirmed_on,
                refuses=refuses and not _is_advisory(pattern, self.policy),
                duty=Duty.NONE,
                due=None,
            )


def in_a_row(months: Sequence[PatternMonth]) -> Mapping[date, int]:
    """By first of month, in how many months in a row up to it any of the three situations showed; passed-over ones aside."""
    three = [month for month in months if month.pattern is not Pattern.HALF_THE_MONTH]
    passed = {month.days.first.replace(day=1) for month in three if month.skipped}
    showing = {month.days.first.replace(day=1) for month in three if not month.skipped}
    counts: dict[date, int] = {}
    for first in sorted(showing | passed):
        counts[first] = counts.get(first_of_month_after(first, -1), 0) + (first in showing)
    return counts
