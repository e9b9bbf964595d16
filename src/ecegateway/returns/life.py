"""Where a return stands, by what was done with it and what became of handing it over; and what may be done next.

No state is stored: it is derived from the steps on record, the attempts to hand the return over, and the returns that came
after it. So no state can say anything else than the evidence does.

::

    draft ── validated ── attested ── signed ── submitted ──┬── received ──┬── superseded
      └──────────┴───────────┴──────────┴── withdrawn       └── rejected ──┘
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from ecegateway.outbound import Outcome


class Step(StrEnum):
    """What is done with a return, each at most once."""

    VALIDATED = "validated"
    ATTESTED = "attested"
    SIGNED = "signed"
    SUBMITTED = "submitted"
    """Somebody gave the order to hand it over. How often it was tried, and what came of it, deliveries say."""
    RECEIVED = "received"
    """A person says that the other side has it and takes it."""
    REJECTED = "rejected"
    """A person says that the other side does not take it."""
    WITHDRAWN = "withdrawn"


class ReturnState(StrEnum):
    """Where a return stands."""

    DRAFT = "draft"
    VALIDATED = "validated"
    ATTESTED = "attested"
    SIGNED = "signed"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Handing(StrEnum):
    """What is known of the attempts to hand something over, all of them together."""

    NOT_TRIED = "not tried"
    NOT_SENT = "not sent"
    UNKNOWN = "unknown"
    """One attempt may have got there: the other side is asked before anything is sent again."""
    LAID_OUT = "laid out"
    THERE = "there"
    """The other side has it, and has not said whether it takes it."""
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not be done, and what to do about it."""

    why: str
    fix: str

    def __str__(self) -> str:
        return f"{self.why}; {self.fix}"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one return stands. ``number`` is its number in the store.

    ``attests`` says that its kind of service is asked for the attestation; ``overtaken``, that a later return took its place.
    """

    number: int
    steps: frozenset[Step] = frozenset()
    handing: Handing = Handing.NOT_TRIED
    attests: bool = False
    overtaken: bool = False

    @property
    def state(self) -> ReturnState:
        """Its state."""
        if Step.WITHDRAWN in self.steps:
            return ReturnState.WITHDRAWN
        if self.overtaken:
            return ReturnState.SUPERSEDED
        if Step.RECEIVED in self.steps or self.handing is Handing.ACCEPTED:
            return ReturnState.RECEIVED
        if Step.REJECTED in self.steps or self.handing is Handing.REJECTED:
            return ReturnState.REJECTED
        done = (step for step in reversed(_IN_ORDER) if step in self.steps)
        return ReturnState(next(done, ReturnState.DRAFT))


_IN_ORDER = (Step.VALIDATED, Step.ATTESTED, Step.SIGNED, Step.SUBMITTED)
_OPEN = frozenset({ReturnState.DRAFT, ReturnState.VALIDATED, ReturnState.ATTESTED})
_DECIDED = (Handing.ACCEPTED, Handing.REJECTED)
_HANDINGS = MappingProxyType(
    {
        Outcome.ACCEPTED: Handing.ACCEPTED,
        Outcome.REJECTED: Handing.REJECTED,
        Outcome.LAID_OUT: Handing.LAID_OUT,
        Outcome.RECEIVED: Handing.THERE,
        Outcome.NOT_SENT: Handing.NOT_SENT,
        Outcome.UNKNOWN: Handing.UNKNOWN,
    }
)


def handing(outcomes: Sequence[Outcome | None]) -> Handing:
    """What is known of attempts, oldest first; ``None`` is one that nobody saw end. A decision stands; else the newest says.

    That something was certainly not sent is said only after the other side was asked about whatever went before.
    """
    found = Handing.NOT_TRIED
    for outcome in outcomes:
        if found not in _DECIDED:
            found = Handing.UNKNOWN if outcome is None else _HANDINGS[outcome]
    return found


def is_open(state: ReturnState) -> bool:
    """Whether a return is still being made: nobody has put their name to it."""
    return state in _OPEN


def may(step: Step, standing: Standing) -> Refusal | None:
    """Why a step may not be taken where a return stands; ``None`` where it may."""
    state = standing.state
    if step is Step.SUBMITTED and state is ReturnState.SUBMITTED:
        return None  # what is there already is not sent again: see flows/delivery.py
    if step is Step.WITHDRAWN and state is ReturnState.SUBMITTED:
        return None if standing.handing is Handing.NOT_SENT else _refusal(standing, _WAY_ON[state])
    if step in (Step.RECEIVED, Step.REJECTED) and state is ReturnState.SUBMITTED:
        return _may_be_answered(standing)
    if state in _FROM[step] and not _lacks_attestation(step, standing) and not _needs_none(step, standing):
        return None
    return _refusal(standing, _needs_none(step, standing) or _lacks_attestation(step, standing) or _WAY_ON[state])


_FROM = MappingProxyType(
    {
        Step.VALIDATED: frozenset({ReturnState.DRAFT}),
        Step.ATTESTED: frozenset({ReturnState.VALIDATED}),
        Step.SIGNED: frozenset({ReturnState.VALIDATED, ReturnState.ATTESTED}),
        Step.SUBMITTED: frozenset({ReturnState.SIGNED}),
        Step.RECEIVED: frozenset[ReturnState](),
        Step.REJECTED: frozenset[ReturnState](),
        Step.WITHDRAWN: frozenset({*_OPEN, ReturnState.SIGNED}),
    }
)
_WAY_ON = MappingProxyType(
    {
        ReturnState.DRAFT: "have it checked first: `ecegateway return validate {number}`",
        ReturnState.VALIDATED: "have it signed first: `ecegateway return sign {number}`",
        ReturnState.ATTESTED: "have it signed first: `ecegateway return sign {number}`",
        ReturnState.SIGNED: "hand it over: `ecegateway return submit {number}`",
        ReturnState.SUBMITTED: "find out what became of it: `ecegateway return submit {number}` asks, and "
        "`ecegateway return receive {number}` records what the Ministry said",
        ReturnState.RECEIVED: "a correction is a new return: `ecegateway return prepare`",
        ReturnState.REJECTED: "put right what the Ministry said, and make the next one: `ecegateway return prepare`",
        ReturnState.SUPERSEDED: "go on with the newest: `ecegateway return list` names it",
        ReturnState.WITHDRAWN: "make a new one: `ecegateway return prepare`",
    }
)


def _refusal(standing: Standing, way_on: str) -> Refusal:
    return Refusal(f"return {standing.number} is {standing.state}", way_on.format(number=standing.number))


def _lacks_attestation(step: Step, standing: Standing) -> str:
    lacks = step is Step.SIGNED and standing.state is ReturnState.VALIDATED and standing.attests
    return "have salaries attested first: `ecegateway return attest {number}`" if lacks else ""


def _needs_none(step: Step, standing: Standing) -> str:
    none = step is Step.ATTESTED and standing.state is ReturnState.VALIDATED and not standing.attests
    return "its kind of service attests no salaries: `ecegateway return sign {number}`" if none else ""


def _may_be_answered(standing: Standing) -> Refusal | None:
    if standing.handing in (Handing.LAID_OUT, Handing.THERE, Handing.UNKNOWN):
        return None
    return Refusal(
        f"return {standing.number} has not left: nobody can have answered it",
        f"hand it over: `ecegateway return submit {standing.number}`",
    )
