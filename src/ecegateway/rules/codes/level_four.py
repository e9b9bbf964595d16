"""Ethnicities given at level 4, and the code of level 3 that is offered for each (:mod:`ecegateway.handbook.ethnicity`)."""

from collections.abc import Iterator

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.handbook.ethnicity import is_level_four, offer
from ecegateway.model.finding import Severity
from ecegateway.rules.codes.values import enrolled_days
from ecegateway.rules.registry import Breach, Question, found, passes, rule


@rule(
    "codes.ethnicity-level",
    "An ethnicity of level 4 where level 3 is asked for",
    message="Of level 4: {values}.",
    why="The Ministry's list is of level 3. Which group a child belongs to is for the family to say: nothing is changed here.",
    fix="Have the code that is offered entered in the vendor's system if it says what the family said; else ask the family.",
    cites=cite("14-1", "what is collected of each child: ethnicity"),
    severity=Severity.WARNS,
    holds="Nothing.",
    condition="A signed agreement is in force on the day, and an ethnicity on the child's record is a code of level 4 and none "
    "of level 3. Its first three digits are offered where the list of level 3 holds them on the last of these days; a code "
    "that begins with 9 has nothing offered.",
    examples=(
        found("An ethnicity of level 4 has its code of level 3 offered."),
        found("An ethnicity that is not further defined has nothing offered."),
        found("An ethnicity that was not stated, at level 4, has nothing offered."),
        passes("An ethnicity is of level 3."),
    ),
).of_each_child
def level_four(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """All ethnicities of level 4 of a child, in one breach."""
    known = child.identity
    if known is None:
        return
    finer = [value for value in known.record.ethnicities if is_level_four(value, asked.policy.codes)]
    days = enrolled_days(child, asked) if finer else ()
    if days:
        said = "; ".join(offer(value, asked.policy.codes, days[-1]) for value in finer)
        yield Breach(days, (known.id,), (("values", said),), cause="level 4")
