"""One child's rows in the register: which section the child stands in on which day, and what each day holds.

Source: ECE Funding Handbook 6-3 (separate sections for children under two, and two and over; records must include).
"""

from collections.abc import Iterator, Mapping
from datetime import date

from ecegateway.claim.register_entries import DayEntries
from ecegateway.facts.types import ChildFacts, Operation
from ecegateway.model.ids import ChildKey
from ecegateway.model.period import DateRange, birthday
from ecegateway.model.register import RegisterCell, RegisterRow, Section
from ecegateway.model.verification import VerifiedSpan
from ecegateway.rules.days import booked_spans, in_force


class ChildRegister:
    """One child's register, whole. ``two`` is the age, in years, from which a child stands in the second section."""

    def __init__(
        self,
        child: ChildFacts,
        entered: Mapping[date, DayEntries],
        missing: set[tuple[ChildKey | None, date]],
        spans: tuple[VerifiedSpan, ...],
        two: int,
    ) -> None:
        self.child = child
        self.entered = entered
        self.missing = missing
        self.spans = spans
        self.born = child.identity.record.birth_date if child.identity is not None else None
        self.turns_two = birthday(self.born, two) if self.born is not None else None

    def section(self, day: date) -> Section:
        """The part of the register the child stands in on a day."""
        if self.turns_two is None:
            return Section.UNKNOWN
        return Section.UNDER_TWO if day < self.turns_two else Section.TWO_AND_OVER

    def rows(self, days: DateRange, operating: Mapping[date, Operation]) -> Iterator[tuple[Section, RegisterRow]]:
        """The child's rows of a week; none where the child was neither enrolled nor entered."""
        cells = [(self.section(day), self._cell(day, operating[day])) for day in days]
        for section in Section:
            found = tuple(cell for of, cell in cells if of is section)
            if any(map(says_anything, found)):
                yield section, self._row(found, days)

    def _row(self, cells: tuple[RegisterCell, ...], days: DateRange) -> RegisterRow:
        known = self.child.identity.record if self.child.identity is not None else None
        return RegisterRow(
            child=self.child.key,
            family_name=known.family_name if known is not None else "",
            given_names=known.given_names if known is not None else (),
            preferred_name=known.preferred_name if known is not None else None,
            birth_date=self.born,
            turns_two=self.turns_two if self.turns_two is not None and self.turns_two in days else None,
            cells=cells,
            confirmations=tuple(s for s in self.spans if s.days.first < days.after and s.days.after > days.first),
        )

    def _cell(self, day: date, operation: Operation) -> RegisterCell:
        agreed = [known.record for known in in_force(self.child, day)]
        booked = booked_spans(agreed, day)
        expected = operation.open and (operation.holiday is None or any(day in record.holidays for record in agreed))
        entered = self.entered.get(day, DayEntries())
        return RegisterCell(
            day=day,
            basis=agreed[0].basis if agreed else None,
            enrolled=booked if expected else (),
            stays=tuple(entered.stays),
            absences=tuple(entered.absences),
            notes=tuple(entered.notes),
            unseen=tuple(entered.unseen),
            visit=any(day in record.school_visits for record in agreed),
            no_record=(self.child.key, day) in self.missing,
        )


def says_anything(cell: RegisterCell) -> bool:
    """Whether a child was enrolled on a day, or anything is entered."""
    return bool(cell.enrolled or cell.stays or cell.absences or cell.notes or cell.unseen or cell.visit)
