"""Reads quarantined rows again from their kept bytes, with the plugin of today, and stores what is now good."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from ecegateway.config import SourceConfig
from ecegateway.contract import Answer, Draft, Feed, Item, Page, Refusal
from ecegateway.errors import IntakeError
from ecegateway.evidence.record import QuarantineEntry, Series
from ecegateway.evidence.store import Evidence
from ecegateway.evidence.writing import Writing
from ecegateway.flows.erased_before import without_erased
from ecegateway.flows.faults import SUPERSEDED
from ecegateway.flows.guard import GuardedSource
from ecegateway.flows.page import check_items
from ecegateway.flows.sources import guarded_source
from ecegateway.intake.accept import NOTHING_STATED, Stated, Statement
from ecegateway.intake.diff import difference
from ecegateway.model.ids import ServiceNumber, SourceName
from ecegateway.plugins import Plugins

STORED = "stored"
UNCHANGED = "unchanged"
NO_RECORD = "no record"
"""The plugin of today takes the row for no record at all."""
STILL_BAD = "still bad"
"""Not an ending: the row stays in quarantine."""

_Place = tuple[ServiceNumber, str, str]
"""Service, stream and key."""


@dataclass(frozen=True, slots=True)
class RetryReport:
    """How many quarantined rows of a source came to each outcome."""

    source: SourceName
    outcomes: Mapping[str, int]


class _Verdict(NamedTuple):
    entry: QuarantineEntry
    outcome: str
    statements: Mapping[str, list[Statement]]


def retry_quarantine(evidence: Evidence, plugins: Plugins, config: SourceConfig, now: Callable[[], datetime]) -> RetryReport:
    """Retry the open quarantine of one source.

    A row is stored as known from now on, under a new receipt of the same bytes; never over a newer version of its record.

    Raises:
        ConfigError: the source's plugin is not installed or refuses its settings.
        PluginContractError: the plugin breaks its contract.
    """
    source = guarded_source(plugins, config)
    entries = [entry for entry in evidence.open_quarantine() if entry.source == config.name]
    outcomes: Counter[str] = Counter()
    if entries:
        retry = _Retry(evidence, source, config, now, min(entry.receipt for entry in entries))
        for receipt, group in groupby(sorted(entries, key=_receipt), key=_receipt):
            outcomes += retry.answer(receipt, list(group))
        retry.end(outcomes)
    return RetryReport(config.name, dict(sorted(outcomes.items())))


def _receipt(entry: QuarantineEntry) -> int:
    return entry.receipt


class _Retry:
    """One run over a source's quarantine, noted as a pull of its own."""

    def __init__(
        self, evidence: Evidence, source: GuardedSource, config: SourceConfig, now: Callable[[], datetime], oldest: int
    ) -> None:
        description = source.description
        self._evidence = evidence
        self._source = source
        self._key_space = config.key_space
        self._now = now
        self._feeds = {(feed.service, feed.name): feed for feed in source.feeds(config.services)}
        self._known = _newest_receipts(evidence, config)
        self._oldest = oldest
        self._later: dict[tuple[ServiceNumber, str], dict[tuple[str, str], int]] = {}
        self._pull = evidence.begin_pull(source.name, description.plugin, description.version, description.facts, now())

    def answer(self, receipt: int, entries: list[QuarantineEntry]) -> Counter[str]:
        """Retry the rows of one answer, in one transaction."""
        what = entries[0].what
        feed = self._feeds.get((what.service, what.feed))
        answer = self._evidence.kept(receipt).answer
        page = None if feed is None else self._read(feed, answer)
        if feed is None or page is None:
            return Counter({STILL_BAD: len(entries)})
        verdicts = [self._judge(feed, answer, page, entry) for entry in entries]
        ended = [verdict for verdict in verdicts if verdict.outcome != STILL_BAD]
        if not ended:
            return Counter({STILL_BAD: len(entries)})
        outcomes = Counter({STILL_BAD: len(verdicts) - len(ended)})
        with self._evidence.transaction() as writing:
            kept_again = writing.keep(self._pull, feed, answer, self._now())
            for verdict in ended:
                outcome = self._store(writing, feed, kept_again, verdict)
                writing.end_quarantine(verdict.entry.id, outcome, self._now())
                outcomes[outcome] += 1
        return +outcomes

    def end(self, outcomes: Counter[str]) -> None:
        """Note the end."""
        self._evidence.end_pull(self._pull, "finished", "quarantine retried", dict(outcomes), self._now())

    def _read(self, feed: Feed, answer: Answer) -> Page | None:
        try:
            return self._source.read(feed, answer)
        except IntakeError:
            return None

    def _judge(self, feed: Feed, answer: Answer, page: Page, entry: QuarantineEntry) -> _Verdict:
        items = [item for item in page.items if _is_of(item, entry)]
        stated = self._present(feed) if feed.snapshot else NOTHING_STATED
        accepted = check_items(self._source, feed, answer, Page(items, page.cursor), stated)
        if accepted.quarantined:
            places = [(stream, key) for stream, keys in accepted.unreadable.items() for key in keys]
            superseded = len(places) == len(accepted.quarantined) and all(
                self._is_superseded(entry, stream, key) for stream, key in places
            )
            return _Verdict(entry, SUPERSEDED if superseded else STILL_BAD, {})
        if not any(accepted.statements.values()):
            return _Verdict(entry, NO_RECORD, {})
        fresh = {
            stream: [one for one in statements if not self._is_superseded(entry, stream, one.key)]
            for stream, statements in accepted.statements.items()
        }
        return _Verdict(entry, STORED if any(fresh.values()) else SUPERSEDED, fresh)

    def _is_superseded(self, entry: QuarantineEntry, stream: str, key: str) -> bool:
        """Whether the vendor has said something of the record since, be it the same as before or that it is gone."""
        known = self._known.get((entry.what.service, stream, key))
        if known is not None and known >= entry.received_at:
            return True
        return self._said_later(entry.what.service, entry.what.feed).get((stream, key), 0) > entry.receipt

    def _said_later(self, service: ServiceNumber, feed_name: str) -> dict[tuple[str, str], int]:
        """By stream and key, the newest receipt of a feed that speaks of the record, read again from kept bytes."""
        place = (service, feed_name)
        if place not in self._later:
            found: dict[tuple[str, str], int] = {}
            self._later[place] = found
            for feed in (feed for feed in self._feeds.values() if (feed.service, feed.name) == place or not feed.snapshot):
                if feed.service == service:
                    self._gather(feed, found)
        return self._later[place]

    def _gather(self, feed: Feed, found: dict[tuple[str, str], int]) -> None:
        for receipt in self._evidence.receipts_after(self._source.name, feed.service, feed.name, self._oldest):
            page = self._read(feed, self._evidence.kept(receipt).answer)
            for item in page.items if page is not None else ():
                key = item.fields.get("key") if isinstance(item, Draft) else item.key
                if isinstance(key, str):
                    for stream in feed.streams if isinstance(item, Refusal) else (item.stream,):
                        found[stream, key] = max(receipt, found.get((stream, key), 0))

    def _present(self, feed: Feed) -> Stated:
        with self._evidence.transaction() as writing:
            places = {stream: Series(self._source.name, feed.service, stream, self._key_space) for stream in feed.streams}
            return {stream: set(writing.keys(writing.series(series))) for stream, series in places.items()}

    def _store(self, writing: Writing, feed: Feed, receipt: int, verdict: _Verdict) -> str:
        if verdict.outcome != STORED:
            return verdict.outcome
        stored = 0
        for stream, statements in verdict.statements.items():
            place = Series(self._source.name, feed.service, stream, self._key_space)
            series, fresh = writing.series(place), without_erased(writing, place, statements, self._now())
            versions = difference(fresh, writing.current(series, [statement.key for statement in fresh])).versions
            writing.append(series, receipt, versions)
            stored += len(versions)
        return STORED if stored else UNCHANGED


def _is_of(item: Item, entry: QuarantineEntry) -> bool:
    """Whether an item is what an entry set apart: of its row, and of its stream where both name one."""
    if item.row != entry.what.row:
        return False
    return entry.what.stream is None or isinstance(item, Refusal) or item.stream == entry.what.stream


def _newest_receipts(evidence: Evidence, config: SourceConfig) -> dict[_Place, datetime]:
    """When the newest version of each record of the source was received."""
    return {
        (service, version.stream, version.key): version.received_at
        for service in config.services
        for version in evidence.evidence_of(service).versions
        if version.source == config.name
    }
