"""Checks a whole store against its log, the log against what was signed of it, and that against what lies outside.

It says what holds, names what does not, and says what it cannot tell.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from ecegateway.errors import ConfigError, EvidenceError, EvidenceMissingError, IntegrityError
from ecegateway.evidence.audit import Audit
from ecegateway.evidence.damage import Damage, Harm
from ecegateway.evidence.engine_check import engine_check, unreadable_tables
from ecegateway.evidence.schema_digest import header_digest, schema_digest
from ecegateway.evidence.sealing import LogKey, Signed, checkpoints, log_keys, log_origin
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.flows.seal import KEY_NAME, keys_of_log, witness_place, witnessed
from ecegateway.signing.checkpoint import Checkpoint, read_checkpoint
from ecegateway.signing.files import read_public, stands
from ecegateway.signing.keyring import Keyring, Purpose
from ecegateway.signing.keys import Verifier
from ecegateway.signing.note import opened
from ecegateway.signing.texts import instant_text

Standing = Callable[[], AbstractContextManager[Connection]]
"""Gives the store standing still, each time it is called."""
MOST = 1000
"""Of more damages than these only the number is told."""


@dataclass(frozen=True, slots=True)
class Outside:
    """A checkpoint from outside the store: where it lay, its bytes, and whether somebody else had kept it."""

    place: str
    note: bytes
    elsewhere: bool = True


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of it.

    ``rows`` were compared with the log, ``erased`` of them by their leaf alone; ``signed`` of its ``size`` leaves are under a
    checkpoint whose signature holds, the newest made at ``signed_at``; ``outside`` of them under one from outside the store.
    ``keys`` are key ids, oldest first.
    """

    where: str
    origin: str
    rows: int
    erased: int
    size: int
    signed: int
    signed_at: datetime | None
    outside: int
    keys: tuple[str, ...]
    damages: tuple[Damage, ...]
    damage_count: int
    limits: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return self.damage_count == 0


def verify_store(evidence: Evidence, trusted: Verifier | None, outside: Sequence[Outside]) -> Verified:
    """Check a store.

    Args:
        evidence: The store.
        trusted: The log's public key as the checker got it from elsewhere; without it the store's own first key is believed.
        outside: Checkpoints that lay elsewhere.
    """
    return _Check(trusted, outside).run(evidence.inspecting, evidence.where)


def verify_within(connection: Connection, where: str, trusted: Verifier, outside: Sequence[Outside]) -> Verified:
    """Check a store as one transaction sees it, which may still be rolled back."""
    return _Check(trusted, outside).run(lambda: nullcontext(connection), where)


