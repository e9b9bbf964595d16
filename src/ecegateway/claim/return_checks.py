"""What stands against signing a return, and what somebody should look at first: ranges, rounding and cross-checks as rules."""

from collections.abc import Sequence
from datetime import date

from ecegateway.claim.returns import advance, days, figures, people, series, timing
from ecegateway.claim.returns.declare import Asked, ReturnRule
from ecegateway.facts.calendar import return_window
from ecegateway.facts.types import ServiceFacts
from ecegateway.model.claim import Claim
from ecegateway.model.return_check import ReturnCheck
from ecegateway.model.rs7 import Rs7Return

RETURN_RULES: tuple[ReturnRule, ...] = (
    *figures.RULES,
    *advance.RULES,
    *days.RULES,
    *people.RULES,
    *series.RULES,
    *timing.RULES,
)
"""Every check, in the order of the return's parts."""


def checks(
    made: Rs7Return,
    facts: ServiceFacts,
    others: Sequence[Rs7Return] = (),
    *,
    on: date | None = None,
    claim: Claim | None = None,
) -> tuple[ReturnCheck, ...]:
    """Every objection to a return, errors first, then in the order of the return's parts.

    ``others`` are returns of the same service and period, in any order; what was made after this one, or is of another period,
    is left aside. ``on`` is the day of asking, without which nothing is said of deadlines; ``claim`` is the one the return was
    made from, where it is at hand. ``facts`` cover the period.
    """
    earlier = [one for one in others if one.entity_id == made.entity_id and one.revision < made.revision]
    before = max(earlier, key=lambda one: one.revision, default=None)
    asked = Asked(made, facts, before, return_window(made.period), on, claim)
    found = (check for rule in RETURN_RULES for check in rule.asked(asked))
    return tuple(sorted(found, key=lambda check: not check.blocks))
