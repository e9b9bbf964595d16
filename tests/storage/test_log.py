"""The log under the evidence: a leaf for every row, in the transaction of the row, on both engines."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256

import pytest
from sqlalchemy import text

from ecegateway.evidence import schema
from ecegateway.evidence.audit import Audit
from ecegateway.evidence.damage import Damage, Harm
from ecegateway.evidence.log_page import LogPage, read_page
from ecegateway.evidence.rows import LOGGED, every_row, row_id, stored
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.proof.commitment import commitment, leaf_of
from ecegateway.proof.tree import BLOCK, root_of
from tests.storage.filling import InterruptedPullError, begin, first, store, store_and_fail
from tests.support import operator
from tests.support.older import SINCE_0002


def pages(evidence: Evidence) -> list[LogPage]:
    with evidence.inspecting() as connection:
        return [read_page(dict(row)) for row in every_row(connection, schema.LOG_PAGE)]


def audited(evidence: Evidence, *sizes: int) -> tuple[Audit, list[Damage]]:
    audit = Audit(sizes)
    with evidence.inspecting() as connection:
        return audit, list(audit.walk(connection))


def leaves(evidence: Evidence) -> list[bytes]:
    return [leaf for page in pages(evidence) for leaf in page.leaves]


@pytest.fixture
def pull(evidence: Evidence) -> int:
    return begin(evidence)


def test_every_row_of_every_table_is_a_leaf_once_that_anybody_can_compute(evidence: Evidence, pull: int) -> None:
    with evidence.transaction() as writing:
        store(writing, pull, [first("n1"), first("n2")])
    logged = [
        (row, committed, salt, leaf)
        for page in pages(evidence)
        for row, committed, salt, leaf in zip(page.rows, page.commitments, page.salts, page.leaves, strict=True)
    ]
    with evidence.inspecting() as connection:
        held = {(name, row_id(table, row)): row for name, table in LOGGED.items() for row in every_row(connection, table)}
        assert Counter(row for row, *_ in logged) == Counter(list(held))
        for row, committed, salt, leaf in logged:
            assert commitment(salt, stored(row[0], dict(held[row]))) == committed
            assert leaf_of(*row, committed) == leaf
    assert len({salt for _, _, salt, _ in logged}) == len(logged)


def test_what_is_rolled_back_leaves_no_leaf(evidence: Evidence, pull: int) -> None:
    before = leaves(evidence)
    with suppress(InterruptedPullError):
        store_and_fail(evidence, pull, "n1")
    assert leaves(evidence) == before
    audit, damages = audited(evidence)
    assert (audit.size, audit.root, damages) == (len(before), root_of(before), [])


def test_the_log_goes_on_where_the_last_transaction_ended(evidence: Evidence, pull: int) -> None:
    sizes = []
    for number in range(5):
        with evidence.transaction() as writing:
            store(writing, pull, [first(f"n{number}-{n}") for n in range(number)], body=str(number).encode())
        sizes.append(len(leaves(evidence)))
    audit, damages = audited(evidence, 0, *sizes, 10_000)
    assert damages == []
    assert audit.roots == {size: root_of(leaves(evidence)[:size]) for size in (0, *sizes)}, "none where the log does not reach"
    assert audit.root == audit.roots[sizes[-1]]


def test_a_transaction_of_many_rows_writes_pages_that_memory_can_hold(evidence: Evidence, pull: int) -> None:
    with evidence.transaction() as writing:
        store(writing, pull, [first(f"n{n}") for n in range(9000)])
    found = pages(evidence)
    assert max(len(page.rows) for page in found) == 4096
    assert [page.first for page in found[1:]] == [page.after for page in found[:-1]]
    with evidence.inspecting() as connection:
        blocks = [row["hash"] for row in every_row(connection, schema.LOG_BLOCK)]
    all_leaves = leaves(evidence)
    whole = range(0, len(all_leaves) - BLOCK + 1, BLOCK)
    assert blocks == [root_of(all_leaves[at : at + BLOCK]) for at in whole]
    assert audited(evidence)[1] == []


def test_rows_stored_together_take_one_run_of_a_page(evidence: Evidence, pull: int) -> None:
    with evidence.transaction() as writing:
        store(writing, pull, [first("n1"), first("n2"), first("n3")])
    with evidence.inspecting() as connection:
        runs = [json.loads(row["runs"]) for row in every_row(connection, schema.LOG_PAGE)][-1]
    assert runs == [["body", sha256(b"[]").hexdigest(), 1], ["receipt", 1, 1], ["series", 1, 1], ["record_version", 1, 3]]


def test_the_log_tells_nothing_of_what_a_row_holds(evidence: Evidence, pull: int) -> None:
    with evidence.transaction() as writing:
        store(writing, pull, [first("of-the-third", "Ngāio was unwell.")])
    with evidence.inspecting() as connection:
        kept = [bytes(str(dict(row)), "utf-8") for row in every_row(connection, schema.LOG_PAGE)]
    assert not any(word.encode() in row for row in kept for word in ("Ngāio", "unwell", "of-the-third", "10842", "kowhai"))


def test_every_log_has_a_name_of_its_own(evidence: Evidence) -> None:
    with evidence.inspecting() as connection:
        (row,) = every_row(connection, schema.LOG)
    assert row["origin"].startswith("ecegateway/evidence/")
    assert len(row["origin"]) == len("ecegateway/evidence/") + 32


def test_an_older_store_gets_a_log_under_all_it_holds(evidence: Evidence, evidence_url: str, pull: int) -> None:
    with evidence.transaction() as writing:
        store(writing, pull, [first(f"n{n}") for n in range(1500)])
    evidence.close()
    with evidence._engine.begin() as connection:
        for table in SINCE_0002:
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    with open_evidence(evidence_url, create=True) as upgraded:
        audit, damages = audited(upgraded)
        assert damages == []
        assert audit.rows == 1 + 1 + 1 + 1 + 1 + 1500, "the log's name, a pull, a receipt, a body, a series, and the versions"


def attacks() -> Iterator[tuple[str, str, Harm, str]]:
    """What an operator does behind the log's back: a name, SQL, and what it is found to be, and where."""
    version = "record_version 2 (kowhai/10842/note/n2@1)"
    yield "a version edited", "UPDATE record_version SET state = 'deleted' WHERE seq = 2", Harm.EDITED, version
    yield "its content alone", "UPDATE record_version SET content = '{}' WHERE seq = 2", Harm.EDITED, version
    yield "a receipt's instant", "UPDATE receipt SET received_at = '2026-01-01' WHERE id = 1", Harm.EDITED, "receipt 1"
    yield "a version removed", "DELETE FROM record_version WHERE seq = 2", Harm.REMOVED, "record_version 2"
    added = "INSERT INTO record_version SELECT 4, series_id, 'n4', 1, state, content, digest, receipt_id FROM record_version"
    yield "a version added", f"{added} LIMIT 1", Harm.ADDED, "record_version 4 (kowhai/10842/note/n4@1)"
    yield (
        "two versions swapped",
        "UPDATE record_version SET seq = CASE seq WHEN 2 THEN 1003 WHEN 3 THEN 1002 END WHERE seq IN (2, 3)",
        Harm.REMOVED,
        "record_version 2",
    )
    yield "who ended a pull", "UPDATE pull SET plugin_version = '2.0'", Harm.EDITED, "pull 1"
    yield "a page cut off", "DELETE FROM log_page WHERE first = 2", Harm.ADDED, version
    yield "a run of a page", "UPDATE log_page SET runs = 'nonsense' WHERE first = 2", Harm.LOG, "log_page 2"


