"""One page of a pull: asked for, kept, read, checked, stored, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeVar

from ecegateway.contract import Answer, Ask, Feed, Page, ReadFile
from ecegateway.errors import (
    EceGatewayError,
    IntakeError,
    PluginError,
    SourceError,
    SourceFatalError,
    SourceRetryableError,
)
from ecegateway.evidence.record import Series
from ecegateway.evidence.store import Evidence
from ecegateway.evidence.writing import Writing
from ecegateway.flows.erased_before import without_erased
from ecegateway.flows.faults import KnownFaults
from ecegateway.flows.guard import GuardedSource
from ecegateway.flows.loops import LoopWatch
from ecegateway.flows.report import Counts, Progress, Tally, Watcher
from ecegateway.intake.accept import NOTHING_STATED, Accepted, Stated, accept
from ecegateway.intake.diff import difference
from ecegateway.model.ids import SourceName
from ecegateway.transport.limits import Limits
from ecegateway.transport.port import Fetched, Transport
from ecegateway.transport.retry import ask_again

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Run:
    """One pull of one source, under way. ``left`` gives the seconds it may still last."""

    evidence: Evidence
    source: GuardedSource
    transport: Transport
    key_space: SourceName
    limits: Limits
    pull: int
    now: Callable[[], datetime]
    left: Callable[[], float]
    sleep: Callable[[float], None]
    watch: Watcher
    before_page: Callable[[], None]

    def where(self, feed: Feed) -> str:
        """The place named in messages."""
        return f"source {self.source.name!r}, feed {feed.name!r}, service {feed.service}"

    def series(self, writing: Writing, feed: Feed, stream: str) -> int:
        """Where the feed's records of a stream live."""
        return writing.series(Series(self.source.name, feed.service, stream, self.key_space))

    def show(self, tally: Tally, pages: int, read: int) -> None:
        """Report a step."""
        self.watch(Progress(self.source.name, tally.service, tally.feed, pages, read))


class Received(NamedTuple):
    """A complete page, kept and checked."""

    receipt: int
    answer: Answer
    page: Page
    accepted: Accepted


Use = Callable[[Writing, Received], _Result]


def take_page(run: Run, feed: Feed, loops: LoopWatch, ask: Ask, use: Use[_Result]) -> tuple[Page, _Result]:
    """Ask until a complete page is there, and ``use`` it in the transaction that keeps its bytes.

    Bytes that cannot be read, or are incomplete, are kept too; nothing else of them is.

    Raises:
        SourceFatalError: no complete page came.
        PluginContractError: the plugin broke its contract.
    """
    loops.asked(ask)
    run.before_page()
    return ask_again(lambda: _attempt(run, feed, loops, ask, use), attempts=run.limits.attempts, left=run.left, sleep=run.sleep)


def _attempt(run: Run, feed: Feed, loops: LoopWatch, ask: Ask, use: Use[_Result]) -> tuple[Page, _Result]:
    left = run.left()
    if left <= 0:
        raise SourceFatalError(
            f"{run.where(feed)}: the pull took longer than {run.limits.pull_seconds:g} seconds; "
            "what came is stored; pull again to go on"
        )
    fetched = run.transport.fetch(ask, seconds=left)
    with run.evidence.transaction() as writing:
        receipt = writing.keep(run.pull, feed, fetched.answer, run.now())
        taken = _taken(run, feed, loops, fetched)
        if not isinstance(taken, EceGatewayError):
            page, accepted, digest = taken
            result = use(writing, Received(receipt, fetched.answer, page, accepted))
    if isinstance(taken, EceGatewayError):
        raise taken  # only now, so that the bytes stay kept
    loops.stored(digest, page, accepted)
    return page, result


def _taken(run: Run, feed: Feed, loops: LoopWatch, fetched: Fetched) -> tuple[Page, Accepted, bytes] | EceGatewayError:
    """The page, what was accepted of it and the digest of its bytes, or the fault."""
    try:
        page = run.source.read(feed, fetched.answer)
        _require_complete(run.where(feed), fetched, page)
        accepted = check_items(run.source, feed, fetched.answer, page, loops.stated)
        return page, accepted, loops.check(page, accepted)
    except IntakeError as error:
        # A file asked for again gives the same bytes; a vendor may give better ones.
        kind = SourceFatalError if isinstance(fetched.answer.ask, ReadFile) else SourceRetryableError
        return kind(f"{run.where(feed)}: {fetched.answer.origin} cannot be read: {error}")
    except (SourceError, PluginError) as error:
        return error


def _require_complete(where: str, fetched: Fetched, page: Page) -> None:
    if page.expected is not None and len(page.items) < page.expected:
        raise SourceRetryableError(
            f"{where}: the page is incomplete: the vendor counts {page.expected} items, {len(page.items)} came"
        )
    if page.expected is None and not fetched.end_proven:
        raise SourceRetryableError(
            f"{where}: the page may be incomplete: the connection closed without saying that this was all; "
            "ask the vendor for a Content-Length"
        )


def check_items(source: GuardedSource, feed: Feed, answer: Answer, page: Page, stated: Stated = NOTHING_STATED) -> Accepted:
    """Intake of a page, its faults blamed on the plugin by name. ``stated`` has the keys of a snapshot's earlier pages."""
    try:
        return accept(page.items, feed, answer.origin, source.description.columns, stated)
    except PluginError as error:
        raise source.breach(str(error)) from error


def store_page(run: Run, feed: Feed, faults: KnownFaults, writing: Writing, received: Received) -> Counts:
    """Append what is new, set bad rows apart, and count."""
    stored = unchanged = erased = 0
    for stream, statements in received.accepted.statements.items():
        if not statements:
            continue
        series = run.series(writing, feed, stream)
        place = Series(run.source.name, feed.service, stream, run.key_space)
        fresh = without_erased(writing, place, statements, run.now())
        found = difference(fresh, writing.current(series, [statement.key for statement in fresh]))
        writing.append(series, received.receipt, found.versions)
        stored += len(found.versions)
        erased += len(statements) - len(fresh)
        unchanged += len(statements) - len(found.versions)
    quarantined = received.accepted.quarantined
    writing.quarantine(received.receipt, faults.unknown(quarantined, received.answer.body))
    return Counts(
        pages=1,
        read=len(received.page.items),
        stored=stored,
        unchanged=unchanged,
        quarantined=len(quarantined),
        erased=erased,
    )
