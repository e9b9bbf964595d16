"""The ``folder`` source: a directory of canonical files, one for each stream, as CSV or as JSON Lines.

The format is described in ``docs/folder-format.md``. Every file is the whole of its stream each time (a snapshot).
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import ecegateway
from ecegateway.builtin.folder_rows import read_csv_rows, read_line_rows
from ecegateway.contract import Answer, Ask, Fact, Feed, Page, ReadFile, RegisterSource, SourceDescription
from ecegateway.errors import ConfigError, IntakeError
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.streams import STREAMS

_CSV = ".csv"
_LINES = ".jsonl"
_NO_FILE = "no file"


class FolderSource:
    """One configured folder: a snapshot feed for every stream of every service."""

    def feeds(self, services: Sequence[ServiceNumber]) -> Sequence[Feed]:
        """Every stream, in the order of :data:`~ecegateway.model.streams.STREAMS`, service by service."""
        return [Feed(name, service, frozenset({name}), snapshot=True) for service in services for name in STREAMS]

    def pull(self, feed: Feed, cursor: str | None) -> Generator[Ask, Page, None]:  # noqa: ARG002 - a snapshot starts over
        """Ask for the stream's CSV file, then for its JSON Lines file."""
        has_csv = yield from _slices(ReadFile(f"{feed.name}{_CSV}", optional=True))
        # With a header, which JSON Lines files do not have: so `read` knows that the CSV file is there too.
        yield from _slices(ReadFile(f"{feed.name}{_LINES}", header=has_csv, optional=True))

    def read(self, feed: Feed, answer: Answer) -> Page:
        """The records of one slice of a file.

        Raises:
            IntakeError: the slice is not CSV, or lacks a column; or both forms of the stream are in the folder, and which
                of them is meant is not ours to guess.
        """
        if not answer.body:
            return Page((), cursor=None, follow=_NO_FILE)
        if not isinstance(answer.ask, ReadFile):
            raise IntakeError("a folder source reads files only")
        lines = answer.ask.pattern.endswith(_LINES)
        if lines and answer.ask.header:
            raise IntakeError(
                f"the folder holds both {feed.name}{_CSV} and {feed.name}{_LINES}; keep the one that counts and move the "
                "other out of the folder"
            )
        read = read_line_rows if lines else read_csv_rows
        items, unread = read(feed.name, answer.body, answer.first_row, feed.service)
        follow = None if answer.next_offset is None else str(answer.next_offset)
        return Page(items, cursor=None, unread=unread, follow=follow)


def _slices(ask: ReadFile) -> Generator[Ask, Page, bool]:
    """Ask for a file to its end; whether there is one. An empty file is no file."""
    page = yield ask
    found = page.follow != _NO_FILE
    while found and page.follow is not None:
        page = yield replace(ask, offset=int(page.follow))
    return found


class Folder:
    """The kind of source, as registered.

    It can show every fact but deletions: a row taken out of a file is missing, and nobody said why.
    """

    description = SourceDescription(
        plugin="folder",
        title="Folder of canonical CSV or JSON Lines files",
        version=ecegateway.__version__,
        streams=frozenset(STREAMS),
        facts=frozenset(Fact) - {Fact.DELETIONS},
    )

    def create(self, settings: Mapping[str, Any]) -> FolderSource:
        """A source; it has no settings of its own.

        Raises:
            ConfigError: a setting was given.
        """
        if settings:
            raise ConfigError(f"a folder source has no setting {min(settings)!r}; take it out")
        return FolderSource()


@ecegateway.hookimpl
def ecegateway_register_sources(register: RegisterSource) -> None:
    """Register the ``folder`` kind of source."""
    register(Folder())
