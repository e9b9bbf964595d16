"""A packed file unpacks to the same bytes, by others' tools too; a damaged one never passes for whole; memory stays flat."""

import gzip
import tracemalloc
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random

import pyrage
import pytest

from ecegateway.backup.packing import measure, pack, unpack
from ecegateway.errors import IntegrityError
from ecegateway.signing.age import new_identity

IDENTITY = new_identity()
MEBIBYTE = 1 << 20


def contents() -> Iterator[bytes]:
    by = Random(7)  # noqa: S311 - bytes to pack, not secrets
    yield b""
    yield b"kia ora"
    yield bytes(3 * MEBIBYTE)
    yield by.randbytes(2 * MEBIBYTE + 5)


@pytest.mark.parametrize("content", list(contents()), ids=["empty", "short", "zeros", "random"])
def test_what_is_packed_unpacks_to_the_same_bytes(tmp_path: Path, content: bytes) -> None:
    plain, packed = tmp_path / "plain", tmp_path / "packed"
    plain.write_bytes(content)
    made = pack(plain, packed, [IDENTITY.to_public()])
    assert made == measure(packed)
    assert (made.size, made.sha256) == (packed.stat().st_size, sha256(packed.read_bytes()).hexdigest())
    unpack(packed, tmp_path / "again", IDENTITY)
    assert (tmp_path / "again").read_bytes() == content
    assert gzip.decompress(pyrage.decrypt(packed.read_bytes(), [IDENTITY])) == content


def test_memory_stays_flat_however_long_the_file(tmp_path: Path) -> None:
    plain, packed = tmp_path / "plain", tmp_path / "packed"
    with plain.open("wb") as file:
        for _ in range(64):
            file.write(bytes(MEBIBYTE))  # zeros: a thousandfold when unpacked
    tracemalloc.start()
    pack(plain, packed, [IDENTITY.to_public()])
    unpack(packed, tmp_path / "again", IDENTITY)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8 * MEBIBYTE
    assert (tmp_path / "again").stat().st_size == 64 * MEBIBYTE


def damaged(whole: bytes) -> Iterator[tuple[str, bytes]]:
    yield "cut", whole[:-20]
    yield "cut at a border", whole[: len(whole) - len(whole) % 65536]
    yield "one byte", whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:]
    yield "longer", whole + b"more"


@pytest.mark.parametrize("kind", ["cut", "cut at a border", "one byte", "longer"])
def test_a_damaged_file_is_never_taken_for_whole(tmp_path: Path, kind: str) -> None:
    plain, packed = tmp_path / "plain", tmp_path / "packed"
    plain.write_bytes(Random(3).randbytes(MEBIBYTE))  # noqa: S311 - bytes to pack, not secrets
    pack(plain, packed, [IDENTITY.to_public()])
    packed.write_bytes(dict(damaged(packed.read_bytes()))[kind])
    with pytest.raises(IntegrityError, match="it is damaged"):
        unpack(packed, tmp_path / "again", IDENTITY)


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        (gzip.compress(b"evidence", mtime=0)[:-4], "ends too early"),
        (gzip.compress(b"evidence", mtime=0) + b"more", "ends too early"),
        (b"no gzip", "damaged"),
    ],
)
def test_what_was_encrypted_but_is_no_whole_gzip_is_refused(tmp_path: Path, inside: bytes, says: str) -> None:
    (tmp_path / "packed").write_bytes(pyrage.encrypt(inside, [IDENTITY.to_public()]))
    with pytest.raises(IntegrityError, match=says):
        unpack(tmp_path / "packed", tmp_path / "again", IDENTITY)
