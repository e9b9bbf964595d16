"""An inspection pack of an invented service, small enough to be tried byte by byte."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from ecegateway.evidence.store import Evidence
from ecegateway.flows.claim import prepare
from ecegateway.flows.inspection import Pack, inspection_pack
from ecegateway.flows.packing import WrittenPack, write_pack
from ecegateway.flows.seal import seal
from ecegateway.handbook.policy import policy
from ecegateway.model.attendance import Exemption
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.people import Note, Person
from ecegateway.model.record import Record
from ecegateway.plugins import load_plugins
from ecegateway.signing.keyring import Keyring, Purpose
from ecegateway.signing.keys import Verifier
from tests.storage.filling import NOON, put
from tests.support.records import (
    EVERY_FACT,
    MONDAY,
    PERIOD,
    SERVICE,
    absence,
    agreement,
    changed,
    child,
    confirmed,
    profile,
    shift,
    stay,
)

LATER = NOON + timedelta(days=1)
HOSTILE = "=HYPERLINK(\"http://127.0.0.1/\")<script>alert('Ngāio')</script>\u202e"
"""A note that tries to be a formula, markup, and text that runs the other way."""
DAYS = [MONDAY + timedelta(days=number) for number in range(5)]


def people() -> list[Record]:
    return [
        Person(service=SERVICE, key="t1", role="staff", given_names="Hōri", family_name="Ngāio"),
        Person(service=SERVICE, key="g1", role="guardian", given_names="Mererangi", family_name="O'Hārae"),
    ]


def records() -> list[Record]:
    """A week of one child."""
    return [
        profile(),
        *child(),
        *people(),
        agreement(),
        *(shift(day) for day in DAYS),
        *(stay(day) for day in DAYS[:3]),
        absence(DAYS[3]),
        confirmed(DAYS[0], DAYS[2]),
        Exemption(service=SERVICE, key="e1", child="c1", first_day=DAYS[3], last_day=DAYS[4], forms=("EC12",)),
        Note(service=SERVICE, key="n1", day=DAYS[0], child="c1", text=HOSTILE),
    ]


def altered() -> Enrolment:
    """The agreement, changed with a statement of who and why."""
    found = agreement(times="09:00-14:30")
    assert isinstance(found, Enrolment)
    return found.model_copy(update={"change": changed(by="t1", on=date(2026, 5, 4), why="new job")})


@dataclass(frozen=True)
class Centre:
    """A store and its keys."""

    evidence: Evidence
    keyring: Keyring

    def put(self, *stored: Record, number: int = 1, at: datetime = NOON) -> None:
        put(self.evidence, *stored, number=number, at=at, facts=EVERY_FACT)
        seal(self.evidence, self.keyring, at)

    def pack(self, known_at: datetime | None = None, service: ServiceNumber = SERVICE) -> Pack:
        made = prepare(self.evidence, service, PERIOD, policy(), known_at=known_at)
        return inspection_pack(self.evidence, made, load_plugins().exporters(), self.keyring, LATER)

    def written(self, out: Path) -> WrittenPack:
        return write_pack(out, self.pack())

    def key(self, purpose: Purpose) -> Verifier:
        return self.keyring.verifier(purpose)


def centre(evidence: Evidence, keys: Path) -> Centre:
    """The week, and a day later the agreement changed."""
    made = Centre(evidence, Keyring(keys))
    made.put(*records())
    made.put(altered(), number=2, at=LATER)
    return made
