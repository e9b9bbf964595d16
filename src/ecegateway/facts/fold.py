"""Folds the evidence of a service into facts. Pure: equal evidence, in any order of arrival, gives equal facts.

Keys of children and people are made unambiguous by the source whose keys they are: ``kowhai:c-12``. Two systems that both
number their children from 1 never run together; a paper folder that uses a system's keys says so in the settings.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import chain
from types import MappingProxyType
from typing import TypeVar

from ecegateway.errors import EvidenceMissingError
from ecegateway.evidence.record import ServiceEvidence, Version
from ecegateway.facts.agreements import agreed, agreement_versions
from ecegateway.facts.calendar import LOOK_AHEAD, public_holidays
from ecegateway.facts.numbers import in_force
from ecegateway.facts.types import Alteration, ChildFacts, Known, ServiceFacts, Stay, Vanished
from ecegateway.facts.versions import alterations, day_of, in_order, minute_on, standing, vanished
from ecegateway.model.attendance import (
    Absence,
    Attendance,
    Exemption,
    LeavingNotice,
    MakeUpDay,
    Reconfirmation,
    Verification,
)
from ecegateway.model.child import Child, StudentNumber
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.ids import ChildKey, PersonKey, RecordKey
from ecegateway.model.people import AuthorisedSignatory, Note, Person, RegisterMarking, SignatureMeans, StaffShift
from ecegateway.model.period import DateRange
from ecegateway.model.record import Record
from ecegateway.model.service import Closure, OperatingDay, ServiceProfile

R = TypeVar("R", bound=Record)


class _Histories:
    """All versions, gathered by record, and the records that stand, by model."""

    def __init__(self, versions: Iterable[Version]) -> None:
        gathered: dict[tuple[str, str, str], list[Version]] = defaultdict(list)
        for version in versions:
            gathered[version.source, version.stream, version.key].append(version)
        self.histories = [in_order(gathered[place]) for place in sorted(gathered)]
        self.spaces = {version.source: version.key_space for found in gathered.values() for version in found}
        self._standing: dict[type[Record], list[Known[Record]]] = defaultdict(list)
        for history in self.histories:
            known = standing(history)
            if known is not None:
                self._standing[type(known.record)].append(known)

    def of(self, model: type[R]) -> list[Known[R]]:
        """The records of a model that stand, by evidence id."""
        return self._standing[model]  # type: ignore[return-value]  # filled by the record's own type

    def child(self, known: Known[Record] | Version, key: str) -> ChildKey:
        """A child's unambiguous key."""
        return ChildKey(f"{self.spaces[known.source]}:{key}")


def fold(evidence: ServiceEvidence, days: DateRange) -> ServiceFacts:
    """The facts of a service that bear on some days.

    Raises:
        EvidenceMissingError: nothing is known of the service's licence.
    """
    histories = _Histories(evidence.versions)
    profiles = tuple(sorted(histories.of(ServiceProfile), key=lambda known: (known.record.effective_from, known.id)))
    if not profiles:
        raise EvidenceMissingError(
            f"service {evidence.service}: no source has given its profile (licence, places, sessions); "
            "add a `service` record, for instance in a folder source"
        )
    last = profiles[-1].record
    altered, gone = _changes(histories, last.zone)
    children = _children(histories, last.zone, altered, gone)
    people = histories.of(Person)
    begins = min((day for child in children for day in (*child.stays, *child.absences)), default=None)
    since = min(days.first, begins) if begins is not None else days.first
    return ServiceFacts(
        number=evidence.service,
        known_at=evidence.known_at,
        profiles=profiles,
        closures=tuple(histories.of(Closure)),
        operating_days=MappingProxyType({known.record.day: known for known in histories.of(OperatingDay)}),
        holidays=public_holidays(DateRange(since, days.after + LOOK_AHEAD), last.region),
        people=_grouped(people, lambda known: PersonKey(known.record.key)),
        staff=frozenset((known.source, PersonKey(known.record.key)) for known in people if known.record.role != "guardian"),
        signature_means=_grouped(histories.of(SignatureMeans), lambda known: known.record.key),
        shifts=_grouped(histories.of(StaffShift), lambda known: known.record.day),
        register_markings=_grouped(histories.of(RegisterMarking), lambda known: known.record.day),
        notes=tuple(histories.of(Note)),
        children=children,
        record_begins=begins,
        source_facts=evidence.facts,
        key_spaces=MappingProxyType(histories.spaces),
        alterations=tuple(altered[None]),
        vanished=tuple(gone[None]),
        set_apart=evidence.set_apart,
    )


Altered = defaultdict[ChildKey | None, list[Alteration]]
Gone = defaultdict[ChildKey | None, list[Vanished]]


def _changes(histories: _Histories, zone: str) -> tuple[Altered, Gone]:
    """Alterations and disappearances by the child whose record it was; ``None`` for records that belong to no single child."""
    altered, gone = Altered(list), Gone(list)
    for history in histories.histories:
        changed, disappearance = tuple(alterations(history, zone)), vanished(history)
        if changed or disappearance is not None:
            child = _child_of(histories, history)
            altered[child] += changed
            gone[child] += () if disappearance is None else (disappearance,)
    return altered, gone


