"""What has been kept for its time, what is held all the same, and erasing the rest."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from ecegateway.evidence.erasing import erase_bodies, erase_told, erase_versions
from ecegateway.evidence.holding import LegalHold
from ecegateway.evidence.record import Ending
from ecegateway.evidence.store import Evidence
from ecegateway.handbook.lookup import Handbook
from ecegateway.model.ids import ServiceNumber
from ecegateway.retention.clock import ChildOf, Clock, clocks, years_before
from ecegateway.retention.people import PersonClock, people_clocks


@dataclass(frozen=True, slots=True)
class Kept:
    """How many children's records a service holds: in all, under an open agreement, due to be erased, and due but held.

    ``people`` are the grown-ups it holds records of. ``next_due`` is the first day on which something more may be erased.
    """

    service: ServiceNumber
    children: int
    open: int
    due: int
    held: int
    people: int
    people_due: int
    people_held: int
    next_due: date | None


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: records of so many children and grown-ups, what was told of the children, and received bodies."""

    children: int
    people: int
    versions: int
    told: int
    bodies: int


@dataclass(frozen=True, slots=True)
class _Clocks:
    """The clocks of one service."""

    service: ServiceNumber
    children: tuple[Clock, ...]
    people: tuple[PersonClock, ...]


def kept(evidence: Evidence, law: Handbook, today: date) -> tuple[Kept, ...]:
    """What each service holds, by its clocks."""
    holds = tuple(evidence.legal_holds().values())
    return tuple(_kept(found, holds, today) for found in _clocks(evidence, law))


def _clocks(evidence: Evidence, law: Handbook) -> Iterator[_Clocks]:
    """One service after the other."""
    for service in evidence.services():
        versions = evidence.evidence_of(service).versions
        children = clocks(versions, law)
        yield _Clocks(service, children, people_clocks(versions, children, law))


def _kept(found: _Clocks, holds: tuple[LegalHold, ...], today: date) -> Kept:
    due = [clock for clock in found.children if clock.is_due(today)]
    people_due = [clock for clock in found.people if clock.is_due(today)]
    ends = [*(clock.until for clock in found.children), *(clock.until for clock in found.people)]
    return Kept(
        service=found.service,
        children=len(found.children),
        open=sum(clock.until is None for clock in found.children),
        due=len(due),
        held=sum(is_held(found.service, {clock.child}, holds) for clock in due),
        people=len(found.people),
        people_due=len(people_due),
        people_held=sum(is_held(found.service, clock.children, holds) for clock in people_due),
        next_due=min((until for until in ends if until is not None and until >= today), default=None),
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


def is_held(service: ServiceNumber, children: Collection[ChildOf], holds: tuple[LegalHold, ...]) -> bool:
    """Whether somebody said that records which speak of these children are to stay."""
    named = {None, *(":".join(child) for child in children)}
    return any(hold.service == service and hold.child in named for hold in holds)


def erase_due(evidence: Evidence, law: Handbook, today: date, *, by: str, why: str, at: datetime) -> Erased:
    """Erase the records of everybody whose time is over and who is not held, then the bytes nobody's record needs.

    What was told of a child, and what was done for the child's number, goes in the transaction in which the records go. Bytes
    stay while any service is held as a whole: they may hold anybody's rows.
    """
    holds = tuple(evidence.legal_holds().values())
    done = Erased(0, 0, 0, 0, 0)
    for found in _clocks(evidence, law):
        children = [one for one in found.children if one.is_due(today) and not is_held(found.service, {one.child}, holds)]
        people = [one for one in found.people if one.is_due(today) and not is_held(found.service, one.children, holds)]
        if not children and not people:
            continue
        going = (*(clock.versions for clock in children), *(clock.versions for clock in people))
        versions = [version for of_one in going for version in of_one]
        named = [":".join(clock.child) for clock in children]
        with evidence.adding() as appending:
            erased = erase_versions(appending, versions, by, why, at)
            told = erase_told(appending, found.service, named, by=by, why=why, at=at)
        done = replace(
            done,
            children=done.children + len(children),
            people=done.people + len(people),
            versions=done.versions + erased,
            told=done.told + told,
        )
    if holds:
        return done
    with evidence.adding() as appending:
        before = datetime.combine(years_before(today, law), time(), UTC)
        return replace(done, bodies=erase_bodies(appending, before, by, why, at))
