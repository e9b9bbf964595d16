"""Whose minutes give way first, to the minute: under a limit of a shared place, in a week, within a day."""

from collections.abc import Iterable
from datetime import date, timedelta

from ecegateway.claim.absent import Rulings, without_absences
from ecegateway.claim.clauses import ENROLLED_HOURS
from ecegateway.claim.holds import Holds, Settled
from ecegateway.claim.limits import daily_limit, weekly_limit
from ecegateway.claim.place_clauses import PLACE_LIMIT
from ecegateway.claim.places import limit_subsidy
from ecegateway.claim.portions import portion
from ecegateway.claim.short_session import fund_short_sessions
from ecegateway.claim.stake import Stake, stake
from ecegateway.facts.types import ChildFacts, Operation
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.model.claim import Category, Portion, Verdict
from ecegateway.model.enrolment import Basis, Enrolment
from ecegateway.model.period import ONE_DAY, DateRange
from ecegateway.model.record import Record
from ecegateway.model.service import Mode, OperatingSession
from ecegateway.model.spans import Span
from ecegateway.rules.absence.reasons import NOT_JUDGED
from ecegateway.rules.registry import question
from tests.support.records import MONDAY, absence, agreement, bookings, child, facts_of, profile, stay

TUESDAY = MONDAY + timedelta(days=1)
C1 = facts_of(profile(), *child(), agreement()).children[0]


def claimed(span: Span, category: Category | None = Category.TWO_AND_OVER) -> Portion:
    made = portion(span, ENROLLED_HOURS, ())
    return Portion(made.minutes, made.starts, made.verdict, category, made.reason, made.switch, made.evidence)


def staked(
    span: Span,
    day: date = MONDAY,
    *,
    basis: Basis = Basis.PERMANENT,
    category: Category | None = Category.TWO_AND_OVER,
    of: ChildFacts = C1,
) -> Stake:
    return Stake(of, day, basis, (span,), (span,), (), (claimed(span, category),))


def left(stakes: Iterable[Stake]) -> list[int]:
    return [sum(p.minutes for p in found.portions if p.verdict is Verdict.CLAIMED) for found in stakes]


def test_of_children_who_share_a_place_the_latest_days_minutes_give_way_first() -> None:
    week = [staked((540, 660)), staked((540, 660), TUESDAY)]
    assert left(limit_subsidy(week, 200)) == [120, 80]
    assert left(limit_subsidy(week[::-1], 200)) == [80, 120]


def test_of_one_day_casual_hours_give_way_before_permanent_ones_and_late_ones_before_early_ones() -> None:
    casual, permanent = staked((480, 600), basis=Basis.CASUAL), staked((540, 660))
    assert left(limit_subsidy([casual, permanent], 200)) == [80, 120]
    assert left(limit_subsidy([permanent, casual], 200)) == [120, 80]
    early, late = staked((480, 600)), staked((540, 660))
    assert left(limit_subsidy([late, early], 200)) == [80, 120]


def test_twenty_hours_are_no_subsidy_and_those_before_them_give_way_all_the_same() -> None:
    twenty = staked((600, 720), TUESDAY, category=Category.TWENTY_HOURS)
    assert left(limit_subsidy([staked((540, 660)), twenty], 100)) == [100, 120]


def test_what_a_place_cannot_be_funded_for_is_refused_and_says_so_and_nothing_is_below_the_limit() -> None:
    (trimmed,) = limit_subsidy([staked((540, 660))], 119)
    assert [(p.minutes, p.verdict, p.reason) for p in trimmed.portions] == [
        (119, Verdict.CLAIMED, ENROLLED_HOURS.id),
        (1, Verdict.REFUSED, PLACE_LIMIT.id),
    ]
    whole = [staked((540, 660))]
    assert limit_subsidy(whole, 120) == whole
    assert limit_subsidy(whole, 600) == whole


def test_the_weeks_limit_takes_the_last_day_first_and_a_minute_of_it_and_keeps_the_order() -> None:
    days = [staked((480, 840), MONDAY + timedelta(days=n)) for n in range(6)]
    assert left(weekly_limit(days[:5], handbook())) == [360] * 5
    assert left(weekly_limit([*days[:5], staked((480, 481), days[5].day)], handbook())) == [360] * 5 + [0]
    limited = weekly_limit(days, handbook())
    assert [found.day for found in limited] == [found.day for found in days]
    assert left(limited) == [360] * 5 + [0]


def test_twenty_hours_are_never_what_the_weeks_limit_takes() -> None:
    days = [staked((480, 840), MONDAY + timedelta(days=n)) for n in range(5)]
    saturday = MONDAY + timedelta(days=5)
    assert left(weekly_limit([*days, staked((480, 540), saturday, category=Category.TWENTY_HOURS)], handbook())) == [
        360, 360, 360, 360, 300, 60,
    ]  # fmt: skip


