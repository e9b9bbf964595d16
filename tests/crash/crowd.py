"""Several pulls and exporters on one store at once, each a process of its own, on either engine."""

import os
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path

from ecegateway.bootstrap import keyring
from ecegateway.config import load_config
from ecegateway.evidence.store import open_evidence
from ecegateway.flows.seal import seal
from tests.crash.command import ecegateway, pull
from tests.crash.scenario import RECEIVED, write_settings
from tests.crash.scenarios import KEPT, SERVICE_RECORDS
from tests.crash.state import SETTINGS, State, contents_of, difference, store_state
from tests.crash.tally import Fault, Wrong
from tests.crash.tracer import Ended, Running, Tell, start
from tests.storage.filling import put
from tests.support.records import EVERY_FACT

SOURCES = ("tiny-one", "tiny-two", "tiny-three")
_FINE = 0


class Crowd:
    """A store that three sources fill, and the folder of its settings."""

    def __init__(self, folder: Path, vendor: str, store: str) -> None:
        self.folder = folder
        self._vendor = vendor
        self.move_to(store)

    def begin(self) -> None:
        """Make the store, with a service whose files can be exported."""
        settings = load_config(self.folder / SETTINGS)
        with open_evidence(settings.store, create=True) as evidence:
            put(evidence, *SERVICE_RECORDS, at=RECEIVED, facts=EVERY_FACT)
            seal(evidence, keyring(settings), RECEIVED)

    def warm_up(self) -> None:
        """Pull in this very process, so that its children need not import and compile everything anew."""
        with redirect_stdout(StringIO()):
            assert pull(self.folder, lambda _: None, KEPT) == _FINE

    def move_to(self, store: str) -> None:
        """Have the settings name the store by another address."""
        write_settings(self.folder, self._vendor, store=store, sources=SOURCES)

    def pulls(self, *sources: str, changed: Callable[[], None]) -> list[Running]:
        """Start a pull of each."""
        return [start(partial(self._pull, source, changed)) for source in sources]

    def exports(self, count: int) -> list[Running]:
        """Start so many exports of what was known before the pulls."""
        return [start(self._export) for _ in range(count)]

    def _pull(self, source: str, changed: Callable[[], None], tell: Tell) -> int:
        os.chdir(self.folder)
        changed()
        return pull(self.folder, tell, KEPT, source)

    def _export(self, tell: Tell) -> int:
        del tell
        known = RECEIVED.isoformat()
        return ecegateway(self.folder, "export", "--period", "2026-02", "--known-at", known, "rs7", "findings")

    def state(self) -> State:
        """What stands now."""
        return store_state(self.folder)

    def files(self) -> dict[str, str]:
        """The digest of each exported file."""
        return contents_of(self.folder / "out" / "10842")


def compared(goal: State, found: State, where: str) -> Iterator[Fault]:
    """What is not as in an undisturbed run."""
    missing, more = difference(goal.content, found.content)
    yield from (Fault(Wrong.TORN, where, problem) for problem in found.problems)
    yield from (Fault(Wrong.LOST, where, line) for line in missing)
    yield from (Fault(Wrong.DOUBLED, where, line) for line in more)


def not_kept(ended: Ended, found: State, where: str) -> Iterator[Fault]:
    """What a pull was told is stored and is not."""
    yield from (Fault(Wrong.LOST, where, line) for line in sorted(set(ended.told) - found.kept))


def not_fine(ended: Ended, where: str) -> Iterator[Fault]:
    """A command that nothing disturbed and that did not end well."""
    if ended.code != _FINE:
        yield Fault(Wrong.LOST, where, f"exit code {ended.code}: {ended.printed[-300:]}")
