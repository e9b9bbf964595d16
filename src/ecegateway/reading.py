"""Lenient readers that sources share: JSON and CSV bytes in, plain values out, faults told apart from neighbours.

Offered to plugin authors; used by the built-in sources too.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from ecegateway.errors import IntakeError

MAX_JSON_DEPTH = 64


class PoisonedObject(dict[str, Any]):
    """A JSON object that must not be believed: it names a key twice, or holds a number that is none."""

    poison: str = ""


def read_json(body: bytes) -> Any:
    """The value of a JSON body. Objects with duplicate keys or impossible numbers come back as :class:`PoisonedObject`.

    The fast reader silently keeps the last of two equal keys. It is trusted when what it returned, written again, gives the
    very same bytes, or when the count of key marks in the bytes equals the count of keys it returned; otherwise the slow
    reader decides, object by object.

    Raises:
        IntakeError: the bytes are not JSON, are cut short, or nest deeper than 64.
    """
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        return _read_json_slowly(body)
    keys = _count_keys(value)
    if _comes_back(value, body):
        return value
    if body.count(b'":') == keys and not any(mark in body for mark in _MISLEADING):
        return value
    return _read_json_slowly(body)


def _comes_back(value: Any, body: bytes) -> bool:
    """Whether writing the value gives the very body: then no key was lost."""
    return orjson.dumps(value) == body


_MISLEADING = (b"\t", b"\n", b"\r", b'" ', b"\\u0022")
"""Bytes by which a key mark may escape the count, or a text be taken for one; blank lines stand between values only."""
_HOLDERS = frozenset({dict, list, PoisonedObject})


def _count_keys(value: Any) -> int:
    """The keys of all objects within, counted level by level."""
    keys = 0
    level: list[Any] = [value] if isinstance(value, dict | list) else []
    for _ in range(MAX_JSON_DEPTH):
        deeper: list[Any] = []
        for holder in level:
            values: Iterable[Any] = holder
            if isinstance(holder, dict):
                keys += len(holder)
                values = holder.values()
            # Most objects hold plain values only, so their kinds are looked at first, all at once.
            if not _HOLDERS.isdisjoint(map(type, values)):
                deeper += [held for held in values if isinstance(held, dict | list)]
        if not deeper:
            return keys
        level = deeper
    raise IntakeError(f"the JSON nests deeper than {MAX_JSON_DEPTH}; ask the vendor why")


def _read_json_slowly(body: bytes) -> Any:
    try:
        value = json.loads(body, object_pairs_hook=_object, parse_constant=_Impossible, parse_float=_number)
    except (ValueError, RecursionError) as error:
        raise IntakeError(f"the bytes are not JSON ({_where(error)}); expected a JSON answer") from error
    _count_keys(value)
    return value


class _Impossible(str):
    """NaN, Infinity, or a number too large to be one."""

    __slots__ = ()


def _number(text: str) -> float | _Impossible:
    number = float(text)
    return number if abs(number) != float("inf") else _Impossible(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    if len(plain) != len(pairs):
        poisoned = PoisonedObject(plain)
        poisoned.poison = "a key stands twice in one object"
        return poisoned
    for value in plain.values():
        if isinstance(value, _Impossible):
            poisoned = PoisonedObject(plain)
            poisoned.poison = "a number is not a number or too large to be one"
            return poisoned
        if isinstance(value, PoisonedObject):
            poisoned = PoisonedObject(plain)
            poisoned.poison = value.poison
            return poisoned
    return plain


def _where(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}"
    return type(error).__name__


def read_csv(body: bytes) -> tuple[tuple[str, ...], list[dict[str, str] | None]]:
    """The column names and rows of a CSV body with a header; cells are stripped of surrounding blanks.

    A row with too few or too many cells, or with a stray quotation mark, comes back as ``None``, in its place, so that row
    numbers hold.

    Raises:
        IntakeError: the bytes are not UTF-8, there is no header, or a quotation mark runs on over several rows.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise IntakeError(f"the file is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    rows = _Rows(text)
    header = tuple(name.strip() for name in next(rows, None) or ())
    if not header:
        raise IntakeError("the file has no header row")
    if len(header) == 1:
        _refuse_other_delimiters(header[0])
    if len(set(header)) != len(header):
        raise IntakeError("the file's header names a column twice")
    return header, [rows.under(header, cells) for cells in rows if cells is None or cells]


class _Rows:
    """The cells of each row; ``None`` for a row that is not CSV. What may have swallowed its neighbours ends the file."""

    def __init__(self, text: str) -> None:
        self._line = ""
        self._lines = 0
        self._rows = csv.reader(self._watched(text), strict=True)

    def __iter__(self) -> Iterator[list[str] | None]:
        return self

    def __next__(self) -> list[str] | None:
        self._lines = self._rows.line_num
        try:
            return next(self._rows)
        except csv.Error as error:
            # An odd quotation mark would have gone on to the next line: where this row ends is then a guess.
            if self._spans_lines() or self._line.count('"') % 2:
                raise IntakeError(f"the file is not CSV ({error}); look for a quotation mark that is never closed") from error
            return None

    def under(self, header: tuple[str, ...], cells: list[str] | None) -> dict[str, str] | None:
        if cells is not None and len(cells) == len(header):
            return {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
        if self._spans_lines():
            raise IntakeError("a row of another width than the header spans lines; look for a stray quotation mark")
        return None

    def _spans_lines(self) -> bool:
        return self._rows.line_num - self._lines > 1

    def _watched(self, text: str) -> Iterator[str]:
        for self._line in io.StringIO(text, newline=""):
            yield self._line


_OTHER_DELIMITERS = {";": "semicolons", "\t": "tabs"}


def _refuse_other_delimiters(heading: str) -> None:
    for delimiter, words in _OTHER_DELIMITERS.items():
        if delimiter in heading:
            raise IntakeError(f"the file parts its cells by {words}, not by commas; save it as CSV with commas")
