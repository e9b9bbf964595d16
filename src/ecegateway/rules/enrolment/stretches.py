"""A child's enrolment in stretches: days in a row under the same signed agreements."""

from collections.abc import Iterator
from itertools import pairwise

from ecegateway.facts.types import ChildFacts, Known
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.period import DateRange

Agreements = tuple[Known[Enrolment], ...]


def stretches(child: ChildFacts, days: DateRange) -> Iterator[tuple[DateRange, Agreements]]:
    """The stretches within some days on which any signed agreement is in force, ascending."""
    for now, then in pairwise((*child.agreed, None)):
        assert now is not None
        first, after = max(now.since, days.first), days.after if then is None else min(then.since, days.after)
        if now.agreements and first < after:
            yield DateRange(first, after), now.agreements


def newest_in_force(child: ChildFacts, days: DateRange) -> Iterator[tuple[Known[Enrolment], DateRange]]:
    """Each agreement version in force on some of the days, and the stretch it is in force within them."""
    found: dict[Known[Enrolment], DateRange] = {}
    for stretch, agreements in stretches(child, days):
        for known in agreements:
            found[known] = DateRange(found[known].first, stretch.after) if known in found else stretch
    yield from found.items()
