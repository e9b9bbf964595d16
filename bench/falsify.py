"""Makes the register of an invented honest centre false: in which way, for how much of it, and marked by whom when.

Whatever the way, children booked on the days made false become present: that is what a false register is for.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from random import Random
from typing import NamedTuple

from bench.centres import Centre, Child, Day, End, Writing

from ecegateway.demo.season import dice

SHARES = (0.1, 0.25, 0.5, 1.0)


class Flavour(StrEnum):
    """How the times were made up."""

    COPIED = "bookings copied to the minute"
    JITTER = "bookings copied with jitter"
    REPEATED = "sequences copied across children or weeks"
    BULK = "everybody marked present in bulk"
    ABSENT_DAYS = "absent days filled in"


class Scope(StrEnum):
    """Which part of the register was made up."""

    CHILDREN = "some children"
    DAYS = "some days"
    FROM_A_DAY = "from a day on"
    ANYWHERE = "child-days here and there"


class Falsehood(NamedTuple):
    """What was done; ``hidden`` says that the marks look as if made at the time they record."""

    flavour: Flavour
    scope: Scope
    share: float
    hidden: bool


def falsehood(seed: int) -> Falsehood:
    """The falsehood of a seed."""
    chance = dice(seed, "falsehood")
    flavour, scope = chance.choice(tuple(Flavour)), chance.choice(tuple(Scope))
    return Falsehood(flavour, scope, chance.choice(SHARES), hidden=flavour is not Flavour.BULK and chance.random() < 0.7)


def falsify(centre: Centre, what: Falsehood) -> None:
    """Rewrite part of a centre's register."""
    chance = dice(centre.seed, "falsify")
    made_up = _scope(centre, what, chance)
    times = _TIMES[what.flavour](centre, chance)
    template = {(day.child.key, day.day): day for day in centre.register}
    for place, day in enumerate(centre.register):
        if made_up(day) and (what.flavour is not Flavour.ABSENT_DAYS or day.absent):
            centre.register[place] = _entered(centre, day, times(day, template), what, chance)


MadeUp = Callable[[Day], bool]
Template = dict[tuple[str, date], Day]
Times = Callable[[Day, Template], tuple[int, int]]


def _scope(centre: Centre, what: Falsehood, chance: Random) -> MadeUp:
    """Whether a child's day is made false; always at least one child and one day."""
    if what.scope is Scope.CHILDREN:
        keys = sorted(child.key for child in centre.children)
        chosen = frozenset(chance.sample(keys, max(1, round(what.share * len(keys)))))
        return lambda day: day.child.key in chosen
    if what.scope is Scope.DAYS:
        days = frozenset(chance.sample(centre.open_days, max(1, round(what.share * len(centre.open_days)))))
        return lambda day: day.day in days
    if what.scope is Scope.FROM_A_DAY:
        first = centre.open_days[-max(1, round(what.share * len(centre.open_days)))]
        return lambda day: day.day >= first
    return lambda _: chance.random() < what.share


def _copied(_: Centre, __: Random) -> Times:
    return lambda day, _: (day.child.starts, day.child.ends)


def _jitter(_: Centre, chance: Random) -> Times:
    width = chance.choice((2, 3, 5, 8, 10))
    if chance.random() < 0.5:
        return lambda day, _: (day.child.starts + chance.randint(-width, width), day.child.ends + chance.randint(-width, width))
    return lambda day, _: (
        day.child.starts + round(chance.gauss(0, width / 2)),
        day.child.ends + round(chance.gauss(0, width / 2)),
    )


def _repeated(centre: Centre, chance: Random) -> Times:
    """Each child's first recorded day of a weekday over again; or the offsets of one child's day for three others too."""
    first: dict[tuple[str, int], Day] = {}
    for day in centre.register:
        if day.came is not None and day.left is not None and day.left.minute < 24 * 60:
            first.setdefault((day.child.key, day.day.weekday()), day)
    across = chance.random() < 0.5
    leaders = {child.key: centre.children[number // 4 * 4] for number, child in enumerate(centre.children)}

    def times(day: Day, template: Template) -> tuple[int, int]:
        leader: Child = leaders[day.child.key] if across else day.child
        model = template.get((leader.key, day.day)) if across else None
        if model is None or model.came is None or model.left is None or model.left.minute >= 24 * 60:
            model = first.get((leader.key, day.day.weekday()))
        if model is None or model.came is None or model.left is None:
            return day.child.starts, day.child.ends
        return model.came.minute, model.left.minute

    return times


def _bulk(centre: Centre, chance: Random) -> Times:
    """The whole roll from a button: the booked times, or the session's."""
    if chance.random() < 0.5:
        return _copied(centre, chance)
    return lambda _, __: (centre.office.opens, centre.office.closes)


def _likely(_: Centre, chance: Random) -> Times:
    """Times such as an honest family might have: half of those who fill in absent days take the booking."""
    if chance.random() < 0.5:
        return lambda day, _: (day.child.starts, day.child.ends)

    def times(day: Day, _: Template) -> tuple[int, int]:
        habit = day.child.habit
        came = day.child.starts + round(chance.gauss(habit.comes, habit.comes_within))
        return came, max(came + 30, day.child.ends + round(chance.gauss(habit.leaves, habit.leaves_within)))

    return times


_TIMES: dict[Flavour, Callable[[Centre, Random], Times]] = {
    Flavour.COPIED: _copied,
    Flavour.JITTER: _jitter,
    Flavour.REPEATED: _repeated,
    Flavour.BULK: _bulk,
    Flavour.ABSENT_DAYS: _likely,
}


_EVENING, _NIGHT = 18.5 * 3600, 20 * 3600


def _entered(centre: Centre, day: Day, times: tuple[int, int], what: Falsehood, chance: Random) -> Day:
    """The made-up day, marked as the office marks, at the time it records; or in one go by a member of staff."""
    sheet = centre.office.writing in (Writing.FIVES, Writing.QUARTERS)
    by, method = (f"p1-{day.child.family}", "signed") if what.hidden and not sheet else ("t0", "staff-entry")
    in_one_go = _EVENING + chance.uniform(0, 1)

    def end(minute: int) -> End:
        if what.hidden:
            return End(minute, by, method, _NIGHT + chance.uniform(0, 900) if sheet else chance.uniform(0, 20))
        return End(minute, by, method, in_one_go if sheet else max(0.0, in_one_go - minute * 60))

    return replace(day, came=end(times[0]), left=end(times[1]))
