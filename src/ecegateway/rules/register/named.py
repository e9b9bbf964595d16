"""Each child is identified in the register by first and last name.

Source: ECE Funding Handbook 6-3 (the first and last name of each child, clearly identified).
"""

from collections.abc import Iterator

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.rules.registry import Breach, Question, found, passes, rule


@rule(
    "register.named",
    "A child with one name only in the register",
    message="The child's record holds no first name; the register must show first and last name.",
    why="The register must identify each child clearly by first and last name.",
    fix="Enter the child's first name as on the identity document. If the child has a single name, nothing is to be done.",
    cites=cite("6-3", "records must include: the first and last name of each child"),
    severity=Severity.INFORMS,
    holds="None.",
    condition="A child with stays or absences on the days asked about has a record without given names.",
    examples=(
        found("A child's record holds a family name and no given name."),
        passes("A child's record holds a given name and a family name."),
        passes("A child with one name has not been entered in the register on these days."),
    ),
).of_each_child
def named(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Children in the register whose record has no given name."""
    if child.identity is None or child.identity.record.given_names:
        return
    if any(day in child.stays or day in child.absences for day in asked.days):
        yield Breach((), (child.identity.id,))
