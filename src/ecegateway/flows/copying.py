"""Copies a store to another place or engine: every row, the log over them, what was signed; then signs and checks the copy.

A checkpoint also commits to the engine's own schema, so a copy on another engine is signed once more. Name, size and root of
the log stay what they were.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from ecegateway.backup.workplace import put_file, refuse_taken, workplace
from ecegateway.errors import IntegrityError
from ecegateway.evidence.copying import new_store
from ecegateway.evidence.engines import file_of, read_address, shown
from ecegateway.evidence.sealing import checkpoints, log_state
from ecegateway.evidence.store import Evidence
from ecegateway.flows.seal import seal, seal_copy
from ecegateway.flows.verify import Outside, Verified, verify_within
from ecegateway.signing.keyring import Keyring, Purpose

_TOLD = 3
"""Of more damages than these, a refusal tells only the number."""


def move_store(evidence: Evidence, url: str, keyring: Keyring, at: datetime, *, key: str | None = None) -> Verified:
    """Copy the store to an empty place while nobody may store anything; it stays itself as it is.

    Raises:
        ConfigError: there is something at the new place, or a key cannot be used.
        EvidenceError: the new place cannot be used.
        IntegrityError: the store is not the one signed last, or does not verify; nothing stays at the new place.
    """
    seal(evidence, keyring, at)
    with evidence.held_still() as source:
        return copy_store(source, url, keyring, at, key=key)


def copy_store(source: Connection, url: str, keyring: Keyring, at: datetime, *, key: str | None = None) -> Verified:
    """Copy the store that a transaction sees to an empty place, whole or not at all; gives what a check of the copy said.

    ``key`` is for a copy that is encrypted.

    Raises:
        ConfigError: there is something at the new place, or a key cannot be used.
        EvidenceError: the new place cannot be used.
        IntegrityError: the copy does not verify.
    """
    address = read_address(url)
    place = file_of(address)
    if place is None:
        return _filled(source, url, keyring, at, key)
    refuse_taken(place)
    with workplace(place.parent, "copying") as work:
        made = work / place.name
        verified = _filled(source, address.set(database=str(made)).render_as_string(hide_password=False), keyring, at, key)
        put_file(made, place)
    return replace(verified, where=shown(address))


def _filled(source: Connection, url: str, keyring: Keyring, at: datetime, key: str | None) -> Verified:
    before = log_state(source)
    with new_store(url, key) as filling:
        filling.copy_rows(source)
        sealing = filling.sealing()
        seal_copy(sealing, keyring, at)
        after = sealing.state()
        outside = [Outside(f"checkpoint {one.id} of the original", one.note.encode()) for one in checkpoints(source)]
        where = shown(read_address(url))
        verified = verify_within(filling.connection, where, keyring.verifier(Purpose.LOG), outside)
        if (after.origin, after.size, after.root) != (before.origin, before.size, before.root):
            raise IntegrityError(f"the copy at {where} is not the store it was made of; nothing of it is kept")
        refuse_broken(verified, "the store does not verify, so no copy of it is kept")
    return verified


def refuse_broken(verified: Verified, what: str) -> None:
    """Refuse a store in which a check found anything wrong.

    Raises:
        IntegrityError: names the first things wrong.
    """
    if not verified.holds:
        found = "; ".join(f"{one.harm}: {one.where}: {one.said}" for one in verified.damages[:_TOLD])
        more = f"; and {verified.damage_count - _TOLD} more" if verified.damage_count > _TOLD else ""
        raise IntegrityError(f"{what}: {found}{more}")
