"""What must hold of the absence rules, whatever children did over some months."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ecegateway.evidence.record import Version
from ecegateway.facts.calendar import public_holidays
from ecegateway.facts.fold import fold
from ecegateway.flows.claim import Prepared, from_evidence
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.model.absence import ChildAbsences, ChildMonth
from ecegateway.model.claim import Category, ChildDay, Verdict
from ecegateway.model.ids import ChildKey
from ecegateway.model.period import DateRange, first_of_month_after
from ecegateway.model.record import Record
from ecegateway.rules.absence.reasons import HANGS_ON_UNKNOWN, REASONS
from ecegateway.rules.assess import assess
from ecegateway.rules.registry import question
from tests.property.lives import TIMES, Life, Shut, closures, lives
from tests.support.records import PERIOD, absence, child, evidence, profile, staffed, stay, versions

MONTHS = DateRange(date(2025, 10, 1), date(2026, 3, 1))
"""Five months, the first of them the first of a funding period."""
CLAIMED = DateRange(date(2026, 1, 1), PERIOD.days.after)
"""A funding period and the month before it."""
HOLIDAYS = frozenset(public_holidays(DateRange(date(2025, 1, 1), date(2027, 1, 1)), "WGN"))
STAFF = tuple(staffed())
OF_ABSENCES = frozenset(clause.id for clause in REASONS)

quick = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def key(number: int) -> ChildKey:
    return ChildKey(f"kowhai:c{number}")


def recorded(children: Sequence[Life], days: DateRange, shut: Sequence[Shut] = (), *, places: int = 40) -> list[Record]:
    """Everything on record of some children, ``c0`` first.

    Where the service's record begins decides what is known of every child, so another child is marked on the first of the days.
    """
    closed = HOLIDAYS | frozenset(day for one in shut for day in one.days)
    found: list[Record] = [profile(places=places, under_two_places=places // 2), *(one.record for one in shut)]
    found += (*child("first"), absence(days.first, "first"))
    for number, life in enumerate(children):
        found += life.records(f"c{number}", days, closed)
    return found


def judged(records: Iterable[Record], days: DateRange) -> dict[ChildKey, ChildAbsences]:
    """What the absence rules say of some days, by child."""
    facts = fold(evidence(versions(records)), days)
    return {found.child: found for found in assess(question(facts, days, policy(), handbook())).absences}


def prepared(known: Iterable[Version]) -> Prepared:
    """The claim of the funding period, which ends three months after the lives do, or with them."""
    return from_evidence(evidence(known), PERIOD, policy())


def claimed(children: Sequence[Life], shut: Sequence[Shut] = (), *, places: int = 40, more: Iterable[Record] = ()) -> Prepared:
    return prepared(versions([*recorded(children, CLAIMED, shut, places=places), *STAFF, *more]))


# One history


@settings(quick, max_examples=50)
@given(lives(MONTHS), closures(MONTHS))
def test_month_by_month_the_rules_say_what_they_say_of_the_whole_history(life: Life, shut: tuple[Shut, ...]) -> None:
    records = recorded([life], MONTHS, shut)
    whole = judged(records, MONTHS)[key(0)]
    first = MONTHS.first
    while first < MONTHS.after:
        month = DateRange(first, first_of_month_after(first, 1))
        alone = judged(records, month)[key(0)]
        assert alone.rulings == {day: ruling for day, ruling in whole.rulings.items() if day in month}
        assert [m for m in alone.months if m.days.first in month] == [m for m in whole.months if m.days.first in month]
        assert [day for day in alone.days if day.day in month] == [day for day in whole.days if day.day in month]
        first = month.after


@settings(quick, max_examples=20)
@given(st.lists(lives(CLAIMED), min_size=1, max_size=2), closures(CLAIMED), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(children: list[Life], shut: tuple[Shut, ...], random: Random) -> None:
    """In one pull or in several, whichever came first: the figures, the findings and the report are the same."""
    stored = versions([*recorded(children, CLAIMED, shut), *STAFF])
    known_at = max(version.received_at for version in stored)
    apart = [replace(version, received_at=known_at - timedelta(hours=random.randrange(72))) for version in stored]
    random.shuffle(apart)
    apart[0] = replace(apart[0], received_at=known_at)
    one, several = prepared(stored), prepared(apart)
    assert one.claim == several.claim
    assert one.exportable.absences == several.exportable.absences


# One child and another


@settings(quick, max_examples=20)
@given(st.lists(lives(CLAIMED), min_size=2, max_size=3), lives(CLAIMED), closures(CLAIMED))
def test_another_record_of_one_child_changes_figures_of_that_child_alone(
    children: list[Life], other: Life, shut: tuple[Shut, ...]
) -> None:
    """There is a place for every child, so that nobody stands in anybody's way."""
    before, after = claimed(children, shut), claimed([other, *children[1:]], shut)
    assert _of_others(before.claim.child_days) == _of_others(after.claim.child_days)
    assert _of_others(before.claim.findings) == _of_others(after.claim.findings)
    rows = [
        [row for _, rows in one.exportable.absences.months for row in rows if row.child != key(0)] for one in (before, after)
    ]
    assert rows[0] == rows[1]


