"""The difference between two returns of one service and period, and the reasons two claims give for it.

Source: ECE Funding Handbook 14-4: a return is corrected by making it again; what is no longer taken electronically goes on
paper, figure by figure.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from ecegateway.model.claim import Category, ChildDay, Claim, StaffColumn, Verdict
from ecegateway.model.correction import AdvanceChange, Change, Correction, Part, Version
from ecegateway.model.ids import ChildKey, RuleId
from ecegateway.model.rs7 import COLUMNS, Column, Rs7Return

Claims = tuple[Claim, Claim]
"""The claim a return was made from, and the one that would be made now."""


def correction(returned: Rs7Return, now: Rs7Return, claims: Claims | None = None) -> Correction:
    """What was returned and what would be returned now; with both claims at hand, whose minutes changed and by which rules."""
    return Correction(
        service=now.service,
        service_name=now.service_name,
        period=now.period,
        was=Version.of(returned),
        now=Version.of(now),
        changes=changes(returned, now, claims),
        advance=tuple(_advance(returned, now)),
        totals=tuple((total(returned, column), total(now, column)) for column in COLUMNS),
    )


def changes(before: Rs7Return, after: Rs7Return, claims: Claims | None = None) -> tuple[Change, ...]:
    """Every figure that differs, by day and column."""
    was = {counts.day: counts for counts in before.counts}
    found = []
    for counts in after.counts:
        figures = zip(COLUMNS, was[counts.day].figures, counts.figures, strict=True)
        differing = [(column, one, other) for column, one, other in figures if one != other]
        parts = _parts_of_day(claims, counts.day) if claims is not None and differing else {}
        found += [Change(counts.day, column, one, other, parts.get(column, ())) for column, one, other in differing]
    return tuple(found)


def total(made: Rs7Return, column: Column) -> int:
    """Hours of a column in the period."""
    return sum(counts.of(column) for counts in made.counts)


def _advance(before: Rs7Return, after: Rs7Return) -> Iterator[AdvanceChange]:
    for was, now in zip(before.advance, after.advance, strict=True):
        for kind, one, other in (
            ("all-day", was.all_day, now.all_day),
            ("sessional", was.sessional, now.sessional),
            ("parent-led", was.parent_led, now.parent_led),
        ):
            if one != other:
                yield AdvanceChange(now.month, kind, one, other)


def _parts_of_day(claims: Claims, day: date) -> dict[Column, tuple[Part, ...]]:
    parts: dict[Column, tuple[Part, ...]] = {column: tuple(_staff(claims, day, column)) for column in StaffColumn}
    was, now = (_children(claim, day) for claim in claims)
    for category in Category:
        parts[category] = tuple(_minutes(was, now, category))
    return parts


def _children(claim: Claim, day: date) -> dict[ChildKey, ChildDay]:
    return {one.child: one for one in claim.child_days if one.day == day}


def _minutes(was: dict[ChildKey, ChildDay], now: dict[ChildKey, ChildDay], category: Category) -> Iterator[Part]:
    for child in sorted(was.keys() | now.keys()):
        before, after = was.get(child), now.get(child)
        claimed = [one.claimed(category) if one is not None else 0 for one in (before, after)]
        if claimed[0] != claimed[1]:
            yield Part(child, claimed[0], claimed[1], _reasons(before, after))


def _reasons(before: ChildDay | None, after: ChildDay | None) -> tuple[RuleId, ...]:
    """The reasons that speak of other minutes than before, or of the same ones with another fate."""
    was, now = (_by_fate(one) for one in (before, after))
    return tuple(sorted({reason for reason, *_ in (was - now) | (now - was)}))


def _by_fate(line: ChildDay | None) -> Counter[tuple[RuleId, Verdict, Category | None]]:
    minutes: Counter[tuple[RuleId, Verdict, Category | None]] = Counter()
    for portion in line.portions if line is not None else ():
        minutes[portion.reason, portion.verdict, portion.category] += portion.minutes
    return minutes


def _staff(claims: Claims, day: date, column: StaffColumn) -> Iterator[Part]:
    was, now = (
        {line.person: line.minutes for one in claim.staff if (one.day, one.column) == (day, column) for line in one.lines}
        for claim in claims
    )
    for person in sorted(was.keys() | now.keys()):
        if was.get(person, 0) != now.get(person, 0):
            yield Part(person, was.get(person, 0), now.get(person, 0), ())
