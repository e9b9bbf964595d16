"""Whatever a record holds, the folder's files carry it there and back; and what they cannot carry is not written."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecegateway.builtin import folder_cells as cells
from ecegateway.builtin.folder_cells import Form
from ecegateway.builtin.folder_columns import Column, columns_of
from ecegateway.builtin.folder_rows import RowsRead, read_csv_rows, read_line_rows
from ecegateway.contract import Draft
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import Weekday
from ecegateway.model.record import Record
from ecegateway.model.streams import STREAMS
from ecegateway.testing.folder import write_csv, write_jsonl

SERVICE = ServiceNumber("20517")
EVERY_STREAM = pytest.mark.parametrize("stream", STREAMS)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


_NAMES = st.builds("{}{}".format, st.sampled_from("aTāŌ7"), st.text(",\"'=| āĀ\n\r", max_size=9)).map(str.strip)
_TEXTS = st.builds("{}{}".format, _NAMES, st.sampled_from(["", "; and more"]))
_DATES = st.dates().map(str)
_TIMES = st.times().map(lambda at: at.replace(microsecond=0).isoformat())
_ZONES = st.sampled_from([ZoneInfo(name) for name in ("UTC", "Pacific/Auckland", "Pacific/Chatham")])
_INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=_ZONES).map(datetime.isoformat)  # noqa: DTZ001
_SPANS = st.tuples(st.integers(0, 719), st.integers(720, 1439)).map(lambda span: [_clock(at) for at in span])
_BOOKINGS = st.builds(
    lambda weekday, span, every, counted_from, conditional: {
        "weekday": weekday,
        "starts": span[0],
        "ends": span[1],
        "every_weeks": every,
        "counted_from": counted_from,
        "conditional": conditional,
    },
    st.sampled_from(Weekday),
    _SPANS,
    st.integers(1, 4),
    _DATES,
    st.booleans(),
)
_SESSIONS = st.builds(
    lambda weekday, span, mode: {
        "weekday": weekday,
        "opens": span[0],
        "closes": span[1],
        "mode": mode,
    },
    st.sampled_from(Weekday),
    _SPANS,
    st.sampled_from(["all-day", "sessional"]),
)
_VALUES: dict[Form, st.SearchStrategy[Any]] = {
    cells.TEXT: _TEXTS,
    cells.DATE: _DATES,
    cells.TIME: _TIMES,
    cells.INSTANT: _INSTANTS,
    cells.YES_NO: st.booleans(),
    cells.WHOLE: st.integers(0, 1000),
    cells.TEXTS: st.lists(_NAMES, min_size=1, max_size=3),
    cells.DATES: st.lists(_DATES, min_size=1, max_size=3),
    cells.BOOKINGS: st.lists(_BOOKINGS, min_size=1, max_size=5),
    cells.SESSIONS: st.lists(_SESSIONS, min_size=1, max_size=5),
    cells.WEEK: st.lists(st.integers(0, 1440), min_size=7, max_size=7),
}
_KEYS = frozenset(
    [
        "key",
        "child",
        "person",
        "agreement",
        "by",
        "means",
        "created_by",
        "notified_by",
        "marked_by",
        "given_by",
        "written_by",
        "concerns",
    ]
)
_BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "service": st.just(SERVICE),
    "nsn": st.text("0123456789", min_size=1, max_size=18),
    "replaces": st.text("0123456789", min_size=1, max_size=18),
    "region": st.sampled_from(["AUK", "WGN"]),
    "gender": st.sampled_from("MFU"),
    "ethnicities": st.lists(st.sampled_from(["111", "211"]), min_size=1, max_size=3),
    "iwi": st.lists(st.sampled_from(["0101", "0102"]), min_size=1, max_size=3),
    "home_languages": st.lists(st.sampled_from(["MAO", "ENG"]), min_size=1, max_size=3),
}


def _value(column: Column) -> st.SearchStrategy[Any]:
    name = column.path[-1]
    if name in _BY_NAME:
        return _BY_NAME[name]
    if name in _KEYS:
        return st.builds("{}-{}".format, st.sampled_from(["tāne", "a;b", "=1"]), st.integers(0, 99))
    if column.form.choices:
        words = st.sampled_from(column.form.choices)
        return st.lists(words, min_size=1) if column.form.json_type is list else words
    return _VALUES[column.form]


@st.composite
def _records(draw: st.DrawFn, stream: str) -> Record:
    columns = columns_of(stream)
    parts = {column.path[0] for column in columns if len(column.path) > 1}
    left_out = draw(st.sets(st.sampled_from(sorted(parts)))) if parts else set()
    fields: dict[str, Any] = {}
    for column in columns:
        part, name = column.path[0], column.path[-1]
        if len(column.path) > 1 and part in left_out:
            continue
        if column.needed or column.whole or name == "why" or draw(st.booleans()):
            within = fields if len(column.path) == 1 else fields.setdefault(part, {})
            within[name] = draw(_value(column))
    return STREAMS[stream].model_validate(fields)


def _read(stream: str, read: RowsRead) -> list[Record]:
    assert read.unread == frozenset()
    assert all(isinstance(item, Draft) for item in read.items)
    return [STREAMS[stream].model_validate(item.fields) for item in read.items if isinstance(item, Draft)]


@EVERY_STREAM
@settings(max_examples=25)
@given(data=st.data())
def test_csv_carries_every_record_there_and_back(stream: str, data: st.DataObject) -> None:
    records = data.draw(st.lists(_records(stream), max_size=3, unique_by=lambda record: record.key))
    body = write_csv(stream, records)
    assert _read(stream, read_csv_rows(stream, body, 1, SERVICE)) == records


@EVERY_STREAM
@settings(max_examples=25)
@given(data=st.data())
def test_json_lines_carry_every_record_there_and_back(stream: str, data: st.DataObject) -> None:
    records = data.draw(st.lists(_records(stream), max_size=3, unique_by=lambda record: record.key))
    body = write_jsonl(stream, records)
    assert _read(stream, read_line_rows(stream, body, 1, SERVICE)) == records


def _child(**fields: Any) -> Record:
    return STREAMS["child"].model_validate(
        {"service": SERVICE, "key": "child-1", "family_name": "Mererangi", "birth_date": "2022-06-14", **fields}
    )


@pytest.mark.parametrize(
    "fields",
    [{"family_name": " Mererangi"}, {"given_names": ["Tāne; Wiremu"]}, {"change": {}}],
    ids=["blanks at the ends", "the list's own mark", "an empty part"],
)
def test_what_csv_cannot_carry_is_not_written(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"record 2 of child holds a value that \.csv cannot carry"):
        write_csv("child", [_child(), _child(**fields)])


def test_a_record_of_another_stream_is_not_written() -> None:
    with pytest.raises(ValueError, match="'child' does not belong into the file of 'person'"):
        write_jsonl("person", [_child()])


def test_a_stream_without_records_is_a_header_of_the_needed_columns() -> None:
    assert write_csv("make_up_day", []).decode().split() == ["service,key,child,missed_day,made_up_on"]
