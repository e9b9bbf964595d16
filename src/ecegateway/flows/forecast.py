"""From the store to a forecast: the period's claim is made, and looked ahead from."""

from dataclasses import dataclass
from datetime import datetime

from ecegateway.contract import Exportable
from ecegateway.evidence.store import Evidence
from ecegateway.flows.claim import prepare
from ecegateway.forecast.assemble import forecast
from ecegateway.forecast.types import Forecast
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import Policy
from ecegateway.handbook.rate import Scale
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import FundingPeriod


@dataclass(frozen=True, slots=True)
class Foretold:
    """A forecast, and the claim it looks ahead from, which has the children's names."""

    exportable: Exportable
    forecast: Forecast


def foretell(
    store: Evidence,
    service: ServiceNumber,
    period: FundingPeriod,
    policy: Policy,
    *,
    scale: Scale | None = None,
    known_at: datetime | None = None,
) -> Foretold:
    """What a service may expect after a period; nothing is written.

    Raises:
        EvidenceMissingError: the store knows nothing of the service.
        ParameterNotInForceError: the period lies outside the verified dates of the law.
    """
    found = prepare(store, service, period, policy, known_at=known_at)
    return Foretold(found.exportable, forecast(found.facts, found.claim, handbook(), policy, scale))
