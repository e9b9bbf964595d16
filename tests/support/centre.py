"""A store with its keys and backups, and pulls that are signed: what the tests of backup, restore and move begin with."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from ecegateway.evidence.sealing import LogState, log_state
from ecegateway.evidence.store import Evidence
from ecegateway.flows.backup import Backup, make_backup
from ecegateway.flows.seal import seal
from ecegateway.flows.verify import Verified, verify_at
from ecegateway.signing.algorithms import Profile
from ecegateway.signing.keyring import Keyring
from tests.storage.filling import NOON, begin, first, store


@dataclass
class Centre:
    """One installation below a folder."""

    evidence: Evidence
    home: Path
    profile: Profile = Profile.ED25519

    @property
    def keyring(self) -> Keyring:
        return Keyring(self.home / "keys", self.profile)

    @property
    def backups(self) -> Path:
        return self.home / "backups"

    def pull(self, hours: int, *keys: str) -> None:
        """A pull that stores a record under each key, and is signed."""
        at = noon_and(hours)
        pulled = begin(self.evidence, at)
        with self.evidence.transaction() as writing:
            store(writing, pulled, [first(key) for key in keys], at=at, body=f"{at}".encode())
        self.evidence.end_pull(pulled, "finished", "", {}, at)
        seal(self.evidence, self.keyring, at)

    def back_up(self, hours: int, *recipients: str) -> Backup:
        return make_backup(self.evidence, self.keyring, recipients, self.backups, noon_and(hours))

    def verify(self, url: str) -> Verified:
        return verify_at(url, None, (), keyring=self.keyring)


def noon_and(hours: int) -> datetime:
    return NOON + timedelta(hours=hours)


def state_of(evidence: Evidence) -> LogState:
    with evidence.inspecting() as connection:
        return log_state(connection)


def litter(folder: Path) -> list[str]:
    """What lies in a folder and below, but locks."""
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.suffix != ".lock")
