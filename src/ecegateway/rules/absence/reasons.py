"""The reasons the absence rules give for funding, holding or refusing an absence, each with its section."""

from ecegateway.handbook.citation import cite
from ecegateway.rules.registry import Clause, clause

THREE_WEEKS = clause(
    "absence.three-weeks",
    "Absent, within three weeks",
    message="The child was absent, and the absence lies within three weeks of its first day.",
    why="Absences of permanently enrolled children are funded for three weeks in a row.",
    fix="Nothing to do.",
    cites=cite("6-5", "Three Week Rule"),
    switch="three-week.window",
)
EXTENSION = clause(
    "absence.long-closure",
    "Absent, three weeks suspended by a long closure",
    message="The child was absent before and after a closure of two weeks or more, which does not count towards three weeks.",
    why="The Three Week Rule is suspended while the service does not operate for two weeks or more.",
    fix="Nothing to do.",
    cites=cite("6-6", "rule for extended non-operation"),
    switch="three-week.long-closure",
)
EXEMPT = clause(
    "absence.exempt",
    "Absent under an exemption",
    message="The child was absent under a documented exemption, within twelve weeks of the first day of absence.",
    why="An exempt child's absences are funded for twelve weeks in a row, and no pattern counts against them.",
    fix="Keep the EC12, and the EC13 where it applies, with the enrolment record.",
    cites=cite("7-7", "absence rule exemptions"),
    switch="exemption.effect",
)
SCHOOL_VISIT = clause(
    "absence.school-visit",
    "On a transitional school visit",
    message="The child was on a transitional visit to a school, as the enrolment record notes.",
    why="A permanently enrolled child under six is funded as usual on a transitional school visit.",
    fix="Nothing to do.",
    cites=cite("7-8", "transitional school visits"),
    switch="absence.transitional-visit",
)
FIRST_WEEK = clause(
    "absence.first-week",
    "Absent from the planned start, first week",
    message="The child has not attended since the planned start; the absence lies within one week and its cause is documented.",
    why="One week of absences is funded for a child who cannot start for illness or a cause beyond the parent's control.",
    fix="Nothing to do.",
    cites=cite("3-A-2", "when funding begins"),
    switch="start.never-attended",
)
FOURTH_WEEK = clause(
    "absence.fourth-week",
    "Absent for more than three weeks",
    message="The absence goes on into the fourth week or beyond.",
    why="Services must not claim for absences that continue into the fourth week. Funding resumes when the child returns.",
    fix="Nothing to do for these hours. Ask the family whether the child is coming back, and end the agreement if not.",
    cites=cite("6-5", "Three Week Rule"),
    switch="three-week.window",
)
TWELVE_WEEKS = clause(
    "absence.thirteenth-week",
    "Absent for more than twelve weeks",
    message="The absence of the exempt child goes on into the thirteenth week or beyond.",
    why="An exemption lengthens the Three Week Rule to twelve weeks from the first day of absence, and no further.",
    fix="Nothing to do for these hours. Funding resumes when the child returns.",
    cites=cite("7-7", "the twelve week period"),
    switch="exemption.effect",
)
NEVER_ATTENDED = clause(
    "absence.never-attended",
    "Absent from the planned start, not funded",
    message="The child has not attended since the planned start; the absence is beyond one week or not for a funded cause.",
    why="Until a child first attends, only one week is funded: for illness or a cause beyond the parent's control, "
    "under an agreement signed and dated before the absence.",
    fix="Nothing to do. Funding begins when the child first attends.",
    cites=cite("3-A-2", "when funding begins"),
    switch="start.never-attended",
)
START_NOT_DOCUMENTED = clause(
    "absence.start-not-documented",
    "Absent from the planned start: why?",
    message="The child has not attended since the planned start, and no document says why.",
    why="The first week is funded only where illness or a cause beyond the parent's control is documented.",
    fix="Enter the cause, and where the medical certificate or the parent's letter is kept, with the absence.",
    cites=cite("3-A-2", "when funding begins"),
    switch="start.never-attended",
)
AFTER_NOTICE = clause(
    "absence.after-notice",
    "Absent after notice of leaving",
    message="The family has given notice that the child will not return.",
    why="After notice nothing may be claimed for absences, even within three weeks.",
    fix="Nothing to do. End the agreement on the child's last day.",
    cites=cite("6-5", "notification that a child will not be returning"),
    switch="leaving.notice-day",
)
NOT_RECONFIRMED = clause(
    "absence.frequent-not-reconfirmed",
    "Frequent absence, third month, not reconfirmed",
    message="The pattern of absence is in its third month and the agreement was not reconfirmed.",
    why="Absences in the third month are funded only if the agreement was reconfirmed, or changed, and signed and dated.",
    fix="If a parent has signed in time, enter the date. Otherwise change the agreement to match attendance.",
    cites=cite("6-7", "step 5"),
    switch="frequent.reconfirm-window",
)
FOURTH_MONTH = clause(
    "absence.frequent-fourth-month",
    "Frequent absence, fourth month or later",
    message="The pattern of absence is in its fourth month or later.",
    why="Absences in the fourth month must not be claimed, and the agreement must be changed to match attendance.",
    fix="Change the agreement to the days and times the child attends, signed and dated by a parent.",
    cites=cite("6-7", "step 6"),
    switch="frequent.after-reconfirmation",
)
HANGS_ON_UNKNOWN = clause(
    "absence.hangs-on-unknown",
    "An absence that hangs on days without a record",
    message="Whether this absence is funded hangs on days of which the record does not say who was there.",
    why="A day without a record, or with one nobody can believe, is neither attendance nor absence.",
    fix="Put right the days this child's other findings name; this one then settles itself.",
    cites=cite("6-7", "check the attendance pattern of each child"),
    switch="attendance.no-record",
)
OTHER_CHAPTER = clause(
    "absence.hospital-based",
    "Absence at a hospital-based service",
    message="Chapter 6 does not apply to hospital-based services, and their own absence terms are not carried out here.",
    why="Hospital-based services record attendance under chapter 3.",
    fix="Judge these absences by chapter 3 of the Handbook before filing.",
    cites=cite("6-4", "absence rules"),
)
NOT_JUDGED = clause(
    "absence.not-judged",
    "An absence no rule has judged",
    message="The child was absent, and under the chosen readings no absence rule speaks of this day.",
    why="Absences are claimable only under the absence rules; what none of them covers is never claimed.",
    fix="Look at the policy switches in force: one of them judges this month by another agreement than the day's own.",
    cites=cite("6-4", "claiming funding for absences"),
    switch="frequent.mid-month-change",
)

REASONS: tuple[Clause, ...] = (
    THREE_WEEKS,
    EXTENSION,
    EXEMPT,
    SCHOOL_VISIT,
    FIRST_WEEK,
    FOURTH_WEEK,
    TWELVE_WEEKS,
    NEVER_ATTENDED,
    START_NOT_DOCUMENTED,
    AFTER_NOTICE,
    NOT_RECONFIRMED,
    FOURTH_MONTH,
    HANGS_ON_UNKNOWN,
    OTHER_CHAPTER,
    NOT_JUDGED,
)
