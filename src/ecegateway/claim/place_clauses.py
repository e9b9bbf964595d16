"""The reasons the claim gives where hours would be claimed twice over: make-up days, shared and full places."""

from ecegateway.handbook.citation import cite
from ecegateway.rules.registry import Clause, clause, found, passes

MADE_UP = clause(
    "absence.made-up",
    "Attended on a make-up day, absence claimed",
    message="The child made up a missed day whose hours are claimed as an absence; the make-up day is not claimed as well.",
    why="Funding must not be claimed for both the absence and the make-up day.",
    fix="Nothing to do.",
    cites=cite("6-9", "funding for make-up days"),
    hours="Refuses the attended hours of the make-up day; hours enrolled for on that day are not touched.",
    condition="Minutes funded as attended on a day that a record names as the make-up of a missed one, where the absence of "
    "the missed day is claimed, or where that day lies outside the days asked about and may be claimed there.",
    examples=(
        found("Friday's absence is claimed, and a conditional Monday made it up."),
        passes("The enrolled morning of the make-up day is claimed."),
        passes("The missed day lies beyond three weeks of absence and is not claimed: the make-up day is."),
    ),
)
PLACE_FILLED = clause(
    "absence.place-filled",
    "In an absent child's place",
    message="The licence is full, and the place is claimed already: for a permanently enrolled child who is absent.",
    why="Funding must not be claimed for both an absent child and the casual or conditional child who fills the place.",
    fix="Nothing to do.",
    cites=cite("6-4", "funding for absence and casual or conditional child"),
    switch="absence.replacement",
    hours="Refuses the hours of the casual or conditional child.",
    condition="Minutes at which more children are claimed than the licence has places, of a child enrolled as casual or "
    "conditional on the day, while a permanent child who is absent and not exempt keeps a place.",
    examples=(
        found("One place: a permanent child is absent, and a casual child came in its place."),
        passes("Two places: both are claimed."),
    ),
)
PLACE_GIVEN = clause(
    "absence.place-given",
    "Absent, and the place filled by a child who is claimed",
    message="The licence is full, and the hours of the casual or conditional child in this absent child's place are claimed.",
    why="Funding must not be claimed for both an absent child and the casual or conditional child who fills the place.",
    fix="Nothing to do.",
    cites=cite("6-4", "funding for absence and casual or conditional child"),
    switch="absence.replacement",
    hours="Refuses the hours of the absent child while the other was there.",
    condition="Minutes at which more children are claimed than the licence has places, of a permanent child who is absent "
    "and not exempt, where by the switch absences give way and a casual or conditional child keeps the place.",
    examples=(
        found("One place, and absences give way: the four hours of the casual child are taken from the absence."),
        passes("By the default reading the absence keeps the place."),
    ),
)
SUBSIDY_FOR_PLACE = clause(
    "absence.subsidy-for-place",
    "Absent, place filled by a paying child: subsidy",
    message="Another child was charged fees in this absent child's place: the hours are claimed as subsidy, not 20 Hours ECE.",
    why="20 Hours ECE must not be claimed for an absence whose place a fee-paying casual or conditional child fills.",
    fix="If no fee was charged, have the attendance of that child say so.",
    cites=cite("6-4", "claiming 20 Hours ECE and absence"),
    switch="twenty-hours.replacement-fee",
    hours="Claims them as subsidy instead of 20 Hours ECE.",
    condition="Minutes of an absent permanent child with 20 Hours ECE who keeps a place of a full licence while a casual or "
    "conditional child came in that place, whose family was charged, or for whom no record says and the switch "
    "assumes so.",
    examples=(
        found("The family of the casual child was charged a fee."),
        found("No record says whether a fee was charged, and the default assumes one."),
        passes("The record says that no fee was charged."),
    ),
)
LICENSED_PLACES = clause(
    "funding.licensed-places",
    "More children at one time than licensed places",
    message="At this time more children would be claimed than the licence has places.",
    why="A funded child hour is an occupied licensed place; the licence sets the most children at any one time.",
    fix="Check who really attended at this time; if more came than the licence allows, speak to the Ministry.",
    cites=cite("3-A-1", "child-places"),
    switch="licence.excess-permanent",
    hours="Holds back the hours of permanent children, for a person to see, and refuses those of casual and conditional ones.",
    condition="Minutes at which more children are claimed than the licence has places, or more children under two than "
    "places for them. Casual and conditional children give way first, then who came later; absent children in "
    "whose place another came have reasons of their own.",
    examples=(
        found("One place: the casual child gives way for the two hours both were there."),
        found("One place, two permanent children: the later one's hours are held."),
        found("One place for children under two, and a second one comes."),
        passes("One place, and one child comes when the other has left."),
    ),
)
PLACE_LIMIT = clause(
    "funding.place-limit",
    "Children sharing a place",
    message="Children shared licensed places, and together their subsidy hours exceed what the places can be funded for.",
    why="ECE Subsidy is at most six hours a day and thirty a week for each licensed place, whoever fills it.",
    fix="Nothing to do.",
    cites=cite("3-A-2", "maximum ECE Subsidy"),
    switch="fch.cap-trim-order",
    hours="Refuses the latest of them.",
    condition="Subsidy minutes of all children together above six hours a day, or thirty a week, for each licensed place. "
    "20 Hours ECE and Plus 10 are limited by child alone.",
    examples=(
        found("Two children of four hours each share one place: two of the eight hours."),
        passes("Two children of four hours each share one place, and one of them has 20 Hours ECE."),
    ),
)

PLACE_CLAUSES: tuple[Clause, ...] = (
    MADE_UP,
    PLACE_FILLED,
    PLACE_GIVEN,
    SUBSIDY_FOR_PLACE,
    LICENSED_PLACES,
    PLACE_LIMIT,
)
