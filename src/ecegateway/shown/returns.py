"""How returns are shown: where each stands, its steps, what a check of it saw, and those that are owed."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from ecegateway.evidence.returns import KeptStep
from ecegateway.flows.return_reading import Due, StandingReturn
from ecegateway.flows.return_steps import Validated
from ecegateway.model.return_check import ReturnCheck
from ecegateway.outbound import Receipt
from ecegateway.returns.way_on import WayOn
from ecegateway.shown.deliveries import Attempt, ReceiptSaid


class NextStep(BaseModel):
    """What comes next: in words, and as a command."""

    words: str
    command: str

    @classmethod
    def of(cls, one: WayOn) -> "NextStep":
        """A step as it is shown."""
        return cls(words=one.words, command=one.command)


class StepTaken(BaseModel):
    """A step in a return's life; ``document`` is the SHA-256 of what was made or came with it."""

    step: str
    by: str
    at: datetime
    detail: dict[str, Any]
    document: str | None

    @classmethod
    def of(cls, one: KeptStep) -> "StepTaken":
        """A step as it is shown."""
        document = None if one.document is None else one.document.hex()
        return cls(step=one.step, by=one.by, at=one.at, detail=dict(one.detail), document=document)


class ReturnShown(BaseModel):
    """A return as it stands; ``document`` is the SHA-256 of the draft, ``known_at`` the moment its evidence is of."""

    number: int
    service: str
    period: str
    revision: int
    kind: str
    state: str
    handing: str
    due: date
    next: NextStep | None
    prepared_by: str
    prepared_at: datetime
    known_at: datetime
    document: str
    steps: list[StepTaken]
    attempts: list[Attempt]

    @classmethod
    def of(cls, one: StandingReturn) -> "ReturnShown":
        """A return as it is shown."""
        kept, following = one.kept, one.following
        return cls(
            number=one.number,
            service=kept.service,
            period=str(kept.period),
            revision=kept.revision,
            kind=kept.kind,
            state=one.state,
            handing=one.standing.handing,
            due=one.window.due,
            next=None if following is None else NextStep.of(following),
            prepared_by=kept.by,
            prepared_at=kept.at,
            known_at=kept.known_at,
            document=kept.document.hex(),
            steps=[StepTaken.of(step) for step in kept.steps],
            attempts=[Attempt.of(tried) for tried in one.deliveries],
        )


class Owed(BaseModel):
    """A return that is owed: from when and until when, with its newest revision, if there is one."""

    service: str
    period: str
    opens: date
    due: date
    days_left: int
    resubmit_until: date
    newest: int | None
    next: NextStep

    @classmethod
    def of(cls, one: Due, today: date) -> "Owed":
        """What is owed as it is shown."""
        return cls(
            service=one.service,
            period=str(one.period),
            opens=one.window.opens,
            due=one.window.due,
            days_left=one.window.days_left(today),
            resubmit_until=one.window.resubmit_until,
            newest=None if one.newest is None else one.newest.number,
            next=NextStep.of(one.following),
        )


class Returns(BaseModel):
    """Returns as they stand, and those that are owed."""

    returns: list[ReturnShown]
    due: list[Owed]


class CheckFound(BaseModel):
    """One thing a check of a return saw; what ``blocks`` stands against signing."""

    rule: str
    blocks: bool
    what: str
    fix: str
    cites: str

    @classmethod
    def of(cls, one: ReturnCheck) -> "CheckFound":
        """A check as it is shown."""
        return cls(rule=one.rule, blocks=one.blocks, what=one.what, fix=one.fix, cites=one.cites)


class Validation(BaseModel):
    """What a check saw, and what stands against the return: nothing does when it is validated.

    ``unchecked`` are the months whose absences nobody has looked at.
    """

    checks: list[CheckFound]
    held_minutes: int
    unchecked: list[str]
    against: list[str]
    made: ReturnShown

    @classmethod
    def of(cls, found: Validated, made: StandingReturn) -> "Validation":
        """A validation as it is shown."""
        return cls(
            checks=[CheckFound.of(one) for one in found.checks],
            held_minutes=found.held_minutes,
            unchecked=[f"{month.first:%Y-%m}" for month in found.unchecked],
            against=[str(one) for one in found.refused],
            made=ReturnShown.of(made),
        )


class Submission(BaseModel):
    """What came of handing a return over; no ``receipt``: the other side never had it."""

    receipt: ReceiptSaid | None
    made: ReturnShown

    @classmethod
    def of(cls, receipt: Receipt | None, made: StandingReturn) -> "Submission":
        """What came of it as it is shown."""
        return cls(receipt=None if receipt is None else ReceiptSaid.of(receipt), made=ReturnShown.of(made))
