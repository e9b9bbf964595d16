"""What is wrong with an ECE Return, or cannot be told: its date, its languages, its codes, and each person of its staff.

What a page of the Ministry says may be an error; what a third party saw or transcribed is a warning (levels V1 and V2).

Source: ECE Funding Handbook 14-2.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ecegateway.census.coded import check_codes
from ecegateway.census.remark import Remark, Weight
from ecegateway.census.staff import check_member, out_of_scope
from ecegateway.handbook.census import CensusWeek
from ecegateway.handbook.codes import CodeLists
from ecegateway.model.ece_return import EceReturn, StaffMember

_SUNDAY = timedelta(days=6)
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Checked:
    """A return as it would be written, and what there is to say of it. ``lists`` names the code lists it was held against."""

    made: EceReturn
    remarks: tuple[Remark, ...]
    lists: tuple[str, ...]

    def of(self, *weights: Weight) -> tuple[Remark, ...]:
        """The remarks of some weights."""
        return tuple(remark for remark in self.remarks if remark.weight in weights)


def check(
    made: EceReturn, lists: CodeLists, week: CensusWeek | None, today: date, name_of: Callable[[int], str] = str
) -> Checked:
    """Check a return, and leave out those it is not about: who left before its date or starts more than a week after it.

    ``week`` is the census week where it is known; ``name_of`` says how the answers call a member of staff, by place.
    """
    remarks = [*_check_date(made, week, today), *_check_languages(made)]
    staff: list[StaffMember] = []
    for number, member in enumerate(made.staff):
        where = f"staff {name_of(number)}"
        reason = out_of_scope(member, made.date)
        if reason is not None:
            remarks.append(Remark("staff.left-out", Weight.NOTE, where, reason))
            continue
        staff.append(member)
        remarks += check_member(member, where)
    written = replace(made, staff=tuple(staff))
    codes = check_codes(written, lists)
    return Checked(written, (*remarks, *codes.remarks), codes.lists)


def _check_date(made: EceReturn, week: CensusWeek | None, today: date) -> Iterator[Remark]:
    def remark(check: str, weight: Weight, says: str) -> Remark:
        return Remark(check, weight, "date", says)

    if made.date.weekday() != 0:
        yield remark("date.monday", Weight.WARNING, "is no Monday; the return is dated by the Monday of the census week")
    if made.date > today:
        yield remark("date.future", Weight.WARNING, f"lies after {today}; a return of days to come is not taken")
    elif made.date + _SUNDAY >= today:
        yield remark("date.week-running", Weight.WARNING, "the census week is not over; hours worked in it may still change")
    if week is None:
        says = f"the census week of {made.date.year} is not known here; give it as census_week, from the Ministry's notice"
        yield remark("date.week-unknown", Weight.UNCHECKED, says)
    elif made.date not in week:
        weight = Weight.WARNING if week.citation is None else Weight.ERROR
        source = "as the answers give it" if week.citation is None else str(week.citation)
        yield remark("date.census-week", weight, f"lies outside the census week, {week.first} to {week.last} ({source})")
    elif week.due is not None and today > week.due:
        yield remark("date.overdue", Weight.NOTE, f"the return was due on {week.due}")


def _check_languages(made: EceReturn) -> Iterator[Remark]:
    percents = [language.percent for language in made.languages]
    if sum(percents) != _WHOLE:
        yield Remark("languages.sum", Weight.WARNING, "languages", f"percentages make {sum(percents)}, not {_WHOLE}")
    if 0 in percents:
        yield Remark("languages.none", Weight.WARNING, "languages", "a language with 0 percent is none of the service's")
    if _twice(language.code for language in made.languages):
        yield Remark("languages.twice", Weight.WARNING, "languages", "a language stands there twice; add its percentages up")


def _twice(codes: Iterable[str]) -> bool:
    found = list(codes)
    return len(set(found)) != len(found)
