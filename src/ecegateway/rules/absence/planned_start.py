"""A child who has not attended since the planned start: one week, for a documented cause, under an agreement signed before.

Source: ECE Funding Handbook 3-A-2 (when funding begins); policy switch ``start.never-attended``.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.lookup import Handbook
from ecegateway.model.absence import DayMark, EnrolledDay
from ecegateway.model.attendance import Cause
from ecegateway.model.claim import Verdict
from ecegateway.model.period import ONE_DAY, DateRange
from ecegateway.rules.absence.opinions import Opinion
from ecegateway.rules.absence.reasons import FIRST_WEEK, NEVER_ATTENDED, START_NOT_DOCUMENTED
from ecegateway.rules.absence.regimes import stretches
from ecegateway.rules.days import in_force
from ecegateway.rules.registry import Question

_FUNDED_CAUSES = frozenset({Cause.ILLNESS, Cause.BEYOND_CONTROL})


@dataclass(frozen=True, slots=True)
class PlannedStarts:
    """A child's stretches of enrolment, each begun by a planned start, and the days the child came."""

    child: ChildFacts
    stretches: tuple[DateRange, ...]
    came: Sequence[date]
    enrolled_before: bool
    """Whether the first stretch began before the record does."""
    one_week: bool
    law: Handbook

    def stretch_of(self, day: date) -> DateRange:
        """The stretch of enrolment that an enrolled day lies in."""
        return next(stretch for stretch in self.stretches if day in stretch)

    def divides(self, before: date, day: date) -> bool:
        """Whether the child was enrolled anew since a day; what was missed before has no part in what is missed since."""
        return any(before < stretch.first <= day for stretch in self.stretches)

    def opinion(self, day: EnrolledDay, first_absence: date, removed: int) -> Opinion | None:
        """What the start rule thinks of an absent day; ``None`` once the child came, or where the start is not on record."""
        stretch = self.stretch_of(day.day)
        if not self.one_week or self._came_in(DateRange(stretch.first, day.day)):
            return None
        if self.enrolled_before and stretch == self.stretches[0]:
            return None
        elapsed = (day.day - first_absence).days - removed
        signed_before = any(
            known.record.signature is not None and known.record.signature.signed_on < first_absence
            for known in in_force(self.child, first_absence)
        )
        if elapsed >= self.law.on("absence.never_attended", day.day) or not signed_before:
            return Opinion(Verdict.REFUSED, NEVER_ATTENDED)
        if day.mark is DayMark.EMERGENCY:
            return Opinion(Verdict.CLAIMED, FIRST_WEEK)
        return self._documented(day.day)

    def _documented(self, day: date) -> Opinion:
        marks = [known.record for known in self.child.absences.get(day, ())]
        if any(mark.cause in _FUNDED_CAUSES and mark.document_reference is not None for mark in marks):
            return Opinion(Verdict.CLAIMED, FIRST_WEEK)
        may_yet_be = any(mark.cause is None or mark.cause in _FUNDED_CAUSES for mark in marks)
        return Opinion(*((Verdict.HELD, START_NOT_DOCUMENTED) if may_yet_be else (Verdict.REFUSED, NEVER_ATTENDED)))

    def _came_in(self, days: DateRange) -> bool:
        at = bisect_left(self.came, days.first)
        return at < len(self.came) and self.came[at] < days.after


def planned_starts(child: ChildFacts, came: Sequence[date], asked: Question) -> PlannedStarts:
    """The child's planned starts within the days looked back on."""
    return PlannedStarts(
        child,
        stretches(child, asked.look_back, asked.operating),
        came,
        bool(in_force(child, asked.look_back.first - ONE_DAY)),
        asked.policy["start.never-attended"] == "one-week",
        asked.law,
    )
