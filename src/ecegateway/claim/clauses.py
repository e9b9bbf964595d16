"""The reasons the claim itself gives for funding, holding or refusing a child's minutes, each with its section."""

from ecegateway.handbook.citation import cite
from ecegateway.rules.registry import Clause, clause, found, passes

ENROLLED_HOURS = clause(
    "funding.enrolled-hours",
    "Permanent: enrolled hours",
    message="The child is permanently enrolled for these hours and attended on this day.",
    why="Permanently enrolled children are funded on enrolled hours.",
    fix="Nothing to do.",
    cites=cite("3-A-2", "funded child hours are based on enrolled hours"),
    switch="fch.extra-attendance",
    hours="Claims them, up to the limits that follow.",
    condition="Minutes that a signed agreement in force books for certain: the bookings of a permanent agreement, or those "
    "bookings of a conditional one that are not conditional. The service was open, some record says that the "
    "child came, and nothing else takes the minutes away. Minutes that are 20 Hours ECE or Plus 10 are claimed "
    "under those names.",
    examples=(
        found("A permanent child enrolled for six hours came for part of them: all six are claimed."),
        passes("An hour of the conditional part of an agreement is claimed as attended, not as enrolled."),
    ),
)
ATTENDED_HOURS = clause(
    "funding.attended-hours",
    "Casual or conditional: attended hours",
    message="The child attended these hours as a casual or conditional child.",
    why="Casual and conditional children are funded on the hours they attend, to the nearest 15 minutes.",
    fix="Nothing to do.",
    cites=cite("6-4", "funding for casual or conditional children"),
    switch="attendance.rounding",
    hours="Claims them, up to the limits that follow.",
    condition="Minutes between an arrival and a departure that are believed, each to the nearest quarter of an hour, of a "
    "child with a casual agreement in force or with one that is conditional. Where only some bookings of an "
    "agreement are conditional, minutes within those; in any case none that an agreement books for certain.",
    examples=(
        found("A casual child booked for six hours came for four: four hours are claimed."),
        passes("A casual child was booked for six hours and did not come: nothing is claimed."),
    ),
)
NOT_ATTENDED = clause(
    "funding.casual-not-attended",
    "Casual or conditional: booked and did not come",
    message="The child was booked as a casual or conditional child and did not attend.",
    why="Services must not claim for casual or conditional children who book and do not attend.",
    fix="Nothing to do.",
    cites=cite("6-4", "funding for casual or conditional children"),
    hours="Refuses them.",
    condition="Minutes booked under a casual agreement, or the conditional part of another, where no record says that the "
    "child came on the day; also where believed times are on record for the day and none of them falls within "
    "what that agreement funds.",
    examples=(
        found("A casual child was booked for six hours and is marked absent."),
        found("A child came for the firm morning, and not for the conditional afternoon."),
        passes("A casual child booked for six hours came for four: of the other two nothing is said."),
    ),
)
TIMES_NOT_KNOWN = clause(
    "funding.attended-times-unknown",
    "Casual or conditional: attended times not known",
    message="The child came as a casual or conditional child, and no departure that a person saw is on record.",
    why="Casual and conditional children are funded on the hours they attend; a confirmation that they came is no time.",
    fix="Have the true arrival and departure entered, with the reason.",
    cites=cite("6-4", "funding for casual or conditional children"),
    hours="Holds them back until the times are on record.",
    condition="Minutes of a casual or conditional child that are funded as attended, on a day for which some record says "
    "that the child came, no finding holds the day, and no stay has an arrival and a departure that are believed.",
    examples=(
        found("A guardian confirmed the day of a casual child whose sign-out the system made."),
        passes("A permanent child's day is like that: the enrolled hours are claimed."),
    ),
)
TWENTY_HOURS = clause(
    "funding.twenty-hours",
    "20 Hours ECE, as attested",
    message="The parent's signed attestation allocates these hours of the day to 20 Hours ECE.",
    why="A child of three to five receives up to six hours a day and twenty a week; the parent chooses the days.",
    fix="Nothing to do.",
    cites=cite("4-2", "maximums"),
    hours="Claims them as 20 Hours ECE.",
    condition="The first claimed minutes of a day, as many as the attestation in force allocates to its weekday, at most "
    "six hours a day and twenty a week. The child is three or older, the attestation was signed on or before the "
    "day, and the service offers 20 Hours ECE. Hours that an absence rule or an approved emergency closure claims "
    "keep that reason.",
    examples=(
        found("Six hours of a day are booked and four attested: the first four."),
        passes("The days of the week before the attestation was signed."),
        passes("The child is absent: the hours are 20 Hours ECE, and the absence is their reason."),
        passes("The service does not offer 20 Hours ECE."),
    ),
)
PLUS_TEN = clause(
    "funding.plus-ten",
    "Plus 10",
    message="The child receives 20 Hours ECE; these hours lie beyond the attested ones, up to thirty a week.",
    why="20 Hours ECE funding is made up of 20 Hours and Plus 10.",
    fix="Nothing to do.",
    cites=cite("4-2", "Plus 10"),
    switch="rs7.two-and-over-excludes",
    hours="Claims them as Plus 10.",
    condition="Claimed minutes of a child with an attestation of 20 Hours ECE in force that lie beyond the minutes attested "
    "for the day, within six hours a day and thirty a week.",
    examples=(
        found("Six hours of a day are booked and four attested: the two hours after those."),
        passes("The days of the week before the attestation was signed are subsidy."),
    ),
)
SHORT_SESSION = clause(
    "funding.short-session",
    "A 2.5-hour session is funded as three hours",
    message="The session runs 2.5 to 3 hours; the rest up to three hours is funded too.",
    why="Sessional services that run a session of 2.5 to 3 hours are funded for 3 hours.",
    fix="Nothing to do.",
    cites=cite("3-A-1", "sessions of 2.5 to 3 hours"),
    switch="session.short-session",
    hours="Claims the minutes up to three hours beside the session's own; for a child with 20 Hours ECE as Plus 10.",
    condition="A sessional session of the day is claimed from its beginning to its end, and its claimed minutes are at "
    "least two and a half hours and fewer than three. By the other reading of the switch the booked part of a "
    "longer session counts too.",
    examples=(
        found("A child takes the whole of a session from 9:00 to 11:30: half an hour is added."),
        passes("The session lasts a minute less than two and a half hours."),
        passes("A child takes two and a half hours of a session of four."),
    ),
)
SIX_YEARS = clause(
    "funding.age-limit",
    "Six years old",
    message="The child has turned six.",
    why="Only children under six are funded.",
    fix="Nothing to do.",
    cites=cite("3-A-1", "less than 6 years old"),
    hours="Refuses them.",
    condition="Minutes at stake on the sixth birthday of the child or later, by the birth date on record.",
    examples=(
        found("The day of the sixth birthday."),
        passes("The day before the sixth birthday."),
    ),
)
DAILY_LIMIT = clause(
    "funding.daily-limit",
    "Over six hours in a day",
    message="These minutes lie above six hours in the day.",
    why="At most six hours a day are funded for one child-place, and for one child with 20 Hours ECE.",
    fix="Nothing to do.",
    cites=cite("3-A-2", "maximum ECE Subsidy"),
    hours="Refuses the latest of them.",
    condition="Minutes of a child's day, claimed or held, above six hours.",
    examples=(
        found("Eight hours are booked: the last two."),
        passes("Six hours are booked and attended in part."),
    ),
)
WEEKLY_LIMIT = clause(
    "funding.weekly-limit",
    "Over thirty hours in a week",
    message="These minutes lie above thirty hours in the week; the latest day is trimmed first.",
    why="At most thirty hours a week are funded for one child-place, and for one child with 20 Hours ECE.",
    fix="Nothing to do.",
    cites=cite("3-A-2", "maximum ECE Subsidy"),
    switch="fch.cap-trim-order",
    hours="Refuses them, the latest day's first; attested 20 Hours ECE is never among them.",
    condition="Claimed minutes of a child above thirty hours in a week from Monday, days of that week before the period "
    "included.",
    examples=(
        found("Six days of six hours, with a third birthday on Wednesday: six hours, whatever their category."),
        passes("Five days of six hours."),
    ),
)
ZERO_STAFF = clause(
    "staff.zero-hours",
    "Children but no staff hours",
    message="Children attended on this day and no staff hours are recorded.",
    why="A teacher-led day with funded child hours and no staff hours is unfunded unless explained.",
    fix="Enter the staff hours of this day, or a note about staff hours that explains it.",
    cites=cite("staff hours", instrument="ministry-bulletin-2019-09"),
    switch="rs7.zero-staff-day",
    hours="Holds back all hours of the day, unless the switch only warns.",
    condition="A day of a service that fills the staff hour count on which no staff hours are on record, which is no "
    "emergency closure, and for which no note on staff hours is kept.",
    examples=(
        found("A child came on Monday, and no shift of that day is on record."),
        found("The only note of the day is about attendance."),
        passes("A teacher's shift of that day is on record."),
        passes("A note on the staff hours of the day explains why there are none."),
    ),
)

CLAUSES: tuple[Clause, ...] = (
    ENROLLED_HOURS,
    ATTENDED_HOURS,
    NOT_ATTENDED,
    TIMES_NOT_KNOWN,
    TWENTY_HOURS,
    PLUS_TEN,
    SHORT_SESSION,
    SIX_YEARS,
    DAILY_LIMIT,
    WEEKLY_LIMIT,
    ZERO_STAFF,
)
