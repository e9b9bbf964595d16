"""Criterion 5: every alteration is evident, with who made it and when."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from ecegateway.contract import Fact
from ecegateway.facts.types import Alteration, ChildFacts, Vanished
from ecegateway.facts.versions import days_of
from ecegateway.handbook.citation import cite
from ecegateway.model.child import Child
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.finding import Severity
from ecegateway.model.ids import same_record
from ecegateway.rules.days import in_force
from ecegateway.rules.registry import Breach, Question, rule

_CRITERION_5 = cite("6-3", "electronic attendance records, criterion 5")


def _bears_on(alteration: Alteration, child: ChildFacts, asked: Question) -> tuple[date, ...]:
    """The days asked about whose hours the altered record supports.

    An agreement supports every day it is in force, the child's own record every enrolled day: it holds the birth date.
    """
    if alteration.stream == Enrolment.stream:
        return tuple(d for d in asked.days if any(same_record(k.id, alteration.after) for k in in_force(child, d)))
    if alteration.stream == Child.stream:
        return tuple(day for day in asked.days if in_force(child, day))
    return tuple(day for day in alteration.days if day in asked.days)


def _settled(alteration: Alteration, among: Sequence[Alteration]) -> bool:
    """Whether a later change of the same record says who and when: it answers for what came before it."""
    return any(
        same_record(later.after, alteration.after)
        and later.statement is not None
        and bool(later.statement.by and later.statement.at)
        for later in among[among.index(alteration) + 1 :]
    )


@rule(
    "alteration.who-and-when",
    "A change that does not say who or when",
    message="The {stream} record was changed and the change does not say {missing}.",
    why="An alteration counts only if everybody can see who made it and when.",
    fix="Ask the vendor or the staff member who made the change; have name and time entered; pull again.",
    cites=_CRITERION_5,
    severity=Severity.HOLDS,
).of_each_child
def who_and_when(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Alterations whose statement lacks who or when."""
    for alteration in child.alterations:
        statement = alteration.statement
        if statement is None or (statement.by and statement.at) or _settled(alteration, child.alterations):
            continue
        days = _bears_on(alteration, child, asked)
        if days:
            missing = "who made it or when" if not (statement.by or statement.at) else "who made it" if statement.at else "when"
            yield Breach(days, (alteration.after,), (("stream", alteration.stream), ("missing", missing)))


@rule(
    "alteration.silent",
    "Rewritten without a word",
    message="The {stream} record changed between two pulls ({fields}) and nothing says who changed it{cannot}.",
    why="A record that can change in silence proves nothing; the earlier version is kept as evidence.",
    fix="Compare both versions, find out who changed it and why, and have the change stated; until then the hours wait.",
    cites=_CRITERION_5,
    severity=Severity.HOLDS,
    switch="alteration.silent",
).of_each_child
def silent(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Alterations seen between pulls for which the vendor gave no statement."""
    severity = Severity.WARNS if asked.policy["alteration.silent"] == "warn" else None
    for alteration in child.alterations:
        if alteration.before is None or alteration.statement is not None or _settled(alteration, child.alterations):
            continue
        days = _bears_on(alteration, child, asked)
        if days:
            shows = asked.facts.can_show(alteration.source, Fact.EDITOR)
            yield Breach(
                days,
                (alteration.before, alteration.after),
                (
                    ("stream", alteration.stream),
                    ("fields", ", ".join(alteration.fields)),
                    ("cannot", "" if shows else "; this source cannot show it"),
                ),
                severity,
            )


@rule(
    "verification.superseded",
    "Changed after a parent confirmed it",
    message="The {stream} record was changed after a parent had confirmed these days; the confirmation no longer covers it.",
    why="A confirmation speaks of the record as it was when it was given.",
    fix="Show the parent the changed record and have these days confirmed again.",
    cites=cite("6-3", "electronic attendance records, criteria 5 and 6"),
    severity=Severity.WARNS,
).of_each_child
def superseded(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Alterations later than the newest confirmation of their days."""
    for alteration in child.alterations:
        days = tuple(day for day in alteration.days if day in asked.days)
        if alteration.stream == "verification" or not days:
            continue
        covering = [v for v in child.verifications if any(v.record.first_day <= day <= v.record.last_day for day in days)]
        if covering and max(v.record.at for v in covering) < alteration.seen_at and alteration.statement is not None:
            yield Breach(days, (alteration.after, covering[-1].id), (("stream", alteration.stream),))


@rule(
    "records.vanished",
    "A record that disappeared",
    message="The {stream} record was in an earlier file and is missing from the latest; nobody said it was deleted.",
    why="Year-to-date files drop rows when a consent or a status changes. Missing is not deleted, and deleted is not silent.",
    fix="Ask the vendor why the row is gone. If it was deleted, have the deletion stated; if not, have it sent again.",
    cites=_CRITERION_5,
    severity=Severity.HOLDS,
).of_each_child
def vanished(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Records missing from the latest snapshot, and the days they supported."""
    yield from (breach for gone in child.vanished if not gone.deleted for breach in _gone(gone, asked))


@rule(
    "records.deleted",
    "A record that was deleted",
    message="The {stream} record was deleted; the vendor does not say who deleted it.",
    why="A deletion is an alteration like any other. Without the record another one may be believed in its place.",
    fix="Ask who deleted it and why. If it was an agreement, have its end signed, or have it sent again.",
    cites=_CRITERION_5,
    severity=Severity.WARNS,
    switch="records.deleted",
).of_each_child
def deleted(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Deleted records, and the days they supported; a deleted agreement holds them, for an older one would stand again."""
    for gone in child.vanished:
        if gone.deleted:
            holds = isinstance(gone.record, Enrolment) or asked.policy["records.deleted"] == "hold"
            yield from (replace(breach, severity=Severity.HOLDS if holds else None) for breach in _gone(gone, asked))


def _gone(gone: Vanished, asked: Question) -> Iterator[Breach]:
    record = gone.record
    supported = days_of(record, asked.facts.profile(asked.days.first).zone)
    if isinstance(record, Enrolment):
        days = tuple(d for d in asked.days if record.effective_from <= d and (record.last_day is None or d <= record.last_day))
    else:
        days = tuple(day for day in supported if day in asked.days)
    if days or not supported:
        yield Breach(days, (gone.last_seen,), (("stream", record.stream),))


@rule(
    "alteration.service-records",
    "A record of the service rewritten or gone without a word",
    message="The {stream} record of the service {what}, and nothing says who did it.",
    why="Shifts, closures and the licence decide staff hours and open days; they may not change in silence either.",
    fix="Compare both versions, find out who changed it and why, and have the change stated.",
    cites=_CRITERION_5,
    severity=Severity.WARNS,
).of_the_service
def service_records(asked: Question) -> Iterator[Breach]:
    """Silent changes and disappearances of records that belong to no single child."""
    for change in asked.facts.alterations:
        if change.before is not None and change.statement is None and not _settled(change, asked.facts.alterations):
            what = f"changed between two pulls ({', '.join(change.fields)})"
            yield Breach((), (change.before, change.after), (("stream", change.stream), ("what", what)))
    for gone in asked.facts.vanished:
        what = "was deleted" if gone.deleted else "is missing from the latest file"
        yield Breach((), (gone.last_seen,), (("stream", gone.record.stream), ("what", what)))
