"""The enrolment file: from when to when a child is enrolled. It shows no basis, no bookings and no signature."""

from collections.abc import Iterator, Sequence

from ecegateway.contract import Draft, Item, Refusal
from ecegateway_source_enrolnow import columns
from ecegateway_source_enrolnow.rows import Layout, Row, refusals
from ecegateway_source_enrolnow.settings import Settings
from ecegateway_source_enrolnow.wallclock import day_in_key, read_day

LAYOUT = Layout(columns.SERVICE, (columns.CHILD, columns.ENROLMENT_START), (columns.ENROLMENT_END,))


def read_enrolments(rows: Sequence[Row], _settings: Settings) -> Iterator[Item]:
    """An ``enrolment`` draft for each span. A row that repeats a span says nothing new and is passed over.

    EnrolNow describes Transaction Date as "each calendar date" of the year: a span may stand there once for every day.
    """
    seen: set[tuple[str, str, str | None]] = set()
    for item in refusals(rows, _enrolment, _key_as_written):
        if isinstance(item, Refusal):
            yield item
            continue
        span = (item.fields["child"], item.fields["effective_from"], item.fields["last_day"])
        if span not in seen:
            seen.add(span)
            yield item


def _enrolment(row: Row) -> Draft:
    child = row.needed(columns.CHILD)
    starts = row.read(columns.ENROLMENT_START, read_day)
    ends = row.read(columns.ENROLMENT_END, read_day) if row.text(columns.ENROLMENT_END) else None
    if ends and ends < starts:
        row.refuse(columns.ENROLMENT_END, "before the start date; correct it in EnrolNow")
    # The file has no id of an enrolment. A corrected start is therefore another record, and the old one goes missing.
    key = _key(child, starts.isoformat())
    fields = {
        "service": row.service,
        "key": key,
        "child": child,
        "agreement": key,
        "effective_from": starts.isoformat(),
        "last_day": ends.isoformat() if ends else None,
    }
    return Draft("enrolment", fields, row.number)


def _key_as_written(row: Row) -> str:
    return _key(row.text(columns.CHILD), day_in_key(row.text(columns.ENROLMENT_START)))


def _key(child: str, starts: str) -> str:
    return f"{child}|{starts}"
