"""The invented world holds together: it is the same every time, its keys are unique, and its children live by the rules."""

import os
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime

import pytest

from ecegateway.demo import kotuku, kotuku_roll, puawai, puawai_roll
from ecegateway.demo.plans import Plan
from ecegateway.demo.season import HOLIDAYS, PERIOD, ZONE
from ecegateway.demo.world import World, build_world
from ecegateway.facts.calendar import public_holidays
from ecegateway.model.attendance import Absence, Attendance, Verification
from ecegateway.model.child import Child
from ecegateway.model.enrolment import Basis, Booking, Enrolment
from ecegateway.model.ids import ServiceNumber
from ecegateway.model.people import Person, StaffShift
from ecegateway.model.period import Weekday, age_on, local_time
from ecegateway.model.service import Closure, OperatingDay, ServiceProfile
from ecegateway.model.spans import minute_of
from tests.unit.demo.worlds import day_of, digest, everything, stays

DIGEST = "import tests.unit.demo.worlds as w; from ecegateway.demo.world import build_world; print(w.digest(build_world()))"
ROLLS = [*puawai_roll.ROLL, *kotuku_roll.ROLL]


def test_equal_seeds_give_equal_bytes_and_others_do_not(world: World) -> None:
    assert digest(build_world()) == digest(world)
    assert digest(build_world(seed=7)) != digest(world)


