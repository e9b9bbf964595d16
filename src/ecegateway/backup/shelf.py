"""The folder where backups lie side by side, each in a folder named by the instant it was made."""

from datetime import UTC, datetime
from pathlib import Path

from ecegateway.backup.manifest import MANIFEST
from ecegateway.errors import ConfigError

_NAME = "evidence-%Y-%m-%dT%H%M%SZ"


def name_at(at: datetime) -> str:
    """The name of a backup made at an instant."""
    return at.astimezone(UTC).strftime(_NAME)


def made_at(backup: Path) -> datetime | None:
    """The instant a backup's name says; ``None`` for anything else in the folder."""
    try:
        return datetime.strptime(backup.name, _NAME).replace(tzinfo=UTC)
    except ValueError:
        return None


def newest_in(folder: Path) -> Path | None:
    """The newest backup in a folder; ``None`` if there is none."""
    found = [one for one in folder.glob("evidence-*") if made_at(one) is not None] if folder.is_dir() else []
    return max(found, key=lambda one: one.name, default=None)


def chosen(place: Path) -> Path:
    """A backup by its own folder, or the newest in the folder where backups lie.

    Raises:
        ConfigError: there is none.
    """
    found = place if (place / MANIFEST).is_file() else newest_in(place)
    if found is None:
        raise ConfigError(f"{place}: there is no backup here; give the folder of one, copied whole")
    return found
