"""ELI-shaped events: what is due is queued, handed over, and reconciled; months are confirmed."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StrictBool, StrictInt

from ecegateway.api.asked import After, Form, Limit, MonthPath, NumberPath, Page, ServicePath, Words, month_of
from ecegateway.api.entry import Entry, Reading, Telling
from ecegateway.api.problems import documented
from ecegateway.eli.past import Standing
from ecegateway.flows import confirming
from ecegateway.flows.events import EventSettings, event_settings, queue
from ecegateway.flows.outbox import Wanted, listed, shown
from ecegateway.flows.reconciling import reconcile
from ecegateway.flows.sending import send
from ecegateway.flows.ways import open_way
from ecegateway.model.eli import Family
from ecegateway.model.ids import ChildKey
from ecegateway.shown.events import Balance, EventInFull, EventShown, MonthShown, QueuedShown, SentShown

routes = APIRouter(
    prefix="/services/{service}", tags=["events"], responses=documented(400, 401, 403, 404, 409, 422, 500, 502, 503)
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
    return EventInFull.whole(shown(entry.gateway.evidence, entry.service(service), number))


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
    return QueuedShown.of(done)


@routes.post("/outbox/delivery")
def send_events(entry: Telling, service: ServicePath, asked: Sending) -> SentShown:
    """Hand over what is in the outbox, in order. Broken off and called again, it goes on where it stopped."""
    number, gateway = entry.service(service), entry.gateway
    with open_way(gateway.plugins, gateway.config.ministry, entry.now) as way:
        until = entry.now() + timedelta(seconds=asked.seconds)
        done = send(gateway.evidence, way, number, entry.now, until=until)
    return SentShown.of(done)


@routes.get("/outbox/balance")
def balance(entry: Reading, service: ServicePath) -> Balance:
    """What is here compared with what the other side took, family by family."""
    return Balance.of(reconcile(entry.gateway.evidence, entry.service(service), _how(entry), entry.today))


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
