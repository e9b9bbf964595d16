"""Which minutes an absence rule takes from a day the child came: the last of those missed, never more than fell short."""

import pytest

from ecegateway.claim.absent import Rulings, without_absences
from ecegateway.claim.clauses import ENROLLED_HOURS
from ecegateway.claim.holds import Holds
from ecegateway.claim.portions import portion
from ecegateway.claim.stake import Stake
from ecegateway.model.absence import Loses, Ruling
from ecegateway.model.claim import Verdict
from ecegateway.model.enrolment import Basis
from ecegateway.model.ids import EvidenceId, RuleId
from ecegateway.model.period import ONE_DAY, DateRange
from ecegateway.model.spans import Span
from tests.support.records import MONDAY, agreement, child, facts_of, profile, stay

PATTERN = (EvidenceId("kowhai/10842/attendance/s9@1"),)
"""The records that show a pattern."""


def lost(attended: Span, loses: Loses) -> list[tuple[int | None, int, str | None, tuple[EvidenceId, ...]]]:
    """What is refused of a day enrolled from 8:30 to 14:30: start, minutes, switch and evidence."""
    facts = facts_of(profile(), *child(), agreement(), stay(MONDAY))
    day = ((510, 870),)
    found = Stake(facts.children[0], MONDAY, Basis.PERMANENT, day, day, (attended,), (portion(day[0], ENROLLED_HOURS, ()),))
    ruling = Ruling(Verdict.REFUSED, loses, RuleId("absence.fewer-hours"), "absence.x", PATTERN)
    rulings = Rulings({found.child.key: {MONDAY: ruling}}, DateRange(MONDAY, MONDAY + ONE_DAY))
    portions = without_absences(found.portions, found, rulings, Holds.of(()))
    return [(p.starts, p.minutes, p.switch, p.evidence) for p in portions if p.verdict is Verdict.REFUSED]


@pytest.mark.parametrize(
    ("attended", "starts", "minutes"),
    [
        pytest.param((510, 690), 690, 180, id="left early"),
        pytest.param((690, 870), 510, 180, id="came late"),
        pytest.param((600, 840), 510, 120, id="came late and left early"),
        pytest.param((450, 780), 840, 30, id="came an hour before and left an hour and a half before the end"),
    ],
)
def test_the_hours_missed_are_lost_and_no_more_than_fell_short(attended: Span, starts: int, minutes: int) -> None:
    taken = lost(attended, Loses.ABSENT_HOURS)
    assert sum(count for _, count, _, _ in taken) == minutes
    assert taken[0][0] == starts


def test_what_is_lost_names_the_ruling_its_reading_and_its_records() -> None:
    assert lost((510, 690), Loses.WHOLE_DAY) == [(510, 360, "absence.x", PATTERN)]
