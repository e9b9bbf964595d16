"""A feed that always gives everything: received whole, weighed, and only then applied from the kept bytes."""

from ecegateway.contract import Feed
from ecegateway.evidence.writing import Writing
from ecegateway.flows.faults import KnownFaults
from ecegateway.flows.loops import LoopWatch, note_stated
from ecegateway.flows.page import Received, Run, check_items, store_page, take_page
from ecegateway.flows.report import Counts, HeldSnapshot, Tally
from ecegateway.intake.accept import Stated
from ecegateway.intake.diff import gone_missing
from ecegateway.intake.weigh import Scales


def pull_snapshot(run: Run, feed: Feed, tally: Tally) -> None:
    """Pull one snapshot feed; ``tally`` counts what was applied."""
    with run.evidence.transaction() as writing:
        scales = Scales({stream: writing.keys(run.series(writing, feed, stream)) for stream in feed.streams})
    receipts = _receive(run, feed, scales, tally)
    if not receipts:
        return
    if _too_much(run, scales) and not run.evidence.is_released(run.source.name, feed.service, feed.name, scales.digest):
        tally.held = HeldSnapshot(_hold(run, feed, scales), scales.summary())
        return
    _apply(run, feed, receipts, scales, tally)


def _receive(run: Run, feed: Feed, scales: Scales, tally: Tally) -> list[int]:
    """Phase 1: every answer kept and weighed, nothing applied. Gives the receipts of the pages that count, in order."""
    receipts: list[int] = []
    read = 0

    def weigh(writing: Writing, received: Received) -> int:
        for stream, statements in received.accepted.statements.items():
            keys = [statement.key for statement in statements]
            scales.put(stream, statements, writing.current(run.series(writing, feed, stream), keys))
        scales.put_unreadable(received.accepted)
        return received.receipt

    loops = LoopWatch(run.where(feed), feed, run.limits.pages)
    with run.source.questions(feed, None) as questions:
        ask = questions.first()
        while ask is not None:
            page, receipt = take_page(run, feed, loops, ask, weigh)
            receipts.append(receipt)
            read += len(page.items)
            tally.unread |= page.unread
            run.show(tally, len(receipts), read)
            ask = questions.after(page)
    tally.counts = Counts(pages=len(receipts))
    return receipts


def _too_much(run: Run, scales: Scales) -> bool:
    return scales.beyond(run.limits.snapshot_rows, run.limits.snapshot_percent)


def _hold(run: Run, feed: Feed, scales: Scales) -> int:
    for hold in run.evidence.open_holds():
        place = (hold.source, hold.service, hold.feed)
        if place == (run.source.name, feed.service, feed.name) and hold.digest == scales.digest:
            return hold.id
    with run.evidence.transaction() as writing:
        return writing.hold(run.pull, run.source.name, feed.service, feed.name, scales.digest, scales.summary(), run.now())


def _apply(run: Run, feed: Feed, receipts: list[int], scales: Scales, tally: Tally) -> None:
    """Phase 2: each page again, from its kept bytes; then what the snapshot no longer has.

    All in one transaction and under receipts of its own, so that nobody ever sees half a snapshot, and what was known at an
    earlier moment stays as it was.
    """
    faults = KnownFaults(run.evidence, run.source.name, feed)
    counts = Counts()
    stated: Stated = {}
    with run.evidence.transaction() as writing:
        for weighed in receipts:
            run.before_page()
            answer = writing.kept(weighed).answer
            page = run.source.read(feed, answer)
            receipt = writing.keep(run.pull, feed, answer, run.now())
            received = Received(receipt, answer, page, check_items(run.source, feed, answer, page, stated))
            note_stated(stated, received.accepted)
            counts += store_page(run, feed, faults, writing, received)
        counts += Counts(missing=_mark_missing(run, feed, scales, writing, receipt))
        faults.end_unmet(writing, run.now())
    tally.counts = counts


def _mark_missing(run: Run, feed: Feed, scales: Scales, writing: Writing, receipt: int) -> int:
    marked = 0
    for stream in sorted(scales.streams):
        series = run.series(writing, feed, stream)
        missing = gone_missing(writing.current(series, sorted(scales.missing(stream))))
        writing.append(series, receipt, missing)
        marked += len(missing)
    return marked
