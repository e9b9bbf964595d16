"""How events are shown: the outbox, what is held back, what came of sending, both sides compared, and months."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from ecegateway.eli.delta import Lost
from ecegateway.eli.past import Standing
from ecegateway.evidence.events import Confirmation
from ecegateway.flows.confirming import MonthState
from ecegateway.flows.events import Queued
from ecegateway.flows.outbox import Listed, Shown
from ecegateway.flows.reconciling import FamilyCounts, Reconciled
from ecegateway.flows.sending import Sent
from ecegateway.model.eli import Family, Held
from ecegateway.model.ids import ServiceNumber
from ecegateway.shown.deliveries import Attempt, ReasonSaid


class EventShown(BaseModel):
    """An event of the outbox, and how it stands."""

    number: int
    key: str
    family: str
    action: str
    entity: str
    child: str | None
    queued_at: datetime
    standing: str
    reasons: list[ReasonSaid]

    @classmethod
    def of(cls, one: Listed) -> "EventShown":
        """An event as it is shown."""
        kept = one.event.event
        return cls(
            number=kept.number,
            key=kept.key,
            family=kept.family,
            action=kept.action,
            entity=kept.entity,
            child=kept.child,
            queued_at=kept.at,
            standing=one.event.standing,
            reasons=[ReasonSaid.of(reason) for reason in one.reasons],
        )


class EventInFull(EventShown):
    """An event with what it says, as JSON and as the bytes that are sent, and every attempt. It holds personal data."""

    content: dict[str, Any]
    xml: str
    attempts: list[Attempt]

    @classmethod
    def whole(cls, found: Shown) -> "EventInFull":
        """An event in full as it is shown."""
        return cls(
            **EventShown.of(Listed(found.event, ())).model_dump(),
            content=dict(found.content),
            xml=found.xml.decode(),
            attempts=[Attempt.of(one) for one in found.attempts],
        )


class StandingCount(BaseModel):
    """So many events of a family stand so."""

    family: str
    standing: str
    count: int


class Outbox(BaseModel):
    """A service's events: how many stand how, and those asked for."""

    service: str
    counts: list[StandingCount]
    events: list[EventShown]

    @classmethod
    def of(cls, service: ServiceNumber, totals: Mapping[tuple[Family, Standing], int], events: Sequence[Listed]) -> "Outbox":
        """An outbox as it is shown."""
        counts = [StandingCount(family=family, standing=stands, count=n) for (family, stands), n in sorted(totals.items())]
        return cls(service=service, counts=counts, events=[EventShown.of(one) for one in events])


class HeldBack(BaseModel):
    """Something that cannot be said now, why, and what to do."""

    child: str | None
    family: str | None
    entity: str | None
    day: date | None
    reason: str
    fix: str
    holds: bool

    @classmethod
    def of(cls, one: Held) -> "HeldBack":
        """What is held as it is shown."""
        return cls(
            child=one.child,
            family=one.family,
            entity=one.entity,
            day=one.day,
            reason=one.reason,
            fix=one.fix,
            holds=one.holds,
        )


class LostShown(BaseModel):
    """Something of which no record here speaks any longer; a person must look."""

    family: str
    entity: str
    child: str | None

    @classmethod
    def of(cls, one: Lost) -> "LostShown":
        """What is lost as it is shown."""
        return cls(family=one.family, entity=one.entity, child=one.child)


class FamilyCount(BaseModel):
    """So many events of a family and action."""

    family: str
    action: str
    count: int


class QueuedShown(BaseModel):
    """What was put into the outbox, what is held back, and what is lost."""

    service: str
    queued: list[FamilyCount]
    held: list[HeldBack]
    lost: list[LostShown]

    @classmethod
    def of(cls, done: Queued) -> "QueuedShown":
        """What was queued as it is shown."""
        return cls(
            service=done.service,
            queued=[FamilyCount(family=family, action=action, count=n) for (family, action), n in sorted(done.counts.items())],
            held=[HeldBack.of(one) for one in done.held],
            lost=[LostShown.of(one) for one in done.lost],
        )


class SentShown(BaseModel):
    """What came of sending: events by outcome, how many wait, and why it stopped early."""

    service: str
    outcomes: dict[str, int]
    waiting: int
    stopped: str | None

    @classmethod
    def of(cls, done: Sent) -> "SentShown":
        """What came of it as it is shown."""
        outcomes = {outcome.value: count for outcome, count in sorted(done.outcomes.items())}
        return cls(service=done.service, outcomes=outcomes, waiting=done.waiting, stopped=done.stopped)


class FamilyBalance(BaseModel):
    """A family here and at the other side, in entities."""

    family: str
    settled: bool
    here: int
    there: int
    alike: int
    on_the_way: int
    rejected: int
    held: int
    to_queue: int
    lost: int

    @classmethod
    def of(cls, one: FamilyCounts) -> "FamilyBalance":
        """A family as it is shown."""
        return cls(
            family=one.family,
            settled=one.settled,
            here=one.here,
            there=one.there,
            alike=one.alike,
            on_the_way=one.on_the_way,
            rejected=one.rejected,
            held=one.held,
            to_queue=one.to_queue,
            lost=one.lost,
        )


class Balance(BaseModel):
    """Both sides compared, and what needs somebody's word."""

    service: str
    settled: bool
    families: list[FamilyBalance]
    held: list[HeldBack]
    lost: list[LostShown]

    @classmethod
    def of(cls, done: Reconciled) -> "Balance":
        """Both sides as they are shown."""
        return cls(
            service=done.service,
            settled=done.settled,
            families=[FamilyBalance.of(one) for one in done.families],
            held=[HeldBack.of(one) for one in done.held],
            lost=[LostShown.of(one) for one in done.lost],
        )


class WordGiven(BaseModel):
    """Somebody's word that a month's records are complete and accurate."""

    by: str
    at: datetime
    statement: str

    @classmethod
    def of(cls, one: Confirmation) -> "WordGiven":
        """A word as it is shown."""
        return cls(by=one.by, at=one.at, statement=one.statement)


class MonthShown(BaseModel):
    """A month to be confirmed by ``due``: how it stands, and who confirmed it."""

    month: str
    stands: str
    due: date
    told: int
    not_taken: int
    held: int
    changed: bool
    confirmed: WordGiven | None

    @classmethod
    def of(cls, one: MonthState, today: date) -> "MonthShown":
        """A month as it is shown."""
        return cls(
            month=f"{one.days.first:%Y-%m}",
            stands=one.word(today),
            due=one.due,
            told=one.entities,
            not_taken=one.untold,
            held=one.held,
            changed=one.changed,
            confirmed=None if one.confirmed is None else WordGiven.of(one.confirmed),
        )
