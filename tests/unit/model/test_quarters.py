"""A child's day by the quarter of an hour."""

from datetime import date

from ecegateway.model.claim import Category, ChildDay, Portion, Verdict
from ecegateway.model.enrolment import Basis
from ecegateway.model.ids import ChildKey, RuleId
from ecegateway.model.quarters import Quarters, quarters
from ecegateway.model.spans import Spans

CLAIMED, HELD, REFUSED = Verdict.CLAIMED, Verdict.HELD, Verdict.REFUSED


def p(starts: int | None, minutes: int, verdict: Verdict = CLAIMED, reason: str = "a.one") -> Portion:
    category = Category.TWO_AND_OVER if verdict is CLAIMED else None
    return Portion(minutes, starts, verdict, category, RuleId(reason), None, ())


def day(*portions: Portion, booked: Spans = (), attended: Spans = ()) -> ChildDay:
    return ChildDay(ChildKey("kowhai:c1"), date(2026, 2, 9), Basis.PERMANENT, booked, attended, portions)


def fates(one: ChildDay) -> list[tuple[int | None, int, Verdict | None, bool]]:
    return [(f.starts, f.count, f.portion.verdict if f.portion else None, f.mixed) for f in quarters(one)]


def test_like_quarters_are_one_run() -> None:
    span = ((480, 840),)
    run = Quarters(480, 24, booked=True, attended=True, portion=p(480, 360), mixed=False)
    assert quarters(day(p(480, 360), booked=span, attended=span)) == (run,)


def test_a_run_ends_where_the_fate_the_booking_or_the_presence_changes() -> None:
    found = quarters(day(p(480, 240), p(720, 120, REFUSED), booked=((480, 840),), attended=((495, 780),)))
    assert [(f.starts, f.count, f.booked, f.attended) for f in found] == [
        (480, 1, True, False),
        (495, 15, True, True),
        (720, 4, True, True),
        (780, 4, True, False),
    ]


def test_a_cut_quarter_shows_the_fate_of_most_of_its_minutes_and_says_so() -> None:
    """The day's claimed minutes end at 8:20 or at 8:25, in the quarter from 8:15."""
    assert fates(day(p(480, 20), p(500, 25, HELD))) == [(480, 1, CLAIMED, False), (495, 1, HELD, True), (510, 1, HELD, False)]
    assert fates(day(p(480, 25), p(505, 20, HELD))) == [
        (480, 1, CLAIMED, False),
        (495, 1, CLAIMED, True),
        (510, 1, HELD, False),
    ]


def test_on_a_tie_the_earlier_fate_is_shown() -> None:
    found = fates(day(p(480, 5, REFUSED), p(485, 5, HELD), p(490, 5)))
    assert found == [(480, 1, REFUSED, True)]


def test_minutes_of_one_fate_are_counted_together_whatever_their_records() -> None:
    found = fates(day(p(480, 5), p(485, 6, HELD), p(491, 4)))
    assert found == [(480, 1, CLAIMED, True)]


def test_a_fate_is_never_hidden_by_minutes_without_one() -> None:
    assert fates(day(p(490, 5))) == [(480, 1, CLAIMED, True)]


def test_two_reasons_make_a_quarter_mixed_although_both_refuse() -> None:
    assert fates(day(p(480, 10, REFUSED), p(490, 5, REFUSED, "a.two"))) == [(480, 1, REFUSED, True)]


def test_time_between_sessions_is_a_gap() -> None:
    assert fates(day(p(480, 60), p(600, 60))) == [(480, 4, CLAIMED, False), (540, 4, None, False), (600, 4, CLAIMED, False)]


def test_presence_beyond_the_booking_is_shown_and_has_no_fate() -> None:
    found = quarters(day(p(510, 60), booked=((510, 570),), attended=((480, 600),)))
    assert [(f.starts, f.count, f.attended, f.portion is None) for f in found] == [
        (480, 2, True, True),
        (510, 4, True, False),
        (570, 2, True, True),
    ]


def test_a_few_minutes_before_the_first_quarter_show_nothing() -> None:
    found = quarters(day(p(510, 60), booked=((510, 570),), attended=((505, 574),)))
    assert [(f.starts, f.count) for f in found] == [(510, 4)]


def test_what_the_handbook_adds_stands_at_the_end() -> None:
    found = fates(day(p(525, 150), p(None, 30), p(690, 30, HELD)))
    assert found[-1] == (None, 2, CLAIMED, False)
    assert fates(day(p(525, 160), p(None, 20)))[-1] == (None, 2, CLAIMED, True)


def test_a_day_without_minutes_has_no_quarters() -> None:
    assert quarters(day()) == ()
