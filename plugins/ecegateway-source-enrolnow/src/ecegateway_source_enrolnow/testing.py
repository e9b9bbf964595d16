"""Writes the four files as EnrolNow would, from canonical records: for demos and tests, never for a real return."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from operator import itemgetter
from zoneinfo import ZoneInfo

from ecegateway.model.attendance import Absence, Attendance
from ecegateway.model.child import Child
from ecegateway.model.enrolment import Booking, Enrolment
from ecegateway.model.period import Weekday
from ecegateway.model.record import Record
from ecegateway.model.service import OperatingDay
from ecegateway_source_enrolnow import columns

_UNREAD_SAMPLE = "CRN Number"
"""A documented column that the plugin leaves unread; written blank so that every drop exercises the report of it."""


def write_drop(
    records: Iterable[Record], *, service_id: str, through: date, zone: str = "Pacific/Auckland"
) -> dict[str, bytes]:
    """The drop of the week that ends on ``through`` (a Sunday): file name to bytes, 1 January to that day.

    ``records`` are canonical records of one service; ``service_id`` is EnrolNow's Service Approval Number of it. The
    files carry children, enrolment spans, stays, absences and operating days; records of other streams, and days
    outside the span, are left out, as EnrolNow leaves them out. Pass only children whose consent is given.

    How an absence is written: its ``marked_at`` (or the booked start of the day, when that is not given) stands in
    ``Login Time``, and ``Logout Time`` stays blank. The plugin knows it for an absence only if the mark was made on
    another day than the absence itself; else the row looks like a child never signed out, and is refused.
    """
    kept = tuple(records)
    first = date(through.year, 1, 1)
    return {
        f"child-details-{through}.csv": _child_details(kept, service_id),
        f"enrolment-{through}.csv": _enrolment(kept, service_id, through),
        f"attendances-{through}.csv": _attendances(kept, service_id, first, through, ZoneInfo(zone)),
        f"operational-hours-{through}.csv": _operational_hours(kept, service_id, first, through),
    }


def _child_details(records: Iterable[Record], service_id: str) -> bytes:
    header = (
        columns.CHILD_SERVICE,
        columns.CHILD,
        columns.FIRST_NAME,
        columns.LAST_NAME,
        columns.BIRTH_DATE,
        columns.SEX,
        _UNREAD_SAMPLE,
    )
    rows = (
        (service_id, r.key, " ".join(r.given_names), r.family_name, str(r.birth_date), r.gender or "", "")
        for r in records
        if isinstance(r, Child)
    )
    return _file(header, rows)


def _enrolment(records: Iterable[Record], service_id: str, through: date) -> bytes:
    header = (
        columns.TRANSACTION_DATE,
        columns.CHILD,
        columns.SERVICE,
        columns.ENROLMENT_START,
        columns.ENROLMENT_END,
    )
    rows = (
        (str(through), r.child, service_id, str(r.effective_from), str(r.last_day or ""))
        for r in records
        if isinstance(r, Enrolment) and r.effective_from <= through
    )
    return _file(header, rows)


def _attendances(records: Sequence[Record], service_id: str, first: date, through: date, zone: ZoneInfo) -> bytes:
    header = (
        columns.TRANSACTION_DATE,
        columns.CHILD,
        columns.SERVICE,
        columns.LOGIN,
        columns.LOGOUT,
        columns.SESSION_START,
        columns.SESSION_END,
    )
    sessions = _Sessions(record for record in records if isinstance(record, Enrolment))
    found = (row for record in records if (row := _siso_row(record, sessions, zone)) and first <= row[0] <= through)
    rows = ((str(day), child, service_id, *times) for day, child, *times in sorted(found, key=itemgetter(0)))
    return _file(header, rows)


def _operational_hours(records: Iterable[Record], service_id: str, first: date, through: date) -> bytes:
    header = (columns.SERVICE, columns.OPERATION_DATE, columns.OPENS, columns.CLOSES, columns.OPEN_STATUS)
    rows = (
        (service_id, str(r.day), _hours(r.opens), _hours(r.closes), _indicator(open_=r.open))
        for r in records
        if isinstance(r, OperatingDay) and first <= r.day <= through
    )
    return _file(header, rows)


class _Sessions:
    """The booked session of a child's day, as EnrolNow copies it beside the sign-in."""

    def __init__(self, enrolments: Iterable[Enrolment]) -> None:
        self._bookings: dict[tuple[str, Weekday], Booking] = {}
        for enrolment in sorted(enrolments, key=lambda e: e.effective_from):
            for booking in enrolment.bookings:
                self._bookings[enrolment.child, booking.weekday] = booking

    def of(self, child: str, day: date) -> Booking | None:
        return self._bookings.get((child, Weekday.of(day)))


def _siso_row(record: Record, sessions: _Sessions, zone: ZoneInfo) -> tuple[date, str, str, str, str, str] | None:
    if isinstance(record, Attendance):
        login, logout = _local(record.arrived, zone), _local(record.departed, zone)
        known = login or logout
        day = record.day or (known.date() if known else None)
    elif isinstance(record, Absence):
        login, logout, day = _local(record.marked_at, zone), None, record.day
    else:
        return None
    if day is None:
        return None
    booking = sessions.of(record.child, day)
    if login is None and isinstance(record, Absence):
        login = datetime.combine(day, record.starts or (booking.starts if booking else time(9)))
    starts, ends = (f"{booking.starts:%H:%M}", f"{booking.ends:%H:%M}") if booking else ("", "")
    return day, record.child, _moment(login), _moment(logout), starts, ends


def _local(instant: datetime | None, zone: ZoneInfo) -> datetime | None:
    return instant.astimezone(zone).replace(tzinfo=None) if instant else None


def _moment(local: datetime | None) -> str:
    return f"{local:%Y-%m-%d %H:%M:%S}" if local else ""


def _hours(at: time | None) -> str:
    return f"{at:%H:%M}" if at else "00:00"


def _indicator(*, open_: bool | None) -> str:
    return {True: "Y", False: "N", None: ""}[open_]


def _file(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()
