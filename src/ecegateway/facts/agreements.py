"""What a parent signed, told apart from what was changed in the record afterwards, and which of it is in force when.

A system may keep one record for an agreement and edit it in place. A signature covers the content it was given for: booked
times, basis or attestation that change under the same signature are a change nobody has signed, and the signed content goes
on. A new signature begins a new version; the old one goes on until the new one takes effect.

Source: ECE Funding Handbook 6-1 (changes that are not signed are not changes for funding).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ecegateway.evidence.record import Version
from ecegateway.facts.types import Agreed, Known
from ecegateway.facts.versions import said_at
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.period import ONE_DAY

_SIGNED_FOR = ("basis", "conditional_part", "effective_from", "bookings", "holidays", "twenty_hours")
"""What the parent's signature covers."""
_NOTED = ("last_day", "school_visits", "commenced_on")
"""What may be entered and changed without a signature: it takes nothing on."""
_ENTERED_LATE = ("other_service_minutes", "not_elsewhere", "optional_charges", "educator_is_family")
"""What the parent attested on the form and somebody may enter into the system later; once entered it stands."""


def agreement_versions(ordered: list[Version]) -> Iterator[Known[Enrolment]]:
    """The versions of one enrolment record that matter, of versions in order, the last of which stands.

    For each signature the content it was given for, with what was noted or entered since; and the newest content, unsigned,
    where it differs from what was signed.
    """
    present = [(version, version.record) for version in ordered if isinstance(version.record, Enrolment)]
    newest = present[-1][1]
    noted = {name: getattr(newest, name) for name in _NOTED}
    signed: dict[object, tuple[Version, Enrolment]] = {}
    for version, record in present:
        if record.signature is not None:
            signed.setdefault((record.signature.by, record.signature.signed_on), (version, record))
    for version, record in signed.values():
        entered = {name: getattr(newest, name) for name in _ENTERED_LATE if getattr(record, name) is None}
        yield Known(version.id, version.source, record.model_copy(update=noted | entered), said_at(version))
    version, record = present[-1]
    covered = signed.get((record.signature.by, record.signature.signed_on)) if record.signature is not None else None
    if covered is None or _differs(covered[1], record):
        yield Known(version.id, version.source, record.model_copy(update={"signature": None}), said_at(version))


def _differs(one: Enrolment, other: Enrolment) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in _SIGNED_FOR)


def agreed(enrolments: Iterable[Known[Enrolment]]) -> tuple[Agreed, ...]:
    """Which signed versions are in force, one for each agreement, from each day on which that may change; by day.

    A version counts from the later of its effective day and the day it was signed; the newest of an agreement replaces the
    older ones, also when it has ended.
    """
    signed = sorted((known for known in enrolments if known.record.signature is not None), key=_since)
    days = {_since(known)[0] for known in signed}
    days |= {last + ONE_DAY for known in signed if (last := known.record.last_day) is not None and last < date.max}
    return tuple(Agreed(day, _in_force(signed, day)) for day in sorted(days))


def _in_force(signed: Sequence[Known[Enrolment]], day: date) -> tuple[Known[Enrolment], ...]:
    newest = {known.record.agreement: known for known in signed if _since(known)[0] <= day}
    return tuple(k for k in newest.values() if k.record.last_day is None or day <= k.record.last_day)


def _since(known: Known[Enrolment]) -> tuple[date, date, str]:
    """From when a version counts, and, of versions that count from the same day, which was signed last."""
    assert known.record.signature is not None
    signed_on = known.record.signature.signed_on
    return max(known.record.effective_from, signed_on), signed_on, known.id
