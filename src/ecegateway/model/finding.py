"""What a rule found: a value, never an exception."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ecegateway.model.ids import ChildKey, EvidenceId, RuleId, ServiceNumber
from ecegateway.model.return_check import Sure, Weight
from ecegateway.model.spans import Spans


class Severity(StrEnum):
    """How much a finding weighs."""

    HOLDS = "holds"
    """Hours are held back until somebody puts it right."""
    WARNS = "warns"
    """No hour is held, but an auditor would ask."""
    INFORMS = "informs"
    """Worth knowing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of one rule, by one child (or the service) on some days.

    ``days`` ascend. ``holds`` is ``False`` for a finding that weighs on no hour. ``parameters`` fill the rule's message;
    ``days`` ascend. ``holds`` is ``False`` for a finding that weighs on no hour. ``parameters`` fill the rule's message;
    they carry keys, dates and minutes, never names. ``within`` are the minutes of each day that it bears on, where that is
    not the whole day. ``cause`` says in a few words, without names, what findings of the rule have in common where one thing
    to put right lies behind them: a device, a signature; empty where it is the rule itself. ``due`` is the last day by which
    something must be done, where the rule has such a day of its own.
    """

    rule: RuleId
    severity: Severity
    service: ServiceNumber
    child: ChildKey | None
    days: tuple[date, ...]
    evidence: tuple[EvidenceId, ...]
    parameters: tuple[tuple[str, str], ...] = ()
    switch: str | None = None
    within: Spans | None = None
    cause: str = ""
    due: date | None = None

    @property
    def holds(self) -> bool:
        """Whether the days' hours are held back."""
        return self.severity is Severity.HOLDS


@dataclass(frozen=True, slots=True)
class Example:
    """A case of a rule in one sentence: ``found`` if the rule finds something in it. A test of the same words plays it."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule in words: what pages and reports say of it.

    ``message`` has ``{name}`` places that a finding's parameters fill; ``cites`` is the citation in full, for instance
    ``ECE Funding Handbook 6-3 Attendance records, criterion 7``. ``condition`` says exactly when it finds something,
    ``holds`` which hours it then holds back, and ``severity`` how much it weighs unless a switch or the case says otherwise.
    A reason of the claim itself has no severity: its ``holds`` says what it does to the hours it speaks of. A check of a
    return weighs on the signing of it, and says how ``sure`` it is.
    """

    rule: RuleId
    title: str
    version: int
    message: str
    why: str
    fix: str
    cites: str
    severity: Severity | Weight | None = None
    holds: str = ""
    condition: str = ""
    examples: tuple[Example, ...] = ()
    sure: Sure | None = None

    def say(self, parameters: tuple[tuple[str, str], ...]) -> str:
        """The message with its places filled."""
        return self.message.format(**dict(parameters))
