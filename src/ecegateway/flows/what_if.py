"""A claim by the settings, and what it would be by other readings: the evidence is read once, the claim made twice."""

from dataclasses import dataclass
from datetime import datetime

from ecegateway.claim.assemble import days_to_judge
from ecegateway.claim.what_if import what_if
from ecegateway.contract import Exportable
from ecegateway.evidence.store import Evidence
from ecegateway.flows.across import presences, shared_in
from ecegateway.flows.claim import evidence_of, from_evidence
from ecegateway.handbook.policy import Policy
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import FundingPeriod
from ecegateway.model.what_if import WhatIf


@dataclass(frozen=True, slots=True)
class Compared:
    """The claim as it is, and what other readings would change in it."""

    exportable: Exportable
    what_if: WhatIf


def compare(
    store: Evidence,
    service: ServiceNumber,
    period: FundingPeriod,
    policy: Policy,
    other: Policy,
    *,
    known_at: datetime | None = None,
) -> Compared:
    """What the readings of ``other`` would change in a service's claim; nothing is written.

    Raises:
        EvidenceMissingError: the store knows nothing of the service.
        ParameterNotInForceError: the period lies outside the verified dates of the law.
    """
    evidence, among = evidence_of(store, service, known_at), shared_in(store, known_at)
    others = presences(store, service, days_to_judge(period), policy=policy, among=among, known_at=known_at)
    now, then = (from_evidence(evidence, period, readings, others=others) for readings in (policy, other))
    return Compared(now.exportable, what_if(now.claim, then.claim))
