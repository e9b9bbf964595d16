"""Backups: when the newest was made."""

from datetime import datetime, timedelta
from pathlib import Path

from ecegateway.backup.shelf import made_at, newest_in
from ecegateway.doctor.checked import Checked, fine, warned

_OLD = timedelta(days=7)


def check_backups(folder: Path, now: datetime) -> Checked:
    """The newest one."""
    newest = newest_in(folder)
    at = None if newest is None else made_at(newest)
    if at is None:
        return warned("backups", f"{folder} holds none", "run ecegateway backup, every day by a timer")
    said = f"the newest in {folder} was made on {at:%Y-%m-%d %H:%M} UTC"
    if now - at > _OLD:
        return warned("backups", f"{said}, {(now - at).days} days ago", "run ecegateway backup, every day by a timer")
    return fine("backups", said)
