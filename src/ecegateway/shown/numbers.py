"""How the way to a National Student Number is shown: the list, a child in full, steps and what the index gave."""

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import BaseModel

from ecegateway.flows.nsn import Kept, Line, next_step
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.nsn_request import NsnCandidate
from ecegateway.nsn.steps import NsnStep
from ecegateway.shown.deliveries import ReasonSaid


class ChildLine(BaseModel):
    """A child on the list: whether it has a number, how far the way to one is, and days since its document was due."""

    child: str
    enrolled: bool
    has_number: bool
    stage: str
    next: str
    document_sighted: str | None
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
            next=next_step(one),
            document_sighted=None if one.document is None else one.document.document,
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
    master: str | None
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
            master=one.master,
            likeness=one.likeness,
            reasons=list(one.reasons),
        )


class StepShown(BaseModel):
    """A step on the way to a number; only what it is about is filled in. It holds personal data."""

    child: str
    step: str
    by: str
    at: datetime
    why: str
    nsn: str | None
    replaces: str | None
    verification: str | None
    document: str | None
    sighted_on: date | None
    family_asked_on: date | None
    candidates: list[CandidateShown]
    said: list[ReasonSaid]

    @classmethod
    def of(cls, step: NsnStep) -> "StepShown":
        """A step as it is shown."""
        return cls(
            child=step.child,
            step=step.kind,
            by=step.by,
            at=step.at,
            why=step.why,
            nsn=step.nsn,
            replaces=step.replaces,
            verification=step.verification,
            document=step.document,
            sighted_on=step.sighted_on,
            family_asked_on=step.asked_on,
            candidates=[CandidateShown.of(one) for one in step.candidates],
            said=[ReasonSaid.of(one) for one in step.said],
        )


class StepKept(BaseModel):
    """A step that was kept, what is worth a look all the same, and how far the child is now."""

    step: StepShown
    doubts: list[str]
    child: ChildLine

    @classmethod
    def of(cls, kept: Kept, line: Line) -> "StepKept":
        """A step as it is shown."""
        return cls(step=StepShown.of(kept.step), doubts=list(kept.doubts), child=ChildLine.of(line))


class Children(BaseModel):
    """The children somebody must act for."""

    service: str
    children: list[ChildLine]

    @classmethod
    def of(cls, service: ServiceNumber, lines: Sequence[Line]) -> "Children":
        """The list as it is shown."""
        return cls(service=service, children=[ChildLine.of(one) for one in lines])


class ChildInFull(BaseModel):
    """A child by name, with every step on the way to its number. It holds personal data."""

    name: str
    child: ChildLine
    steps: list[StepShown]

    @classmethod
    def of(cls, line: Line, steps: Sequence[NsnStep]) -> "ChildInFull":
        """A child as it is shown."""
        return cls(name=line.name, child=ChildLine.of(line), steps=[StepShown.of(one) for one in steps])


class Followed(BaseModel):
    """The merges of the index that were followed."""

    service: str
    followed: list[StepShown]

    @classmethod
    def of(cls, service: ServiceNumber, steps: Sequence[NsnStep]) -> "Followed":
        """What was followed as it is shown."""
        return cls(service=service, followed=[StepShown.of(one) for one in steps])
