"""Each child's clock: from when, until when, and when it does not run."""

from datetime import date

import pytest

from ecegateway.evidence.record import Version
from ecegateway.handbook.lookup import handbook
from ecegateway.model.record import Record
from ecegateway.retention.clock import Clock, clocks, spoken_of, years_before
from tests.support.records import C1, absence, agreement, child, evidence, profile, stay, versions

LAST = date(2018, 6, 29)


def clock(*records: Record) -> Clock:
    found = clocks(evidence(versions([profile(), *records])).versions, handbook())
    (one,) = (one for one in found if ":".join(one.child) == C1)
    return one


def left(day: date = LAST) -> Record:
    return agreement(since=date(2017, 2, 6), signed_on=date(2017, 2, 1), last_day=day)


def test_the_clock_runs_for_seven_years_from_the_last_day_any_record_speaks_of() -> None:
    """Handbook 6-1 and 6-3: enrolment and attendance records are kept for seven years."""
    one = clock(*child(), left(), stay(date(2018, 6, 28)))
    assert (one.last, one.until) == (LAST, date(2025, 6, 29))
    assert not one.is_due(date(2025, 6, 29))
    assert one.is_due(date(2025, 6, 30))


@pytest.mark.parametrize("later", [stay(date(2018, 7, 3)), absence(date(2018, 7, 3))])
def test_a_record_of_a_later_day_keeps_all_of_them_longer(later: Record) -> None:
    assert clock(*child(), left(), later).until == date(2025, 7, 3)


def test_while_an_agreement_is_open_the_clock_does_not_run() -> None:
    one = clock(*child(), agreement(since=date(2010, 2, 1), signed_on=date(2010, 1, 20)), stay(date(2010, 2, 1)))
    assert one.until is None
    assert not one.is_due(date(2040, 1, 1))


def test_an_open_agreement_that_was_given_an_end_since_is_closed() -> None:
    one = clock(*child(), agreement(since=date(2017, 2, 6), signed_on=date(2017, 2, 1)), left())
    assert one.until == date(2025, 6, 29)


def test_a_child_of_whom_nothing_says_a_day_is_kept() -> None:
    one = clock(*child())
    assert (one.last, one.until) == (None, None)


def test_all_versions_of_a_childs_records_go_together_and_nobody_elses() -> None:
    told = versions(
        [profile(), *child(), left(), stay(date(2018, 6, 28)), *child("c2"), stay(date(2018, 6, 28), child_key="c2")]
    )
    found = {":".join(one.child): one for one in clocks(evidence(told).versions, handbook())}
    mine: tuple[Version, ...] = found[C1].versions
    assert {one.stream for one in mine} >= {"child", "enrolment", "attendance"}
    assert not {one.id for one in mine} & {one.id for key, other in found.items() if key != C1 for one in other.versions}


def test_a_leap_day_runs_to_the_first_of_march() -> None:
    assert clock(*child(), left(date(2016, 2, 29)), stay(date(2017, 2, 6))).last == date(2017, 2, 6)
    whole = agreement(since=date(2015, 2, 6), signed_on=date(2015, 2, 1), last_day=date(2016, 2, 29))
    assert clock(*child(), whole).until == date(2023, 3, 1)


def test_a_stay_without_a_day_speaks_of_the_days_of_its_instants() -> None:
    came = stay(date(2018, 6, 28)).model_copy(update={"day": None})
    assert set(spoken_of(came)) <= {date(2018, 6, 27), date(2018, 6, 28)}
    assert spoken_of(came)


def test_bytes_received_more_than_seven_years_ago_have_had_their_time() -> None:
    assert years_before(date(2026, 11, 22), handbook()) == date(2019, 11, 22)
