"""Hands events over one by one, in order, and stops where going on would be wrong; run again, it goes on where it stopped."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

import orjson

from ecegateway.eli.past import Standing
from ecegateway.evidence.events import KeptEvent, event
from ecegateway.evidence.store import Evidence
from ecegateway.export.eli_xml import VERSION, Envelope, event_xml
from ecegateway.flows.delivery import ask_after, hand_over
from ecegateway.flows.events import standing_events
from ecegateway.flows.ways import Way
from ecegateway.model.eli import Action, Family, root_name
from ecegateway.model.ids import ChildKey, ServiceNumber
from ecegateway.outbound import About, Outcome, Outgoing, Receipt

_ENROLLED = (Family.IDENTITY, Family.ENROLMENT)
_REFERS_TO: Mapping[Family, tuple[Family, ...]] = {
    Family.IDENTITY: (),
    Family.DEMOGRAPHICS: (Family.IDENTITY,),
    Family.ENROLMENT: (Family.IDENTITY,),
    Family.BOOKINGS: _ENROLLED,
    Family.TWENTY_HOURS: _ENROLLED,
    Family.ATTENDANCE: _ENROLLED,
    Family.CLOSURE: (),
    Family.CONFIRMATION: (),
}
"""What must be taken of a child before an event of a family can be."""
_OPEN = frozenset({Standing.PENDING, Standing.SENT, Standing.LAID_OUT})
_OUT_OF_REACH = frozenset({Outcome.NOT_SENT, Outcome.UNKNOWN})
_TRIES = 2
"""So many events in a row that do not get there, and the rest waits."""

Watcher = Callable[[int, int], None]
"""Told how many events were gone through, and how many there are."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of sending: events by outcome, how many wait, and why it stopped early (``None`` if it did not)."""

    service: ServiceNumber
    outcomes: Mapping[Outcome, int]
    waiting: int
    stopped: str | None


@dataclass(slots=True)
class _Run:
    """What a run has met so far: entities about which nothing more may go now, and children whom something hangs on."""

    entities: set[tuple[Family, str]] = field(default_factory=set)
    children: set[tuple[ChildKey | None, Family]] = field(default_factory=set)
    lost_in_a_row: int = 0

    def must_wait(self, kept: KeptEvent) -> bool:
        """Whether an earlier event about the entity is open, or one about what this one refers to was not taken."""
        refers = _REFERS_TO[kept.family] if kept.action is not Action.DELETE else ()
        return (kept.family, kept.entity) in self.entities or any((kept.child, one) in self.children for one in refers)

    def note(self, kept: KeptEvent, outcome: Outcome) -> None:
        """Note what became of an event."""
        self.lost_in_a_row = self.lost_in_a_row + 1 if outcome in _OUT_OF_REACH else 0
        if outcome not in (Outcome.ACCEPTED, Outcome.LAID_OUT):
            self.entities.add((kept.family, kept.entity))
            self.children.add((kept.child, kept.family))


def send(
    evidence: Evidence,
    way: Way,
    service: ServiceNumber,
    now: Callable[[], datetime],
    *,
    until: datetime | None = None,
    watch: Watcher = lambda _done, _of: None,
) -> Sent:
    """Hand over what is in the outbox of a service, in the order in which it was put there.

    An event whose answer was lost is asked about first; one that lies in the folder is asked about and not laid out again.
    Whatever is about an entity waits for the earlier events about it, and what is about a child for the child's identity and
    enrolment. When two events in a row do not get there, or at ``until``, the rest waits for the next run.

    Raises:
        DeliveryRefusedError: another process is sending, or the way was changed while something was in the air.
    """
    queue, run = _open_events(evidence, service)
    outcomes: Counter[Outcome] = Counter()
    stopped: str | None = None
    for done, (number, standing) in enumerate(queue):
        if until is not None and now() >= until:
            stopped = "the time that was given is over"
        elif run.lost_in_a_row >= _TRIES:
            stopped = "the other side is not reached"
        if stopped is not None:
            break
        receipt = _one(evidence, way, service, number, standing, run, now)
        if receipt is not None:
            outcomes[receipt.outcome] += 1
        watch(done + 1, len(queue))
    return Sent(service, MappingProxyType(outcomes), len(queue) - outcomes.total(), stopped)


def outgoing(kept: KeptEvent, content: str) -> Outgoing:
    """An event as it is handed over: the same bytes whenever it is made.

    Raises:
        ExportError: it cannot be made valid.
    """
    return Outgoing(
        about=About.EVENT,
        key=kept.key,
        service=kept.service,
        family=root_name(kept.family, kept.action),
        name=f"{kept.number:08}-{root_name(kept.family, kept.action)}-{kept.key}.xml",
        media_type="application/xml",
        body=event_xml(Envelope(kept.service, kept.source, kept.at, kept.key), orjson.loads(content)),
        version=VERSION,
    )


def _one(  # noqa: PLR0917 - one step of the loop above, with all it holds
    evidence: Evidence,
    way: Way,
    service: ServiceNumber,
    number: int,
    standing: Standing,
    run: _Run,
    now: Callable[[], datetime],
) -> Receipt | None:
    with evidence.inspecting() as connection:
        kept, content = event(connection, service, number)
    if run.must_wait(kept):
        return None
    made = outgoing(kept, content)
    if standing is Standing.LAID_OUT:
        receipt = ask_after(evidence, way, made, number, now)
    else:
        receipt = hand_over(evidence, way, made, number, now)
    if receipt is not None:
        run.note(kept, receipt.outcome)
    return receipt


def _open_events(evidence: Evidence, service: ServiceNumber) -> tuple[list[tuple[int, Standing]], _Run]:
    """The events that are not settled, by number, and what of each child was refused last."""
    numbers: list[tuple[int, Standing]] = []
    run = _Run()
    with evidence.inspecting() as connection:
        for family in Family:
            for events in standing_events(connection, service, family):
                open_ones = [one for one in events if one.standing in _OPEN and not one.event.erased]
                numbers += [(one.event.number, one.standing) for one in open_ones]
                last = events[-1]
                if last.standing is Standing.REJECTED:
                    run.children.add((last.event.child, family))
    return sorted(numbers), run