class _Check:
    """One check, and what it has found."""

    def __init__(self, trusted: Verifier | None, outside: Sequence[Outside]) -> None:
        self._trusted = trusted
        self._outside = outside
        self._damages: list[Damage] = []
        self._count = 0
        self._origin = ""
        self._keys: tuple[Verifier, ...] = ()
        self._inside: list[Checkpoint] = []
        self._witnesses: list[tuple[str, Checkpoint]] = []
        self._audit = Audit(())

    def run(self, standing: Standing, where: str) -> Verified:
        try:
            with standing() as connection:
                self._take(engine_check(connection))
                self._walk(connection)
        except (EvidenceError, ValueError, TypeError) as error:
            said = str(error) if isinstance(error, EvidenceError) else "what it holds is not of the kinds it was stored as"
            self._take([Damage(Harm.UNREADABLE, "the store", said)])
            self._take(_unreadable(standing))
        return self._told(where)

    def _take(self, found: Iterable[Damage]) -> None:
        for damage in found:
            self._count += 1
            if len(self._damages) < MOST:
                self._damages.append(damage)

    def _walk(self, connection: Connection) -> None:
        self._origin = log_origin(connection)
        self._take(self._follow(log_keys(connection)))
        self._take(self._read_inside(checkpoints(connection)))
        self._take(self._read_outside())
        self._audit = Audit({one.size for one in self._inside} | {one.size for _, one in self._witnesses})
        self._take(self._audit.walk(connection))
        self._take(self._compare_roots())
        self._take(self._compare_outside())
        self._take(self._compare_schema(connection))

    def _follow(self, keys: Sequence[LogKey]) -> Iterator[Damage]:
        """The keys that may be believed."""
        if not keys:
            return
        try:
            self._keys = keys_of_log(keys, self._origin)
        except (IntegrityError, ConfigError) as error:
            yield Damage(Harm.FORGED, "the keys of the log", str(error))
        if self._trusted is not None and self._trusted not in self._keys:
            yield Damage(Harm.ANOTHER, "the keys of the log", f"none is the one you trust ({self._trusted.key_id.hex()})")
            self._keys = (self._trusted,)

    def _read_inside(self, kept: Iterable[Signed]) -> Iterator[Damage]:
        for one in kept:
            place = f"checkpoint {one.id}"
            read = self._opened(place, one.note.encode())
            if isinstance(read, Damage):
                yield read
            elif (read.size, instant_text(read.at)) != (one.size, one.at):
                yield Damage(Harm.FORGED, place, "its row says another size or instant than the note that was signed")
            elif self._inside and (read.size, read.at) < (self._inside[-1].size, self._inside[-1].at):
                yield Damage(Harm.FORGED, place, "it is older than the one before it: an old one was put in again")
            else:
                self._inside.append(read)

    def _read_outside(self) -> Iterator[Damage]:
        for one in self._outside:
            read = self._opened(one.place, one.note)
            if isinstance(read, Damage):
                yield read
            else:
                self._witnesses.append((one.place, read))

    def _opened(self, place: str, note: bytes) -> Checkpoint | Damage:
        try:
            read = read_checkpoint(opened(note, *self._keys).text)
        except IntegrityError as error:
            return Damage(Harm.FORGED, place, str(error))
        if read.origin != self._origin:
            return Damage(Harm.ANOTHER, place, f"it is of the log {read.origin!r}, and this store's is {self._origin!r}")
        return read

    def _compare_roots(self) -> Iterator[Damage]:
        held = 0
        for one in self._inside:
            if one.size > self._audit.size:
                yield Damage(Harm.TRUNCATED, f"leaves {self._audit.size} to {one.size - 1}", f"signed on {one.at:%Y-%m-%d}")
                return
            if self._audit.roots[one.size] != one.root:
                yield Damage(Harm.REWRITTEN, f"leaves {held} to {one.size - 1}", f"not what was signed on {one.at:%Y-%m-%d}")
                return
            held = one.size

    def _compare_outside(self) -> Iterator[Damage]:
        size = self._audit.size
        whole = bool(self._inside) and self._inside[-1].size == size
        for place, one in self._witnesses:
            known = f"{place} has {one.size} leaves, signed on {one.at:%Y-%m-%d %H:%M} UTC; the store has {size}"
            if one.size > size and whole:
                said = f"{known}: it is the copy of {self._inside[-1].at:%Y-%m-%d %H:%M} UTC, or was cut back to it"
                yield Damage(Harm.ROLLED_BACK, "the store", said)
            elif one.size > size:
                yield Damage(Harm.TRUNCATED, f"leaves {size} to {one.size - 1}", known)
            elif self._audit.roots[one.size] != one.root:
                yield Damage(Harm.REWRITTEN, f"leaves 0 to {one.size - 1}", f"{known} others than those")

    def _compare_schema(self, connection: Connection) -> Iterator[Damage]:
        if not self._inside:
            return
        newest = self._inside[-1]
        for part, now, then in (
            ("the schema", schema_digest(connection), newest.schema),
            ("the engine's header", header_digest(connection), newest.header),
        ):
            if now != then:
                yield Damage(Harm.SCHEMA, part, f"it is not as signed on {newest.at:%Y-%m-%d %H:%M} UTC")

    def _told(self, where: str) -> Verified:
        signed = max((one.size for one in self._inside), default=0)
        outside = max((one.size for _, one in self._witnesses), default=0)
        return Verified(
            where=where,
            origin=self._origin,
            rows=self._audit.rows,
            erased=self._audit.erased,
            size=self._audit.size,
            signed=signed,
            signed_at=self._inside[-1].at if self._inside else None,
            outside=outside,
            keys=tuple(key.key_id.hex() for key in self._keys),
            damages=tuple(self._damages),
            damage_count=self._count,
            limits=tuple(self._limits(signed)),
        )

    def _limits(self, signed: int) -> Iterator[str]:
        if self._audit.size > signed:
            yield f"{self._audit.size - signed} rows are not signed yet; the next command that stores something signs them"
        if self._audit.erased:
            yield f"what {self._audit.erased} rows held: it was erased after its time, and the log says by whom and why"
        if self._trusted is None:
            yield "which key is the log's was read from the store itself; compare the key ids with the ones you were given"
        kept = {one.place for one in self._outside if one.elsewhere}
        others = max((one.size for place, one in self._witnesses if place in kept), default=0)
        if self._audit.size > others:
            yield (
                f"no checkpoint that somebody else kept covers the newest {self._audit.size - others} rows: whoever holds the "
                "key could have made them anew, and changed the checkpoints of this machine with them, or an older copy "
                "could stand here without them; give one with --checkpoint"
            )
        yield "what the sources said is proved, when it came, and that it has not changed; not that a child was there"


