"""The Merkle tree of RFC 9162 against published vectors, against itself said slowly, and against what it must refuse."""

import json
from base64 import b64decode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecegateway.proof.consistency import consistency_proof, consistent
from ecegateway.proof.inclusion import included, inclusion_proof
from ecegateway.proof.tree import BLOCK, EMPTY_ROOT, Frontier, leaf_hash, node_hash, root_of

VECTORS: dict[str, list[list[Any]]] = json.loads(
    (Path(__file__).parent / "published_vectors.json").read_text(encoding="utf-8")
)["vectors"]
SIZES = 65


def hashes(count: int) -> list[bytes]:
    return [leaf_hash(str(n).encode()) for n in range(count)]


def slow_root(leaves: list[bytes]) -> bytes:
    """The definition of RFC 9162 section 2.1.1, word for word."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    return node_hash(slow_root(leaves[:middle]), slow_root(leaves[middle:]))


LEAVES = hashes(SIZES)


def subtree(first: int, after: int) -> bytes:
    return slow_root(LEAVES[first:after])


@pytest.mark.parametrize("vector", VECTORS["inclusion"], ids=lambda vector: vector[0])
def test_published_inclusion_proofs_hold_and_fail_as_published(vector: list[Any]) -> None:
    _, index, size, root, leaf, proof, holds = vector
    assert included(b64decode(leaf), index, size, [b64decode(one) for one in proof], b64decode(root)) is holds


@pytest.mark.parametrize("vector", VECTORS["consistency"], ids=lambda vector: vector[0])
def test_published_consistency_proofs_hold_and_fail_as_published(vector: list[Any]) -> None:
    _, earlier, size, earlier_root, root, proof, holds = vector
    found = consistent(earlier, size, [b64decode(one) for one in proof], b64decode(earlier_root), b64decode(root))
    assert found is holds


def test_a_tree_grown_leaf_by_leaf_has_the_root_the_definition_gives() -> None:
    tree = Frontier()
    assert tree.root() == EMPTY_ROOT == slow_root([])
    for size, leaf in enumerate(LEAVES, 1):
        tree.add([leaf])
        assert (tree.size, tree.root()) == (size, slow_root(LEAVES[:size]))


def test_every_leaf_of_every_small_tree_is_proved_in_it_and_in_no_other_place() -> None:
    for size in range(1, SIZES + 1):
        root = subtree(0, size)
        for index in range(size):
            proof = inclusion_proof(index, size, subtree)
            assert included(LEAVES[index], index, size, proof, root)
            assert not included(LEAVES[index], (index + 1) % size, size, proof, root) or size == 1
            assert not included(leaf_hash(b"another"), index, size, proof, root)
            assert not included(LEAVES[index], index, size, [*proof, root], root)


def test_every_small_tree_is_proved_the_beginning_of_every_larger_one() -> None:
    for size in range(1, SIZES + 1):
        for earlier in range(1, size + 1):
            proof = consistency_proof(earlier, size, subtree)
            roots = subtree(0, earlier), subtree(0, size)
            assert consistent(earlier, size, proof, *roots)
            assert not consistent(earlier, size, proof, EMPTY_ROOT, roots[1])
            assert not consistent(earlier, size, proof, roots[0], EMPTY_ROOT)


@given(
    st.integers(1, SIZES).flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size))),
    st.integers(0, 10_000),
    st.integers(0, 7),
)
def test_a_proof_with_one_bit_changed_proves_nothing(place: tuple[int, int], at: int, bit: int) -> None:
    proof = [bytearray(one) for one in inclusion_proof(*place, subtree)]
    root = bytearray(subtree(0, place[1]))
    changed = [*proof, root][at % (len(proof) + 1)]
    changed[at % len(changed)] ^= 1 << bit
    assert not included(LEAVES[place[0]], *place, [bytes(one) for one in proof], bytes(root))


def test_a_tree_resumed_from_its_edge_goes_on_as_if_it_had_never_stopped() -> None:
    leaves = hashes(2 * BLOCK + 5)
    whole = Frontier()
    blocks = whole.add(leaves)
    assert blocks == [root_of(leaves[:BLOCK]), root_of(leaves[BLOCK : 2 * BLOCK])]
    first = Frontier()
    first.add(leaves[: BLOCK + 3])
    resumed = Frontier(first.size, first.peaks)
    assert resumed.add(leaves[BLOCK + 3 :]) == blocks[1:]
    assert (resumed.size, resumed.peaks, resumed.root()) == (whole.size, whole.peaks, whole.root())


def test_an_edge_that_does_not_fit_its_size_is_refused() -> None:
    with pytest.raises(ValueError, match="3 leaves has 2 peaks, not 1"):
        Frontier(3, [EMPTY_ROOT])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 3), (3, 3)])
def test_a_proof_of_a_leaf_that_is_not_there_is_refused(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="has no leaf"):
        inclusion_proof(index, size, subtree)


@pytest.mark.parametrize(("earlier", "size"), [(0, 3), (4, 3), (-1, 3)])
def test_a_proof_of_a_beginning_that_is_none_is_refused(earlier: int, size: int) -> None:
    with pytest.raises(ValueError, match="has no beginning"):
        consistency_proof(earlier, size, subtree)
