"""National Student Numbers: who needs one, what the index found, and what a person decides. Nothing is made on a near match."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints

from ecegateway.api.asked import After, ChildPath, Form, Limit, Maybe, Page, ServicePath, Words, page
from ecegateway.api.entry import Entry, Numbering, Reading
from ecegateway.api.problems import documented
from ecegateway.errors import ConfigError
from ecegateway.flows import nsn
from ecegateway.flows.nsn import How, Kept, Line
from ecegateway.flows.nsn_desk import Desk
from ecegateway.flows.nsn_index import Index, create, search
from ecegateway.flows.ways import Way, open_way
from ecegateway.model.nsn_request import NsnCandidate
from ecegateway.nsn.standing import Sighted

routes = APIRouter(
    prefix="/services/{service}/student-numbers",
    tags=["student numbers"],
    responses=documented(400, 401, 403, 404, 409, 422, 500, 502, 503),
)
Nsn = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,18}$")]


class ChildLine(BaseModel):
    """A child on the list: whether it has a number, how far the way to one is, and days since its document was due."""

    child: str
    enrolled: bool
    has_number: bool
    stage: str
    document_due: date | None
    overdue_days: int

    @classmethod
    def of(cls, one: Line) -> "ChildLine":
        """A line as it is shown."""
        return cls(
            child=one.child,
            enrolled=one.enrolled,
            has_number=one.number,
            stage=one.way.stage,
            document_due=one.way.document_due,
            overdue_days=one.overdue,
        )


class CandidateShown(BaseModel):
    """A record of the index, weighed: ``exact``, ``near`` or ``other``, and why. It holds personal data."""

    nsn: str
    family_name: str
    given_names: list[str]
    birth_date: date
    gender: str
    score: int | None
    status: str
    likeness: str
    reasons: list[str]

    @classmethod
    def of(cls, one: NsnCandidate) -> "CandidateShown":
        """A candidate as it is shown."""
        return cls(
            nsn=one.nsn,
            family_name=one.family_name,
            given_names=list(one.given_names),
            birth_date=one.birth_date,
            gender=one.gender,
            score=one.score,
            status=one.status,
            likeness=one.likeness,
            reasons=list(one.reasons),
        )


class StepKept(BaseModel):
    """A step that was kept, and what is worth a look all the same."""

    step: str
    by: str
    at: datetime
    nsn: str | None
    candidates: list[CandidateShown]
    said: list[str]
    doubts: list[str]

    @classmethod
    def of(cls, kept: Kept) -> "StepKept":
        """A step as it is shown."""
        step = kept.step
        return cls(
            step=step.kind,
            by=step.by,
            at=step.at,
            nsn=step.nsn,
            candidates=[CandidateShown.of(one) for one in step.candidates],
            said=[f"{one.code}: {one.says}" for one in step.said],
            doubts=list(kept.doubts),
        )


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
    with _way(entry) as way:
        return StepKept.of(search(_desk(entry, service), _index(way), child))


@routes.post("/{child}/choice")
def choose(entry: Numbering, service: ServicePath, child: ChildPath, said: Choice) -> StepKept:
    """Take a record of the last search for the child's."""
    return StepKept.of(nsn.choose(_desk(entry, service), child, said.nsn, said.why))


@routes.post("/{child}/creation")
def create_record(entry: Numbering, service: ServicePath, child: ChildPath, said: Creation) -> StepKept:
    """Make a new record for a child of whom the index has nothing like it. Asked again, it makes no second one."""
    with _way(entry) as way:
        return StepKept.of(create(_desk(entry, service), _index(way), child, said.why))


@routes.post("/{child}/record")
def record(entry: Numbering, service: ServicePath, child: ChildPath, said: Recording) -> StepKept:
    """Keep a number that came outside the gateway, with the same rules."""
    desk = _desk(entry, service)
    return StepKept.of(nsn.record(desk, child, said.nsn, said.how, why=said.why, family_asked_on=said.family_asked_on))


@routes.post("/{child}/unverified")
def unverified(entry: Numbering, service: ServicePath, child: ChildPath, said: Unverified) -> StepKept:
    """Note that an unverified number was asked for; the two weeks for a document begin."""
    return StepKept.of(nsn.ask_unverified(_desk(entry, service), child, said.why, said.family_asked_on))


@routes.post("/{child}/document")
def document(entry: Numbering, service: ServicePath, child: ChildPath, said: Document) -> StepKept:
    """Note that an identity document was sighted."""
    return StepKept.of(nsn.note_document(_desk(entry, service), child, Sighted(said.document, said.sighted_on), said.why))


@routes.post("/{child}/verification")
def verification(entry: Numbering, service: ServicePath, child: ChildPath, said: Creation) -> StepKept:
    """Note that the Ministry has verified the child's number by the document that was sighted."""
    return StepKept.of(nsn.note_verified(_desk(entry, service), child, said.why))


def _desk(entry: Entry, service: str) -> Desk:
    gateway = entry.gateway
    return Desk(gateway.evidence, entry.service(service), gateway.policy, entry.caller.person, entry.now(), entry.today)


def _way(entry: Entry) -> Way:
    return open_way(entry.gateway.plugins, entry.gateway.config.ministry, entry.now)


def _index(way: Way) -> Index:
    if way.index is None:
        raise ConfigError(
            f"the way {way.description.name!r} does not lead to the student index; search on the Ministry's page, and record "
            "what was found"
        )
    return Index(way.index, way.handing)
