"""A bit flipped anywhere in a store is found, and where; or nothing that the store holds has changed."""

from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from ecegateway.evidence.store import open_evidence
from tests.storage.flipping import DETECTED, LOCATED, MISSED, SAME, Flip, by_chance, content, fates, signed_store
from tests.support import operator

_SEED, _BY_CHANCE = 11, 75


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A signed store."""
    return signed_store(tmp_path_factory.mktemp("signed"))


@pytest.mark.parametrize("part", range(4))
def test_a_flipped_bit_is_located_or_harms_nothing(signed: Path, tmp_path: Path, part: int) -> None:
    in_the_header = (Flip(byte, part + 4 * high) for byte in range(24 + part, 100, 4) for high in range(2))
    flips = chain(by_chance(signed, _BY_CHANCE, _SEED + part), in_the_header)
    counts = Counter(fate for _, fate in fates(signed, flips, tmp_path))
    assert (counts[MISSED], counts[DETECTED]) == (0, 0), f"seed {_SEED + part}: {counts}"
    assert counts[LOCATED] > _BY_CHANCE // 4, "most of the file holds something"
    assert counts[SAME], "some of it does not"


def test_the_comparison_sees_a_change_that_verify_would_have_to_find(signed: Path, tmp_path: Path) -> None:
    """The control: content changed through the engine is not the same content."""
    copy = tmp_path / "changed.db"
    copy.write_bytes(signed.read_bytes())
    with open_evidence(f"sqlite:///{copy}") as evidence:
        operator.run(evidence, "UPDATE pull SET plugin = 'other' WHERE id = 1")
    assert content(copy) != content(signed)
