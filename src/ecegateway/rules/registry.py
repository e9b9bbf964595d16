"""How a rule is declared, and the catalogue of all rules and clauses in words.

A *rule* looks at facts and yields findings. A *clause* is a reason the claim itself gives for funding or refusing minutes.
Both have an id, a citation, and words for people; both stand in one catalogue, so that every reason anywhere can be looked
up. Modules of rules are listed in :mod:`ecegateway.rules.assess`; nothing is found by scanning.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from ecegateway.facts.calendar import LOOK_AHEAD, operation
from ecegateway.facts.elsewhere import NOWHERE, Elsewhere
from ecegateway.facts.types import ChildFacts, Operation, ServiceFacts, Stay
from ecegateway.handbook.citation import Citation
from ecegateway.handbook.lookup import Handbook
from ecegateway.handbook.policy import Policy
from ecegateway.model.absence import ChildAbsences
from ecegateway.model.finding import Example, Finding, RuleText, Severity
from ecegateway.model.ids import ChildKey, EvidenceId, RuleId
from ecegateway.model.period import DateRange, first_of_month_after
from ecegateway.model.spans import Spans
from ecegateway.rules.attendance.habits.habits import Habits


@dataclass(frozen=True, slots=True)
class Question:
    """What every rule is asked about: a service's facts, some days, the law, and how its doubtful points are read.

    ``look_back`` are the days the absence rules judge by: from the first day of the record to the last day asked about.
    ``operating`` holds each of them, each day asked about, and the days after those until the service opens again.
    ``departures`` counts, by instant, how many children left at that instant. ``elsewhere`` is what other services' records
    say of people and children who are here too. ``habits`` are what the stays of the days asked about show together.
    """

    facts: ServiceFacts
    days: DateRange
    look_back: DateRange
    policy: Policy
    operating: Mapping[date, Operation]
    departures: Mapping[datetime, int]
    law: Handbook
    elsewhere: Elsewhere
    habits: Habits

    def stays(self, child: ChildFacts) -> tuple[Stay, ...]:
        """The child's stays on the days asked about, by day and arrival."""
        return self.habits.stays[child.key]

    def over(self, days: DateRange) -> "Question":
        """The same question about other days, all of them among those whose operation is known."""
        return replace(self, days=days, habits=Habits(self.facts, days, self.operating))


def question(facts: ServiceFacts, days: DateRange, policy: Policy, law: Handbook, elsewhere: Elsewhere = NOWHERE) -> Question:
    """A question about some days, with the service's operation worked out once."""
    left = ({stay.record.departed for found in child.stays.values() for stay in found} for child in facts.children)
    departures = Counter(instant for instants in left for instant in instants if instant is not None)
    look_back = DateRange(_look_back(facts, days), days.after)
    operating = {day: operation(facts, day) for day in DateRange(min(days.first, look_back.first), days.after)}
    operating |= _until_open(facts, days.after)
    habits = Habits(facts, days, operating)
    return Question(facts, days, look_back, policy, operating, departures, law, elsewhere, habits)


_MONTHS_BACK = 24
"""How far back months in a row are counted: far beyond the fourth, from which on nothing changes any more."""


def _look_back(facts: ServiceFacts, days: DateRange) -> date:
    """The first day the absence rules judge by: where the record begins, at most so many months before the days asked about.

    Of days before it nothing is known, whichever days are asked about.
    """
    begins = facts.record_begins or days.after
    return min(days.after, max(begins, first_of_month_after(days.first, -_MONTHS_BACK)))


def _until_open(facts: ServiceFacts, day: date) -> dict[date, Operation]:
    """The days from one on until the service opens: how long a closure is does not depend on which days are asked about."""
    shut: dict[date, Operation] = {}
    for ahead in DateRange(day, day + LOOK_AHEAD):
        found = operation(facts, ahead)
        if found.open:
            break
        shut[ahead] = found
    return shut


ChildCheck = Callable[[ChildFacts, Question], Iterator["Breach"]]
ServiceCheck = Callable[[Question], Iterator["Breach"]]
AbsenceCheck = Callable[[ChildFacts, ChildAbsences, Question], Iterator["Breach"]]


