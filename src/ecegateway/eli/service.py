"""What is told of the service itself: its closures, and the months somebody confirmed.

Source: ECE Funding Handbook 14-1; the Ministry's principles of use (a month is confirmed by the end of the next). The codes of
reasons for a closure are not public: a list that somebody loads says which to send.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from ecegateway.eli.ids import entity_id
from ecegateway.eli.telling import Gone, Told, tell
from ecegateway.facts.types import ServiceFacts
from ecegateway.model.eli import Family, Held, said
from ecegateway.model.service import Closure


def closures(facts: ServiceFacts, today: date, reasons: Mapping[str, str]) -> Iterator[Told]:
    """The closures that are over; ``reasons`` has the code for each kind of closure."""
    for vanished in facts.vanished:
        if isinstance(vanished.record, Closure) and vanished.deleted:
            yield Gone(Family.CLOSURE, entity_id("closure", vanished.source, vanished.record.key))
    for known in facts.closures:
        record, entity = known.record, entity_id("closure", known.source, known.record.key)
        if record.last_day >= today:
            yield Gone(Family.CLOSURE, entity)
        elif record.last_day < record.first_day:
            yield Held(None, Family.CLOSURE, entity, "the closure ends before it begins", "correct its days, and pull again")
        elif record.kind not in reasons:
            reason = f"there is no code for a closure that is {record.kind}: the Ministry's list of reasons is not public"
            yield Held(None, Family.CLOSURE, entity, reason, "load the list of closure reasons; see docs/eli-events.md")
        else:
            content = said(
                Family.CLOSURE,
                EceServiceClosureEntityId=entity,
                ClosureStartDate=record.first_day.isoformat(),
                ClosureEndDate=record.last_day.isoformat(),
                ClosureReasonCode=reasons[record.kind],
            )
            yield from tell(Family.CLOSURE, entity, None, record.last_day, content)


def confirmations(months: Iterable[date]) -> Iterator[Told]:
    """The months somebody confirmed, by their first days, each once."""
    for first in sorted(set(months)):
        last = first.replace(day=monthrange(first.year, first.month)[1])
        entity = f"{first:%Y%m%d}{last:%Y%m%d}"
        content = said(
            Family.CONFIRMATION,
            ConfirmationDataEntityId=entity,
            StartDate=first.isoformat(),
            EndDate=last.isoformat(),
        )
        yield from tell(Family.CONFIRMATION, entity, None, last, content)