def test_an_absence_nobody_ruled_on_is_held_with_its_marks_unless_that_is_taken_as_put_right() -> None:
    away = facts_of(profile(), *child(), agreement(), absence(MONDAY)).children[0]
    found, rulings = staked((510, 870), of=away), Rulings({}, DateRange(MONDAY, MONDAY + ONE_DAY))
    (held,) = without_absences(found.portions, found, rulings, Holds.of(()))
    assert (held.verdict, held.reason) == (Verdict.HELD, NOT_JUDGED.id)
    assert held.evidence == tuple(known.id for known in away.absences[MONDAY])
    assert held.evidence
    settled = Holds.of((), Settled(clauses=frozenset({NOT_JUDGED.id})))
    assert without_absences(found.portions, found, rulings, settled) == found.portions


def morning(starts: int, ends: int) -> OperatingSession:
    said = {"weekday": "Mo", "opens": f"{starts // 60:02}:{starts % 60:02}", "closes": f"{ends // 60:02}:{ends % 60:02}"}
    return OperatingSession.model_validate({**said, "mode": Mode.SESSIONAL})


def test_minutes_added_to_a_short_session_stand_right_after_its_own() -> None:
    """Two sessions of two and a half hours: each is funded for three, and its half hour follows it."""
    sessions = (morning(540, 690), morning(780, 930))
    there = ((540, 690), (780, 930))
    found = Stake(C1, MONDAY, Basis.PERMANENT, there, there, (), tuple(claimed(span) for span in there))
    open_day = Operation(open=True, sessions=sessions, closes=930, holiday=None, closure=None, hours_unknown=None)
    funded = fund_short_sessions(found, open_day, handbook(), policy())
    assert [(p.starts, p.minutes) for p in funded.portions] == [(540, 150), (None, 30), (780, 150), (None, 30)]


def at_stake(*records: Record) -> list[tuple[int | None, int, str]]:
    facts = facts_of(profile(), *child(), *records)
    days = DateRange(MONDAY, MONDAY + ONE_DAY)
    found = stake(facts.children[0], MONDAY, question(facts, days, policy(), handbook()))
    assert found is not None
    return [(p.starts, p.minutes, p.verdict.value) for p in found.portions]


def partly_conditional() -> Enrolment:
    """Mondays from 9 to 12 for certain, from 12 to 3 if the child comes."""
    (firm,), (open_part,) = bookings("09:00-12:00", ("Mo",)), bookings("12:00-15:00", ("Mo",))
    both = (firm, open_part.model_copy(update={"conditional": True}))
    return agreement(basis=Basis.CONDITIONAL).model_copy(update={"conditional_part": "bookings", "bookings": both})


def test_of_a_partly_conditional_day_the_firm_part_is_funded_as_enrolled_and_the_other_as_attended() -> None:
    assert at_stake(partly_conditional(), stay(MONDAY, "09:30-13:00")) == [(540, 180, "claimed"), (720, 60, "claimed")]


def test_time_attended_outside_both_parts_of_a_partly_conditional_day_is_not_at_stake() -> None:
    assert at_stake(partly_conditional(), stay(MONDAY, "08:00-15:30")) == [(540, 180, "claimed"), (720, 180, "claimed")]


def test_two_agreements_that_book_the_same_hours_are_at_stake_once() -> None:
    """The second agreement adds what the first does not hold."""
    second = agreement(times="13:00-16:00", key="e2").model_copy(update={"agreement": "other"})
    made = at_stake(agreement(), second, stay(MONDAY))
    assert made[0] == (510, 360, "claimed")
    assert sum(minutes for _, minutes, _ in made) == 360 + 90


def test_the_weeks_limit_takes_plus_ten_of_a_day_though_its_twenty_hours_come_after_them() -> None:
    days = [staked((480, 840), MONDAY + timedelta(days=n)) for n in range(5)]
    plus, twenty = claimed((480, 600), Category.PLUS_TEN), claimed((600, 660), Category.TWENTY_HOURS)
    saturday = Stake(C1, MONDAY + timedelta(days=5), Basis.PERMANENT, (), (), (), (plus, twenty))
    (*_, last) = weekly_limit([*days, saturday], handbook())
    assert [(one.starts, one.minutes, one.verdict) for one in last.portions] == [
        (480, 120, Verdict.REFUSED),
        (600, 60, Verdict.CLAIMED),
    ]


def test_a_day_of_six_hours_and_a_minute_loses_the_minute() -> None:
    assert left([daily_limit(staked((480, 840)), handbook())]) == [360]
    assert left([daily_limit(staked((480, 841)), handbook())]) == [360]


def test_casual_hours_beside_a_permanent_booking_are_those_attended_outside_it() -> None:
    """Booked from 8:30 to 14:30 and enrolled casually besides: 8:15 to 14:45 is half an hour more."""
    casual = agreement(times="14:30-17:00", basis=Basis.CASUAL, key="e2").model_copy(update={"agreement": "other"})
    assert at_stake(agreement(), casual, stay(MONDAY, "08:15-14:45")) == [
        (495, 15, "claimed"),
        (510, 360, "claimed"),
        (870, 15, "claimed"),
    ]
