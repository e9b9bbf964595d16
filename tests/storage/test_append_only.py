"""The database itself refuses to change or remove a row, in every table, on both engines."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import psycopg
import pytest
from sqlalchemy import inspect, make_url, text
from sqlalchemy.exc import DBAPIError

from ecegateway.evidence import schema
from ecegateway.evidence.erasing import erase_versions
from ecegateway.evidence.holding import LegalHold
from ecegateway.evidence.record import Assignment, Ending, Quarantined, Seen, Waiver
from ecegateway.evidence.sealing import LogKey
from ecegateway.evidence.store import Evidence
from ecegateway.model.ids import RuleId
from ecegateway.proof.tree import BLOCK
from tests.storage.filling import FEED, NOON, SERVICE, SOURCE, begin, first, store

TABLES = sorted(schema.METADATA.tables)


@pytest.fixture
def filled(evidence: Evidence) -> Evidence:
    """A store with a row in every table."""
    pull = begin(evidence)
    with evidence.transaction() as writing:
        receipt = store(writing, pull, [first("n1")])
        writing.move_cursor(SOURCE, SERVICE, FEED.name, "page-2", receipt)
        writing.quarantine(receipt, [Quarantined(SERVICE, "notes", None, "/notes", 1, None, "not a row")])
        hold = writing.hold(pull, SOURCE, SERVICE, FEED.name, b"d", {}, NOON)
    with evidence.transaction() as writing:
        writing.end_quarantine(evidence.open_quarantine()[0].id, "stored", NOON)
    evidence.decide(hold, "Ngāio", "looked at", NOON)
    day = date(2026, 2, 2)
    signed, ending = RuleId("attendance.signed"), Ending("Ngāio", "done", NOON)
    waiver = evidence.waive(Waiver(signed, SERVICE, None, day, day, "Ngāio", "paper", None, NOON))
    task = evidence.assign(Assignment(signed, SERVICE, None, day, day, "Rāwiri", "Ngāio", "", NOON))
    evidence.withdraw("waiver", waiver, ending)
    evidence.withdraw("assignment", task, ending)
    evidence.record_check(SERVICE, "2026-02", "", NOON, NOON, [Seen(signed, None, "holds", (day,))])
    evidence.end_pull(pull, "finished", "", {}, NOON)
    with evidence.transaction() as writing:
        writing.quarantine(receipt, [Quarantined(SERVICE, "notes", None, "/notes", n, None, "not a row") for n in range(BLOCK)])
    held = evidence.hold_legally(LegalHold(SERVICE, None, "Ngāio", "an audit", NOON))
    evidence.end_legal_hold(held, ending)
    with evidence.adding() as appending:
        erase_versions(appending, evidence.evidence_of(SERVICE).versions, "Ngāio", "its time is over", NOON)
    _hand_over(evidence, day)
    with evidence.sealing() as sealing:
        sealing.add_key(LogKey("public", "", ""), NOON)
        sealing.keep(sealing.state().size, "note", NOON)
    return evidence


def _hand_over(evidence: Evidence, day: date) -> None:
    """A row in each of the tables of what is handed over, whatever it says."""
    made = {"document_digest": b"d"}
    with evidence.adding() as adding:
        adding.insert_all(schema.DOCUMENT, [{"digest": b"d", "content": b"", "size": 0}])
        of_whom: dict[str, object] = {"service": SERVICE, "by": "Ngāio", "at": NOON}
        of_days = {"period": "2026-02", "revision": 1, "kind": "first", "first_day": day, "last_day": day}
        known = {"input_digest": "", "known_at": NOON}
        number = adding.insert(schema.RS7_RETURN, basis="", **known, **of_whom, **of_days, **made)
        adding.insert(schema.RETURN_STEP, rs7_return_id=number, step="signed", by="Ngāio", detail="{}", at=NOON, **made)
        what = {"content": "", "digest": b"", "at": NOON, "service": SERVICE}
        told = {"family": "ChildIdentity", "action": "set", "entity": "c-1", "child": "c-1", "source": "ecegateway"}
        adding.insert(schema.ELI_EVENT, key="e", **told, **what)
        sent = {"about": "return", "number": number, "key": "k", "digest": b"d", "transport": "folder"}
        tried = adding.insert(schema.DELIVERY, **sent, at=NOON)
        adding.insert_all(schema.DELIVERY_END, [{"delivery_id": tried, "outcome": "accepted", "detail": "{}", "at": NOON}])
        adding.insert(schema.NSN_STEP, child="c-1", step="searched", by="Ngāio", **what)
        adding.insert(schema.MONTH_CONFIRMATION, month="2026-02", statement="complete", **of_whom, **known)
        whose = {"name": "office", "person": "Ngāio", "digest": b"d", "scopes": "[]", "services": "[]", "by": "Ngāio"}
        token = adding.insert(schema.API_TOKEN, **whose, at=NOON)
        adding.insert_all(schema.API_TOKEN_END, [{"api_token_id": token, "by": "Ngāio", "why": "lost", "at": NOON}])


def test_every_table_but_alembics_is_covered(evidence: Evidence) -> None:
    with evidence._engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == {*TABLES, "alembic_version"}


@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_changed_or_removed(filled: Evidence, table: str) -> None:
    count = text(f"SELECT count(*) FROM {table}")
    with filled._engine.connect() as connection:
        before = connection.scalar(count)
    assert before, "there is something to change"
    for statement in _attacks(filled, table):
        with pytest.raises(DBAPIError, match="append-only"), filled._engine.begin() as connection:
            connection.execute(text(statement))
    with filled._engine.connect() as connection:
        assert connection.scalar(count) == before


def _attacks(evidence: Evidence, table: str) -> Iterator[str]:
    column = schema.METADATA.tables[table].columns.keys()[-1]
    yield f"UPDATE {table} SET {column} = {column}"
    yield f"DELETE FROM {table}"
    if evidence._engine.dialect.name == "postgresql":
        yield f"TRUNCATE {table} CASCADE"
    else:
        yield f"UPDATE OR REPLACE {table} SET {column} = {column}"
        yield f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"


def test_a_stranger_without_our_settings_is_refused_too(filled: Evidence, evidence_url: str) -> None:
    statements = list(_attacks(filled, "record_version"))
    if evidence_url.startswith("sqlite"):
        import sqlite3  # noqa: PLC0415 - a stranger's own connection

        with closing(sqlite3.connect(make_url(evidence_url).database or "")) as connection:
            for statement in statements:
                with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                    connection.execute(statement)
    else:
        with psycopg.connect(evidence_url, autocommit=True) as stranger:
            for statement in statements:
                with pytest.raises(psycopg.errors.RestrictViolation, match="append-only"):
                    stranger.execute(statement.encode())


def test_a_new_number_does_not_help_to_replace_a_version(filled: Evidence) -> None:
    verb = "INSERT" if filled._engine.dialect.name == "postgresql" else "INSERT OR REPLACE"
    replace = f"{verb} INTO record_version SELECT 2, series_id, key, version, state, '', digest, receipt_id FROM record_version"
    with pytest.raises(DBAPIError), filled._engine.begin() as connection:
        connection.execute(text(replace))
    assert [one.number for one in filled.versions_of(SOURCE, SERVICE, "note", "n1")] == [1]
