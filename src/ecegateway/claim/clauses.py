"""The reasons the claim itself gives for funding, holding or refusing minutes, each with its section."""

from ecegateway.handbook.citation import cite
from ecegateway.rules.registry import Clause, clause

ENROLLED_HOURS = clause(
    "funding.enrolled-hours",
    "Permanent: enrolled hours",
    message="The child is permanently enrolled for these hours and attended on this day.",
    why="Permanently enrolled children are funded on enrolled hours.",
    fix="Nothing to do.",
    cites=cite("3-A-2", "funded child hours are based on enrolled hours"),
    switch="fch.extra-attendance",
)
ATTENDED_HOURS = clause(
    "funding.attended-hours",
    "Casual or conditional: attended hours",
    message="The child attended these hours as a casual or conditional child.",
    why="Casual and conditional children are funded on the hours they attend, to the nearest 15 minutes.",
    fix="Nothing to do.",
    cites=cite("6-4", "funding for casual or conditional children"),
    switch="attendance.rounding",
)
NOT_ATTENDED = clause(
    "funding.casual-not-attended",
    "Casual or conditional: booked and did not come",
    message="The child was booked as a casual or conditional child and did not attend.",
    why="Services must not claim for casual or conditional children who book and do not attend.",
    fix="Nothing to do.",
    cites=cite("6-4", "funding for casual or conditional children"),
)
TIMES_NOT_KNOWN = clause(
    "funding.attended-times-unknown",
    "Casual or conditional: attended times not known",
    message="The child came as a casual or conditional child, and no departure that a person saw is on record.",
    why="Casual and conditional children are funded on the hours they attend; a confirmation that they came is no time.",
    fix="Have the true arrival and departure entered, with the reason.",
    cites=cite("6-4", "funding for casual or conditional children"),
)
OUTSIDE_SESSIONS = clause(
    "calendar.outside-sessions",
    "Outside the licensed hours",
    message="These hours lie outside every session the licence lets the service run on this day.",
    why="Operating outside licensed times is funded only with the regional office's approval.",
    fix="Correct the booking, or the sessions in the service's profile; keep the approval if there is one.",
    cites=cite("7-6", "approval for other days and hours"),
)
TWENTY_HOURS = clause(
    "funding.twenty-hours",
    "20 Hours ECE, as attested",
    message="The parent's signed attestation allocates these hours of the day to 20 Hours ECE.",
    why="A child of three to five receives up to six hours a day and twenty a week; the parent chooses the days.",
    fix="Nothing to do.",
    cites=cite("4-2", "maximums"),
)
PLUS_TEN = clause(
    "funding.plus-ten",
    "Plus 10",
    message="The child receives 20 Hours ECE; these hours lie beyond the attested ones, up to thirty a week.",
    why="20 Hours ECE funding is made up of 20 Hours and Plus 10.",
    fix="Nothing to do.",
    cites=cite("4-2", "Plus 10"),
    switch="rs7.two-and-over-excludes",
)
SHORT_SESSION = clause(
    "funding.short-session",
    "A 2.5-hour session is funded as three hours",
    message="The session runs 2.5 to 3 hours; the rest up to three hours is funded too.",
    why="Sessional services that run a session of 2.5 to 3 hours are funded for 3 hours.",
    fix="Nothing to do.",
    cites=cite("3-A-1", "sessions of 2.5 to 3 hours"),
    switch="session.short-session",
)
EMERGENCY_CLOSURE = clause(
    "closure.emergency",
    "Emergency closure, approved",
    message="The service was closed in an emergency with the regional office's approval; the booked hours are claimed.",
    why="An approved emergency closure is funded on permanently enrolled children's booked hours, within the usual limits.",
    fix="Keep the approval letter with the records.",
    cites=cite("7-5", "emergency closure"),
)
EMERGENCY_NOT_APPROVED = clause(
    "closure.emergency-not-approved",
    "Emergency closure without approval",
    message="The service was closed in an emergency, and no approval of the regional office is on record.",
    why="An emergency closure is funded only with the regional office's approval.",
    fix="Enter the approval's reference with the closure, and keep the letter; without approval the day is not funded.",
    cites=cite("7-5", "emergency closure"),
)
EMERGENCY_ATTENDANCE_ONLY = clause(
    "closure.emergency-casual",
    "Emergency closure: not permanently enrolled",
    message="The service was closed in an emergency; casual and conditional hours of the day are not funded.",
    why="Emergency closures are funded on permanent enrolments alone.",
    fix="Nothing to do.",
    cites=cite("7-5", "emergency closure"),
)
MADE_UP = clause(
    "absence.made-up",
    "Attended on a make-up day, absence claimed",
    message="The child made up a missed day whose hours are claimed as an absence; the make-up day is not claimed as well.",
    why="Funding must not be claimed for both the absence and the make-up day.",
    fix="Nothing to do.",
    cites=cite("6-9", "funding for make-up days"),
)
PLACE_FILLED = clause(
    "absence.place-filled",
    "In an absent child's place",
    message="The licence is full, and the place is claimed already: for a permanently enrolled child who is absent.",
    why="Funding must not be claimed for both an absent child and the casual or conditional child who fills the place.",
    fix="Nothing to do.",
    cites=cite("6-4", "funding for absence and casual or conditional child"),
    switch="absence.replacement",
)
PLACE_GIVEN = clause(
    "absence.place-given",
    "Absent, and the place filled by a child who is claimed",
    message="The licence is full, and the hours of the casual or conditional child in this absent child's place are claimed.",
    why="Funding must not be claimed for both an absent child and the casual or conditional child who fills the place.",
    fix="Nothing to do.",
    cites=cite("6-4", "funding for absence and casual or conditional child"),
    switch="absence.replacement",
)
SUBSIDY_FOR_PLACE = clause(
    "absence.subsidy-for-place",
    "Absent, place filled by a paying child: subsidy",
    message="Another child was charged fees in this absent child's place: the hours are claimed as subsidy, not 20 Hours ECE.",
    why="20 Hours ECE must not be claimed for an absence whose place a fee-paying casual or conditional child fills.",
    fix="If no fee was charged, have the attendance of that child say so.",
    cites=cite("6-4", "claiming 20 Hours ECE and absence"),
    switch="twenty-hours.replacement-fee",
)
CLOSED = clause(
    "calendar.closed",
    "The service was closed",
    message="The service did not operate on this day.",
    why="A closed day is not funded.",
    fix="Nothing to do, unless the service was open: then correct the closure.",
    cites=cite("3-A-2", "funding conditions"),
)
PUBLIC_HOLIDAY = clause(
    "calendar.public-holiday",
    "Public holiday",
    message="The day is a public holiday on which the child neither attended an open service nor is specifically enrolled.",
    why="Public holidays are claimable only when the service is open, for children attending or enrolled for that very day.",
    fix="Nothing to do.",
    cites=cite("3-A-2", "public holidays"),
    switch="holiday.open-day-claims",
)
SIX_YEARS = clause(
    "funding.age-limit",
    "Six years old",
    message="The child has turned six.",
    why="Only children under six are funded.",
    fix="Nothing to do.",
    cites=cite("3-A-1", "less than 6 years old"),
)
DAILY_LIMIT = clause(
    "funding.daily-limit",
    "Over six hours in a day",
    message="These minutes lie above six hours in the day.",
    why="At most six hours a day are funded for one child-place, and for one child with 20 Hours ECE.",
    fix="Nothing to do.",
    cites=cite("3-A-2", "maximum ECE Subsidy"),
)
WEEKLY_LIMIT = clause(
    "funding.weekly-limit",
    "Over thirty hours in a week",
    message="These minutes lie above thirty hours in the week; the latest day is trimmed first.",
    why="At most thirty hours a week are funded for one child-place, and for one child with 20 Hours ECE.",
    fix="Nothing to do.",
    cites=cite("3-A-2", "maximum ECE Subsidy"),
    switch="fch.cap-trim-order",
)
LICENSED_PLACES = clause(
    "funding.licensed-places",
    "More children at one time than licensed places",
    message="At this time more children would be claimed than the licence has places.",
    why="A funded child hour is an occupied licensed place; the licence sets the most children at any one time.",
    fix="Check who really attended at this time; if more came than the licence allows, speak to the Ministry.",
    cites=cite("3-A-1", "child-places"),
    switch="licence.excess-permanent",
)
PLACE_LIMIT = clause(
    "funding.place-limit",
    "Children sharing a place",
    message="Children shared licensed places, and together their subsidy hours exceed what the places can be funded for.",
    why="ECE Subsidy is at most six hours a day and thirty a week for each licensed place, whoever fills it.",
    fix="Nothing to do.",
    cites=cite("3-A-2", "maximum ECE Subsidy"),
    switch="fch.cap-trim-order",
)
ZERO_STAFF = clause(
    "staff.zero-hours",
    "Children but no staff hours",
    message="Children attended on this day and no staff hours are recorded.",
    why="A teacher-led day with funded child hours and no staff hours is unfunded unless explained.",
    fix="Enter the staff hours of this day, or a note about staff hours that explains it.",
    cites=cite("staff hours", instrument="ministry-bulletin-2019-09"),
    switch="rs7.zero-staff-day",
)

CLAUSES: tuple[Clause, ...] = (
    ENROLLED_HOURS,
    ATTENDED_HOURS,
    NOT_ATTENDED,
    TIMES_NOT_KNOWN,
    OUTSIDE_SESSIONS,
    TWENTY_HOURS,
    PLUS_TEN,
    SHORT_SESSION,
    EMERGENCY_CLOSURE,
    EMERGENCY_NOT_APPROVED,
    EMERGENCY_ATTENDANCE_ONLY,
    MADE_UP,
    PLACE_FILLED,
    PLACE_GIVEN,
    SUBSIDY_FOR_PLACE,
    CLOSED,
    PUBLIC_HOLIDAY,
    SIX_YEARS,
    DAILY_LIMIT,
    WEEKLY_LIMIT,
    LICENSED_PLACES,
    PLACE_LIMIT,
    ZERO_STAFF,
)