@pytest.mark.parametrize(("attack", "harm", "where"), [pytest.param(*one[1:], id=one[0]) for one in attacks()])
def test_what_was_changed_behind_the_logs_back_is_named(
    evidence: Evidence, pull: int, attack: str, harm: Harm, where: str
) -> None:
    with evidence.transaction() as writing:
        store(writing, pull, [first("n1"), first("n2"), first("n3")])
    operator.run(evidence, attack)
    _, damages = audited(evidence)
    assert (harm, where) in {(damage.harm, damage.where) for damage in damages}


@pytest.mark.parametrize(
    ("column", "at", "harm"),
    [("commitments", 40, Harm.LOG), ("leaves", 40, Harm.LOG), ("salts", 20, Harm.EDITED), ("peaks", 0, Harm.LOG)],
)
def test_a_byte_changed_in_the_log_is_found(evidence: Evidence, pull: int, column: str, at: int, harm: Harm) -> None:
    with evidence.transaction() as writing:
        store(writing, pull, [first("n1"), first("n2"), first("n3")])
    with evidence.inspecting() as connection:
        kept = bytearray(connection.scalar(text(f"SELECT {column} FROM log_page WHERE first = 2")) or b"")
    kept[at] ^= 1
    operator.run(evidence, f"UPDATE log_page SET {column} = :kept WHERE first = 2", kept=bytes(kept))
    _, damages = audited(evidence)
    assert [damage.harm for damage in damages] == [harm]


def test_a_block_changed_added_or_lost_is_found(evidence: Evidence, pull: int) -> None:
    with evidence.transaction() as writing:
        store(writing, pull, [first(f"n{n}") for n in range(2 * BLOCK)])
    for attack in ("UPDATE log_block SET hash = :hash WHERE number = 0", "INSERT INTO log_block VALUES (7, :hash)"):
        operator.run(evidence, attack, hash=bytes(32))
    _, damages = audited(evidence)
    assert [(damage.harm, damage.where) for damage in damages] == [(Harm.LOG, "log_block 0"), (Harm.LOG, "log_block 7")]
