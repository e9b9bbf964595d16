"""The attendances file: what its rows show, what they cannot show, and the keys that let a correction be one."""

from collections.abc import Mapping
from typing import Any

import pytest

from ecegateway.contract import Answer, Draft, Fact, Feed, Item, Page, ReadFile, Refusal
from ecegateway.errors import IntakeError
from ecegateway.model.attendance import Attendance, Method
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.streams import STREAMS
from ecegateway_source_enrolnow.source import EnrolNow

HEADER = "Transaction Date,Unique Child Identifier,Unique Service Identifier,Login Time,Logout Time"
SERVICE_IDS = {"SE-00012345": "20517", "SE-00054321": "10842"}


def _read(*rows: str, header: str = HEADER, service: str = "20517", **settings: Any) -> Page:
    body = "\n".join((header, *rows)).encode()
    source = EnrolNow().create({"service_ids": SERVICE_IDS, **settings})
    feed = Feed("attendances", ServiceNumber(service), frozenset({"attendance", "absence"}), snapshot=True)
    ask = ReadFile("*attendance*.csv")
    return source.read(feed, Answer(ask, body, "attendances.csv", "text/csv"))


def _row(login: str, logout: str, *, day: str = "2026-03-02", child: str = "EN-7", service: str = "SE-00012345") -> str:
    return f"{day},{child},{service},{login},{logout}"


def _only(page: Page) -> Item:
    (item,) = page.items
    return item


def _fields(item: Item, stream: str = "attendance") -> Mapping[str, Any]:
    assert isinstance(item, Draft), item
    assert item.stream == stream
    return item.fields


def _stay(item: Item) -> Attendance:
    return Attendance.model_validate(_fields(item))


def _refusal(item: Item) -> Refusal:
    assert isinstance(item, Refusal), item
    return item


def test_a_login_and_a_logout_are_a_stay_by_the_local_clock() -> None:
    stay = _stay(_only(_read(_row("2026-03-02 08:31:00", "2026-03-02 14:28:00"))))
    assert (str(stay.arrived), str(stay.departed)) == ("2026-03-01 19:31:00+00:00", "2026-03-02 01:28:00+00:00")
    assert stay.sign_in is not None
    assert (stay.sign_in.method, stay.sign_in.by, stay.sign_in.at) == (Method.NOT_SHOWN, None, None)


@pytest.mark.parametrize(
    ("login", "logout"),
    [
        ("08:31", "14:28"),
        ("8:31 AM", "2:28 PM"),
        ("2026-03-02T08:31", "2026-03-02T14:28"),
        ("02/03/2026 08:31", "02/03/2026 14:28"),
        ("02/03/2026 8:31 AM", "02/03/2026 2:28 PM"),
        ("2026-03-02T08:31:00+13:00", "2026-03-02T01:28:00Z"),
    ],
)
@pytest.mark.parametrize("day", ["2026-03-02", "02/03/2026"])
def test_the_assumed_forms_of_times_mean_the_same(login: str, logout: str, day: str) -> None:
    fields = _fields(_only(_read(_row(login, logout, day=day))))
    assert (fields["arrived"], fields["departed"]) == ("2026-03-01T19:31:00+00:00", "2026-03-02T01:28:00+00:00")


@pytest.mark.parametrize("marked", ["2026-03-01 18:12", "02/03/2026 9:40 AM", "09:40"])
@pytest.mark.parametrize("choice", ["refuse", "absence"])
def test_login_time_of_absent_child_is_not_attendance(marked: str, choice: str) -> None:
    """Trap 3: the column means signed in *or marked absent*. A mark is never a stay: it is an absence, or it is set apart.

    Made on another day it can only be a mark; made on the day itself, the file does not say which, but the centre may know.
    """
    item = _only(_read(_row(marked, ""), login_without_logout=choice))
    on_another_day = marked.startswith("2026-03-01")
    if on_another_day or choice == "absence":
        assert _fields(item, "absence")["day"] == "2026-03-02"
    else:
        assert _refusal(item).column == "Logout Time"


