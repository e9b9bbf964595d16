"""What vouches for a pack: the checkpoint its records are proved under, and the ids of both keys."""

from dataclasses import dataclass

from ecegateway.signing.checkpoint import Checkpoint


@dataclass(frozen=True, slots=True)
class Seal:
    """``proved`` rows under a ``checkpoint``. Key ids read as ``keys show`` prints them; ``profile`` is the log key's."""

    proved: int
    checkpoint: Checkpoint
    profile: str
    log_key: str
    export_key: str
