"""How each child's spans stand: derived from the record and the words of parents, each time anew.

A day is to be confirmed when the record speaks of it (a stay or an absence), or when the child was enrolled and the service
open. Which words count, and for which record, is asked of :mod:`ecegateway.rules.days`; what was changed after a confirmation,
:func:`~ecegateway.rules.records.verifications.changed_since_confirmed`.

Source: ECE Funding Handbook 6-3, criteria 4 to 6.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from ecegateway.contract import Fact
from ecegateway.facts.calendar import operation
from ecegateway.facts.names import person_name
from ecegateway.facts.types import ChildFacts, Known, ServiceFacts
from ecegateway.model.attendance import Verification
from ecegateway.model.ids import SourceName
from ecegateway.model.period import DateRange, local_day
from ecegateway.model.verification import GuardianWord, VerificationState, VerifiedSpan
from ecegateway.rules.days import certain_bookings, in_force, word_of_guardians, word_on_absence
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
    for span in spans:
        to_confirm = [day for day in span.days if _is_to_be_confirmed(child, day, asked)]
        if to_confirm:
            yield _verified(_narrowed(child, span.days), span, to_confirm, changed, asked.facts, shown=shown)


def _is_to_be_confirmed(child: ChildFacts, day: date, asked: Question) -> bool:
    if day in child.stays or day in child.absences:
        return True
    begins = asked.facts.record_begins
    if begins is None or day < begins:
        return False
    enrolled = [known.record for known in in_force(child, day) if certain_bookings(known.record, day)]
    if not enrolled:
        return False
    found = asked.operating.get(day) or operation(asked.facts, day)
    return found.open and (found.holiday is None or any(day in record.holidays for record in enrolled))


def _narrowed(child: ChildFacts, days: DateRange) -> ChildFacts:
    """The child with those verifications alone that speak of some of the days."""
    speaking = (v for v in child.verifications if v.record.first_day < days.after and v.record.last_day >= days.first)
    return replace(child, verifications=tuple(speaking))


def _verified(
    child: ChildFacts,
    span: DueSpan,
    to_confirm: Iterable[date],
    changed: frozenset[date],
    facts: ServiceFacts,
    *,
    shown: bool,
) -> VerifiedSpan:
    """One span, day by day: a dispute outweighs a change, and a change a confirmation that came before it."""
    groups: dict[str, list[date]] = {"covered": [], "uncovered": [], "superseded": [], "disputed": []}
    words: dict[str, Known[Verification]] = {}
    for day in to_confirm:
        said = _words_on(child, day, facts)
        words |= {word.id: word for word in said if word is not None}
        groups[_group(said, changed=day in changed)].append(day)
    counted = tuple(_word(words[key], facts) for key in sorted(words, key=lambda key: (words[key].record.at, key)))
    made = VerifiedSpan(
        child=child.key,
        days=span.days,
        rhythm=span.rhythm,
        state=VerificationState.APPROVED,
        words=counted,
        due=span.days.after,
        overdue=span.overdue,
        **{name: tuple(days) for name, days in groups.items()},
    )
    return replace(made, state=_state(made, as_of(facts), shown=shown))


def _words_on(child: ChildFacts, day: date, facts: ServiceFacts) -> tuple[Known[Verification] | None, ...]:
    """The last word on each stay of a day, or on the day where there is none."""
    if not child.verifications:
        return (None,)
    stays = child.stays.get(day, ())
    if not stays:
        return (word_on_absence(child, day, facts.people),)
    return tuple(word_of_guardians(child, stay, facts.people) for stay in stays)


def _group(said: Iterable[Known[Verification] | None], *, changed: bool) -> str:
    decisions = [word.record.decision if word is not None else None for word in said]
    if "disputed" in decisions:
        return "disputed"
    if changed:
        return "superseded"
    return "uncovered" if None in decisions else "covered"


def _state(span: VerifiedSpan, today: date, *, shown: bool) -> VerificationState:
    if span.disputed:
        return VerificationState.DISPUTED
    if span.superseded:
        return VerificationState.SUPERSEDED
    if not span.uncovered:
        paper = any(word.medium == "paper" for word in span.words)
        return VerificationState.ON_PAPER if paper else VerificationState.APPROVED
    if not shown:
        return VerificationState.CANNOT_SHOW
    if today < span.due:
        return VerificationState.NOT_YET_DUE
    return VerificationState.AWAITING if today < span.overdue else VerificationState.OVERDUE


def _word(known: Known[Verification], facts: ServiceFacts) -> GuardianWord:
    record = known.record
    name = person_name(facts, record.by, known.source)
    return GuardianWord(record.by, name, record.at, record.decision, record.medium, record.reference, known.id)
