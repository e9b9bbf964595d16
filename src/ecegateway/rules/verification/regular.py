"""Evidence that a parent or guardian of each child has regularly examined and confirmed the attendance record.

Source: ECE Funding Handbook 6-3.
"""

from collections.abc import Iterator
from datetime import date

from ecegateway.contract import Fact
from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.attendance import Verification
from ecegateway.model.finding import Severity
from ecegateway.model.ids import EvidenceId
from ecegateway.model.verification import Rhythm, VerificationState
from ecegateway.rules.registry import Breach, Question, Rule, found, passes, rule
from ecegateway.rules.verification.spans import due_spans
from ecegateway.rules.verification.states import as_of, recorded_by, verified_spans

_ONCE = {Rhythm.WEEKLY: "once a week", Rhythm.MONTHLY: "once a month"}
_REGULARLY = cite("6-3", "evidence that a parent/guardian has regularly examined and confirmed the attendance record")


@rule(
    "verification.overdue",
    "No parent has confirmed the record",
    message="A parent confirms the record {often}: {first} to {last} was to be done before {before}, and days are open.",
    why="Services must keep evidence that a parent or guardian of each child has regularly examined and confirmed the record.",
    fix="Ask an authorised parent or guardian to confirm these days; `ecegateway verifications` lists whom to ask.",
    cites=_REGULARLY,
    severity=Severity.WARNS,
    switch="verification.missing",
    holds="The hours of the open days, with the switch `verification.missing` at `hold`; else none.",
    condition=(
        "A week or month in which the child attended, was absent or was enrolled has days that no guardian who may verify has "
        "confirmed, and the newest evidence came on or after the day on which they are overdue: by the switch "
        "`verification.overdue-after`, the end of the next week or month. Silent where no source can show verifications."
    ),
    examples=(
        found("A child attended all week at an all-day centre, two weeks have passed, and no parent has confirmed it."),
        found("A parent confirmed Monday and Tuesday of a week that is long over; Wednesday to Friday are open."),
        found("At a sessional centre nobody has confirmed February by the first of April."),
        passes("The week is over and the next one is still running: the parent is awaited."),
        passes("At a sessional centre a parent confirmed the whole month on a signed sheet."),
        passes("A child who was neither enrolled nor there in a week has nothing to be confirmed."),
    ),
).of_each_child
def overdue(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Spans with days that have waited for a parent for too long."""
    severity = Severity.HOLDS if asked.policy["verification.missing"] == "hold" else None
    today = as_of(asked.facts)
    spans = tuple(span for span in due_spans(asked.facts, asked.days, asked.policy) if span.overdue <= today)
    for span in verified_spans(child, spans, asked):
        if span.state is VerificationState.CANNOT_SHOW:
            return
        days = tuple(day for day in span.uncovered if day in asked.days)
        if days:
            words = (
                ("often", _ONCE[span.rhythm]),
                ("first", str(span.days.first)),
                ("last", str(span.days.last)),
                ("before", str(span.overdue)),
            )
            yield Breach(days, _records(child, days), words, severity)


def _records(child: ChildFacts, days: tuple[date, ...]) -> tuple[EvidenceId, ...]:
    stays = (stay.known.id for day in days for stay in child.stays.get(day, ()))
    absences = (known.id for day in days for known in child.absences.get(day, ()))
    return (*stays, *absences)


@rule(
    "verification.not-carried",
    "The source cannot show what parents confirmed",
    message="The records of {source} carry no verifications by parents, and no other source of the service gives any.",
    why="What a source cannot show is not a pass: the centre must hold the evidence another way.",
    fix="Keep the signed sheets; enter them in a folder source as `verification` records with the reference of each sheet.",
    cites=_REGULARLY,
    severity=Severity.INFORMS,
    holds="None.",
    condition=(
        "A source in which stays are recorded does not declare that it can show verifications, and no verification of the "
        "service is on record from any source."
    ),
    examples=(
        found("The vendor's files hold sign-ins and nothing of what parents confirmed, and there is no other source."),
        passes("The vendor's files hold nothing of what parents confirmed, and the office's folder holds the signed sheets."),
        passes("The vendor's system can show verifications."),
    ),
).of_the_service
def not_carried(asked: Question) -> Iterator[Breach]:
    """The sources that cannot carry verifications, where nobody else gives any."""
    if any(child.verifications for child in asked.facts.children):
        return
    for source in sorted({source for child in asked.facts.children for source in recorded_by(child)}):
        if not asked.facts.can_show(source, Fact.VERIFICATION):
            yield Breach((), (), (("source", source),))


@rule(
    "verification.sheet-reference",
    "A signed sheet that nobody can find",
    message="A confirmation on paper does not say where the signed sheet is kept.",
    why="The evidence is the sheet. On inspection somebody has to find it.",
    fix="File the sheet and enter its reference with the confirmation.",
    cites=_REGULARLY,
    severity=Severity.INFORMS,
    holds="None.",
    condition="A confirmation on paper that covers days asked about has no reference.",
    examples=(
        found("A parent signed the week's sheet and the record does not say where the sheet is."),
        passes("A parent signed the week's sheet, filed as folder 7, sheet 12."),
        passes("A parent confirmed the week electronically."),
    ),
).of_each_child
def sheet_reference(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Confirmations on paper without a reference."""
    for known in child.verifications:
        if not known.record.reference and known.record.medium == "paper":
            days = _days(known.record, asked)
            if days:
                yield Breach(days, (known.id,))


def _days(record: Verification, asked: Question) -> tuple[date, ...]:
    return tuple(day for day in asked.days if record.first_day <= day <= record.last_day)


VERIFICATION_RULES: tuple[Rule, ...] = (overdue, not_carried, sheet_reference)
