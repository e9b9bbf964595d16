"""National Student Numbers: who needs one, what the index found, and what a person decides. Nothing is made on a near match."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field, StringConstraints

from ecegateway.api.asked import After, ChildPath, Form, Limit, Maybe, Page, ServicePath, Words, page
from ecegateway.api.entry import Entry, Numbering, Reading
from ecegateway.api.problems import documented
from ecegateway.errors import ConfigError
from ecegateway.flows import nsn
from ecegateway.flows.nsn import How, Kept
from ecegateway.flows.nsn_desk import Desk
from ecegateway.flows.nsn_index import Index, create, search
from ecegateway.flows.ways import Way, open_way
from ecegateway.nsn.standing import Sighted
from ecegateway.shown.numbers import ChildLine, StepKept

routes = APIRouter(
    prefix="/services/{service}/student-numbers",
    tags=["student numbers"],
    responses=documented(400, 401, 403, 404, 409, 422, 500, 502, 503),
)
Nsn = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,18}$")]


class Choice(Form):
    """Which record is the child's, and why."""

    nsn: Nsn
    why: Words


class Creation(Form):
    """Why a new record is to be made."""

    why: Maybe = ""


class Recording(Form):
    """A number a person found, had created, or was given unverified, outside the gateway."""

    nsn: Nsn
    how: How
    why: Words
    family_asked_on: date | None = None


class Unverified(Form):
    """That the Ministry was asked for an unverified number, and since when the family is asked for a document."""

    why: Words
    family_asked_on: date | None = None


class Document(Form):
    """An identity document that was sighted, and when."""

    document: Annotated[Words, Field(max_length=100)]
    sighted_on: date
    why: Maybe = ""


@routes.get("")
def list_children(
    entry: Reading, service: ServicePath, everybody: bool = False, limit: Limit = 100, after: After = 0
) -> Page[ChildLine]:
    """The children somebody must act for: without a number, or with one that is not verified; or every child."""
    shown = page(nsn.listed(_desk(entry, service), everybody=everybody), after, limit)
    return Page(items=[ChildLine.of(one) for one in shown.items], next=shown.next)


@routes.post("/{child}/search")
def search_index(entry: Numbering, service: ServicePath, child: ChildPath) -> StepKept:
    """Search the student index for a child; what it gave is kept, weighed."""
    desk = _desk(entry, service)
    with _way(entry) as way:
        return _told(desk, search(desk, _index(way), child))


@routes.post("/{child}/choice")
def choose(entry: Numbering, service: ServicePath, child: ChildPath, said: Choice) -> StepKept:
    """Take a record of the last search for the child's."""
    desk = _desk(entry, service)
    return _told(desk, nsn.choose(desk, child, said.nsn, said.why))


@routes.post("/{child}/creation")
def create_record(entry: Numbering, service: ServicePath, child: ChildPath, said: Creation) -> StepKept:
    """Make a new record for a child of whom the index has nothing like it. Asked again, it makes no second one."""
    desk = _desk(entry, service)
    with _way(entry) as way:
        return _told(desk, create(desk, _index(way), child, said.why))


@routes.post("/{child}/record")
def record(entry: Numbering, service: ServicePath, child: ChildPath, said: Recording) -> StepKept:
    """Keep a number that came outside the gateway, with the same rules."""
    desk = _desk(entry, service)
    return _told(desk, nsn.record(desk, child, said.nsn, said.how, why=said.why, family_asked_on=said.family_asked_on))


@routes.post("/{child}/unverified")
def unverified(entry: Numbering, service: ServicePath, child: ChildPath, said: Unverified) -> StepKept:
    """Note that an unverified number was asked for; the two weeks for a document begin."""
    desk = _desk(entry, service)
    return _told(desk, nsn.ask_unverified(desk, child, said.why, said.family_asked_on))


@routes.post("/{child}/document")
def document(entry: Numbering, service: ServicePath, child: ChildPath, said: Document) -> StepKept:
    """Note that an identity document was sighted."""
    desk = _desk(entry, service)
    return _told(desk, nsn.note_document(desk, child, Sighted(said.document, said.sighted_on), said.why))


@routes.post("/{child}/verification")
def verification(entry: Numbering, service: ServicePath, child: ChildPath, said: Creation) -> StepKept:
    """Note that the Ministry has verified the child's number by the document that was sighted."""
    desk = _desk(entry, service)
    return _told(desk, nsn.note_verified(desk, child, said.why))


def _desk(entry: Entry, service: str) -> Desk:
    gateway = entry.gateway
    return Desk(gateway.evidence, entry.service(service), gateway.policy, entry.caller.person, entry.now(), entry.today)


def _told(desk: Desk, kept: Kept) -> StepKept:
    return StepKept.of(kept, nsn.shown(desk, kept.step.child)[0])


def _way(entry: Entry) -> Way:
    return open_way(entry.gateway.plugins, entry.gateway.config.ministry, entry.now)


def _index(way: Way) -> Index:
    if way.index is None:
        raise ConfigError(
            f"the way {way.description.name!r} does not lead to the student index; search on the Ministry's page, and record "
            "what was found"
        )
    return Index(way.index, way.handing)
