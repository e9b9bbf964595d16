"""From the store to what other services say: read service by service, and of each only what concerns somebody at two.

First every service's roll is read, which takes a fraction of its records; then, of the services that share anybody with the
one that is asked about, the whole evidence, one after the other. What is kept are a few spans of minutes.
"""

from datetime import datetime

from ecegateway.errors import EvidenceMissingError
from ecegateway.evidence.record import ServiceEvidence
from ecegateway.evidence.store import Evidence
from ecegateway.facts.elsewhere import NOBODY_SHARED, ROLL_STREAMS, Companions, Presence, Shared, roll, shared
from ecegateway.facts.fold import fold
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import Policy
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import DateRange
from ecegateway.rules.across.presence import presence
from ecegateway.rules.registry import question


def shared_in(store: Evidence, known_at: datetime | None = None) -> Shared:
    """Who is at more than one service of a store, as known at a moment (by default: now).

    A child counts who is on record, with a record or a number, not one of whom nothing is known but attendance.
    """
    services = store.services()
    if len(services) <= 1:
        return NOBODY_SHARED
    return shared((service, roll(store.evidence_of(service, known_at, streams=ROLL_STREAMS))) for service in services)


def presences(
    store: Evidence, service: ServiceNumber, days: DateRange, *, policy: Policy, among: Shared, known_at: datetime | None = None
) -> tuple[Presence, ...]:
    """What each other service says of people and children who are at a service too, by service.

    A service of whose licence nothing is known is left out: it can claim nothing.
    """
    others = (
        _presence(store.evidence_of(other, known_at), companions, days, policy)
        for other, companions in among.companions(service).items()
    )
    return tuple(one for one in others if one is not None)


def _presence(evidence: ServiceEvidence, companions: Companions, days: DateRange, policy: Policy) -> Presence | None:
    try:
        facts = fold(evidence, days)
    except EvidenceMissingError:
        return None
    newest = max(version.received_at for version in evidence.versions)
    return presence(question(facts, days, policy, handbook()), companions, newest)
