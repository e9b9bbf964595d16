"""Whole months of children's lives at a service, in few words: what a property draws, and the records it stands for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from ecegateway.model.attendance import Cause, Exemption, LeavingNotice, Method, Reconfirmation
from ecegateway.model.period import DateRange, Weekday
from ecegateway.model.record import Record
from ecegateway.model.service import Closure
from tests.support.records import SERVICE, WEEK, absence, agreement, child, stay

TIMES, MORNINGS = "08:30-14:30", "08:30-12:30"


@dataclass(frozen=True)
class Life:
    """One child: the booked weekdays, what usually happens on each of them, and the days on which something else did.

    ``✓`` came for the enrolled hours, ``s`` for two of them, ``a`` absent, ``i`` absent and ill, as a document says, ``?`` no
    record, ``d`` a presence nobody can believe. ``signed`` are days of reconfirmations, ``changed`` the day on which mornings
    take the place of longer days, ``born`` the year of birth.
    """

    habits: tuple[tuple[str, str], ...]
    others: tuple[tuple[date, str], ...] = ()
    starts: date = date(2020, 1, 6)
    ends: date | None = None
    changed: date | None = None
    signed: tuple[date, ...] = ()
    notice: date | None = None
    exempt: tuple[date, int] | None = None
    born: int = 2022

    @property
    def weekdays(self) -> tuple[str, ...]:
        """The weekdays booked."""
        return tuple(weekday for weekday, _ in self.habits)

    def books(self, day: date) -> bool:
        """Whether the child is enrolled to come on a day."""
        return self.starts <= day <= (self.ends or date.max) and Weekday.of(day) in self.weekdays

    def on(self, day: date) -> str | None:
        """What happened on a day: something else, the habit of a booked weekday, or nothing."""
        return dict(self.others).get(day) or dict(self.habits).get(Weekday.of(day))

    def records(self, key: str, days: DateRange, shut: frozenset[date]) -> Iterator[Record]:
        """The child's records of some days, none on those on which the service was shut."""
        yield from child(key, born=date(self.born, 2, 10))
        yield from self._agreements(key)
        for day in days:
            mark = self.on(day)
            if mark is not None and day not in shut and day >= self.starts:
                yield from _recorded(mark, day, key)
        for day in self.signed:
            made = {"key": f"r-{key}-{day}", "child": key, "agreement": f"a-{key}", "by": "g1", "signed_on": day}
            yield Reconfirmation.model_validate({"service": SERVICE, "medium": "paper", **made})
        if self.notice is not None:
            yield LeavingNotice(service=SERVICE, key=f"n-{key}", child=key, given_on=self.notice)
        if self.exempt is not None:
            first, count = self.exempt
            made = {"key": f"e-{key}", "child": key, "first_day": first, "last_day": first + timedelta(days=count)}
            yield Exemption.model_validate({"service": SERVICE, "forms": ("EC12",), "document_reference": "file", **made})

    def _agreements(self, key: str) -> Iterator[Record]:
        signed_on = self.starts - timedelta(days=4)
        yield agreement(key, TIMES, weekdays=self.weekdays, since=self.starts, signed_on=signed_on, last_day=self.ends)
        if self.changed is not None and self.changed > self.starts:
            since = {"since": self.changed, "signed_on": self.changed, "last_day": self.ends}
            yield agreement(key, MORNINGS, weekdays=self.weekdays, key=f"b-{key}", **since)  # type: ignore[arg-type]


def _recorded(mark: str, day: date, key: str) -> Iterator[Record]:
    if mark in "✓s":
        yield stay(day, TIMES if mark == "✓" else "08:30-10:30", key)
    elif mark == "d":
        yield stay(day, TIMES, key, method=Method.BULK)
    elif mark == "i":
        yield absence(day, key).model_copy(update={"cause": Cause.ILLNESS, "document_reference": "certificate"})
    elif mark == "a":
        yield absence(day, key)


@dataclass(frozen=True)
class Shut:
    """Days on which the service did not operate."""

    first: date
    count: int
    emergency: bool = False

    @property
    def days(self) -> DateRange:
        """The days, both ends included."""
        return DateRange(self.first, self.first + timedelta(days=self.count))

    @property
    def record(self) -> Record:
        """The closure."""
        made = {"key": f"z-{self.first}", "first_day": self.days.first, "last_day": self.days.last}
        kind = "emergency" if self.emergency else "planned"
        return Closure.model_validate({"service": SERVICE, "kind": kind, "approval_reference": "17", **made})


def lives(days: DateRange, marks: str = "✓sai?d") -> st.SearchStrategy[Life]:
    """Any life over some days."""
    day = st.integers(0, len(days) - 1).map(lambda after: days.first + timedelta(days=after))
    weekdays = st.lists(st.sampled_from(WEEK), min_size=1, max_size=5, unique=True).map(
        lambda found: sorted(found, key=WEEK.index)
    )
    return st.builds(
        Life,
        habits=weekdays.flatmap(lambda found: st.tuples(*(st.tuples(st.just(one), st.sampled_from("✓✓aas")) for one in found))),
        others=st.lists(st.tuples(day, st.sampled_from(marks)), max_size=16, unique_by=lambda one: one[0]).map(tuple),
        starts=st.just(date(2020, 1, 6)) | st.just(date(2020, 1, 6)) | day,
        ends=st.none() | st.none() | day,
        changed=st.none() | day,
        signed=st.lists(day, max_size=2, unique=True).map(tuple),
        notice=st.none() | st.none() | st.none() | day,
        exempt=st.none() | st.none() | st.tuples(day, st.integers(0, 60)),
        born=st.sampled_from([2020, 2022, 2023, 2024]),
    )


def closures(days: DateRange) -> st.SearchStrategy[tuple[Shut, ...]]:
    """Closures of some days to some weeks, also over the end of the days."""
    day = st.integers(0, len(days) - 1).map(lambda after: days.first + timedelta(days=after))
    made = st.builds(Shut, day, st.sampled_from([1, 1, 5, 12, 13, 14, 16, 23, 37]), st.sampled_from([False, False, True]))
    return st.lists(made, max_size=3).map(_apart)


def _apart(found: list[Shut]) -> tuple[Shut, ...]:
    kept: list[Shut] = []
    for one in sorted(found, key=lambda shut: shut.first):
        if not kept or one.first > kept[-1].days.after:
            kept.append(one)
    return tuple(kept)
