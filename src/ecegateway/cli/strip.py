"""A child's day as lines of text: a mark for each quarter of an hour, and a line for each thing to be seen."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from ecegateway.export.words import CATEGORIES, VERDICTS, clock
from ecegateway.model.claim import Category, ChildDay, Portion, Verdict
from ecegateway.model.finding import RuleText
from ecegateway.model.ids import RuleId
from ecegateway.model.quarters import QUARTER, Quarters, quarters

LEGEND = "# a quarter of an hour; ~ one with minutes of another fate, or of none; + added by the Handbook"
_AN_HOUR = 60 // QUARTER
_LABEL = max(len(word) for word in (*CATEGORIES.values(), *VERDICTS.values()))

_Fate = tuple[Verdict, Category | None, RuleId]
_Mark = Callable[[Quarters], str]


def strip(one: ChildDay, rules: Mapping[RuleId, RuleText]) -> Iterator[str]:
    """The hours of the day, what was booked and attended, and each fate with its exact minutes and its reason."""
    found = quarters(one)
    hours = _hours(found)
    yield f"{'':{_LABEL}}  {''.join(f'{hour:<{_AN_HOUR}}' for hour in hours)}"
    yield _line("booked", _marks(found, hours, lambda part: "#" if part.booked else "."), one.booked_minutes)
    yield _line("attended", _marks(found, hours, lambda part: "#" if part.attended else "."), one.attended_minutes)
    for fate, minutes in _totals(one).items():
        verdict, category, reason = fate
        label = VERDICTS[verdict] if category is None else CATEGORIES[category]
        yield f"{_line(label, _marks(found, hours, _mark_of(fate)), minutes)}  {rules[reason].title}"


def _hours(found: Iterable[Quarters]) -> range:
    """The hours of the day that the quarters lie in."""
    placed = [(part.starts, part.starts + part.count * QUARTER) for part in found if part.starts is not None]
    first, last = min((start for start, _ in placed), default=0), max((end for _, end in placed), default=0)
    return range(first // 60, -(-last // 60))


def _marks(found: Iterable[Quarters], hours: range, mark: _Mark) -> str:
    """A mark for each quarter of these hours; what the Handbook adds stands apart at the end."""
    day, added = ["."] * len(hours) * _AN_HOUR, ""
    for part in found:
        if part.starts is None:
            added += mark(part) * part.count
        else:
            at = part.starts // QUARTER - hours.start * _AN_HOUR
            day[at : at + part.count] = mark(part) * part.count
    return f"{''.join(day)} {added}".rstrip()


def _line(label: str, marks: str, minutes: int) -> str:
    return f"{label:{_LABEL}}  {marks}  {clock(minutes):>5}"


def _mark_of(fate: _Fate) -> _Mark:
    def mark(part: Quarters) -> str:
        if part.portion is None or _fate(part.portion) != fate:
            return "."
        return "+" if part.starts is None else "~" if part.mixed else "#"

    return mark


def _totals(one: ChildDay) -> Mapping[_Fate, int]:
    totals: dict[_Fate, int] = {}
    for p in one.portions:
        totals[_fate(p)] = totals.get(_fate(p), 0) + p.minutes
    return totals


def _fate(p: Portion) -> _Fate:
    return p.verdict, p.category, p.reason
