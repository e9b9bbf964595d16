"""Closing times a register gives away, both clock changes included, and registers in which nobody is ever absent."""

from datetime import date, timedelta
from itertools import chain, repeat

import pytest

from ecegateway.contract import Fact
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.model.attendance import Attendance
from ecegateway.model.enrolment import Basis
from ecegateway.model.period import DateRange
from ecegateway.model.record import Record
from ecegateway.model.service import Closure
from ecegateway.rules.attendance.default_present.configured_close import configured_close
from ecegateway.rules.attendance.default_present.never_absent import never_absent
from ecegateway.rules.attendance.departure import system_sign_out
from ecegateway.rules.registry import question
from tests.support.records import EVERY_FACT, SERVICE, Facts, absence, agreement, at, child, facts_of, profile
from tests.support.registers import DAYS, attended, enrolled, found, kept, mark, scattered, told

LATE = 17 * 60 + 45
NO_SIGNER: Facts = EVERY_FACT - {Fact.SIGNER}


def left_at(key: str, day: date, clock: str, by: str | None) -> Attendance:
    """A stay that ended at a time, marked at that very moment."""
    departed = at(day, clock)
    return attended(key, day).model_copy(update={"departed": departed, "sign_out": mark(departed, by)})


def runs(count: int, *, by: str | None = "t1", clock: str = "17:45", children: int = 3) -> list[Record]:
    """Some children who all leave at one time on so many days."""
    keys = [f"c{n}" for n in range(children)]
    stays = [left_at(key, day, clock, by) for key in keys for day in DAYS[:count]]
    return [*chain.from_iterable(enrolled(key) for key in keys), *stays]


@pytest.mark.example(
    "register.configured-close",
    "A staff member's name stands at the departures of three children at 17:45, after closing, on five days.",
)
@pytest.mark.example("register.configured-close", "Three children leave at 17:45 on four days only.")
@pytest.mark.parametrize(("days", "expected"), [(4, 0), (5, 3)])
def test_a_closing_time_is_learnt_from_five_days(days: int, expected: int) -> None:
    findings = found(configured_close, *runs(days))
    assert len(findings) == expected
    assert all(told(finding) == {"hits": "5", "time": "17:45", "children": "3", "days": "5"} for finding in findings)


@pytest.mark.example("register.configured-close", "On a sixth day one child leaves alone at that minute.")
def test_once_learnt_it_gives_away_a_child_alone() -> None:
    findings = found(configured_close, *runs(5), left_at("c0", DAYS[5], "17:45", "t1"))
    assert findings[0].days == DAYS[:6]
    assert [len(finding.days) for finding in findings] == [6, 5, 5]


def test_a_departure_without_any_mark_is_by_no_parent() -> None:
    unmarked = left_at("c0", DAYS[5], "17:45", "t1").model_copy(update={"sign_out": None})
    assert found(configured_close, *runs(5), unmarked)[0].days == DAYS[:6]


def test_a_closing_time_after_midnight_is_said_to_be_of_the_next_day() -> None:
    """A service open until half past eleven at night, whose system signs everybody out at ten past twelve."""
    stays = []
    for key in ("c0", "c1", "c2"):
        for day in DAYS[:5]:
            at_night = at(day + timedelta(days=1), "00:10")
            stays.append(attended(key, day).model_copy(update={"departed": at_night, "sign_out": mark(at_night, "t1")}))
    children = chain.from_iterable(enrolled(key) for key in ("c0", "c1", "c2"))
    findings = found(configured_close, profile("07:30-23:30"), *children, *stays)
    assert [told(finding)["time"] for finding in findings] == ["00:10 the next day"] * 3


@pytest.mark.example("register.configured-close", "Their parents signed them out at that minute.")
def test_parents_may_be_late_together() -> None:
    stays = [left_at(f"c{n}", day, "17:45", f"g-c{n}") for n in range(3) for day in DAYS[:9]]
    assert found(configured_close, *chain.from_iterable(enrolled(f"c{n}") for n in range(3)), *stays) == []


@pytest.mark.example("register.configured-close", "Children leave together when the session closes, ticked off by a teacher.")
def test_everybody_leaves_when_the_session_closes() -> None:
    assert found(configured_close, *runs(9, clock="17:30")) == []


@pytest.mark.example("register.configured-close", "Three siblings leave at that minute on five days.")
def test_siblings_wait_for_one_parent() -> None:
    siblings = [*chain.from_iterable(enrolled(f"c{n}", "g-mother") for n in range(3))]
    stays = [left_at(f"c{n}", day, "17:45", "t1").model_copy(update={"sign_in": None}) for n in range(3) for day in DAYS[:5]]
    assert found(configured_close, *siblings, *stays) == []


