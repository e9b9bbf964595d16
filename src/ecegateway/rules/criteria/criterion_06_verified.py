"""Criterion 6: a verification names the parent, states their approval of the days it covers, and logs when it was given.

The Handbook's own example is given on the last of the days it covers, so that day need not be over.

Source: ECE Funding Handbook 6-3.
"""

from collections.abc import Iterator

from ecegateway.contract import Fact
from ecegateway.facts.types import ChildFacts, Known, ServiceFacts
from ecegateway.model.attendance import Verification
from ecegateway.model.conformance import GradedRecord
from ecegateway.model.finding import Severity
from ecegateway.model.period import local_day
from ecegateway.rules.criteria.criterion_04_own_verification import given
from ecegateway.rules.criteria.grading import Criterion, criterion_cite, graded, judged
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_NUMBER = 6


def without_statement(known: Known[Verification], facts: ServiceFacts) -> str | None:
    """Whether a parent's electronic approval says nothing of what is approved, where the source carries such statements."""
    record = known.record
    if record.medium == "paper" or record.decision == "disputed" or record.statement is not None:
        return None
    return "states no approval" if facts.can_show(known.source, Fact.APPROVAL_STATEMENT) else None


def before_the_days(known: Known[Verification], facts: ServiceFacts) -> str | None:
    """Whether the verification was given before the last day it covers had come."""
    given_on = local_day(known.record.at, facts.profile(known.record.last_day).zone)
    return "was given before the last day it covers" if given_on < known.record.last_day else None


def of_no_day(known: Known[Verification]) -> str | None:
    """Whether the days a verification covers end before they begin."""
    return "covers no day" if known.record.last_day < known.record.first_day else None


@rule(
    "verification.no-statement",
    "A verification that approves nothing",
    message="The verification of these days holds no statement of what the parent approved.",
    why="A verification must indicate the signatory's approval of the information to which the signature relates.",
    fix="Ask the vendor to show the parent a statement with the child and the days, and have these days verified again.",
    cites=criterion_cite(6),
    severity=Severity.WARNS,
    holds="No hours.",
    condition="An electronic confirmation holds no statement, and its source declares that it can show one.",
    examples=(
        found("A mother confirms the week, and the record holds no statement."),
        passes("A mother confirms the week with the statement that its details are correct."),
        passes("A mother disputes the week without a statement of approval."),
        passes("A source that cannot show statements sends none."),
    ),
).of_each_child
def no_statement(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Electronic confirmations without a statement."""
    for known, days in given(child, asked):
        if days and without_statement(known, asked.facts) is not None:
            yield Breach(days, (known.id,))


@rule(
    "verification.before-the-days",
    "Verified before the days were over",
    message="The verification was given before the last day it covers.",
    why="Nobody can confirm what has not happened yet.",
    fix="Have the days that came after the verification verified again.",
    cites=criterion_cite(6),
    severity=Severity.WARNS,
    holds="No hours of its own; the verification answers for no stay that ended after it.",
    condition="By the local clock a verification was given on a day before the last day it covers.",
    examples=(
        found("On Monday a mother confirms the days to Friday."),
        passes("On Friday at 14:15 a mother confirms the days to Friday."),
        passes("On Saturday a mother confirms the days to Friday."),
    ),
).of_each_child
def given_too_early(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Verifications of days that were yet to come."""
    for known, days in given(child, asked):
        if days and before_the_days(known, asked.facts) is not None:
            yield Breach(days, (known.id,))


@rule(
    "verification.no-day",
    "A verification that covers no day",
    message="The days the verification covers end before they begin.",
    why="A verification relates to days; one that covers none confirms nothing.",
    fix="Have the days corrected with who and why, or have them verified again.",
    cites=criterion_cite(6),
    severity=Severity.WARNS,
    holds="No hours.",
    condition="A verification's last day lies before its first day.",
    examples=(
        found("A mother confirms from Friday to Monday of the same week."),
        passes("A mother confirms the Monday alone."),
    ),
).of_each_child
def covers_no_day(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Verifications whose days are the wrong way round."""
    for known, _ in given(child, asked):
        if of_no_day(known) is not None:
            yield Breach((known.record.first_day,), (known.id,))


def grades(asked: Question) -> Iterator[GradedRecord]:
    """Each verification made electronically."""
    for child in asked.facts.children:
        for known, days in given(child, asked):
            if known.record.medium == "electronic":
                facts = asked.facts
                fault = of_no_day(known) or before_the_days(known, facts) or without_statement(known, facts)
                told = judged(fault, _unknown(known, facts), "names the parent, the approval, the days and the time")
                yield graded(_NUMBER, known, told, days, child)


def _unknown(known: Known[Verification], facts: ServiceFacts) -> str | None:
    record = known.record
    named = (one for one in facts.people.get(record.by, ()) if one.source == known.source)
    if not any(one.record.family_name for one in named):
        return "names the parent by a key only"
    if record.statement is None and record.decision == "confirmed":
        return "is a confirmation whose wording the source does not show"
    return None


CRITERION = Criterion(
    number=_NUMBER,
    group="Verification of records",
    title="Who verified what, and when",
    asks="A verification names the parent or guardian, indicates their approval of what it relates to, and logs date and time.",
    on_paper="Sheets that say 'verified by', what is confirmed for which child and days, and date and time, signed by "
    "the parent.",
    needs=frozenset({Fact.VERIFICATION, Fact.APPROVAL_STATEMENT}),
    grades=grades,
    rules=(no_statement, given_too_early, covers_no_day),
)
