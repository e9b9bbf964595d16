"""Operating hours that a source gives blank are unknown: neither open at midnight nor closed all day."""

from collections.abc import Iterator

from ecegateway.handbook.citation import cite
from ecegateway.model.finding import Severity
from ecegateway.rules.registry import Breach, Question, found, passes, rule


@rule(
    "service.operating-hours",
    "Operating hours not given",
    message="The source gives no operating hours for this day; the licensed sessions are used.",
    why="A blank exported as 00:00 says nothing: it is read neither as open at midnight nor as closed.",
    fix="Enter the day's hours in the vendor's system so that the record says when the service was open.",
    cites=cite("14-1", "service information"),
    severity=Severity.WARNS,
    holds="Nothing.",
    condition="A source has a record of the day that gives no opening time and does not say that the service was shut; "
    "sessions are licensed on that weekday, and it is neither a public holiday nor within a closure.",
    examples=(
        found("The file says that the service was open and gives no hours."),
        passes("The file gives the hours of the day."),
        passes("The file says that the service was shut."),
    ),
).of_the_service
def operating_hours(asked: Question) -> Iterator[Breach]:
    """Days with sessions for which a source gave blank hours."""
    for day in asked.days:
        unknown = asked.operating[day].hours_unknown
        if unknown is not None:
            yield Breach((day,), (unknown,))
