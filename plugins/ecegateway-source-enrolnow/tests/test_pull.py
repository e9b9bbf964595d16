"""Drops pulled week after week into a store: what was corrected, what vanished, and nothing new when nothing is."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ecegateway.config import SourceConfig
from ecegateway.evidence.record import State
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.flows.pull import pull
from ecegateway.flows.report import PullReport
from ecegateway.model.attendance import Attendance
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.record import Record
from ecegateway.model.service import OperatingDay
from ecegateway.plugins import Plugins, load_plugins
from ecegateway_source_enrolnow.testing import write_drop

SERVICE = ServiceNumber("20517")
MORNING = datetime(2026, 2, 1, 19, 31, tzinfo=UTC)


def _stay(child: str, *, late_minutes: int = 0) -> Attendance:
    arrived = MORNING + timedelta(minutes=late_minutes)
    departed = MORNING + timedelta(hours=6)
    return Attendance(service=SERVICE, key=child, child=child, arrived=arrived, departed=departed)


OPEN = OperatingDay(service=SERVICE, key="2026-02-02", day=date(2026, 2, 2), open=True)


@pytest.fixture(scope="module")
def plugins() -> Plugins:
    return load_plugins()


@pytest.fixture
def evidence(tmp_path: Path) -> Iterator[Evidence]:
    with open_evidence(f"sqlite:///{tmp_path / 'evidence.db'}", create=True) as evidence:
        yield evidence


def _week(evidence: Evidence, plugins: Plugins, folder: Path, through: date, records: Sequence[Record]) -> PullReport:
    folder.mkdir(exist_ok=True)
    for name, body in write_drop(records, service_id="SE-00012345", through=through).items():
        (folder / name).write_bytes(body)
    settings = {"service_ids": {"SE-00012345": SERVICE}}
    config = {"name": "enrolnow-drop", "plugin": "enrolnow", "services": [SERVICE], "folder": folder, "settings": settings}
    report = pull(evidence, plugins, SourceConfig.model_validate(config), lambda: datetime(2026, 3, 1, tzinfo=UTC))
    assert report.failure is None, report.failure
    return report


def _attendances(evidence: Evidence) -> list[tuple[str, int, State]]:
    versions = evidence.evidence_of(SERVICE).versions
    return [(v.key, v.version, v.state) for v in versions if v.stream == "attendance"]


def test_the_same_drop_again_says_nothing_new(evidence: Evidence, plugins: Plugins, tmp_path: Path) -> None:
    records = [_stay("EN-7"), _stay("EN-8"), OPEN]
    first = _week(evidence, plugins, tmp_path / "drop", date(2026, 2, 8), records).counts
    again = _week(evidence, plugins, tmp_path / "drop", date(2026, 2, 8), records).counts
    assert (first.read, first.stored, first.unchanged) == (3, 3, 0)
    assert (again.read, again.stored, again.unchanged) == (3, 0, 3)


def test_a_corrected_login_is_a_second_version(evidence: Evidence, plugins: Plugins, tmp_path: Path) -> None:
    _week(evidence, plugins, tmp_path / "drop", date(2026, 2, 8), [_stay("EN-7")])
    _week(evidence, plugins, tmp_path / "drop", date(2026, 2, 15), [_stay("EN-7", late_minutes=20)])
    assert _attendances(evidence) == [
        ("EN-7|2026-02-02|1", 1, State.PRESENT),
        ("EN-7|2026-02-02|1", 2, State.PRESENT),
    ]


def test_vanished_rows_are_missing_not_deleted(evidence: Evidence, plugins: Plugins, tmp_path: Path) -> None:
    _week(evidence, plugins, tmp_path / "drop", date(2026, 2, 8), [_stay("EN-7"), _stay("EN-8")])
    report = _week(evidence, plugins, tmp_path / "drop", date(2026, 2, 15), [_stay("EN-8")])
    assert report.counts.missing == 1
    assert _attendances(evidence)[2:] == [("EN-7|2026-02-02|1", 2, State.MISSING)]


def test_the_empty_drop_of_a_new_year_is_held(evidence: Evidence, plugins: Plugins, tmp_path: Path) -> None:
    records = [_stay("EN-7"), _stay("EN-8")]
    _week(evidence, plugins, tmp_path / "drop", date(2026, 12, 27), records)
    report = _week(evidence, plugins, tmp_path / "drop", date(2027, 1, 3), records)
    assert [feed.feed for feed in report.held] == ["attendances"]
    assert [state for _, _, state in _attendances(evidence)] == [State.PRESENT] * 2
