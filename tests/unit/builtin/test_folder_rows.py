"""Rows of the folder's files: each fault told with its row and column, its neighbours kept."""

import pytest

from ecegateway.builtin.folder_rows import RowsRead, read_csv_rows, read_line_rows
from ecegateway.contract import Draft, Refusal
from ecegateway.errors import IntakeError
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.streams import STREAMS

SERVICE = ServiceNumber("20517")
GOOD = "stay-1,child-7,2026-02-02T08:31+13:00,2026-02-02T14:28+13:00"


def _attendance(*rows: str, header: str = "key,child,arrived,departed", first_row: int = 1) -> RowsRead:
    return read_csv_rows("attendance", "\n".join((header, *rows)).encode(), first_row, SERVICE)


def _enrolment(column: str, cell: str) -> Enrolment:
    header = f"key,child,agreement,effective_from,{column}"
    row = f'agreement-7-v1,child-7,agreement-7,2026-02-02,"{cell}"'
    (item,) = read_csv_rows("enrolment", f"{header}\n{row}".encode(), 1, SERVICE).items
    assert isinstance(item, Draft), item
    return Enrolment.model_validate(item.fields)


def test_a_missing_service_column_means_the_service_of_the_feed() -> None:
    (item,) = _attendance(GOOD).items
    assert isinstance(item, Draft)
    assert item.fields["service"] == SERVICE


def test_a_row_of_another_service_is_refused_and_its_neighbours_kept() -> None:
    another = GOOD.replace("stay-1", "stay-2")
    read = _attendance(f"20517,{GOOD}", f"10842,{GOOD}", f",{another}", header="service,key,child,arrived,departed")
    first, second, third = read.items
    assert isinstance(first, Draft)
    assert second == Refusal(
        2, "service", "the row is of another service than 20517; give each service its own folder", "stay-1"
    )
    assert isinstance(third, Draft)


def test_a_local_time_without_offset_is_refused_with_the_fix() -> None:
    (item,) = _attendance("stay-1,child-7,2026-04-05T02:30,", first_row=12).items
    assert isinstance(item, Refusal)
    assert (item.row, item.column) == (12, "arrived")
    assert "some happen twice; write the offset, for instance 2026-03-02T08:31+13:00" in item.reason


def test_bookings_in_one_cell() -> None:
    bookings = _enrolment(
        "bookings", "Mo 08:30-14:30; We 8:30-12:30 every 2 from 2026-02-02; Fr 08:30-14:30 conditional"
    ).bookings
    told = [(b.weekday, f"{b.starts:%H:%M}-{b.ends:%H:%M}", b.every_weeks, b.conditional) for b in bookings]
    assert told == [
        ("Mo", "08:30-14:30", 1, False),
        ("We", "08:30-12:30", 2, False),
        ("Fr", "08:30-14:30", 1, True),
    ]


def test_twenty_hours_by_weekday_are_nought_on_days_left_out() -> None:
    header = "key,child,agreement,effective_from,twenty_hours.signed_on,twenty_hours.minutes"
    row = "agreement-7-v1,child-7,agreement-7,2026-02-02,2026-01-27,Mo 6:00; We 4:30"
    (item,) = read_csv_rows("enrolment", f"{header}\n{row}".encode(), 1, SERVICE).items
    assert isinstance(item, Draft)
    twenty_hours = Enrolment.model_validate(item.fields).twenty_hours
    assert twenty_hours is not None
    assert twenty_hours.minutes == (360, 0, 270, 0, 0, 0, 0)


def test_unknown_columns_are_reported_as_unread() -> None:
    read = _attendance(f"{GOOD},Kea", header="key,child,arrived,departed,room")
    assert read.unread == {"room"}
    assert isinstance(read.items[0], Draft)


def test_a_file_without_a_needed_column_is_not_read_at_all() -> None:
    with pytest.raises(IntakeError, match="no column 'child', which every attendance needs"):
        _attendance("stay-1", header="key")


@pytest.mark.parametrize(("delimiter", "words"), [(";", "semicolons"), ("\t", "tabs")])
def test_cells_parted_otherwise_are_told(delimiter: str, words: str) -> None:
    with pytest.raises(IntakeError, match=f"parts its cells by {words}, not by commas; save it as CSV with commas"):
        _attendance(header=delimiter.join(("key", "child", "day")))


def test_a_row_with_a_cell_too_many_is_refused_and_its_neighbours_kept() -> None:
    first, second, third = _attendance(GOOD, GOOD + ",more", GOOD.replace("stay-1", "stay-3")).items
    assert (type(first), type(second), type(third)) == (Draft, Refusal, Draft)


def test_a_key_that_stands_twice_is_refused_the_second_time() -> None:
    other = GOOD.replace("child-7", "child-8")
    first, second, third = _attendance(GOOD, other, GOOD.replace("stay-1", "stay-2"), first_row=4).items
    assert isinstance(first, Draft)
    assert second == Refusal(5, "key", "the key of line 5 stands here again; give each record its own", "stay-1")
    assert isinstance(third, Draft)


def _lines(*lines: str, stream: str = "attendance") -> RowsRead:
    return read_line_rows(stream, "\n".join(lines).encode(), 1, SERVICE)


def test_faulty_lines_are_refused_and_their_neighbours_kept() -> None:
    read = _lines(
        '{"key":"stay-1","child":"child-7","day":"2026-02-02"}',
        '{"key":"stay-2","child":"child-7","arrived":"2026-02-02T08:31"}',
        "",
        '{"key":"stay-3","child":"child-7","key":"stay-4"}',
        "not json",
        '["stay-5"]',
        '{"key":"stay-6","child":"child-7","arrived":1770000000}',
        '{"service":"10842","key":"stay-7","child":"child-7"}',
        '{"key":"stay-8","child":"child-7","sign_in":{"method":"signed","at":"2026-02-02 08:31"},"room":"Kea"}',
        '{"key":"stay-9","child":"child-7","room":"Kea"}',
    )
    refused = {item.row: item.column for item in read.items if isinstance(item, Refusal)}
    assert refused == {2: "arrived", 3: None, 4: None, 5: None, 6: "arrived", 7: "service", 8: "sign_in.at"}
    assert [item.fields["key"] for item in read.items if isinstance(item, Draft)] == ["stay-1", "stay-9"]
    assert read.unread == {"room"}


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault() -> None:
    csv_body = b"\xef\xbb\xbfkey,child\r\nstay-1,child-7\r\n"
    line_body = b'\xef\xbb\xbf{"key":"stay-1","child":"child-7"}\r\n\r\n'
    for read in (
        read_csv_rows("attendance", csv_body, 1, SERVICE),
        read_line_rows("attendance", line_body, 1, SERVICE),
    ):
        (item,) = read.items
        assert isinstance(item, Draft)
        assert STREAMS["attendance"].model_validate(item.fields).key == "stay-1"
