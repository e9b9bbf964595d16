"""The register's entries as rows, for a spreadsheet: one for each entry, those crossed out included."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ecegateway.contract import Exportable
from ecegateway.export.register_words import (
    SECTIONS,
    correction_words,
    signer_words,
    time_words,
)
from ecegateway.export.words import clock, instant_text, times
from ecegateway.model.register import AbsenceEntry, Correction, RegisterCell, RegisterRow, Section, StayEntry

COLUMNS = (
    "Day",
    "Section",
    "Last name",
    "First names",
    "Child key",
    "Enrolment",
    "Enrolled",
    "Entry",
    "From",
    "Signed in by",
    "To",
    "Signed out by",
    "Reason or circumstances",
    "Notes",
    "Crossed out",
    "Evidence",
)
"""The headings of :attr:`EntryRow.values`, behind the day."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry of one child's day; ``values`` stand under :data:`COLUMNS` from the section on."""

    day: date
    values: tuple[str, ...]


def entry_rows(exportable: Exportable) -> Iterator[EntryRow]:
    """Every entry, by week, section, child and day; and every day on which an expected child has none."""
    for week in exportable.register().weeks:
        for section, rows in week.sections:
            for row in rows:
                for cell in row.cells:
                    yield from (EntryRow(cell.day, values) for values in _values(section, row, cell))


def _values(section: Section, row: RegisterRow, cell: RegisterCell) -> Iterator[tuple[str, ...]]:
    enrolled = times(cell.enrolled) if cell.enrolled else ""
    basis = cell.basis.value if cell.basis is not None else ""
    head = (SECTIONS[section], row.family_name, " ".join(row.given_names), row.child, basis, enrolled)
    notes = "; ".join((*(note.text for note in cell.notes), *map(correction_words, cell.unseen)))
    entries = [*(_stay(stay, notes) for stay in cell.stays), *(_absence(absent, notes) for absent in cell.absences)]
    if cell.visit:
        entries.append(("on a school visit", "", "", "", "", "", notes, "", ""))
    if cell.no_record:
        entries.append(("no entry", "", "", "", "", "", notes, "", ""))
    if not entries and notes:
        entries.append(("", "", "", "", "", "", notes, "", ""))
    yield from ((*head, *entry) for entry in entries)


def _stay(stay: StayEntry, notes: str) -> tuple[str, ...]:
    came, left = stay.arrived, stay.departed
    times_and_signers = (time_words(came), signer_words(came), time_words(left), signer_words(left))
    return ("present", *times_and_signers, stay.circumstances or "", notes, _crossed_out(stay.crossed_out), stay.evidence)


def _absence(absent: AbsenceEntry, notes: str) -> tuple[str, ...]:
    starts, ends = ("" if minute is None else clock(minute) for minute in (absent.starts, absent.ends))
    marked = f"marked by {absent.marked_by}" if absent.marked_by else ""
    when = instant_text(absent.marked_at) if absent.marked_at is not None else ""
    by = ", ".join(part for part in (marked, when) if part)
    return ("a", starts, by, ends, "", absent.reason or "", notes, _crossed_out(absent.crossed_out), absent.evidence)


def _crossed_out(found: Correction | None) -> str:
    return "" if found is None else correction_words(found)
