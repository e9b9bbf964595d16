"""The parent's attestation of 20 Hours ECE: its date, and the hours allocated to each weekday, Monday first.

A signed version of the agreement that no longer allocates any says nothing here: how the end of an attestation is told is not
public.

Source: ECE Funding Handbook 4-2, 14-1.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from ecegateway.eli.enrolments import Stretch
from ecegateway.eli.ids import entity_id
from ecegateway.eli.telling import Told, tell
from ecegateway.facts.types import ChildFacts
from ecegateway.model.eli import HOURS_FIELDS, Family, said
from ecegateway.model.enrolment import Enrolment

_PARTS = 10_000
_HOUR = 60


def attestations(child: ChildFacts, stretches: Sequence[Stretch], today: date) -> Iterator[Told]:
    """The child's attestations that count by today; of two of one day and agreement, the one in force later."""
    newest: dict[str, Enrolment] = {}
    for known in sorted(child.enrolments, key=lambda known: known.record.effective_from):
        record = known.record
        if record.twenty_hours is None or record.signature is None:
            continue
        attested = record.twenty_hours.signed_on
        begins = max(attested, record.effective_from, record.signature.signed_on)
        if begins <= today and any(begins in stretch for stretch in stretches):
            newest[entity_id("twenty-hours", child.key, record.agreement, attested.isoformat())] = record
    for entity, record in sorted(newest.items()):
        assert record.twenty_hours is not None
        attested = record.twenty_hours.signed_on
        content = said(
            Family.TWENTY_HOURS,
            TwentyHoursScheduleEntityId=entity,
            ChildEntityId=entity_id(child.key),
            AttestationDate=attested.isoformat(),
            **{name: _hours(minutes) for name, minutes in zip(HOURS_FIELDS, record.twenty_hours.minutes, strict=True)},
        )
        yield from tell(Family.TWENTY_HOURS, entity, child.key, attested, content)


def _hours(minutes: int) -> str:
    """Minutes as decimal hours, down to a ten-thousandth, so that the days of a week never add up to more than they were."""
    whole, part = divmod(minutes * _PARTS // _HOUR, _PARTS)
    return f"{whole}.{part:04}".rstrip("0").rstrip(".")
