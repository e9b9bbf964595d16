"""Marks of many families' children by one person or one device within seconds: one action, not many."""

from collections.abc import Iterator

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.rules.attendance.default_present.suspicion import HOLDS, SWITCH, weight
from ecegateway.rules.attendance.habits.bursts import BY_DEVICE, BY_PERSON, WINDOW
from ecegateway.rules.registry import Breach, Question, found, passes, rule

FEWEST_DAYS = 3
"""Days of a child from which it is a habit: a fire drill or an outing may be ticked off in one go once."""


@rule(
    "register.bulk-marks",
    "Marked together with many others within seconds",
    message="The child's stays on {hits} days were marked within {seconds} seconds of those of children of {others} or more "
    "other families, by one person or on one device; an honest child's at most on {at_most}.",
    why="Nobody signs five families' children in two seconds. One action marked them all, whether they had come or not.",
    fix="Ask who made these marks and from what. Let each child be marked by itself, when it comes and when it leaves.",
    cites=cite("6-3", "electronic attendance records, criterion 7"),
    severity=Severity.WARNS,
    switch=SWITCH,
    holds=HOLDS,
    condition="On three or more days a mark of the child, not declared a default, was made within two seconds together with "
    "marks of children of four other families by the same person, or of seven other families on one device or by nobody named, "
    "at a source that keeps the seconds of its marks.",
    examples=(
        found("A teacher's name stands at the marks of six children of six families, all made in one second, on three days."),
        found("One device marks eight children of eight families within two seconds, on three days."),
        found("Nothing says who marked eight children of eight families within two seconds, on three days."),
        passes("A teacher calls the roll and ticks one child a second."),
        passes("Six siblings are signed in by their mother in one second."),
        passes("Twelve parents sign at the tablet, eight seconds apart."),
        passes("Six children are marked in one second on two days only."),
        passes("The source keeps the minute of a mark and not the second."),
    ),
).of_each_child
def bulk_marks(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Children marked in bulk on several days."""
    stays = asked.habits.bursts.get(child.key, ())
    days = tuple(sorted({stay.day for stay in stays}))
    if len(days) >= FEWEST_DAYS:
        said = {
            "hits": len(days),
            "at_most": FEWEST_DAYS - 1,
            "others": min(BY_PERSON, BY_DEVICE) - 1,
            "seconds": int(WINDOW.total_seconds()),
        }
        evidence = tuple(stay.known.id for stay in stays)
        yield Breach(days, evidence, tuple((name, str(count)) for name, count in said.items()), weight(asked))
