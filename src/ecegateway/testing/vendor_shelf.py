"""What the simulated vendor holds: items by service and collection, listed in the order they last changed."""

import base64
import json
import threading
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

import orjson

from ecegateway.model.record import Record
from ecegateway.testing.vendor_payloads import to_item, without_trace

PROFILES = "services"
DELETIONS = "deletions"

COLLECTION_OF: Mapping[str, str] = MappingProxyType(
    {
        "service": PROFILES,
        "person": "people",
        "signature_means": "signature-means",
        "child": "children",
        "student_number": "student-numbers",
        "authorised_signatory": "signatories",
        "enrolment": "agreements",
        "attendance": "attendances",
        "absence": "absences",
        "verification": "verifications",
        "closure": "closures",
        "staff_shift": "shifts",
        "note": "notes",
    }
)
"""The collection that holds each canonical stream."""

_TYPES = {
    "person": "person",
    "signature_means": "signature-means",
    "child": "child",
    "student_number": "student-number",
    "authorised_signatory": "signatory",
    "enrolment": "agreement",
    "attendance": "attendance",
    "absence": "absence",
    "verification": "verification",
    "closure": "closure",
    "staff_shift": "shift",
    "note": "note",
}

Position = tuple[str, int]
"""When an item last changed, and its turn among all changes: listings ascend by it."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """What Kōwhai's opaque cursor holds: the listing it belongs to, the last position given, and the page's number."""

    as_of: str
    after: Position | None
    page: int

    def to_text(self) -> str:
        """Opaque to clients."""
        return base64.urlsafe_b64encode(json.dumps([self.as_of, self.after, self.page]).encode()).decode()

    @classmethod
    def from_text(cls, text: str) -> "Cursor":
        """The cursor a client sent back.

        Raises:
            ValueError: it is none of ours.
        """
        as_of, after, page = json.loads(base64.urlsafe_b64decode(text))
        return cls(as_of, (after[0], after[1]) if after else None, page)


@dataclass(frozen=True, slots=True)
class Listing:
    """One page before it becomes bytes: rendered items, the count the vendor will state, and what comes next."""

    items: tuple[bytes, ...]
    count: int
    next: Cursor | None
    as_of: str
    asked: Cursor

    def render(self) -> bytes:
        """The JSON of the page."""
        rest = {"count": self.count, "next_cursor": self.next and self.next.to_text(), "as_of": self.as_of}
        return b'{"data":[' + b",".join(self.items) + b"]," + orjson.dumps(rest)[1:]


class _Rows:
    """The items of one collection of one service, by key and by position."""

    def __init__(self) -> None:
        self._positions: dict[str, Position] = {}
        self._items: dict[str, bytes] = {}
        self._order: list[tuple[Position, str]] | None = None

    def put(self, key: str, position: Position, item: bytes) -> None:
        """Hold an item, in place of an earlier one with its key."""
        self._positions[key] = position
        self._items[key] = item
        self._order = None

    def take(self, key: str) -> bool:
        """Stop holding an item; whether there was one."""
        self._order = None
        self._positions.pop(key, None)
        return self._items.pop(key, None) is not None

    def listing(self, since: str | None, asked: Cursor, limit: int) -> Listing:
        """One page of what changed at or after ``since``, behind the cursor."""
        if self._order is None:
            self._order = sorted((position, key) for key, position in self._positions.items())
        order = self._order
        start = bisect_left(order, ((since, 0), "")) if since else 0
        if asked.after is not None:
            start = max(start, bisect_left(order, ((asked.after[0], asked.after[1] + 1), "")))
        page = order[start : start + limit]
        following = Cursor(asked.as_of, page[-1][0], asked.page + 1) if start + limit < len(order) else None
        return Listing(tuple(self._items[key] for _, key in page), len(page), following, asked.as_of, asked)


class Shelf:
    """Everything the vendor holds. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: dict[tuple[str, str], _Rows] = {}
        self._turn = 0
        self._now = stamp(datetime.min.replace(tzinfo=UTC))

    def put(self, records: Iterable[Record], at: datetime, *, silently: bool = False) -> None:
        """Hold records as changed at a moment; ``silently`` leaves no word of who altered them.

        Raises:
            ValueError: Kōwhai cannot carry one of them.
        """
        with self._lock:
            moment = self._moment(at)
            for record in records:
                item = without_trace(to_item(record)) if silently else to_item(record)
                rendered = orjson.dumps({**item, "updatedAt": moment})
                self._collection(record).put(record.key, (moment, self._next_turn()), rendered)
                self._deletions(record).take(_name(record))
            self._tick(moment)

    def put_raw(self, service: str, stream: str, item: Mapping[str, Any], at: datetime) -> None:
        """Hold an item in the vendor's own words, as changed at a moment."""
        with self._lock:
            moment = self._moment(at)
            rows = self._rows.setdefault((service, COLLECTION_OF[stream]), _Rows())
            rows.put(str(item["id"]), (moment, self._next_turn()), orjson.dumps({**item, "updatedAt": moment}))
            self._tick(moment)

    def delete(self, record: Record, at: datetime, *, named: bool) -> None:
        """Stop holding a record; the deletion is listed, with the record's key only if ``named``.

        Raises:
            KeyError: the record is not held, or is of a kind Kōwhai never deletes.
        """
        with self._lock:
            kind = _TYPES[record.stream]
            if not self._collection(record).take(record.key):
                raise KeyError(_name(record))
            moment, turn = self._moment(at), self._next_turn()
            key = record.key if named else None
            item = {"type": kind, "id": key, "serverId": f"srv-{turn}", "deletedAt": moment}
            self._deletions(record).put(_name(record), (moment, turn), orjson.dumps(item))
            self._tick(moment)

    def page(self, service: str, collection: str, since: str | None, cursor: Cursor | None, limit: int) -> Listing:
        """One page of a collection; a service without any gives an empty one."""
        with self._lock:
            rows = self._rows.get((service, collection)) or _Rows()
            return rows.listing(since, cursor or Cursor(self._now, None, 1), limit)

    def holds(self, service: str) -> bool:
        """Whether anything of the service was ever held."""
        with self._lock:
            return any(number == service for number, _ in self._rows)

    def _moment(self, at: datetime) -> str:
        """The vendor's clock never stands before what it has said already, or changes would hide behind an ``as_of``."""
        return max(self._now, stamp(at))

    def _tick(self, moment: str) -> None:
        self._now = stamp(datetime.fromisoformat(moment) + timedelta(milliseconds=1))

    def _next_turn(self) -> int:
        self._turn += 1
        return self._turn

    def _collection(self, record: Record) -> _Rows:
        return self._rows.setdefault((record.service, COLLECTION_OF[record.stream]), _Rows())

    def _deletions(self, record: Record) -> _Rows:
        return self._rows.setdefault((record.service, DELETIONS), _Rows())


def stamp(moment: datetime) -> str:
    """A moment in UTC with all its digits, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _name(record: Record) -> str:
    return f"{record.stream}/{record.key}"
