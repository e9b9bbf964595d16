"""What a vendor's system shows at a pull: records as they stand, what was deleted, and items that are no records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from ecegateway.model.ids import ServiceNumber
from ecegateway.model.record import Record


class Told(NamedTuple):
    """A record, and the instant at which the vendor's system came to hold it so.

    The instant is not always in the record: a record rewritten in silence keeps its old times.
    """

    at: datetime
    record: Record


@dataclass(frozen=True, slots=True)
class Gone:
    """A deletion the vendor reports: by the record's key, or, not ``named``, only by the server's own id."""

    at: datetime
    record: Record
    named: bool


@dataclass(frozen=True, slots=True)
class RawItem:
    """An item of a stream in the vendor's own words that no canonical record could produce."""

    at: datetime
    service: ServiceNumber
    stream: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Learned:
    """What the vendor learned in one stretch of time, oldest first.

    ``told`` has new records and new versions of old ones, which replace those with their stream and key.
    """

    told: tuple[Told, ...]
    gone: tuple[Gone, ...] = ()
    raw: tuple[RawItem, ...] = ()

    @property
    def records(self) -> tuple[Record, ...]:
        """The records without their instants."""
        return tuple(record for _, record in self.told)


@dataclass(frozen=True, slots=True)
class VendorLife:
    """All a vendor knows by the first pull, and what it learned between the first and the second."""

    first: Learned
    later: Learned
