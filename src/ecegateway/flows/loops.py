"""Notices a vendor or plugin that goes round in circles."""

from hashlib import sha256

from ecegateway.contract import Ask, Feed, Page
from ecegateway.errors import SourceFatalError
from ecegateway.intake.accept import Accepted, Stated


class LoopWatch:
    """Watches one feed of one pull. Keeps digests and cursors, no pages; of a snapshot, the keys it has stated.

    A cursor may stay as it is from page to page: some sources move it at the end only. It may not come back.
    """

    def __init__(self, where: str, feed: Feed, pages: int) -> None:
        self._where = where
        self._snapshot = feed.snapshot
        self._pages = pages
        self.stated: Stated = {}
        self._asks: set[Ask] = set()
        self._contents: set[bytes] = set()
        self._left_behind: set[str] = set()
        self._cursor: str | None = None

    def asked(self, ask: Ask) -> None:
        """Note a question.

        Raises:
            SourceFatalError: it was asked before, or there are too many.
        """
        if ask in self._asks:
            raise SourceFatalError(f"{self._where}: cursor loop: a page leads back to one already read; ask the vendor")
        self._asks.add(ask)
        if len(self._asks) > self._pages:
            raise SourceFatalError(f"{self._where}: more than {self._pages} pages; ask the vendor, or raise limits.pages")

    def check(self, page: Page, accepted: Accepted) -> bytes:
        """Look at a page before it is stored; gives the digest by which to know it again.

        Raises:
            SourceFatalError: its cursor was left behind before, or all it says was said by another page.
        """
        if page.cursor is not None and page.cursor in self._left_behind:
            raise SourceFatalError(f"{self._where}: cursor loop: the cursor goes back to an earlier one; ask the vendor")
        digest = _content(accepted)
        if any(accepted.statements.values()) and digest in self._contents:
            raise SourceFatalError(
                f"{self._where}: repeated page: the same records came for two questions; nothing of it is stored twice; "
                "ask the vendor"
            )
        return digest

    def stored(self, digest: bytes, page: Page, accepted: Accepted) -> None:
        """Note that a page was stored."""
        self._contents.add(digest)
        if self._snapshot:
            note_stated(self.stated, accepted)
        if self._cursor is not None and page.cursor != self._cursor:
            self._left_behind.add(self._cursor)
        self._cursor = page.cursor


def note_stated(stated: Stated, accepted: Accepted) -> None:
    """Add the keys that a page of a snapshot has stated."""
    for stream, statements in accepted.statements.items():
        stated.setdefault(stream, set()).update(statement.key for statement in statements)


def _content(accepted: Accepted) -> bytes:
    """What a page says, whatever it is wrapped in."""
    content = sha256()
    for stream, statements in sorted(accepted.statements.items()):
        content.update(stream.encode())
        for statement in statements:
            content.update(f"{statement.key}\0{statement.state}\0".encode() + statement.digest)
    return content.digest()
