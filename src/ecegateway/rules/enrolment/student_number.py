"""Each child must have a National Student Number.

Source: ECE Funding Handbook 6-1.
"""

from collections.abc import Iterator

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.rules.days import in_force
from ecegateway.rules.registry import Breach, Question, found, passes, rule


@rule(
    "child.student-number",
    "No National Student Number",
    message="The child has no National Student Number.",
    why="Each child must have a number. Only this child's hours wait for it.",
    fix="Send the NSN request prepared for this child; enter the number in the vendor's system and pull again.",
    cites=cite("6-1", "each child must have a National Student Number"),
    severity=Severity.HOLDS,
    switch="child.student-number-missing",
    holds="The child's days under a signed agreement, unless the switch `child.student-number-missing` only warns.",
    condition="A signed agreement is in force on the day, and no record gives the child a number.",
    examples=(
        found("An enrolled child has no number."),
        found("An enrolled child's document was sighted, and there is no number yet."),
        passes("An enrolled child has an unverified number."),
        passes("A child without a number is not enrolled."),
    ),
).of_each_child
def student_number(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """All enrolled days of a child without a number."""
    if child.number is not None and child.number.record.nsn is not None:
        return
    days = tuple(day for day in asked.days if in_force(child, day))
    if days:
        warns = asked.policy["child.student-number-missing"] == "warn"
        evidence = tuple(known.id for known in (child.identity, child.number) if known is not None)
        yield Breach(days, evidence, severity=Severity.WARNS if warns else None)
