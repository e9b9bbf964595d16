"""Every scenario: commands of the gateway, as a person types them."""

from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from sqlite3 import connect
from types import MappingProxyType

from ecegateway.bootstrap import keyring
from ecegateway.config import load_config
from ecegateway.evidence.store import open_evidence
from ecegateway.flows.seal import seal
from ecegateway.model.record import Record
from tests.crash.backing_up import BackingUp
from tests.crash.command import ecegateway, pull
from tests.crash.filing import Filing
from tests.crash.scenario import RECEIVED, STORE, Scenario, signed_store, write_settings
from tests.crash.state import SETTINGS, State, contents_of, files_below, store_state
from tests.crash.tracer import Tell, fork
from tests.storage.filling import put
from tests.support.older import SINCE_0002
from tests.support.records import EVERY_FACT, MONDAY, agreement, child, profile, staffed, stay
from tests.support.tiny import note

ROWS = [
    *(note(number) for number in range(18)),
    {"garbled": True},
    note(3, "Karakia at one"),
    {"gone": "n4"},
    *(note(number) for number in range(18, 22)),
]
"""What the tiny vendor has: 21 notes, one of them changed and one deleted, and a row that cannot be read."""
SERVICE_RECORDS = (*staffed([MONDAY]), profile(), *child(), agreement(), stay(MONDAY))
"""What a service of one child has, for exports."""


def _kept_after(rows: int) -> tuple[str, ...]:
    """The versions that are stored once so many rows were read."""
    seen: Counter[str] = Counter()
    lines = []
    for row in ROWS[:rows]:
        if key := row.get("gone") or row.get("key"):
            seen[key] += 1
            lines.append(f"{key}@{seen[key]}")
    return tuple(lines)


KEPT = {rows: _kept_after(rows) for rows in range(len(ROWS) + 1)}


@dataclass(frozen=True)
class Pull(Scenario):
    """A pull of five pages and the signature at its end; ``first`` makes store and key as well."""

    first: bool = False
    snapshot: bool = False

    def prepare(self, folder: Path, vendor: str) -> None:
        write_settings(folder, vendor, more="settings = { snapshot = true }" if self.snapshot else "")
        if not self.first:
            signed_store(folder)

    def run(self, folder: Path, tell: Tell) -> int:
        self.changed()
        return pull(folder, tell, dict.fromkeys(KEPT, ()) if self.snapshot else KEPT)


_BEFORE_THE_LOG = (
    *(f"DROP TABLE {table}" for table in SINCE_0002),
    "UPDATE alembic_version SET version_num = '0002'",
)


@dataclass(frozen=True)
class Migration(Scenario):
    """A store of an older schema is brought up to date, and its log begun and signed, by the next pull."""

    def prepare(self, folder: Path, vendor: str) -> None:
        write_settings(folder, vendor)
        settings = load_config(folder / SETTINGS)
        with open_evidence(settings.store, create=True) as evidence:
            put(evidence, *SERVICE_RECORDS, facts=EVERY_FACT)
        with closing(connect(folder / STORE)) as connection:
            for statement in _BEFORE_THE_LOG:
                connection.execute(statement)
            connection.commit()

    def run(self, folder: Path, tell: Tell) -> int:
        self.changed()
        return pull(folder, tell, KEPT)

    def state(self, folder: Path) -> State:
        with closing(connect(folder / STORE)) as connection:
            (schema,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            (count,) = connection.execute("SELECT count(*) FROM record_version").fetchone()
            if schema == "0002":
                found = [line for (line,) in connection.execute("PRAGMA integrity_check") if line != "ok"]
                return State(content=(f"schema 0002 with {count} versions",), problems=tuple(found))
        return store_state(folder)


@dataclass(frozen=True)
class Rotation(Scenario):
    """The log gets a new key; ``first``, it had none yet."""

    first: bool = False

    def prepare(self, folder: Path, vendor: str) -> None:
        write_settings(folder, vendor)
        if self.first:
            open_evidence(load_config(folder / SETTINGS).store, create=True).close()
        else:
            signed_store(folder)

    def run(self, folder: Path, tell: Tell) -> int:
        self.changed()
        del tell
        return ecegateway(folder, "keys", "rotate")

    def state(self, folder: Path) -> State:
        found = store_state(folder)
        with closing(connect(folder / STORE)) as connection:
            (keys,) = connection.execute("SELECT count(*) FROM log_key").fetchone()
        # Whoever asks again after the change was complete gets one more key: that is no fault.
        lines = [line for line in found.content if not line.endswith("#.pub")]
        return State(found.kept, (*lines, "the key was changed" if keys > 1 else "one key"), found.problems)


def _add(folder: Path, *records: Record) -> None:
    settings = load_config(folder / SETTINGS)
    with open_evidence(settings.store) as evidence:
        put(evidence, *records, at=RECEIVED, facts=EVERY_FACT)
        seal(evidence, keyring(settings), RECEIVED)


@dataclass(frozen=True)
class Export(Scenario):
    """Files of a period are written over those of an earlier export, some of which have changed."""

    exporters: tuple[str, ...] = ("rs7", "nsn", "findings")

    def prepare(self, folder: Path, vendor: str) -> None:
        write_settings(folder, vendor)
        signed_store(folder)
        _add(folder, *SERVICE_RECORDS)
        earlier = fork(lambda tell: self.run(folder, tell))
        assert earlier.code == 0, earlier.printed
        _add(folder, stay(MONDAY + timedelta(days=1)))

    def run(self, folder: Path, tell: Tell) -> int:
        self.changed()
        del tell
        return ecegateway(folder, "export", "--period", "2026-02", *self.exporters)

    def state(self, folder: Path) -> State:
        lines = [f"whole {name} {digest}" for name, digest in contents_of(folder / "out" / "10842").items()]
        return State(content=(*lines, *files_below(folder)))

    def glance(self, folder: Path) -> State:
        return self.state(folder)


SCENARIOS = MappingProxyType(
    {
        one.name: one
        for one in (
            Pull("pull"),
            Pull("first pull", first=True),
            Pull("snapshot", snapshot=True),
            Migration("migration"),
            Rotation("rotation"),
            Rotation("first key", first=True),
            Export("export"),
            Filing("filing"),
            BackingUp("backup"),
        )
    }
)
"""Add one here, and every tier tries it."""
