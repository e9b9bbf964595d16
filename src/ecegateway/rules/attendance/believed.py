"""How long a child was there, as far as times are believed.

Source: ECE Funding Handbook 14-1, ELI questions and answers (arrival and departure to the nearest 15 minutes); policy switch
``attendance.rounding``.
"""

from collections.abc import Sequence

from ecegateway.facts.types import Stay
from ecegateway.model.spans import Spans, union
from ecegateway.rules.attendance.departure import not_a_persons
from ecegateway.rules.registry import Question


def believed_spans(stays: tuple[Stay, ...], asked: Question) -> Spans:
    """The minutes of one day's stays, each once, of departures that a person saw; rounded as the switch says."""
    return attended_spans([stay for stay in stays if not_a_persons(stay, asked) is None], asked)


def attended_spans(stays: Sequence[Stay], asked: Question) -> Spans:
    """The minutes of one day's stays, each once, whoever saw the departure; rounded as the switch says."""
    known = [(stay.arrives, stay.departs) for stay in stays if stay.arrives is not None and stay.departs is not None]
    if known and asked.policy["attendance.rounding"] == "nearest-15":
        step = asked.law.on("attendance.time_step", stays[0].day)
        known = [(_nearest(came, step), _nearest(left, step)) for came, left in known]
    return union(known)


def _nearest(minute: int, step: int) -> int:
    return (minute + step // 2) // step * step
