"""A process killed between or inside pages leaves a store that the next pull completes."""

import signal
from pathlib import Path

import psycopg
import pytest

from ecegateway.errors import EvidenceError
from ecegateway.evidence.faults import engine_faults
from ecegateway.evidence.store import open_evidence
from tests.flows.pulling import config_of, pull_tiny, stored
from tests.support.faults import FaultServer
from tests.support.processes import run_code
from tests.support.tiny import TinyVendor, note

ROWS = [note(n) for n in range(30)]
PULLER = """
import os, signal, sys
from ecegateway.errors import EvidenceError
from ecegateway.evidence.faults import engine_faults
from ecegateway.evidence.store import open_evidence
from ecegateway.evidence.writing import Writing
from tests.flows.pulling import config_of, pull_tiny

url, address, step, count = sys.argv[1:]
calls = 0

def die_at(call):
    def wrapped(*arguments):
        global calls
        result = call(*arguments)
        calls += 1
        if calls == int(count):
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    return wrapped

setattr(Writing, step, die_at(getattr(Writing, step)))
pull_tiny(open_evidence(url), config_of(address))
"""


def test_a_lock_that_cannot_be_taken_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "evidence.db.tiny-one.lock").mkdir()
    refused = pytest.raises(EvidenceError, match=r"the lock of source 'tiny-one' .* cannot be taken \(")
    with open_evidence(f"sqlite:///{tmp_path}/evidence.db", create=True) as evidence, refused:
        pull_tiny(evidence, config_of("http://127.0.0.1:9"))


def test_of_a_commit_whose_answer_never_came_nothing_is_assumed() -> None:
    with pytest.raises(EvidenceError, match="whether this step was stored is not known; run it again"), engine_faults("here"):
        raise psycopg.OperationalError("server closed the connection unexpectedly")


@pytest.mark.parametrize("count", [1, 3, 6])
@pytest.mark.parametrize("step", ["keep", "append", "move_cursor"])
def test_killed_inside_a_page_and_run_again_nothing_is_lost_or_doubled(tmp_path: Path, step: str, count: int) -> None:
    url = f"sqlite:///{tmp_path}/evidence.db"
    open_evidence(url, create=True).close()
    with FaultServer(TinyVendor(ROWS).answer) as server:
        assert run_code(PULLER, url, server.url, step, str(count)).returncode == -signal.SIGKILL
        with open_evidence(url) as evidence:
            assert len(stored(evidence)) == (count - 1) * 5
            pull_tiny(evidence, config_of(server.url))
            assert [key for key, *_ in stored(evidence)] == [f"n{n}" for n in range(30)]
