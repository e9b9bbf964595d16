"""A child's own record: without it there is no age, and without an age no category.

Source: ECE Funding Handbook 6-1.
"""

from collections.abc import Iterator

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.rules.days import in_force
from ecegateway.rules.enrolment.agreement import waiting_for_signature
from ecegateway.rules.registry import Breach, Question, found, passes, rule


@rule(
    "child.identity",
    "An agreement for a child nobody has on record",
    message="There is an enrolment agreement under this key, but no child record with a birth date.",
    why="The age of each child decides the rate of every hour. Children are never matched by name.",
    fix="Have the source send the child's record under the same key.",
    cites=cite("6-1", "records: official name, date of birth, address"),
    severity=Severity.HOLDS,
    holds="The child's enrolled days.",
    condition="An agreement, signed or waiting for its signature, bears on the day, and no child record has its key.",
    examples=(
        found("An agreement names a child of whom there is no record."),
        passes("The child's record has the key of the agreement."),
    ),
).of_each_child
def identity(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """All enrolled days of a key without a child record."""
    if child.identity is not None:
        return
    days = tuple(day for day in asked.days if in_force(child, day) or waiting_for_signature(child, day))
    if days:
        yield Breach(days, tuple(known.id for known in child.enrolments))
