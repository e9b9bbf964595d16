"""The records as tables: for each stream one, a row for each version of each record, every field in a column of its own."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ecegateway.evidence.record import State, Version
from ecegateway.export.words import instant_text
from ecegateway.facts.names import person_name
from ecegateway.facts.types import ServiceFacts
from ecegateway.inspection.bearing import History
from ecegateway.inspection.table import Table
from ecegateway.inspection.words import cell, heading
from ecegateway.model.ids import PersonKey
from ecegateway.model.record import Record
from ecegateway.model.streams import STREAMS

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "service": "Licence and sessions",
        "closure": "Closures",
        "operating_day": "Days open and closed",
        "person": "People: staff, guardians, administrators",
        "signature_means": "Electronic signatures",
        "child": "Children",
        "student_number": "National Student Numbers and documents sighted",
        "authorised_signatory": "Who may sign for a child",
        "enrolment": "Enrolment agreements",
        "attendance": "Attendance",
        "absence": "Absences",
        "verification": "Parents' verifications",
        "reconfirmation": "Reconfirmations of agreements",
        "exemption": "Exemptions (EC12, EC13)",
        "leaving_notice": "Notices of leaving",
        "make_up_day": "Make-up days",
        "staff_shift": "Staff hours",
        "register_marking": "Register marked by staff",
        "note": "Notes",
    }
)
"""Streams in the order they are shown, each with its title."""

_STATES = MappingProxyType(
    {State.PRESENT: "", State.DELETED: "taken out by the source", State.MISSING: "gone from the latest file"}
)
_NOTE = "A row for each version, the oldest of a record first. What a source did not say is empty; instants are in UTC."
_BEFORE = ("Source", "Record", "Version", "State")
_AFTER = ("Recorded at", "Changed by", "Changed at", "Why changed", "Received at", "Evidence")
_ROOT = frozenset(Record.model_fields)


def record_tables(
    records: Mapping[str, Sequence[History]], facts: ServiceFacts, child_names: Mapping[str, str]
) -> tuple[Table, ...]:
    """A table for each stream of which anything is on record."""
    return tuple(
        _table(stream, title, records[stream], _Names(facts, child_names))
        for stream, title in TITLES.items()
        if stream in records
    )


def file_name(stream: str) -> str:
    """The name of a stream's table: ``staff_shift`` is ``staff-shift``."""
    return stream.replace("_", "-")


class _Names:
    """Keys with the names they stand for."""

    def __init__(self, facts: ServiceFacts, child_names: Mapping[str, str]) -> None:
        self._facts = facts
        self._children = child_names

    def of(self, version: Version, field: str, key: str) -> str:
        if field == "child":
            name = self._children.get(f"{version.key_space}:{key}", key)
        else:
            name = person_name(self._facts, PersonKey(key), version.source)
        return key if name == key else f"{name} ({key})"


def _table(stream: str, title: str, histories: Sequence[History], names: _Names) -> Table:
    fields = tuple(name for name in STREAMS[stream].model_fields if name not in _ROOT)
    rows = tuple(_row(version, fields, names) for history in histories for version in history)
    return Table(file_name(stream), title, _NOTE, (*_BEFORE, *map(heading, fields), *_AFTER), rows)


def _row(version: Version, fields: Sequence[str], names: _Names) -> tuple[str, ...]:
    return (
        version.source,
        version.key,
        str(version.version),
        _STATES[version.state],
        *_cells(version, fields, names),
        *_told(version, names),
        instant_text(version.received_at),
        version.id,
    )


def _cells(version: Version, fields: Sequence[str], names: _Names) -> Iterator[str]:
    def named(field: str, key: str) -> str:
        return names.of(version, field, key)

    for field in fields:
        value: Any = getattr(version.record, field, None)
        yield cell(field, value, named)


def _told(version: Version, names: _Names) -> tuple[str, str, str, str]:
    """What the source says of when the version was recorded, and by whom, when and why it was changed."""
    record = version.record
    if record is None:
        return "", "", "", ""
    recorded = "" if record.recorded_at is None else instant_text(record.recorded_at)
    if record.change is None:
        return recorded, "", "", ""
    by, at, why = record.change.by, record.change.at, record.change.why
    return (
        recorded,
        "" if by is None else names.of(version, "by", by),
        "" if at is None else instant_text(at),
        why or "",
    )
