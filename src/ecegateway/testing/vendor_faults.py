"""The ways the simulated vendor can be told to misbehave. Each fault has a place, a number of times, and one effect."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache

import orjson

from ecegateway.testing.vendor_shelf import Cursor, Listing

_LOGIN_PAGE = (
    b"<!DOCTYPE html><html><head><title>Sign in</title></head>"
    b"<body><h1>Please sign in</h1><form method=post></form></body></html>"
)


@dataclass(frozen=True, slots=True)
class Call:
    """A request for a page of a collection; ``page`` counts from 1 within its listing."""

    service: str
    collection: str
    page: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes over the wire. ``cut_after`` and ``bytes_per_second`` say how badly; ``drop`` closes without a word.

    Nothing goes before ``wait_seconds`` have passed.
    """

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    cut_after: int | None = None
    declare_length: bool = True
    bytes_per_second: int | None = None
    drop: bool = False
    wait_seconds: float = 0


@dataclass(slots=True)
class Fault:
    """One way to misbehave. ``None`` for a place means any; ``times`` counts down, ``None`` means for ever."""

    name: str
    service: str | None = None
    collection: str | None = None
    page: int | None = None
    times: int | None = 1
    bend_listing: Callable[[Listing], Listing] | None = None
    bend_reply: Callable[[Reply], Reply] | None = None
    happened: int = 0

    def strikes(self, call: Call) -> bool:
        """Whether the fault is due at this call."""
        here = (
            self.service in (None, call.service)
            and self.collection in (None, call.collection)
            and self.page in (None, call.page)
        )
        return here and (self.times is None or self.happened < self.times)


def loop_cursor(listing: Listing) -> Listing:
    """The next page is the listing's first, over and over."""
    return replace(listing, next=Cursor(listing.as_of, None, 1))


def empty_page(listing: Listing) -> Listing:
    """No items yet, though more follow."""
    asked = listing.asked
    return replace(listing, items=(), count=0, next=Cursor(listing.as_of, asked.after, asked.page + 1))


def nothing_here(listing: Listing) -> Listing:
    """What a regional host says of a service that lives on another one."""
    return replace(listing, items=(), count=0, next=None)


def one_short(listing: Listing) -> Listing:
    """The stated count is right, but the last item is not there."""
    return replace(listing, items=listing.items[:-1])


def null_id(listing: Listing) -> Listing:
    """The first item has lost its id."""
    return _with_first(listing, lambda item: orjson.dumps({**orjson.loads(item), "id": None}))


def duplicate_keys(listing: Listing) -> Listing:
    """The first item names its id twice, differently."""
    return _with_first(listing, lambda item: b'{"id":"another",' + item[1:])


def extra_field(listing: Listing) -> Listing:
    """Every item has a field nobody was told about."""
    return replace(listing, items=tuple(item[:-1] + b',"loyaltyPoints":7}' for item in listing.items))


def _with_first(listing: Listing, change: Callable[[bytes], bytes]) -> Listing:
    return replace(listing, items=(*map(change, listing.items[:1]), *listing.items[1:]))


def html_login_page(_reply: Reply) -> Reply:
    """A sign-in page, and status 200."""
    return Reply(200, _LOGIN_PAGE, {"Content-Type": "text/html; charset=utf-8"})


def refusal(status: int, retry_after: str | None) -> Callable[[Reply], Reply]:
    """An error status, with the vendor's wish of when to come back."""
    headers = {"Content-Type": "application/json"} | ({"Retry-After": retry_after} if retry_after is not None else {})
    return lambda _reply: Reply(status, b'{"error":"try later"}', headers)


def redirect(location: str) -> Callable[[Reply], Reply]:
    """Go elsewhere."""
    return lambda _reply: Reply(302, b"", {"Location": location})


@cache
def _bomb(inflated_bytes: int) -> bytes:
    packer = zlib.compressobj(level=1, wbits=31)
    blank = b" " * 1_048_576
    parts = [packer.compress(b'{"data":[')]
    parts += [packer.compress(blank) for _ in range(inflated_bytes // len(blank))]
    return b"".join((*parts, packer.compress(b"]}"), packer.flush()))


def gzip_bomb(inflated_bytes: int) -> Callable[[Reply], Reply]:
    """A small body that inflates to a very large one."""
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    return lambda _reply: Reply(200, _bomb(inflated_bytes), headers)
