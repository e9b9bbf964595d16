"""The forecast as a whole: days, hours and money to expect, and that it is no claim: Handbook 2-4, 9-5."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ecegateway.forecast.assemble import forecast
from ecegateway.forecast.types import Expected, Forecast
from ecegateway.handbook.lookup import handbook
from ecegateway.handbook.policy import policy
from ecegateway.handbook.rate import Band, NoVerifiedRate, Rate, Scale
from ecegateway.model.claim import Category
from ecegateway.model.record import Record
from ecegateway.model.service import Closure, Mode, ServiceType
from tests.support.records import (
    MONDAY,
    NO_SWITCHES,
    SERVICE,
    Switches,
    agreement,
    child,
    prepared,
    profile,
    shift,
    stay,
)

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
JULY = date(2026, 7, 1)
MORNING = "09:00-12:00"


def ahead(*records: Record, scale: Scale | None = None, switches: Switches = NO_SWITCHES) -> Forecast:
    made = prepared(*records, switches=switches)
    return forecast(made.facts, made.claim, handbook(), policy(switches), scale)


def of(found: Forecast, category: Category, mode: Mode = Mode.ALL_DAY, month: date = JULY) -> Expected:
    (one,) = [one for one in found.expected if (one.category, one.mode, one.month) == (category, mode, month)]
    return one


CENTRE = (profile(), *child(), agreement(), stay(MONDAY), shift(MONDAY), shift(TUESDAY))
"""Six hours claimed on Monday; on Tuesday a teacher came, and nobody knows whether the child did."""


def test_a_forecast_says_that_it_is_no_claim() -> None:
    assert ahead(*CENTRE).says.startswith("This is a forecast, not a claim.")


def test_a_forecast_leaves_the_claim_as_it_was() -> None:
    made = prepared(*CENTRE)
    before = replace(made.claim)
    forecast(made.facts, made.claim, handbook(), policy(), None)
    assert made.claim == before == prepared(*CENTRE).claim


def test_the_return_is_due_in_the_first_five_working_days_after_the_period() -> None:
    found = ahead(*CENTRE)
    assert (found.opens, found.due) == (date(2026, 6, 1), date(2026, 6, 8))


def test_days_left_out_are_named_with_why() -> None:
    closed = Closure(
        service=SERVICE, key="k1", first_day=date(2026, 7, 6), last_day=date(2026, 7, 7), kind="planned", reason="painting"
    )
    july, _, _, october = ahead(*CENTRE, closed).months
    assert (july.days.month, july.days.all_day) == (JULY, 20)
    assert [(one.day.day, one.why) for one in july.left_out] == [
        (6, "closed: painting"),
        (7, "closed: painting"),
        (10, "Matariki"),
    ]
    assert [(one.day.day, one.why) for one in october.left_out] == [(26, "Labour Day")]


def test_hours_to_expect_are_the_average_of_an_operating_day_times_the_expected_days() -> None:
    """Six hours on one of two days with staff: three hours a day, 22 days in July."""
    found = ahead(*CENTRE)
    (average,) = found.averages
    assert (average.days, average.minutes(Category.TWO_AND_OVER)) == (2, 180)
    july = of(found, Category.TWO_AND_OVER)
    assert (july.days, july.minutes) == (22, 22 * 180)
    assert {one.category for one in found.expected} == {Category.TWO_AND_OVER}


def test_divided_by_all_days_of_the_period_the_average_is_smaller() -> None:
    """Doubtful point A38: six hours over the 120 days from February to May."""
    found = ahead(*CENTRE, switches={"estimate.average-divisor": "all-days-in-period"})
    assert found.averages[0].days == 120
    assert of(found, Category.TWO_AND_OVER).minutes == 6 * 60 * 22 // 120


def test_all_day_and_sessional_days_are_averaged_apart() -> None:
    """All-day on Monday, Wednesday and Friday, sessional on Tuesday and Thursday: 13 and 9 days in July."""
    all_day = profile(weekdays=("Mo", "We", "Fr"))
    sessional = profile(MORNING, mode=Mode.SESSIONAL, weekdays=("Tu", "Th"))
    mixed = all_day.model_copy(update={"sessions": (*all_day.sessions, *sessional.sessions), "licence_class": "mixed"})
    whole = agreement(weekdays=["Mo", "We", "Fr"])
    mornings = agreement("c2", times=MORNING, weekdays=["Tu", "Th"])
    stays = (stay(MONDAY), stay(WEDNESDAY), stay(TUESDAY, MORNING, "c2"))
    shifts = (shift(MONDAY), shift(TUESDAY), shift(WEDNESDAY))
    found = ahead(mixed, *child(), *child("c2"), whole, mornings, *stays, *shifts)
    assert {average.mode: (average.days, average.minutes(Category.TWO_AND_OVER)) for average in found.averages} == {
        Mode.ALL_DAY: (2, 360),
        Mode.SESSIONAL: (1, 180),
    }
    assert of(found, Category.TWO_AND_OVER, Mode.ALL_DAY).days == 13
    assert of(found, Category.TWO_AND_OVER, Mode.SESSIONAL).days == 9


def test_a_day_without_a_licensed_session_does_not_water_down_the_average() -> None:
    """Somebody's hours on a Saturday."""
    found = ahead(*CENTRE, shift(MONDAY + timedelta(days=5)))
    assert found.averages[0].days == 2