def _unreadable(standing: Standing) -> Iterator[Damage]:
    try:
        with standing() as connection:
            yield from unreadable_tables(connection)
    except (EvidenceError, SQLAlchemyError):
        yield Damage(Harm.UNREADABLE, "the header or the schema", "the engine cannot tell its tables")


def store_that_cannot_be_opened(where: str, error: Exception) -> Verified:
    """What there is to say of a store that does not even open."""
    said = str(error) if isinstance(error, EvidenceError) else "what it holds is not of the kinds it was stored as"
    damage = Damage(Harm.UNREADABLE, "the header or the schema", said)
    return Verified(where, "", 0, 0, 0, 0, None, 0, (), (damage,), 1, ())


def verify_at(
    url: str,
    key: Path | None,
    checkpoints: Iterable[Path],
    *,
    near: Iterable[Path] = (),
    keyring: Keyring | None = None,
    store_key: str | None = None,
) -> Verified:
    """Check the store at an address.

    Args:
        url: ``sqlite:///path`` or ``postgresql://…``.
        key: The log's public key in PEM, as it was handed to whoever checks.
        checkpoints: Files of checkpoints that somebody else kept.
        near: Files of checkpoints on this machine, as exports leave them.
        store_key: What opens an encrypted store.
        keyring: The installation's own keys, beside which the checkpoint signed last lies; by default none.

    Raises:
        EvidenceMissingError: there is no store.
        ConfigError: the key or a checkpoint cannot be read.
    """
    trusted = Verifier.from_pem(KEY_NAME, read_public(key)) if key is not None else None
    outside = [Outside(str(place), read_public(place)) for place in checkpoints]
    outside += [Outside(str(place), read_public(place), elsewhere=False) for place in near]
    try:
        with open_evidence(url, key=store_key) as evidence:
            if keyring is not None:
                if trusted is None and stands(keyring.folder / f"{Purpose.LOG}.pub"):
                    trusted = keyring.verifier(Purpose.LOG)
                with evidence.inspecting() as connection:
                    origin = log_origin(connection)
                if (seen := witnessed(keyring, origin)) is not None:
                    outside.append(Outside(str(witness_place(keyring, origin)), seen, elsewhere=False))
            return verify_store(evidence, trusted, outside)
    except EvidenceMissingError:
        raise
    except (EvidenceError, ValueError) as error:
        return store_that_cannot_be_opened(url, error)
