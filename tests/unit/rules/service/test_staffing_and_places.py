"""Within a service: whose the staff hours are, and how many children were there at one time (Handbook 3-A-1, 6-3, 9-4)."""

from datetime import date, timedelta
from typing import Any

import pytest

from ecegateway.model.attendance import Method
from ecegateway.model.claim import Verdict
from ecegateway.model.people import Person
from ecegateway.model.record import Record
from ecegateway.model.service import Mode, ServiceType
from tests.support.enrolments import findings
from tests.support.records import MONDAY, SERVICE, agreement, child, prepared, profile, shift, stay

TUESDAY = MONDAY + timedelta(days=1)
UNKNOWN, OVERLAP = "staff.not-on-record", "staff.shifts-overlap"


def person(key: str, role: str) -> Person:
    return Person.model_validate({"service": SERVICE, "key": key, "role": role})


KAHU = person("t1", "staff")


@pytest.mark.parametrize(
    ("people", "what"),
    [
        pytest.param(
            [KAHU],
            "is not on record",
            marks=pytest.mark.example("staff.not-on-record", "A shift names a person of whom there is no record."),
        ),
        pytest.param(
            [person("t2", "guardian")],
            "is on record as guardian, not as staff",
            marks=pytest.mark.example("staff.not-on-record", "A shift names a person who is on record as a guardian."),
        ),
        pytest.param(
            [person("t2", "administrator")],
            "is on record as administrator, not as staff",
            marks=pytest.mark.example("staff.not-on-record", "A shift names a person who is on record as an administrator."),
        ),
    ],
)
def test_staff_hours_of_somebody_not_on_record_as_staff_are_one_finding(people: list[Record], what: str) -> None:
    (finding,) = findings(UNKNOWN, *people, shift(MONDAY, person="t2"), shift(TUESDAY, person="t2"))
    assert (finding.days, finding.severity) == ((MONDAY, TUESDAY), "warns")
    assert dict(finding.parameters) == {"person": "kowhai:t2", "count": "2", "what": what}


def test_staff_on_record_hide_nobody_who_is_not() -> None:
    found = findings(UNKNOWN, KAHU, *(shift(MONDAY, person=key) for key in ("t0", "t1", "t2")))
    assert [dict(finding.parameters)["person"] for finding in found] == ["kowhai:t0", "kowhai:t2"]


@pytest.mark.example("staff.not-on-record", "A shift names a member of staff.")
@pytest.mark.example("staff.not-on-record", "No source names any staff: whose the hours are cannot be shown.")
def test_hours_of_staff_and_hours_nobody_can_show_are_left_alone() -> None:
    assert findings(UNKNOWN, KAHU, shift(MONDAY)) == []
    assert findings(UNKNOWN, shift(MONDAY)) == []
    assert findings(UNKNOWN, person("g1", "guardian"), shift(MONDAY)) == []


@pytest.mark.parametrize(
    "service",
    [profile(service_type=ServiceType.PLAYCENTRE), profile(service_type=ServiceType.KINDERGARTEN, mode=Mode.SESSIONAL)],
    ids=["playcentre", "sessional kindergarten"],
)
def test_services_that_count_no_staff_hours_are_left_alone(service: Record) -> None:
    assert findings(UNKNOWN, service, KAHU, shift(MONDAY, person="t2")) == []


@pytest.mark.parametrize(
    ("shifts", "count"),
    [
        pytest.param(
            [shift(MONDAY, "08:00-12:00"), shift(MONDAY, "11:00-15:00", key="-2")],
            1,
            marks=pytest.mark.example("staff.shifts-overlap", "A teacher has a shift from 8 to 12 and one from 11 to 15."),
        ),
        pytest.param(
            [shift(MONDAY, "08:00-08:00")], 1, marks=pytest.mark.example("staff.shifts-overlap", "A shift ends when it starts.")
        ),
        pytest.param(
            [shift(MONDAY, "08:00-12:00"), shift(MONDAY, "12:00-15:00", key="-2")],
            0,
            marks=pytest.mark.example("staff.shifts-overlap", "A teacher's second shift starts when the first ends."),
        ),
        pytest.param(
            [shift(MONDAY), shift(MONDAY, person="t2")],
            0,
            marks=pytest.mark.example("staff.shifts-overlap", "Two teachers work at the same time."),
        ),
        ([shift(MONDAY), shift(TUESDAY)], 0),
        ([shift(MONDAY, "08:00-12:00"), shift(MONDAY, "11:59-15:00", key="-2")], 1),
    ],
)
def test_shifts_that_share_time_or_hold_none(shifts: list[Record], count: int) -> None:
    assert len(findings(OVERLAP, *shifts)) == count


