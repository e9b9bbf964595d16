"""Exemptions from the absence rules that count: dated, with form EC12 and a document.

Source: ECE Funding Handbook 7-7; policy switch ``exemption.effect``. An exemption without an end or a document is no
exemption yet (A29).
"""

from datetime import date

from ecegateway.facts.types import ChildFacts, Known
from ecegateway.model.attendance import Exemption


def what_is_missing(exemption: Exemption) -> str | None:
    """What keeps an exemption from counting, in words; ``None`` when nothing does."""
    if exemption.last_day is None:
        return "its last day"
    if exemption.last_day < exemption.first_day:
        return "dates that follow one another"
    if "EC12" not in exemption.forms:
        return "form EC12"
    return "where its document is kept" if exemption.document_reference is None else None


def exemption_on(child: ChildFacts, day: date) -> Known[Exemption] | None:
    """The exemption that covers a day, if one that counts does."""
    for known in child.exemptions:
        record = known.record
        covers = record.last_day is not None and record.first_day <= day <= record.last_day
        if covers and what_is_missing(record) is None:
            return known
    return None