def test_a_period_without_hours_gives_nothing_to_expect() -> None:
    found = ahead(profile(), *child(), agreement())
    assert (found.averages, found.expected) == ((), ())


PLAYCENTRE = profile(MORNING, mode=Mode.SESSIONAL, service_type=ServiceType.PLAYCENTRE)
HUIA = (PLAYCENTRE, *child(), agreement(times=MORNING), stay(MONDAY, MORNING))


def test_money_is_named_where_a_table_that_was_read_covers_service_and_month() -> None:
    """A playcentre's quality rates of 2026: three hours on each of 22 days in July, at $6.36."""
    july = of(ahead(*HUIA, scale=Scale.QUALITY), Category.TWO_AND_OVER, Mode.SESSIONAL)
    assert isinstance(july.rate, Rate)
    assert (july.minutes, july.rate.including_gst, july.cents) == (22 * 180, 636, 22 * 3 * 636)


def test_without_a_scale_no_money_is_named() -> None:
    july = of(ahead(*HUIA), Category.TWO_AND_OVER, Mode.SESSIONAL)
    assert isinstance(july.rate, NoVerifiedRate)
    assert july.rate.says.startswith("no verified rate")
    assert july.cents is None


def test_without_a_table_for_the_month_no_money_is_named() -> None:
    """No table of education and care was read for 2026."""
    july = of(ahead(*CENTRE, scale=Scale.BASE), Category.TWO_AND_OVER)
    assert july.rate == NoVerifiedRate(
        "no verified rate for education and care, all-day, base, 100%, two-and-over on 2026-07-01"
    )
    assert july.cents is None


def test_part_of_a_cent_is_rounded_half_up() -> None:
    """One hour in 120 days makes eleven minutes in the 22 days of July: at $5.55 an hour, 101.75 cents."""
    half = (PLAYCENTRE, *child(), agreement(times="09:00-10:00"), stay(MONDAY, "09:00-10:00"))
    found = ahead(*half, scale=Scale.STANDARD, switches={"estimate.average-divisor": "all-days-in-period"})
    july = of(found, Category.TWO_AND_OVER, Mode.SESSIONAL)
    assert july.minutes == 60 * 22 // 120 == 11
    assert july.cents == 102


@pytest.mark.parametrize(("reading", "band"), [("truncate", Band.FROM_50), ("half-up", Band.FROM_80), ("exact", Band.FROM_50)])
def test_the_band_follows_the_staff_hour_count_by_the_policy(reading: str, band: Band) -> None:
    """Doubtful point A39: 39 of 49 hours are 79.59 per cent."""
    shifts = [shift(MONDAY, "08:00-16:00", f"t{n}") for n in range(4)]
    others = [shift(MONDAY, "08:00-16:00", "o1", certificated=False), shift(TUESDAY, "08:00-10:00", "o1", certificated=False)]
    found = ahead(
        profile(),
        *child(),
        agreement(),
        stay(MONDAY),
        *shifts,
        shift(TUESDAY, "08:00-15:00", "t1"),
        *others,
        switches={"rate.band-rounding": reading},
    )
    assert found.certificated is not None
    assert (found.certificated.certificated, found.certificated.other) == (39, 10)
    assert found.certificated.band is band


def test_a_service_that_does_not_fill_the_staff_hour_count_has_no_band() -> None:
    assert ahead(*HUIA, shift(MONDAY)).certificated is None


def test_equal_facts_in_any_order_give_an_equal_forecast() -> None:
    assert ahead(*CENTRE) == ahead(*reversed(CENTRE))
