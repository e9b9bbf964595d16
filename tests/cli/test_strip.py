"""A child's day as lines of text."""

from datetime import date

from ecegateway.cli.strip import strip
from ecegateway.model.claim import Category, ChildDay, Portion, Verdict
from ecegateway.model.enrolment import Basis
from ecegateway.model.ids import ChildKey
from tests.support.claims import ENROLLED, RULES, SIX_HOURS

TWENTY, PLUS = Category.TWENTY_HOURS, Category.PLUS_TEN


def test_a_day_is_drawn_by_the_quarter_with_its_totals_and_reasons() -> None:
    one = ChildDay(
        ChildKey("kowhai:c1"),
        date(2026, 2, 9),
        Basis.PERMANENT,
        ((510, 885),),
        ((495, 870),),
        (
            Portion(250, 510, Verdict.CLAIMED, TWENTY, ENROLLED, None, ()),
            Portion(95, 760, Verdict.CLAIMED, PLUS, ENROLLED, None, ()),
            Portion(30, 855, Verdict.REFUSED, None, SIX_HOURS, None, ()),
            Portion(15, None, Verdict.CLAIMED, PLUS, ENROLLED, None, ()),
        ),
    )
    assert list(strip(one, RULES)) == [
        "              8   9   10  11  12  13  14  ",
        "booked        ..#########################. .   6:15",
        "attended      .#########################.. .   6:15",
        "20 Hours ECE  ..################~......... .   4:10  Permanent children: enrolled hours",
        "Plus 10       ...................######... +   1:50  Permanent children: enrolled hours",
        "not funded    .........................##. .   0:30  More than six hours in a day",
    ]
