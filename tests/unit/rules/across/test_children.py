"""One child in two places at once, and the same hours booked at two services (Handbook 3-A-1, 6-3)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from ecegateway.flows.claim import Prepared
from ecegateway.model.attendance import Method
from ecegateway.model.child import StudentNumber
from ecegateway.model.claim import Verdict
from ecegateway.model.enrolment import Basis
from ecegateway.model.ids import SourceName
from ecegateway.model.record import Record
from ecegateway.model.service import Closure
from tests.support.records import MONDAY, SERVICE, absence, agreement, child, profile, shift, stay
from tests.support.two_services import OTHER, both, of_rule

TWICE, SAME = "across.child-twice", "across.same-hours"
TUESDAY = MONDAY + timedelta(days=1)
TOTARA = SourceName("totara")
NGAIO = child()
STAFF = [shift(MONDAY, person="t2"), shift(TUESDAY, person="t2")]
MORNING, AFTERNOON = "08:30-12:30", "12:30-16:30"


def numbered(key: str, nsn: str) -> list[Record]:
    """A child under another key, with a number."""
    identity, _ = child(key)
    return [identity, StudentNumber(service=SERVICE, key=f"n-{key}", child=key, nsn=nsn)]


def held(made: Prepared, rule: str, day: date = MONDAY) -> int:
    """Minutes of a day that a rule holds back."""
    (one,) = [one for one in made.claim.child_days if one.day == day]
    return sum(p.minutes for p in one.portions if p.verdict is Verdict.HELD and p.reason == rule)


def attending(here: Record, there: Record, **how: Any) -> tuple[Prepared, Prepared]:
    """A child booked here all day and at the other service not at all; what is on record of one day."""
    return both([*NGAIO, agreement(), here], [*NGAIO, *STAFF, there], **how)


@pytest.mark.example(
    "across.child-twice", "A child is signed in here from 8:30 to 14:30 and at another service from 10:00 to 12:00."
)
def test_a_child_in_two_places_at_once_is_held_at_both_until_settled() -> None:
    casual = agreement(basis=Basis.CASUAL, not_elsewhere=True)
    here, there = both([*NGAIO, agreement(), stay(MONDAY)], [*NGAIO, *STAFF, casual, stay(MONDAY, "10:00-12:00")])
    for made, other in ((here, OTHER), (there, SERVICE)):
        (finding,) = of_rule(made, TWICE)
        assert (finding.service, finding.child, finding.days, finding.holds) == (
            made.claim.service,
            "kowhai:c1",
            (MONDAY,),
            True,
        )
        assert dict(finding.parameters) == {"other": other, "count": "1"}
        assert held(made, TWICE) > 0


def test_two_places_at_once_only_warn_where_the_switch_says_so() -> None:
    here, _ = attending(stay(MONDAY), stay(MONDAY, "10:00-12:00"), switches={"across.two-places": "warn"})
    (finding,) = of_rule(here, TWICE)
    assert (finding.severity, held(here, TWICE)) == ("warns", 0)


@pytest.mark.parametrize(
    ("times", "there", "count"),
    [
        pytest.param(
            "08:30-12:15",
            "12:00-16:00",
            1,
            marks=pytest.mark.example("across.child-twice", "The stays share a quarter of an hour."),
        ),
        pytest.param(
            "08:30-12:14",
            "12:00-16:00",
            0,
            marks=pytest.mark.example(
                "across.child-twice", "The stays share fourteen minutes: no more than clocks and hands differ."
            ),
        ),
        pytest.param(
            "08:30-12:00",
            "13:00-16:00",
            0,
            marks=pytest.mark.example(
                "across.child-twice", "The child leaves here at noon and arrives at another service at one."
            ),
        ),
    ],
)
def test_how_much_two_stays_must_share(times: str, there: str, count: int) -> None:
    for made in attending(stay(MONDAY, times), stay(MONDAY, there)):
        assert len(of_rule(made, TWICE)) == count


@pytest.mark.example("across.child-twice", "Two sources know the child by different keys and the same National Student Number.")
def test_a_child_is_the_same_by_number_across_sources() -> None:
    other = [*numbered("x9", "100000001"), stay(MONDAY, "10:00-12:00", "x9")]
    here, there = both([*NGAIO, agreement(), stay(MONDAY)], [*STAFF, *other], source=TOTARA)
    assert [f.child for f in of_rule(here, TWICE)] == ["kowhai:c1"]
    assert [f.child for f in of_rule(there, TWICE)] == ["totara:x9"]


@pytest.mark.example("across.child-twice", "Two children of the same name and birth date attend two services.")
@pytest.mark.parametrize(
    ("key", "nsn", "source"),
    [("x9", "100000002", SourceName("kowhai")), ("x9", "100000002", TOTARA), ("c1", "100000002", TOTARA)],
)
def test_children_are_never_the_same_by_name(key: str, nsn: str, source: SourceName) -> None:
    other = [*numbered(key, nsn), stay(MONDAY, "10:00-12:00", key)]
    for made in both([*NGAIO, agreement(), stay(MONDAY)], [*STAFF, *other], source=source):
        assert of_rule(made, TWICE) == []


def test_a_number_that_was_wrong_and_was_corrected_makes_nobody_the_same() -> None:
    identity, right = numbered("x9", "100000002")
    _, wrong = numbered("x9", "100000001")
    other = [identity, wrong, right, stay(MONDAY, "10:00-12:00", "x9")]
    for made in both([*NGAIO, agreement(), stay(MONDAY)], [*STAFF, *other], source=TOTARA):
        assert of_rule(made, TWICE) == []


@pytest.mark.example("across.child-twice", "The departure from the other service was made by its system.")
def test_a_departure_nobody_saw_puts_a_child_nowhere() -> None:
    overnight = stay(MONDAY, "07:30-21:00", out_method=Method.SYSTEM)
    here, _ = attending(stay(MONDAY), overnight)
    assert of_rule(here, TWICE) == []


@pytest.mark.parametrize("times", ["10:00-", "12:00-10:00", "12:00-12:00"])
def test_a_stay_without_an_end_after_its_beginning_puts_a_child_nowhere(times: str) -> None:
    for made in attending(stay(MONDAY), stay(MONDAY, times)):
        assert of_rule(made, TWICE) == []


def test_services_in_two_zones_are_compared_by_the_instant() -> None:
    """Noon in the Chathams is 11:15 in Auckland."""
    chathams = profile().model_copy(update={"zone": "Pacific/Chatham"})
    here, there = attending(stay(MONDAY, "08:30-12:00"), stay(MONDAY, "12:05-15:00"), licence=chathams)
    assert of_rule(here, TWICE) + of_rule(there, TWICE) == []
    here, there = attending(stay(MONDAY, "08:30-12:00"), stay(MONDAY, "11:45-15:00"), licence=chathams)
    assert [len(of_rule(made, TWICE)) for made in (here, there)] == [1, 1]


def booked(here: str, there: str, records_here: Sequence[Record], records_there: Sequence[Record]) -> tuple[Prepared, Prepared]:
    """A child with permanent bookings at both services."""
    return both(
        [*NGAIO, agreement(times=here, weekdays=["Mo"]), *records_here],
        [*NGAIO, *STAFF, agreement(times=there, weekdays=["Mo"]), *records_there],
    )


def on_monday(made: Prepared) -> list[Any]:
    return [finding for finding in of_rule(made, SAME) if MONDAY in finding.days]


@pytest.mark.example(
    "across.same-hours", "Both services book the morning and the child is at the other one: the morning waits here."
)
@pytest.mark.example("across.same-hours", "Both services book the morning and the child is here.")
def test_only_where_the_child_was_may_claim() -> None:
    here, there = booked(MORNING, MORNING, [absence(MONDAY)], [stay(MONDAY, "08:25-12:35")])
    (finding,) = on_monday(here)
    assert finding.holds
    assert dict(finding.parameters) == {"hours": "8:30 to 12:30", "other": OTHER}
    assert set(finding.evidence) == {f"kowhai/{service}/enrolment/a-c1@1" for service in (SERVICE, OTHER)}
    assert held(here, SAME) == 4 * 60
    assert on_monday(there) == []
    assert held(there, SAME) == 0


@pytest.mark.example("across.same-hours", "Both services book the morning and the child is absent from both: it waits at both.")
def test_absent_from_both_neither_may_claim() -> None:
    for made in booked(MORNING, MORNING, [absence(MONDAY)], [absence(MONDAY)]):
        assert held(made, SAME) == 4 * 60


@pytest.mark.example(
    "across.same-hours", "The bookings share one hour and the child is absent here: that hour waits and no other."
)
def test_only_the_hours_booked_twice_wait() -> None:
    here, _ = booked("08:30-13:30", AFTERNOON, [absence(MONDAY)], [stay(MONDAY, "12:30-16:30")])
    (finding,) = on_monday(here)
    assert finding.within == ((750, 810),)
    assert held(here, SAME) == 60
    (one,) = [one for one in here.claim.child_days if one.day == MONDAY]
    assert one.minutes_with(Verdict.CLAIMED) == 4 * 60


def test_a_child_who_left_before_the_hours_booked_twice_was_not_here_during_them() -> None:
    here, _ = booked("08:30-13:30", AFTERNOON, [stay(MONDAY, "08:30-12:00")], [stay(MONDAY, "12:30-16:30")])
    assert held(here, SAME) == 60


@pytest.mark.example("across.same-hours", "One service books the morning and the other the afternoon.")
@pytest.mark.example("across.same-hours", "The other service is closed on the day.")
@pytest.mark.example("across.same-hours", "The child is enrolled casually at the other service.")
def test_hours_that_one_service_alone_may_claim_are_left_alone() -> None:
    apart, _ = booked(MORNING, AFTERNOON, [absence(MONDAY)], [stay(MONDAY, "12:30-16:30")])
    closure = Closure(service=SERVICE, key="x", first_day=MONDAY, last_day=MONDAY, kind="planned")
    closed, _ = booked(MORNING, MORNING, [absence(MONDAY)], [closure])
    casual, _ = both(
        [*NGAIO, agreement(times=MORNING), absence(MONDAY)],
        [*NGAIO, *STAFF, agreement(times=MORNING, basis=Basis.CASUAL), stay(MONDAY, "08:30-12:30")],
    )
    assert [on_monday(made) for made in (apart, closed, casual)] == [[], [], []]


def test_an_emergency_closure_claims_hours_too() -> None:
    closure = Closure(
        service=SERVICE, key="x", first_day=MONDAY, last_day=MONDAY, kind="emergency", approval_reference="letter 4"
    )
    here, there = booked(MORNING, MORNING, [closure], [stay(MONDAY, "08:30-12:30")])
    assert (held(here, SAME), held(there, SAME)) == (4 * 60, 0)


def test_a_term_of_double_bookings_is_one_finding() -> None:
    here, _ = booked(MORNING, MORNING, [absence(MONDAY)], [stay(MONDAY, "08:30-12:30")])
    (finding,) = of_rule(here, SAME)
    assert MONDAY in finding.days
    assert {day.weekday() for day in finding.days} == {0}
