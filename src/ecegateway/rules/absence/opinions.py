"""What one absence rule thinks of one absent day, before the rules are put together."""

from dataclasses import dataclass

from ecegateway.model.claim import Verdict
from ecegateway.model.ids import EvidenceId
from ecegateway.rules.registry import Clause


@dataclass(frozen=True, slots=True)
class Opinion:
    """A verdict with its reason, and the evidence it rests on beside the day's own."""

    verdict: Verdict
    why: Clause
    evidence: tuple[EvidenceId, ...] = ()

    @property
    def allows(self) -> bool:
        """Whether the absence is funded."""
        return self.verdict is Verdict.CLAIMED
