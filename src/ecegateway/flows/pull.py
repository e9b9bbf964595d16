"""Pulls sources into the evidence store. Interrupted anywhere and run again, the result is the same."""

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime

from ecegateway.config import SourceConfig
from ecegateway.contract import Feed
from ecegateway.errors import EceGatewayError, PluginError, SourceFatalError
from ecegateway.evidence.store import Evidence
from ecegateway.evidence.writing import Writing
from ecegateway.flows.cycles import cycles_sought_seldom
from ecegateway.flows.faults import KnownFaults
from ecegateway.flows.guard import GuardedSource
from ecegateway.flows.loops import LoopWatch
from ecegateway.flows.page import Received, Run, store_page, take_page
from ecegateway.flows.report import Counts, PullReport, Tally, Watcher, unwatched
from ecegateway.flows.snapshot import pull_snapshot
from ecegateway.flows.sources import guarded_source, open_transport
from ecegateway.intake.reasons import plain
from ecegateway.logs import get_log
from ecegateway.model.ids import ServiceNumber
from ecegateway.plugins import Plugins
from ecegateway.transport.port import Transport
from ecegateway.transport.retry import FileChangedError

BEGINNINGS = 3
"""How often a pull begins anew when a dropped file changes under it."""
_WAIT_FOR_FILE_SECONDS = 2.0
_FINISHED = "finished"
_FAILED = "failed"


def pull_all(
    evidence: Evidence,
    plugins: Plugins,
    sources: Iterable[SourceConfig],
    now: Callable[[], datetime],
    *,
    watch: Watcher = unwatched,
    sleep: Callable[[float], None] = time.sleep,
) -> tuple[PullReport, ...]:
    """Pull every source in turn. One that fails is reported, and the others go on."""
    return tuple(pull(evidence, plugins, source, now, watch=watch, sleep=sleep) for source in sources)


def pull(
    evidence: Evidence,
    plugins: Plugins,
    config: SourceConfig,
    now: Callable[[], datetime],
    *,
    watch: Watcher = unwatched,
    sleep: Callable[[float], None] = time.sleep,
) -> PullReport:
    """Pull one source.

    Args:
        evidence: Where everything goes.
        plugins: What is installed.
        config: The source.
        now: Gives the present instant, aware.
        watch: Told of each page.
        sleep: Waits so many seconds between attempts.

    Returns:
        What was done; ``failure`` says why it did not finish.

    Raises:
        EvidenceError: the store itself fails, so that not even the failure can be noted.
    """
    try:
        source = guarded_source(plugins, config)
        transport = open_transport(config, source.description, now)
    except EceGatewayError as error:
        return PullReport(config.name, config.plugin, "", (), str(error))
    try:
        with evidence.one_pull(config.name):
            return _pull_locked(evidence, source, transport, config, now=now, watch=watch, sleep=sleep)
    except (SourceFatalError, PluginError) as error:
        return PullReport(config.name, config.plugin, source.description.version, (), str(error))


def _pull_locked(
    evidence: Evidence,
    source: GuardedSource,
    transport: Transport,
    config: SourceConfig,
    *,
    now: Callable[[], datetime],
    watch: Watcher,
    sleep: Callable[[float], None],
) -> PullReport:
    until = time.monotonic() + config.limits.pull_seconds

    def left() -> float:
        return until - time.monotonic()

    def begin() -> Run:
        description = source.description
        number = evidence.begin_pull(config.name, description.plugin, description.version, description.facts, now())
        return Run(evidence, source, transport, config.key_space, config.limits, number, now, left, sleep, watch, before_page)

    with closing(transport), cycles_sought_seldom() as before_page:
        for beginning in range(1, BEGINNINGS + 1):
            report, begin_again = _pull_once(begin(), config.services)
            if not begin_again or beginning == BEGINNINGS:
                break
            sleep(_WAIT_FOR_FILE_SECONDS)
        return report if config.folder is None or report.failure else _with_folder(report, transport)


def _with_folder(report: PullReport, transport: Transport) -> PullReport:
    """What a finished pull left lying in its drop folder, and whether it found anything there."""
    nothing = not (report.counts.read or report.counts.missing or report.held)
    try:
        return replace(report, left_over=tuple(map(plain, transport.unasked())), nothing_found=nothing)
    except SourceFatalError:
        return replace(report, nothing_found=nothing)


def _pull_once(run: Run, services: Sequence[ServiceNumber]) -> tuple[PullReport, bool]:
    """The report, and whether a changed file asks for a new beginning."""
    tallies: list[Tally] = []
    failure: EceGatewayError | None = None
    try:
        for feed in run.source.feeds(services):
            tallies.append(Tally(feed.name, feed.service))
            (pull_snapshot if feed.snapshot else _pull_on)(run, feed, tallies[-1])
    except EceGatewayError as error:
        failure = error
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a stranger's code may raise anything; it must hurt nobody else
        failure = run.source.breach(f"made the pull break off ({type(error).__name__})")
    description = run.source.description
    report = PullReport(
        source=run.source.name,
        plugin=description.plugin,
        plugin_version=description.version,
        feeds=tuple(tally.report() for tally in tallies),
        failure=None if failure is None else str(failure),
    )
    outcome = _FINISHED if failure is None else _FAILED
    counts = report.counts.as_mapping()
    log = get_log().bind(source=report.source, plugin=report.plugin, plugin_version=report.plugin_version, pull=run.pull)
    if failure is None:
        log.info("pull finished", **counts)
    else:
        log.warning("pull failed", failure_kind=type(failure).__name__, **counts)
    run.evidence.end_pull(run.pull, outcome, plain(report.failure or ""), counts, run.now())
    return report, isinstance(failure, FileChangedError)


def _pull_on(run: Run, feed: Feed, tally: Tally) -> None:
    """Pull a feed from its cursor on; the cursor moves in the transaction that stores the page it closes."""
    faults = KnownFaults(run.evidence, run.source.name, feed)

    def store(writing: Writing, received: Received) -> Counts:
        counts = store_page(run, feed, faults, writing, received)
        if received.page.cursor is not None:
            writing.move_cursor(run.source.name, feed.service, feed.name, received.page.cursor, received.receipt)
        return counts

    loops = LoopWatch(run.where(feed), feed, run.limits.pages)
    cursor = run.evidence.cursor(run.source.name, feed.service, feed.name)
    with run.source.questions(feed, cursor) as questions:
        ask = questions.first()
        while ask is not None:
            page, counts = take_page(run, feed, loops, ask, store)
            tally.counts += counts
            tally.unread |= page.unread
            run.show(tally, tally.counts.pages, tally.counts.read)
            ask = questions.after(page)
