"""Checks a store that was unpacked from a backup, by the log's keys as they lie in the folder of keys."""

from collections.abc import Sequence
from pathlib import Path

from ecegateway.evidence.sealing import log_keys
from ecegateway.evidence.store import Evidence, open_evidence
from ecegateway.flows.verify import Outside, Verified, verify_store
from ecegateway.signing.keyring import Keyring, Purpose
from ecegateway.signing.keys import Verifier


def check_image(image: Path, keyring: Keyring, outside: Sequence[Outside]) -> Verified:
    """Check the SQLite store in a file, against its log and against checkpoints that lay outside of it."""
    with open_evidence(f"sqlite:///{image}") as found:
        return verify_store(found, _trusted(found, keyring), outside)


def _trusted(found: Evidence, keyring: Keyring) -> Verifier | None:
    """The newest of our keys that the log had already; the newest of all if it had none of them."""
    ours = keyring.verifiers(Purpose.LOG)
    with found.inspecting() as connection:
        known = {key.public_key for key in log_keys(connection)}
    return next((one for one in ours if one.pem.decode() in known), ours[0] if ours else None)