def test_the_order_of_sets_in_memory_does_not_matter(world: World, pytestconfig: pytest.Config) -> None:
    elsewhere = {**os.environ, "PYTHONHASHSEED": "1234", "PYTHONPATH": str(pytestconfig.rootpath)}
    found = subprocess.run([sys.executable, "-c", DIGEST], env=elsewhere, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == digest(world)


def test_it_is_built_in_under_two_seconds() -> None:
    started = time.process_time()
    build_world()
    assert time.process_time() - started < 2


def test_no_key_stands_twice_in_a_pull(world: World) -> None:
    life, kindergarten = world.kowhai, world.kotuku
    papers = (*world.puawai_paper.records, *kindergarten.paper.records)
    for records in (life.first.records, life.later.records, *kindergarten.drop_records, *papers):
        counts = Counter((record.stream, record.key) for record in records)
        assert not [place for place, count in counts.items() if count > 1]


def test_both_services_have_the_children_they_should(world: World) -> None:
    children = Counter(record.service for record in everything(world) if isinstance(record, Child))
    assert children == {"10842": 47, "20517": 35}
    assert len(puawai_roll.ROLL) == 45
    assert {plan.key for plan in kotuku_roll.ROLL} | {plan.key for plan in puawai_roll.ROLL} <= {
        record.key for record in everything(world) if isinstance(record, Child)
    }


def test_everything_the_vendor_learned_is_told_in_order(world: World) -> None:
    for learned in (world.kowhai.first, world.kowhai.later):
        instants = [told.at for told in learned.told]
        assert instants == sorted(instants)
    assert world.kowhai.first.told[-1].at < world.kowhai.later.told[0].at


def test_the_first_pull_knows_nothing_of_april(world: World) -> None:
    known = [*world.kowhai.first.records, *world.puawai_paper.records[0], *world.kotuku.paper.records[0]]
    assert max(r.recorded_at for r in known if r.recorded_at) < datetime(2026, 4, 1, tzinfo=ZONE)
    assert not any(b"2026-04" in body or b"2026-05" in body for name, body in world.drop_first.items() if "attend" in name)


@pytest.mark.parametrize("region", ["WGN", "AUK"])
def test_holidays_are_those_of_the_public_calendar(region: str) -> None:
    assert {day for day in public_holidays(PERIOD.days, region) if day.weekday() < 5} == HOLIDAYS


def test_nobody_stays_on_a_closed_day(world: World) -> None:
    opened = {"10842": set(puawai.open_days()), "20517": set(kotuku.open_days())}
    assert not [stay.key for stay in stays(world) if day_of(stay) not in opened[stay.service]]


def test_the_closures_are_those_of_the_story(world: World) -> None:
    closures = {(str(r.service), r.first_day, r.last_day): r for r in everything(world) if isinstance(r, Closure)}
    storm = closures["10842", date(2026, 3, 24), date(2026, 3, 24)]
    assert (storm.kind, bool(storm.approval_reference)) == ("emergency", True)
    water = closures["20517", date(2026, 5, 20), date(2026, 5, 20)]
    assert (water.kind, water.approval_reference) == ("emergency", None)
    assert closures["10842", date(2026, 5, 15), date(2026, 5, 15)].kind == "planned"
    assert closures["20517", date(2026, 4, 3), date(2026, 4, 19)].kind == "planned"
    absent = [r for r in everything(world) if isinstance(r, Absence) and r.day == date(2026, 3, 24) and r.service == "10842"]
    assert len(absent) > 20


def test_ages_fit_the_services() -> None:
    for plan in puawai_roll.ROLL:
        assert plan.born < plan.starts
        assert age_on(plan.born, PERIOD.days.last) <= 6
    for plan in kotuku_roll.ROLL:
        first = max(plan.starts, PERIOD.days.first)
        assert (first - plan.born).days >= 2.5 * 365
        assert age_on(plan.born, PERIOD.days.last) <= 5
    birthdays = Counter(
        age_on(plan.born, PERIOD.days.last)
        for plan in ROLLS
        if age_on(plan.born, PERIOD.days.first) < age_on(plan.born, PERIOD.days.last)
    )
    assert {2, 3, 6} <= birthdays.keys()


@pytest.mark.parametrize("plan", ROLLS, ids=lambda plan: plan.key)
def test_attestations_keep_the_limits_and_the_bookings(plan: Plan) -> None:
    for terms in plan.terms:
        if not terms.twenty:
            continue
        assert sum(terms.twenty) <= 20 * 60
        assert max(terms.twenty) <= 6 * 60
        for weekday, minutes in zip(Weekday, terms.twenty, strict=False):
            booked = [minute_of(b.ends) - minute_of(b.starts) for b in terms.bookings if b.weekday is weekday]
            assert minutes <= sum(booked)
        assert terms.signed is None or terms.signed <= terms.effective


def test_every_basis_and_every_way_to_repeat_is_there(world: World) -> None:
    agreements = [record for record in everything(world) if isinstance(record, Enrolment)]
    assert {agreement.basis for agreement in agreements} == {*Basis, None}
    assert {agreement.conditional_part for agreement in agreements} == {"whole", "bookings", None}
    repeats = [tuple(sorted({(b.every_weeks, b.counted_from) for b in a.bookings}, key=repr)) for a in agreements]
    kinds = {(tuple(every for every, _ in repeat)) for repeat in repeats}
    assert {(), (1,), (2,), (1, 2), (2, 2)} == kinds
    assert len([a for a in agreements if a.signature is None and a.basis is not None]) == 1


@pytest.mark.parametrize(("service", "roll"), [("10842", puawai_roll.ROLL), ("20517", kotuku_roll.ROLL)])
def test_no_more_children_are_booked_for_certain_than_there_are_places(
    world: World, service: str, roll: tuple[Plan, ...]
) -> None:
    profile = next(r for r in everything(world) if isinstance(r, ServiceProfile) and r.service == service)
    booked, young = booked_at_once(roll)
    assert max(booked.values()) <= profile.places
    assert max(young.values()) <= profile.under_two_places


def booked_at_once(plans: Iterable[Plan]) -> tuple[Counter[tuple[date, int]], Counter[tuple[date, int]]]:
    """Children permanently booked, and those of them under two, at every quarter of an hour of every open day."""
    counts: Counter[tuple[date, int]] = Counter()
    young: Counter[tuple[date, int]] = Counter()
    for plan in (plan for plan in plans if plan.basis is Basis.PERMANENT):
        for day in kotuku.open_days() if plan.key.startswith("7") else puawai.open_days():
            for booking in (booking for booking in plan.lived(day) if not booking.conditional):
                for quarter in range(minute_of(booking.starts) // 15, minute_of(booking.ends) // 15):
                    counts[day, quarter] += 1
                    young[day, quarter] += age_on(plan.born, day) < 2
    return counts, young


def test_no_more_children_are_there_at_once_than_there_are_places(world: World) -> None:
    places = {r.service: r.places for r in everything(world) if isinstance(r, ServiceProfile)}
    days: dict[tuple[ServiceNumber, date], dict[tuple[str, datetime], datetime]] = defaultdict(dict)
    for stay in stays(world):
        if stay.arrived is not None and stay.departed is not None:
            days[stay.service, day_of(stay)][stay.child, stay.arrived] = stay.departed
    for (service, _), day in days.items():
        for _, moment in day:
            there = {child for (child, arrived), departed in day.items() if arrived <= moment < departed}
            assert len(there) <= places[service]


def test_a_casual_child_comes_on_a_day_on_which_every_place_is_booked(world: World) -> None:
    booked, _ = booked_at_once(puawai_roll.ROLL)
    (visit,) = [stay for stay in stays(world) if stay.child == "c-1047" and day_of(stay) == puawai_roll.FULL_HOUSE]
    hours = range(9 * 4, 12 * 4 + 2)
    assert visit.fee_charged
    assert {booked[puawai_roll.FULL_HOUSE, quarter] for quarter in hours} == {36}
    assert not [stay for stay in stays(world) if stay.child == "c-1042" and day_of(stay) == puawai_roll.FULL_HOUSE]


def falls_short(stay: Attendance, booking: Booking) -> bool:
    """Whether a stay is shorter than the booking by times to the nearest quarter of an hour."""
    if stay.arrived is None or stay.departed is None:
        return False
    came, left = (minute_of(local_time(at, str(ZONE)).time()) for at in (stay.arrived, stay.departed))
    return came > minute_of(booking.starts) + 7 or left < minute_of(booking.ends) - 8


def test_an_ordinary_child_is_there_for_the_booked_hours_on_nine_days_of_ten(world: World) -> None:
    ordinary = [p for p in puawai_roll.ROLL if p.basis is Basis.PERMANENT and p.fetched_early is None]
    plans = {plan.key: plan for plan in ordinary}
    months: dict[tuple[str, int], list[bool]] = defaultdict(list)
    for record in (*world.kowhai.first.records, *world.kowhai.later.records):
        if isinstance(record, Attendance) and record.child in plans:
            day = day_of(record)
            for booking in plans[record.child].lived(day):
                months[record.child, day.month].append(falls_short(record, booking))
    short = [one for month in months.values() for one in month]
    assert 0.05 < sum(short) / len(short) < 0.15
    assert not [month for month, days in months.items() if len(days) > 3 and sum(days) * 2 > len(days)]


def test_whoever_signs_is_on_record(world: World) -> None:
    people = {str(record.key) for record in everything(world) if isinstance(record, Person)}
    for stay in stays(world):
        assert {mark.by for mark in (stay.sign_in, stay.sign_out) if mark and mark.by} <= people
    for record in everything(world):
        if isinstance(record, Verification):
            assert record.by in people
        if isinstance(record, StaffShift):
            assert record.person in people


def test_arrivals_are_human(world: World) -> None:
    signed = [stay for stay in stays(world) if stay.arrived and stay.arrived.second]
    assert len(signed) > 0.98 * len(stays(world))
    assert len({(stay.arrived.minute, stay.arrived.second) for stay in signed if stay.arrived}) > 1000


def test_the_kindergarten_has_short_afternoon_sessions(world: World) -> None:
    days = [record for record in everything(world) if isinstance(record, OperatingDay) and record.closes]
    late = {Weekday.of(day.day) for day in days if day.closes and day.closes.hour == 15}
    assert late == {Weekday.TUESDAY, Weekday.THURSDAY}


def test_the_files_of_the_kindergarten_are_where_they_should_be(world: World) -> None:
    assert sorted(world.drop_first) == [
        f"{kind}-2026-03-29.csv" for kind in ("attendances", "child-details", "enrolment", "operational-hours")
    ]
    assert sorted(name.replace("2026-05-31", "2026-03-29") for name in world.drop_later) == sorted(world.drop_first)
    assert world.paper_first.keys() == world.paper_later.keys()
    assert {"enrolment.csv", "student_number.csv", "verification.csv", "staff_shift.csv"} <= world.paper_first.keys()
