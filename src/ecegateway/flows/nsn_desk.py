"""Where a person works on one service's student numbers: the facts of the day, the steps so far, and how a word is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, wraps
from typing import Concatenate, ParamSpec, TypeVar

from pydantic import TypeAdapter, ValidationError

from ecegateway.errors import ConfigError
from ecegateway.evidence.store import Evidence
from ecegateway.facts.fold import fold
from ecegateway.facts.types import ChildFacts, ServiceFacts
from ecegateway.flows.claim import evidence_of
from ecegateway.flows.nsn_store import steps_of
from ecegateway.handbook.policy import Policy
from ecegateway.model.child import Child, NsnText, StudentNumber
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.ids import ChildKey, ServiceNumber
from ecegateway.model.period import DateRange
from ecegateway.model.service import ServiceProfile
from ecegateway.nsn.may import Asked
from ecegateway.nsn.steps import NsnStep

_STREAMS = frozenset(kind.stream for kind in (ServiceProfile, Child, StudentNumber, Enrolment))
_Said = ParamSpec("_Said")
_Done = TypeVar("_Done")
_NSN: TypeAdapter[str] = TypeAdapter(NsnText)


@dataclass(frozen=True, slots=True)
class Desk:
    """One service, who works on it, and when."""

    store: Evidence
    service: ServiceNumber
    policy: Policy
    by: str
    now: datetime
    today: date


@dataclass(frozen=True)
class Roll:
    """The children of a desk's service with their steps, as they stand now.

    Raises:
        EvidenceMissingError: the store knows nothing of the service.
    """

    desk: Desk

    @cached_property
    def facts(self) -> ServiceFacts:
        """The facts of the day."""
        desk = self.desk
        found = desk.store.evidence_of(desk.service, streams=_STREAMS)
        found = found if found.versions else evidence_of(desk.store, desk.service)
        return fold(found, DateRange(desk.today, desk.today + timedelta(days=1)))

    @cached_property
    def steps(self) -> Mapping[ChildKey, tuple[NsnStep, ...]]:
        """All steps, by child."""
        return steps_of(self.desk.store, self.desk.service)

    def asked(self, child: ChildFacts) -> Asked:
        """A child with all that bears on what may be done."""
        return Asked(self.facts, child, self.steps.get(child.key, ()), self.desk.today)

    def of(self, key: str) -> Asked:
        """The child of a key; the part before the colon may be left out where that leaves no doubt.

        Raises:
            ConfigError: there is none, or more than one.
        """
        found = [one for one in self.facts.children if one.key == key]
        found = found or [one for one in self.facts.children if one.key.partition(":")[2] == key]
        if len(found) != 1:
            said = "there is no such child" if not found else "two sources have a child of this key; write it with its source"
            raise ConfigError(f"service {self.desk.service}, child {key!r}: {said}; `ecegateway nsn list --all` gives the keys")
        return self.asked(found[0])


def alone(work: Callable[Concatenate[Desk, _Said], _Done]) -> Callable[Concatenate[Desk, _Said], _Done]:
    """Let one person at a time work on a service's numbers: what was looked at is what stands when a word is kept.

    Raises:
        DeliveryRefusedError: another process works on them right now.
    """

    @wraps(work)
    def locked(desk: Desk, /, *args: _Said.args, **said: _Said.kwargs) -> _Done:
        with desk.store.one_delivery("number", desk.service):
            return work(desk, *args, **said)

    return locked


def refuse(child: ChildKey, what: str, reasons: tuple[str, ...]) -> None:
    """Refuse what a person wants to do, if there are reasons against it.

    Raises:
        ConfigError: there are.
    """
    if reasons:
        raise ConfigError(f"child {child}: {what} is refused: {'; '.join(reasons)}")


def digits(nsn: str) -> str:
    """A number as text of digits.

    Raises:
        ConfigError: it is something else.
    """
    try:
        return _NSN.validate_python(nsn.strip())
    except ValidationError:
        raise ConfigError("a National Student Number is digits alone, 18 at most; write them without blanks") from None
