"""From facts to the outbox of events: what is due is put there once, however often it is asked for."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from types import MappingProxyType
from uuid import UUID, uuid5

import orjson
from sqlalchemy import Connection

from ecegateway.config import MinistryConfig
from ecegateway.eli.delta import Delta, Lost, Telling, delta
from ecegateway.eli.past import Past, Standing, standings
from ecegateway.eli.roll import Roll, roll
from ecegateway.evidence.events import EventRow, KeptEvent, add_events, confirmations, events_of
from ecegateway.evidence.store import Evidence
from ecegateway.facts.fold import fold
from ecegateway.facts.types import ServiceFacts
from ecegateway.flows.claim import evidence_of
from ecegateway.handbook.policy import Policy
from ecegateway.model.eli import Action, Family, Held
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.period import ONE_DAY, DateRange
from ecegateway.outbound import Outcome

_EVENTS = UUID("6d1f0c5e-6a0b-5d43-9c0e-1f6f3f6f7a20")
"""The space of our events' ids (RFC 9562, version 5)."""
_STANDINGS = {
    Outcome.ACCEPTED: Standing.ACCEPTED,
    Outcome.REJECTED: Standing.REJECTED,
    Outcome.RECEIVED: Standing.SENT,
    Outcome.UNKNOWN: Standing.SENT,
    Outcome.LAID_OUT: Standing.LAID_OUT,
    Outcome.NOT_SENT: Standing.PENDING,
}


@dataclass(frozen=True, slots=True)
class EventSettings:
    """How events are made: the law's switches, whose word they are, and the codes of reasons for a closure, by its kind."""

    policy: Policy
    source: str = "ecegateway"
    closure_reasons: Mapping[str, str] = field(default_factory=dict)


def event_settings(policy: Policy, ministry: MinistryConfig) -> EventSettings:
    """How events are made by what the settings say."""
    reasons = {str(kind): code for kind, code in ministry.closure_reasons.items()}
    return EventSettings(policy, ministry.event_source, reasons)


@dataclass(frozen=True, slots=True)
class StandingEvent:
    """An event and how it stands."""

    event: KeptEvent
    standing: Standing


@dataclass(frozen=True, slots=True)
class Queued:
    """What was put into the outbox, counted by family and action; what is held back, and what needs a person's word."""

    service: ServiceNumber
    counts: Mapping[tuple[Family, Action], int]
    held: tuple[Held, ...]
    lost: tuple[Lost, ...]

    @property
    def total(self) -> int:
        """How many events were queued."""
        return sum(self.counts.values())


def queue(
    evidence: Evidence,
    service: ServiceNumber,
    how: EventSettings,
    today: date,
    at: datetime,
    *,
    delete_lost: bool = False,
    again: bool = False,
) -> Queued:
    """Put the events that are due by the end of a day into the outbox.

    Each has an id of its own, worked out from what it says and how many there were of its entity before. So the same evidence
    queues the same events, and asking again queues nothing. ``delete_lost`` deletes what no record here speaks of any longer,
    ``again`` tells once more what was rejected.

    Raises:
        EvidenceMissingError: the store knows nothing of the service.
    """
    now = roll_of(evidence, service, how, today)
    with evidence.inspecting() as connection:
        due = _due(connection, service, now, delete_lost=delete_lost, again=again)
    if due.events:
        with evidence.adding() as adding:  # nobody else queues meanwhile, so what is due is worked out anew
            due = _due(adding.connection, service, now, delete_lost=delete_lost, again=again)
            add_events(adding, [_row(service, telling, how.source, at) for telling in due.events])
    counts = Counter((telling.family, telling.action) for telling in due.events)
    return Queued(service, MappingProxyType(counts), tuple(now.held), due.lost)


def roll_of(evidence: Evidence, service: ServiceNumber, how: EventSettings, today: date) -> Roll:
    """What there is to tell of a service by the end of a day.

    Raises:
        EvidenceMissingError: the store knows nothing of the service.
    """
    facts = facts_of(evidence, service, today)
    with evidence.inspecting() as connection:
        confirmed = [word.month for word in confirmations(connection, service)]
    return roll(facts, today, how.policy, closure_reasons=how.closure_reasons, confirmed=confirmed)


def facts_of(evidence: Evidence, service: ServiceNumber, today: date) -> ServiceFacts:
    """The facts of a service up to a day, from all that is known.

    Raises:
        EvidenceMissingError: the store knows nothing of the service.
    """
    return fold(evidence_of(evidence, service), DateRange(today, today + ONE_DAY))


def standing_events(connection: Connection, service: ServiceNumber, family: Family) -> Iterator[list[StandingEvent]]:
    """The events of a service and family as they stand, entity by entity, each oldest first."""
    for _, found in groupby(events_of(connection, service, family), key=lambda kept: kept.entity):
        yield standing_of(list(found))


def standing_of(kept: Sequence[KeptEvent]) -> list[StandingEvent]:
    """The events of one entity, oldest first, as they stand."""
    said = standings([(one.action, _said(one)) for one in kept])
    return [StandingEvent(one, standing) for one, standing in zip(kept, said, strict=True)]


def pasts(connection: Connection, service: ServiceNumber) -> dict[tuple[Family, str], Past]:
    """What the other side was told of each entity of a service; of what was erased after its time nothing more is told."""
    found: dict[tuple[Family, str], Past] = {}
    for family in Family:
        for events in standing_events(connection, service, family):
            if events[-1].event.erased:
                continue
            said = [(one.event.action, one.event.digest, one.standing) for one in events]
            found[family, events[0].event.entity] = Past.of(events[-1].event.child, said)
    return found


def _due(connection: Connection, service: ServiceNumber, now: Roll, *, delete_lost: bool, again: bool) -> Delta:
    return delta(now, pasts(connection, service), delete_lost=delete_lost, again=again)


def _row(service: ServiceNumber, telling: Telling, source: str, at: datetime) -> EventRow:
    digest = telling.digest.hex()
    named = orjson.dumps([service, telling.family, telling.entity, telling.action, digest, telling.ordinal])
    return EventRow(
        key=str(uuid5(_EVENTS, named.decode())),
        service=service,
        family=telling.family,
        action=telling.action,
        entity=telling.entity,
        child=telling.child,
        source=source,
        content=telling.content,
        digest=telling.digest,
        at=at,
    )


def _said(kept: KeptEvent) -> Standing:
    if not kept.attempted:
        return Standing.PENDING
    return Standing.SENT if kept.outcome is None else _STANDINGS[kept.outcome]
