"""The outbox of events, looked at: how many of each family stand how, which they are, and one of them in full."""

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import orjson

from ecegateway.eli.past import Standing
from ecegateway.evidence.deliveries import Delivery, deliveries_of
from ecegateway.evidence.events import entity_events, event
from ecegateway.evidence.store import Evidence
from ecegateway.flows.events import StandingEvent, standing_of
from ecegateway.flows.events import standing_events as of_family
from ecegateway.flows.sending import outgoing
from ecegateway.model.eli import Content, Family
from ecegateway.model.ids import ChildKey, ServiceNumber
from ecegateway.outbound import About, Reason


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events to list: of all that fit, the first ``most`` after a number."""

    family: Family | None = None
    standing: Standing | None = None
    child: ChildKey | None = None
    after: int = 0
    most: int = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """An event of a list, and why it was rejected, where it was."""

    event: StandingEvent
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One event in full: what it says, the bytes that are sent, and every attempt. It holds personal data."""

    event: StandingEvent
    content: Content
    xml: bytes
    attempts: tuple[Delivery, ...]


def counts(evidence: Evidence, service: ServiceNumber) -> Mapping[tuple[Family, Standing], int]:
    """How many events of each family stand how."""
    return Counter((one.event.family, one.standing) for one in _all(evidence, service))


def listed(evidence: Evidence, service: ServiceNumber, wanted: Wanted) -> list[Listed]:
    """The events that are wanted, by number. However many there are, only these are held."""
    fitting = (one for one in _all(evidence, service, wanted.family) if _fits(one, wanted))
    found = heapq.nsmallest(wanted.most, fitting, key=lambda one: one.event.number)
    with evidence.inspecting() as connection:
        reasons = {
            one.event.number: _reasons(deliveries_of(connection, About.EVENT, one.event.number))
            for one in found
            if one.event.attempted
        }
    return [Listed(one, reasons.get(one.event.number, ())) for one in found]


def shown(evidence: Evidence, service: ServiceNumber, number: int) -> Shown:
    """One event of a service in full.

    Raises:
        EvidenceMissingError: the service has none of this number.
    """
    with evidence.inspecting() as connection:
        kept, content = event(connection, service, number)
        events = standing_of(entity_events(connection, service, kept.family, kept.entity))
        attempts = tuple(deliveries_of(connection, About.EVENT, number))
    standing = next(one for one in events if one.event.number == number)
    return Shown(standing, orjson.loads(content), outgoing(kept, content).body, attempts)


def _all(evidence: Evidence, service: ServiceNumber, only: Family | None = None) -> Iterator[StandingEvent]:
    with evidence.inspecting() as connection:
        for family in Family if only is None else (only,):
            for events in of_family(connection, service, family):
                yield from events


def _fits(one: StandingEvent, wanted: Wanted) -> bool:
    return (
        one.event.number > wanted.after and wanted.standing in (None, one.standing) and wanted.child in (None, one.event.child)
    )


def _reasons(attempts: list[Delivery]) -> tuple[Reason, ...]:
    newest = attempts[-1].end
    return () if newest is None else newest.receipt.reasons
