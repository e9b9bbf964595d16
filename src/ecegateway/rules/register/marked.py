"""Registers are marked by staff twice a day, or once where the service operates only one session.

Source: ECE Funding Handbook 6-3 (records must include).
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from ecegateway.facts.types import Known, Operation, ServiceFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.model.ids import EvidenceId
from ecegateway.model.people import RegisterMarking
from ecegateway.model.period import local_day
from ecegateway.model.service import Mode, ServiceType
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_MARKED = cite("6-3", "records must include: registers marked by staff twice daily, or once for one session")
_TWICE, _ONCE = 2, 1


@rule(
    "register.marked",
    "A register not marked as often as it must be",
    message="Staff marked the register {marked} on the day; it must be marked {needed}.",
    why="Marks made through the day are what shows that somebody looked who was there.",
    fix="Have staff mark the register in both halves of each day. What was not marked cannot be marked afterwards: note why.",
    cites=_MARKED,
    severity=Severity.WARNS,
    switch="register.one-session",
    holds="None.",
    condition=(
        "On a day from the first marking on record on, the service was open, a stay or an absence is entered, and fewer than "
        "two markings (one, where the day's only session is sessional; by the switch `register.one-session` also where it is "
        "all-day) were made on that very day by somebody who is not a guardian."
    ),
    examples=(
        found("An all-day centre marks its register twice a day, and on Wednesday once."),
        found("The second marking of Wednesday was made on Thursday."),
        found("A kindergarten with a morning and an afternoon session marked its register once."),
        passes("The register was marked at nine and at one."),
        passes("A kindergarten with one session a day marks its register once."),
        passes("The service was closed, and nobody marked the register."),
        passes("No marking of the register has ever been recorded: the records cannot show it."),
    ),
).of_the_service
def marked(asked: Question) -> Iterator[Breach]:
    """Days with too few markings, those with equally many together."""
    facts = asked.facts
    if not markings_shown(facts):
        return
    begins, entered = min(facts.register_markings), _entered_days(facts)
    short: defaultdict[tuple[int, int], list[date]] = defaultdict(list)
    for day in asked.days:
        operation = asked.operating[day]
        if day >= begins and day in entered and operation.open:
            made, needed = len(_counting(facts, day)), _needed(operation, asked)
            if made < needed and facts.profile(day).service_type is not ServiceType.HOSPITAL_BASED:
                short[made, needed].append(day)
    for (made, needed), days in sorted(short.items()):
        yield Breach(tuple(days), _evidence(facts, days), (("marked", _times(made)), ("needed", _times(needed))))


def markings_shown(facts: ServiceFacts) -> bool:
    """Whether these records can tell when staff marked the register: some marking is on record."""
    return bool(facts.register_markings)


def _entered_days(facts: ServiceFacts) -> frozenset[date]:
    return frozenset(day for child in facts.children for days in (child.stays, child.absences) for day in days)


def _counting(facts: ServiceFacts, day: date) -> set[tuple[object, object]]:
    """Who marked the register and when, each once; on another day or by a guardian does not count."""
    zone = facts.profile(day).zone
    return {
        (known.record.by, known.record.at)
        for known in facts.register_markings.get(day, ())
        if (known.record.at is None or local_day(known.record.at, zone) == day) and not _by_a_guardian(facts, known)
    }


def _by_a_guardian(facts: ServiceFacts, known: Known[RegisterMarking]) -> bool:
    by = facts.people.get(known.record.by, ()) if known.record.by is not None else ()
    return any(one.record.role == "guardian" for one in by if one.source == known.source)


def _needed(operation: Operation, asked: Question) -> int:
    """How often a day's register is to be marked."""
    if len(operation.sessions) != 1:
        return _TWICE
    (session,) = operation.sessions
    alone = session.mode is Mode.SESSIONAL or asked.policy["register.one-session"] == "any"
    return _ONCE if alone else _TWICE


def _evidence(facts: ServiceFacts, days: list[date]) -> tuple[EvidenceId, ...]:
    return tuple(known.id for day in days for known in facts.register_markings.get(day, ()))


def _times(number: int) -> str:
    return ("not at all", "once", "twice")[number]


@rule(
    "register.marking-not-shown",
    "The records cannot show when staff marked the register",
    message="No marking of the register by staff is on record; the sources give none.",
    why="What a source cannot show is not a pass: the centre must hold the marked registers another way.",
    fix="Keep the marked sheets, or have a system record each marking; a folder source takes `register_marking` records.",
    cites=_MARKED,
    severity=Severity.INFORMS,
    holds="None.",
    condition="Stays or absences of the service are on record and no marking of the register.",
    examples=(
        found("A vendor's files hold sign-ins and no markings of the register."),
        passes("The markings of one day are on record."),
        passes("Nothing of the service's attendance is on record yet."),
    ),
).of_the_service
def marking_not_shown(asked: Question) -> Iterator[Breach]:
    """One finding for a service whose records hold no marking."""
    if asked.facts.record_begins is not None and not markings_shown(asked.facts):
        yield Breach((), ())
