"""How records stand by the twelve criteria of Handbook 6-3: a grade per record, and a card per source."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ecegateway.model.ids import ChildKey, RuleId, SourceName


class Grade(StrEnum):
    """How one record stands by one criterion."""

    MET = "met"
    BREACHED = "breached"
    CANNOT_SHOW = "cannot show"
    """The source carries no fact by which it could be told: neither a pass nor a fault."""


@dataclass(frozen=True, slots=True)
class GradedRecord:
    """One record by one criterion, and why.

    ``record`` is its evidence id, or ``quarantine N`` for a row that was set apart. ``child`` is ``None`` for records of no
    single child; ``days`` ascend and are empty for records of no single day. ``why`` carries no keys and no names.
    """

    criterion: int
    source: SourceName
    record: str
    child: ChildKey | None
    days: tuple[date, ...]
    grade: Grade
    why: str


@dataclass(frozen=True, slots=True)
class CriterionText:
    """A criterion in words.

    ``asks`` is what it asks for, ``on_paper`` what the centre must hold where records cannot show it, ``rules`` whose findings
    carry it out.
    """

    number: int
    group: str
    title: str
    asks: str
    on_paper: str
    cites: str
    rules: tuple[RuleId, ...]


@dataclass(frozen=True, slots=True)
class GradeReason:
    """Records of one source that one criterion grades alike, for the same reason. ``first`` names some of them."""

    grade: Grade
    why: str
    records: int
    children: int
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CriterionCounts:
    """How the records of one source stand by one criterion.

    ``shows`` are the facts the source declares of those the criterion rests on, ``lacks`` the others. ``reasons`` hold every
    record that is not met; those that break the criterion come first, then by number of records.
    """

    criterion: int
    shows: tuple[str, ...]
    lacks: tuple[str, ...]
    met: int
    breached: int
    cannot_show: int
    reasons: tuple[GradeReason, ...]

    @property
    def grade(self) -> Grade | None:
        """The weakest grade; ``None`` if the source shows all that is asked for and gave no record of the kind."""
        if self.breached:
            return Grade.BREACHED
        if self.cannot_show or (self.lacks and not self.met):
            return Grade.CANNOT_SHOW
        return Grade.MET if self.met else None

    @property
    def paper_needed(self) -> bool:
        """Whether the centre must hold evidence another way."""
        return bool(self.cannot_show or (self.lacks and not self.met))


@dataclass(frozen=True, slots=True)
class ConformanceCard:
    """What one source's data can prove, criterion by criterion, from 1 to 12."""

    source: SourceName
    criteria: tuple[CriterionCounts, ...]


@dataclass(frozen=True, slots=True)
class DayGaps:
    """A day on which the record is not accurate (criterion 9): why, and the children, ascending."""

    day: date
    gaps: tuple[tuple[str, tuple[ChildKey, ...]], ...]


@dataclass(frozen=True, slots=True)
class Conformance:
    """A service by the twelve criteria: their words, one card for each source by name, and the gaps day by day."""

    criteria: tuple[CriterionText, ...]
    cards: tuple[ConformanceCard, ...]
    gaps: tuple[DayGaps, ...]