@dataclass(frozen=True, slots=True)
class Breach:
    """What a rule's function yields: where it was broken. The registry makes a finding of it.

    ``severity`` is given only where it differs from the rule's own, ``within`` only where part of each day is meant; ``cause``
    and ``due`` as in :class:`~ecegateway.model.finding.Finding`.
    """

    days: tuple[date, ...]
    evidence: tuple[EvidenceId, ...]
    parameters: tuple[tuple[str, str], ...] = ()
    severity: Severity | None = None
    within: Spans | None = None
    cause: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in full: its words, its weight, the switch that bears on it, and its function.

    ``doubts_presence``: on the days it finds, a stay on record does not show that the child was there. Such a rule is asked
    of every day the absence rules look back on.
    """

    text: RuleText
    severity: Severity
    switch: str | None
    citation: Citation
    doubts_presence: bool
    child_check: ChildCheck | None = None
    service_check: ServiceCheck | None = None
    absence_check: AbsenceCheck | None = None

    def findings(self, asked: Question, absences: tuple[ChildAbsences, ...] = ()) -> Iterator[Finding]:
        """Every breach of this rule, by child and day; ``absences`` are what the absence rules said, for rules that ask."""
        if self.service_check is not None:
            for breach in self.service_check(asked):
                yield self._finding(breach, None, asked)
        if self.child_check is not None:
            for child in asked.facts.children:
                for breach in self.child_check(child, asked):
                    yield self._finding(breach, child.key, asked)
        if self.absence_check is not None:
            for child, found in zip(asked.facts.children, absences, strict=True):
                for breach in self.absence_check(child, found, asked):
                    yield self._finding(breach, child.key, asked)

    def _finding(self, breach: Breach, child: ChildKey | None, asked: Question) -> Finding:
        return Finding(
            rule=self.text.rule,
            severity=breach.severity or self.severity,
            service=asked.facts.number,
            child=child,
            days=breach.days,
            evidence=breach.evidence,
            parameters=breach.parameters,
            switch=self.switch,
            within=breach.within,
            cause=breach.cause,
            due=breach.due,
        )


@dataclass(frozen=True, slots=True)
class Declaration:
    """A rule's words and weight, waiting for its function: ``@rule(...).of_each_child`` or ``@rule(...).of_the_service``."""

    text: RuleText
    severity: Severity
    switch: str | None
    citation: Citation
    doubts_presence: bool

    def of_each_child(self, check: ChildCheck) -> Rule:
        """The rule, asked of each child."""
        return Rule(self.text, self.severity, self.switch, self.citation, self.doubts_presence, child_check=check)

    def of_the_service(self, check: ServiceCheck) -> Rule:
        """The rule, asked once of the service."""
        return Rule(self.text, self.severity, self.switch, self.citation, self.doubts_presence, service_check=check)

    def of_absences(self, check: AbsenceCheck) -> Rule:
        """The rule, asked of each child once the absence rules have spoken."""
        return Rule(self.text, self.severity, self.switch, self.citation, self.doubts_presence, absence_check=check)


def rule(
    rule_id: str,
    title: str,
    *,
    message: str,
    why: str,
    fix: str,
    cites: Citation,
    severity: Severity,
    switch: str | None = None,
    doubts_presence: bool = False,
    holds: str = "",
    condition: str = "",
    examples: tuple[Example, ...] = (),
    version: int = 1,
) -> Declaration:
    """Declares a rule. A rule that decides otherwise than before has the next ``version``."""
    text = RuleText(RuleId(rule_id), title, version, message, why, fix, str(cites), severity, holds, condition, examples)
    return Declaration(text, severity, switch, cites, doubts_presence)


def found(text: str) -> Example:
    """A case in which a rule finds something."""
    return Example(text, found=True)


def passes(text: str) -> Example:
    """A case in which a rule finds nothing."""
    return Example(text, found=False)


@dataclass(frozen=True, slots=True)
class Clause:
    """A reason of the claim itself, with its words, the switch that bears on it, and its citation."""

    text: RuleText
    switch: str | None
    citation: Citation

    @property
    def id(self) -> RuleId:
        """The reason's id."""
        return self.text.rule


def clause(
    rule: str,
    title: str,
    *,
    message: str,
    why: str,
    fix: str,
    cites: Citation,
    hours: str,
    condition: str,
    examples: tuple[Example, ...],
    switch: str | None = None,
    version: int = 1,
) -> Clause:
    """Declares a clause; ``hours`` says what it does to the hours it speaks of."""
    text = RuleText(
        RuleId(rule), title, version, message, why, fix, str(cites), holds=hours, condition=condition, examples=examples
    )
    return Clause(text, switch, cites)
