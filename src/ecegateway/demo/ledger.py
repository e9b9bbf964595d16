"""The records of one source while its world is being invented."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

from ecegateway.demo.planted import Effect, Planted
from ecegateway.model.attendance import Absence, Attendance
from ecegateway.model.record import Record

R = TypeVar("R", bound=Record)


class Ledger:
    """Records by stream and key, in the order they were made; ordinary stays by child and day; what was planted.

    Only one thing is planted on a child's day, so that the effect of each can be counted alone.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.planted: list[Planted] = []
        self.unconfirmed: set[tuple[str, date]] = set()
        self._records: dict[tuple[str, str], Record] = {}
        self._stays: dict[tuple[str, date], str] = {}
        self._used: set[tuple[str, date]] = set()
        self._whole_days: set[date] = set()

    def add(self, *records: Record) -> None:
        """Adds records whose keys are new."""
        for record in records:
            place = (record.stream, record.key)
            assert place not in self._records, f"two records of {record.stream} share the key {record.key}"
            self._records[place] = record

    def add_stay(self, stay: Attendance, day: date) -> None:
        """Adds the ordinary stay of a child's day."""
        self.add(stay)
        self._stays[stay.child, day] = stay.key

    def put(self, record: Record) -> None:
        """Puts a record in the place of the one with its key."""
        assert (record.stream, record.key) in self._records, f"no record of {record.stream} has the key {record.key}"
        self._records[record.stream, record.key] = record

    def take_stay(self, child: str, day: date) -> None:
        """Takes the ordinary stay of a child's day out, as if it had never been made."""
        del self._records["attendance", self._stays.pop((child, day))]

    def of(self, model: type[R]) -> Iterator[R]:
        """The records of a model."""
        return (record for record in self._records.values() if isinstance(record, model))

    def records(self) -> tuple[Record, ...]:
        """All records, in the order they were made."""
        return tuple(self._records.values())

    def days_of(self, child: str) -> list[date]:
        """The days with an ordinary stay of a child, ascending."""
        return sorted(day for who, day in self._stays if who == child)

    def absent_days(self, child: str, first: date, last: date) -> tuple[date, ...]:
        """The days in a span on which a child was marked absent, ascending, but for days planted for everybody."""
        days = (absence.day for absence in self.of(Absence) if absence.child == child)
        return tuple(sorted(day for day in days if first <= day <= last and day not in self._whole_days))

    def stay(self, child: str, day: date) -> Attendance:
        """The ordinary stay of a child's day, as it stands."""
        found = self._records["attendance", self._stays[child, day]]
        assert isinstance(found, Attendance)
        return found

    def alter(self, child: str, day: date, /, **fields: Any) -> None:
        """Gives fields of a child's ordinary stay other values, as if it had been made so."""
        self.put(self.stay(child, day).model_copy(update=fields))

    def free_days(self, child: str, first: date, last: date, count: int = 1) -> tuple[date, ...]:
        """Days in a span on which a child stayed and nothing is planted: not always the first, so that they spread."""
        free = [day for day in self.free_days_of(child) if first <= day <= last]
        assert len(free) >= count, f"{child} has too few free days from {first} to {last}"
        start = int(child[-3:]) % (len(free) - count + 1)
        return tuple(free[start : start + count])

    def is_planted(self, child: str, day: date) -> bool:
        """Whether something is planted on a child's day."""
        return (child, day) in self._used

    def shared_day(self, children: Sequence[str], first: date, last: date) -> date:
        """The first day in a span on which all of some children stayed and nothing is planted on any of them."""
        return min(day for day in set.intersection(*(set(self.free_days_of(c)) for c in children)) if first <= day <= last)

    def free_days_of(self, child: str) -> list[date]:
        """All days on which a child stayed and nothing is planted, ascending."""
        return [d for d in self.days_of(child) if (child, d) not in self._used and d not in self._whole_days]

    def plant(
        self,
        name: str,
        child: str | None,
        days: Sequence[date],
        what: str,
        effect: Effect,
        *,
        trap: int | None = None,
        confirmed: bool = True,
    ) -> None:
        """Notes what was planted; ``confirmed`` is whether a guardian confirms the days all the same."""
        for day in days:
            if child is None:
                self._whole_days.add(day)
                continue
            assert (child, day) not in self._used, f"{child} has two things planted on {day}"
            self._used.add((child, day))
            if not confirmed:
                self.unconfirmed.add((child, day))
        self.planted.append(Planted(trap, name, self.source, child, tuple(days), what, effect))
