"""What a parent signed, told apart from what was changed in the record afterwards.

A system may keep one record for an agreement and edit it in place. A signature covers the content it was given for: booked
times, basis or attestation that change under the same signature are a change nobody has signed, and the signed content goes
on. A new signature begins a new version; the old one goes on until the new one takes effect.

Source: ECE Funding Handbook 6-1 (changes that are not signed are not changes for funding).
"""

from collections.abc import Iterator

from ecegateway.evidence.record import Version
from ecegateway.facts.types import Known
from ecegateway.facts.versions import said_at
from ecegateway.model.enrolment import Enrolment

_SIGNED_FOR = ("basis", "conditional_part", "effective_from", "bookings", "holidays", "twenty_hours")
"""What the parent's signature covers. The last day may be entered without one: leaving takes nothing on."""


def agreement_versions(ordered: list[Version]) -> Iterator[Known[Enrolment]]:
    """The versions of one enrolment record that matter, of versions in order, the last of which stands.

    For each signature the content it was given for, with the last day known now; and the newest content, unsigned, where it
    differs from what was signed.
    """
    present = [(version, version.record) for version in ordered if isinstance(version.record, Enrolment)]
    last_day = present[-1][1].last_day
    signed: dict[object, tuple[Version, Enrolment]] = {}
    for version, record in present:
        if record.signature is not None:
            signed.setdefault((record.signature.by, record.signature.signed_on), (version, record))
    for version, record in signed.values():
        yield Known(version.id, version.source, record.model_copy(update={"last_day": last_day}), said_at(version))
    version, record = present[-1]
    covered = signed.get((record.signature.by, record.signature.signed_on)) if record.signature is not None else None
    if covered is None or _differs(covered[1], record):
        yield Known(version.id, version.source, record.model_copy(update={"signature": None}), said_at(version))


def _differs(one: Enrolment, other: Enrolment) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in _SIGNED_FOR)