def _children(histories: _Histories, zone: str, altered: Altered, gone: Gone) -> tuple[ChildFacts, ...]:
    identities = {histories.child(known, known.record.key): known for known in histories.of(Child)}
    replaced = _replaced(histories)
    numbers = {key: in_force(found, replaced[key]) for key, found in _of_child(histories, StudentNumber).items()}
    enrolments = _enrolments(histories)
    attendances = _of_child(histories, Attendance)
    absences = _of_child(histories, Absence)
    verifications = _of_child(histories, Verification)
    signatories = _of_child(histories, AuthorisedSignatory)
    exemptions = _of_child(histories, Exemption)
    reconfirmations = _of_child(histories, Reconfirmation)
    notices = _of_child(histories, LeavingNotice)
    make_up_days = _of_child(histories, MakeUpDay)
    notes = _notes(histories)
    disappeared = (child for child, found in gone.items() if found and child is not None)
    keys = {*identities, *numbers, *enrolments, *attendances, *absences, *disappeared}
    return tuple(
        ChildFacts(
            key=key,
            identity=identities.get(key),
            number=next(iter(numbers.get(key, ())), None),
            enrolments=tuple(sorted(enrolments[key], key=lambda k: (k.record.effective_from, k.said_at, k.id))),
            agreed=agreed(enrolments[key]),
            stays=_stays(attendances[key], zone),
            absences=_grouped(absences[key], lambda known: known.record.day),
            verifications=tuple(sorted(verifications[key], key=lambda k: (k.record.at, k.id))),
            signatories=tuple(signatories[key]),
            exemptions=tuple(sorted(exemptions[key], key=lambda k: (k.record.first_day, k.id))),
            reconfirmations=tuple(sorted(reconfirmations[key], key=lambda k: (k.record.signed_on, k.id))),
            leaving_notices=tuple(sorted(notices[key], key=lambda k: (k.record.given_on, k.id))),
            make_up_days=tuple(sorted(make_up_days[key], key=lambda k: (k.record.missed_day, k.id))),
            notes=tuple(sorted(notes[key], key=lambda k: (k.record.day, k.id))),
            alterations=tuple(altered[key]),
            vanished=tuple(gone[key]),
            dayless=tuple(known for known in attendances[key] if day_of(known.record, zone) is None),
            other_numbers=numbers.get(key, ())[1:],
            replaced_numbers=frozenset(replaced[key]),
        )
        for key in sorted(keys)
    )


_OfChild = TypeVar(
    "_OfChild",
    Attendance,
    Absence,
    Verification,
    AuthorisedSignatory,
    Exemption,
    Reconfirmation,
    LeavingNotice,
    MakeUpDay,
    StudentNumber,
)


def _of_child(histories: _Histories, model: type[_OfChild]) -> "defaultdict[ChildKey, list[Known[_OfChild]]]":
    found: defaultdict[ChildKey, list[Known[_OfChild]]] = defaultdict(list)
    for known in histories.of(model):
        found[histories.child(known, known.record.child)].append(known)
    return found


def _replaced(histories: _Histories) -> defaultdict[ChildKey, set[str]]:
    """By child, the numbers that any version of any record says it takes the place of."""
    found: defaultdict[ChildKey, set[str]] = defaultdict(set)
    of_numbers = (history for history in histories.histories if history[0].stream == StudentNumber.stream)
    for version in chain.from_iterable(of_numbers):
        if isinstance(version.record, StudentNumber) and version.record.replaces is not None:
            found[histories.child(version, version.record.child)].add(version.record.replaces)
    return found


def _notes(histories: _Histories) -> "defaultdict[ChildKey, list[Known[Note]]]":
    found: defaultdict[ChildKey, list[Known[Note]]] = defaultdict(list)
    for known in histories.of(Note):
        if known.record.child is not None:
            found[histories.child(known, known.record.child)].append(known)
    return found


def _enrolments(histories: _Histories) -> "defaultdict[ChildKey, list[Known[Enrolment]]]":
    found: defaultdict[ChildKey, list[Known[Enrolment]]] = defaultdict(list)
    for history in histories.histories:
        if isinstance(history[-1].record, Enrolment):
            for known in agreement_versions(history):
                found[histories.child(known, known.record.child)].append(known)
    return found


def _child_of(histories: _Histories, history: list[Version]) -> ChildKey | None:
    version = next((version for version in reversed(history) if version.record is not None), None)
    if version is None:
        return None
    record = version.record
    if isinstance(record, Child):
        return histories.child(version, record.key)
    child = getattr(record, "child", None)
    return histories.child(version, child) if child is not None else None


def _stays(attendances: Iterable[Known[Attendance]], zone: str) -> Mapping[date, tuple[Stay, ...]]:
    found: defaultdict[date, list[Stay]] = defaultdict(list)
    for known in attendances:
        day = day_of(known.record, zone)
        if day is None:
            continue
        arrives = minute_on(known.record.arrived, day, zone)
        departs = minute_on(known.record.departed, day, zone)
        found[day].append(Stay(known, day, arrives, departs))
    return MappingProxyType(
        {day: tuple(sorted(found[day], key=lambda s: (s.arrives or 0, s.departs or 0, s.known.id))) for day in sorted(found)}
    )


K = TypeVar("K", bound="date | RecordKey | PersonKey")


def _grouped(known: Iterable[Known[R]], by: Callable[[Known[R]], K]) -> Mapping[K, tuple[Known[R], ...]]:
    found: defaultdict[K, list[Known[R]]] = defaultdict(list)
    for one in known:
        found[by(one)].append(one)
    return MappingProxyType({key: tuple(found[key]) for key in sorted(found)})
