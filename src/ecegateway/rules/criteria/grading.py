"""How a criterion is declared, and how a record's grade comes about.

A fault the records show is a breach. Where there is none, something the source cannot show leaves the criterion open. Only
what is shown is met.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ecegateway.contract import Fact
from ecegateway.facts.types import ChildFacts, Known
from ecegateway.handbook.citation import Citation, cite
from ecegateway.model.conformance import CriterionText, Grade, GradedRecord
from ecegateway.model.record import Record
from ecegateway.rules.registry import Question, Rule

Grades = Callable[[Question], Iterator[GradedRecord]]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion: its words, the facts a source must declare to prove it, its grades, and the rules that find its breaches."""

    number: int
    group: str
    title: str
    asks: str
    on_paper: str
    needs: frozenset[Fact]
    grades: Grades
    rules: tuple[Rule, ...]

    @property
    def text(self) -> CriterionText:
        """The criterion in words."""
        ids = tuple(rule.text.rule for rule in self.rules)
        return CriterionText(
            self.number, self.group, self.title, self.asks, self.on_paper, str(criterion_cite(self.number)), ids
        )


class Judged(NamedTuple):
    """A grade, and why."""

    grade: Grade
    why: str


def judged(fault: str | None, unknown: str | None, met: str) -> Judged:
    """What is wrong decides; else what cannot be told; else ``met`` says what was shown."""
    if fault is not None:
        return Judged(Grade.BREACHED, fault)
    if unknown is not None:
        return Judged(Grade.CANNOT_SHOW, unknown)
    return Judged(Grade.MET, met)


def graded(
    criterion: int, known: Known[Record], found: Judged, days: tuple[date, ...] = (), child: ChildFacts | None = None
) -> GradedRecord:
    """A standing record's grade."""
    key = child.key if child is not None else None
    return GradedRecord(criterion, known.source, known.id, key, days, found.grade, found.why)


def criterion_cite(*numbers: int) -> Citation:
    """The place of criteria in Handbook 6-3."""
    noun = "criterion" if len(numbers) == 1 else "criteria"
    return cite("6-3", f"electronic attendance records, {noun} {' and '.join(map(str, numbers))}")