def test_a_mark_made_on_another_day_is_an_absence() -> None:
    fields = _fields(_only(_read(_row("2026-03-01 18:12", ""))), "absence")
    assert (fields["day"], fields["marked_at"]) == ("2026-03-02", "2026-03-01T05:12:00+00:00")
    assert STREAMS["absence"].model_validate(fields).key == "EN-7|2026-03-02|1"


def test_the_day_of_a_mark_with_an_offset_is_the_local_day() -> None:
    # 20:00 UTC on 1 March is the morning of 2 March in Auckland: a login of the day, so unclear.
    assert _refusal(_only(_read(_row("2026-03-01T20:00:00Z", "")))).column == "Logout Time"


def test_absent_or_never_signed_out_cannot_be_told_and_is_neither() -> None:
    refusal = _refusal(_only(_read(_row("2026-03-02 08:55", ""))))
    assert (refusal.row, refusal.column) == (1, "Logout Time")
    assert "the file does not say which" in refusal.reason


def test_a_centre_that_knows_may_say_that_such_rows_are_absences() -> None:
    fields = _fields(_only(_read(_row("2026-03-02 08:55", ""), login_without_logout="absence")), "absence")
    assert fields["day"] == "2026-03-02"


def test_a_logout_alone_is_a_stay_whose_start_is_not_known() -> None:
    stay = _stay(_only(_read(_row("", "2026-03-02 14:28"))))
    assert (stay.arrived, stay.sign_in) == (None, None)
    assert stay.departed is not None


def test_booking_rows_are_not_attendance() -> None:
    header = f"{HEADER},Preschool Session Start Time,Preschool Session End Time"
    refusal = _refusal(_only(_read(_row("", "") + ",08:30,14:30", header=header)))
    assert "neither presence nor absence" in refusal.reason


@pytest.mark.parametrize(
    ("logout", "departed"),
    [
        ("2026-03-02T20:00:00Z", "2026-03-02T20:00:00+00:00"),
        ("2026-03-03 09:00", "2026-03-02T20:00:00+00:00"),
        ("2026-03-02 21:00", "2026-03-02T08:00:00+00:00"),
        ("2026-03-03 00:00", "2026-03-02T11:00:00+00:00"),
        ("00:00", "2026-03-02T11:00:00+00:00"),
    ],
    ids=["20:00 UTC", "20:00 UTC by the local clock", "21:00", "midnight", "midnight without a date"],
)
def test_system_sign_outs_are_passed_on_as_sent(logout: str, departed: str) -> None:
    fields = _fields(_only(_read(_row("2026-03-02 08:31", logout))))
    assert fields["departed"] == departed


@pytest.mark.parametrize("logout", ["2026-03-02 08:31", "2026-03-02 08:00", "2026-03-02 00:00", "08:30"])
def test_a_logout_not_after_the_login_is_refused(logout: str) -> None:
    assert _refusal(_only(_read(_row("2026-03-02 08:31", logout)))).column == "Logout Time"


def test_a_time_the_clocks_skipped_is_refused() -> None:
    refusal = _refusal(_only(_read(_row("2026-09-27 02:30", "2026-09-27 14:00", day="2026-09-27"))))
    assert refusal.column == "Login Time"
    assert "skipped" in refusal.reason


def test_a_time_the_clocks_showed_twice_is_refused() -> None:
    refusal = _refusal(_only(_read(_row("2026-04-04 08:30", "2026-04-05 02:30", day="2026-04-04"))))
    assert refusal.column == "Logout Time"
    assert "twice" in refusal.reason


def test_a_time_the_clocks_showed_twice_is_read_when_its_offset_is_given() -> None:
    page = _read(_row("2026-04-04 08:30", "2026-04-05T02:30:00+12:00", day="2026-04-04"))
    assert _fields(_only(page))["departed"] == "2026-04-04T14:30:00+00:00"


def test_chatham_islands_keep_their_own_clock() -> None:
    page = _read(_row("08:31", "14:28"), zone="Pacific/Chatham")
    assert _fields(_only(page))["arrived"] == "2026-03-01T18:46:00+00:00"


def _keys(page: Page) -> dict[str, str]:
    return {fields["key"]: fields["arrived"] for item in page.items if (fields := _fields(item))}


