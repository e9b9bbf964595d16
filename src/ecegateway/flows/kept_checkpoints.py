"""Compares what a pack or a file of proofs is under with checkpoints that somebody kept: are they of one log?

Checkpoints of one size have one root, or the log was made anew. Of two sizes only a proof tells; what comes without one is
said to be not compared, and the check does not pass.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ecegateway.errors import IntegrityError
from ecegateway.evidence.damage import Damage, Harm
from ecegateway.flows.verify import Outside
from ecegateway.flows.verify_proof import CheckedProofs
from ecegateway.signing.checkpoint import Checkpoint, read_checkpoint
from ecegateway.signing.note import opened, read_note


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of it: how many checkpoints are of the same log, what is wrong, and which could not be compared and why."""

    same: int
    damages: tuple[Damage, ...]
    not_compared: tuple[str, ...]


def compare(under: Checkpoint, proofs: Sequence[CheckedProofs], kept: Sequence[Outside]) -> Compared:
    """Compare kept checkpoints with the one that ``proofs`` are under; proofs under another one lead nowhere from it."""
    ours = [one for one in proofs if one.checkpoint is not None and _is_same(one.checkpoint, under)]
    roots = {size: root for one in ours for size, root in one.roots.items()}
    keys = {key for one in ours for key in one.keys}
    same, damages, not_compared = 0, [], []
    for one in kept:
        try:
            read_note(one.note)
        except IntegrityError as error:
            damages.append(Damage(Harm.FORGED, one.place, str(error)))
            continue
        try:
            found = read_checkpoint(opened(one.note, *keys).text)
        except IntegrityError as error:
            not_compared.append(f"{one.place}: {error}")
            continue
        if found.origin != under.origin:
            said = f"it is of the log {found.origin!r}, and these proofs are of {under.origin!r}"
            damages.append(Damage(Harm.ANOTHER, one.place, said))
        elif found.size not in roots:
            not_compared.append(
                f"{one.place} has {found.size} leaves and these proofs are under {under.size}: nothing here leads from one to "
                "the other; ask the service for a file that does (`ecegateway prove --checkpoint`, the pack's first), and give "
                "it with --with"
            )
        elif found.root != roots[found.size]:
            said = f"with {found.size} leaves it has another root: what was signed then was made anew"
            damages.append(Damage(Harm.REWRITTEN, one.place, said))
        else:
            same += 1
    return Compared(same, tuple(damages), tuple(not_compared))


def _is_same(one: Checkpoint, other: Checkpoint) -> bool:
    return (one.origin, one.size, one.root) == (other.origin, other.size, other.root)
