"""What a claim says of itself, and the findings that the claim itself makes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ecegateway.handbook.lookup import handbook
from ecegateway.model.claim import Claim, StaffColumn
from ecegateway.model.enrolment import Basis
from ecegateway.model.finding import Severity
from ecegateway.model.people import Note
from ecegateway.model.record import Record
from tests.support.records import (
    C1,
    MONDAY,
    NO_SWITCHES,
    PERIOD,
    SERVICE,
    Switches,
    agreement,
    child,
    prepared,
    profile,
    shift,
    stay,
)

TUESDAY = MONDAY + timedelta(days=1)


def made(*records: Record, switches: Switches = NO_SWITCHES) -> Claim:
    """The claim of a child who came on Monday."""
    return prepared(profile(), *child(), agreement(), stay(MONDAY), *records, switches=switches).claim


def test_a_claim_says_of_whom_and_when_it_was_made_and_by_what_law() -> None:
    found = made(shift(MONDAY))
    assert (found.service, found.service_name, found.period) == (SERVICE, "Pūāwai Early Learning", PERIOD)
    assert found.known_at == datetime(2026, 6, 2, tzinfo=UTC)
    assert found.handbook_edition == handbook().edition
    assert len(found.input_digest) == 64
    assert found.switches


def note(about: str, *, on_monday: bool = True) -> Note:
    day = MONDAY if on_monday else TUESDAY
    return Note(service=SERVICE, key="o1", day=day, about=about, text="The teacher's shift was not entered.")


@pytest.mark.parametrize(
    ("explanation", "held"),
    [
        (note("staff-hours"), False),
        (note("attendance"), True),
        (note("staff-hours", on_monday=False), True),
    ],
)
@pytest.mark.example("staff.zero-hours", "The only note of the day is about attendance.")
@pytest.mark.example("staff.zero-hours", "A note on the staff hours of the day explains why there are none.")
def test_a_note_on_the_staff_hours_of_the_day_explains_a_day_without_any(explanation: Note, *, held: bool) -> None:
    """Policy switch rs7.zero-staff-day (A40)."""
    found = next(one for one in made(explanation).child_days if one.day == MONDAY)
    assert ({p.reason for p in found.portions} == {"staff.zero-hours"}) is held


def test_hours_the_claim_itself_holds_have_a_finding_with_days_records_and_reading() -> None:
    held = made(stay(TUESDAY))
    (finding,) = [one for one in held.findings if one.rule == "staff.zero-hours"]
    assert (finding.service, finding.child, finding.severity) == (SERVICE, C1, Severity.HOLDS)
    assert finding.days == (MONDAY, TUESDAY)
    assert finding.switch == "rs7.zero-staff-day"
    portions = [p for one in held.child_days if one.day in (MONDAY, TUESDAY) for p in one.portions]
    assert finding.evidence == tuple(dict.fromkeys(item for p in portions for item in p.evidence))


@pytest.mark.parametrize(("reading", "hours"), [("daily-total-half-up", 3), ("bankers", 2)])
def test_staff_hours_are_rounded_by_the_reading_of_the_return(reading: str, hours: int) -> None:
    """Two and a half hours of one certificated teacher."""
    found = made(shift(MONDAY, "08:00-10:30"), switches={"rs7.rounding": reading})
    (day,) = [one for one in found.staff if one.day == MONDAY and one.column is StaffColumn.CERTIFICATED]
    assert (day.minutes, day.hours) == (150, hours)


def test_each_line_of_the_staff_hours_names_a_person_their_minutes_and_the_shifts() -> None:
    found = made(shift(MONDAY, "08:15-10:05", "t2"), shift(MONDAY, "09:40-12:30", "t1", certificated=False))
    lines = {one.column: one.lines for one in found.staff if one.day == MONDAY}
    assert [(one.person, one.minutes, one.evidence) for one in lines[StaffColumn.CERTIFICATED]] == [
        ("t2", 110, (f"kowhai/10842/staff_shift/w-t2-{MONDAY}@1",))
    ]
    assert [(one.person, one.minutes) for one in lines[StaffColumn.OTHER]] == [("t1", 170)]


def test_a_childs_day_says_how_the_child_is_enrolled_what_was_booked_and_what_attended() -> None:
    (found,) = [one for one in made(shift(MONDAY)).child_days if one.day == MONDAY]
    assert (found.child, found.basis) == (C1, Basis.PERMANENT)
    assert (found.booked, found.attended) == (((510, 870),), ((510, 870),))


@pytest.mark.example("funding.licensed-places", "One place for children under two, and a second one comes.")
def test_places_for_children_under_two_are_for_those_not_yet_two() -> None:
    """One place under two: c1 has it, c2 is too many, and c3 turns two on the day."""
    born = {"c1": date(2024, 6, 1), "c2": date(2024, 2, 10), "c3": date(2024, 2, 9)}
    records = [
        record for key, day in born.items() for record in (*child(key, day), agreement(key), stay(MONDAY, child_key=key))
    ]
    days = prepared(shift(MONDAY), profile(under_two_places=1), *records).claim.child_days
    found = {one.child.partition(":")[2]: {p.reason for p in one.portions} for one in days if one.day == MONDAY}
    assert found == {
        "c1": {"funding.enrolled-hours"},
        "c2": {"funding.licensed-places"},
        "c3": {"funding.enrolled-hours"},
    }
