"""Short ways to ask what is told of an invented service."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from ecegateway.eli.delta import Telling
from ecegateway.eli.past import Past, Standing, standings
from ecegateway.eli.roll import Roll, roll
from ecegateway.evidence.canonical import canonical
from ecegateway.evidence.record import NewVersion, Series, State, Version
from ecegateway.evidence.store import Evidence
from ecegateway.export.eli_xml import Envelope
from ecegateway.facts.fold import fold
from ecegateway.handbook.policy import policy
from ecegateway.model.child import Address, Child, StudentNumber
from ecegateway.model.eli import Action, Entity, Family
from ecegateway.model.period import ONE_DAY, DateRange
from ecegateway.model.record import Record
from tests.storage.filling import FEED, NOON, SOURCE, answer, begin
from tests.support.records import EVERY_FACT, NO_SWITCHES, SERVICE, Switches, evidence, profile, versions

TODAY = date(2026, 6, 1)
HOME = Address(line1="4 Kōwhai Lane", city="Ōtaki", postcode="5512")
ENVELOPE = Envelope(SERVICE, "ecegateway", datetime(2026, 6, 1, 21, 15, tzinfo=UTC), "6d1f0c5e-6a0b-5d43-9c0e-1f6f3f6f7a20")
REASONS: Mapping[str, str] = {"planned": "DEMO-P", "emergency": "DEMO-E"}


def whole_child(key: str = "c1", **more: Any) -> list[Record]:
    """A child of whom everything can be said."""
    said = {
        "family_name": "Tūmanako",
        "given_names": ("Ngāio", "Ānia"),
        "birth_date": date(2022, 8, 1),
        "gender": "F",
        "address": HOME,
        "ethnicities": ("211", "111"),
        "iwi": ("9999",),
        "home_languages": ("DEMO-MRI",),
    }
    who = Child.model_validate({"service": SERVICE, "key": key, **said, **more})
    return [who, StudentNumber(service=SERVICE, key=f"n-{key}", child=key, nsn="100000001")]


def told(*records: Record, today: date = TODAY, switches: Switches = NO_SWITCHES, service: Record | None = None) -> Roll:
    """What is told of the records."""
    return told_of(versions([service or profile(), *records]), today=today, switches=switches)


def told_of(
    found: Iterable[Version], *, today: date = TODAY, switches: Switches = NO_SWITCHES, confirmed: Iterable[date] = ()
) -> Roll:
    """What is told of stored versions."""
    facts = fold(evidence(found), DateRange(today, today + ONE_DAY))
    return roll(facts, today, policy(switches), closure_reasons=REASONS, confirmed=confirmed)


def of(found: Roll, family: Family) -> list[Entity]:
    """The entities of a family, by id."""
    return sorted((one for one in found.entities.values() if one.family is family), key=lambda one: one.id)


def reasons(found: Roll, family: Family | None) -> list[str]:
    """Why things of a family are held back."""
    return sorted(one.reason for one in found.held if one.family is family)


class Receiver:
    """The other side, empty at first: it takes events in the order they come, and remembers what it was told."""

    def __init__(self) -> None:
        self.has: dict[tuple[Family, str], str] = {}
        self.deleted: dict[tuple[Family, str], str] = {}
        self.told: dict[tuple[Family, str], list[tuple[Telling, Standing]]] = {}

    def take(self, events: Iterable[Telling], standing: Standing = Standing.ACCEPTED) -> None:
        """Take events, or only note that they stand otherwise."""
        for one in events:
            place = one.family, one.entity
            self.told.setdefault(place, []).append((one, standing))
            if standing is not Standing.ACCEPTED:
                continue
            if one.action is Action.DELETE:
                self.deleted[place] = self.has.pop(place)
            elif one.action is Action.UNDELETE:
                self.has[place] = self.deleted.pop(place)
            else:
                assert place not in self.deleted, "what is deleted is brought back first"
                self.has[place] = one.content

    @property
    def past(self) -> dict[tuple[Family, str], Past]:
        """What was told, as the gateway remembers it."""
        found = {}
        for place, events in self.told.items():
            said = standings([(one.action, standing) for one, standing in events])
            found[place] = Past.of(
                events[-1][0].child, [(one.action, one.digest, now) for (one, _), now in zip(events, said, strict=True)]
            )
        return found


def put(store: Evidence, *records: Record, gone: Iterable[Record] = (), missing: Iterable[Record] = ()) -> None:
    """Store records as the newest versions; ``gone`` were deleted by the vendor, ``missing`` are there no longer."""
    pull = begin(store, facts=EVERY_FACT)
    states = ((records, State.PRESENT), (gone, State.DELETED), (missing, State.MISSING))
    with store.transaction() as writing:
        receipt = writing.keep(pull, FEED, answer(), NOON)
        for found, state in states:
            for record in found:
                series = writing.series(Series(SOURCE, SERVICE, record.stream, SOURCE))
                current = writing.current(series, [record.key]).get(record.key)
                content = canonical(record) if state is State.PRESENT else ("", b"")
                number = 1 if current is None else current.version + 1
                writing.append(series, receipt, [NewVersion(record.key, number, state, *content)])
