"""What must hold of every claim, whatever happened at the service."""

import itertools
from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from ecegateway.claim.place_clauses import SUBSIDY_FOR_PLACE
from ecegateway.flows.claim import from_evidence
from ecegateway.handbook.policy import policy
from ecegateway.model.attendance import Absence, Attendance, Method
from ecegateway.model.claim import Category, Claim, Verdict
from ecegateway.model.enrolment import Basis
from ecegateway.model.ids import ChildKey
from ecegateway.model.quarters import quarters
from ecegateway.model.record import Record
from ecegateway.rules.absence.reasons import REASONS
from tests.support.records import MONDAY, PERIOD, absence, agreement, child, evidence, profile, staffed, stay, versions

DAYS = [MONDAY + timedelta(days=n) for n in range(12)]
SEVEN = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
PLACES = 2
OF_ABSENCES = frozenset({*(clause.id for clause in REASONS), SUBSIDY_FOR_PLACE.id})
"""Reasons for claiming hours of a child who did not come."""

clock_times = st.tuples(st.integers(7, 11), st.integers(12, 17)).map(lambda t: f"{t[0]:02}:{(t[0] * 7) % 60:02}-{t[1]:02}:30")
bases = st.sampled_from(Basis)
births = st.sampled_from([date(2024, 2, 12), date(2023, 2, 11), date(2020, 2, 13), date(2022, 7, 1)])
methods = st.sampled_from([Method.SIGNED, Method.SIGNED, Method.SIGNED, Method.BULK, Method.SYSTEM])


@st.composite
def one_child(draw: st.DrawFn, key: str) -> list[Record]:
    """A child with an agreement and, on each day, a stay, an absence, both, or nothing."""
    times = draw(clock_times)
    twenty = draw(st.sampled_from([None, "240 240 240 240 240", "360 360 360 360 360 360 360"]))
    basis = draw(bases)
    part = "whole" if basis is Basis.CONDITIONAL else None
    signed_on = draw(st.sampled_from([date(2025, 12, 1), DAYS[3], None]))
    records: list[Record] = [
        *child(key, draw(births)),
        agreement(key, times, basis=basis, conditional_part=part, weekdays=SEVEN, twenty_hours=twenty, signed_on=signed_on),
    ]
    for day in DAYS:
        what = draw(st.sampled_from(["stay", "stay", "stay", "absence", "both", "nothing"]))
        if what in ("stay", "both"):
            records.append(stay(day, draw(clock_times), key, method=draw(methods)))
        if what in ("absence", "both"):
            records.append(absence(day, key))
    return records


@st.composite
def services(draw: st.DrawFn) -> list[Record]:
    children = [draw(one_child(f"c{n}")) for n in range(draw(st.integers(1, 4)))]
    service = profile(weekdays=SEVEN, places=PLACES, under_two_places=1)
    return [service, *staffed(), *(record for records in children for record in records)]


def claim_of(records: list[Record]) -> Claim:
    return from_evidence(evidence(versions(records)), PERIOD, policy()).claim


@settings(max_examples=30, deadline=None)
@given(services())
def test_parts_sum_to_the_cell(records: list[Record]) -> None:
    made = claim_of(records)
    for cell in made.cells:
        parts = sum(one.claimed(cell.category) for one in made.child_days if one.day == cell.day)
        assert cell.minutes == parts


@settings(max_examples=30, deadline=None)
@given(services())
def test_expected_less_every_deduction_is_claimed_to_the_minute(records: list[Record]) -> None:
    """Of each day and of the period; and no minute at stake stands beside the bridge without a reason."""
    made = from_evidence(evidence(versions(records)), PERIOD, policy()).exportable
    for day, bridge in (*made.bridges.days.items(), (None, made.bridges.period)):
        lines = [one for one in made.claim.child_days if day in (one.day, None)]
        lost = sum(one.minutes for one in bridge.deductions)
        beside = [*(one.minutes for one in bridge.not_expected), *(part.minutes for part in bridge.over_the_day)]
        assert bridge.expected - lost == bridge.claimed == sum(one.minutes_with(Verdict.CLAIMED) for one in lines)
        assert bridge.expected + sum(beside) == sum(p.minutes for one in lines for p in one.portions)
        assert bridge.claimed + bridge.rounding == 60 * sum(c.hours for c in made.claim.cells if day in (c.day, None))
        assert bridge.expected <= 360 * len(lines)


