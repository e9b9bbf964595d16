"""Fills an evidence store with invented services, page by page, as a first pull of each leaves it."""

from collections import defaultdict
from datetime import UTC, datetime
from itertools import chain

from bench.register import confirmations, daily
from bench.roll import invent, papers

from ecegateway.contract import Answer, Fact, Feed, HttpGet
from ecegateway.evidence.canonical import canonical
from ecegateway.evidence.record import Series, State
from ecegateway.evidence.store import open_evidence
from ecegateway.evidence.writing import Writing
from ecegateway.intake.accept import Statement
from ecegateway.intake.diff import difference
from ecegateway.model.ids import ServiceNumber, SourceName

FIRST_SERVICE = 10_000
_PAGE = 1000
_SOURCE = SourceName("bench")
_RECEIVED = datetime(2026, 6, 8, tzinfo=UTC)


def numbers(count: int) -> list[ServiceNumber]:
    """The first services of the nation."""
    return [ServiceNumber(str(FIRST_SERVICE + n)) for n in range(count)]


def fill(store: str, count: int) -> int:
    """Bring a store to at least so many services; gives how many were added."""
    with open_evidence(store, create=True) as evidence:
        missing = [number for number in numbers(count) if number not in set(evidence.services())]
        if missing:
            pull = evidence.begin_pull(_SOURCE, "bench", "1", frozenset(Fact), _RECEIVED)
            for number in missing:
                with evidence.transaction() as writing:
                    _fill_service(writing, pull, number)
            evidence.end_pull(pull, "complete", "", {}, _RECEIVED)
    return len(missing)


def _fill_service(writing: Writing, pull: int, number: ServiceNumber) -> None:
    service = invent(int(number))
    streams: defaultdict[str, list[Statement]] = defaultdict(list)
    for record in chain(papers(service), daily(service), confirmations(service)):
        streams[record.stream].append(Statement(record.key, State.PRESENT, *canonical(record)))
    for stream, statements in streams.items():
        feed = Feed(stream, number, frozenset({stream}))
        series = writing.series(Series(_SOURCE, number, stream, _SOURCE))
        for start in range(0, len(statements), _PAGE):
            page = statements[start : start + _PAGE]
            body = f"[{','.join(statement.content for statement in page)}]".encode()
            path = f"{number}/{stream}"
            answer = Answer(HttpGet(path, (("cursor", str(start)),)), body, path, "application/json")
            receipt = writing.keep(pull, feed, answer, _RECEIVED)
            found = difference(page, writing.current(series, [statement.key for statement in page]))
            writing.append(series, receipt, found.versions)
            writing.move_cursor(_SOURCE, number, feed.name, str(start), receipt)
