"""The tiny vendor, whom all the pulls of a session ask; and no such tests where calls cannot be traced."""

from collections.abc import Iterator

import pytest

from tests.crash.machine import can_trace
from tests.crash.scenarios import ROWS
from tests.support.faults import FaultServer
from tests.support.tiny import TinyVendor

collect_ignore_glob = [] if can_trace() else ["test_*.py"]


@pytest.fixture(scope="session")
def vendor() -> Iterator[str]:
    """The address of a vendor without faults."""
    with FaultServer(TinyVendor(ROWS).answer) as server:
        yield server.url
