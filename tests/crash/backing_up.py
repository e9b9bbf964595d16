"""An encrypted backup is made, read back and verified."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ecegateway import clock
from ecegateway.backup.manifest import MANIFEST, PACKED, SIGNATURE, read_manifest
from ecegateway.backup.shelf import name_at
from ecegateway.evidence.store import open_evidence
from tests.crash.command import ecegateway
from tests.crash.scenario import STORE, Scenario, write_settings
from tests.crash.state import State
from tests.crash.tracer import Tell
from tests.support.filing import centre_in

_MADE = "a whole backup"
_BACKUPS = "backups"
_FINAL = "evidence-"


@dataclass(frozen=True)
class BackingUp(Scenario):
    """`backup`: what has its final name is whole; whoever asks again after it was made gets one more, which is no fault."""

    def prepare(self, folder: Path, vendor: str) -> None:
        write_settings(folder, vendor)
        with open_evidence(f"sqlite:///{folder / STORE}", create=True) as evidence:
            centre_in(evidence, folder / "office").verify()

    def run(self, folder: Path, tell: Tell) -> int:
        self.changed()
        while (folder / _BACKUPS / name_at(clock.now())).exists():
            time.sleep(0.05)  # backups are named by the second, and nobody types as quickly as this
        code = ecegateway(folder, "backup")
        if code == 0:
            tell(_MADE)
        return code

    def state(self, folder: Path) -> State:
        return _with_backups(super().state(folder), folder)

    def glance(self, folder: Path) -> State:
        return _with_backups(super().glance(folder), folder)


def _with_backups(found: State, folder: Path) -> State:
    """What is found of the store, and of the backups beside it."""
    finals = sorted((folder / _BACKUPS).glob(f"{_FINAL}*"))
    made = (_MADE,) if finals else ()
    content = (line for line in found.content if not line.startswith(f"file {_BACKUPS}/{_FINAL}"))
    return State(found.kept | set(made), (*content, *made), (*found.problems, *_not_whole(finals)))


def _not_whole(finals: list[Path]) -> Iterator[str]:
    for place in finals:
        if sorted(one.name for one in place.iterdir()) != sorted((PACKED, MANIFEST, SIGNATURE)):
            yield f"{_BACKUPS}: a final name without its files"
        elif read_manifest((place / MANIFEST).read_bytes()).sha256 != sha256((place / PACKED).read_bytes()).hexdigest():
            yield f"{_BACKUPS}: a file that is not as described"
