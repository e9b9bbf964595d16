"""Finds a quarantined row in its kept answer: the place as a person counts it, and the row itself."""

import io
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import orjson

from ecegateway.contract import Answer, ReadFile
from ecegateway.evidence.record import QuarantineEntry
from ecegateway.evidence.store import Evidence
from ecegateway.transport.records import is_blank, records

_CSV = "text/csv"


def place(answer: Answer, row: int) -> str:
    """Where a row stands: ``line 7`` of a file, as a spreadsheet numbers it with the header as line 1, or ``item 7``.

    As in a spreadsheet, a row with line ends inside its quotes is one line. Blank lines are not counted.
    """
    if not isinstance(answer.ask, ReadFile):
        return f"item {row}"
    return f"line {row + _headers(answer)}"


def places_of(evidence: Evidence, entries: Sequence[QuarantineEntry]) -> dict[int, str]:
    """The place of each row by the entry's id; each answer is read once, and only one is held at a time."""
    places: dict[int, str] = {}
    for receipt, group in groupby(sorted(entries, key=lambda entry: entry.receipt), key=lambda entry: entry.receipt):
        answer = evidence.kept(receipt).answer
        places.update({entry.id: place(answer, entry.what.row) for entry in group})
    return places


def excerpt(answer: Answer, row: int) -> str | None:
    """The row alone, below the header if the file has one; ``None`` where it cannot be told apart."""
    wanted = row - answer.first_row
    if wanted < 0:
        return None
    if isinstance(answer.ask, ReadFile):
        return _of_file(answer, wanted)
    try:
        items = _longest_list(orjson.loads(answer.body))
    except orjson.JSONDecodeError:
        return None
    return orjson.dumps(items[wanted], option=orjson.OPT_INDENT_2).decode() if wanted < len(items) else None


def _headers(answer: Answer) -> int:
    return int(isinstance(answer.ask, ReadFile) and answer.ask.header and answer.media_type == _CSV)


def _of_file(answer: Answer, wanted: int) -> str | None:
    headers = _headers(answer)
    quoting = records(io.BytesIO(answer.body), "csv" if answer.media_type == _CSV else "lines", len(answer.body) + 1)
    found = [record for record in quoting if not is_blank(record)]
    if headers + wanted >= len(found):
        return None
    shown = b"".join([*(one.rstrip(b"\r\n") + b"\n" for one in found[:headers]), found[headers + wanted].rstrip(b"\r\n")])
    return shown.decode("utf-8", errors="backslashreplace").removeprefix("\ufeff")


def _longest_list(value: Any) -> list[Any]:
    """The list of items: the body itself, or the longest list the body's object holds."""
    if isinstance(value, list):
        return value
    held = [one for one in value.values() if isinstance(one, list)] if isinstance(value, dict) else []
    return max(held, key=len, default=[])
