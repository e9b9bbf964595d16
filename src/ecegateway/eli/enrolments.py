"""From when to when a child is enrolled, and where the family lives.

An enrolment is a signed agreement with all its later versions. A change of the agreement goes on with the enrolment; its end
is said once its day has come.

Source: ECE Funding Handbook 6-1, 14-1.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ecegateway.eli.ids import entity_id
from ecegateway.eli.telling import IN_THE_RECORD, Gone, Told, tell
from ecegateway.facts.types import ChildFacts
from ecegateway.model.child import Address
from ecegateway.model.eli import Content, Entity, Family, Held, said
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.ids import ChildKey, RecordKey


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days of one enrolment that can be said; ``last`` is ``None`` while it goes on."""

    first: date
    last: date | None

    def __contains__(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


def enrolments(child: ChildFacts, today: date) -> Iterator[Told]:
    """The child's enrolments that have begun."""
    versions: defaultdict[RecordKey, list[Enrolment]] = defaultdict(list)
    for known in child.enrolments:
        versions[known.record.agreement].append(known.record)
    any_signed = any(known.record.signature is not None for known in child.enrolments)
    stretches: list[Stretch] = []
    for agreement, found in sorted(versions.items()):
        signed = [record for record in found if record.signature is not None]
        entity = enrolment_id(child.key, agreement)
        if not signed and any_signed:
            yield Gone(Family.ENROLMENT, entity)  # another system's word on what was signed elsewhere
            continue
        if not signed:
            fix = "have a parent or guardian sign and date it, and enter the signature"
            yield Held(child.key, Family.ENROLMENT, entity, "nobody has signed the enrolment agreement", fix)
            continue
        stretch = Stretch(min(record.effective_from for record in signed), signed[-1].last_day)
        if stretch.first > today:
            yield Gone(Family.ENROLMENT, entity)
        elif stretch.last is not None and stretch.last < stretch.first:
            fix = f"say which of the two dates is right: {IN_THE_RECORD}"
            yield Held(child.key, Family.ENROLMENT, entity, "the enrolment ends before it begins", fix)
        else:
            yield from tell(Family.ENROLMENT, entity, child.key, stretch.first, _content(child, entity, stretch, today))
            stretches.append(stretch)
    if _overlap(stretches):
        reason = "two enrolments of the child are open at the same time; the other side may take one only"
        yield Held(child.key, Family.ENROLMENT, None, reason, "end the older agreement, if it has ended", holds=False)


def stretches_said(told: Iterable[Told]) -> tuple[Stretch, ...]:
    """The days of the enrolments among what was told, by which bookings and attendance are judged."""
    return tuple(
        Stretch(date.fromisoformat(one.content["EnrolmentStartDate"]), None if last is None else date.fromisoformat(last))
        for one in told
        if isinstance(one, Entity) and one.family is Family.ENROLMENT
        for last in (one.content.get("EnrolmentEndDate"),)
    )


def enrolment_id(child: ChildKey, agreement: RecordKey) -> str:
    """The id of the enrolment under an agreement."""
    return entity_id("enrolment", child, agreement)


def address(given: Address | None) -> Content | None:
    """An address as events hold it."""
    if given is None:
        return None
    lines = {
        "Address1Line": given.line1,
        "Address2Line": given.line2,
        "AddressCity": given.city,
        "AddressPostCode": given.postcode,
    }
    return {name: line for name, line in lines.items() if line is not None}


def _content(child: ChildFacts, entity: str, stretch: Stretch, today: date) -> Content:
    ended = stretch.last is not None and stretch.last <= today
    return said(
        Family.ENROLMENT,
        ChildEnrolmentEntityId=entity,
        ChildEntityId=entity_id(child.key),
        PrimaryResidentialAddress=address(child.identity.record.address) if child.identity is not None else None,
        EnrolmentStartDate=stretch.first.isoformat(),
        EnrolmentEndDate=stretch.last.isoformat() if ended and stretch.last is not None else None,
    )


def _overlap(stretches: Iterable[Stretch]) -> bool:
    ordered = sorted(stretches, key=lambda stretch: stretch.first)
    return any(before.last is None or before.last >= after.first for before, after in pairwise(ordered))
