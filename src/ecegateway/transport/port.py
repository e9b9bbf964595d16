"""What every way of asking offers to a pull."""

from dataclasses import dataclass
from typing import Protocol

from ecegateway.contract import Answer, Ask


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer, and whether its end is proven.

    An answer that ends only because the connection closed may have been cut anywhere: it counts only when the page
    itself says how many items it should have.
    """

    answer: Answer
    end_proven: bool = True


class Transport(Protocol):
    """Carries out one question. Makes one attempt; trying again is the pull's business."""

    def fetch(self, ask: Ask, *, seconds: float) -> Fetched:
        """The answer, within ``seconds``.

        Raises:
            SourceRetryableError: asking again may help.
            SourceFatalError: it will not.
            PluginContractError: the question itself is not allowed.
        """

    def unasked(self) -> tuple[str, ...]:
        """Files that lie ready and that no question so far was about, by name; nothing over HTTP.

        Raises:
            SourceFatalError: where they should lie cannot be opened.
        """

    def close(self) -> None:
        """Let go of connections."""
