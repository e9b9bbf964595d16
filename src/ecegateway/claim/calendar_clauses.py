"""The reasons the claim gives that lie in the day: closed, a public holiday, an emergency, hours outside the licence."""

from ecegateway.handbook.citation import cite
from ecegateway.rules.registry import Clause, clause, found, passes

OUTSIDE_SESSIONS = clause(
    "calendar.outside-sessions",
    "Outside the licensed hours",
    message="These hours lie outside every session the licence lets the service run on this day.",
    why="Operating outside licensed times is funded only with the regional office's approval.",
    fix="Correct the booking, or the sessions in the service's profile; keep the approval if there is one.",
    cites=cite("7-6", "approval for other days and hours"),
    hours="Holds them back; hours within the sessions are not touched.",
    condition="Minutes at stake on an open day that lie before, between or after the sessions of the licence in force on "
    "that weekday.",
    examples=(
        found("Eight to two is booked at a service licensed from nine to twelve: three hours are held back."),
        passes("The three hours of such a booking that lie within the session are claimed."),
    ),
)
EMERGENCY_CLOSURE = clause(
    "closure.emergency",
    "Emergency closure, approved",
    message="The service was closed in an emergency with the regional office's approval; the booked hours are claimed.",
    why="An approved emergency closure is funded on permanently enrolled children's booked hours, within the usual limits.",
    fix="Keep the approval letter with the records.",
    cites=cite("7-5", "emergency closure"),
    hours="Claims them within the usual limits.",
    condition="Minutes that an agreement books for certain on a day within an emergency closure whose approval is on "
    "record, unless the child's absences are no longer funded when the closure comes.",
    examples=(
        found("The regional office approved the closure: six of the eight hours booked are claimed."),
        passes("The child has been absent for more than three weeks when the closure comes."),
    ),
)
EMERGENCY_NOT_APPROVED = clause(
    "closure.emergency-not-approved",
    "Emergency closure without approval",
    message="The service was closed in an emergency, and no approval of the regional office is on record.",
    why="An emergency closure is funded only with the regional office's approval.",
    fix="Enter the approval's reference with the closure, and keep the letter; without approval the day is not funded.",
    cites=cite("7-5", "emergency closure"),
    hours="Holds them back until the approval is on record.",
    condition="Minutes that an agreement books for certain on a day within an emergency closure without an approval's "
    "reference.",
    examples=(
        found("The service closed without water, and no approval is on record."),
        passes("The approval's letter is on record."),
    ),
)
EMERGENCY_ATTENDANCE_ONLY = clause(
    "closure.emergency-casual",
    "Emergency closure: not permanently enrolled",
    message="The service was closed in an emergency; casual and conditional hours of the day are not funded.",
    why="Emergency closures are funded on permanent enrolments alone.",
    fix="Nothing to do.",
    cites=cite("7-5", "emergency closure"),
    hours="Refuses them.",
    condition="Minutes booked under a casual agreement, or under the conditional part of another, on a day within an "
    "emergency closure, approved or not.",
    examples=(
        found("A casual child is booked for the day of the closure."),
        found("The conditional afternoon of an agreement whose morning is firm."),
        passes("The firm morning of an agreement whose afternoon is conditional."),
    ),
)
CLOSED = clause(
    "calendar.closed",
    "The service was closed",
    message="The service did not operate on this day.",
    why="A closed day is not funded.",
    fix="Nothing to do, unless the service was open: then correct the closure.",
    cites=cite("3-A-2", "funding conditions"),
    hours="Refuses them.",
    condition="Minutes at stake on a day on which the service did not operate and which is no public holiday: no session is "
    "licensed on that weekday, a closure that is no emergency covers the day, or a source says that the service "
    "did not open.",
    examples=(
        found("A planned closure covers the Monday the child is booked for."),
        found("A source says that the service did not open on the day, whatever its hours."),
        passes("A public holiday on which the service is closed has a reason of its own."),
    ),
)
PUBLIC_HOLIDAY = clause(
    "calendar.public-holiday",
    "Public holiday",
    message="The day is a public holiday on which the child neither attended an open service nor is specifically enrolled.",
    why="Public holidays are claimable only when the service is open, for children attending or enrolled for that very day.",
    fix="Nothing to do.",
    cites=cite("3-A-2", "public holidays"),
    switch="holiday.open-day-claims",
    hours="Refuses them.",
    condition="Minutes at stake on a public holiday as observed, the region's anniversary day included, on which the "
    "service was closed; or on which it was open, no record says that the child came, and the agreement is not "
    "for that very day.",
    examples=(
        found("The service is closed on Waitangi Day."),
        found("The service is open on Waitangi Day, and a child enrolled on Fridays stays at home."),
        passes("The service is open on Waitangi Day, and the child comes."),
        passes("The child stays at home, and the agreement names that very day."),
    ),
)

CALENDAR_CLAUSES: tuple[Clause, ...] = (
    OUTSIDE_SESSIONS,
    EMERGENCY_CLOSURE,
    EMERGENCY_NOT_APPROVED,
    EMERGENCY_ATTENDANCE_ONLY,
    CLOSED,
    PUBLIC_HOLIDAY,
)
