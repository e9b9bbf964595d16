"""Criterion 5: every alteration is evident, with who made it and when: of signatures, confirmations and sign-ins alike.

Source: ECE Funding Handbook 6-3.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from ecegateway.contract import Fact
from ecegateway.facts.types import Alteration, ChildFacts, Vanished
from ecegateway.model.child import Child
from ecegateway.model.conformance import Grade, GradedRecord
from ecegateway.model.enrolment import Enrolment
from ecegateway.model.finding import Severity
from ecegateway.model.ids import same_record
from ecegateway.rules.criteria.altered import SIGNATURES, answered, disappeared, fault_of, left_out, supported_by, unstated
from ecegateway.rules.criteria.disappearances import deleted, vanished
from ecegateway.rules.criteria.grading import Criterion, Judged, criterion_cite, judged
from ecegateway.rules.days import in_force
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_NUMBER = 5


def _bears_on(alteration: Alteration, child: ChildFacts, asked: Question) -> tuple[date, ...]:
    """The days asked about whose hours the altered record supports.

    An agreement supports every day it is in force, the child's own record every enrolled day: it holds the birth date.
    """
    if alteration.stream == Enrolment.stream:
        return tuple(d for d in asked.days if any(same_record(k.id, alteration.after) for k in in_force(child, d)))
    if alteration.stream == Child.stream:
        return tuple(day for day in asked.days if in_force(child, day))
    return tuple(day for day in alteration.days if day in asked.days)


@rule(
    "alteration.who-and-when",
    "A change that does not say who or when",
    message="The {stream} record was changed and the change does not say {missing}.",
    why="An alteration counts only if everybody can see who made it and when.",
    fix="Ask the vendor or the staff member who made the change; have name and time entered; pull again.",
    cites=criterion_cite(5),
    severity=Severity.HOLDS,
    holds="The days whose hours the record supports.",
    condition="A record of a child carries the statement of a change that lacks who or when, and no later statement "
    "of the same "
    "record has both.",
    examples=(
        found("A sign-in is corrected, and the correction does not say by whom."),
        found("A sign-in is corrected, and the correction does not say when."),
        passes("A sign-in is corrected with who and when."),
        passes("A correction without a name is followed by one with who and when."),
    ),
).of_each_child
def who_and_when(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Alterations whose statement lacks who or when."""
    settled = answered(child.alterations)
    for alteration in child.alterations:
        missing = left_out(alteration, settled)
        days = _bears_on(alteration, child, asked) if missing is not None else ()
        if missing is not None and days:
            yield Breach(days, (alteration.after,), (("stream", alteration.stream), ("missing", missing)))


