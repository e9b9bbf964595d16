"""What the absence rules leave of a child's day: absent hours claimed, held or refused, and make-up days claimed once.

Source: ECE Funding Handbook 6-4, 6-7 (only the hours missed are lost), 6-9.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ecegateway.claim.clauses import ATTENDED_HOURS
from ecegateway.claim.place_clauses import MADE_UP
from ecegateway.claim.portions import Fate, fate, turn, turn_within
from ecegateway.claim.stake import Stake
from ecegateway.model.absence import ChildAbsences, Loses, Ruling
from ecegateway.model.claim import Portion, Verdict
from ecegateway.model.ids import ChildKey
from ecegateway.model.period import DateRange
from ecegateway.model.spans import Spans, last_minutes, minutes, without
from ecegateway.rules.absence.reasons import NOT_JUDGED


@dataclass(frozen=True, slots=True)
class Rulings:
    """The absence rules' rulings by child, and the days they were asked about."""

    by_child: Mapping[ChildKey, Mapping[date, Ruling]]
    days: DateRange

    @classmethod
    def of(cls, absences: tuple[ChildAbsences, ...], days: DateRange) -> "Rulings":
        """The rulings of an assessment."""
        return cls({found.child: found.rulings for found in absences}, days)

    def on(self, child: ChildKey, day: date) -> Ruling | None:
        """The ruling on a child's day, if there is one."""
        return self.by_child.get(child, {}).get(day)

    def claims(self, child: ChildKey, day: date) -> bool:
        """Whether a day's absence is claimed; one outside the days asked about is taken to be, in a claim of its own."""
        ruling = self.on(child, day)
        return day not in self.days if ruling is None else ruling.verdict is Verdict.CLAIMED


def without_absences(portions: tuple[Portion, ...], found: Stake, rulings: Rulings) -> tuple[Portion, ...]:
    """The day's portions with the fate of every absent hour; a child who came to any session of the day is present (A9)."""
    ruling = rulings.on(found.child.key, found.day)
    if not found.came:
        marks = tuple(known.id for known in found.child.absences.get(found.day, ()))
        what = _fate(ruling) if ruling is not None else fate(NOT_JUDGED, Verdict.HELD, marks)
        return turn_within(portions, found.expected, what)
    if ruling is not None and ruling.verdict is not Verdict.CLAIMED:
        return turn_within(portions, _lost(found, ruling), _fate(ruling))
    return portions


def without_stopped(portions: tuple[Portion, ...], found: Stake, rulings: Rulings) -> tuple[Portion, ...]:
    """The portions of an emergency closure, less those of a child whose absences are no longer funded.

    Source: ECE Funding Handbook 6-5 (funding resumes when the child returns).
    """
    ruling = rulings.on(found.child.key, found.day)
    if ruling is None or ruling.verdict is Verdict.CLAIMED:
        return portions
    return turn_within(portions, found.expected, _fate(ruling))


def without_made_up(portions: tuple[Portion, ...], found: Stake, rulings: Rulings) -> tuple[Portion, ...]:
    """Attended hours that make up a missed day are not claimed where the absence is.

    Source: ECE Funding Handbook 6-9.
    """
    for known in found.child.make_up_days:
        if known.record.made_up_on == found.day and rulings.claims(found.child.key, known.record.missed_day):
            what = fate(MADE_UP, Verdict.REFUSED, (known.id,))
            return tuple(turn((p,), what)[0] if p.reason == ATTENDED_HOURS.id else p for p in portions)
    return portions


def _lost(found: Stake, ruling: Ruling) -> Spans:
    """The enrolled minutes a ruling takes from a day the child came: the last of those missed, never more than fell short."""
    if ruling.loses is Loses.WHOLE_DAY:
        return found.expected
    short = minutes(found.expected) - minutes(found.attended)
    return last_minutes(without(found.expected, found.attended), short)


def _fate(ruling: Ruling) -> Fate:
    return Fate(ruling.verdict, ruling.reason, ruling.switch, ruling.evidence)
