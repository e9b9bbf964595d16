"""The change of a key, told so that whoever trusts the old one may trust the new: a statement signed by both.

The statement is RFC 8785 JSON (keys sorted, no blanks)::

    {"at":"2026-…","new":"-----BEGIN PUBLIC KEY-----…","old":"<key id>","origin":"ecegateway-log"}

The old key's signature passes its trust on; the new key's shows that somebody holds it. The new key has the old one's name,
as the keyring gives it. A statement ends in a brace and a note's text in a newline, so neither signature serves as the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from ecegateway.errors import ConfigError, IntegrityError
from ecegateway.signing.keys import Signer, Verifier
from ecegateway.signing.texts import instant, instant_text, is_plain


@dataclass(frozen=True, slots=True)
class Rotation:
    """A statement that a key follows another, as the bytes that were signed, and both signatures. Nobody has verified it."""

    statement: bytes
    by_old: bytes
    by_new: bytes


@dataclass(frozen=True, slots=True)
class _Stated:
    """What a statement says, but for the instant."""

    origin: str
    old: bytes
    new: Verifier


def rotate(old: Signer, new: Signer, origin: str, at: datetime) -> Rotation:
    """The rotation from one key to the next, for the log of that origin.

    Raises:
        IntegrityError: the keys are the same or have different names, the origin is empty or holds a control character, or
            the instant has no zone.
    """
    if old.name != new.name or old.verifier == new.verifier or not is_plain(origin):
        raise _wrong("needs two different keys of one name, and an origin on one line")
    try:
        statement = _statement(_Stated(origin, old.verifier.key_id, new.verifier), at)
    except ValueError as error:
        raise _wrong(f"has an 'at' that {error}") from error
    return Rotation(statement, old.sign(statement), new.sign(statement))


def follow(pinned: Verifier, rotations: Iterable[Rotation], *, origin: str) -> tuple[Verifier, ...]:
    """The keys that may be trusted for an origin by one who trusts only the first: that one, then each that follows.

    Raises:
        IntegrityError: a rotation is not from the newest trusted key, is for another origin, brings back an earlier key, is
            not in canonical form, or a signature on it does not hold; the message says which rotation.
    """
    trusted = [pinned]
    for number, rotation in enumerate(rotations, 1):
        newest = trusted[-1]
        if not newest.verify(rotation.by_old, rotation.statement):
            raise _broken(number, f"is not signed by the newest trusted key ({newest.key_id.hex()})")
        said = _stated(rotation.statement, number, newest.name)
        if (said.origin, said.old) != (origin, newest.key_id):
            raise _broken(number, f"is for another origin than {origin!r}, or from another key than the one that signed it")
        if said.new in trusted:
            raise _broken(number, "brings back a key that was given up")
        if not said.new.verify(rotation.by_new, rotation.statement):
            raise _broken(number, "is not signed by the new key")
        trusted.append(said.new)
    return tuple(trusted)


def _stated(statement: bytes, number: int, name: str) -> _Stated:
    try:
        said: Any = orjson.loads(statement)
        new, at = Verifier.from_pem(name, said["new"].encode()), instant(said["at"])
        found = _Stated(said["origin"], bytes.fromhex(said["old"]), new)
        plain = statement == _statement(found, at)
    except (ValueError, TypeError, LookupError, AttributeError, ConfigError) as error:
        raise _broken(number, "states no origin, old key, new key and instant") from error
    if not plain:
        raise _broken(number, "is not in canonical form")
    return found


def _statement(said: _Stated, at: datetime) -> bytes:
    fields = {"at": instant_text(at), "new": said.new.pem.decode(), "old": said.old.hex(), "origin": said.origin}
    return orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)


def _broken(number: int, why: str) -> IntegrityError:
    return _wrong(f"no. {number} {why}; fetch the chain of rotations again, and trust no key after this one")


def _wrong(why: str) -> IntegrityError:
    return IntegrityError(f"the rotation {why}")
