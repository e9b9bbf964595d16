"""The machine: disk, file system, clock and time zones."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ecegateway.doctor.checked import Checked, fine, warned, wrong

MOUNTS = Path("/proc/mounts")
_OVER_THE_NETWORK = (
    *("9p", "afs", "beegfs", "ceph", "cifs", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "gfs2", "glusterfs"),
    *("lustre", "nfs", "nfs4", "ocfs2", "smb3", "smbfs", "vboxsf", "virtiofs"),
)
_ESCAPED = re.compile(r"\\([0-7]{3})")
_LEAST_FREE = 100 * 1024**2
_EASY_FREE = 1024**3
_YEARS = range(2025, 2100)
_OFFSETS = (
    ("Pacific/Auckland", 13 * 60, 12 * 60),
    ("Pacific/Chatham", 13 * 60 + 45, 12 * 60 + 45),
)
"""Zone, and its minutes ahead of UTC in January and in July."""


def check_disk(folder: Path, held: int) -> Checked:
    """Room to go on, and to make a backup: the store is copied, packed and unpacked once. ``held`` are the store's bytes."""
    free = shutil.disk_usage(folder).free
    said = f"{free / 1024**3:.1f} GiB free at {folder}, the store takes {held / 1024**3:.3f}"
    if free < _LEAST_FREE + held:
        return wrong("disk", said, "make room: the next pull or backup may not fit")
    if free < _EASY_FREE + 3 * held:
        return warned("disk", said, "make room soon")
    return fine("disk", said)


def file_system(mounts: str, place: Path) -> str | None:
    """The kind of file system a path lies on, by the lines of ``/proc/mounts``; ``None`` if they do not say."""
    best, kind = Path(), None
    for line in mounts.splitlines():
        _, mounted, found, *_ = line.split(" ")
        point = Path(_ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), mounted))  # a blank stands there as \040
        if place.is_relative_to(point) and len(point.parts) >= len(best.parts):
            best, kind = point, found
    return kind


def check_file_system(mounts: str, place: Path) -> Checked:
    """SQLite's locks do not hold over a network."""
    kind = file_system(mounts, place)
    if kind in _OVER_THE_NETWORK:
        do = "move the store to a disk of this machine, or to PostgreSQL: ecegateway move"
        return wrong("file system", f"{place} lies on {kind}, over a network: its locks do not hold", do, in_doubt=True)
    return fine("file system", f"{place} lies on {kind or 'a file system that this system does not name'}")


def check_clock(now: datetime, newest: datetime | None) -> Checked:
    """A year that can be, and no receipt from the future."""
    said = f"{now:%Y-%m-%d %H:%M} UTC"
    if now.year not in _YEARS:
        return wrong("clock", f"{said} cannot be", "set the clock, and have it kept: timedatectl set-ntp true")
    if newest is not None and now < newest:
        do = "set the clock; until then no pull is stored under its own time"
        return wrong("clock", f"{said} is before the newest receipt, {newest:%Y-%m-%d %H:%M} UTC", do)
    return fine("clock", said)


def check_zones() -> Iterator[Checked]:
    """The two zones of New Zealand, summer and winter."""
    for name, january, july in _OFFSETS:
        do = "install the package tzdata: python -m pip install --upgrade tzdata"
        try:
            zone = ZoneInfo(name)
        except ZoneInfoNotFoundError:
            yield wrong("time zone", f"{name} is not known", do)
            continue
        found = [datetime(2026, month, 15, tzinfo=UTC).astimezone(zone).utcoffset() for month in (1, 7)]
        if found == [timedelta(minutes=january), timedelta(minutes=july)]:
            yield fine("time zone", f"{name} is UTC+{january / 60:g} h in January and UTC+{july / 60:g} h in July")
        else:
            yield wrong("time zone", f"{name} has other offsets than New Zealand's", do)
