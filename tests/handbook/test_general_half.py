"""The general sentence of 6-7: attendance must match the agreement for at least half of each month.

Switch frequent.general-half-test (A30): it only advises, or is not asked, or refuses as the three situations do. The service
is sessional, so that short days show nothing but it.
"""

from datetime import date

import pytest

from ecegateway.model.absence import Duty, Pattern
from ecegateway.model.service import Closure, Mode
from tests.handbook.grids import SEVEN, months_of
from tests.handbook.lines import asked, line, of_child, shown, written
from tests.support.records import SERVICE, profile

SESSIONAL = profile(weekdays=SEVEN, mode=Mode.SESSIONAL)
OF_THE_STEPS = {"absence.monitor", "absence.reconfirm", "absence.change-agreement"}


def test_where_it_advises_it_asks_for_none_of_the_steps_however_many_months_it_shows() -> None:
    found = asked(line("2026-02", "We", "333✓ 333✓ 333✓✓ 333✓"), service=SESSIONAL)
    told = [(month.number, month.duty, month.due) for month in months_of(of_child(found), Pattern.HALF_THE_MONTH)]
    assert told == [(number, Duty.NONE, None) for number in (1, 2, 3, 4)]
    assert not OF_THE_STEPS & {str(one.rule) for one in found.findings}


def test_where_it_advises_it_lengthens_no_count_of_the_three_situations() -> None:
    """A24: not even where any situation goes on with the count of any other. April is the first month."""
    drawn = line("2026-02", "We", "333✓ 333✓ aaa✓✓")
    found = asked(drawn, service=SESSIONAL, switches={"frequent.run-identity": "any-rule"})
    assert shown(found) == ["2026-04 same-weekday We 3/5: 1"]
    assert written(drawn, found) == str(drawn)


@pytest.mark.parametrize(
    ("reading", "text"),
    [("advisory", "333✓ 333✓ 333✓✓ 333✓ a##✓"), ("refuse", "333✓ 333✓ 3!3!3!✓✓ 3!3!3!✓ A##✓")],
)
def test_a_month_passed_over_after_four_of_it_is_refused_only_where_they_were(reading: str, text: str) -> None:
    """A26: a refusal already reached stands while June is passed over; the service is closed from the 4th to the 17th."""
    away = Closure(service=SERVICE, key="z", first_day=date(2026, 6, 4), last_day=date(2026, 6, 17), kind="planned")
    drawn = line("2026-02", "We", text)
    found = asked(drawn, service=SESSIONAL, more=[away], switches={"frequent.general-half-test": reading})
    assert written(drawn, found) == str(drawn)
    assert months_of(of_child(found), Pattern.HALF_THE_MONTH)[-1].refuses is (reading == "refuse")
