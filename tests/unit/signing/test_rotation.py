"""The chain of keys: followed in order, and broken by whatever does not belong."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ecegateway.errors import IntegrityError
from ecegateway.signing.algorithms import Profile
from ecegateway.signing.keyring import Keyring, Purpose
from ecegateway.signing.keys import Signer, new_signer
from ecegateway.signing.note import sign_note
from ecegateway.signing.rotation import Rotation, follow, rotate

ORIGIN = "ecegateway-log"
AT = datetime(2026, 3, 4, 20, 15, tzinfo=UTC)
FIRST, SECOND, THIRD = (new_signer("ecegateway-log", profile) for profile in (Profile.ED25519, Profile.P384, Profile.ED25519))
ONE, TWO = rotate(FIRST, SECOND, ORIGIN, AT), rotate(SECOND, THIRD, ORIGIN, AT)


def signed(statement: bytes, old: Signer = FIRST, new: Signer = SECOND) -> Rotation:
    return Rotation(statement, old.sign(statement), new.sign(statement))


def said(**changes: Any) -> bytes:
    """The first statement with some of its fields changed, in canonical form."""
    return rfc8785.dumps(orjson.loads(ONE.statement) | changes)


def test_a_chain_in_order_gives_every_key_from_the_pinned_one_on() -> None:
    keys = FIRST.verifier, SECOND.verifier, THIRD.verifier
    assert follow(FIRST.verifier, [ONE, TWO], origin=ORIGIN) == keys
    assert follow(FIRST.verifier, [ONE], origin=ORIGIN) == keys[:2]
    assert follow(FIRST.verifier, [], origin=ORIGIN) == keys[:1]
    assert follow(SECOND.verifier, [TWO], origin=ORIGIN) == keys[1:]


def test_the_keys_of_a_keyring_are_followed_over_two_changes(tmp_path: Path) -> None:
    keyring = Keyring(tmp_path)
    pinned = keyring.signer(Purpose.LOG).verifier
    chain = []
    for profile in (Profile.P384, Profile.ED25519):
        chain.append(rotate(*keyring.new(Purpose.LOG, profile), ORIGIN, AT))
        keyring.adopt(Purpose.LOG)
    trusted = follow(pinned, chain, origin=ORIGIN)
    assert trusted[-1] == keyring.verifier(Purpose.LOG)
    assert len(trusted) == 3


def test_a_statement_is_canonical_json_of_four_fields() -> None:
    fields = {
        "at": "2026-03-04T20:15:00.000000+00:00",
        "new": SECOND.verifier.pem.decode(),
        "old": FIRST.verifier.key_id.hex(),
        "origin": ORIGIN,
    }
    assert ONE.statement == rfc8785.dumps(fields)
    assert ONE.statement.isascii()


@given(st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cs"]), min_size=1))
def test_an_origin_of_any_letters_is_written_as_rfc_8785_writes_it(origin: str) -> None:
    rotation = rotate(FIRST, THIRD, origin, AT)
    assert rotation.statement == rfc8785.dumps(orjson.loads(rotation.statement))
    assert follow(FIRST.verifier, [rotation], origin=origin) == (FIRST.verifier, THIRD.verifier)


@pytest.mark.parametrize(
    ("chain", "number"),
    [([TWO], 1), ([TWO, ONE], 1), ([ONE, ONE], 2), ([ONE, TWO, ONE], 3), ([ONE, TWO, TWO], 3)],
)
def test_a_chain_out_of_order_with_a_gap_or_with_one_twice_is_broken(chain: list[Rotation], number: int) -> None:
    with pytest.raises(IntegrityError, match=f"no. {number} is not signed by the newest trusted key"):
        follow(FIRST.verifier, chain, origin=ORIGIN)


def test_one_forged_rotation_breaks_the_chain() -> None:
    forger = new_signer("ecegateway-log")
    cases = {
        "not signed by the newest trusted key": [
            rotate(forger, SECOND, ORIGIN, AT),
            replace(ONE, by_old=b""),
            replace(ONE, by_old=ONE.by_new),
            signed(ONE.statement, old=forger),
            replace(ONE, statement=ONE.statement.replace(b"2026", b"2027")),
        ],
        "not signed by the new key": [
            replace(ONE, by_new=ONE.by_old),
            replace(ONE, by_new=b""),
            signed(ONE.statement, new=forger),
        ],
    }
    for words, forged in cases.items():
        for rotation in forged:
            with pytest.raises(IntegrityError, match=f"no. 1 is {words}.*; fetch the chain"):
                follow(FIRST.verifier, [rotation, TWO], origin=ORIGIN)


def test_a_rotation_with_any_bit_changed_is_refused() -> None:
    for name in ("statement", "by_old", "by_new"):
        content = getattr(ONE, name)
        for place in range(len(content)):
            changed = bytearray(content)
            changed[place] ^= 1
            with pytest.raises(IntegrityError):
                follow(FIRST.verifier, [replace(ONE, **{name: bytes(changed)})], origin=ORIGIN)


def test_a_rotation_of_another_log_or_from_another_key_id_is_refused_though_rightly_signed() -> None:
    for rotation in (rotate(FIRST, SECOND, "another-log", AT), signed(said(old="00000000"))):
        with pytest.raises(IntegrityError, match="for another origin than 'ecegateway-log', or from another key"):
            follow(FIRST.verifier, [rotation], origin=ORIGIN)


def test_a_key_that_was_given_up_does_not_come_back() -> None:
    with pytest.raises(IntegrityError, match=r"no\. 2 brings back a key that was given up"):
        follow(FIRST.verifier, [ONE, rotate(SECOND, FIRST, ORIGIN, AT)], origin=ORIGIN)


@pytest.mark.parametrize(
    "statement",
    [
        b"",
        b"{}",
        b"[]",
        b'"new"',
        b"{" * 5000,
        said(new="no key"),
        said(new=1),
        said(new=new_signer("x").pem.decode()),
        said(at="now"),
        said(at=None),
        said(old="xyz"),
        said(old=7),
    ],
    ids=map(str, range(99)),
)
def test_a_statement_that_does_not_say_the_four_things_is_refused_though_rightly_signed(statement: bytes) -> None:
    with pytest.raises(IntegrityError, match=r"no. 1 states no origin, old key, new key and instant"):
        follow(FIRST.verifier, [signed(statement)], origin=ORIGIN)


@pytest.mark.parametrize(
    "statement",
    [
        ONE.statement + b"\n",
        ONE.statement.replace(b'","', b'", "'),
        ONE.statement.replace(b"ecegateway-log", rb"\u0065cegateway-log"),
        ONE.statement.replace(b'{"at"', b'{"at":"2020-01-01T00:00:00.000000+00:00","at"'),
        said(old=FIRST.verifier.key_id.hex(" ")),
        said(why="because"),
        said(new=SECOND.verifier.pem.decode() + "\n"),
    ],
    ids=map(str, range(99)),
)
def test_a_statement_in_another_spelling_is_refused_though_rightly_signed(statement: bytes) -> None:
    with pytest.raises(IntegrityError, match=r"no. 1 is not in canonical form"):
        follow(FIRST.verifier, [signed(statement)], origin=ORIGIN)


def test_a_signed_note_is_no_rotation_and_a_rotation_no_note() -> None:
    """A key of one purpose signs both; neither signature can be passed off as the other."""
    with pytest.raises(IntegrityError, match="lines without control characters"):
        sign_note(ONE.statement.decode(), FIRST)
    text = ONE.statement.decode() + "\n"
    note = sign_note(text, FIRST)
    with pytest.raises(IntegrityError, match="not in canonical form"):
        follow(FIRST.verifier, [Rotation(text.encode(), note.signatures[0].signature, ONE.by_new)], origin=ORIGIN)


def test_a_rotation_to_the_same_key_to_another_name_or_without_a_zone_is_not_made() -> None:
    for new, origin in ((FIRST, ORIGIN), (new_signer("ecegateway-export"), ORIGIN), (SECOND, ""), (SECOND, "two\nlines")):
        with pytest.raises(IntegrityError, match="needs two different keys of one name, and an origin on one line"):
            rotate(FIRST, new, origin, AT)
    with pytest.raises(IntegrityError, match="'at' that is an instant without a zone"):
        rotate(FIRST, SECOND, ORIGIN, AT.replace(tzinfo=None))
