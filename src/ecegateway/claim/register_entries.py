"""What a child's register says of each day: entries that stand, and before them those crossed out, with who, when and why.

Source: ECE Funding Handbook 6-3 (changes must not be whited out; criterion 5).
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from ecegateway.facts.names import person_name
from ecegateway.facts.types import Alteration, ChildFacts, ServiceFacts
from ecegateway.facts.versions import day_of, minute_on
from ecegateway.model.attendance import Absence, Attendance, Mark
from ecegateway.model.ids import EvidenceId, PersonKey, SourceName
from ecegateway.model.period import DateRange
from ecegateway.model.record import Record
from ecegateway.model.register import AbsenceEntry, Correction, RegisterNote, Signed, StayEntry
from ecegateway.model.spans import minute_of

_SHOWN = frozenset({"day", "arrived", "departed", "sign_in", "sign_out", "circumstances", "starts", "ends", "reason"})
"""Fields an entry shows: a change of none of them crosses nothing out."""


@dataclass(slots=True)
class DayEntries:
    """What one day of one child holds, while it is gathered."""

    stays: list[StayEntry] = field(default_factory=list)
    absences: list[AbsenceEntry] = field(default_factory=list)
    notes: list[RegisterNote] = field(default_factory=list)
    unseen: list[Correction] = field(default_factory=list)


def entries(child: ChildFacts, facts: ServiceFacts, days: DateRange) -> Mapping[date, DayEntries]:
    """What the child's register says of some days; days of which it says nothing are left out."""
    book = _Book(facts)
    book.cross_out(child)
    for day in days:
        for stay in child.stays.get(day, ()):
            book.enter(stay.record, stay.known.id, stay.known.source)
        for absent in child.absences.get(day, ()):
            book.enter(absent.record, absent.id, absent.source)
    for note in child.notes:
        book.days[note.record.day].notes.append(RegisterNote(note.record.text, book.name(note.record.written_by, note.source)))
    return book.days


def notes_on(facts: ServiceFacts) -> Mapping[date, tuple[RegisterNote, ...]]:
    """The remarks about days of the whole service."""
    book = _Book(facts)
    for note in facts.notes:
        if note.record.child is None:
            written = RegisterNote(note.record.text, book.name(note.record.written_by, note.source))
            book.days[note.record.day].notes.append(written)
    return {day: tuple(found.notes) for day, found in book.days.items()}


class _Book:
    """The days of one child, as they fill."""

    def __init__(self, facts: ServiceFacts) -> None:
        self.days: defaultdict[date, DayEntries] = defaultdict(DayEntries)
        self._facts = facts
        self._zone = facts.profiles[-1].record.zone

    def cross_out(self, child: ChildFacts) -> None:
        """Enter what was changed or is gone."""
        for changed in child.alterations:
            correction = self._correction(changed)
            if changed.was is not None and changed.before is not None and _SHOWN.intersection(changed.fields):
                self.enter(changed.was, changed.before, changed.source, correction)
            elif changed.was is None and changed.stream in (Attendance.stream, Absence.stream):
                for day in changed.days:
                    self.days[day].unseen.append(correction)
        for gone in child.vanished:
            correction = Correction("deleted" if gone.deleted else "missing", None, None, None, stated=gone.deleted)
            self.enter(gone.record, gone.last_seen, SourceName(gone.last_seen.partition("/")[0]), correction)

    def enter(self, record: Record, evidence: EvidenceId, source: SourceName, crossed_out: Correction | None = None) -> None:
        """Enter a stay or an absence on its day; other records are no entries."""
        if isinstance(record, Absence):
            self.days[record.day].absences.append(self._absence(record, evidence, source, crossed_out))
        elif isinstance(record, Attendance):
            day = day_of(record, self._zone)
            if day is not None:
                came = self._signed(minute_on(record.arrived, day, self._zone), record.sign_in, source)
                left = self._signed(minute_on(record.departed, day, self._zone), record.sign_out, source)
                self.days[day].stays.append(StayEntry(came, left, record.circumstances, evidence, crossed_out))

    def name(self, person: PersonKey | None, source: SourceName) -> str | None:
        """A person's display name."""
        return None if person is None else person_name(self._facts, person, source)

    def _absence(
        self, record: Absence, evidence: EvidenceId, source: SourceName, crossed_out: Correction | None
    ) -> AbsenceEntry:
        reason = record.reason or (record.cause.value.replace("-", " ") if record.cause is not None else None)
        return AbsenceEntry(
            starts=_minute(record.starts),
            ends=_minute(record.ends),
            reason=reason,
            marked_by=self.name(record.marked_by, source),
            marked_at=record.marked_at,
            evidence=evidence,
            crossed_out=crossed_out,
        )

    def _signed(self, minute: int | None, mark: Mark | None, source: SourceName) -> Signed:
        if mark is None:
            return Signed(minute, None, None)
        return Signed(minute, self.name(mark.by, source), mark.method)

    def _correction(self, changed: Alteration) -> Correction:
        said = changed.statement
        if said is None:
            return Correction("changed", None, None, None, stated=False)
        return Correction("changed", self.name(said.by, changed.source), said.at, said.why, stated=True)


def _minute(at: time | None) -> int | None:
    return None if at is None else minute_of(at)