def test_the_days_on_which_a_persons_shifts_overlap_are_counted() -> None:
    twice = [
        shift(day, times, key=key) for day in (MONDAY, TUESDAY) for times, key in (("08:00-12:00", ""), ("11:00-15:00", "-2"))
    ]
    (finding,) = findings(OVERLAP, *twice, shift(TUESDAY + timedelta(days=1)))
    assert (finding.days, dict(finding.parameters)) == ((MONDAY, TUESDAY), {"person": "kowhai:t1", "count": "2"})


@pytest.mark.parametrize("times", ["08:00-08:00", "16:00-08:00"])
def test_a_shift_without_minutes_is_no_staff_hours_on_a_day_with_children(times: str) -> None:
    made = prepared(profile(), *child(), agreement(), stay(MONDAY), shift(MONDAY, times)).claim
    (day,) = [one for one in made.child_days if one.day == MONDAY]
    assert {p.reason for p in day.portions if p.verdict is Verdict.HELD} == {"staff.zero-hours"}


PLACES, UNDER_TWO = "service.places-exceeded", "service.under-two-places-exceeded"
OLD, YOUNG = date(2023, 8, 1), date(2024, 8, 1)


def there(*times: str, born: date = OLD) -> list[Record]:
    """Children, one for each stay on a Monday."""
    keys = [f"c{n}" for n in range(1, len(times) + 1)]
    return [record for key, span in zip(keys, times, strict=True) for record in (*child(key, born), stay(MONDAY, span, key))]


@pytest.mark.example("service.places-exceeded", "Three children are there at once for half an hour at a service of two places.")
def test_more_children_than_places_are_found_by_the_minute() -> None:
    stays = there("08:00-12:00", "08:00-12:30", "12:00-16:00", "11:30-12:00")
    (finding,) = findings(PLACES, profile(places=2), *stays)
    assert (finding.days, finding.within, finding.severity) == ((MONDAY,), ((690, 720),), "warns")
    said: dict[str, Any] = dict(finding.parameters)
    assert (said["who"], said["places"], said["hours"]) == ("3 children", "2", "0:30")
    assert (said["from"], said["to"]) == ("11:30", "12:00")
    assert finding.evidence == tuple(f"kowhai/10842/attendance/s-c{n}-{MONDAY}@1" for n in (1, 2, 4))


@pytest.mark.example("service.places-exceeded", "Three children share two places one after the other.")
@pytest.mark.example("service.places-exceeded", "Two children are there at once at a service of two places.")
@pytest.mark.example("service.places-exceeded", "A child on two sheets is counted once.")
@pytest.mark.example(
    "service.places-exceeded", "The third child's departure is the system's: when the child left is not known."
)
def test_children_within_the_places_are_left_alone() -> None:
    two = profile(places=2)
    assert findings(PLACES, two, *there("08:00-12:00", "08:00-16:00", "12:00-16:00")) == []
    assert findings(PLACES, two, *there("08:00-12:00", "08:00-16:00")) == []
    assert findings(PLACES, two, *there("08:00-12:00", "08:00-16:00"), stay(MONDAY, "09:00-11:00", key="again")) == []
    system = [*child("c3"), stay(MONDAY, "08:00-18:00", "c3", out_method=Method.SYSTEM)]
    assert findings(PLACES, two, *there("08:00-12:00", "08:00-16:00"), *system) == []


def test_the_minute_decides() -> None:
    (finding,) = findings(PLACES, profile(places=1), *there("08:00-12:01", "12:00-16:00"))
    assert (finding.within, dict(finding.parameters)["hours"]) == (((720, 721),), "0:01")


@pytest.mark.example(
    "service.under-two-places-exceeded", "Two children under two are there at once at a service of one place for them."
)
def test_more_children_under_two_than_their_places_are_found() -> None:
    service = profile(under_two_places=1)
    (finding,) = findings(UNDER_TWO, service, *there("08:00-12:00", "09:00-10:00", born=YOUNG))
    assert dict(finding.parameters)["who"] == "2 children under two"
    assert findings(PLACES, service, *there("08:00-12:00", "09:00-10:00", born=YOUNG)) == []


@pytest.mark.example("service.under-two-places-exceeded", "One of two children turns two on the day.")
@pytest.mark.example("service.under-two-places-exceeded", "A child under two comes when the other has left.")
def test_children_of_two_and_children_one_after_the_other_are_left_alone() -> None:
    service = profile(under_two_places=1)
    birthday = [*child("c1", MONDAY.replace(year=2024)), stay(MONDAY, "08:00-12:00")]
    other = [*child("c2", YOUNG), stay(MONDAY, "08:00-12:00", "c2")]
    assert findings(UNDER_TWO, service, *birthday, *other) == []
    day_after = [*child("c1", MONDAY.replace(year=2024) + timedelta(days=1)), stay(MONDAY, "08:00-12:00")]
    assert len(findings(UNDER_TWO, service, *day_after, *other)) == 1
    assert findings(UNDER_TWO, service, *there("08:00-12:00", "12:00-16:00", born=YOUNG)) == []
