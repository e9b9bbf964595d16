"""A store moves to another engine with the same rows, the same log and the same exports, byte for byte."""

import signal
from pathlib import Path

import pytest

from ecegateway.errors import ConfigError, EvidenceError, IntegrityError
from ecegateway.evidence.rows import LOGGED, every_row
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.flows.copying import move_store
from tests.support import operator
from tests.support.centre import Centre, litter, noon_and, state_of
from tests.support.processes import run_code


@pytest.fixture
def centre(evidence: Evidence, tmp_path: Path) -> Centre:
    """A signed store of two pulls, on each engine in turn."""
    made = Centre(evidence, tmp_path / "home")
    made.pull(0, "n1", "n2", "n3")
    made.pull(1, *(f"m{number}" for number in range(6000)))
    return made


@pytest.fixture(params=["to sqlite", "to postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where to: an empty place on each engine in turn."""
    if request.param == "to sqlite":
        return f"sqlite:///{tmp_path / 'moved' / 'evidence.db'}"
    return str(request.getfixturevalue("postgres_url"))


def test_every_row_moves_and_the_log_with_it(centre: Centre, new_url: str) -> None:
    moved = move_store(centre.evidence, new_url, centre.keyring, noon_and(2))
    assert moved.holds
    with open_evidence(new_url) as target:
        now, then = state_of(target), state_of(centre.evidence)
        assert (now.origin, now.size, now.root) == (then.origin, then.size, then.root)
        for table in LOGGED.values():
            with target.inspecting() as new, centre.evidence.inspecting() as old:
                assert list(map(dict, every_row(new, table))) == list(map(dict, every_row(old, table)))


def test_it_verifies_where_it_is_now_against_what_was_signed_before_and_goes_on(centre: Centre, new_url: str) -> None:
    move_store(centre.evidence, new_url, centre.keyring, noon_and(2))
    told = centre.verify(new_url)
    assert told.holds
    assert told.outside == told.size
    with open_evidence(new_url) as target:
        Centre(target, centre.home).pull(3, "n9")
    told = centre.verify(new_url)
    assert told.holds
    assert told.signed == told.outside == told.size


def test_moved_there_and_back_it_still_verifies(centre: Centre, new_url: str, tmp_path: Path) -> None:
    move_store(centre.evidence, new_url, centre.keyring, noon_and(2))
    back = f"sqlite:///{tmp_path / 'back.db'}"
    with open_evidence(new_url) as target:
        move_store(target, back, centre.keyring, noon_and(3))
        assert state_of(target).root == state_of(centre.evidence).root
    assert centre.verify(back).holds


def test_nothing_is_written_over(centre: Centre, new_url: str) -> None:
    open_evidence_at(new_url)
    with pytest.raises((ConfigError, EvidenceError), match=r"(nothing|none) is written over"):
        move_store(centre.evidence, new_url, centre.keyring, noon_and(2))


def open_evidence_at(url: str) -> None:
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir()
    open_evidence(url, create=True).close()


def test_a_store_that_does_not_verify_is_not_moved(centre: Centre, new_url: str, tmp_path: Path) -> None:
    operator.run(centre.evidence, "UPDATE record_version SET content = '{}' WHERE seq = 2")
    with pytest.raises(IntegrityError, match="no copy of it is kept: edited: record_version 2"):
        move_store(centre.evidence, new_url, centre.keyring, noon_and(2))
    if new_url.startswith("sqlite"):
        assert litter(tmp_path / "moved") == []
    else:
        open_evidence(new_url, create=True).close()  # as empty as it was


def test_nobody_stores_anything_while_it_moves(centre: Centre, evidence_url: str) -> None:
    """What would come between the copy and its use would be lost."""
    with centre.evidence.held_still(), open_evidence(evidence_url) as other:
        with other._engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("ROLLBACK")
                connection.exec_driver_sql("PRAGMA busy_timeout = 10")
            else:
                connection.exec_driver_sql("SET lock_timeout = 10")
                connection.commit()
        with pytest.raises(EvidenceError, match="refused"):
            other.end_pull(2, "finished", "", {}, noon_and(9))


KILLED = """
import os, signal, sys
from pathlib import Path
from ecegateway.evidence.store import open_evidence
from ecegateway.flows import copying
from tests.support.centre import Centre, noon_and

old, new, home, step = sys.argv[1:]

def dying(*given, **named):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(copying, step, dying)
with open_evidence(old) as evidence:
    copying.move_store(evidence, new, Centre(evidence, Path(home)).keyring, noon_and(2))
"""


@pytest.mark.parametrize("step", ["seal_copy", "verify_within"])
def test_killed_before_it_counts_it_leaves_nothing_at_the_new_place(
    centre: Centre, evidence_url: str, new_url: str, step: str
) -> None:
    assert run_code(KILLED, evidence_url, new_url, str(centre.home), step).returncode == -signal.SIGKILL
    assert move_store(centre.evidence, new_url, centre.keyring, noon_and(2)).holds
