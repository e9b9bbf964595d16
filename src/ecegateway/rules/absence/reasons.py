"""The reasons the absence rules give for funding, holding or refusing an absence, each with its section."""

from ecegateway.handbook.citation import cite
from ecegateway.rules.registry import Clause, clause, found, passes

THREE_WEEKS = clause(
    "absence.three-weeks",
    "Absent, within three weeks",
    message="The child was absent, and the absence lies within three weeks of its first day.",
    why="Absences of permanently enrolled children are funded for three weeks in a row.",
    fix="Nothing to do.",
    cites=cite("6-5", "Three Week Rule"),
    switch="three-week.window",
    hours="Claims the absent hours.",
    condition="An absent enrolled day fewer than twenty-one days after the first absence of its spell, of a child who is "
    "not exempt on it. A spell ends when the child comes; notice of leaving and a planned start are judged first.",
    examples=(
        found("A child enrolled on Mondays is first absent on 7 July: that day."),
        passes("The Monday of the fourth week."),
    ),
)
EXTENSION = clause(
    "absence.long-closure",
    "Absent, three weeks suspended by a long closure",
    message="The child was absent before and after a closure of two weeks or more, which does not count towards three weeks.",
    why="The Three Week Rule is suspended while the service does not operate for two weeks or more.",
    fix="Nothing to do.",
    cites=cite("6-6", "rule for extended non-operation"),
    switch="three-week.long-closure",
    hours="Claims the absent hours.",
    condition="An absent enrolled day twenty-one days or more after the first absence of its spell, and fewer once the "
    "whole weeks are taken out that a closure of two weeks or more within the spell covers.",
    examples=(
        found("Two weeks of closure lie between: the Monday three weeks after the first absence."),
        passes("The closure lasts thirteen days and suspends nothing."),
    ),
)
EXEMPT = clause(
    "absence.exempt",
    "Absent under an exemption",
    message="The child was absent under a documented exemption, within twelve weeks of the first day of absence.",
    why="An exempt child's absences are funded for twelve weeks in a row, and no pattern counts against them.",
    fix="Keep the EC12, and the EC13 where it applies, with the enrolment record.",
    cites=cite("7-7", "absence rule exemptions"),
    switch="exemption.effect",
    hours="Claims the absent hours.",
    condition="An absent enrolled day covered by an exemption with first and last day, form EC12 and a document, fewer than "
    "eighty-four days after the first absence of its spell, long closures taken out.",
    examples=(
        found("The twelfth week of an exempt child's absence."),
        passes("An exemption without its last day: three weeks apply."),
    ),
)
SCHOOL_VISIT = clause(
    "absence.school-visit",
    "On a transitional school visit",
    message="The child was on a transitional visit to a school, as the enrolment record notes.",
    why="A permanently enrolled child under six is funded as usual on a transitional school visit.",
    fix="Nothing to do.",
    cites=cite("7-8", "transitional school visits"),
    switch="absence.transitional-visit",
    hours="Claims the enrolled hours.",
    condition="An enrolled open day without a stay which the agreement notes as a transitional school visit, unless the "
    "switch takes such a visit for an absence.",
    examples=(
        found("The agreement notes the visit."),
        passes("The absence alone says that it was a visit."),
    ),
)
FIRST_WEEK = clause(
    "absence.first-week",
    "Absent from the planned start, first week",
    message="The child has not attended since the planned start; the absence lies within one week and its cause is documented.",
    why="One week of absences is funded for a child who cannot start for illness or a cause beyond the parent's control.",
    fix="Nothing to do.",
    cites=cite("3-A-2", "when funding begins"),
    switch="start.never-attended",
    hours="Claims the absent hours.",
    condition="An absent enrolled day of a child who has not come since a planned start that lies within the record, fewer "
    "than seven days after the first absence, under an agreement signed before that first absence; illness or a "
    "cause beyond the parent's control is recorded with its document.",
    examples=(
        found("An ill child, with a certificate, does not come in the first week."),
        passes("The family was on holiday."),
    ),
)
FOURTH_WEEK = clause(
    "absence.fourth-week",
    "Absent for more than three weeks",
    message="The absence goes on into the fourth week or beyond.",
    why="Services must not claim for absences that continue into the fourth week. Funding resumes when the child returns.",
    fix="Nothing to do for these hours. Ask the family whether the child is coming back, and end the agreement if not.",
    cites=cite("6-5", "Three Week Rule"),
    switch="three-week.window",
    hours="Refuses the absent hours.",
    condition="An absent enrolled day twenty-one days or more after the first absence of its spell, long closures taken "
    "out, of a child who is not exempt on it.",
    examples=(
        found("The twenty-second day of an absence, the first being day one."),
        passes("The twenty-first day of an absence."),
    ),
)
TWELVE_WEEKS = clause(
    "absence.thirteenth-week",
    "Absent for more than twelve weeks",
    message="The absence of the exempt child goes on into the thirteenth week or beyond.",
    why="An exemption lengthens the Three Week Rule to twelve weeks from the first day of absence, and no further.",
    fix="Nothing to do for these hours. Funding resumes when the child returns.",
    cites=cite("7-7", "the twelve week period"),
    switch="exemption.effect",
    hours="Refuses the absent hours.",
    condition="An absent enrolled day covered by an exemption that counts, eighty-four days or more after the first absence "
    "of its spell, long closures taken out.",
    examples=(
        found("The thirteenth week of an exempt child's absence."),
        passes("Week twelve, counted from the first absence though the exemption began later."),
    ),
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
    hours="Refuses the absent hours.",
    condition="An absent enrolled day of a child who has not come since a planned start that lies within the record: seven "
    "days or more after the first absence, or under an agreement that was not signed before it, or for a recorded "
    "cause that is neither illness nor beyond the parent's control.",
    examples=(
        found("The second week of a child who is ill from the planned start on."),
        found("The agreement was signed on the very day of the planned start."),
        passes("The agreement was signed the day before the planned start."),
    ),
)
START_NOT_DOCUMENTED = clause(
    "absence.start-not-documented",
    "Absent from the planned start: why?",
    message="The child has not attended since the planned start, and no document says why.",
    why="The first week is funded only where illness or a cause beyond the parent's control is documented.",
    fix="Enter the cause, and where the medical certificate or the parent's letter is kept, with the absence.",
    cites=cite("3-A-2", "when funding begins"),
    switch="start.never-attended",
    hours="Holds back the absent hours until the cause and its document are on record.",
    condition="An absent enrolled day that could be funded as the first week from a planned start, whose mark gives no "
    "cause, or illness or a cause beyond control without a document.",
    examples=(
        found("The mark says illness, and no document is named."),
        found("A letter is on file, and the mark gives no cause."),
        passes("The second week of an absence from the planned start is refused, with or without a document."),
    ),
)
AFTER_NOTICE = clause(
    "absence.after-notice",
    "Absent after notice of leaving",
    message="The family has given notice that the child will not return.",
    why="After notice nothing may be claimed for absences, even within three weeks.",
    fix="Nothing to do. End the agreement on the child's last day.",
    cites=cite("6-5", "notification that a child will not be returning"),
    switch="leaving.notice-day",
    hours="Refuses the absent hours; attended days stay claimable.",
    condition="An absent enrolled day on or after the day on which the family gave notice of leaving, by the other reading "
    "after it, in the stretch of enrolment in which the notice was given.",
    examples=(
        found("Notice is given on Wednesday: the absence of that Wednesday."),
        passes("The absence of Tuesday, the day before."),
        passes("The child was enrolled again later and is absent then."),
    ),
)
NOT_RECONFIRMED = clause(
    "absence.frequent-not-reconfirmed",
    "Frequent absence, third month, not reconfirmed",
    message="The pattern of absence is in its third month and the agreement was not reconfirmed.",
    why="Absences in the third month are funded only if the agreement was reconfirmed, or changed, and signed and dated.",
    fix="If a parent has signed in time, enter the date. Otherwise change the agreement to match attendance.",
    cites=cite("6-7", "step 5"),
    switch="frequent.reconfirm-window",
    hours="Refuses the absent hours the pattern speaks of: those of its weekday, or all absences, or also the hours "
    "missed on short days.",
    condition="A day of a month that is the third in a row with the same situation of frequent absence, where no parent or "
    "guardian reconfirmed or changed the agreement within the window of the switch.",
    examples=(
        found("Most Fridays are missed in August, September and October, and nobody signed: October's Fridays."),
        passes("A parent reconfirmed the agreement at the end of September."),
        passes("October returns to normal."),
    ),
)
FOURTH_MONTH = clause(
    "absence.frequent-fourth-month",
    "Frequent absence, fourth month or later",
    message="The pattern of absence is in its fourth month or later.",
    why="Absences in the fourth month must not be claimed, and the agreement must be changed to match attendance.",
    fix="Change the agreement to the days and times the child attends, signed and dated by a parent.",
    cites=cite("6-7", "step 6"),
    switch="frequent.after-reconfirmation",
    hours="Refuses the absent hours the pattern speaks of: those of its weekday, or all absences, or also the hours "
    "missed on short days.",
    condition="A day of a month that is the fourth or a later one in a row with the same situation of frequent absence, "
    "reconfirmed or not; or of a month passed over for a long closure after such a one.",
    examples=(
        found("Reconfirmed in September, Fridays are still missed in November, the fourth month."),
        passes("The agreement books no Fridays from November on."),
    ),
)
HANGS_ON_UNKNOWN = clause(
    "absence.hangs-on-unknown",
    "An absence that hangs on days without a record",
    message="Whether this absence is funded hangs on days of which the record does not say who was there.",
    why="A day without a record, or with one nobody can believe, is neither attendance nor absence.",
    fix="Put right the days this child's other findings name; this one then settles itself.",
    cites=cite("6-7", "check the attendance pattern of each child"),
    switch="attendance.no-record",
    hours="Holds back the absent hours until the days in doubt are put right.",
    condition="An absent enrolled day which the absence rules fund if every day in doubt was attended and refuse if none "
    "was, or the other way round. In doubt is a day without a record, or with one that nobody can believe.",
    examples=(
        found("Nobody knows whether the child came on the first day; the next absences hang on it."),
        passes("A day in doubt that changes nothing: the absences are settled either way."),
    ),
)
OTHER_CHAPTER = clause(
    "absence.hospital-based",
    "Absence at a hospital-based service",
    message="Chapter 6 does not apply to hospital-based services, and their own absence terms are not carried out here.",
    why="Hospital-based services record attendance under chapter 3.",
    fix="Judge these absences by chapter 3 of the Handbook before filing.",
    cites=cite("6-4", "absence rules"),
    hours="Holds back the absent hours for a person to judge.",
    condition="An absent enrolled day that the absence rules speak of at a hospital-based service, unless a day in doubt "
    "decides it.",
    examples=(
        found("A child enrolled at a hospital-based service is absent."),
        passes("A child at an education and care service is absent: the absence is judged."),
    ),
)
NOT_JUDGED = clause(
    "absence.not-judged",
    "An absence no rule has judged",
    message="The child was absent, and under the chosen readings no absence rule speaks of this day.",
    why="Absences are claimable only under the absence rules; what none of them covers is never claimed.",
    fix="Look at the policy switches in force: one of them judges this month by another agreement than the day's own.",
    cites=cite("6-4", "claiming funding for absences"),
    switch="frequent.mid-month-change",
    hours="Holds back the enrolled hours of the day.",
    condition="Enrolled hours of an open day on which no record says that the child came, that no finding holds, and on "
    "which no absence rule has ruled: the switch judges the month by an agreement that does not book this day.",
    examples=(
        found("November is judged by its old agreement, and a Monday that only the new one books is absent."),
        passes("By the default reading each day is judged by the agreement in force on it."),
    ),
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
