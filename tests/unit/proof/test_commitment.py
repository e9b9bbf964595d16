"""What stands in the log for a row."""

import json
from hashlib import sha256
from typing import Any

import pytest
import rfc8785

from ecegateway.proof.commitment import commitment, entry, leaf_of
from ecegateway.proof.tree import leaf_hash

ROW: dict[str, Any] = {"seq": 7, "key": "tamariki/Ngāio", "digest": "00ff", "child": None, "content": 'a "quoted"\n\x01 text'}


def test_a_commitment_is_made_of_its_salt_and_the_canonical_row() -> None:
    salt = bytes(range(16))
    assert commitment(salt, ROW) == sha256(salt + rfc8785.dumps(ROW)).digest()
    assert commitment(salt, dict(reversed(ROW.items()))) == commitment(salt, ROW)
    assert commitment(bytes(16), ROW) != commitment(salt, ROW)
    assert commitment(salt, {**ROW, "seq": 8}) != commitment(salt, ROW)


@pytest.mark.parametrize(("table", "row"), [("record_version", 7), ("body", "ab" * 32)])
def test_an_entry_is_canonical_and_names_its_row_without_its_content(table: str, row: int | str) -> None:
    committed = sha256(b"anything").digest()
    made = entry(table, row, committed)
    assert json.loads(made) == {"table": table, "row": row, "commitment": committed.hex()}
    assert made == rfc8785.dumps(json.loads(made))
    assert leaf_of(table, row, committed) == leaf_hash(made)
