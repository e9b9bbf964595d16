"""One person on the ratio in two places at once (trap 27)."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from ecegateway.flows.claim import Prepared
from ecegateway.model.claim import StaffColumn
from ecegateway.model.ids import SourceName
from ecegateway.model.people import Person
from ecegateway.model.record import Record
from ecegateway.rules.across.people import staff_twice
from tests.support.records import MONDAY, NO_SWITCHES, SERVICE, SOURCE, Switches, child, profile, shift
from tests.support.two_services import OTHER, at_other, claims, of_rule, stored

TUESDAY = MONDAY + timedelta(days=1)
KAHU = Person(service=SERVICE, key="t1", role="staff", given_names="Kahu", family_name="Tamatea")
TWICE = "across.staff-twice"


def certificated(found: Prepared, day: date = MONDAY) -> int:
    (line,) = [one for one in found.claim.staff if one.day == day and one.column is StaffColumn.CERTIFICATED]
    return line.minutes


def only(
    here: Sequence[Record], there: Sequence[Record], *, source: SourceName = SOURCE, switches: Switches = NO_SWITCHES
) -> tuple[Prepared, Prepared]:
    """Two services of which only the shifts given are on record."""
    one = stored(SERVICE, [profile(), *child(), *here])
    two = stored(OTHER, at_other([profile(), *there]), source)
    found = claims(one, two, switches=switches)
    return found[SERVICE], found[OTHER]


@pytest.mark.example("across.staff-twice", "A teacher's shifts at two services overlap by an hour.")
def test_one_person_cannot_be_in_two_places() -> None:
    """Trap 27: found at both services, each naming the other; the hour counts at neither."""
    here, there = only([shift(MONDAY, "08:00-12:00")], [shift(MONDAY, "11:00-16:00")])
    for found, other, minutes in ((here, OTHER, 3 * 60), (there, SERVICE, 4 * 60)):
        (finding,) = of_rule(found, TWICE)
        assert (finding.service, finding.child, finding.days) == (found.claim.service, None, (MONDAY,))
        assert dict(finding.parameters) == {"person": "kowhai:t1", "other": other, "hours": "1:00"}
        assert sorted(finding.evidence) == [f"kowhai/{service}/staff_shift/w-t1-{MONDAY}@1" for service in (SERVICE, OTHER)]
        assert certificated(found) == minutes


def test_the_hours_stay_where_the_switch_only_warns() -> None:
    here, there = only([shift(MONDAY, "08:00-12:00")], [shift(MONDAY, "11:00-16:00")], switches={"across.two-places": "warn"})
    assert (certificated(here), certificated(there)) == (4 * 60, 5 * 60)
    assert len(of_rule(here, TWICE)) == 1


def test_a_term_in_two_places_is_one_finding() -> None:
    days = [MONDAY + timedelta(days=n) for n in range(5)]
    here, _ = only([shift(day) for day in days], [shift(day) for day in days])
    (finding,) = of_rule(here, TWICE)
    assert (finding.days, dict(finding.parameters)["hours"]) == (tuple(days), "40:00")
    assert [certificated(here, day) for day in days] == [0] * 5


@pytest.mark.example("across.staff-twice", "A teacher works at one service in the morning and at another from noon.")
def test_a_person_may_work_at_two_services_one_after_the_other() -> None:
    here, there = only([shift(MONDAY, "08:00-12:00")], [shift(MONDAY, "12:00-16:00")])
    assert of_rule(here, TWICE) + of_rule(there, TWICE) == []
    one_minute, _ = only([shift(MONDAY, "08:00-12:01")], [shift(MONDAY, "12:00-16:00")])
    (finding,) = of_rule(one_minute, TWICE)
    assert dict(finding.parameters)["hours"] == "0:01"


@pytest.mark.example("across.staff-twice", "Two sources use the same key for people of two services.")
def test_equal_keys_of_two_sources_are_two_people() -> None:
    here, there = only([shift(MONDAY)], [shift(MONDAY)], source=SourceName("totara"))
    assert of_rule(here, TWICE) + of_rule(there, TWICE) == []
    assert certificated(here) == 8 * 60


@pytest.mark.example("across.staff-twice", "Two people of the same name work at two services.")
def test_nobody_is_the_same_by_name() -> None:
    namesake = KAHU.model_copy(update={"key": "t2"})
    here, there = only([KAHU, shift(MONDAY)], [namesake, shift(MONDAY, person="t2")])
    assert of_rule(here, TWICE) + of_rule(there, TWICE) == []


def test_another_day_is_another_day_and_a_shift_without_minutes_is_nowhere() -> None:
    for here, there in (
        ([shift(MONDAY)], [shift(TUESDAY)]),
        ([shift(MONDAY, "16:00-08:00")], [shift(MONDAY)]),
        ([shift(MONDAY, "09:00-09:00")], [shift(MONDAY)]),
    ):
        found, _ = only(here, there)
        assert of_rule(found, TWICE) == []


def test_two_hours_counted_in_two_columns_are_left_out_of_both() -> None:
    here, _ = only(
        [shift(MONDAY, "08:00-10:00"), shift(MONDAY, "08:00-11:00", certificated=False, key="-other")],
        [shift(MONDAY, "08:00-09:00")],
    )
    (other,) = [one for one in here.claim.staff if one.day == MONDAY and one.column is StaffColumn.OTHER]
    assert (certificated(here), other.minutes) == (60, 60)


def test_the_rule_warns_and_names_its_switch() -> None:
    assert (staff_twice.severity, staff_twice.switch) == ("warns", "across.two-places")
