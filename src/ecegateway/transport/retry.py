"""One policy for asking again: exponential waits with jitter, the vendor's own wish first, never past the deadline."""

from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import tenacity

from ecegateway.errors import SourceFatalError, SourceRetryableError

FIRST_WAIT_SECONDS = 0.5
LONGEST_OWN_WAIT_SECONDS = 30.0
SHORTEST_WISH_SECONDS = 1.0
LONGEST_WISH_SECONDS = 3600.0
_LONGEST_BELIEVED_SECONDS = 86_400.0
_LONGEST_HEADER = 64

_Got = TypeVar("_Got")


def retry_after_seconds(header: str | None, now: datetime | None) -> float | None:
    """The vendor's wish from a ``Retry-After`` header, in seconds from 1 to 3600; ``None`` to believe none.

    Seconds or a date are read. Times gone by, beyond a day, and anything else are not believed: the default wait holds.
    """
    if header is None or len(header) > _LONGEST_HEADER:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        seconds = float(text)
    elif now is None:
        return None
    else:
        try:
            seconds = (parsedate_to_datetime(text) - now).total_seconds()
        except (ValueError, TypeError, OverflowError):  # no date, or one without a zone
            return None
    if not 0 <= seconds <= _LONGEST_BELIEVED_SECONDS:
        return None
    return min(max(seconds, SHORTEST_WISH_SECONDS), LONGEST_WISH_SECONDS)


class FileChangedError(SourceRetryableError):
    """A dropped file changed while it was read: asking on makes no sense, but the pull can begin again."""


def ask_again(attempt: Callable[[], _Got], *, attempts: int, left: Callable[[], float], sleep: Callable[[float], None]) -> _Got:
    """The result of ``attempt``, tried again while it is worth it.

    ``left`` gives the seconds the pull may still last: a wait that would not fit ends the trying.

    Raises:
        SourceFatalError: the attempts are used up; the message is that of the last one.
        FileChangedError: as raised; it is not tried again here.
    """

    def give_up(state: tenacity.RetryCallState) -> bool:
        return state.attempt_number >= attempts or state.upcoming_sleep >= left()

    retrying = tenacity.Retrying(
        retry=tenacity.retry_if_exception(_worth_it),
        stop=give_up,
        wait=_wait,
        sleep=sleep,
        reraise=True,
    )
    try:
        return retrying(attempt)
    except FileChangedError:
        raise
    except SourceRetryableError as error:
        raise SourceFatalError(f"{error} (tried {_times(retrying)})") from error


def _times(retrying: tenacity.Retrying) -> str:
    times = int(retrying.statistics["attempt_number"])
    return "once; no time is left to try again" if times == 1 else f"{times} times"


def _worth_it(error: BaseException) -> bool:
    return isinstance(error, SourceRetryableError) and not isinstance(error, FileChangedError)


_own_wait = tenacity.wait_random_exponential(multiplier=FIRST_WAIT_SECONDS, max=LONGEST_OWN_WAIT_SECONDS)


def _wait(state: tenacity.RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    wish = error.retry_after_seconds if isinstance(error, SourceRetryableError) else None
    return wish if wish is not None else _own_wait(state)
