"""Records a vendor's real answers as the folder the conformance kit reads."""

from collections.abc import Sequence
from pathlib import Path

from ecegateway.contract import HttpGet, Source
from ecegateway.model.ids import ServiceNumber
from ecegateway.transport.port import Transport

_SECONDS = 30.0


def record_pages(source: Source, transport: Transport, services: Sequence[ServiceNumber], folder: Path) -> None:
    """Pull every feed once and keep its answers in ``folder``, byte for byte.

    Point it at a test account with invented people: the pages are meant to be checked in.

    Raises:
        SourceError: the vendor does not answer.
        IntakeError: the source cannot read an answer.
    """
    for feed in source.feeds(services):
        kept = folder / feed.service / feed.name
        asking = source.pull(feed, None)
        ask = next(asking, None)
        number = 0
        while ask is not None:
            number += 1
            answer = transport.fetch(ask, seconds=_SECONDS).answer
            if isinstance(ask, HttpGet):
                kept.mkdir(parents=True, exist_ok=True)
                (kept / f"{number:03}.json").write_bytes(answer.body)
            try:
                ask = asking.send(source.read(feed, answer))
            except StopIteration:
                break
