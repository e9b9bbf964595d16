"""A plugin that breaks the contract is named, and nothing it did wrong is stored."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import pytest

from ecegateway.contract import Answer, Ask, Draft, Feed, HttpGet, Item, Page, ReadFile
from ecegateway.evidence.store import Evidence
from ecegateway.model.ids import ServiceNumber
from tests.flows.pulling import config_of, pull_tiny
from tests.support.faults import FaultServer
from tests.support.tiny import SERVICE, TinyPlugin, TinySource, TinyVendor, note

NAMED = "source 'tiny-one': plugin tiny 1.0 "


@dataclass(frozen=True)
class Hostile(TinySource):
    """Does one thing wrong."""

    feed: Feed | None = None
    ask: object = None
    page: object = None
    items: tuple[object, ...] | None = None
    raises: str = ""

    def feeds(self, services: Sequence[ServiceNumber]) -> Sequence[Feed]:
        self._raise("feeds")
        return [self.feed] if self.feed else super().feeds(services)

    def pull(self, feed: Feed, cursor: str | None) -> Generator[Ask, Page, None]:  # noqa: ARG002
        self._raise("pull")
        yield HttpGet(f"/{feed.service}/notes", (("page", "0"),)) if self.ask is None else cast("Ask", self.ask)
        self._raise("late")

    def read(self, feed: Feed, answer: Answer) -> Page:
        self._raise("read")
        if self.page is not None:
            return cast("Page", self.page)
        page = super().read(feed, answer)
        return page if self.items is None else Page(cast("Sequence[Item]", self.items), None)

    def _raise(self, step: str) -> None:
        if self.raises == step:
            raise KeyError("Mererangi")


BREACHES: dict[str, tuple[Hostile, str]] = {
    "feeds raises": (Hostile(raises="feeds"), "raised KeyError in feeds()"),
    "pull raises": (Hostile(raises="pull"), "raised KeyError in pull()"),
    "pull raises late": (Hostile(raises="late"), "raised KeyError in pull()"),
    "read raises": (Hostile(raises="read"), "raised KeyError in read()"),
    "a feed for another service": (Hostile(feed=Feed("x", ServiceNumber("999"), frozenset({"note"}))), "nobody asked for"),
    "a feed of other streams": (Hostile(feed=Feed("x", SERVICE, frozenset({"child"}))), "streams it does not declare"),
    "no question": (Hostile(ask="/notes"), "gives a str from pull(); expected ReadFile"),
    "an address for a path": (Hostile(ask=HttpGet("//evil.example/x")), "no plain path"),
    "a way up": (Hostile(ask=HttpGet("/a/../b")), "no plain path"),
    "a file of an HTTP source": (Hostile(ask=ReadFile("x.csv")), "asks for a file"),
    "a poisoned parameter": (Hostile(ask=HttpGet("/x", (("page", "\ud800"),))), "gives a question that cannot be kept"),
    "no page": (Hostile(page={}), "gives a dict from read(); expected Page"),
    "a poisoned cursor": (Hostile(page=Page([], "a\0b")), "gives a cursor that cannot be kept"),
    "another stream": (Hostile(items=(Draft("child", {}, 1),)), "stream it does not declare"),
    "no item": (Hostile(items=({},)), "expected Draft, Deletion or Refusal"),
    "no fields": (Hostile(items=(Draft("note", cast("Any", None), 1),)), "holds no mapping of fields"),
}


@pytest.mark.parametrize(("source", "words"), BREACHES.values(), ids=BREACHES)
def test_a_breach_is_told_by_name_without_its_data(evidence: Evidence, source: Hostile, words: str) -> None:
    with FaultServer(TinyVendor([note(0)]).answer) as server:
        failure = str(pull_tiny(evidence, config_of(server.url), plugin=TinyPlugin(source=source)).failure)
    assert words in failure
    assert failure.startswith("source 'tiny-one'")
    assert "Mererangi" not in failure


def test_an_endless_source_is_ended(evidence: Evidence) -> None:
    @dataclass(frozen=True)
    class Endless(TinySource):
        def pull(self, feed: Feed, cursor: str | None) -> Generator[Ask, Page, None]:  # noqa: ARG002
            for number in _count():
                yield HttpGet(f"/{feed.service}/notes", (("page", str(number)),))

    vendor = TinyVendor([])
    with FaultServer(vendor.answer) as server:
        config = config_of(server.url, limits={"pages": 20})
        failure = pull_tiny(evidence, config, plugin=TinyPlugin(source=Endless())).failure
    assert "more than 20 pages" in str(failure)


def _count() -> Iterator[int]:
    number = 0
    while True:
        yield number
        number += 1
