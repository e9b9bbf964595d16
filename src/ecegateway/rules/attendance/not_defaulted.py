"""Criterion 7: presence comes from an event, never from a default, a booking or one action for many children."""

from collections.abc import Iterator

from ecegateway.facts.types import ChildFacts
from ecegateway.handbook.citation import cite
from ecegateway.model.attendance import Method
from ecegateway.model.finding import Severity
from ecegateway.rules.days import DEFAULTED
from ecegateway.rules.registry import Breach, Question, rule


@rule(
    "attendance.not-defaulted",
    "Presence that nobody recorded for this child",
    message="The presence was made by the system or by one action for many children ({method}), not by signing this child in.",
    why="A register that marks children present by itself, or copies the booked times, shows who was expected, not who came.",
    fix="Ask the parent or the staff member who saw the child to record the true arrival and departure, with the reason.",
    cites=cite("6-3", "electronic attendance records, criterion 7"),
    severity=Severity.HOLDS,
    doubts_presence=True,
).of_each_child
def not_defaulted(child: ChildFacts, asked: Question) -> Iterator[Breach]:
    """Stays of which an end was a default, copied from the booking, or marked in bulk, or that the system began."""
    for stay in asked.stays(child):
        came, left = stay.record.sign_in, stay.record.sign_out
        made = [mark.method for mark in (came, left) if mark is not None and mark.method in DEFAULTED]
        if came is not None and came.method is Method.SYSTEM:
            made.append(came.method)
        if made:
            one_action = f" on {stay.day}" if made[0] is Method.BULK else ""
            cause = f"{stay.known.source}: {made[0].value}{one_action}"
            yield Breach((stay.day,), (stay.known.id,), (("method", made[0].value),), cause=cause)
