"""How parents' confirmations stand, child by child, for the spans of a funding period, and whom to ask.

Source: ECE Funding Handbook 6-3.
"""

from collections.abc import Iterator

from ecegateway.facts.names import signatory_names
from ecegateway.model.period import DateRange
from ecegateway.model.verification import ChildVerifications, VerificationReport
from ecegateway.rules.registry import Question
from ecegateway.rules.verification.spans import due_spans
from ecegateway.rules.verification.states import as_of, verified_spans


def verification_report(asked: Question, days: DateRange) -> VerificationReport:
    """The spans that share a day with ``days``; a child with nothing to be confirmed in them is left out."""
    return VerificationReport(as_of(asked.facts), tuple(_children(asked, days)))


def _children(asked: Question, days: DateRange) -> Iterator[ChildVerifications]:
    spans = due_spans(asked.facts, days, asked.policy)
    today = as_of(asked.facts)
    for child in asked.facts.children:
        found = tuple(verified_spans(child, spans, asked))
        if found:
            yield ChildVerifications(child.key, found, signatory_names(asked.facts, child, min(today, found[-1].days.last)))
