"""What a scenario is: something done while the machine fails, what it starts from, and how to look at what it left."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from ecegateway.bootstrap import keyring
from ecegateway.config import load_config
from ecegateway.evidence.store import open_evidence
from ecegateway.flows.seal import seal
from tests.crash.glance import glance
from tests.crash.state import SETTINGS, State, store_state
from tests.crash.tracer import Tell

STORE, KEYS = "evidence.db", "office/keys"
RECEIVED = datetime(2026, 6, 2, 9, 0, tzinfo=UTC)


def unchanged() -> None:
    """The gateway as it is."""


@dataclass(frozen=True)
class Scenario(Protocol):
    """Something done while the machine fails.

    ``changed`` makes the gateway a worse one, for the controls that must fail; it is called in the child alone.
    """

    name: str
    changed: Callable[[], None] = unchanged

    @abstractmethod
    def prepare(self, folder: Path, vendor: str) -> None:
        """Lay into an empty folder what it starts from."""

    @abstractmethod
    def run(self, folder: Path, tell: Tell) -> int:
        """Do it, telling what was said to be stored; gives the exit code."""

    def state(self, folder: Path) -> State:
        """What stands in the folder now."""
        return store_state(folder)

    def glance(self, folder: Path) -> State:
        """The same in a millisecond: less of it, and nothing that is wrong often."""
        return glance(folder / STORE, folder / KEYS)


def write_settings(
    folder: Path, vendor: str, *, more: str = "", store: str = f"sqlite:///{STORE}", sources: Sequence[str] = ("tiny-one",)
) -> None:
    """Settings with tiny sources."""
    text = f'store = "{store}"\nout = "out"\nkeys = "{KEYS}"\n'
    for name in sources:
        text += f'\n[[sources]]\nname = "{name}"\nplugin = "tiny"\nservices = ["10842"]\nbase_url = "{vendor}"\n{more}\n'
    (folder / SETTINGS).write_text(text, encoding="utf-8")


def signed_store(folder: Path) -> None:
    """A new store with a first signature."""
    settings = load_config(folder / SETTINGS)
    with open_evidence(settings.store, create=True) as evidence:
        seal(evidence, keyring(settings), RECEIVED)
