"""Settings, feeds, file patterns, and the writer of drops that the demo uses."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ecegateway.contract import Draft, ReadFile, Refusal
from ecegateway.errors import ConfigError
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.record import Record
from ecegateway.model.streams import STREAMS
from ecegateway.plugins import load_plugins
from ecegateway.testing import Recording, replay
from ecegateway.testing.replay import first_ask
from ecegateway_source_enrolnow.source import EnrolNow
from ecegateway_source_enrolnow.testing import write_drop

SERVICE = ServiceNumber("20517")
SETTINGS = {"service_ids": {"SE-00012345": "20517"}}


def _record(stream: str, **fields: Any) -> Record:
    return STREAMS[stream].model_validate({"service": SERVICE, **fields})


def _pull(folder: Path, *names: str, slice_rows: int = 5000) -> list[Draft | Refusal]:
    source = EnrolNow().create(SETTINGS)
    exchanges = (
        exchange
        for feed in source.feeds([SERVICE])
        if feed.name in (names or (feed.name,))
        for exchange in replay(source, feed, Recording(folder, slice_rows).of(feed))
    )
    return [item for exchange in exchanges for item in exchange.page.items if isinstance(item, Draft | Refusal)]


def test_the_plugin_is_found_by_its_entry_point() -> None:
    assert load_plugins().source("enrolnow").description.plugin == "enrolnow"


def test_each_file_is_a_feed_asked_for_by_its_pattern() -> None:
    source = EnrolNow().create({**SETTINGS, "files": {"attendances": "siso-*.csv"}})
    asked = {feed.name: first_ask(source, feed, None) for feed in source.feeds([SERVICE])}
    assert asked == {
        "child-details": ReadFile("*child*details*.csv"),
        "enrolment": ReadFile("*enrolment*.csv"),
        "attendances": ReadFile("siso-*.csv", whole=True),
        "operational-hours": ReadFile("*operational*hours*.csv"),
    }


def test_a_service_without_an_approval_number_is_a_fault_of_the_settings() -> None:
    with pytest.raises(ConfigError, match="service 10842 has no entry in service_ids"):
        EnrolNow().create(SETTINGS).feeds([ServiceNumber("10842")])


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({}, "service_ids"),
        ({"service_ids": {}}, "service_ids"),
        ({"service_ids": {"SE-00012345": "Te Kōtuku"}}, "service_ids.SE-00012345"),
        ({**SETTINGS, "zone": "Australia/Sydney"}, "zone"),
        ({**SETTINGS, "login_without_logout": "present"}, "login_without_logout"),
        ({**SETTINGS, "files": {"attendance": "*.csv"}}, "files.attendance"),
    ],
)
def test_wrong_settings_are_named(settings: dict[str, Any], named: str) -> None:
    with pytest.raises(ConfigError, match=f"wrong: {named}: .*see the plugin's README"):
        EnrolNow().create(settings)


def _week(folder: Path) -> list[Draft | Refusal]:
    records = [
        _record("child", key="EN-7", family_name="Tūhoe-Marsh", given_names=["Tāne"], birth_date="2022-06-14", gender="M"),
        _record("child", key="EN-8", family_name="Mererangi", birth_date="2022-11-02"),
        _record(
            "enrolment",
            key="a-7-v1",
            child="EN-7",
            agreement="a-7",
            effective_from="2026-02-02",
            bookings=[{"weekday": "Mo", "starts": "08:30", "ends": "14:30"}],
        ),
        _record(
            "attendance",
            key="s-1",
            child="EN-7",
            arrived="2026-02-02T08:31+13:00",
            departed="2026-02-02T14:28+13:00",
            sign_in={"method": "signed", "by": "guardian-11"},
        ),
        _record("attendance", key="s-2", child="EN-8", arrived="2026-02-02T08:35+13:00"),
        _record("attendance", key="s-3", child="EN-7", arrived="2025-12-30T08:35+13:00", departed="2025-12-30T14:30+13:00"),
        _record("absence", key="x-1", child="EN-8", day="2026-02-03", marked_at="2026-02-02T18:12+13:00"),
        _record("absence", key="x-2", child="EN-7", day="2026-02-09"),
        _record("operating_day", key="2026-02-02", day="2026-02-02", opens="08:30", closes="14:30", open=True),
        _record("operating_day", key="2026-02-03", day="2026-02-03", open=False),
        _record("operating_day", key="2026-03-02", day="2026-03-02", open=True),
        _record("person", key="guardian-11", role="guardian"),
    ]
    for name, body in write_drop(records, service_id="SE-00012345", through=date(2026, 2, 15)).items():
        (folder / name).write_bytes(body)
    return _pull(folder)


def test_a_written_drop_reads_back_as_what_such_files_can_show(tmp_path: Path) -> None:
    items = _week(tmp_path)
    told = [(item.stream, item.fields["key"]) if isinstance(item, Draft) else (item.row, item.column) for item in items]
    assert told == [
        ("child", "EN-7"),
        ("child", "EN-8"),
        ("enrolment", "EN-7|2026-02-02"),
        ("attendance", "EN-7|2026-02-02|1"),
        (2, "Logout Time"),
        ("absence", "EN-8|2026-02-03|1"),
        (4, "Logout Time"),
        ("operating_day", "2026-02-02"),
        ("operating_day", "2026-02-03"),
    ]
    stay = next(item for item in items if isinstance(item, Draft) and item.stream == "attendance")
    assert stay.fields["arrived"] == "2026-02-01T19:31:00+00:00"
    assert stay.fields["sign_in"] == {"method": "not-shown"}


def test_slices_of_a_file_give_the_same_items(tmp_path: Path) -> None:
    whole = _week(tmp_path)
    assert _pull(tmp_path, "operational-hours", slice_rows=1) == whole[-2:]


def test_a_childs_day_is_never_parted_by_the_end_of_a_slice(tmp_path: Path) -> None:
    _week(tmp_path)
    assert _pull(tmp_path, "attendances", slice_rows=3) == _pull(tmp_path, "attendances")


def test_the_newest_drop_by_name_is_read(tmp_path: Path) -> None:
    _week(tmp_path)
    newer = write_drop([], service_id="SE-00012345", through=date(2026, 2, 22))
    for name, body in newer.items():
        (tmp_path / name).write_bytes(body)
    assert _pull(tmp_path) == []
