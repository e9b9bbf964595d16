"""Disk, file system, clock and zones: what is said of each."""

import zoneinfo
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ecegateway.doctor.checked import Level
from ecegateway.doctor.machine import check_clock, check_disk, check_file_system, check_zones, file_system

MOUNTS = r"""/dev/vda / ext4 rw,relatime 0 0
tmpfs /tmp tmpfs rw 0 0
server:/evidence /srv/shared nfs4 rw 0 0
//office/drive /srv/the\040office cifs rw 0 0
/dev/vdb /srv/shared/local xfs rw 0 0
"""
NOW = datetime(2026, 6, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/home/evidence.db", "ext4"),
        ("/tmp/evidence.db", "tmpfs"),  # noqa: S108 - a line of the table above
        ("/srv/shared/evidence.db", "nfs4"),
        ("/srv/the office/evidence.db", "cifs"),
        ("/srv/shared/local/evidence.db", "xfs"),
        ("/srv/sharedness/evidence.db", "ext4"),
    ],
)
def test_a_path_lies_on_the_deepest_mount_above_it(place: str, kind: str) -> None:
    assert file_system(MOUNTS, Path(place)) == kind


@pytest.mark.parametrize("place", ["/srv/shared/evidence.db", "/srv/the office/evidence.db"])
def test_a_store_over_the_network_is_wrong_and_evidence_in_doubt(place: str) -> None:
    found = check_file_system(MOUNTS, Path(place))
    assert (found.level, found.in_doubt) == (Level.WRONG, True)
    assert "ecegateway move" in found.do


def test_a_local_disk_is_fine_and_so_is_one_nobody_names() -> None:
    assert check_file_system(MOUNTS, Path("/home/evidence.db")).level is Level.OK
    assert check_file_system("", Path("/home/evidence.db")).level is Level.OK


@pytest.mark.parametrize(
    ("now", "newest", "level"),
    [
        (NOW, None, Level.OK),
        (NOW, NOW, Level.OK),
        (NOW, datetime(2026, 6, 2, 0, 1, tzinfo=UTC), Level.WRONG),
        (datetime(1970, 1, 1, tzinfo=UTC), None, Level.WRONG),
        (datetime(2105, 1, 1, tzinfo=UTC), None, Level.WRONG),
    ],
)
def test_a_clock_that_cannot_be_right_is_wrong(now: datetime, newest: datetime | None, level: Level) -> None:
    assert check_clock(now, newest).level is level


def test_both_zones_of_new_zealand_are_right_here() -> None:
    assert [one.level for one in check_zones()] == [Level.OK, Level.OK]


def test_zones_that_are_missing_or_strange_are_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A time zone folder in which Auckland is on UTC and the Chathams are missing."""
    (tmp_path / "Pacific").mkdir()
    utc = b"TZif2" + bytes(15) + (0).to_bytes(4) * 4 + (1).to_bytes(4) + (4).to_bytes(4) + bytes(6) + b"UTC\0"
    (tmp_path / "Pacific" / "Auckland").write_bytes(utc + utc + b"\nUTC0\n")
    monkeypatch.setattr("importlib.resources.files", _no_package)
    zoneinfo.reset_tzpath([tmp_path])
    zoneinfo.ZoneInfo.clear_cache()
    try:
        auckland, chatham = check_zones()
    finally:
        zoneinfo.reset_tzpath()
        zoneinfo.ZoneInfo.clear_cache()
    assert (auckland.level, auckland.said) == (Level.WRONG, "Pacific/Auckland has other offsets than New Zealand's")
    assert (chatham.level, chatham.said) == (Level.WRONG, "Pacific/Chatham is not known")


def _no_package(name: str) -> Path:
    raise ModuleNotFoundError(name)


@pytest.mark.parametrize(("held", "level"), [(0, Level.OK), (1 << 60, Level.WRONG)])
def test_room_is_asked_for_by_what_the_store_takes(tmp_path: Path, held: int, level: Level) -> None:
    assert check_disk(tmp_path, held).level is level
