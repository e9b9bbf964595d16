from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecegateway.errors import IntegrityError
from ecegateway.signing.checkpoint import MAX_SIZE, Checkpoint, checkpoint_text, read_checkpoint
from ecegateway.signing.keys import new_signer
from ecegateway.signing.note import note_bytes, opened, sign_note

CHECKPOINT = Checkpoint(
    origin="ecegateway-log",
    size=20852163,
    root=bytes.fromhex("0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62"),
    schema=sha256(b"schema").digest(),
    header=sha256(b"header").digest(),
    at=datetime(2026, 3, 4, 20, 15, tzinfo=UTC),
)
TEXT = """ecegateway-log
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
schema df0ad6e43880f09c90ebf95f19110178aba6890df0010ebda7485029e2b543b4
header 1e0584a25d9f43bf5cbd0aec01eb1af2220ed085b4e7f1837b0d89958cae353a
at 2026-03-04T20:15:00.000000+00:00
"""
LINES = checkpoint_text(CHECKPOINT).split("\n")

digests = st.binary(min_size=32, max_size=32)
checkpoints = st.builds(
    Checkpoint,
    origin=st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cs"]), min_size=1, max_size=20),
    size=st.integers(0, MAX_SIZE),
    root=digests,
    schema=digests,
    header=digests,
    at=st.datetimes(
        datetime(1900, 1, 1),  # noqa: DTZ001 - bounds have no zone here
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=13)), timezone(timedelta(hours=-3, minutes=-30))]),
    ),
)


def test_a_checkpoint_has_this_text() -> None:
    """The third line is the root of the example in C2SP tlog-checkpoint."""
    assert checkpoint_text(CHECKPOINT) == TEXT


@given(checkpoints)
def test_any_checkpoint_comes_back_from_its_text(checkpoint: Checkpoint) -> None:
    text = checkpoint_text(checkpoint)
    assert read_checkpoint(text) == checkpoint
    assert checkpoint_text(read_checkpoint(text)) == text


@given(st.integers(0, len(TEXT) - 1), st.characters(exclude_categories=["Cs"]), st.booleans())
def test_a_text_with_a_letter_changed_is_refused_or_is_another_checkpoints(place: int, letter: str, added: bool) -> None:  # noqa: FBT001 - drawn
    text = TEXT[:place] + letter + TEXT[place if added else place + 1 :]
    try:
        found = read_checkpoint(text)
    except IntegrityError:
        return
    assert checkpoint_text(found) == text
    assert (found == CHECKPOINT) is (text == TEXT)


def test_a_signed_checkpoint_comes_back_from_its_note() -> None:
    signer = new_signer("ecegateway-log")
    content = note_bytes(sign_note(checkpoint_text(CHECKPOINT), signer))
    assert read_checkpoint(opened(content, signer.verifier).text) == CHECKPOINT


def test_an_empty_log_has_size_0() -> None:
    empty = replace(CHECKPOINT, size=0, root=sha256(b"").digest())
    assert checkpoint_text(empty).split("\n")[1] == "0"
    assert read_checkpoint(checkpoint_text(empty)) == empty


@pytest.mark.parametrize(
    ("line", "instead", "words"),
    [
        (0, "", "origin is empty"),
        (0, "ecegateway\tlog", "origin is empty or holds a control character"),
        (1, "007", "size is not a decimal number without leading zeros"),
        (1, "00", "size is not a decimal"),
        (1, "-1", "size is not a decimal"),
        (1, "+1", "size is not a decimal"),
        (1, "1_000", "size is not a decimal"),
        (1, " 1", "size is not a decimal"),
        (1, "\u0661", "size is not a decimal"),
        (1, "", "size is not a decimal"),
        (1, "9" * 5000, "size is not a decimal"),
        (1, str(2**63), "size is 9223372036854775808, and must be"),
        (2, "AAAA", "root has 3 bytes, and must have 32"),
        (2, "not base64", "root is not base64"),
        (2, "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=", "root is base64 with stray bits"),
        (3, LINES[3].upper(), "schema must stand on line 4 after its name"),
        (3, LINES[4], "schema must stand on line 4"),
        (3, "schema ABCD", "schema is not 64 lowercase"),
        (4, LINES[4] + " ", "header is not 64 lowercase"),
        (5, "at now", "at is not a UTC instant"),
        (5, "at 2026-03-05T09:15:00.000000+13:00", "at is not a UTC instant"),
        (5, "at", "at must stand on line 6"),
    ],
)
def test_a_line_that_is_wrong_is_named_with_what_it_must_be(line: int, instead: str, words: str) -> None:
    with pytest.raises(IntegrityError, match=f"the checkpoint's {words}.*; fetch the checkpoint again"):
        read_checkpoint("\n".join([*LINES[:line], instead, *LINES[line + 1 :]]))


@pytest.mark.parametrize("text", ["", TEXT[:-1], TEXT + "\n", TEXT + "more\n", TEXT.replace("\n", "\r\n"), "\n" + TEXT])
def test_lines_too_many_or_too_few_are_refused(text: str) -> None:
    with pytest.raises(IntegrityError, match="the checkpoint"):
        read_checkpoint(text)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"origin": "two\nlines"}, "origin"),
        ({"size": -1}, "size is -1"),
        ({"size": MAX_SIZE + 1}, "size is 9223372036854775808"),
        ({"root": b""}, "root has 0 bytes"),
        ({"schema": bytes(31)}, "schema has 31 bytes"),
        ({"header": bytes(33)}, "header has 33 bytes"),
        ({"at": datetime(2026, 3, 4)}, "at is an instant without a zone"),  # noqa: DTZ001 - the case
    ],
)
def test_a_value_that_cannot_stand_in_a_checkpoint_is_refused_when_it_is_made(change: dict[str, object], words: str) -> None:
    with pytest.raises(IntegrityError, match=f"the checkpoint's {words}"):
        replace(CHECKPOINT, **change)  # type: ignore[arg-type]