@settings(max_examples=30, deadline=None)
@given(services())
def test_the_quarters_of_a_day_cover_all_that_is_booked_attended_or_at_stake(records: list[Record]) -> None:
    """Ascending, without a gap, and cut quarters say so: the others sum to the minutes of their portion."""
    for one in claim_of(records).child_days:
        found = quarters(one)
        placed = [(part.starts, part.starts + 15 * part.count) for part in found if part.starts is not None]
        assert all(earlier[1] == later[0] for earlier, later in itertools.pairwise(placed))
        for p in one.portions:
            pure = sum(part.count for part in found if part.portion == p and not part.mixed) * 15
            cut = sum(part.count for part in found if part.mixed) * 15
            assert pure <= p.minutes <= pure + cut


@settings(max_examples=25, deadline=None)
@given(services(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(records: list[Record], random: Random) -> None:
    stored = versions(records)
    shuffled = list(stored)
    random.shuffle(shuffled)
    assert from_evidence(evidence(stored), PERIOD, policy()) == from_evidence(evidence(shuffled), PERIOD, policy())


@settings(max_examples=30, deadline=None)
@given(services())
def test_no_limit_is_ever_passed(records: list[Record]) -> None:
    """Handbook 3-A-2, 4-2: six hours a day and thirty a week for a child; twenty of 20 Hours; six for a place's subsidy."""
    made = claim_of(records)
    by_child: dict[tuple[ChildKey, date], int] = {}
    twenty: dict[tuple[ChildKey, date], int] = {}
    for one in made.child_days:
        day_total = sum(one.claimed(category) for category in Category)
        assert day_total <= 360
        week = one.child, one.day - timedelta(days=one.day.weekday())
        by_child[week] = by_child.get(week, 0) + day_total
        twenty[week] = twenty.get(week, 0) + one.claimed(Category.TWENTY_HOURS)
    assert max(by_child.values(), default=0) <= 1800
    assert max(twenty.values(), default=0) <= 1200
    for day in DAYS:
        subsidy = [c.minutes for c in made.cells if c.day == day and c.category in (Category.UNDER_TWO, Category.TWO_AND_OVER)]
        assert sum(subsidy) <= PLACES * 360


@settings(max_examples=30, deadline=None)
@given(services())
def test_nothing_at_stake_is_lost(records: list[Record]) -> None:
    """Claimed, held and refused minutes of a permanent child's day are exactly the booked ones."""
    for one in claim_of(records).child_days:
        at_stake = sum(p.minutes for p in one.portions if p.starts is not None)
        if one.basis is Basis.PERMANENT:
            assert at_stake == one.booked_minutes
        spans = sorted((p.starts, p.starts + p.minutes) for p in one.portions if p.starts is not None)
        assert all(earlier[1] <= later[0] for earlier, later in itertools.pairwise(spans))
        assert all(p.minutes > 0 for p in one.portions)


@settings(max_examples=30, deadline=None)
@given(services())
def test_hours_are_claimed_only_where_a_child_came_or_was_marked_absent(records: list[Record]) -> None:
    """A booking or a missing record never turns into hours; an absence does where an absence rule says so, and says so."""
    came = {(r.child, r.day or r.arrived.date()) for r in records if isinstance(r, Attendance) and r.arrived is not None}
    away = {(r.child, r.day) for r in records if isinstance(r, Absence)}
    for one in claim_of(records).child_days:
        place = one.child.removeprefix("kowhai:"), one.day
        reasons = {p.reason for p in one.portions if p.verdict is Verdict.CLAIMED}
        if reasons and place not in came:
            assert place in away
            assert reasons <= OF_ABSENCES


@settings(max_examples=25, deadline=None)
@given(services())
def test_every_held_hour_stands_in_a_finding(records: list[Record]) -> None:
    made = claim_of(records)
    named = {(f.rule, f.child, day) for f in made.findings if f.holds for day in f.days}
    for one in made.child_days:
        for p in one.portions:
            if p.verdict is Verdict.HELD:
                assert (p.reason, one.child, one.day) in named
