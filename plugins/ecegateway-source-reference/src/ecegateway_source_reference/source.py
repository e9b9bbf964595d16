"""The source: which feeds there are, the generator that asks, and the reader of what came back."""

from collections.abc import Generator, Mapping, Sequence
from typing import Any

from ecegateway.contract import (
    Answer,
    Ask,
    Draft,
    Fact,
    Feed,
    HttpGet,
    Item,
    OAuth2ClientCredentials,
    Page,
    Refusal,
    Source,
    SourceDescription,
)
from ecegateway.errors import ConfigError, IntakeError, SourceFatalError
from ecegateway.model.ids import ServiceNumber
from ecegateway.reading import PoisonedObject
from ecegateway_source_reference.columns import COLUMNS, KNOWN, NESTED
from ecegateway_source_reference.deletions import read_deletion, unread_of_deletion
from ecegateway_source_reference.fields import UnreadableError
from ecegateway_source_reference.mapping import MAPPERS
from ecegateway_source_reference.payloads import read_listing
from ecegateway_source_reference.requests import DELETIONS, PROFILE, STREAM_OF, Place, ask, place_after

_LARGEST_PAGE = 1000

_NOT_CARRIED = frozenset(
    {
        Fact.SIGNATURE_CONTROL,
        Fact.REGISTER_MARKING,
        Fact.COMMENCED,
        Fact.NOT_ELSEWHERE,
        Fact.OPTIONAL_CHARGES,
        Fact.FAMILY_EDUCATOR,
    }
)
"""What Kōwhai has no column for; the centre holds it on paper."""

DESCRIPTION = SourceDescription(
    plugin="kowhai",
    title="Kōwhai SMS",
    version="0.1.0",
    streams=frozenset(COLUMNS),
    facts=frozenset(Fact) - _NOT_CARRIED,
    authentication=OAuth2ClientCredentials(token_path="/oauth/token", scope="records.read"),  # noqa: S106 - a path
    columns=COLUMNS,
)


class KowhaiSource:
    """One Kōwhai account."""

    def __init__(self, page_size: int = _LARGEST_PAGE) -> None:
        self._page_size = page_size

    def feeds(self, services: Sequence[ServiceNumber]) -> Sequence[Feed]:
        """For each service: its profile, every collection, and last what was deleted."""
        return [feed for service in services for feed in _feeds_of(service)]

    def pull(self, feed: Feed, cursor: str | None) -> Generator[Ask, Page, None]:
        """Ask page after page until Kōwhai names no next one. An empty page is not the end.

        Raises:
            SourceFatalError: this host has no such service, which the host of another region also says.
        """
        place = Place.from_cursor(cursor)
        while True:
            page = yield ask(feed, place, self._page_size)
            if feed.name == PROFILE and not page.items:
                raise SourceFatalError(
                    f"this host of Kōwhai's has no service {feed.service}; check that base_url is the host of your region"
                )
            if page.follow is None:
                return
            place = Place(place.since, page.follow)

    def read(self, feed: Feed, answer: Answer) -> Page:
        """Read a page; items that cannot be read are refused one by one."""
        if not isinstance(answer.ask, HttpGet):
            raise IntakeError(f"{answer.origin}: the answer is not to a request of this plugin's")
        listing = read_listing(answer.body)
        asked = dict(answer.ask.params)
        if not listing.items and listing.next_cursor is None and "cursor" in asked:
            raise IntakeError("an empty page where the listing was to go on, and no next_cursor: the rest did not come")
        stream = "service" if feed.name == PROFILE else STREAM_OF.get(feed.name)
        items: list[Item] = []
        unread = set(listing.unread)
        for row, item in enumerate(listing.items, start=answer.first_row):
            if type(item) is not dict:
                items.append(_refuse(item, row))
            elif stream is None:
                items.append(read_deletion(item, row))
                unread |= unread_of_deletion(item)
            else:
                items.append(_draft(stream, item, feed.service, row))
                if not item.keys() <= KNOWN[stream]:
                    unread |= item.keys() - KNOWN[stream]
                if stream in _STREAMS_WITH_NESTED:
                    unread |= _unread_within(item)
        cursor = None if feed.snapshot else place_after(asked, listing).to_cursor()
        return Page(items, cursor, listing.count, frozenset(unread), listing.next_cursor)


_STREAMS_WITH_NESTED = frozenset(stream for stream in COLUMNS if not NESTED.keys().isdisjoint(KNOWN[stream]))


def _feeds_of(service: ServiceNumber) -> list[Feed]:
    feeds = [Feed(PROFILE, service, frozenset({"service"}), snapshot=True)]
    feeds += [Feed(collection, service, frozenset({stream})) for collection, stream in STREAM_OF.items()]
    feeds.append(Feed(DELETIONS, service, frozenset(STREAM_OF.values())))
    return feeds


def _draft(stream: str, item: Mapping[str, Any], service: str, row: int) -> Item:
    try:
        return Draft(stream, MAPPERS[stream](item, service), row)
    except UnreadableError as error:
        return Refusal(row, error.column, error.reason)


def _refuse(item: Any, row: int) -> Refusal:
    return Refusal(row, None, item.poison if isinstance(item, PoisonedObject) else "must be a JSON object")


def _unread_within(item: Mapping[str, Any]) -> set[str]:
    found = set()
    for column, known in NESTED.items():
        values = item.get(column)
        for part in values if isinstance(values, list) else [values]:
            if isinstance(part, dict):
                found |= {f"{column}.{name}" for name in part.keys() - known}
    return found


class KowhaiPlugin:
    """The kind of source this package registers."""

    description = DESCRIPTION

    def create(self, settings: Mapping[str, Any]) -> Source:
        """A source; the one setting is ``page_size``, 1 to 1000."""
        unknown = ", ".join(sorted(settings.keys() - {"page_size"}))
        if unknown:
            raise ConfigError(f"kowhai: unknown settings {unknown}; the only one is page_size")
        page_size = settings.get("page_size", _LARGEST_PAGE)
        if type(page_size) is not int or not 1 <= page_size <= _LARGEST_PAGE:
            raise ConfigError(f"kowhai: page_size must be a whole number from 1 to {_LARGEST_PAGE}")
        return KowhaiSource(page_size)
