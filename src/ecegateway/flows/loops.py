"""Notices a vendor or plugin that goes round in circles."""

from hashlib import sha256

from ecegateway.contract import Answer, Ask, Page
from ecegateway.errors import SourceFatalError


class LoopWatch:
    """Watches one feed of one pull. Keeps digests and cursors, no pages.

    A cursor may stay as it is from page to page: some sources move it at the end only. It may not come back.
    """

    def __init__(self, where: str, pages: int) -> None:
        self._where = where
        self._pages = pages
        self._asks: set[Ask] = set()
        self._bodies: set[bytes] = set()
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

    def check(self, answer: Answer, page: Page) -> bytes:
        """Look at a page before it is stored; gives the digest by which to know it again.

        Raises:
            SourceFatalError: its cursor was left behind before, or its bytes came for another question.
        """
        if page.cursor is not None and page.cursor in self._left_behind:
            raise SourceFatalError(f"{self._where}: cursor loop: the cursor goes back to an earlier one; ask the vendor")
        digest = sha256(answer.body).digest()
        if page.items and digest in self._bodies:
            raise SourceFatalError(
                f"{self._where}: repeated page: the same page came for two questions; nothing of it is stored twice; "
                "ask the vendor"
            )
        return digest

    def stored(self, digest: bytes, page: Page) -> None:
        """Note that a page was stored."""
        self._bodies.add(digest)
        if self._cursor is not None and page.cursor != self._cursor:
            self._left_behind.add(self._cursor)
        self._cursor = page.cursor
