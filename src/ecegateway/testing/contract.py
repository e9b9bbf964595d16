"""The conformance kit: a vendor subclasses :class:`SourceContract`, points at recorded pages, and runs pytest.

No network, no store. Every check says what is wrong in terms of :mod:`ecegateway.contract`.
"""

import copy
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

from pydantic import ValidationError

from ecegateway.contract import Deletion, Draft, Fact, Feed, Page, Refusal, Source, SourcePlugin
from ecegateway.errors import IntakeError
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.record import Record
from ecegateway.model.streams import STREAMS
from ecegateway.testing.facts import SHOWN_BY
from ecegateway.testing.hostile import CANARY, hostile_bodies, with_repeated_keys
from ecegateway.testing.replay import Exchange, Recording, first_ask, replay, with_body


class SourceContract:
    """What every source promises, as tests.

    A subclass named ``Test…`` sets ``plugin``, ``services`` and ``recorded`` (see :class:`Recording` for the folder), and
    ``settings`` if the plugin needs any. The recorded pages must show every stream and fact the plugin declares.
    """

    plugin: ClassVar[SourcePlugin]
    services: ClassVar[Sequence[str]]
    recorded: ClassVar[Path]
    settings: ClassVar[Mapping[str, Any]] = {}

    def test_description_names_known_streams_and_facts(self) -> None:
        """The description is complete and in the gateway's words."""
        description = self.plugin.description
        for name in ("plugin", "title", "version"):
            assert getattr(description, name), f"the description's {name} is empty"
        assert description.streams, "the description names no stream"
        unknown = set(description.streams - STREAMS.keys())
        assert not unknown, f"unknown streams: {sorted(unknown)}; known: {sorted(STREAMS)}"
        assert description.facts <= set(Fact), "the description names a fact that is no ecegateway.contract.Fact"
        for stream, columns in description.columns.items():
            assert stream in description.streams, f"columns of {stream!r}, a stream the description does not name"
            unknown = {field.partition(".")[0] for field in columns} - STREAMS[stream].model_fields.keys()
            assert not unknown, f"columns of {stream!r} name fields the record does not have: {sorted(unknown)}"

    def test_settings_are_left_as_they_were(self) -> None:
        """Creating a source does not change the settings."""
        before = copy.deepcopy(dict(self.settings))
        self.plugin.create(self.settings)
        assert dict(self.settings) == before, "create() changed the settings it was given"

    def test_feeds_are_well_formed(self) -> None:
        """Feeds have names of their own, and give only declared streams of the services asked for."""
        feeds = self._feeds()
        assert feeds, "there is no feed"
        names = [(feed.service, feed.name) for feed in feeds]
        assert len(set(names)) == len(names), f"two feeds of one service share a name: {sorted(names)}"
        assert {feed.service for feed in feeds} <= set(self.services), "a feed is of a service that was not asked for"
        for feed in feeds:
            assert feed.streams, f"feed {feed.name!r} gives no stream"
            undeclared = feed.streams - self.plugin.description.streams
            assert not undeclared, f"feed {feed.name!r} gives streams the description does not name: {undeclared}"

    def test_every_feed_ends(self) -> None:
        """Each feed asks at least once, asks only what the contract knows, and stops."""
        for feed in self._feeds():
            assert self._replay(feed), f"feed {feed.name!r} asks nothing"

    def test_reading_is_pure(self) -> None:
        """Equal bytes give an equal page, whoever reads them."""
        for feed, exchange in self._exchanges():
            again = self._source().read(feed, exchange.answer)
            assert again == exchange.page, f"{_at(feed, exchange)}: equal bytes gave two different pages"

    def test_items_belong_to_their_feed(self) -> None:
        """A page holds drafts, deletions and refusals of the feed's streams, with their rows."""
        for feed, exchange in self._exchanges():
            for item in exchange.page.items:
                assert isinstance(item, Draft | Deletion | Refusal), f"{_at(feed, exchange)}: {type(item)} is no item"
                assert item.row >= exchange.answer.first_row, f"{_at(feed, exchange)}: row {item.row} is before the first"
                if isinstance(item, Draft | Deletion):
                    assert item.stream in feed.streams, f"{_at(feed, exchange)}: stream {item.stream!r} is not the feed's"

    def test_drafts_are_valid_records(self) -> None:
        """Every draft of a recorded page is a valid record of the feed's service."""
        for feed, exchange in self._exchanges():
            for record in _records(feed, exchange):
                assert record.service == feed.service, f"{_at(feed, exchange)}: a record is of another service"

    def test_recorded_pages_show_every_declared_stream(self) -> None:
        """What is declared is really carried."""
        shown = {item.stream for _, exchange in self._exchanges() for item in exchange.page.items if type(item) is Draft}
        missing = self.plugin.description.streams - shown
        assert not missing, f"declared, but no recorded page gives them: {sorted(missing)}; record one, or do not declare them"

    def test_exactly_the_declared_facts_are_shown(self) -> None:
        """An undeclared fact is never filled in; a declared one really comes."""
        shown = self._shown_facts()
        declared = self.plugin.description.facts
        assert shown <= declared, f"filled in, though not declared: {_words(shown - declared)}"
        assert declared <= shown, f"declared, but no recorded page shows them: {_words(declared - shown)}"

    def test_a_pull_resumes_from_every_cursor(self) -> None:
        """Stopped after any page, a pull goes on with the page that would have come next."""
        for feed in self._feeds():
            exchanges = self._replay(feed)
            if feed.snapshot:
                continue
            for exchange, following in pairwise(exchanges):
                resumed = first_ask(self._source(), feed, exchange.page.cursor)
                assert resumed == following.ask, f"{_at(feed, exchange)}: resumed, the source asks for another page"
            asked = first_ask(self._source(), feed, exchanges[-1].page.cursor)
            assert asked is not None, f"feed {feed.name!r}: a later pull asks nothing, so it could never find changes"

    def test_hostile_bytes_are_refused_not_fatal(self) -> None:
        """Whatever the bytes, reading gives a page or ``IntakeError``, and repeats no value in its reasons."""
        for feed, exchange in self._exchanges():
            for name, body in hostile_bodies(exchange.answer.body):
                page = self._read_hostile(feed, exchange, name, body)
                told = [part for item in (page.items if page else ()) if type(item) is Refusal for part in item[1:3]]
                assert CANARY not in str(told), f"{_at(feed, exchange)}, {name}: a refusal repeats a value of the row"

    def test_objects_with_repeated_keys_are_not_believed(self) -> None:
        """An object that names a key twice has two meanings; neither is taken."""
        for feed, exchange in self._exchanges():
            body = with_repeated_keys(exchange.answer.body)
            page = self._read_hostile(feed, exchange, "repeated keys", body) if body else None
            if page is not None:
                believed = [item for item in page.items if type(item) is not Refusal]
                assert not believed, f"{_at(feed, exchange)}: an object that names a key twice was believed"

    def _source(self) -> Source:
        return self.plugin.create(self.settings)

    def _feeds(self) -> Sequence[Feed]:
        return self._source().feeds([ServiceNumber(number) for number in self.services])

    def _replay(self, feed: Feed) -> list[Exchange]:
        return replay(self._source(), feed, Recording(self.recorded).of(feed))

    def _exchanges(self) -> Iterator[tuple[Feed, Exchange]]:
        for feed in self._feeds():
            for exchange in self._replay(feed):
                yield feed, exchange

    def _read_hostile(self, feed: Feed, exchange: Exchange, name: str, body: bytes) -> Page | None:
        where = f"{_at(feed, exchange)}, {name}"
        page: Page | None
        try:
            page = self._source().read(feed, with_body(exchange.answer, body))
        except IntakeError as error:
            repeated = CANARY in str(error)
            page = None
        except Exception as error:
            raise AssertionError(f"{where}: read() raised {type(error).__name__}, not IntakeError") from error
        else:
            repeated = False
            assert isinstance(page, Page), f"{where}: read() gave no Page"
        assert not repeated, f"{where}: the error repeats a value of the body"
        return page

    def _shown_facts(self) -> set[Fact]:
        shown: set[Fact] = set()
        for feed, exchange in self._exchanges():
            if any(type(item) is Deletion for item in exchange.page.items):
                shown.add(Fact.DELETIONS)
            for record in _records(feed, exchange):
                shown |= {fact for fact, stands in SHOWN_BY.items() if stands(record)}
        return shown


def _records(feed: Feed, exchange: Exchange) -> Iterator[Record]:
    for item in exchange.page.items:
        if type(item) is Draft:
            try:
                yield STREAMS[item.stream].model_validate(item.fields)
            except ValidationError as error:
                faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
                raise AssertionError(f"{_at(feed, exchange)}, row {item.row}: not a valid {item.stream}: {faults}") from None


def _at(feed: Feed, exchange: Exchange) -> str:
    return f"feed {feed.name!r} of {feed.service}, {exchange.answer.origin}"


def _words(facts: set[Fact] | frozenset[Fact]) -> str:
    return ", ".join(sorted(facts))
