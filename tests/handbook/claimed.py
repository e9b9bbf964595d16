"""What a claim makes of some records: minutes of a child's day by their fate."""

from collections.abc import Iterable
from datetime import date

from ecegateway.flows.claim import from_evidence
from ecegateway.handbook.policy import policy
from ecegateway.model.claim import ChildDay, Claim, Verdict
from ecegateway.model.ids import ChildKey
from ecegateway.model.period import FundingPeriod
from ecegateway.model.record import Record
from ecegateway.model.service import ServiceProfile
from tests.handbook.grids import SEVEN
from tests.support.records import C1, NO_SWITCHES, PERIOD, Switches, evidence, profile, staffed, versions


def claim_of(records: Iterable[Record], period: FundingPeriod = PERIOD, switches: Switches = NO_SWITCHES) -> Claim:
    """The claim of a service that is open all week, unless the records say otherwise, and staffed every day."""
    found: list[Record] = [*staffed(period.days), *records]
    if not any(isinstance(record, ServiceProfile) for record in found):
        found.append(profile(weekdays=SEVEN))
    return from_evidence(evidence(versions(found)), period, policy(switches)).claim


def on(made: Claim, day: date, child: ChildKey = C1) -> ChildDay:
    """A child's day."""
    return next(one for one in made.child_days if (one.child, one.day) == (child, day))


def fates(made: Claim, day: date, child: ChildKey = C1) -> dict[str, int]:
    """Minutes of a day by their fate: the category of what is claimed, else the verdict and the reason."""
    found: dict[str, int] = {}
    for p in on(made, day, child).portions:
        fate = str(p.category) if p.verdict is Verdict.CLAIMED else f"{p.verdict} {p.reason}"
        found[fate] = found.get(fate, 0) + p.minutes
    return found
