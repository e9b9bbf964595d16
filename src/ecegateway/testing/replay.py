"""Drives a source from recorded answers, with no network: what the host does, without what the host guards against."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ecegateway.contract import Answer, Ask, Feed, HttpGet, Page, ReadFile, Source
from ecegateway.transport.drop import DropTransport
from ecegateway.transport.limits import Limits

_MOST_ASKS = 10_000
_MEDIA_TYPES = {".json": "application/json", ".jsonl": "application/x-ndjson", ".csv": "text/csv", ".xml": "text/xml"}

Answers = Callable[[Ask], Answer]
"""Gives the recorded answer to a question."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question, its answer, and the page the source read from it."""

    ask: Ask
    answer: Answer
    page: Page


def replay(source: Source, feed: Feed, answers: Answers, cursor: str | None = None) -> list[Exchange]:
    """Pull a feed to its end from recorded answers.

    Raises:
        AssertionError: the source asks for more than was recorded, asks for what is no question, or never ends.
        IntakeError: the source cannot read an answer.
    """
    exchanges: list[Exchange] = []
    asking = source.pull(feed, cursor)
    try:
        ask = next(asking)
        while len(exchanges) < _MOST_ASKS:
            assert isinstance(ask, HttpGet | ReadFile), f"feed {feed.name!r}: {type(ask).__name__} is no question"
            answer = answers(ask)
            page = source.read(feed, answer)
            exchanges.append(Exchange(ask, answer, page))
            ask = asking.send(page)
    except StopIteration:
        return exchanges
    raise AssertionError(f"feed {feed.name!r}: the source still asks after {_MOST_ASKS} questions")


def first_ask(source: Source, feed: Feed, cursor: str | None) -> Ask | None:
    """What a pull from a cursor asks first; ``None`` if it asks nothing."""
    asking = source.pull(feed, cursor)
    try:
        return next(asking, None)
    finally:
        asking.close()


def pages(*bodies: bytes, media_type: str = "application/json") -> Answers:
    """Answers in a fixed order, whatever is asked."""
    remaining = iter(bodies)

    def answer(ask: Ask) -> Answer:
        body = next(remaining, None)
        assert body is not None, f"the source asks for more than the {len(bodies)} recorded pages: {ask}"
        return Answer(ask, body, _origin(ask), media_type)

    return answer


class Recording:
    """A folder of recorded answers.

    HTTP pages lie in ``<folder>/<service>/<feed>/``, in the order of their names (``001.json``, ``002.json``). Dropped
    files lie directly in ``<folder>`` and are handed out in slices of ``slice_rows`` rows, as the host does.
    """

    def __init__(self, folder: Path, slice_rows: int = 3) -> None:
        self._folder = folder
        self._slice_rows = slice_rows

    def of(self, feed: Feed) -> Answers:
        """The answers for one pull of a feed."""
        recorded = self._recorded_pages(feed)
        drop = DropTransport("recorded", self._folder, Limits(slice_rows=self._slice_rows))
        remaining = iter(recorded)

        def answer(ask: Ask) -> Answer:
            if isinstance(ask, ReadFile):
                return drop.fetch(ask, seconds=1).answer
            path = next(remaining, None)
            assert path is not None, (
                f"feed {feed.name!r} of {feed.service}: the source asks for more than the {len(recorded)} pages recorded "
                f"in {self._folder_of(feed)}: {ask}"
            )
            return Answer(ask, path.read_bytes(), _origin(ask), _MEDIA_TYPES.get(path.suffix, "application/octet-stream"))

        return answer

    def _folder_of(self, feed: Feed) -> Path:
        return self._folder / feed.service / feed.name

    def _recorded_pages(self, feed: Feed) -> Sequence[Path]:
        folder = self._folder_of(feed)
        return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else ()


def with_body(answer: Answer, body: bytes) -> Answer:
    """The same answer with another body."""
    return replace(answer, body=body)


def _origin(ask: Ask) -> str:
    return ask.path if isinstance(ask, HttpGet) else ask.pattern
