"""ELI-shaped events: what is due is queued, handed over, and reconciled; months are confirmed."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StrictBool, StrictInt

from ecegateway.api.asked import After, Form, Limit, MonthPath, NumberPath, Page, ServicePath, Words, month_of
from ecegateway.api.entry import Entry, Reading, Telling
from ecegateway.api.problems import documented
from ecegateway.eli.past import Standing
from ecegateway.flows import confirming
from ecegateway.flows.confirming import MonthState
from ecegateway.flows.events import EventSettings, event_settings, queue
from ecegateway.flows.outbox import Listed, Wanted, listed, shown
from ecegateway.flows.reconciling import reconcile
from ecegateway.flows.sending import send
from ecegateway.flows.ways import open_way
from ecegateway.model.eli import Family, Held
from ecegateway.model.ids import ChildKey

routes = APIRouter(
    prefix="/services/{service}", tags=["events"], responses=documented(400, 401, 403, 404, 409, 422, 500, 502, 503)
)


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
    reasons: list[str]

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
            reasons=[f"{reason.code}: {reason.says}" for reason in one.reasons],
        )


class EventInFull(EventShown):
    """An event with what it says, as JSON and as the bytes that are sent. It holds personal data."""

    content: dict[str, Any]
    xml: str


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


class FamilyCount(BaseModel):
    """So many events of a family and action."""

    family: str
    action: str
    count: int


class QueuedShown(BaseModel):
    """What was put into the outbox, and what is held back."""

    queued: list[FamilyCount]
    held: list[HeldBack]
    lost: Annotated[list[str], Field(description="Entities of which no record here speaks any longer; a person must look.")]


class SentShown(BaseModel):
    """What came of sending: events by outcome, how many wait, and why it stopped early."""

    outcomes: dict[str, int]
    waiting: int
    stopped: str | None


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


class Balance(BaseModel):
    """Both sides compared."""

    settled: bool
    families: list[FamilyBalance]


class MonthShown(BaseModel):
    """A month to be confirmed by ``due``: how it stands, and who confirmed it."""

    month: str
    stands: str
    due: date
    told: int
    not_taken: int
    held: int
    changed: bool
    confirmed_by: str | None
    confirmed_at: datetime | None

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
            confirmed_by=None if one.confirmed is None else one.confirmed.by,
            confirmed_at=None if one.confirmed is None else one.confirmed.at,
        )


class Months(BaseModel):
    """The months of a service, oldest first."""

    months: list[MonthShown]


class Queueing(Form):
    """How to queue: deletions of what is lost too, and what was rejected once more."""

    delete_lost: StrictBool = False
    again: StrictBool = False


class Sending(Form):
    """For how long to send; what is left then waits for the next call."""

    seconds: Annotated[StrictInt, Field(ge=1, le=300)] = 30


class Confirming(Form):
    """The word on a month, and why it is given though something is open."""

    statement: Words = confirming.STATEMENT
    although: Words | None = None


@routes.get("/events")
def list_events(
    entry: Reading,
    service: ServicePath,
    family: Family | None = None,
    standing: Standing | None = None,
    child: Annotated[str | None, Query(min_length=1, max_length=300)] = None,
    limit: Limit = 100,
    after: After = 0,
) -> Page[EventShown]:
    """The outbox by number, and how each event stands."""
    wanted = Wanted(family, standing, None if child is None else ChildKey(child), after, limit)
    found = listed(entry.gateway.evidence, entry.service(service), wanted)
    following = found[-1].event.event.number if len(found) == limit else None
    return Page(items=[EventShown.of(one) for one in found], next=following)


@routes.get("/events/{number}")
def show_event(entry: Telling, service: ServicePath, number: NumberPath) -> EventInFull:
    """One event in full."""
    found = shown(entry.gateway.evidence, entry.service(service), number)
    return EventInFull.model_validate(
        {**EventShown.of(Listed(found.event, ())).model_dump(), "content": dict(found.content), "xml": found.xml.decode()}
    )


@routes.post("/events")
def queue_events(entry: Telling, service: ServicePath, asked: Queueing) -> QueuedShown:
    """Put what is due into the outbox: what changed since it was last taken. Asked again, it queues nothing more."""
    done = queue(
        entry.gateway.evidence,
        entry.service(service),
        _how(entry),
        entry.today,
        entry.now(),
        delete_lost=asked.delete_lost,
        again=asked.again,
    )
    return QueuedShown(
        queued=[FamilyCount(family=family, action=action, count=n) for (family, action), n in sorted(done.counts.items())],
        held=[HeldBack.of(one) for one in done.held],
        lost=[f"{one.family} {one.entity}" for one in done.lost],
    )


@routes.post("/outbox/delivery")
def send_events(entry: Telling, service: ServicePath, asked: Sending) -> SentShown:
    """Hand over what is in the outbox, in order. Broken off and called again, it goes on where it stopped."""
    number, gateway = entry.service(service), entry.gateway
    with open_way(gateway.plugins, gateway.config.ministry, entry.now) as way:
        until = entry.now() + timedelta(seconds=asked.seconds)
        done = send(gateway.evidence, way, number, entry.now, until=until)
    outcomes = {outcome.value: count for outcome, count in done.outcomes.items()}
    return SentShown(outcomes=outcomes, waiting=done.waiting, stopped=done.stopped)


@routes.get("/outbox/balance")
def balance(entry: Reading, service: ServicePath) -> Balance:
    """What is here compared with what the other side took, family by family."""
    done = reconcile(entry.gateway.evidence, entry.service(service), _how(entry), entry.today)
    families = [
        FamilyBalance(
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
        for one in done.families
    ]
    return Balance(settled=done.settled, families=families)


@routes.get("/months")
def months(entry: Reading, service: ServicePath) -> Months:
    """The months of a service: how each stands, and by when it is to be confirmed."""
    found = confirming.months(entry.gateway.evidence, entry.service(service), _how(entry), entry.today)
    return Months(months=[MonthShown.of(one, entry.today) for one in found])


@routes.post("/months/{month}/confirmation")
def confirm(entry: Telling, service: ServicePath, month: MonthPath, said: Confirming) -> MonthShown:
    """Confirm that a month's records are complete and accurate; the event of it goes into the outbox."""
    number, how, evidence = entry.service(service), _how(entry), entry.gateway.evidence
    word = confirming.Word(entry.caller.person, said.statement, said.although)
    state = confirming.confirm(evidence, number, how, month_of(month), word, today=entry.today, at=entry.now())
    queue(evidence, number, how, entry.today, entry.now())
    return MonthShown.of(state, entry.today)


def _how(entry: Entry) -> EventSettings:
    return event_settings(entry.gateway.policy, entry.gateway.config.ministry)
