"""6-3, criterion 6: a verification identifies the parent, indicates approval of what it relates to, and logs time and date."""

from datetime import UTC, timedelta

import pytest

from ecegateway.contract import Fact
from ecegateway.model.people import Person
from tests.support.criteria import FRIDAY, MONDAY, SATURDAY, THURSDAY, TUESDAY, Case, case, play, table, verified
from tests.support.records import SERVICE, at

WORDLESS, EARLY, NO_DAY = "verification.no-statement", "verification.before-the-days", "verification.no-day"
SILENT = (Fact.APPROVAL_STATEMENT,)
GIVEN_NAME_ONLY = Person(service=SERVICE, key="g1", role="guardian", given_names="Mereana")
LAST_WEEK = (MONDAY - timedelta(days=7), MONDAY - timedelta(days=3))
CASES = (
    case(
        pytest.mark.example(
            "verification.no-statement", "A mother confirms the week with the statement that its details are correct."
        ),
        "met", verified(),
    ),
    case(
        pytest.mark.example("verification.no-statement", "A mother confirms the week, and the record holds no statement."),
        "breached", verified(statement=None), finds=WORDLESS,
    ),
    case(
        pytest.mark.example("verification.no-statement", "A mother disputes the week without a statement of approval."),
        "met", verified(statement=None, decision="disputed"),
    ),
    case("A mother disputes the week and says why.", "met", verified(statement="He was ill on Monday.", decision="disputed")),
    case(
        pytest.mark.example("verification.no-statement", "A source that cannot show statements sends none."),
        "cannot show", verified(statement=None), without=SILENT,
    ),
    case("A source that cannot show statements sends one all the same.", "met", verified(), without=SILENT),
    case("A source that cannot show statements tells of a dispute.", "met",
         verified(statement=None, decision="disputed"), without=SILENT),
    case(
        pytest.mark.example("verification.before-the-days", "On Monday a mother confirms the days to Friday."),
        "breached", verified(on=at(MONDAY, "15:00")), finds=EARLY,
    ),
    case("On the evening of Thursday a mother confirms the days to Friday.", "breached",
         verified(on=at(THURSDAY, "23:59")), finds=EARLY),
    case("In the first minute of Friday a mother confirms the days to Friday.", "met", verified(on=at(FRIDAY, "00:00"))),
    case("Half past midnight on Friday is still Thursday in UTC, in which the record tells it.", "met",
         verified(on=at(FRIDAY, "00:30").astimezone(UTC))),
    case("Half an hour before Friday in New Zealand, told in UTC.", "breached",
         verified(on=at(THURSDAY, "23:30").astimezone(UTC)), finds=EARLY),
    case(
        pytest.mark.example("verification.before-the-days", "On Friday at 14:15 a mother confirms the days to Friday."),
        "met", verified(on=at(FRIDAY, "14:15")),
    ),
    case(
        pytest.mark.example("verification.before-the-days", "On Saturday a mother confirms the days to Friday."),
        "met", verified(on=at(SATURDAY, "09:00")),
    ),
    case("A month later a mother confirms the week.", "met", verified(on=at(FRIDAY + timedelta(days=31), "09:00"))),
    case("A mother disputes days that are yet to come.", "breached",
         verified(on=at(MONDAY, "15:00"), decision="disputed"), finds=EARLY),
    case("A mother confirms days to come, without a statement.", "breached",
         verified(on=at(MONDAY, "15:00"), statement=None), finds=f"{EARLY}, {WORDLESS}"),
    case(
        pytest.mark.example("verification.no-day", "A mother confirms from Friday to Monday of the same week."),
        "breached", verified(days=(FRIDAY, MONDAY)), finds=NO_DAY,
    ),
    case("A mother confirms from Tuesday to the Monday before.", "breached", verified(days=(TUESDAY, MONDAY)), finds=NO_DAY),
    case(pytest.mark.example("verification.no-day", "A mother confirms the Monday alone."), "met",
         verified(days=(MONDAY, MONDAY))),
    case("Nobody has the verifier on record: a key names no parent.", "cannot show", verified("x9")),
    case("The parent is on record without a family name.", "cannot show", GIVEN_NAME_ONLY, verified()),
    case("A key verifies without a statement: what is wrong comes before what is unknown.", "breached",
         verified("x9", statement=None), finds=WORDLESS),
    case("A father on record confirms.", "met", verified("g2")),
    case("A parent signs the paper sheet: that is no electronic verification.", "", verified(medium="paper", statement=None)),
    case("A parent signs the paper sheet of a week before it is over.", "",
         verified(on=at(MONDAY, "15:00"), medium="paper"), finds=EARLY),
    case("A verification of last week is no business of this one.", "", verified(days=LAST_WEEK, statement=None)),
    case("A verification that reaches into this week counts.", "breached",
         verified(days=(LAST_WEEK[0], MONDAY), statement=None), finds=WORDLESS),
    case("Of two verifications one holds a statement.", "met, breached",
         verified(), verified(key="v2", statement=None), finds=WORDLESS),
    case("Last week's verification has its days the wrong way round: it is no business of this one.", "",
         verified(days=LAST_WEEK[::-1])),
)  # fmt: skip


@pytest.mark.parametrize("one", table(CASES))
def test_who_verified_what_and_when(one: Case) -> None:
    play(one, 6)
