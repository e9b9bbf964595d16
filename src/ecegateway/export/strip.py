"""A child's day as a strip to look at: a row of fates, a line above it where the child was there, one below where booked.

Columns are quarters of an hour, counted from 1 at the first one shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from ecegateway.model.claim import Portion
from ecegateway.model.quarters import Quarters


@dataclass(frozen=True, slots=True)
class Block:
    """Columns in a row with one fate; without a portion nothing is at stake in them."""

    count: int
    portion: Portion | None
    mixed: bool
    added: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line over some columns."""

    column: int
    count: int


@dataclass(frozen=True, slots=True)
class Strip:
    """The strip; ``starts`` is the local minute of its first column, or ``None`` when nothing lies at any time of day."""

    starts: int | None
    blocks: tuple[Block, ...]
    attended: tuple[Line, ...]
    booked: tuple[Line, ...]


def strip(found: tuple[Quarters, ...]) -> Strip:
    """The strip of a day."""
    alike = groupby(found, key=lambda one: (one.portion, one.mixed, one.starts is None))
    return Strip(
        starts=found[0].starts if found else None,
        blocks=tuple(Block(sum(one.count for one in run), *look) for look, run in alike),
        attended=_lines((one.count, one.attended) for one in found),
        booked=_lines((one.count, one.booked) for one in found),
    )


def _lines(columns: Iterable[tuple[int, bool]]) -> tuple[Line, ...]:
    lines: list[Line] = []
    column = 1
    for drawn, run in groupby(columns, key=lambda one: one[1]):
        count = sum(counted for counted, _ in run)
        if drawn:
            lines.append(Line(column, count))
        column += count
    return tuple(lines)
