"""What stands against signing a return, and what somebody should look at first."""

from collections.abc import Sequence
from datetime import date

from ecegateway.facts.types import ServiceFacts
from ecegateway.model.claim import Claim
from ecegateway.model.return_check import ReturnCheck
from ecegateway.model.rs7 import Rs7Return


def checks(
    made: Rs7Return,
    facts: ServiceFacts,
    others: Sequence[Rs7Return] = (),
    *,
    on: date | None = None,
    claim: Claim | None = None,
) -> tuple[ReturnCheck, ...]:
    """Every objection to a return, errors first.

    ``others`` are the returns made before it for the same service and period, in any order; ``on`` is the day of asking,
    without which nothing is said of deadlines; ``claim`` is the one it was made from, where it is at hand.
    """
    return ()
