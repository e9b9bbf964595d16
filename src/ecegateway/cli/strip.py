"""A child's day as lines of text: a mark for each quarter of an hour, and a line for each thing to be seen."""

from collections.abc import Iterable, Iterator, Mapping

from ecegateway.export.words import CATEGORIES, VERDICTS, clock
from ecegateway.model.claim import Category, ChildDay, Portion, Verdict
from ecegateway.model.finding import RuleText
from ecegateway.model.ids import RuleId
from ecegateway.model.quarters import QUARTER, Quarters, quarters

LEGEND = "# a quarter of an hour; ~ most of its minutes at stake; + added by the Handbook"
_AN_HOUR = 60 // QUARTER
_LABEL = max(len(word) for word in (*CATEGORIES.values(), *VERDICTS.values()))

_Fate = tuple[Verdict, Category | None, RuleId]


def strip(one: ChildDay, rules: Mapping[RuleId, RuleText]) -> Iterator[str]:
    """The hours of the day, what was booked and attended, and each fate with its exact minutes and its reason."""
    found = quarters(one)
    first, last = _ends(found)
    yield f"{'':{_LABEL}}  {''.join(f'{hour:<{_AN_HOUR}}' for hour in range(first // _AN_HOUR, last // _AN_HOUR))}"
    yield _line("booked", first, last, (part for part in found if part.booked), one.booked_minutes)
    yield _line("attended", first, last, (part for part in found if part.attended), one.attended_minutes)
    totals: dict[_Fate, int] = {}
    for p in one.portions:
        totals[_fate(p)] = totals.get(_fate(p), 0) + p.minutes
    for (verdict, category, reason), minutes in totals.items():
        shown = (part for part in found if part.portion is not None and _fate(part.portion) == (verdict, category, reason))
        label = VERDICTS[verdict] if category is None else CATEGORIES[category]
        yield f"{_line(label, first, last, shown, minutes)}  {rules[reason].title}"


def _fate(p: Portion) -> _Fate:
    return p.verdict, p.category, p.reason


def _ends(found: Iterable[Quarters]) -> tuple[int, int]:
    """The first and the last quarter of the day in whole hours, counted from midnight."""
    placed = [(part.starts // QUARTER, part.starts // QUARTER + part.count) for part in found if part.starts is not None]
    first, last = min((start for start, _ in placed), default=0), max((end for _, end in placed), default=0)
    return first - first % _AN_HOUR, last + -last % _AN_HOUR


def _line(label: str, first: int, last: int, shown: Iterable[Quarters], minutes: int) -> str:
    marks = ["."] * (last - first)
    added = ""
    for part in shown:
        if part.starts is None:
            added += "+" * part.count
            continue
        start = part.starts // QUARTER - first
        marks[start : start + part.count] = ("~" if part.mixed else "#") * part.count
    return f"{label:{_LABEL}}  {''.join(marks)}{added}  {clock(minutes):>5}"
