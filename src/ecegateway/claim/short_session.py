"""A sessional service's session of 2.5 to 3 hours is funded as three.

Source: ECE Funding Handbook 3-A-1; policy switch ``session.short-session``.
"""

from dataclasses import replace

from ecegateway.claim.clauses import SHORT_SESSION
from ecegateway.claim.portions import claimed_spans
from ecegateway.claim.stake import Stake
from ecegateway.facts.types import Operation
from ecegateway.handbook.lookup import Handbook
from ecegateway.handbook.policy import Policy
from ecegateway.model.claim import Portion, Verdict
from ecegateway.model.service import Mode
from ecegateway.model.spans import minutes, within, without


def fund_short_sessions(found: Stake, operation: Operation, handbook: Handbook, policy: Policy) -> Stake:
    """Adds to each short session of the day the minutes up to three hours, right after the session's own."""
    sessional = [session for session in operation.sessions if session.mode is Mode.SESSIONAL]
    if not sessional:
        return found
    shortest = handbook.on("funded_hour.short_session_from", found.day)
    funded = handbook.on("funded_hour.short_session_funded", found.day)
    claimed = claimed_spans(found.portions)
    portions = list(found.portions)
    for session in sessional:
        span = session.span
        length = minutes(within((span,), claimed))
        counts = policy["session.short-session"] == "booked-length" or not without((span,), claimed)
        if counts and shortest <= length < funded:
            last = max(n for n, p in enumerate(portions) if p.starts is not None and p.starts < span[1])
            portions.insert(last + 1, _added(funded - length, portions[last]))
    return replace(found, portions=tuple(portions))


def _added(count: int, session: Portion) -> Portion:
    return Portion(count, None, Verdict.CLAIMED, None, SHORT_SESSION.id, SHORT_SESSION.switch, session.evidence)
