"""Frozen facts: what rules and claims are given to read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from ecegateway.contract import Fact
from ecegateway.evidence.record import SetApart
from ecegateway.model.attendance import (
    Absence,
    Attendance,
    Exemption,
    LeavingNotice,
    MakeUpDay,
    Mark,
    Reconfirmation,
    Verification,
)
from ecegateway.model.child import Child, StudentNumber
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.ids import ChildKey, EvidenceId, PersonKey, RecordKey, ServiceNumber, SourceName
from ecegateway.model.people import AuthorisedSignatory, Note, Person, RegisterMarking, SignatureMeans, StaffShift
from ecegateway.model.record import Change, Record
from ecegateway.model.service import Closure, OperatingDay, OperatingSession, ServiceProfile

R_co = TypeVar("R_co", bound=Record, covariant=True)


@dataclass(frozen=True, slots=True)
class Known(Generic[R_co]):
    """A record as it stands, with the evidence that says so and the moment the vendor's system last touched it."""

    id: EvidenceId
    source: SourceName
    record: R_co
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Stay:
    """One attendance on its local day. ``arrives`` and ``departs`` are minutes of the day, ``None`` when not given.

    ``departs`` may exceed 1439: the departure then fell on a later day.
    """

    known: Known[Attendance]
    day: date
    arrives: int | None
    departs: int | None

    @property
    def record(self) -> Attendance:
        """The attendance record."""
        return self.known.record

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The sign-in and the sign-out, as far as there are any."""
        record = self.known.record
        if record.sign_in is not None and record.sign_out is not None:
            return record.sign_in, record.sign_out
        return tuple(mark for mark in (record.sign_in, record.sign_out) if mark is not None)


@dataclass(frozen=True, slots=True)
class Alteration:
    """A record whose content changed, or that came to us already changed.

    ``was`` is the record as it was before, ``None`` when that was never seen. ``fields`` names what differs from it: nothing
    when it was never seen, and when only the statement is new. ``statement`` is what the vendor said of this change, ``None``
    when it said nothing new. ``days`` are those the record bears on, before and after.
    """

    source: SourceName
    stream: str
    before: EvidenceId | None
    was: Record | None
    after: EvidenceId
    fields: tuple[str, ...]
    statement: Change | None
    seen_at: datetime
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Vanished:
    """A record that is gone: ``deleted`` if the vendor said so, else missing from the latest snapshot without a word."""

    last_seen: EvidenceId
    source: SourceName
    record: Record
    deleted: bool


@dataclass(frozen=True, slots=True)
class Agreed:
    """The signed agreement versions in force from a day on, until something else is agreed."""

    since: date
    agreements: tuple[Known[Enrolment], ...]


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """One child at the service. Enrolments ascend by effective day; stays by day and arrival.

    ``agreed`` says, ascending, what of the enrolments is signed and in force; ``notes`` are those about this child, by day.
    ``dayless`` are attendances that give neither a day nor a time: no register holds them. ``number`` is the record of the
    student number that counts, ``other_numbers`` those of other systems beside it; ``replaced_numbers`` count no more.
    """

    key: ChildKey
    identity: Known[Child] | None
    number: Known[StudentNumber] | None
    enrolments: tuple[Known[Enrolment], ...]
    agreed: tuple[Agreed, ...]
    stays: Mapping[date, tuple[Stay, ...]]
    absences: Mapping[date, tuple[Known[Absence], ...]]
    verifications: tuple[Known[Verification], ...]
    signatories: tuple[Known[AuthorisedSignatory], ...]
    exemptions: tuple[Known[Exemption], ...]
    reconfirmations: tuple[Known[Reconfirmation], ...]
    leaving_notices: tuple[Known[LeavingNotice], ...]
    make_up_days: tuple[Known[MakeUpDay], ...]
    notes: tuple[Known[Note], ...]
    alterations: tuple[Alteration, ...]
    vanished: tuple[Vanished, ...]
    dayless: tuple[Known[Attendance], ...]
    other_numbers: tuple[Known[StudentNumber], ...] = ()
    replaced_numbers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Operation:
    """Whether the service operated on a day. ``holiday`` names a public holiday; ``closure`` the closure, if any.

    ``closes`` is the minute of the day at which the last session does, ``None`` on a day without sessions.
    """

    open: bool
    sessions: tuple[OperatingSession, ...]
    closes: int | None
    holiday: str | None
    closure: Known[Closure] | None
    hours_unknown: EvidenceId | None

    @property
    def emergency(self) -> bool:
        """Whether an emergency closed a day on which the service would have operated (Handbook 7-5)."""
        by_emergency = self.closure is not None and self.closure.record.kind == "emergency"
        return by_emergency and self.holiday is None and bool(self.sessions)


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """One service as known at a moment. Profiles ascend by effective day; children by key.

    ``alterations`` and ``vanished`` are of records that belong to no single child. ``record_begins`` is the first day of
    which any stay or absence is on record: of earlier days nothing is known. ``key_spaces`` names, by source, the source
    whose keys of children and people it uses: equal keys of one space are one child or person, of two spaces they are not.
    ``staff`` are those whom a source knows as more than guardians. ``set_apart`` are rows nobody could read.
    """

    number: ServiceNumber
    known_at: datetime
    profiles: tuple[Known[ServiceProfile], ...]
    closures: tuple[Known[Closure], ...]
    operating_days: Mapping[date, Known[OperatingDay]]
    holidays: Mapping[date, str]
    people: Mapping[PersonKey, tuple[Known[Person], ...]]
    staff: frozenset[tuple[SourceName, PersonKey]]
    signature_means: Mapping[RecordKey, tuple[Known[SignatureMeans], ...]]
    shifts: Mapping[date, tuple[Known[StaffShift], ...]]
    register_markings: Mapping[date, tuple[Known[RegisterMarking], ...]]
    notes: tuple[Known[Note], ...]
    children: tuple[ChildFacts, ...]
    record_begins: date | None
    alterations: tuple[Alteration, ...]
    vanished: tuple[Vanished, ...]
    source_facts: Mapping[SourceName, frozenset[Fact]]
    key_spaces: Mapping[SourceName, SourceName]
    set_apart: tuple[SetApart, ...]

    def profile(self, day: date) -> ServiceProfile:
        """The profile in force on a day; before the first, the first."""
        for known in reversed(self.profiles):
            if known.record.effective_from <= day:
                return known.record
        return self.profiles[0].record

    def can_show(self, source: SourceName, fact: Fact) -> bool:
        """Whether a source declared that it can show a fact."""
        return fact in self.source_facts.get(source, frozenset())

    def same_keys(self, one: SourceName, other: SourceName) -> bool:
        """Whether two sources use the same keys of children and people."""
        return self.key_spaces[one] == self.key_spaces[other]
