"""The attendance register of a funding period, week by week.

Source: ECE Funding Handbook 6-3 (records must include).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from ecegateway.claim.register_entries import DayEntries, entries, notes_on
from ecegateway.facts.names import person_name
from ecegateway.facts.types import ChildFacts, Operation, ServiceFacts
from ecegateway.model.finding import Finding
from ecegateway.model.ids import ChildKey
from ecegateway.model.period import DAYS_A_WEEK, DateRange, birthday, week_of
from ecegateway.model.register import (
    Marking,
    Register,
    RegisterCell,
    RegisterDay,
    RegisterNote,
    RegisterRow,
    RegisterWeek,
    Section,
)
from ecegateway.model.service import span_of
from ecegateway.model.spans import Spans, union
from ecegateway.model.verification import VerificationReport, VerifiedSpan
from ecegateway.rules.attendance.recorded import no_record
from ecegateway.rules.days import applies, in_force
from ecegateway.rules.register.marked import markings_shown
from ecegateway.rules.registry import Question

_WEEK = timedelta(days=DAYS_A_WEEK)
_TWO = 2
Notes = Mapping[date, tuple[RegisterNote, ...]]


def register(asked: Question, days: DateRange, findings: Iterable[Finding], confirmed: VerificationReport) -> Register:
    """The register of some days, up to the day of the newest evidence: of later days nothing is entered yet.

    ``findings`` say on which days a child who was expected has no entry, ``confirmed`` what parents said of the record.
    """
    facts = asked.facts
    shown = DateRange(days.first, min(days.after, confirmed.on + timedelta(days=1)))
    missing = {(found.child, day) for found in findings if found.rule == no_record.text.rule for day in found.days}
    spans = {one.child: one.spans for one in confirmed.children}
    kept = [_Kept(child, entries(child, facts, shown), missing, spans.get(child.key, ())) for child in facts.children]
    notes = notes_on(facts)
    weeks = tuple(week for part in _weeks(shown) if (week := _week(asked, part, kept, notes)).days)
    return Register(days, weeks, markings_shown=markings_shown(facts))


class _Kept:
    """One child's register, whole."""

    def __init__(
        self,
        child: ChildFacts,
        entered: Mapping[date, DayEntries],
        missing: set[tuple[ChildKey | None, date]],
        spans: tuple[VerifiedSpan, ...],
    ) -> None:
        self.child = child
        self.entered = entered
        self.missing = missing
        self.spans = spans
        self.born = child.identity.record.birth_date if child.identity is not None else None
        self.turns_two = birthday(self.born, _TWO) if self.born is not None else None

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
            if any(map(_says_anything, found)):
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
        booked = union(
            (booking.starts.hour * 60 + booking.starts.minute, booking.ends.hour * 60 + booking.ends.minute)
            for record in agreed
            for booking in record.bookings
            if applies(booking, day)
        )
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


def _says_anything(cell: RegisterCell) -> bool:
    return bool(cell.enrolled or cell.stays or cell.absences or cell.notes or cell.unseen or cell.visit)


def _weeks(days: DateRange) -> Iterator[DateRange]:
    """Weeks from Monday, as far as they lie within some days."""
    monday = week_of(days.first)
    while monday < days.after:
        yield DateRange(max(monday, days.first), min(monday + _WEEK, days.after))
        monday += _WEEK


def _week(asked: Question, days: DateRange, kept: list[_Kept], notes: Notes) -> RegisterWeek:
    """One week; a weekend day stands in it only where the service has a session or something is entered."""
    rows = [found for child in kept for found in child.rows(days, asked.operating)]
    entered = {cell.day for _, row in rows for cell in row.cells if _says_anything(cell)}
    listed = [day for day in days if asked.operating[day].sessions or day in entered]
    return RegisterWeek(
        days=tuple(_day(asked.facts, day, asked.operating[day], notes.get(day, ())) for day in listed),
        sections=tuple(
            (section, tuple(_on(listed, row) for of, row in rows if of is section))
            for section in Section
            if any(of is section for of, _ in rows)
        ),
    )


def _on(listed: list[date], row: RegisterRow) -> RegisterRow:
    return replace(row, cells=tuple(cell for cell in row.cells if cell.day in listed))


def _day(facts: ServiceFacts, day: date, found: Operation, notes: tuple[RegisterNote, ...]) -> RegisterDay:
    sessions: Spans = union(span_of(session) for session in found.sessions)
    return RegisterDay(day, found.open, sessions, _why_closed(found), _markings(facts, day), notes)


def _why_closed(found: Operation) -> str | None:
    if found.open:
        return None
    if found.holiday is not None:
        return found.holiday
    if found.closure is None:
        return "no session" if not found.sessions else "closed"
    kind = f"{found.closure.record.kind} closure"
    return f"{kind}: {found.closure.record.reason}" if found.closure.record.reason else kind


def _markings(facts: ServiceFacts, day: date) -> tuple[Marking, ...]:
    known = sorted(facts.register_markings.get(day, ()), key=lambda one: (one.record.at is None, one.record.at, one.id))
    return tuple(
        Marking(person_name(facts, one.record.by, one.source) if one.record.by else None, one.record.at) for one in known
    )
