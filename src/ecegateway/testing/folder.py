"""Writes canonical records as the files that the ``folder`` source reads: for demos, tests and migrations."""

import csv
import io
import json
from collections.abc import Iterable

from ecegateway.builtin.folder_columns import columns_of
from ecegateway.builtin.folder_rows import read_csv_rows, read_line_rows
from ecegateway.contract import Draft
from ecegateway.model.record import Record
from ecegateway.model.streams import STREAMS


def write_csv(stream: str, records: Iterable[Record]) -> bytes:
    """The stream's CSV file, with the columns that any of the records fills; records as they come.

    Raises:
        ValueError: a record is of another stream, or holds a value that CSV cannot carry (blanks at the ends of a text, a
            ``;`` inside a listed text, a list that must be there but is empty); the message names the record's place.
    """
    kept = tuple(records)
    filled = [_cells(stream, record) for record in kept]
    names = [c.name for c in columns_of(stream) if c.needed or any(c.name in cells for cells in filled)]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names, restval="")
    writer.writeheader()
    writer.writerows(filled)
    return _proven(stream, kept, text.getvalue().encode(), ".csv")


def write_jsonl(stream: str, records: Iterable[Record]) -> bytes:
    """The stream's JSON Lines file; records as they come, fields not given left out.

    Raises:
        ValueError: a record is of another stream.
    """
    kept = tuple(records)
    given = (_checked(stream, record).model_dump(mode="json", exclude_none=True) for record in kept)
    lines = (json.dumps(fields, ensure_ascii=False, separators=(",", ":")) for fields in given)
    return _proven(stream, kept, "".join(f"{line}\n" for line in lines).encode(), ".jsonl")


def _checked(stream: str, record: Record) -> Record:
    if record.stream != stream:
        raise ValueError(f"a record of stream {record.stream!r} does not belong into the file of {stream!r}")
    return record


def _cells(stream: str, record: Record) -> dict[str, str]:
    fields = _checked(stream, record).model_dump(mode="json")
    values = ((column, column.of(fields)) for column in columns_of(stream))
    return {column.name: column.form.write(value) for column, value in values if value is not None and value != []}


def _proven(stream: str, records: tuple[Record, ...], body: bytes, suffix: str) -> bytes:
    """The bytes, once the folder source has read the same records from them."""
    if not records:
        return body
    read = read_csv_rows if suffix == ".csv" else read_line_rows
    items = read(stream, body, 1, records[0].service).items
    for place, (record, item) in enumerate(zip(records, items, strict=True), start=1):
        if not isinstance(item, Draft) or STREAMS[stream].model_validate(item.fields) != record:
            raise ValueError(f"record {place} of {stream} holds a value that {suffix} cannot carry")
    return body
