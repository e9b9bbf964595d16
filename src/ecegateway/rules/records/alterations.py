"""Criterion 5: every alteration is evident, with who made it and when."""

from collections.abc import Iterator
from datetime import date

from ecegateway.contract import Fact
from ecegateway.facts.types import Alteration, ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.finding import Severity
from ecegateway.rules.days import in_force
from ecegateway.rules.registry import Breach, Question, rule

_CRITERION_5 = cite("6-3", "electronic attendance records, criterion 5")


def _bears_on(alteration: Alteration, child: ChildFacts, asked: Question) -> tuple[date, ...]:
    """The days asked about whose hours the altered record supports; an agreement supports every day it is in force."""
    if alteration.stream == Enrolment.stream:
        return tuple(d for d in asked.days if any(known.id == alteration.after for known in in_force(child, d)))
    return tuple(day for day in alteration.days if day in asked.days)


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
        if statement is None or (statement.by and statement.at):
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
        if alteration.before is None or alteration.statement is not None:
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
    for disappearance in child.vanished:
        days = tuple(day for day in disappearance.days if day in asked.days)
        if days or not disappearance.days:
            yield Breach(days, (disappearance.last_seen,), (("stream", disappearance.stream),))
