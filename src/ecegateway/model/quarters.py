"""A child's day at 15-minute grain: what was booked, what was attended, and what became of each quarter of an hour.

A view of the day's portions, which hold the exact minutes.

Source: ECE Funding Handbook 14-1, ELI questions and answers (times to the nearest 15 minutes).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import NamedTuple

from ecegateway.model.claim import ChildDay, Portion
from ecegateway.model.spans import Span, Spans, overlap

QUARTER = 15


@dataclass(frozen=True, slots=True)
class Quarters:
    """Quarters of an hour in a row that look alike.

    ``starts`` is the local minute of the day, on a quarter of an hour, or ``None`` for minutes the Handbook adds. ``portion``
    is what most of their minutes at stake belong to, the earlier on a tie; ``None`` where nothing is at stake. They are
    ``mixed`` when some of their minutes have another fate, or none.
    """

    starts: int | None
    count: int
    booked: bool
    attended: bool
    portion: Portion | None
    mixed: bool


class _Stretch(NamedTuple):
    """Minutes of a day that look alike."""

    span: Span
    booked: bool
    attended: bool
    portion: Portion | None


def quarters(one: ChildDay) -> tuple[Quarters, ...]:
    """The day from the first to the last quarter booked, attended or at stake, ascending; what the Handbook adds comes last."""
    added = (
        Quarters(None, -(-p.minutes // QUARTER), booked=False, attended=False, portion=p, mixed=p.minutes % QUARTER > 0)
        for p in one.portions
        if p.starts is None and p.minutes
    )
    return _joined(chain(_by_the_clock(tuple(_stretches(one))), added))


def _by_the_clock(stretches: tuple[_Stretch, ...]) -> Iterator[Quarters]:
    """Whole quarters of one stretch at once, and those that are cut one by one."""
    at = stretches[0].span[0] // QUARTER * QUARTER if stretches else 0
    while stretches and at < stretches[-1].span[1]:
        whole = next((one for one in stretches if one.span[0] <= at and at + QUARTER <= one.span[1]), None)
        if whole is None:
            found = _step((at, at + QUARTER), stretches)
        else:
            count = (whole.span[1] - at) // QUARTER
            found = Quarters(at, count, whole.booked, whole.attended, whole.portion, mixed=False)
        yield found
        at += found.count * QUARTER


def _stretches(one: ChildDay) -> Iterator[_Stretch]:
    placed = [((p.starts, p.starts + p.minutes), p) for p in one.portions if p.starts is not None and p.minutes]
    edges = {edge for span in (*one.booked, *one.attended, *(span for span, _ in placed)) for edge in span}
    for span in pairwise(sorted(edges)):
        yield _Stretch(
            span, _any(one.booked, span), _any(one.attended, span), next((p for own, p in placed if overlap(own, span)), None)
        )


def _any(spans: Spans, span: Span) -> bool:
    return any(overlap(own, span) for own in spans)


def _step(step: Span, stretches: Iterable[_Stretch]) -> Quarters:
    """One quarter of an hour: the fate of most of its minutes that have one, and what most of those minutes looked like."""
    there = [(_shared(one.span, step), one) for one in stretches if overlap(one.span, step)]
    by_fate: dict[object, int] = {}
    for minutes, one in there:
        by_fate[_fate(one)] = by_fate.get(_fate(one), 0) + minutes
    idle = QUARTER - sum(by_fate.values())
    if idle:
        there.append((idle, _Stretch(step, booked=False, attended=False, portion=None)))
        by_fate[None] = by_fate.get(None, 0) + idle
    fate = max((found for found in by_fate if found is not None), key=by_fate.__getitem__, default=None)
    _, shown = max((part for part in there if _fate(part[1]) == fate), key=lambda part: part[0])
    return Quarters(step[0], 1, shown.booked, shown.attended, shown.portion, mixed=len(by_fate) > 1)


def _shared(one: Span, other: Span) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def _fate(one: _Stretch) -> object:
    return None if one.portion is None else (one.portion.verdict, one.portion.category, one.portion.reason)


def _joined(steps: Iterable[Quarters]) -> tuple[Quarters, ...]:
    """Neighbours that look alike made one; none that shows nothing at either end of the day."""
    joined: list[Quarters] = []
    for step in steps:
        last = joined[-1] if joined else None
        if last is not None and (last.starts is None) == (step.starts is None) and _look(last) == _look(step):
            joined[-1] = Quarters(last.starts, last.count + step.count, *_look(last))
        elif joined or not _blank(step):
            joined.append(step)
    if joined and _blank(joined[-1]):
        del joined[-1]
    return tuple(joined)


def _look(step: Quarters) -> tuple[bool, bool, Portion | None, bool]:
    return step.booked, step.attended, step.portion, step.mixed


def _blank(step: Quarters) -> bool:
    return not step.booked and not step.attended and step.portion is None