@rule(
    "alteration.silent",
    "Rewritten without a word",
    message="The {stream} record changed between two pulls ({fields}) and nothing says who changed it{cannot}.",
    why="A record that can change in silence proves nothing; the earlier version is kept as evidence.",
    fix="Compare both versions, find out who changed it and why, and have the change stated; until then the hours wait.",
    cites=criterion_cite(5),
    severity=Severity.HOLDS,
    switch="alteration.silent",
    holds="The days whose hours the record supports, before and after.",
    condition="A record of a child came with other content than at an earlier pull, without a new statement of who changed it, "
    "and no later statement of the same record says who and when.",
    examples=(
        found("An arrival moves half an hour between two pulls, and nothing says who moved it."),
        found("A confirmation is rewritten between two pulls, and nothing says who did it."),
        passes("An arrival moves half an hour, and the change says who and when."),
        passes("A silent change is sent again with who and when."),
    ),
).of_each_child
def silent(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Alterations seen between pulls for which the vendor gave no statement."""
    severity = Severity.WARNS if asked.policy["alteration.silent"] == "warn" else None
    settled = answered(child.alterations)
    for alteration in child.alterations:
        days = _bears_on(alteration, child, asked) if unstated(alteration, settled) else ()
        if alteration.before is not None and days:
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
    "alteration.signature",
    "A signature changed without saying who or when",
    message="The {stream} record {what}.",
    why="An alteration of an electronic signature, or of who may sign, must be evident like any other.",
    fix="Ask the vendor who changed it and when, have that stated, and check what was signed with it since.",
    cites=criterion_cite(5),
    severity=Severity.WARNS,
    holds="No hours.",
    condition="A record of an electronic signature or an authorised signatory was rewritten between two pulls, changed with a "
    "statement that lacks who or when, or is gone.",
    examples=(
        found("A signature passes to another person between two pulls, and nothing says who did it."),
        found("An authorised signatory's last day is moved in silence."),
        found("A signature disappears from the latest file."),
        passes("A signature is revoked with who and when."),
    ),
).of_the_service
def signature_altered(asked: Question) -> Iterator[Breach]:
    """Signatures and authorities whose alteration is not evident."""
    for alterations, disappearances in _by_owner(asked):
        yield from _not_evident(
            [one for one in alterations if one.stream in SIGNATURES],
            [gone for gone in disappearances if gone.record.stream in SIGNATURES],
        )


@rule(
    "alteration.service-records",
    "A record of the service rewritten or gone without a word",
    message="The {stream} record of the service {what}.",
    why="Shifts, closures and the licence decide staff hours and open days; they may not change in silence either.",
    fix="Compare both versions, find out who changed it and why, and have the change stated.",
    cites=criterion_cite(5),
    severity=Severity.WARNS,
    holds="No hours.",
    condition="A record that belongs to no single child, other than a signature, was rewritten between two pulls, "
    "changed with a "
    "statement that lacks who or when, or is gone.",
    examples=(
        found("A teacher's shift grows by two hours between two pulls, and nothing says who did it."),
        found("A closure is changed, and the change does not say by whom."),
        found("A shift is deleted."),
        passes("A teacher's shift is corrected with who and when."),
    ),
).of_the_service
def service_records(asked: Question) -> Iterator[Breach]:
    """Alterations and disappearances of records of no single child that do not say who and when."""
    yield from _not_evident(
        [one for one in asked.facts.alterations if one.stream not in SIGNATURES],
        [gone for gone in asked.facts.vanished if gone.record.stream not in SIGNATURES],
    )


def _not_evident(alterations: Sequence[Alteration], vanished: Sequence[Vanished]) -> Iterator[Breach]:
    settled = answered(alterations)
    for change in alterations:
        fault = fault_of(change, settled)
        if fault is not None:
            evidence = (change.before, change.after) if change.before is not None else (change.after,)
            what = f"{fault} ({', '.join(change.fields)})" if change.fields else fault
            yield Breach((), evidence, (("stream", change.stream), ("what", what)))
    for gone in vanished:
        yield Breach((), (gone.last_seen,), (("stream", gone.record.stream), ("what", disappeared(gone))))


def _by_owner(asked: Question) -> Iterator[tuple[Sequence[Alteration], Sequence[Vanished]]]:
    yield asked.facts.alterations, asked.facts.vanished
    for child in asked.facts.children:
        yield child.alterations, child.vanished


def grades(asked: Question) -> Iterator[GradedRecord]:
    """Each alteration and each disappearance that bears on the days asked about, or on no day in particular."""
    for child in (None, *asked.facts.children):
        owner = asked.facts if child is None else child
        key = child.key if child is not None else None
        settled = answered(owner.alterations)
        for change in owner.alterations:
            days = tuple(day for day in change.days if day in asked.days)
            if days or not change.days:
                told = judged(fault_of(change, settled), None, "was changed, and says who and when")
                yield GradedRecord(_NUMBER, change.source, change.after, key, days, told.grade, told.why)
        for gone in owner.vanished:
            supported = supported_by(gone, asked)
            if supported is not None:
                told = Judged(Grade.BREACHED, disappeared(gone))
                yield GradedRecord(_NUMBER, gone.source, gone.last_seen, key, supported, told.grade, told.why)


CRITERION = Criterion(
    number=_NUMBER,
    group="Security",
    title="Every alteration is evident",
    asks="Any alteration of any information is evident, with who made it and when: of signatures, confirmations and "
    "sign-ins too.",
    on_paper="A change book: what it was, what it is now, who changed it, when and why, initialled.",
    needs=frozenset({Fact.EDITOR, Fact.EDIT_TIME, Fact.DELETIONS}),
    grades=grades,
    rules=(who_and_when, silent, signature_altered, service_records, vanished, deleted),
)
