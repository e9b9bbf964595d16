"""Stores for every test that asks, and the profiles of the property tests.

SQLite lies in a folder of the test's own, PostgreSQL runs on a server of the session's own. Properties are tried on the same
examples each time, so that a suite that passed passes again; ``make properties`` tries them on fresh ones.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.rules import registry
from tests.cli.running import run
from tests.support.postgres import PostgresServer, postgres_server
from tests.support.whole import whole_finding

_BUSY = [HealthCheck.too_slow]
"""A machine that is busy with other things finds no fault in the code."""
settings.register_profile("same", derandomize=True, deadline=None, suppress_health_check=_BUSY)
settings.register_profile("fresh", print_blob=True, deadline=None, suppress_health_check=_BUSY)
settings.load_profile("same")


@pytest.fixture(autouse=True)
def findings_are_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test makes rules find is checked to be whole."""
    monkeypatch.setattr(registry, "Finding", whole_finding)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def evidence_template(postgres: PostgresServer) -> Iterator[str]:
    """The name of a database that holds an empty store; copying it is quicker than making one."""
    with postgres.database() as name:
        open_evidence(postgres.url(name), create=True).close()
        yield name


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> Iterator[str]:
    """The address of a fresh, empty PostgreSQL database."""
    with postgres.database() as name:
        yield postgres.url(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a fresh, empty database, on each engine in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'evidence.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture(params=["sqlite", "postgresql"])
def evidence_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh store, on each engine in turn."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'evidence.db'}"
        open_evidence(url, create=True).close()
        yield url
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        with server.database(template=request.getfixturevalue("evidence_template")) as name:
            yield server.url(name)


@pytest.fixture
def evidence(evidence_url: str) -> Iterator[Evidence]:
    """A fresh store, open, on each engine in turn."""
    with open_evidence(evidence_url) as store:
        yield store


@pytest.fixture(scope="session")
def demo_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the demo has run once, and what it said, in ``first.txt``. To be copied, not changed.

    Processes that share out the tests share it too.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo-once"
    with FileLock(f"{folder}.lock"):
        said = folder / "first.txt"
        if not said.exists():
            folder.mkdir()
            done = run("demo", cwd=folder)
            assert done.returncode == 0, done.stderr
            said.write_text(done.stdout, encoding="utf-8")
    return folder
