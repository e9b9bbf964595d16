"""Spans of minutes within a day: half-open pairs ``(start, end)``, ascending and apart when in a tuple."""

from collections.abc import Iterable
from datetime import time

Span = tuple[int, int]
Spans = tuple[Span, ...]


def minute_of(at: time) -> int:
    """Minutes since midnight by the wall clock."""
    return at.hour * 60 + at.minute


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a minute."""
    return one[0] < other[1] and other[0] < one[1]


def union(spans: Iterable[Span]) -> Spans:
    """The minutes in any of the spans, each once."""
    ordered = sorted(spans)
    if len(ordered) == 1 and ordered[0][0] < ordered[0][1]:
        return (ordered[0],)  # most days: one stay, one booking
    joined: list[Span] = []
    for start, end in ordered:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif start < end:
            joined.append((start, end))
    return tuple(joined)


def without(spans: Spans, taken: Spans) -> Spans:
    """The minutes of ``spans`` that are not in ``taken``."""
    if not taken:
        return spans
    left = list(spans)
    for cut_start, cut_end in taken:
        rest: list[Span] = []
        for start, end in left:
            if cut_start >= end or cut_end <= start:
                rest.append((start, end))
                continue
            if start < cut_start:
                rest.append((start, cut_start))
            if cut_end < end:
                rest.append((cut_end, end))
        left = rest
    return tuple(left)


def within(spans: Spans, bounds: Spans) -> Spans:
    """The minutes of ``spans`` that are also in ``bounds``."""
    return without(spans, without(spans, bounds))


def minutes(spans: Iterable[Span]) -> int:
    """How many minutes the spans hold."""
    return sum([end - start for start, end in spans])


def last_minutes(spans: Spans, count: int) -> Spans:
    """The last ``count`` minutes of the spans; all of them where there are fewer, none where ``count`` is not positive."""
    taken: list[Span] = []
    for start, end in reversed(spans):
        length = min(count, end - start)
        if length > 0:
            taken.append((end - length, end))
            count -= length
    return tuple(reversed(taken))
