"""What is here against what the other side took, counted by family, with what is on its way, refused, held back or lost."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ecegateway.eli.delta import Lost, delta, digest_of
from ecegateway.eli.past import NEVER, Past, Standing
from ecegateway.evidence.store import Evidence
from ecegateway.flows.events import EventSettings, pasts, roll_of, standing_events
from ecegateway.model.eli import Action, Entity, Family, Held
from ecegateway.model.ids import ServiceNumber

_ON_THE_WAY = frozenset({Standing.PENDING, Standing.SENT, Standing.LAID_OUT})
Place = tuple[Family, str]


@dataclass(frozen=True, slots=True)
class FamilyCounts:
    """A family's entities: ``here`` now, ``there`` by what was accepted, and how many of them are there as they are here.

    ``on_the_way``, ``rejected`` and ``held`` count what explains a difference; ``to_queue`` events that are due and not in the
    outbox yet; ``lost`` what is there and in no record here. ``told`` is the other side's own count, where it gives one.
    """

    family: Family
    here: int
    there: int
    alike: int
    on_the_way: int
    rejected: int
    held: int
    to_queue: int
    lost: int
    told: int | None = None

    @property
    def settled(self) -> bool:
        """Whether both sides have the same."""
        counted = self.told is None or self.told == self.there
        return self.here == self.there == self.alike and not self.lost and counted


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Both sides of a service, family by family, and what needs somebody's word."""

    service: ServiceNumber
    families: tuple[FamilyCounts, ...]
    held: tuple[Held, ...]
    lost: tuple[Lost, ...]

    @property
    def settled(self) -> bool:
        """Whether both sides have the same of every family."""
        return all(family.settled for family in self.families)


def reconcile(
    evidence: Evidence, service: ServiceNumber, how: EventSettings, today: date, told: Mapping[Family, int] | None = None
) -> Reconciled:
    """Compare a service's records, by the end of a day, with what was accepted; ``told`` are the other side's own counts.

    Raises:
        EvidenceMissingError: the store knows nothing of the service.
    """
    now = roll_of(evidence, service, how, today)
    with evidence.inspecting() as connection:
        due = delta(now, pasts(connection, service))
    there, standing = accepted(evidence, service)
    held = Counter(one.family for one in now.held if one.holds)
    families = tuple(
        FamilyCounts(
            family=family,
            here=sum(1 for place in now.entities if place[0] is family),
            there=sum(1 for place, was in there.items() if place[0] is family and was.exists),
            alike=sum(1 for entity in now.entities.values() if entity.family is family and is_told(entity, there)),
            on_the_way=sum(1 for place, last in standing.items() if place[0] is family and last in _ON_THE_WAY),
            rejected=sum(1 for place, last in standing.items() if place[0] is family and last is Standing.REJECTED),
            held=held[family],
            to_queue=sum(1 for telling in due.events if telling.family is family),
            lost=sum(1 for one in due.lost if one.family is family),
            told=None if told is None else told.get(family, 0),
        )
        for family in Family
    )
    return Reconciled(service, families, tuple(now.held), due.lost)


def accepted(evidence: Evidence, service: ServiceNumber) -> tuple[dict[Place, Past], dict[Place, Standing]]:
    """What the other side has of each entity by what it accepted, and how the newest event about each stands."""
    there: dict[Place, Past] = {}
    newest: dict[Place, Standing] = {}
    with evidence.inspecting() as connection:
        for family in Family:
            for events in standing_events(connection, service, family):
                if events[-1].event.erased:
                    continue
                taken: list[tuple[Action, bytes, Standing]] = [
                    (one.event.action, one.event.digest, one.standing) for one in events if one.standing is Standing.ACCEPTED
                ]
                place = family, events[0].event.entity
                there[place] = Past.of(events[0].event.child, taken)
                newest[place] = events[-1].standing
    return there, newest


def is_told(entity: Entity, there: Mapping[Place, Past]) -> bool:
    """Whether the other side has an entity just as it is here."""
    was = there.get((entity.family, entity.id), NEVER)
    return was.exists and was.content == digest_of(entity)
