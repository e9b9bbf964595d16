"""Processes that are killed while they hand over, and several that do at once: the simulated Ministry has it once."""

import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from ecegateway.errors import DeliveryRefusedError
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.flows.delivery import deliveries, hand_over
from ecegateway.outbound import About, Outcome
from ecegateway.testing.ministry import MinistrySimulator
from tests.support.ministry import ministry, now, outgoing, way_to
from tests.support.processes import run_code

_RACERS = 3
SENDER = """
import os, signal, sys
from ecegateway.config import MinistryConfig
from ecegateway.evidence.store import open_evidence
from ecegateway.flows.delivery import hand_over
from ecegateway.flows.ways import open_way
from ecegateway.transport.posting import HttpHands
from tests.support.ministry import PLUGINS, now, outgoing

url, address, when = sys.argv[1:]
carry_out = HttpHands.carry_out

def die(hands, ask, *, seconds):
    if when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    done = carry_out(hands, ask, seconds=seconds)
    if when == "after":
        os.kill(os.getpid(), signal.SIGKILL)
    return done

HttpHands.carry_out = die
secrets = {"client_id": "env:MINISTRY_ID", "client_secret": "env:MINISTRY_SECRET"}
config = MinistryConfig(transport="infohub-shaped", base_url=address, **secrets)
with open_evidence(url) as store, open_way(PLUGINS, config, now) as way:
    hand_over(store, way, outgoing(), 1, now)
"""


@pytest.fixture
def simulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[MinistrySimulator]:
    """One that would have twice what is sent twice, so that having it once is our doing."""
    with ministry(monkeypatch) as found:
        found.stop_knowing_keys()
        yield found


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_after_it_was_written_down_and_run_again_it_is_there_once(
    tmp_path: Path, simulator: MinistrySimulator, when: str
) -> None:
    url = f"sqlite:///{tmp_path}/evidence.db"
    open_evidence(url, create=True).close()
    assert run_code(SENDER, url, simulator.base_url, when).returncode == -signal.SIGKILL
    assert len(simulator.taken) == (when == "after")
    with open_evidence(url) as store, way_to(simulator) as way:
        (broken_off,) = deliveries(store, About.RETURN, 1)
        assert broken_off.end is None
        assert hand_over(store, way, outgoing(), 1, now).outcome is Outcome.ACCEPTED
        assert [one.end is None for one in deliveries(store, About.RETURN, 1)] == [True, False]
    assert [taken.key for taken in simulator.taken] == ["k-1"]
    assert simulator.posted() == 1


def test_whoever_hands_it_over_at_once_it_is_sent_once(
    evidence: Evidence, evidence_url: str, simulator: MinistrySimulator
) -> None:
    """Each has its own connections, as processes have; those who find another at it are told so, and send nothing."""
    simulator.answer_late(0.3)
    together = Barrier(_RACERS)

    def race(_: int) -> str:
        with open_evidence(evidence_url) as store, way_to(simulator) as way:
            together.wait()
            try:
                return hand_over(store, way, outgoing(), 1, now).outcome
            except DeliveryRefusedError as error:
                return str(error)

    with ThreadPoolExecutor(_RACERS) as pool:
        said = list(pool.map(race, range(_RACERS)))
    assert Outcome.ACCEPTED in said
    assert all(one == Outcome.ACCEPTED or "another process is handing over" in one for one in said)
    assert simulator.posted() == 1
    assert [one.end.receipt.outcome for one in deliveries(evidence, About.RETURN, 1) if one.end] == [Outcome.ACCEPTED]
