"""A register that looks like one: both sections, a second birthday, absences, corrections, closures, markings, confirmations.

The weeks are those of Monday 2 and Monday 9 March 2026, and of Monday 2 February, which Waitangi Day ends.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from ecegateway.model.attendance import Method
from ecegateway.model.enrolment import Basis
from ecegateway.model.ids import ChildKey, EvidenceId, PersonKey, ServiceNumber, evidence_id
from ecegateway.model.period import DateRange
from ecegateway.model.register import (
    AbsenceEntry,
    Correction,
    Marking,
    Register,
    RegisterCell,
    RegisterDay,
    RegisterNote,
    RegisterRow,
    RegisterWeek,
    Section,
    Signed,
    StayEntry,
)
from ecegateway.model.verification import (
    ChildVerifications,
    GuardianWord,
    Rhythm,
    VerificationReport,
    VerificationState,
    VerifiedSpan,
)

DAYS = DateRange(date(2026, 2, 1), date(2026, 6, 1))
MONDAY = date(2026, 3, 2)
WEEK = tuple(MONDAY + timedelta(days=n) for n in range(5))
BIRTHDAY = WEEK[2]
BOOKED = ((510, 870),)
BY_MOTHER = Signed(505, "Mererangi O'Hārae", Method.SIGNED)
BY_FATHER = Signed(875, "Hēmi O'Hārae", Method.SIGNED)
CHANGED = Correction("changed", "Kararaina Te Hīnau", datetime(2026, 3, 4, 2, 5, tzinfo=UTC), "typed 3 for 2", stated=True)


def record(stream: str, key: str, version: int = 1) -> EvidenceId:
    return evidence_id("kowhai", ServiceNumber("10842"), stream, key, version)


def stay(
    *, arrived: Signed = BY_MOTHER, departed: Signed = BY_FATHER, why: str | None = None, crossed_out: Correction | None = None
) -> StayEntry:
    return StayEntry(arrived, departed, why, record("attendance", "s-1"), crossed_out)


def absence(reason: str | None = "unwell", *, crossed_out: Correction | None = None, part: bool = False) -> AbsenceEntry:
    starts, ends = (720, 870) if part else (None, None)
    marked_at = datetime(2026, 3, 1, 20, 40, tzinfo=UTC)
    return AbsenceEntry(starts, ends, reason, "Kararaina Te Hīnau", marked_at, record("absence", "x-1"), crossed_out)


def cell(
    day: date,
    *entries: StayEntry | AbsenceEntry,
    basis: Basis | None = Basis.PERMANENT,
    enrolled: bool = True,
    notes: Sequence[str] = (),
    unseen: Sequence[Correction] = (),
    visit: bool = False,
    no_record: bool = False,
) -> RegisterCell:
    return RegisterCell(
        day=day,
        basis=basis,
        enrolled=BOOKED if enrolled else (),
        stays=tuple(entry for entry in entries if isinstance(entry, StayEntry)),
        absences=tuple(entry for entry in entries if isinstance(entry, AbsenceEntry)),
        notes=tuple(RegisterNote(text, "Kararaina Te Hīnau") for text in notes),
        unseen=tuple(unseen),
        visit=visit,
        no_record=no_record,
    )


def row(
    key: ChildKey, cells: Sequence[RegisterCell], *confirmations: VerifiedSpan, name: tuple[str, str] = ("Tāne", "Ngārimu")
) -> RegisterRow:
    given, family = name
    return RegisterRow(key, family, (given,), None, date(2023, 1, 5), None, tuple(cells), confirmations)


def span(state: VerificationState, *open_days: date, paper: bool = False, sheet: str | None = None) -> VerifiedSpan:
    """The week of 2 March; confirmed by the mother unless days are open."""
    word = GuardianWord(
        PersonKey("g1"),
        "Mererangi O'Hārae",
        datetime(2026, 3, 6, 5, 5, tzinfo=UTC),
        "disputed" if state is VerificationState.DISPUTED else "confirmed",
        "paper" if paper else "electronic",
        sheet,
        record("verification", "v-1"),
    )
    disputed = open_days if state is VerificationState.DISPUTED else ()
    return VerifiedSpan(
        child=ChildKey("c-000"),
        days=DateRange(MONDAY, MONDAY + timedelta(days=7)),
        rhythm=Rhythm.WEEKLY,
        state=state,
        covered=tuple(day for day in WEEK if day not in open_days),
        uncovered=() if disputed else open_days,
        superseded=(),
        disputed=disputed,
        words=() if len(open_days) == len(WEEK) else (word,),
        due=MONDAY + timedelta(days=7),
        overdue=MONDAY + timedelta(days=14),
    )


def service_day(day: date, *, closed: str | None = None, marked: bool = True, notes: Sequence[str] = ()) -> RegisterDay:
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    markings = (Marking("Kararaina Te Hīnau", at - timedelta(hours=4)), Marking(None, at)) if marked else ()
    return RegisterDay(day, closed is None, ((450, 1050),), closed, markings, tuple(RegisterNote(text, None) for text in notes))


def sample(keys: Sequence[ChildKey]) -> Register:
    """A register of five children with these keys."""
    days = (
        *(service_day(day) for day in WEEK[:4]),
        service_day(WEEK[4], closed="planned closure: teachers' day", marked=False),
    )
    approved = span(VerificationState.APPROVED)
    turning = row(keys[0], [cell(day, stay()) for day in WEEK if day < BIRTHDAY], approved)
    turned = row(keys[0], [cell(day, stay()) for day in WEEK if day >= BIRTHDAY], approved)
    return Register(
        DAYS,
        (
            RegisterWeek(
                (service_day(date(2026, 2, 5)), service_day(date(2026, 2, 6), closed="Waitangi Day", marked=False)),
                ((Section.TWO_AND_OVER, (row(keys[1], [cell(date(2026, 2, 5), stay()), cell(date(2026, 2, 6))]),)),),
            ),
            RegisterWeek(
                days,
                (
                    (Section.UNDER_TWO, (_turns_two(turning),)),
                    (
                        Section.TWO_AND_OVER,
                        (
                            _turns_two(turned),
                            row(keys[1], _corrected(), span(VerificationState.OVERDUE, *WEEK[3:]), name=("Ānia", "Ōkeroa")),
                            row(keys[2], _casual(), span(VerificationState.ON_PAPER, paper=True, sheet="Folder 3")),
                            row(keys[3], _away(), span(VerificationState.DISPUTED, WEEK[1])),
                        ),
                    ),
                    (Section.UNKNOWN, (RegisterRow(keys[4], "", (), None, None, None, (cell(MONDAY, stay()),), ()),)),
                ),
            ),
        ),
        markings_shown=True,
    )


def _turns_two(found: RegisterRow) -> RegisterRow:
    return RegisterRow(
        found.child, "Te Whānoa", ("Mīria",), "Miri", date(2024, 3, 4), BIRTHDAY, found.cells, found.confirmations
    )


def _corrected() -> list[RegisterCell]:
    early = stay(arrived=Signed(535, "Mererangi O'Hārae", Method.SIGNED), crossed_out=CHANGED)
    silent = stay(crossed_out=Correction("changed", None, None, None, stated=False))
    gone = stay(crossed_out=Correction("missing", None, None, None, stated=False))
    return [
        cell(WEEK[0], early, stay()),
        cell(WEEK[1], silent, stay(arrived=Signed(510, None, Method.BOOKING))),
        cell(WEEK[2], gone, no_record=True),
        cell(WEEK[3], stay(departed=Signed(None, None, None))),
        cell(WEEK[4], enrolled=False),
    ]


def _casual() -> list[RegisterCell]:
    by_staff = stay(arrived=Signed(571, "Kararaina Te Hīnau", Method.STAFF_ENTRY), why="Grandfather left before signing.")
    return [
        cell(WEEK[0], by_staff, basis=Basis.CASUAL, enrolled=False, notes=["Stayed for lunch."]),
        *(cell(day, basis=Basis.CASUAL, enrolled=False) for day in WEEK[1:]),
    ]


def _away() -> list[RegisterCell]:
    deleted = Correction("deleted", None, None, None, stated=True)
    return [
        cell(WEEK[0], absence()),
        cell(WEEK[1], absence("dentist", part=True), stay(), unseen=[CHANGED]),
        cell(WEEK[2], absence(None, crossed_out=deleted), stay(departed=Signed(1505, None, Method.SYSTEM))),
        cell(WEEK[3], visit=True),
        cell(WEEK[4], enrolled=False),
    ]


def verifications(keys: Sequence[ChildKey]) -> VerificationReport:
    """The confirmations of the sample."""
    return VerificationReport(
        date(2026, 6, 3),
        (
            ChildVerifications(keys[0], (span(VerificationState.APPROVED),), ("Mererangi O'Hārae",)),
            ChildVerifications(keys[1], (span(VerificationState.OVERDUE, *WEEK[3:]),), ()),
        ),
    )