@pytest.mark.example("register.configured-close", "The source cannot say who signed.")
def test_a_source_that_cannot_name_signers_shows_nothing() -> None:
    assert found(configured_close, *runs(9, by=None), facts=NO_SIGNER) == []


@pytest.mark.example(
    "register.configured-close", "Staff sign the last children out at all minutes of the quarter of an hour after closing."
)
def test_the_last_children_leave_at_all_minutes() -> None:
    more = [left_at(f"d{n}", day, f"17:{31 + n % 20}", "t1") for n in range(20) for day in DAYS[:5]]
    assert found(configured_close, *runs(5), *chain.from_iterable(enrolled(f"d{n}") for n in range(20)), *more) == []


def test_what_another_rule_holds_is_not_told_twice() -> None:
    """Three children at one instant whom nobody signed out: attendance.system-sign-out holds each of them."""
    nobody = runs(5, by=None)
    assert found(configured_close, *nobody) == []
    assert len(found(system_sign_out, *nobody)) == 15
    (alone,) = found(configured_close, *nobody, left_at("c0", DAYS[5], "17:45", None))
    assert alone.days == (DAYS[5],)


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        (date(2026, 4, 2), "09:00"),
        (date(2026, 4, 7), "08:00"),
        (date(2026, 9, 24), "08:00"),
        (date(2026, 9, 28), "09:00"),
    ],
    ids=["last day of summer time", "first day after it", "last day before summer time", "first day of it"],
)
def test_twenty_hundred_utc_is_known_on_both_sides_of_both_clock_changes(day: date, clock: str) -> None:
    """Trap 1: summer time ends on Sunday 5 April 2026 and begins on Sunday 27 September."""
    morning = at(day + timedelta(days=1), clock)
    stay = attended("c1", day).model_copy(update={"departed": morning, "sign_out": mark(morning, "g-c1")})
    days = DateRange(day - timedelta(days=7), day + timedelta(days=7))
    facts = facts_of(profile(), *enrolled("c1"), stay, days=days)
    (finding,) = system_sign_out.findings(question(facts, days, policy(), handbook()))
    assert told(finding) == {"time": f"{clock} the next day", "why_not": "is 20:00 UTC to the second"}


NINE = [f"n{n}" for n in range(9)]


def busy(days: int, away: int = 0) -> list[Record]:
    """Nine children on so many days, of which so many child-days are absences."""
    records: list[Record] = []
    left = away
    for key in NINE:
        records += enrolled(key)
        for day, off in zip(DAYS[:days], scattered(), strict=False):
            records.append(absence(day, key) if left else attended(key, day, off))
            left = max(0, left - 1)
    return records


@pytest.mark.example("register.never-absent", "Seven hundred booked child-days, and a stay on every one of them.")
@pytest.mark.example("register.never-absent", "Six hundred booked child-days, and a stay on every one: too few to tell.")
@pytest.mark.parametrize(("days", "expected"), [(67, 0), (75, 0), (76, 1), (78, 1)])
def test_from_684_child_days_on_somebody_must_have_been_absent(days: int, expected: int) -> None:
    """0.98 to the 684th is just under one in a million: 75 days of nine children are 675, 76 are 684."""
    findings = found(never_absent, *busy(days))
    assert len(findings) == expected
    assert all(told(finding)["hits"] == told(finding)["of"] == str(9 * days) for finding in findings)


@pytest.mark.example("register.never-absent", "Seven hundred booked child-days, and an absence on ten of them.")
def test_ten_absences_in_seven_hundred_are_enough() -> None:
    assert found(never_absent, *busy(78, away=10)) == []


@pytest.mark.example("register.never-absent", "The source records stays only, and on many booked days there is none.")
def test_a_day_without_any_record_is_not_a_presence() -> None:
    records = [
        record for record in busy(78) if not (isinstance(record, Attendance) and record.key.endswith(("-02-13", "-03-20")))
    ]
    assert found(never_absent, *records) == []


def test_closed_days_and_days_after_the_last_attendance_are_not_expected() -> None:
    closed = Closure(service=SERVICE, key="k1", first_day=DAYS[76], last_day=DAYS[77], kind="planned")
    assert len(found(never_absent, *busy(76), closed)) == 1


def test_casual_children_are_never_absent_by_nature() -> None:
    casual = [*child("k1"), agreement("k1", basis=Basis.CASUAL), *(attended("k1", day) for day in DAYS[:76])]
    (with_casual,) = found(never_absent, *busy(76), *casual)
    assert told(with_casual)["of"] == "684"


def test_a_tiny_service_cannot_be_told_from_a_lucky_one() -> None:
    assert found(never_absent, profile(), *kept("c1", repeat((3, -3)))) == []
