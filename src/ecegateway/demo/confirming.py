"""Guardians' confirmations of attendance: weekly and electronic, or monthly and on paper."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from ecegateway.demo.identities import Place, means_key
from ecegateway.demo.season import dice, instant
from ecegateway.model.attendance import Verification
from ecegateway.model.ids import ChildKey, PersonKey, RecordKey
from ecegateway.model.period import DateRange, week_of

_SIX_PM = 18 * 60
_BEDTIME = 22 * 60
_FRIDAY = timedelta(days=4)


def weekly(place: Place, child: str, by: str, days: Iterable[date], unconfirmed: frozenset[date]) -> Iterator[Verification]:
    """One confirmation a week, given on the evening of Friday; days left unconfirmed split a week in two."""
    weeks: dict[date, list[date]] = {}
    for day in sorted(days):
        weeks.setdefault(week_of(day), []).append(day)
    for monday, known in weeks.items():
        for first, last in _stretches(monday, known, unconfirmed):
            chance = dice(place.seed, "confirm", child, first)
            at = instant(monday + _FRIDAY, chance.randint(_SIX_PM, _BEDTIME), chance.randint(1, 59))
            yield Verification(
                service=place.service,
                key=RecordKey(f"week-{child}-{first}"),
                recorded_at=at,
                child=ChildKey(child),
                first_day=first,
                last_day=last,
                by=PersonKey(by),
                at=at,
                decision="confirmed",
                statement="I have looked at these days, and they are right.",
                medium="electronic",
                means=means_key(by),
            )


def _stretches(monday: date, known: Sequence[date], unconfirmed: frozenset[date]) -> Iterator[tuple[date, date]]:
    if not unconfirmed.intersection(known):
        yield monday, monday + _FRIDAY
        return
    run: list[date] = []
    for day in known:
        if day not in unconfirmed:
            run.append(day)
        elif run:
            yield run[0], run[-1]
            run = []
    if run:
        yield run[0], run[-1]


def monthly(
    place: Place, child: str, by: str, months: Sequence[DateRange], missing: Mapping[str, DateRange]
) -> Iterator[Verification]:
    """One signed sheet a month, filed in the first days of the next; the sheets in ``missing`` never came back."""
    for month in months:
        if missing.get(child) == month:
            continue
        chance = dice(place.seed, "sheet", child, month.first)
        at = instant(month.last + timedelta(days=chance.randint(1, 3)), chance.randint(8 * 60, 9 * 60))
        yield Verification(
            service=place.service,
            key=RecordKey(f"sheet-{child}-{month.first:%Y-%m}"),
            recorded_at=at,
            child=ChildKey(child),
            first_day=month.first,
            last_day=month.last,
            by=PersonKey(by),
            at=at,
            decision="confirmed",
            statement="I have looked at these days, and they are right.",
            medium="paper",
            reference=f"Folder {month.first:%Y-%m}, sheet {child}",
        )
