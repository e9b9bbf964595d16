from datetime import UTC, datetime

import pytest

from ecegateway.errors import SourceFatalError, SourceRetryableError
from ecegateway.transport.retry import LONGEST_OWN_WAIT_SECONDS, ask_again, retry_after_seconds

NOW = datetime(2026, 6, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7),
        (" 7 ", 7),
        ("0", 1),
        ("7200", 3600),
        ("Tue, 02 Jun 2026 09:02:00 GMT", 120),
        ("Tue, 02 Jun 2026 21:02:00 +1200", 120),
        ("-5", None),
        ("999999999999999999999999", None),
        ("9" * 5000, None),
        ("Tue, 02 Jun 2026 08:59:00 GMT", None),
        ("Tue, 02 Jun 2126 08:59:00 GMT", None),
        ("soon", None),
        ("1e3", None),
        ("\u0667", None),
        ("", None),
        (None, None),
    ],
)
def test_a_wish_is_believed_within_reason(header: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(header, NOW) == seconds


def test_a_date_means_nothing_without_a_clock() -> None:
    assert retry_after_seconds("Tue, 02 Jun 2026 09:02:00 GMT", None) is None
    assert retry_after_seconds("7", None) == 7


def test_own_waits_are_bounded_and_attempts_counted() -> None:
    waits: list[float] = []

    def fail() -> None:
        raise SourceRetryableError("the vendor answers 503")

    with pytest.raises(SourceFatalError, match=r"answers 503 \(tried 12 times\)"):
        ask_again(fail, attempts=12, left=lambda: 1e9, sleep=waits.append)
    assert len(waits) == 11
    assert all(0 <= wait <= LONGEST_OWN_WAIT_SECONDS for wait in waits)
    assert len(set(waits)) > 1  # jitter: many centres must not come back all at once


def test_other_errors_are_not_tried_again() -> None:
    calls: list[int] = []

    def fail() -> None:
        calls.append(1)
        raise SourceFatalError("gone")

    with pytest.raises(SourceFatalError):
        ask_again(fail, attempts=5, left=lambda: 1e9, sleep=lambda _: None)
    assert calls == [1]
