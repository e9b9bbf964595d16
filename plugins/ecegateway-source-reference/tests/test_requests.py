"""Which request comes next: nothing is skipped between pages, between pulls, or by a host that knows nothing."""

import pytest

from ecegateway.contract import Feed, HttpGet, Page
from ecegateway.errors import ConfigError, SourceFatalError
from ecegateway.model.ids import ServiceNumber
from ecegateway_source_reference.payloads import Listing
from ecegateway_source_reference.requests import Place, ask, place_after
from ecegateway_source_reference.source import KowhaiPlugin, KowhaiSource

FEED = Feed("attendances", ServiceNumber("10842"), frozenset({"attendance"}))
MONDAY, TUESDAY = "2026-02-09T00:00:00Z", "2026-02-10T00:00:00Z"


def listing(*items: str, more: str | None = None, as_of: str = TUESDAY) -> Listing:
    return Listing(list(items), len(items), more, as_of, frozenset())


def test_the_first_pull_asks_for_everything() -> None:
    assert ask(FEED, Place(), 50) == HttpGet("/v1/services/10842/attendances", (("limit", "50"),))


def test_a_page_with_a_successor_leads_to_it_in_the_same_listing() -> None:
    place = place_after({"updated_since": MONDAY}, listing("a", more="n-2"))
    assert ask(FEED, place, 50).params == (("limit", "50"), ("updated_since", MONDAY), ("cursor", "n-2"))


def test_the_last_page_leads_to_what_changes_from_the_moment_the_listing_was_begun() -> None:
    assert place_after({"updated_since": MONDAY, "cursor": "n-2"}, listing("a")) == Place(since=TUESDAY)
    assert place_after({"cursor": "n-2"}, listing()) == Place(since=TUESDAY)


def test_a_listing_without_a_single_item_moves_nothing() -> None:
    assert place_after({"updated_since": MONDAY}, listing()) == Place(since=MONDAY)
    assert place_after({}, listing()) == Place()


def test_an_empty_page_is_not_the_end() -> None:
    asking = KowhaiSource().pull(FEED, None)
    next(asking)
    following = asking.send(Page([], None, expected=0, follow="n-2"))
    assert following == HttpGet("/v1/services/10842/attendances", (("limit", "1000"), ("cursor", "n-2")))
    with pytest.raises(StopIteration):
        asking.send(Page([], None, expected=0, follow=None))


@pytest.mark.parametrize("place", [Place(), Place(MONDAY), Place(MONDAY, "n-2"), Place(None, "n-2")])
def test_a_place_survives_as_a_cursor(place: Place) -> None:
    assert Place.from_cursor(place.to_cursor()) == place


@pytest.mark.parametrize("cursor", ["", "{", "[]", "7", '{"since":null}'])
def test_a_cursor_of_another_plugin_is_not_taken_for_the_beginning(cursor: str) -> None:
    with pytest.raises(SourceFatalError, match="stored cursor"):
        Place.from_cursor(cursor)


@pytest.mark.parametrize("settings", [{"page_size": 0}, {"page_size": 1001}, {"page_size": "many"}, {"pagesize": 10}])
def test_wrong_settings_are_said_to_be_wrong(settings: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match="page_size"):
        KowhaiPlugin().create(settings)
