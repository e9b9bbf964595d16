"""Tells the simulated vendor how to misbehave, where, and how often."""

import threading
from dataclasses import replace
from typing import TypedDict, Unpack

from ecegateway.testing import vendor_faults as faults
from ecegateway.testing.vendor_faults import Call, Fault, Reply
from ecegateway.testing.vendor_shelf import Listing


class Place(TypedDict, total=False):
    """Where and how often: what is left out means anywhere; ``times`` is once, and ``None`` for ever."""

    service: str | None
    collection: str | None
    page: int | None
    times: int | None


class Mischief:
    """The faults in force. Every method gives the :class:`Fault`, whose ``happened`` counts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._last: dict[tuple[str, str], Listing] = {}

    def repeat_page(self, **place: Unpack[Place]) -> Fault:
        """The page before comes once more, byte for byte, in place of this one (by default of the second)."""
        return self._add(Fault("repeat_page", **_second_page(place)))

    def loop_cursor(self, **place: Unpack[Place]) -> Fault:
        """The next page is the first again (by default behind the second, for ever)."""
        everywhen: Place = {"times": None, **place}
        return self._add(Fault("loop_cursor", bend_listing=faults.loop_cursor, **_second_page(everywhen)))

    def empty_page_in_the_middle(self, **place: Unpack[Place]) -> Fault:
        """A page without items that is not the last (by default the second)."""
        return self._add(Fault("empty_page_in_the_middle", bend_listing=faults.empty_page, **_second_page(place)))

    def wrong_region(self, **place: Unpack[Place]) -> Fault:
        """Everything is empty, and nothing is an error; until :meth:`behave`."""
        everywhen: Place = {"times": None, **place}
        return self._add(Fault("wrong_region", bend_listing=faults.nothing_here, **everywhen))

    def wrong_count(self, **place: Unpack[Place]) -> Fault:
        """A page lacks its last item, though its count includes it."""
        return self._add(Fault("wrong_count", bend_listing=faults.one_short, **place))

    def null_id(self, **place: Unpack[Place]) -> Fault:
        """The first item's id is null."""
        return self._add(Fault("null_id", bend_listing=faults.null_id, **place))

    def duplicate_keys(self, **place: Unpack[Place]) -> Fault:
        """The first item names its id twice, differently."""
        return self._add(Fault("duplicate_keys", bend_listing=faults.duplicate_keys, **place))

    def extra_field(self, **place: Unpack[Place]) -> Fault:
        """Every item has a field nobody was told about."""
        return self._add(Fault("extra_field", bend_listing=faults.extra_field, **place))

    def cut_body(self, after_bytes: int, *, declare_length: bool = True, **place: Unpack[Place]) -> Fault:
        """The connection closes inside the body; without a declared length, nobody can tell from the transport."""
        return self._add(
            Fault(
                "cut_body",
                bend_reply=lambda reply: replace(reply, cut_after=after_bytes, declare_length=declare_length),
                **place,
            )
        )

    def slow_drip(self, bytes_per_second: int, **place: Unpack[Place]) -> Fault:
        """The body comes a few bytes at a time."""
        return self._add(
            Fault("slow_drip", bend_reply=lambda reply: replace(reply, bytes_per_second=bytes_per_second), **place)
        )

    def drop_connection(self, **place: Unpack[Place]) -> Fault:
        """The connection closes before a word was said."""
        return self._add(Fault("drop_connection", bend_reply=lambda reply: replace(reply, drop=True), **place))

    def html_login_page(self, **place: Unpack[Place]) -> Fault:
        """A sign-in page comes, with status 200."""
        return self._add(Fault("html_login_page", bend_reply=faults.html_login_page, **place))

    def too_many_requests(self, *, retry_after: str | None = "1", **place: Unpack[Place]) -> Fault:
        """Status 429, with ``Retry-After`` as given (seconds, a date, or nonsense)."""
        return self._add(Fault("too_many_requests", bend_reply=faults.refusal(429, retry_after), **place))

    def server_errors(self, *, status: int = 503, retry_after: str | None = None, **place: Unpack[Place]) -> Fault:
        """A status of the 500s."""
        return self._add(Fault("server_errors", bend_reply=faults.refusal(status, retry_after), **place))

    def redirect_off_host(self, location: str = "http://elsewhere.invalid/v1/", **place: Unpack[Place]) -> Fault:
        """A redirect to another host."""
        return self._add(Fault("redirect_off_host", bend_reply=faults.redirect(location), **place))

    def gzip_bomb(self, inflated_bytes: int = 268_435_456, **place: Unpack[Place]) -> Fault:
        """A small body that inflates to ``inflated_bytes``."""
        return self._add(Fault("gzip_bomb", bend_reply=faults.gzip_bomb(inflated_bytes), **place))

    def behave(self) -> None:
        """End every fault."""
        with self._lock:
            self._faults.clear()

    def _add(self, fault: Fault) -> Fault:
        with self._lock:
            self._faults.append(fault)
        return fault

    def bent(self, call: Call, listing: Listing) -> Reply:
        """The reply to a call, bent by the faults that are due; one that spoils the reply spares those of the content."""
        with self._lock:
            due = [fault for fault in self._faults if fault.strikes(call)]
            spoiling = next((fault for fault in due if fault.bend_reply), None)
            happening = [spoiling] if spoiling else due
            for fault in happening:
                fault.happened += 1
                if fault.name == "repeat_page":
                    listing = self._last.get((call.service, call.collection), listing)
                if fault.bend_listing:
                    listing = fault.bend_listing(listing)
            self._last[call.service, call.collection] = listing
        reply = Reply(200, listing.render())
        return spoiling.bend_reply(reply) if spoiling and spoiling.bend_reply else reply


def _second_page(place: Place) -> Place:
    with_default: Place = {"page": 2, **place}
    return with_default
