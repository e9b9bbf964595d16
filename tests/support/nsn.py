"""What the tests of student numbers share: a service with a child without a number, a desk, and an index to ask."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest

from ecegateway.evidence.store import Evidence
from ecegateway.flows.claim import Prepared, prepare
from ecegateway.flows.nsn_desk import Desk
from ecegateway.flows.nsn_index import Index
from ecegateway.flows.ways import open_way
from ecegateway.handbook.policy import policy
from ecegateway.model.child import Child, StudentNumber
from ecegateway.model.ids import ChildKey
from ecegateway.model.record import Record
from ecegateway.testing.ministry import MinistrySimulator
from ecegateway.testing.ministry_index import MinistryIndex, Student
from tests.storage.filling import put
from tests.support.ministry import PLUGINS, Waits, config_of, ministry
from tests.support.records import EVERY_FACT, MONDAY, PERIOD, SERVICE, agreement, profile, staffed, stay

CHILD = ChildKey("kowhai:c1")
BORN = date(2023, 8, 1)
TODAY = date(2026, 6, 2)
FILLED_AT = datetime(2026, 6, 1, tzinfo=UTC)
NOW = datetime(2026, 6, 2, 9, 0, tzinfo=UTC)
INDEX_SETTINGS: dict[str, dict[str, str]] = {"student_index": {}}


def marama(key: str = "c1", **changes: object) -> Child:
    said = {"family_name": "Tūmanako", "given_names": ("Mārama", "Aroha"), "birth_date": BORN, "gender": "F", **changes}
    return Child.model_validate({"service": SERVICE, "key": key, **said})


def numberless(key: str = "c1", **changes: object) -> StudentNumber:
    """What a vendor knows of a child whose birth certificate was sighted, and that has no number."""
    said = {"document_sighted": "birth certificate", "document_sighted_on": date(2026, 1, 20), **changes}
    return StudentNumber.model_validate({"service": SERVICE, "key": f"n-{key}", "child": key, **said})


def student(nsn: str, **changes: object) -> Student:
    """A record of the index that is Mārama's but for the changes."""
    said = {"family_name": "Tumanako", "given_names": ("Marama", "Aroha"), "birth_date": BORN, "gender": "F", **changes}
    return Student(nsn, **said)  # type: ignore[arg-type]  # the fields of a record by name


def fill(store: Evidence, *records: Record) -> Evidence:
    """A store in which one child is enrolled and attends on a Monday."""
    week = [MONDAY + timedelta(days=n) for n in range(5)]
    put(store, profile(), *staffed(week), agreement(), stay(MONDAY), *records, at=FILLED_AT, facts=EVERY_FACT)
    return store


def desk(store: Evidence, by: str = "Ngāio", *, today: date = TODAY, at: datetime = NOW, scope: str = "warn") -> Desk:
    return Desk(store, SERVICE, policy({"child.search-enrolled-under-six": scope}), by, at, today)


def claim_of(store: Evidence) -> Prepared:
    return prepare(store, SERVICE, PERIOD, policy())


def found_rules(store: Evidence) -> set[str]:
    return {finding.rule for finding in claim_of(store).claim.findings}


@contextmanager
def index_at(
    monkeypatch: pytest.MonkeyPatch, *students: Student, most: int = 20
) -> Iterator[tuple[MinistrySimulator, MinistryIndex, Index]]:
    """A simulated Ministry with an index of these records, and the way to it over a real socket."""
    with ministry(monkeypatch) as simulator:
        index = MinistryIndex(students, most=most).at(simulator)
        config = config_of(simulator, settings=INDEX_SETTINGS)
        with open_way(PLUGINS, config, lambda: NOW, sleep=Waits()) as way:
            assert way.index is not None
            yield simulator, index, Index(way.index, way.handing)