def test_a_corrected_login_time_is_a_new_version_of_the_same_record() -> None:
    before = _keys(_read(_row("08:31", "11:15"), _row("12:20", "14:30")))
    after = _keys(_read(_row("08:31", "11:15"), _row("12:05", "14:30")))
    assert before.keys() == after.keys() == {"EN-7|2026-03-02|1", "EN-7|2026-03-02|2"}
    assert before["EN-7|2026-03-02|1"] == after["EN-7|2026-03-02|1"]
    assert before["EN-7|2026-03-02|2"] != after["EN-7|2026-03-02|2"]


def test_a_programme_with_new_times_changes_no_record() -> None:
    header = f"{HEADER},Preschool Session Start Time,Preschool Session End Time"
    before = _read(_row("08:31", "14:28") + ",08:30,14:30", header=header)
    after = _read(_row("08:31", "14:28") + ",09:00,15:00", header=header)
    assert before.items == after.items


def test_the_order_of_rows_changes_no_key() -> None:
    rows = [_row("8:31 AM", "11:15 AM"), _row("12:20 PM", "2:30 PM"), _row("08:31", "14:28", child="EN-8")]
    assert _keys(_read(*rows)) == _keys(_read(*reversed(rows)))


def test_a_refused_row_keeps_its_place_among_the_childs_rows() -> None:
    first, second = _read(_row("08:31", ""), _row("12:20", "14:30")).items
    assert isinstance(first, Refusal)
    assert _fields(second)["key"] == "EN-7|2026-03-02|2"


def test_every_feed_is_a_snapshot_and_shows_no_deletion() -> None:
    source = EnrolNow().create({"service_ids": SERVICE_IDS})
    assert all(feed.snapshot for feed in source.feeds([ServiceNumber("20517")]))
    assert Fact.DELETIONS not in EnrolNow.description.facts


def test_rows_of_another_configured_service_are_that_services_own() -> None:
    rows = (_row("08:31", "14:28"), _row("08:40", "14:20", child="EN-9", service="SE-00054321"))
    assert [_fields(item)["child"] for item in _read(*rows).items] == ["EN-7"]
    assert [_fields(item)["child"] for item in _read(*rows, service="10842").items] == ["EN-9"]


def test_rows_of_an_unknown_service_are_refused_and_their_neighbours_kept() -> None:
    page = _read(_row("08:31", "14:28", service="SE-00099999"), _row("08:31", "14:28"))
    refusal, kept = page.items
    assert refusal[:3] == (1, "Unique Service Identifier", "not in service_ids; add the service there or ask EnrolNow")
    assert _fields(kept)["service"] == "20517"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (_row("late", "14:28"), "Login Time"),
        (_row("08:31", "14.28"), "Logout Time"),
        (_row("08:31", "14:28", day="2 March"), "Transaction Date"),
        (_row("08:31", "14:28", day=""), "Transaction Date"),
        (_row("08:31", "14:28", child=""), "Unique Child Identifier"),
        (_row("08:31", "14:28") + ",more", None),
    ],
)
def test_a_faulty_row_is_told_by_column_and_its_neighbours_are_kept(row: str, column: str | None) -> None:
    items = _read(_row("08:40", "14:20", child="EN-8"), row, _row("08:45", "14:10", child="EN-9")).items
    assert {item.row: item.column for item in items if isinstance(item, Refusal)} == {2: column}
    assert {item.fields["child"] for item in items if isinstance(item, Draft)} == {"EN-8", "EN-9"}


def test_columns_nobody_needs_are_reported_as_unread() -> None:
    header = f"{HEADER},Preschool Session Start Time,Preschool Session End Time"
    page = _read(_row("08:31", "14:28") + ",08:30,14:30", header=header)
    assert page.unread == {"Preschool Session Start Time", "Preschool Session End Time"}


def test_the_wrong_file_is_not_read_at_all() -> None:
    with pytest.raises(IntakeError, match="lacks the column 'Login Time'; is it the file"):
        _read(header="Transaction Date,Unique Child Identifier,Unique Service Identifier,Logout Time")
