"""How much of a day a parent's attestation makes 20 Hours ECE."""

from datetime import date

from ecegateway.facts.types import ChildFacts, ServiceFacts
from ecegateway.handbook.lookup import Handbook
from ecegateway.model.enrolment import TwentyHours
from ecegateway.model.period import age_on
from ecegateway.rules.days import in_force


def attested_minutes(child: ChildFacts, day: date, facts: ServiceFacts, handbook: Handbook) -> int | None:
    """Minutes of 20 Hours ECE attested for the day; ``None`` when the child has no attestation in force.

    Claimable at a service that offers it, from the third birthday and from the day of signing, never backwards; the parent
    chooses the days.

    Source: ECE Funding Handbook 4-1, 4-2.
    """
    if not facts.profile(day).offers_twenty_hours:
        return None
    if child.identity is None or age_on(child.identity.record.birth_date, day) < handbook.on("twenty_hours.from_age", day):
        return None
    attestations = [known.record.twenty_hours for known in in_force(child, day)]
    signed: list[TwentyHours] = [found for found in attestations if found is not None and found.signed_on <= day]
    return max((found.minutes[day.weekday()] for found in signed), default=None)
