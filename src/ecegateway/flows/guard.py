"""Drives a source plugin under guard: whatever it raises or gives wrongly comes out as one error that names it."""

from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from typing import Any, Self, TypeVar

from ecegateway.contract import (
    Answer,
    Ask,
    Feed,
    HttpGet,
    Page,
    ReadFile,
    Source,
    SourceDescription,
    SourcePlugin,
)
from ecegateway.errors import ConfigError, IntakeError, PluginContractError, SourceError
from ecegateway.evidence.canonical import refuse_poison
from ecegateway.model.ids import ServiceNumber, SourceName

_Got = TypeVar("_Got")


class GuardedSource:
    """A configured source, as the host uses it.

    Args:
        name: The source's name in the settings.
        plugin: Its kind.
        settings: What the settings file has for the plugin.
    """

    def __init__(self, name: SourceName, plugin: SourcePlugin, settings: dict[str, Any]) -> None:
        self.name = name
        self.description: SourceDescription = plugin.description
        self._source: Source = self._guard("create", lambda: plugin.create(settings), ConfigError)

    def feeds(self, services: Sequence[ServiceNumber]) -> tuple[Feed, ...]:
        """The feeds to pull, checked: each once, for asked services, of declared streams."""
        feeds = self._guard("feeds", lambda: tuple(self._source.feeds(services)))
        for feed in feeds:
            self._expect(feed, Feed, "feeds")
            if feed.service not in services:
                raise self.breach(f"gives the feed {feed.name!r} for a service nobody asked for")
            if not feed.streams <= self.description.streams:
                raise self.breach(f"gives the feed {feed.name!r} with streams it does not declare")
        if len({(feed.service, feed.name) for feed in feeds}) != len(feeds):
            raise self.breach("gives two feeds of one name for a service")
        return feeds

    def questions(self, feed: Feed, cursor: str | None) -> "Questions":
        """What the source asks to pull a feed, from a cursor if there is one."""
        generator = self._guard("pull", lambda: self._source.pull(feed, cursor))
        self._expect(generator, Generator, "pull")
        return Questions(self, generator)

    def read(self, feed: Feed, answer: Answer) -> Page:
        """Read an answer.

        Raises:
            IntakeError: the bytes cannot be read.
            PluginContractError: the plugin failed or gave something else than a page.
        """
        page = self._guard("read", lambda: self._source.read(feed, answer), IntakeError)
        self._expect(page, Page, "read")
        if not isinstance(page.items, Sequence) or not isinstance(page.cursor, str | None):
            raise self.breach("gives a page whose items or cursor are of a wrong kind")
        self._check_texts("cursor", page.cursor or "")
        return page

    def next_ask(self, step: Callable[[], Ask]) -> Ask | None:
        """The next question, checked, or ``None`` when the source has no more."""
        try:
            ask = self._guard("pull", step, StopIteration, SourceError)
        except StopIteration:
            return None
        if isinstance(ask, HttpGet):
            self._check_texts("question", ask.path, *(text for pair in ask.params for text in pair))
        else:
            self._expect(ask, ReadFile, "pull")
            self._check_texts("question", ask.pattern)
        return ask

    def _guard(self, step: str, call: Callable[[], _Got], *promised: type[Exception]) -> _Got:
        try:
            return call()
        except promised:
            raise
        except Exception as error:
            # Only the kind of the exception is named: its text may hold what the vendor sent.
            raise self.breach(f"raised {type(error).__name__} in {step}()") from error

    def _expect(self, value: object, kind: type, step: str) -> None:
        if not isinstance(value, kind):
            raise self.breach(f"gives a {type(value).__name__} from {step}(); expected {kind.__name__}")

    def _check_texts(self, what: str, *texts: object) -> None:
        for text in texts:
            self._expect(text, str, what)
        try:
            refuse_poison(str(text) for text in texts)
        except IntakeError as error:
            raise self.breach(f"gives a {what} that cannot be kept: {error}") from error

    def breach(self, what: str) -> PluginContractError:
        """An error that names the plugin and its version."""
        plugin = f"{self.description.plugin} {self.description.version}"
        return PluginContractError(f"source {self.name!r}: plugin {plugin} {what}; tell its maker")


class Questions:
    """The questions of one feed, one at a time; each is followed by the page that was read and stored.

    Use it as a context manager, so that the plugin's generator is put away whatever happens.
    """

    def __init__(self, source: GuardedSource, generator: Generator[Ask, Page, None]) -> None:
        self._source = source
        self._generator = generator

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(Exception):  # what a plugin does while it is put away changes nothing any more
            self._generator.close()

    def first(self) -> Ask | None:
        """The first question."""
        return self._source.next_ask(lambda: next(self._generator))

    def after(self, page: Page) -> Ask | None:
        """The question that follows a page."""
        return self._source.next_ask(lambda: self._generator.send(page))
