"""Which request comes next. No I/O: a place in a listing in, a request out.

A listing is asked page by page with Kōwhai's own cursor. Its last page gives way to the next listing, which asks for what
changed since ``as_of``, the moment this one was begun. Equality counts as "since", so nothing falls between two listings;
what comes twice is equal by digest and stored once.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ecegateway.contract import Feed, HttpGet
from ecegateway.errors import SourceFatalError
from ecegateway_source_reference.payloads import Listing

PROFILE = "profile"
DELETIONS = "deletions"

STREAM_OF: Mapping[str, str] = MappingProxyType(
    {
        "people": "person",
        "signature-means": "signature_means",
        "children": "child",
        "student-numbers": "student_number",
        "signatories": "authorised_signatory",
        "agreements": "enrolment",
        "attendances": "attendance",
        "absences": "absence",
        "verifications": "verification",
        "closures": "closure",
        "shifts": "staff_shift",
        "notes": "note",
    }
)
"""Kōwhai's collections, in the order they are pulled, and the stream each gives."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go on: in the listing of changes since ``since`` (all, if none), at Kōwhai's cursor ``next`` (its start)."""

    since: str | None = None
    next: str | None = None

    def to_cursor(self) -> str:
        """As the text the host keeps for us."""
        return json.dumps({"since": self.since, "next": self.next}, separators=(",", ":"))

    @classmethod
    def from_cursor(cls, cursor: str | None) -> "Place":
        """The place a kept text stands for; the beginning without one.

        Raises:
            SourceFatalError: the text is not one of ours.
        """
        if cursor is None:
            return cls()
        try:
            kept = json.loads(cursor)
            return cls(since=kept["since"], next=kept["next"])
        except (ValueError, TypeError, KeyError) as error:
            raise SourceFatalError("the stored cursor is not one of this plugin's; pull the feed from the start") from error


def ask(feed: Feed, place: Place, page_size: int) -> HttpGet:
    """The request for the page at a place of a feed."""
    if feed.name == PROFILE:
        return HttpGet("/v1/services", (("number", feed.service),))
    params = [("limit", str(page_size))]
    if place.since is not None:
        params.append(("updated_since", place.since))
    if place.next is not None:
        params.append(("cursor", place.next))
    return HttpGet(f"/v1/services/{feed.service}/{feed.name}", tuple(params))


def place_after(asked: Mapping[str, str], listing: Listing) -> Place:
    """The place behind a page, from the parameters it was asked with and what came back.

    A listing that is empty from its first page moves nothing: the wrong regional host also answers so, and the changes
    made meanwhile on the right one must not be skipped.
    """
    since = asked.get("updated_since")
    if listing.next_cursor is not None:
        return Place(since, listing.next_cursor)
    if not listing.items and "cursor" not in asked:
        return Place(since)
    return Place(listing.as_of)
