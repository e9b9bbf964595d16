"""What would come back if one cause were settled: the same as when the records are really put right."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from ecegateway.claim.calendar_clauses import EMERGENCY_NOT_APPROVED, OUTSIDE_SESSIONS
from ecegateway.claim.clauses import TIMES_NOT_KNOWN, ZERO_STAFF
from ecegateway.claim.place_clauses import LICENSED_PLACES
from ecegateway.model.attendance import MakeUpDay, Mark, Method
from ecegateway.model.cause import Cause
from ecegateway.model.claim import Category, Claim
from ecegateway.model.enrolment import Basis
from ecegateway.model.finding import Severity
from ecegateway.model.record import Record
from ecegateway.model.service import Closure
from tests.support.records import (
    C1,
    C2,
    MONDAY,
    SERVICE,
    absence,
    agreement,
    at,
    child,
    confirmed,
    prepared,
    profile,
    shift,
    staffed,
    stay,
)

SIGNED = "attendance.signed"
NO_NUMBER = "child.student-number"
OPEN = [*staffed(), profile()]
ONE_CHILD = [*OPEN, *child(), agreement()]
ONE_WEEK = [*OPEN, *child(), agreement(since=MONDAY, last_day=MONDAY + timedelta(days=4))]
CASUAL = [*OPEN, *child(), agreement(basis=Basis.CASUAL)]
RETURN_DUE = date(2026, 6, 8)
TWENTY = Category.TWENTY_HOURS


def day(number: int) -> date:
    """Days from a Monday without a public holiday in its week."""
    return MONDAY + timedelta(days=number)


def closure(approval: str | None) -> Closure:
    return Closure(
        service=SERVICE,
        key="z1",
        first_day=MONDAY,
        last_day=MONDAY,
        kind="emergency",
        reason="storm",
        approval_reference=approval,
    )


def causes_of(*records: Record) -> Mapping[str, Cause]:
    """The causes that hold hours, by rule."""
    return {str(cause.rule): cause for cause in prepared(*records).exportable.causes() if cause.effect.held}


def gains(was: Claim, now: Claim) -> dict[tuple[date, Category], int]:
    before = {(cell.day, cell.category): cell.minutes for cell in was.cells}
    after = {(cell.day, cell.category): cell.minutes for cell in now.cells}
    return {place: minutes - before[place] for place, minutes in after.items() if minutes != before[place]}


def said(cause: Cause) -> dict[tuple[date, Category], int]:
    return {(cell.day, cell.column.category): cell.column.returns for cell in cause.effect.cells if cell.column.returns}


NEW = agreement(since=date(2026, 3, 2), signed_on=date(2026, 2, 25))
NEVER_CAME = [*OPEN, *child(), NEW, *(absence(date(2026, 3, d)) for d in (3, 4, 5, 6, 9, 10))]
TWO_CHILDREN = [
    *staffed(),
    *(record for key in ("c1", "c2") for record in (*child(key), agreement(key), stay(MONDAY, child_key=key))),
]


@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [
        pytest.param(SIGNED, [*ONE_CHILD, stay(MONDAY, by=None)], [*ONE_CHILD, stay(MONDAY)], id="nobody signed"),
        pytest.param(
            "attendance.no-record",
            [*ONE_WEEK, *(stay(day(n)) for n in range(1, 5))],
            [*ONE_WEEK, *(stay(day(n)) for n in range(5))],
            id="a day without a record",
        ),
        pytest.param(
            "attendance.system-sign-out",
            [*CASUAL, stay(MONDAY, "08:30-14:30", out_method=Method.SYSTEM)],
            [*CASUAL, stay(MONDAY, "08:30-14:30")],
            id="a casual child signed out by the system: the times are put right with it",
        ),
        pytest.param(
            TIMES_NOT_KNOWN.id,
            [*CASUAL, stay(MONDAY, "08:30-14:30", out_method=Method.SYSTEM), confirmed(MONDAY, MONDAY)],
            [*CASUAL, stay(MONDAY, "08:30-14:30")],
            id="a parent confirmed that the child came, and not when",
        ),
        pytest.param(
            EMERGENCY_NOT_APPROVED.id,
            [*ONE_CHILD, closure(None)],
            [*ONE_CHILD, closure("letter of 10 February")],
            id="an emergency closure without approval",
        ),
        pytest.param(
            ZERO_STAFF.id,
            [profile(), *child(), agreement(), stay(MONDAY)],
            [profile(), *child(), agreement(), stay(MONDAY), shift(MONDAY)],
            id="a day without staff hours",
        ),
        pytest.param(
            OUTSIDE_SESSIONS.id,
            [*staffed(), profile("08:30-14:00"), *child(), agreement(), stay(MONDAY)],
            [*staffed(), profile("08:30-14:30"), *child(), agreement(), stay(MONDAY)],
            id="hours outside the licence",
        ),
        pytest.param(
            "attendance.not-defaulted",
            [*NEVER_CAME, stay(date(2026, 3, 2), method=Method.BULK)],
            [*NEVER_CAME, stay(date(2026, 3, 2))],
            id="a presence marked in bulk, on which later absences hang",
        ),
    ],
)
def test_settling_a_cause_brings_back_what_right_records_would(rule: str, wrong: list[Record], right: list[Record]) -> None:
    cause = causes_of(*wrong)[rule]

    assert said(cause) == gains(prepared(*wrong).claim, prepared(*right).claim) != {}
    assert cause.effect.shared == 0
    assert cause.effect.others == ()


def test_absences_that_hang_on_a_doubted_day_come_back_with_it() -> None:
    """Six hours are held by the bulk mark, thirty-six hang on it; the latter stand under a cause of their own as well."""
    found = causes_of(*NEVER_CAME, stay(date(2026, 3, 2), method=Method.BULK))

    bulk, hanging = found["attendance.not-defaulted"].effect, found["absence.hangs-on-unknown"].effect
    assert (bulk.held, bulk.returns) == (6 * 60, 7 * 6 * 60)
    assert (hanging.held, hanging.returns, hanging.shared) == (36 * 60, 36 * 60, 0)


def test_no_hours_come_back_above_what_the_places_can_be_funded_for() -> None:
    """Two children at one place all day: whoever is taken out, the place is funded once."""
    effect = causes_of(profile(places=1), *TWO_CHILDREN)[LICENSED_PLACES.id].effect

    assert (effect.held, effect.returns, effect.shared) == (360, 0, 0)


def test_hours_that_two_causes_hold_come_back_with_neither_alone() -> None:
    without_number = child()[:1]
    found = causes_of(*OPEN, *without_number, agreement(), stay(MONDAY, by=None), stay(day(1)))

    number, signer = found[NO_NUMBER].effect, found[SIGNED].effect
    assert (signer.held, signer.returns, signer.shared, signer.others) == (360, 0, 360, (NO_NUMBER,))
    assert (number.returns, number.shared) == (360, 360 * (number.held // 360 - 1))
    assert SIGNED in number.others
    assert [(c.day, c.column.category, c.column.held) for c in signer.cells] == [(MONDAY, Category.TWO_AND_OVER, 360)]


def test_hours_above_thirty_a_week_do_not_come_back_and_other_days_give_way() -> None:
    """Six days of six hours: five fill the week. With Monday held, Saturday is funded; with Monday back, it is not."""
    six = ("Mo", "Tu", "We", "Th", "Fr", "Sa")
    records = [*staffed(), profile(weekdays=six), *child(), agreement(weekdays=six)]
    effect = causes_of(*records, stay(MONDAY, by=None), *(stay(day(n)) for n in range(1, 6)))[SIGNED].effect

    assert (effect.held, effect.returns, effect.shared) == (360, 0, 0)
    assert [(cell.day, cell.column.held, cell.column.returns) for cell in effect.cells] == [
        (MONDAY, 360, 360),
        (day(5), 0, -360),
    ]


def test_hours_of_a_child_whose_birth_date_nobody_knows_come_back_into_no_column_yet() -> None:
    effect = causes_of(*OPEN, agreement(since=MONDAY, last_day=MONDAY), stay(MONDAY))["child.identity"].effect

    assert (effect.held, effect.returns, effect.shared, effect.cells) == (360, 0, 360, ())
    assert effect.others == (NO_NUMBER,)


def test_a_held_hour_has_the_column_it_would_be_claimed_in() -> None:
    """Twenty hours a week are attested, four a day; the rest of each day is Plus 10."""
    records = [*OPEN, *child(born=date(2022, 8, 1)), agreement(twenty_hours="240 240 240 240 240")]
    effect = causes_of(*records, *(stay(day(n), by=None if n == 0 else "g1") for n in range(5)))[SIGNED].effect

    assert [(c.day, c.column.category, c.column.held, c.column.returns) for c in effect.cells] == [
        (MONDAY, TWENTY, 240, 240),
        (MONDAY, Category.PLUS_TEN, 120, 120),
    ]


def test_marks_of_one_tablet_on_one_day_are_one_cause_and_single_ones_stand_together() -> None:
    keys = [f"c{n}" for n in range(4)]
    children = [record for key in keys for record in (*child(key), agreement(key))]

    def unsigned(on: date, key: str, device: str) -> Record:
        signed = stay(on, child_key=key)
        bare = Mark(method=Method.SIGNED, at=at(on, "08:25"), device=device)
        return signed.model_copy(update={"sign_in": bare})

    marks = [unsigned(MONDAY, key, "tablet-3") for key in keys]
    others = [unsigned(day(1), "c0", "tablet-3"), unsigned(day(2), "c1", "tablet-1")]
    found = [one for one in prepared(*OPEN, *children, *marks, *others).exportable.causes() if one.rule == SIGNED]

    assert [(one.words, len(one.findings), one.effect.held) for one in found] == [
        ("device tablet-3, 2026-02-09", 4, 4 * 360),
        ("", 2, 2 * 360),
    ]


def test_what_holds_hours_matters_until_the_return_is_due_and_what_has_a_day_of_its_own_until_then() -> None:
    held = causes_of(*ONE_CHILD, stay(MONDAY, by=None))[SIGNED]
    away = [absence(on) for month in (2, 3) for n in range(31) if (on := date(2026, month, 1) + timedelta(n)).weekday() == 4]
    there = [stay(on) for n in range(59) if (on := date(2026, 2, 2) + timedelta(n)).weekday() < 4]
    asked = {str(one.rule): one for one in prepared(*ONE_CHILD, *there, *away).exportable.causes() if one.findings[0].due}

    assert held.due == RETURN_DUE
    assert asked["absence.reconfirm"].severity is Severity.WARNS
    assert asked["absence.reconfirm"].due == min(finding.due for finding in asked["absence.reconfirm"].findings if finding.due)
    assert asked["absence.reconfirm"].due < RETURN_DUE


def test_what_holds_hours_comes_first_by_its_day_then_by_the_hours_that_come_back() -> None:
    found = prepared(*ONE_CHILD, stay(MONDAY, by=None), stay(day(1)), *child("c2"), agreement("c2")).exportable.causes()

    order = [(list(Severity).index(one.severity), one.due or date.max, -one.effect.returns) for one in found]
    assert order == sorted(order)
    assert len({one.severity for one in found}) > 0


def test_what_only_warns_matters_by_no_day_unless_it_has_one_of_its_own() -> None:
    found = prepared(*ONE_CHILD, stay(MONDAY)).exportable.causes()
    warnings = [cause for cause in found if cause.severity is not Severity.HOLDS]
    assert warnings
    for cause in warnings:
        assert cause.due == min((one.due for one in cause.findings if one.due is not None), default=None)
    assert None in {cause.due for cause in warnings}


def test_a_clause_holds_its_own_minutes_of_a_day_and_no_others() -> None:
    """Half an hour of six lies outside the licence; the rest of the day waits for staff hours."""
    on_monday = agreement(since=MONDAY, last_day=MONDAY)
    found = causes_of(profile("08:30-14:00"), *child(), on_monday, stay(MONDAY))

    outside, without_staff = found[OUTSIDE_SESSIONS.id].effect, found[ZERO_STAFF.id].effect
    assert (outside.held, outside.returns, outside.shared, outside.others) == (30, 0, 30, (ZERO_STAFF.id,))
    assert (without_staff.held, without_staff.returns, without_staff.shared) == (330, 330, 0)


def test_an_absence_that_comes_back_takes_the_hours_that_made_it_up() -> None:
    """Handbook 6-9: only one of the two is claimed; it was made up on a casual Saturday of a week in which nothing is held."""
    six, missed, made_up = ("Mo", "Tu", "We", "Th", "Fr", "Sa"), date(2026, 3, 3), date(2026, 3, 21)
    records = [
        *staffed(),
        profile(weekdays=six),
        *child(),
        NEW.model_copy(update={"last_day": date(2026, 3, 10)}),
        agreement(weekdays=["Sa"], basis=Basis.CASUAL, since=date(2026, 3, 2), key="b-1").model_copy(
            update={"agreement": "b-c1"}
        ),
        stay(date(2026, 3, 2), method=Method.BULK),
        *(absence(date(2026, 3, d)) for d in (3, 4, 5, 6, 9, 10)),
        stay(made_up, "09:00-11:00"),
    ]
    note = MakeUpDay(service=SERVICE, key="m1", child="c1", missed_day=missed, made_up_on=made_up)
    with_note, without = (causes_of(*records, *more)["absence.hangs-on-unknown"].effect for more in ([note], []))

    assert with_note.returns == without.returns - 2 * 60
    assert [(cell.day, cell.column.held, cell.column.returns) for cell in with_note.cells if cell.day == made_up] == [
        (made_up, 0, -2 * 60)
    ]


def test_the_short_days_of_other_weeks_come_back_with_the_days_they_hang_on() -> None:
    """Short in February and March; in April two days are, and of the others nobody knows who was there."""
    april, after_easter = date(2026, 4, 1), date(2026, 4, 7)
    weekdays = [on for n in range(89) if (on := date(2026, 2, 1) + timedelta(n)).weekday() < 5]
    short = [stay(on, "08:30-11:30") for on in weekdays if on < after_easter]
    records = [*OPEN, *child(), agreement(last_day=date(2026, 4, 30)), *short]
    bulk = [stay(on, method=Method.BULK) for on in weekdays if on >= after_easter]
    effect = causes_of(*records, *bulk)["attendance.not-defaulted"].effect

    gained = {cell.day: cell.column.returns for cell in effect.cells}
    assert {on: gained.get(on) for on in (april, april + timedelta(days=1))} == dict.fromkeys(
        (april, april + timedelta(days=1)), 3 * 60
    )


def test_hours_that_come_back_may_put_another_childs_before_a_person() -> None:
    """Two children at one place: while nobody signed for the first, the second is funded; then the licence holds the second."""
    unsigned, signed = stay(MONDAY, by=None), stay(MONDAY, child_key="c2")
    children = [record for key in ("c1", "c2") for record in (*child(key), agreement(key, since=MONDAY, last_day=MONDAY))]
    effect = causes_of(*staffed(), profile(places=1), *children, unsigned, signed)[SIGNED].effect

    assert [(one.child, one.held, one.returns, one.shared) for one in effect.days] == [(C1, 360, 360, 0), (C2, 0, -360, 0)]
    assert effect.others == ()
