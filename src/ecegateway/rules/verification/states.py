"""How each child's spans stand: derived from the record and the words of parents, each time anew.

A day is to be confirmed when the record speaks of it (a stay or an absence), or when the child was enrolled and the service
open. Which words count, and for which record, is asked of :mod:`ecegateway.rules.days`; what was changed after a confirmation,
:func:`~ecegateway.rules.records.verifications.changed_since_confirmed`.

Source: ECE Funding Handbook 6-3, criteria 4 to 6.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ecegateway.contract import Fact
from ecegateway.facts.calendar import operation
from ecegateway.facts.names import person_name
from ecegateway.facts.types import ChildFacts, Known, ServiceFacts
from ecegateway.model.attendance import Verification
from ecegateway.model.ids import SourceName
from ecegateway.model.period import DateRange, local_day
from ecegateway.model.verification import GuardianWord, VerificationState, VerifiedSpan
from ecegateway.rules.days import certain_bookings, in_force, last_word_on_absence, last_word_on_stay, may_verify
from ecegateway.rules.records.verifications import changed_since_confirmed
from ecegateway.rules.registry import Question
from ecegateway.rules.verification.spans import DueSpan


def as_of(facts: ServiceFacts) -> date:
    """The local day on which the newest evidence came: what is due or overdue is so by then, by no other clock."""
    return local_day(facts.known_at, facts.profiles[-1].record.zone)


def verifications_shown(child: ChildFacts, facts: ServiceFacts) -> bool:
    """Whether these records can tell what parents confirmed.

    They can where any verification of the service is on record, or a source that holds this child's record can show them.
    """
    return any(one.verifications for one in facts.children) or any(
        facts.can_show(source, Fact.VERIFICATION) for source in recorded_by(child)
    )


def recorded_by(child: ChildFacts) -> frozenset[SourceName]:
    """The sources that hold the child's attendance record."""
    stays = (stay.known.source for stays in child.stays.values() for stay in stays)
    absences = (known.source for found in child.absences.values() for known in found)
    return frozenset((*stays, *absences))


def verified_spans(child: ChildFacts, spans: Sequence[DueSpan], asked: Question) -> Iterator[VerifiedSpan]:
    """The child's spans that hold a day to be confirmed."""
    if not spans:
        return
    shown = verifications_shown(child, asked.facts)
    days = DateRange(spans[0].days.first, spans[-1].days.after)
    changed = frozenset(day for _, touched, _ in changed_since_confirmed(child, days) for day in touched)
    today = as_of(asked.facts)
    counting = [known for known in child.verifications if may_verify(child, known, asked.facts.people)]
    for span in spans:
        to_confirm = [day for day in span.days if day in child.stays or _is_to_be_confirmed(child, day, asked)]
        if to_confirm:
            words = [known for known in counting if _speaks_of(known.record, span.days)]
            yield _verified(_Record(child, words, changed, today, shown), span, to_confirm, asked.facts)


def _is_to_be_confirmed(child: ChildFacts, day: date, asked: Question) -> bool:
    """Whether a day without a stay is: the child was absent, or was enrolled and the service open."""
    if day in child.absences:
        return True
    begins = asked.facts.record_begins
    found = asked.operating.get(day) or operation(asked.facts, day)
    if begins is None or day < begins or not found.open:
        return False
    enrolled = [known.record for known in in_force(child, day) if certain_bookings(known.record, day)]
    return bool(enrolled) and (found.holiday is None or any(day in record.holidays for record in enrolled))


def _speaks_of(record: Verification, days: DateRange) -> bool:
    return record.first_day < days.after and record.last_day >= days.first


@dataclass(frozen=True, slots=True)
class _Record:
    """A child's record with what is said of it: the words that count, by moment, and the days changed after a confirmation.

    ``shown``: whether the records can tell what parents confirmed.
    """

    child: ChildFacts
    words: Sequence[Known[Verification]]
    changed: frozenset[date]
    today: date
    shown: bool

    def words_on(self, day: date) -> tuple[Known[Verification] | None, ...]:
        """The last word on each stay of a day, or on the day where there is none."""
        if not self.words:
            return (None,)
        stays = self.child.stays.get(day, ())
        if not stays:
            return (last_word_on_absence(self.words, day, self.child.absences.get(day, ())),)
        return tuple([last_word_on_stay(self.words, stay) for stay in stays])


def _verified(record: _Record, span: DueSpan, to_confirm: Iterable[date], facts: ServiceFacts) -> VerifiedSpan:
    """One span, day by day: a dispute outweighs a change, and a change a confirmation that came before it."""
    groups = _Groups([], [], [], [])
    words: dict[str, Known[Verification]] = {}
    for day in to_confirm:
        said = record.words_on(day)
        for word in said:
            if word is not None:
                words[word.id] = word
        groups.of(said, changed=day in record.changed).append(day)
    counted = tuple(_word(words[key], facts) for key in sorted(words, key=lambda key: (words[key].record.at, key)))
    return VerifiedSpan(
        child=record.child.key,
        days=span.days,
        rhythm=span.rhythm,
        state=_state(groups, counted, span, record.today, shown=record.shown),
        covered=tuple(groups.covered),
        uncovered=tuple(groups.uncovered),
        superseded=tuple(groups.superseded),
        disputed=tuple(groups.disputed),
        words=counted,
        due=span.days.after,
        overdue=span.overdue,
    )


@dataclass(frozen=True, slots=True)
class _Groups:
    """A span's days by what is said of them."""

    covered: list[date]
    uncovered: list[date]
    superseded: list[date]
    disputed: list[date]

    def of(self, said: Iterable[Known[Verification] | None], *, changed: bool) -> list[date]:
        """The group of a day with these last words."""
        decisions = [word.record.decision if word is not None else None for word in said]
        if "disputed" in decisions:
            return self.disputed
        if changed:
            return self.superseded
        return self.uncovered if None in decisions else self.covered


def _state(groups: _Groups, words: Iterable[GuardianWord], span: DueSpan, today: date, *, shown: bool) -> VerificationState:
    if groups.disputed:
        return VerificationState.DISPUTED
    if groups.superseded:
        return VerificationState.SUPERSEDED
    if not groups.uncovered:
        paper = any(word.medium == "paper" for word in words)
        return VerificationState.ON_PAPER if paper else VerificationState.APPROVED
    if not shown:
        return VerificationState.CANNOT_SHOW
    if today < span.days.after:
        return VerificationState.NOT_YET_DUE
    return VerificationState.AWAITING if today < span.overdue else VerificationState.OVERDUE


def _word(known: Known[Verification], facts: ServiceFacts) -> GuardianWord:
    record = known.record
    name = person_name(facts, record.by, known.source)
    return GuardianWord(record.by, name, record.at, record.decision, record.medium, record.reference, known.id)
