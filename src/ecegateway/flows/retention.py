"""What has been kept for its time, what is held all the same, and erasing the rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from ecegateway.evidence.holding import LegalHold
from ecegateway.evidence.record import Ending
from ecegateway.evidence.store import Evidence
from ecegateway.handbook.lookup import Handbook
from ecegateway.model.ids import ServiceNumber
from ecegateway.retention.clock import Clock, clocks, years_before


@dataclass(frozen=True, slots=True)
class Kept:
    """How many children's records a service holds: in all, under an open agreement, due to be erased, and due but held.

    ``next_due`` is the first day on which something more may be erased.
    """

    service: ServiceNumber
    children: int
    open: int
    due: int
    held: int
    next_due: date | None


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: versions of records of so many children, and received bodies."""

    children: int
    versions: int
    bodies: int


def kept(evidence: Evidence, law: Handbook, today: date) -> tuple[Kept, ...]:
    """What each service holds, by its clocks."""
    holds = tuple(evidence.legal_holds().values())
    return tuple(_kept(service, found, holds, today) for service, found in _clocks(evidence, law))


def _clocks(evidence: Evidence, law: Handbook) -> Iterator[tuple[ServiceNumber, tuple[Clock, ...]]]:
    """One service after the other."""
    for service in evidence.services():
        yield service, clocks(evidence.evidence_of(service).versions, law)


def _kept(service: ServiceNumber, found: tuple[Clock, ...], holds: tuple[LegalHold, ...], today: date) -> Kept:
    due = [clock for clock in found if clock.is_due(today)]
    later = [clock.until for clock in found if clock.until is not None and not clock.is_due(today)]
    return Kept(
        service=service,
        children=len(found),
        open=sum(clock.until is None for clock in found),
        due=len(due),
        held=sum(is_held(service, clock, holds) for clock in due),
        next_due=min(later, default=None),
    )


def hold(evidence: Evidence, service: ServiceNumber, child: str | None, *, by: str, why: str, at: datetime) -> int:
    """Keep a child's records, or a whole service's, however old; gives the hold's number."""
    return evidence.hold_legally(LegalHold(service, child, by, why, at))


def release(evidence: Evidence, number: int, *, by: str, why: str, at: datetime) -> None:
    """End a hold.

    Raises:
        EvidenceMissingError: there is none of this number, or it was ended already.
    """
    evidence.end_legal_hold(number, Ending(by, why, at))


def is_held(service: ServiceNumber, clock: Clock, holds: tuple[LegalHold, ...]) -> bool:
    """Whether somebody said that a child's records are to stay."""
    named = ":".join(clock.child)
    return any(hold.service == service and hold.child in {None, named} for hold in holds)


def erase_due(evidence: Evidence, law: Handbook, today: date, *, by: str, why: str, at: datetime) -> Erased:
    """Erase the records of every child whose time is over and who is not held, then the bytes nobody's record needs.

    Bytes stay while any service is held as a whole: they may hold anybody's rows.
    """
    holds = tuple(evidence.legal_holds().values())
    children = versions = 0
    for service, found in _clocks(evidence, law):
        going = [clock for clock in found if clock.is_due(today) and not is_held(service, clock, holds)]
        if going:
            children += len(going)
            versions += evidence.erase_versions([version for clock in going for version in clock.versions], by, why, at)
    bodies = 0
    if not holds:
        before = datetime.combine(years_before(today, law), time(), UTC)
        bodies = evidence.erase_bodies(before, by, why, at)
    return Erased(children, versions, bodies)
