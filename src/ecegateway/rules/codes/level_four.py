"""Ethnicities given at level 4, and the code of level 3 that is offered for each.

The Ministry's list is of level 3. The first three digits of a code of level 4 are its code of level 3, with two exceptions:
what stands for no answer (9xxxx) is no group, and some that are "not further defined" lead to none the Ministry's list holds.
"""

from collections.abc import Iterator
from datetime import date

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.handbook.codes import CodeLists
from ecegateway.model.finding import Severity
from ecegateway.rules.codes.values import ETHNICITY, LEVEL_FOUR, enrolled_days, is_level_four
from ecegateway.rules.registry import Breach, Question, found, passes, rule

_LEVEL_THREE = 3
_NO_ANSWER = "9"


def level_three(value: str, lists: CodeLists, day: date) -> str | None:
    """The code of level 3 that an ethnicity of level 4 belongs to on a day; ``None`` where it belongs to none."""
    shorter = value[:_LEVEL_THREE]
    in_force = value in lists[LEVEL_FOUR] and lists[ETHNICITY].label(shorter, day) is not None
    return shorter if in_force and not value.startswith(_NO_ANSWER) else None


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
    finer = [value for value in known.record.ethnicities if is_level_four(asked, ETHNICITY, value)]
    days = enrolled_days(child, asked) if finer else ()
    if days:
        said = "; ".join(_offer(value, asked.policy.codes, days[-1]) for value in finer)
        yield Breach(days, (known.id,), (("values", said),), cause="level 4")


def _offer(value: str, lists: CodeLists, day: date) -> str:
    shorter = level_three(value, lists, day)
    named = f"{value} {lists[LEVEL_FOUR].label(value, day) or ''}".strip()
    if shorter is None:
        return f"{named}, which has no code of level 3 in the list: ask the family"
    return f"{named}, offered in its place {shorter} {lists[ETHNICITY].label(shorter, day)}"
