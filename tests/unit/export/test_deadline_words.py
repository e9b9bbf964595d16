"""When a return is due, in words: days left, the day itself, late, and once corrections go on paper."""

from datetime import date

import pytest

from ecegateway.export.deadline_words import due_words
from ecegateway.facts.calendar import return_window
from ecegateway.model.period import FundingPeriod

WINDOW = return_window(FundingPeriod(date(2026, 2, 1)))


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 5, 30), "due Monday 8 June 2026, 9 days left"),
        (date(2026, 6, 7), "due Monday 8 June 2026, 1 day left"),
        (date(2026, 6, 8), "due Monday 8 June 2026: today"),
        (date(2026, 6, 9), "due Monday 8 June 2026, 1 day ago: it is still taken, and paid late"),
        (date(2026, 9, 1), "due Monday 8 June 2026; since 31 August 2026 the Ministry takes corrections on paper only"),
    ],
)
def test_a_deadline_says_how_long_there_is_and_what_being_late_means(today: date, words: str) -> None:
    assert due_words(WINDOW, today) == words
