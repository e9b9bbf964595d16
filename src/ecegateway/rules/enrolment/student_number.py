"""Each child must have a National Student Number, and no two the same.

Source: ECE Funding Handbook 6-1.
"""

from collections.abc import Callable, Iterator
from datetime import date

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


@rule(
    "child.number-twice",
    "One National Student Number for two children",
    message="Another child of the service has the same National Student Number; both are enrolled or attend on {count} day(s).",
    why="A number is one child's. If the two are one child, its hours would be claimed twice; if not, one number is wrong.",
    fix="If they are one child, have its two records joined in the vendor's system, or end the agreement that is no more. If "
    "they are two, have the wrong number corrected, with the document sighted.",
    cites=cite("6-1", "each child must have a National Student Number"),
    severity=Severity.HOLDS,
    holds="Of both children, the days on which both are enrolled or attend.",
    condition="Two children of the service, known by different keys, have the same number on record; and on the day each of "
    "them is under a signed agreement or has a stay.",
    examples=(
        found("A centre changed its system: both systems know the child, each under its own key, and both have it enrolled."),
        found("Two children of one system have one number."),
        passes("The child left the old system's roll on the day before it was enrolled in the new one's."),
        passes("Two children have a number each."),
        passes("Two children have no number."),
    ),
).of_each_child
def number_twice(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """The days a child shares with each other child of its number."""
    number = _number(child)
    others = [one for one in asked.facts.children if number is not None and _number(one) == number and one.key != child.key]
    days = tuple(day for day in asked.days if others and _is_here(child, day) and any(_is_here(one, day) for one in others))
    if days:
        evidence = tuple(known.number.id for known in (child, *others) if known.number is not None)
        yield Breach(days, evidence, (("count", str(len(days))),))


def _number(child: ChildFacts) -> str | None:
    return child.number.record.nsn if child.number is not None else None


def _is_here(child: ChildFacts, day: date) -> bool:
    return day in child.stays or bool(in_force(child, day))


@rule(
    "child.number-replaced",
    "A system still has a number that is no more",
    message="A record still gives a number that another of the child's records says was replaced: merged into another, or "
    "recorded in error.",
    why="Of two numbers of one child one becomes the master and the other counts no more. Everything made here has the one "
    "that stands; the system would send the other.",
    fix="Enter the number that stands in the system that has the old one, and pull again.",
    cites=cite("6-1", "each child must have a National Student Number"),
    severity=Severity.WARNS,
    holds="Nothing: the number that stands is known.",
    condition="On the day a signed agreement is in force, and a record of the child gives a number that any version of any "
    "record of the child says was replaced, beside the number that stands, which nobody replaced.",
    examples=(
        found("The student index merged a child's number into another, and the vendor's record still has the old one."),
        passes("The vendor's record has the master's number."),
        passes("No record says that a number was replaced."),
    ),
).of_each_child
def number_replaced(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """The enrolled days of a child of whom a record beside the one that stands has a replaced number."""
    if _number(child) in child.replaced_numbers:
        return
    yield from _beside(child, asked, lambda nsn: nsn in child.replaced_numbers)


@rule(
    "child.number-differs",
    "Two records give one child different numbers",
    message="The child's records give different National Student Numbers, and none says that it replaces the other.",
    why="A child has one number for life. The newest word is taken, and it may be the wrong one.",
    fix="Compare both with the Ministry's record. Correct the wrong one where it stands; report a duplicate to the Ministry.",
    cites=cite("6-1", "each child must have a National Student Number"),
    severity=Severity.WARNS,
    holds="Nothing: one of them is taken, the one said last.",
    condition="On the day a signed agreement is in force, and a record of the child gives a number other than the one that "
    "stands; numbers that were replaced are another rule's.",
    examples=(
        found("The vendor's system has one number, and the one chosen from the student index is another."),
        passes("Both have the same number."),
        passes("The vendor's system has no number."),
    ),
).of_each_child
def number_differs(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """The enrolled days of a child of whom another record has another number."""
    yield from _beside(child, asked, lambda nsn: nsn != _number(child) and nsn not in child.replaced_numbers)


def _beside(child: ChildFacts, asked: Question, is_wrong: Callable[[str], bool]) -> Iterator[Breach]:
    """The enrolled days of a child some of whose other records have a number that is wrong, with all records of its number."""
    wrong = any(known.record.nsn is not None and is_wrong(known.record.nsn) for known in child.other_numbers)
    days = tuple(day for day in asked.days if wrong and in_force(child, day))
    if days:
        yield Breach(days, tuple(known.id for known in (child.number, *child.other_numbers) if known is not None))
