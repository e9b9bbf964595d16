"""The service operational hours file: a day of the calendar, its hours, and whether the service was open."""

from collections.abc import Iterator, Sequence
from datetime import time

from ecegateway.contract import Draft, Item
from ecegateway_source_enrolnow import columns
from ecegateway_source_enrolnow.rows import Layout, Row, refusals
from ecegateway_source_enrolnow.settings import Settings
from ecegateway_source_enrolnow.wallclock import day_in_key, read_day, read_time

LAYOUT = Layout(columns.SERVICE, (columns.OPERATION_DATE,), (columns.OPENS, columns.CLOSES, columns.OPEN_STATUS))

_BLANK = time(0)
"""EnrolNow writes hours that were left blank as 00:00, so midnight says nothing."""

_OPEN_STATUS = {"y": True, "yes": True, "open": True, "true": True, "1": True} | {
    "n": False,
    "no": False,
    "closed": False,
    "false": False,
    "0": False,
}


def read_operating_days(rows: Sequence[Row], _settings: Settings) -> Iterator[Item]:
    """An ``operating_day`` draft for each row."""
    return refusals(rows, _operating_day, lambda row: day_in_key(row.text(columns.OPERATION_DATE)))


def _operating_day(row: Row) -> Draft:
    day = row.read(columns.OPERATION_DATE, read_day).isoformat()
    status = row.text(columns.OPEN_STATUS).casefold()
    if status and status not in _OPEN_STATUS:
        row.refuse(columns.OPEN_STATUS, "not a known word; expected Y, N, Yes, No, Open, Closed, True, False, 1 or 0")
    fields = {
        "service": row.service,
        "key": day,
        "day": day,
        "opens": _hours(row, columns.OPENS),
        "closes": _hours(row, columns.CLOSES),
        "open": _OPEN_STATUS.get(status),
    }
    return Draft("operating_day", fields, row.number)


def _hours(row: Row, column: str) -> str | None:
    if not row.text(column):
        return None
    at = row.read(column, read_time)
    return None if at == _BLANK else at.isoformat()
