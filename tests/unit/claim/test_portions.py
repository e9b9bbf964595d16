"""Cutting a day's portions: where in the day the minutes lie that take another fate."""

from dataclasses import replace

from ecegateway.claim.clauses import DAILY_LIMIT, ENROLLED_HOURS, SHORT_SESSION, WEEKLY_LIMIT
from ecegateway.claim.portions import fate, portion, trim_last, turn, turn_within
from ecegateway.model.claim import Category, Portion, Verdict
from ecegateway.model.ids import EvidenceId

SEEN = (EvidenceId("kowhai/10842/attendance/s1@1"),)
OWN = (EvidenceId("kowhai/10842/child/c1@1"),)
MORNING = portion((480, 600), ENROLLED_HOURS, SEEN)
NOON = portion((600, 720), DAILY_LIMIT, SEEN, Verdict.REFUSED)
AFTERNOON = portion((720, 840), ENROLLED_HOURS, SEEN)
DAY = (MORNING, NOON, AFTERNOON)


def where(portions: tuple[Portion, ...]) -> list[tuple[int, int | None, str]]:
    return [(p.minutes, p.starts, f"{p.verdict} {p.reason}") for p in portions]


CLAIMED, WEEK, NOON_SAYS = "claimed funding.enrolled-hours", "refused funding.weekly-limit", "refused funding.daily-limit"


def test_what_is_trimmed_is_the_end_of_the_day_and_what_is_already_refused_is_passed_over() -> None:
    trimmed = trim_last(DAY, 150, fate(WEEKLY_LIMIT, Verdict.REFUSED))
    assert where(trimmed) == [(90, 480, CLAIMED), (30, 570, WEEK), (120, 600, NOON_SAYS), (120, 720, WEEK)]


def test_trimming_more_than_there_is_takes_all_and_no_more() -> None:
    trimmed = trim_last(DAY, 1000, fate(WEEKLY_LIMIT, Verdict.REFUSED))
    assert where(trimmed) == [(120, 480, WEEK), (120, 600, NOON_SAYS), (120, 720, WEEK)]


def test_added_minutes_lie_nowhere_in_the_day_and_are_trimmed_without_a_place() -> None:
    added = Portion(30, None, Verdict.CLAIMED, None, ENROLLED_HOURS.id, None, SEEN)
    trimmed = trim_last((MORNING, added), 40, fate(WEEKLY_LIMIT, Verdict.REFUSED))
    assert where(trimmed) == [(110, 480, CLAIMED), (10, 590, WEEK), (30, None, WEEK)]


def test_minutes_that_take_a_fate_lose_their_category_and_keep_their_evidence_unless_the_fate_has_its_own() -> None:
    (kept,) = turn((replace(MORNING, category=Category.TWO_AND_OVER),), fate(WEEKLY_LIMIT, Verdict.REFUSED))
    assert (kept.category, kept.switch, kept.evidence) == (None, WEEKLY_LIMIT.switch, SEEN)
    (own,) = turn((MORNING,), fate(WEEKLY_LIMIT, Verdict.HELD, OWN))
    assert (own.verdict, own.evidence) == (Verdict.HELD, OWN)


def test_a_fate_within_some_minutes_cuts_the_portions_at_their_ends_and_leaves_the_others() -> None:
    turned = turn_within(DAY, ((540, 570), (700, 780)), fate(WEEKLY_LIMIT, Verdict.REFUSED))
    assert where(turned) == [
        (60, 480, CLAIMED),
        (30, 540, WEEK),
        (30, 570, CLAIMED),
        (120, 600, NOON_SAYS),
        (60, 720, WEEK),
        (60, 780, CLAIMED),
    ]


def test_a_portion_carries_the_switch_of_its_clause() -> None:
    """Where a reading of the Handbook decides, the portion says which."""
    assert SHORT_SESSION.switch is not None
    assert portion((480, 600), SHORT_SESSION, SEEN).switch == SHORT_SESSION.switch
