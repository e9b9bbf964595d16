"""Every change on record as a table: what was changed, by whom, when and why, what it was before and what it is now."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from ecegateway.export.words import instant_text
from ecegateway.facts.names import person_name
from ecegateway.facts.types import Alteration, ServiceFacts, Vanished
from ecegateway.inspection.record_tables import TITLES
from ecegateway.inspection.table import Table
from ecegateway.inspection.words import cell, heading
from ecegateway.model.child import Child
from ecegateway.model.ids import EvidenceId, PersonKey, SourceName
from ecegateway.model.period import DateRange
from ecegateway.model.record import Record

_COLUMNS = (
    "Record of",
    "What happened",
    "Child",
    "Days",
    "Fields",
    "It was",
    "It is",
    "By",
    "Changed at",
    "Why",
    "Known since",
    "Evidence before",
    "Evidence after",
)
_NOTE = (
    "A row for each change of a record that bears on the period, however it came about. Where nobody said who changed it or "
    "why, the cell is empty, and that is the record's gap. Instants are in UTC."
)


def changes(facts: ServiceFacts, records: Mapping[EvidenceId, Record], days: DateRange, names: Mapping[str, str]) -> Table:
    """The table of changes; ``records`` are those shown, by version."""
    altered = chain(facts.alterations, *(child.alterations for child in facts.children))
    gone = chain(facts.vanished, *(child.vanished for child in facts.children))
    told = _Told(facts, names)
    rows = [
        *_altered((one for one in altered if one.after in records and _on(one, days)), records, told),
        *_gone((one for one in gone if one.last_seen in records), told),
    ]
    return Table("changes", "Changes", _NOTE, _COLUMNS, tuple(sorted(rows, key=lambda row: (row[10], row[12], row[11]))))


def _on(one: Alteration, days: DateRange) -> bool:
    return not one.days or any(day in days for day in one.days)


class _Told:
    """Names for keys, as a table needs them."""

    def __init__(self, facts: ServiceFacts, names: Mapping[str, str]) -> None:
        self._facts = facts
        self._names = names

    def child(self, record: Record, source: SourceName) -> str:
        key = getattr(record, "child", record.key if isinstance(record, Child) else None)
        return "" if key is None else self._names.get(f"{self._facts.key_spaces[source]}:{key}", key)

    def person(self, key: PersonKey, source: SourceName) -> str:
        return person_name(self._facts, key, source)


def _altered(found: Iterable[Alteration], records: Mapping[EvidenceId, Record], told: _Told) -> Iterator[tuple[str, ...]]:
    for one in found:
        now, said = records[one.after], one.statement
        yield (
            TITLES[one.stream],
            "changed" if one.was is not None else "changed before it was first seen",
            told.child(now, one.source),
            _days(one),
            ", ".join(map(heading, one.fields)),
            "" if one.was is None else _fields(one.was, one.fields),
            _fields(now, one.fields),
            "" if said is None or said.by is None else told.person(said.by, one.source),
            "" if said is None or said.at is None else instant_text(said.at),
            "" if said is None else said.why or "",
            instant_text(one.seen_at),
            one.before or "",
            one.after,
        )


def _gone(found: Iterable[Vanished], told: _Told) -> Iterator[tuple[str, ...]]:
    for one in found:
        what = "taken out by the source" if one.deleted else "gone from the latest file, nobody says why"
        was = _fields(one.record, [name for name in type(one.record).model_fields if name not in Record.model_fields])
        title = TITLES[type(one.record).stream]
        yield title, what, told.child(one.record, one.source), "", "", was, "", "", "", "", "", one.last_seen, ""


def _fields(record: Record, fields: Iterable[str]) -> str:
    said = ((field, cell(field, getattr(record, field), lambda _, key: key)) for field in fields)
    return "; ".join(f"{heading(field)}: {value or 'nothing'}" for field, value in said)


def _days(one: Alteration) -> str:
    if not one.days:
        return ""
    first, last = one.days[0].isoformat(), one.days[-1].isoformat()
    return first if first == last else f"{first} to {last}"
