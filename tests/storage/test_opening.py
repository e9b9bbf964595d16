"""What is opened, what is made, and what is refused."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import create_engine, make_url, text

from ecegateway.errors import EvidenceError
from ecegateway.evidence import schema
from ecegateway.evidence.migrate import SCHEMAS
from ecegateway.evidence.postgres import refuse_unsafe
from ecegateway.evidence.store import Evidence, open_evidence
from tests.storage.filling import NOON, SERVICE, begin, first, store
from tests.support.postgres import PostgresServer

SAFE = {
    "data_checksums": "on",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "server_encoding": "UTF8",
}


def test_a_store_is_made_only_when_asked_for(empty_url: str) -> None:
    with pytest.raises(EvidenceError, match=r"no evidence store at .* holds nothing yet"):
        open_evidence(empty_url)
    open_evidence(empty_url, create=True).close()
    open_evidence(empty_url).close()


def test_looking_for_a_store_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError):
        open_evidence(f"sqlite:///{tmp_path / 'evidence.db'}")
    assert list(tmp_path.iterdir()) == []


def test_the_migrations_make_the_schema_the_code_uses(evidence: Evidence) -> None:
    with evidence._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.METADATA) == []


def test_the_code_knows_every_step_of_the_schema() -> None:
    settings = Config()
    settings.set_main_option("script_location", "ecegateway.evidence:migrations")
    steps = ScriptDirectory.from_config(settings).walk_revisions()
    assert tuple(step.revision for step in steps)[::-1] == SCHEMAS


def test_a_store_of_an_older_schema_is_brought_up_to_date_by_a_pull_and_keeps_its_rows(empty_url: str) -> None:
    engine = create_engine(make_url(empty_url).set(drivername="postgresql+psycopg") if "postgres" in empty_url else empty_url)
    with engine.begin() as connection:
        settings = Config()
        settings.set_main_option("script_location", "ecegateway.evidence:migrations")
        settings.attributes["connection"] = connection
        command.upgrade(settings, SCHEMAS[0])
        connection.execute(
            text(
                "INSERT INTO waiver (id, rule, service, first_day, last_day, by, why, at) VALUES "
                "(1, 'attendance.signed', '10842', '2026-02-02', '2026-02-06', 'Ngāio', 'paper', '2026-06-02T00:00:00+00:00')"
            )
        )
    engine.dispose()
    with pytest.raises(EvidenceError, match="older schema '0001'; pull once"):
        open_evidence(empty_url)
    with open_evidence(empty_url, create=True) as evidence:
        (kept,) = evidence.waivers(SERVICE)
        assert (kept.word.by, kept.end) == ("Ngāio", None)
        assert evidence.assignments(SERVICE) == []


@pytest.mark.parametrize("create", [True, False])
def test_a_store_of_an_unknown_schema_is_refused(evidence: Evidence, evidence_url: str, *, create: bool) -> None:
    with evidence._engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(EvidenceError, match="9999"):
        open_evidence(evidence_url, create=create)


@pytest.mark.parametrize("create", [True, False])
def test_a_database_of_something_else_is_left_alone(empty_url: str, *, create: bool) -> None:
    with open_evidence(empty_url, create=True) as evidence, evidence._engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    with pytest.raises(EvidenceError, match="something else"):
        open_evidence(empty_url, create=create)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("evidence.db", "cannot be read"),
        ("mysql://host/evidence", "mysql"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("sqlite:////nowhere/at/all/evidence.db", "folder is missing"),
        ("postgresql://somebody:secret@127.0.0.1:1/evidence", "OperationalError"),
    ],
)
def test_a_wrong_address_says_what_to_do_and_no_password(url: str, says: str) -> None:
    with pytest.raises(EvidenceError, match=says) as caught:
        open_evidence(url, create=True)
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "evidence.db"
    file.write_text("Dear auditor, " * 1000)
    with pytest.raises(EvidenceError, match="not an evidence store"):
        open_evidence(f"sqlite:///{file}", create=True)


@pytest.mark.parametrize("setting", sorted(SAFE))
def test_a_server_that_may_lose_commits_is_refused(setting: str) -> None:
    refuse_unsafe(SAFE)
    with pytest.raises(EvidenceError, match=f"{setting} is off"):
        refuse_unsafe({**SAFE, setting: "off"})


def test_an_unsafe_database_is_refused_on_opening(postgres: PostgresServer) -> None:
    with postgres.database() as name:
        with postgres.connect() as connection:
            connection.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(sql.Identifier(name)))
        with pytest.raises(EvidenceError, match="synchronous_commit is off"):
            open_evidence(postgres.url(name), create=True)


def test_the_test_server_keeps_checksums(postgres: PostgresServer) -> None:
    with psycopg.connect(postgres.url("postgres")) as connection:
        assert connection.execute("SHOW data_checksums").fetchone() == ("on",)


def test_two_writers_at_once_lose_and_double_nothing(evidence: Evidence, evidence_url: str) -> None:
    pages = 20

    def write(worker: int) -> None:
        with open_evidence(evidence_url) as own:
            pull = begin(own)
            for page in range(pages):
                with own.transaction() as writing:
                    store(writing, pull, [first(f"{worker}-{page}-{row}") for row in range(5)], at=NOON)

    _together(write, write)
    versions = evidence.evidence_of(SERVICE).versions
    assert len({version.id for version in versions}) == len(versions) == 2 * pages * 5
    with evidence._engine.connect() as connection:
        assert connection.scalar(text("SELECT max(seq) FROM record_version")) == len(versions)


def test_two_that_make_the_store_at_once_both_get_it(empty_url: str) -> None:
    def make(_worker: int) -> None:
        open_evidence(empty_url, create=True).close()

    _together(make, make)
    open_evidence(empty_url).close()


def _together(*works: Callable[[int], Any]) -> None:
    failures: list[BaseException] = []

    def run(worker: int, work: Callable[[int], Any]) -> None:
        try:
            work(worker)
        except BaseException as error:  # noqa: BLE001 - handed to the test
            failures.append(error)

    threads = [threading.Thread(target=run, args=one) for one in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
