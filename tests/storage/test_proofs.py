"""A row of the store is proved under any size of the log, on both engines, and nothing else passes for it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ecegateway.errors import IntegrityError
from ecegateway.evidence import schema
from ecegateway.evidence.audit import Audit
from ecegateway.evidence.log_page import LogRow, read_page
from ecegateway.evidence.proofs import places_of, prove
from ecegateway.evidence.rows import every_row
from ecegateway.evidence.store import Evidence
from ecegateway.proof.document import KeyText, ProofDocument, document_bytes, read_document
from ecegateway.proof.record import RecordProof, record_fault
from ecegateway.proof.tree import BLOCK
from tests.storage.filling import NOON, begin, first, store
from tests.support import operator


def fill(evidence: Evidence, *counts: int) -> None:
    """So many records, each number in a transaction of its own."""
    for number, count in enumerate(counts):
        at = NOON + timedelta(minutes=number)
        pull = begin(evidence, at)
        with evidence.transaction() as writing:
            store(writing, pull, [first(f"n{number}-{n}") for n in range(count)], at=at, body=str(number).encode())


def logged(evidence: Evidence) -> list[LogRow]:
    with evidence.inspecting() as connection:
        return [row for page in every_row(connection, schema.LOG_PAGE) for row in read_page(dict(page)).rows]


def proofs(evidence: Evidence, rows: list[LogRow], size: int) -> list[RecordProof]:
    with evidence.inspecting() as connection:
        return list(prove(connection, places_of(connection, rows), size))


def roots(evidence: Evidence, *sizes: int) -> dict[int, bytes]:
    audit = Audit(sizes)
    with evidence.inspecting() as connection:
        assert list(audit.walk(connection)) == []
    return audit.roots


def test_every_row_of_every_table_is_proved(evidence: Evidence) -> None:
    fill(evidence, 3, 0, 5)
    rows = logged(evidence)
    found = proofs(evidence, rows, len(rows))
    root = roots(evidence, len(rows))[len(rows)]
    assert [(proof.table, proof.row) for proof in found] == rows
    assert {record_fault(proof, len(rows), root) for proof in found} == {None}


@pytest.mark.parametrize("counts", [(5, BLOCK - 30), (5, BLOCK, 40), (7, 3 * BLOCK), (BLOCK, BLOCK, BLOCK, BLOCK, 9)])
def test_rows_are_proved_across_blocks_and_pages_under_every_size(evidence: Evidence, counts: tuple[int, ...]) -> None:
    fill(evidence, *counts)
    rows = logged(evidence)
    near = {size for block in range(1, len(rows) // BLOCK + 1) for size in range(block * BLOCK - 1, block * BLOCK + 2)}
    sizes = sorted({1, 2, 37, len(rows) - 1, len(rows)} | {size for size in near if size <= len(rows)})
    known = roots(evidence, *sizes)
    for size in sizes:
        asked = sorted({0, size // 3, size // 2, size - 1})
        found = proofs(evidence, [rows[index] for index in asked], size)
        assert [proof.index for proof in found] == asked
        assert {record_fault(proof, size, known[size]) for proof in found} == {None}


@pytest.fixture
def proved(evidence: Evidence) -> tuple[RecordProof, int, bytes]:
    """The proof of one version of a record, and the size and root it is under."""
    fill(evidence, 9)
    size = len(logged(evidence))
    (proof,) = proofs(evidence, [("record_version", 4)], size)
    return proof, size, roots(evidence, size)[size]


def test_whatever_is_changed_in_a_proof_it_holds_no_longer(proved: tuple[RecordProof, int, bytes]) -> None:
    proof, size, root = proved
    assert record_fault(proof, size, root) is None
    assert "Mererangi" in (proof.content or "")
    content = (proof.content or "").replace("Mererangi", "Mererangj")
    changes = {
        "content": replace(proof, content=content),
        "gone": replace(proof, content=""),
        "column": replace(proof, columns={**proof.columns, "key": "n0-4"}),
        "added column": replace(proof, columns={**proof.columns, "more": None}),
        "salt": replace(proof, salt=bytes(16)),
        "row": replace(proof, row=5),
        "table": replace(proof, table="receipt"),
        "entry": replace(proof, entry=proof.entry.replace(b"4,", b"5,")),
        "index": replace(proof, index=proof.index ^ 1),
        "beyond": replace(proof, index=size),
        "path": replace(proof, path=(bytes(32), *proof.path[1:])),
        "short": replace(proof, path=proof.path[:-1]),
        "long": replace(proof, path=(*proof.path, bytes(32))),
    }
    assert [name for name, changed in changes.items() if record_fault(changed, size, root) is None] == []
    assert record_fault(proof, size, bytes(32)) == "its entry is not in the log that was signed"
    assert record_fault(changes["content"], size, root) == "its content is not the one its digest names"
    assert record_fault(changes["column"], size, root) == "its columns and salt do not give the entry of the log"


def test_what_the_store_no_longer_holds_as_it_was_is_not_proved(evidence: Evidence) -> None:
    fill(evidence, 3)
    size = len(logged(evidence))
    operator.run(
        evidence, "UPDATE record_version SET state = 'deleted' WHERE seq = 2", "DELETE FROM record_version WHERE seq = 3"
    )
    with pytest.raises(IntegrityError, match="record_version 2: it is not what the log committed to"):
        proofs(evidence, [("record_version", 1), ("record_version", 2)], size)
    with pytest.raises(IntegrityError, match="record_version 3: it was stored, and is not there"):
        proofs(evidence, [("record_version", 3)], size)
    with pytest.raises(IntegrityError, match="record_version 9: the log knows nothing of it"):
        proofs(evidence, [("record_version", 9)], size)
    with pytest.raises(IntegrityError, match="record_version 1: it came after the 2 leaves"):
        proofs(evidence, [("record_version", 1)], 2)


def test_a_log_that_lost_a_leaf_or_a_block_proves_nothing(evidence: Evidence) -> None:
    fill(evidence, 5, 2 * BLOCK)
    size = len(logged(evidence))
    operator.run(evidence, "DELETE FROM log_block WHERE number = 1")
    with pytest.raises(IntegrityError, match="log_block 1: it was stored, and is not there"):
        proofs(evidence, [("record_version", 1)], size)
    operator.run(evidence, "DELETE FROM log_page WHERE first = 0")
    with pytest.raises(IntegrityError, match=r"leaf [01]: it was written into the log, and is not there"):
        proofs(evidence, [("pull", 1)], size)


def test_a_file_of_proofs_is_read_back_as_it_was_and_in_one_spelling_only(proved: tuple[RecordProof, int, bytes]) -> None:
    proof, _, _ = proved
    document = ProofDocument("a note\n", (KeyText("pem", "", ""),), (proof,))
    written = document_bytes(document)
    assert read_document(written) == document
    places = range(0, len(written), 7)
    for at in places:
        changed = written[:at] + bytes([written[at] ^ 1]) + written[at + 1 :]
        try:
            again = read_document(changed)
        except ValueError:
            continue
        assert again != document
    for other in (b"", b"{}", b"[]", b"null", written + b" ", written.replace(b'"index":', b'"index": '), b"\xff"):
        with pytest.raises(ValueError, match="is no"):
            read_document(other)