def _rows(made: Prepared) -> list[ChildMonth]:
    return [row for _, rows in made.exportable.absences.months for row in rows]


def _of_others(found: Iterable[object]) -> list[object]:
    return [one for one in found if getattr(one, "child", None) != key(0)]


@settings(quick, max_examples=20)
@given(st.lists(lives(CLAIMED, "✓sa"), min_size=2, max_size=3), st.data())
def test_whoever_else_came_no_minute_is_claimed_for_more_children_than_there_are_places(
    children: list[Life], data: st.DataObject
) -> None:
    """Two places, one of them for a child under two: evidence that one child came claims no more than them."""
    days = st.integers(0, len(PERIOD.days) - 1).map(lambda after: PERIOD.first + timedelta(days=after))
    came = data.draw(st.lists(days, max_size=8, unique=True))
    more = [stay(day, TIMES, "c0", key=f"more-{day}") for day in came]
    for made in (claimed(children, places=2), claimed(children, places=2, more=more)):
        for day, lines in _by_day(made.claim.child_days).items():
            assert max(_at_once(lines, set(Category)).values(), default=0) <= 2, day
            assert max(_at_once(lines, {Category.UNDER_TWO}).values(), default=0) <= 1, day


def _by_day(lines: Iterable[ChildDay]) -> dict[date, list[ChildDay]]:
    found: dict[date, list[ChildDay]] = {}
    for line in lines:
        found.setdefault(line.day, []).append(line)
    return found


def _at_once(lines: Iterable[ChildDay], categories: set[Category]) -> Counter[int]:
    """How many children are claimed, by minute of the day."""
    found: Counter[int] = Counter()
    for line in lines:
        for p in line.portions:
            if p.verdict is Verdict.CLAIMED and p.category in categories and p.starts is not None:
                found.update(range(p.starts, p.starts + p.minutes))
    return found


# Sums


@settings(quick, max_examples=20)
@given(st.lists(lives(CLAIMED), min_size=1, max_size=3), closures(CLAIMED))
def test_cells_rows_and_findings_add_up(children: list[Life], shut: tuple[Shut, ...]) -> None:
    """A cell is the sum of its parts, a row of the report of its refused minutes, and every held minute has its finding."""
    made = claimed(children, shut, places=2)
    cells: Counter[tuple[date, Category]] = Counter()
    refused: Counter[tuple[ChildKey, date]] = Counter()
    named = {(f.rule, f.child, day) for f in made.claim.findings if f.holds for day in f.days}
    for one in made.claim.child_days:
        for p in one.portions:
            if p.verdict is Verdict.CLAIMED:
                assert p.category is not None
                cells[one.day, p.category] += p.minutes
            elif p.verdict is Verdict.HELD:
                assert (p.reason, one.child, one.day) in named
            elif p.reason in OF_ABSENCES:
                refused[one.child, one.day.replace(day=1)] += p.minutes
    assert {(cell.day, cell.category): cell.minutes for cell in made.claim.cells if cell.minutes} == cells
    report = {(row.child, month.first): row for month, rows in made.exportable.absences.months for row in rows}
    assert {place: row.refused for place, row in report.items() if row.refused} == refused
    assert all(row.refused == sum(cell.refused for cell in row.grid) for row in report.values())


# What nobody knows


@settings(quick, max_examples=60)
@given(lives(MONTHS, "✓sai"), st.sampled_from("?d"), st.data())
def test_a_day_nobody_knows_of_holds_what_hangs_on_it_and_nothing_else(life: Life, unknown: str, data: st.DataObject) -> None:
    """Taken as present and as absent; where both say the same of another day, the unknown day changes nothing there."""
    booked = [day for day in MONTHS if life.books(day) and day not in HOLIDAYS]
    unbooked = [day for day, _ in life.others if day >= life.starts and day not in (*booked, *HOLIDAYS)]
    assume(booked)
    when = data.draw(st.sampled_from([*booked, *(unbooked if unknown == "d" else ())]))

    def taken(mark: str) -> ChildAbsences:
        others = (*(one for one in life.others if one[0] != when), (when, mark))
        return judged(recorded([replace(life, others=others)], MONTHS), MONTHS)[key(0)]

    told, present, absent = taken(unknown), taken("✓"), taken("a")
    for day in MONTHS:
        if day != when:
            one, other = (_verdict(found, day) for found in (present, absent))
            assert _verdict(told, day) is (one if one is other else Verdict.HELD), day
            if one is other and _verdict(told, day) is Verdict.HELD:
                assert told.rulings[day].reason != HANGS_ON_UNKNOWN.id


def _verdict(found: ChildAbsences, day: date) -> Verdict:
    """What becomes of the hours missed on a day; nothing said is nothing taken away."""
    ruling = found.rulings.get(day)
    return Verdict.CLAIMED if ruling is None else ruling.verdict
