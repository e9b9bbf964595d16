"""The demo's files as bytes: EnrolNow's weekly drops, and the folders of what each office keeps on paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from ecegateway.demo.kotuku_defects import POISON_NOTE, POISON_SHIFT
from ecegateway.model.record import Record
from ecegateway.testing.folder import write_csv
from ecegateway_source_enrolnow.testing import write_drop

SERVICE_APPROVAL: Final = "SE-00020517"
"""EnrolNow's own number of the kindergarten."""

_THE_31ST_OF_FEBRUARY: Final = b",2026-02-31,"
_NUL: Final = b"\0"

Files = Mapping[str, bytes]
"""File names and their bytes."""

Records = tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of paper records as it stood twice, at the first pull and at the second, and the files that show it."""

    records: tuple[Records, Records]
    files: tuple[Files, Files]


def drop(records: Iterable[Record], through: date) -> Files:
    """The four files of the week that ends on a Sunday, each from 1 January on."""
    return MappingProxyType(write_drop(records, service_id=SERVICE_APPROVAL, through=through))


def filed_before(records: Records, at: datetime) -> Records:
    """The records that were filed before an instant; each says when it was."""
    return tuple(record for record in records if record.recorded_at is not None and record.recorded_at < at)


def folder(first: Records, later: Records) -> Folder:
    """The folder that holds some records at first, and others later."""
    return Folder((first, later), (paper_files(first), paper_files(later)))


def paper_files(records: Records) -> Files:
    """One CSV file for each stream, and in two of the kindergarten's a row that must not be believed."""
    streams: dict[str, list[Record]] = {}
    for record in records:
        streams.setdefault(record.stream, []).append(record)
    return MappingProxyType({f"{stream}.csv": _poisoned(write_csv(stream, found), found) for stream, found in streams.items()})


def _poisoned(body: bytes, records: Iterable[Record]) -> bytes:
    keys = {record.key for record in records}
    if POISON_SHIFT in keys:
        return _line_changed(body, POISON_SHIFT.encode(), b",2026-02-02,", _THE_31ST_OF_FEBRUARY)
    if POISON_NOTE in keys:
        return _line_changed(body, POISON_NOTE.encode(), b"nurse.", b"nurse." + _NUL)
    return body


def _line_changed(body: bytes, key: bytes, old: bytes, new: bytes) -> bytes:
    lines = body.splitlines(keepends=True)
    changed = [line.replace(old, new) if key in line else line for line in lines]
    assert changed != lines, f"the row {key.decode()} has no {old.decode()} to spoil"
    return b"".join(changed)
